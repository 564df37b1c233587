"""The document file: strict reading of JSON from outside and canonical writing.

The bytes are canonical (ruling 10): equal documents give equal bytes, and the check code printed
on every page is made of them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Protocol

from core.sheet.definition import Form, Table
from core.sheet.document import ROOT, Document, Explanation, Origin, Row
from core.sheet.errors import RefusedError

FORMAT = 1
"""The ``jibiao`` key of a document file."""

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 32
MAX_TEXT = 200_000
MAX_ROWS = 20_000
MAX_WHOLE_DIGITS = 18

_KEYS = (
    "jibiao",
    "id",
    "form",
    "edition",
    "stage",
    "year",
    "unit",
    "from",
    "values",
    "rows",
    "ids",
    "explanations",
)
_ID = re.compile(r"[0-9a-f]{16}")
_ROW_ID = re.compile(r"[0-9A-Za-z._-]{1,40}")
# NUL and other controls (line end and tab are fine), lone surrogates, noncharacters (ruling 1).
_BAD_CHARACTER = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane * 0x10000 + 0xFFFE) + chr(plane * 0x10000 + 0xFFFF) for plane in range(1, 17))
    + "]"
)
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class FormSource(Protocol):
    """Where definitions come from: gives a form by its ids or raises RefusedError."""

    def get(self, form: str, edition: str | None = None) -> Form:
        """Give a definition."""
        ...


def clean_text(text: str) -> str:
    """Give a text as it is stored: line ends become ``\\n``, all else stays (ruling 1).

    Raises RefusedError for a control character, lone surrogate or noncharacter, or a text over
    200,000 characters.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > MAX_TEXT:
        raise RefusedError("sheet.text-too-long", count=len(text), limit=MAX_TEXT)
    if bad := _BAD_CHARACTER.search(text):
        raise RefusedError("sheet.bad-character", code=f"U+{ord(bad[0]):04X}", position=bad.start() + 1)
    return text


# -- strict JSON ------------------------------------------------------------------------------------


def parse_json_strict(data: bytes, *, max_bytes: int = MAX_BYTES) -> dict[str, Any]:
    """Read one JSON object from untrusted bytes.

    Numbers become int (at most 18 digits) or Decimal. Raises RefusedError for anything but plain
    UTF-8 JSON: doubled keys, NaN, deep nesting, oversize, a top that is no object.
    """
    if len(data) > max_bytes:
        raise RefusedError("sheet.file-too-big", size=len(data), limit=max_bytes)
    try:
        text = data.decode("utf-8")
        top = json.loads(
            text,
            object_pairs_hook=_object_without_doubles,
            parse_int=_short_int,
            parse_float=_short_decimal,
            parse_constant=_no_constant,
        )
    except UnicodeDecodeError as error:
        raise RefusedError("sheet.not-utf8") from error
    except json.JSONDecodeError as error:
        raise RefusedError("sheet.broken-json", line=error.lineno, column=error.colno) from error
    except RecursionError as error:
        raise RefusedError("sheet.too-deep") from error
    if not isinstance(top, dict):
        raise RefusedError("sheet.not-an-object")
    _limit_depth(top, MAX_DEPTH)
    return top


def _object_without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise RefusedError("sheet.doubled-key")
    return found


def _short_int(text: str) -> int:
    if len(text) > MAX_WHOLE_DIGITS:
        raise RefusedError("sheet.number-too-long")
    return int(text)


def _short_decimal(text: str) -> Decimal:
    if len(text) > 2 * MAX_WHOLE_DIGITS or "e" in text.lower():
        raise RefusedError("sheet.number-too-long")
    return Decimal(text)


def _no_constant(text: str) -> Any:
    raise RefusedError("sheet.not-json-number", text=text)


def _limit_depth(value: Any, left: int) -> None:
    if left == 0:
        raise RefusedError("sheet.too-deep")
    if isinstance(value, dict):
        for one in value.values():
            _limit_depth(one, left - 1)
    elif isinstance(value, list):
        for one in value:
            _limit_depth(one, left - 1)


# -- reading ------------------------------------------------------------------------------------------


def read_document(data: bytes, forms: FormSource) -> Document:
    """Read a document file.

    Raises RefusedError with one sentence for anything that is not a document of a known form.
    """
    top = parse_json_strict(data)
    if "form" not in top or "values" not in top:
        raise RefusedError("sheet.not-a-document")
    version = top.get("jibiao", FORMAT)
    if not isinstance(version, int) or version < 1:
        raise RefusedError("sheet.not-a-document")
    if version > FORMAT:
        raise RefusedError("sheet.newer-format", version=version)
    for key in top:
        if key not in _KEYS:
            raise RefusedError("sheet.unknown-key", key=_short(key))
    form = forms.get(_string(top, "form"), _string(top, "edition") if "edition" in top else None)
    document = _read_head(top, form)
    _read_values(document, _object(top, "values"))
    _read_rows(document, _object(top, "rows"), _object(top, "ids"))
    _read_explanations(document, _object(top, "explanations"))
    return document


def _read_head(top: dict[str, Any], form: Form) -> Document:
    document_id = top.get("id")
    if document_id is not None and not (isinstance(document_id, str) and _ID.fullmatch(document_id)):
        raise RefusedError("sheet.bad-id")
    year = top.get("year")
    if year is not None and (not isinstance(year, int) or isinstance(year, bool) or not 1900 <= year <= 2999):
        raise RefusedError("sheet.bad-year", year=_short(str(year)))
    stage = _string(top, "stage") if "stage" in top else form.stages[0]
    if stage not in form.stages:
        raise RefusedError(
            "sheet.bad-stage", stage=_short(stage), form=form.form, stages="、".join(form.stages)
        )
    unit = _object(top, "unit")
    if set(unit) - {"name", "code"}:
        raise RefusedError("sheet.unknown-key", key=_short(str(sorted(set(unit) - {"name", "code"})[0])))
    origin = None
    if top.get("from") is not None:
        source = _object(top, "from")
        origin = Origin(_string(source, "id"), _string(source, "sha256"))
    return Document(
        form,
        id=document_id,
        stage=stage,
        year=year,
        unit_name=_text(unit.get("name", ""), "unit.name"),
        unit_code=_text(unit.get("code", ""), "unit.code"),
        origin=origin,
    )


def _read_values(document: Document, values: dict[str, Any]) -> None:
    from core.sheet.places import field_place

    for name, text in values.items():
        if name not in document.form.fields:
            raise RefusedError("sheet.unknown-field", field=_short(name), form=document.form.form)
        document.set_text(field_place(name), _text(text, name))


def _read_rows(document: Document, tables: dict[str, Any], ids: dict[str, Any]) -> None:
    known = {table.name for table in document.form.top_tables()}
    for name in tables:
        if name not in known:
            raise RefusedError("sheet.unknown-table", table=_short(name), form=document.form.form)
    for table in document.form.top_tables():
        rows = _rows_of(document.form, table, tables.get(table.name, []), ids, table.name)
        for index, row in enumerate(rows):
            document.insert_row(table.path, ROOT, index, row)


def _rows_of(form: Form, table: Table, items: Any, ids: dict[str, Any], counted: str) -> list[Row]:
    if not isinstance(items, list) or len(items) > MAX_ROWS:
        raise RefusedError("sheet.bad-rows", table=counted)
    names = _row_ids(ids, counted, len(items))
    inner_tables = {inner.name: inner for inner in form.inner_tables(table.path)}
    rows = []
    for number, (item, row_id) in enumerate(zip(items, names, strict=True), start=1):
        if not isinstance(item, dict):
            raise RefusedError("sheet.bad-rows", table=counted)
        row = Row(row_id)
        for key, value in item.items():
            place = f"{counted}[{number}].{key}"
            if key in inner_tables:
                row.inner[key] = _rows_of(form, inner_tables[key], value, ids, place)
            elif key in table.columns:
                if text := _text(value, place):
                    row.cells[key] = text
            else:
                raise RefusedError("sheet.unknown-field", field=_short(place), form=form.form)
        for name in inner_tables:
            row.inner.setdefault(name, [])
        rows.append(row)
    return rows


def _row_ids(ids: dict[str, Any], counted: str, count: int) -> list[str]:
    """Give the ids of the rows of one table; without any they are counted 1…n (ruling 7)."""
    found = ids.get(counted)
    if found is None:
        prefix = ".".join(re.findall(r"\[(\d+)\]", counted))
        return [f"{prefix}.{number}" if prefix else str(number) for number in range(1, count + 1)]
    good = (
        isinstance(found, list)
        and len(found) == count
        and len({str(one) for one in found}) == count
        and all(isinstance(one, str) and _ROW_ID.fullmatch(one) for one in found)
    )
    if not good:
        raise RefusedError("sheet.bad-row-ids", table=counted)
    return list(found)


def _read_explanations(document: Document, items: dict[str, Any]) -> None:
    for key, item in items.items():
        if not isinstance(item, dict) or set(item) != {"text", "about"}:
            raise RefusedError("sheet.bad-explanation", key=_short(key))
        text, about = _text(item["text"], key), _text(item["about"], key)
        document.explanations[_text(key, key)] = Explanation(text, about)


def _object(top: dict[str, Any], key: str) -> dict[str, Any]:
    value = top.get(key, {})
    if not isinstance(value, dict):
        raise RefusedError("sheet.bad-value", place=key)
    return value


def _string(top: dict[str, Any], key: str) -> str:
    return _text(top.get(key), key)


def _text(value: Any, place: str) -> str:
    if not isinstance(value, str):
        raise RefusedError("sheet.bad-value", place=_short(place))
    return clean_text(value)


def _short(text: str) -> str:
    """Cut a text from outside for a sentence about it; the text itself is nowhere changed."""
    return text if len(text) <= 40 else text[:39] + "…"


# -- writing ------------------------------------------------------------------------------------------


def document_bytes(document: Document) -> bytes:
    """Write a document as canonical bytes: UTF-8, fixed order of keys, one-space indent, final newline."""
    form = document.form
    explanations = {
        key: {"text": one.text, "about": one.about} for key, one in sorted(document.explanations.items())
    }
    body = {
        "jibiao": FORMAT,
        "id": document.id,
        "form": form.form,
        "edition": form.edition,
        "stage": document.stage,
        "year": document.year,
        "unit": {"name": document.unit_name, "code": document.unit_code},
        "from": {"id": document.origin.id, "sha256": document.origin.sha256} if document.origin else None,
        "values": document.values,
        "rows": {
            t.name: [_row_body(form, t, row) for row in document.rows(t.path)] for t in form.top_tables()
        },
        "ids": _ids_body(document),
        "explanations": explanations,
    }
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _row_body(form: Form, table: Table, row: Row) -> dict[str, Any]:
    body: dict[str, Any] = {name: row.cells[name] for name in table.columns if name in row.cells}
    for inner in form.inner_tables(table.path):
        body[inner.name] = [_row_body(form, inner, one) for one in row.inner.get(inner.name, [])]
    return body


def _ids_body(document: Document) -> dict[str, list[str]]:
    ids: dict[str, list[str]] = {}

    def collect(table: Table, rows: list[Row], counted: str) -> None:
        ids[counted] = [row.id for row in rows]
        for number, row in enumerate(rows, start=1):
            for inner in document.form.inner_tables(table.path):
                collect(inner, row.inner.get(inner.name, []), f"{counted}[{number}].{inner.name}")

    for table in document.form.top_tables():
        collect(table, document.rows(table.path), table.name)
    return ids


# -- identity -----------------------------------------------------------------------------------------


def check_code(data: bytes) -> str:
    """Give the check code (校验码) of bytes: the first 80 bits of their SHA-256, 4 groups of 4 characters."""
    number = int.from_bytes(hashlib.sha256(data).digest()[:10], "big")
    letters = "".join(_CROCKFORD[(number >> (5 * shift)) & 31] for shift in range(15, -1, -1))
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def plain_content(document: Document) -> Mapping[str, Any]:
    """Give a document's values and rows as plain dictionaries, without ids, for comparing."""
    form = document.form
    rows = {t.name: [_row_body(form, t, row) for row in document.rows(t.path)] for t in form.top_tables()}
    return {"values": document.values, "rows": rows}

"""Reads a form definition from its folder and says everything that is wrong with it in one go.

Definitions may come from outside (a bureau's kit): unknown keys, broken pictures and endless loops
are refused with file, place and reason.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from graphlib import CycleError
from pathlib import Path

from core.sheet.carry_statement import check_carry, read_carry
from core.sheet.compute import Formulas
from core.sheet.definition import Block, CheckTie, Field, Form, Heading, Money, Page
from core.sheet.definition_parts import Mistakes, Part, read_about, read_fields, read_tables
from core.sheet.document import blank_document
from core.sheet.errors import RefusedError
from core.sheet.expression import ExpressionError, compile_expression
from core.sheet.grid import BrokenPictureError, expand
from core.sheet.picture import Token, fill_holes, parse_row, parse_token

MAX_BYTES = 1024 * 1024
MAX_COLUMNS = 40
MAX_PICTURE_ROWS = 400
STAGES = ("申报", "批复", "监控", "调整", "自评")
_TOP = {
    "form",
    "edition",
    "title",
    "name",
    "number",
    "above",
    "below",
    "stages",
    "page",
    "money",
    "checks",
    "settings",
    "fields",
    "tables",
    "block",
    "aliases",
    "stage",
    "about",
    "carry",
}


class DefinitionError(RefusedError):
    """A form definition is refused; ``details`` are all its mistakes, each with place and reason."""

    def __init__(self, file: str, mistakes: list[RefusedError]) -> None:
        super().__init__("sheet.broken-definition", details=mistakes, file=file, count=len(mistakes))


def read_form(folder: Path) -> Form:
    """Read ``form.toml`` of a folder ``<form>/<edition>``.

    Raises DefinitionError with every mistake found.
    """
    file = folder / "form.toml"
    name = f"{folder.parent.name}/{folder.name}/form.toml"
    try:
        data = file.read_bytes()
    except OSError as error:
        raise RefusedError("sheet.definition-unreadable", file=name) from error
    form = parse_form(data, name)
    if (form.form, form.edition) != (folder.parent.name, folder.name):
        raise DefinitionError(
            name, [RefusedError("sheet.definition-name", form=form.form, edition=form.edition)]
        )
    return form


def parse_form(data: bytes, file: str) -> Form:
    """Read a definition from the bytes of its TOML file; ``file`` is its name for messages."""
    form, mistakes = examine_form(data)
    if form is None or mistakes:
        raise DefinitionError(file, mistakes)
    return form


def examine_form(data: bytes) -> tuple[Form | None, list[RefusedError]]:
    """Read a definition as far as it goes, and give all its mistakes with it.

    The form is None when the bytes are no TOML; with mistakes it is not fit for use, only for looking on.
    """
    if len(data) > MAX_BYTES:
        raise RefusedError("sheet.file-too-big", size=len(data), limit=MAX_BYTES)
    try:
        # Notepad on older Windows puts a byte order mark in front of every UTF-8 file.
        body = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        return None, [RefusedError("sheet.definition-toml", place="form.toml", reason=str(error))]
    mistakes = Mistakes()
    form = _form(Part(body, "", mistakes), hashlib.sha256(data).hexdigest())
    _check_picture(form, mistakes)
    _check_arithmetic(form, mistakes)
    check_carry(form, mistakes)
    return form, mistakes


# -- the parts of the file ----------------------------------------------------------------------------


def _form(top: Part, digest: str) -> Form:
    top.only(_TOP)
    heading = Heading(
        top.string("title", required=True),
        top.string("number"),
        top.strings("above"),
        top.strings("below"),
        _foot(top.part("page")),
    )
    fields = read_fields(top.part("fields"))
    stages = top.strings("stages") or ("申报",)
    for stage in stages:
        if stage not in STAGES:
            top.mistake("stages", "sheet.definition-stage", stage=stage, known="、".join(STAGES))
    return Form(
        form=top.string("form", required=True),
        edition=top.string("edition", required=True),
        heading=heading,
        stages=stages,
        page=_page(top.part("page")),
        money=_money(top.part("money")),
        fields=fields,
        tables=read_tables(top.part("tables")),
        blocks=tuple(_block(part) for part in top.parts("block")),
        checks=tuple(_check(part) for part in top.parts("checks")),
        settings=top.table("settings"),
        aliases=_aliases(top.part("aliases")),
        stage_headings=_stage_headings(top, heading, stages),
        about=read_about(top.part("about"), fields),
        carry=read_carry(top.part("carry")),
        digest=digest,
        name=top.string("name") or fill_holes(heading.title, {}),
    )


def _page(part: Part) -> Page:
    part.only({"paper", "direction", "columns", "foot", "border", "code"})
    columns = part.numbers("columns")
    if not 1 <= len(columns) <= MAX_COLUMNS or any(ratio <= 0 for ratio in columns):
        part.mistake("columns", "sheet.definition-columns", limit=MAX_COLUMNS)
    return Page(
        columns=columns,
        paper=part.choice("paper", ("A4", "A3"), "A4"),
        direction=part.choice("direction", ("portrait", "landscape"), "portrait"),
        foot=_foot(part),
        border=part.choice("border", ("thin", "none"), "thin"),
        code=part.choice("code", ("foot-right", "foot-left", "head-right", "none"), "foot-right"),
    )


def _foot(part: Part) -> str:
    return part.choice("foot", ("none", "signatures"), "none")


def _money(part: Part) -> Money:
    part.only({"unit", "decimals", "thousands"})
    unit = part.choice("unit", ("元", "万元"), "元")
    return Money(unit, part.integer("decimals", 2, 0, 6) or 0, part.boolean("thousands"))


def _block(part: Part) -> Block:
    part.only({"rows", "head", "height", "align"})
    rows = part.rows("rows")
    head = part.integer("head", 0, 0, max(0, len(rows) - 1)) or 0
    return Block(rows, head, part.number("height"), _label_aligns(part, max(map(len, rows), default=0)))


def _label_aligns(part: Part, columns: int) -> tuple[str, ...]:
    """Read one word for all columns, or one word for each."""
    words = part.strings("align")
    known = ("left", "center", "right")
    for word in words:
        if word not in known:
            part.mistake("align", "sheet.definition-choice", value=word, known="、".join(known))
    if len(words) == 1:
        return words * columns
    if len(words) not in (0, columns):
        part.mistake("align", "sheet.definition-row-length", count=len(words), wanted=columns)
        return ()
    return words


def _check(part: Part) -> CheckTie:
    part.only({"id", "expect", "when", "mark", "params", "say", "severity", "source", "unless", "case"})
    params = {key: part.part("params").string(key) for key in part.table("params")}
    unless = {key: part.part("unless").string(key) for key in part.table("unless")}
    return CheckTie(
        part.string("id", required=True),
        part.string("expect"),
        part.string("when"),
        part.strings("mark"),
        params,
        part.string("say"),
        part.choice("severity", ("", "error", "warning", "hint"), ""),
        part.string("source"),
        unless,
        part.string("case"),
    )


def _aliases(part: Part) -> Mapping[str, tuple[str, ...]]:
    return {label: part.strings(label) for label in part.names()}


def _stage_headings(top: Part, heading: Heading, stages: tuple[str, ...]) -> Mapping[str, Heading]:
    found = {}
    for stage in top.part("stage").names():
        part = top.part("stage").part(stage)
        part.only({"title", "number", "above", "below", "foot"})
        if stage not in stages:
            part.mistake("", "sheet.definition-stage", stage=stage, known="、".join(stages))
        found[stage] = Heading(
            part.string("title") or heading.title,
            part.string("number") if "number" in part else heading.number,
            part.strings("above") if "above" in part else heading.above,
            part.strings("below") if "below" in part else heading.below,
            _foot(part) if "foot" in part else heading.foot,
        )
    return found


# -- the form as a whole ------------------------------------------------------------------------------


def _check_picture(form: Form, mistakes: Mistakes) -> None:
    if sum(len(block.rows) for block in form.blocks) > MAX_PICTURE_ROWS or not form.blocks:
        mistakes.add("block", "sheet.definition-no-picture", limit=MAX_PICTURE_ROWS)
        return
    shown: set[tuple[str, str]] = set()
    columns = len(form.page.columns)
    for number, block in enumerate(form.blocks, start=1):
        for index, texts in enumerate(block.rows, start=1):
            place = f"block[{number}].rows[{index}]"
            if columns and len(texts) != columns:
                mistakes.add(place, "sheet.definition-row-length", count=len(texts), wanted=columns)
            tokens = [token for text in texts if (token := _token(text, form, place, mistakes))]
            shown |= {(token.table, token.name) for token in tokens if token.kind == "column"}
            if len(tokens) == len(texts):
                _check_row_tables(form, parse_row(texts, form).tables, place, mistakes)
    for path, table in form.tables.items():
        for name in table.columns:
            beside = form.tables.get(table.beside or "")
            shared = beside is not None and (name,) == beside.merge[:1]
            other = any(one.beside == path and (name,) == table.merge[:1] for one in form.tables.values())
            if (path, name) not in shown and not shared and not other:
                mistakes.add(f"tables.{path}.{name}", "sheet.definition-no-cell")
    if not mistakes:
        _try_expanding(form, mistakes)


def _token(text: str, form: Form, place: str, mistakes: Mistakes) -> Token | None:
    try:
        return parse_token(text, form)
    except KeyError as error:
        mistakes.add(place, "sheet.definition-unknown-hole", name=error.args[0])
        return None


def _check_row_tables(form: Form, tables: tuple[str, ...], place: str, mistakes: Mistakes) -> None:
    if len(tables) <= 1 and not any(form.tables[path].parent for path in tables):
        return
    if len(tables) == 2:
        one, other = form.tables[tables[0]], form.tables[tables[1]]
        if other.parent == one.path or one.path == other.beside or other.path == one.beside:
            return
    mistakes.add(place, "sheet.definition-row-tables", tables="、".join(tables))


def _try_expanding(form: Form, mistakes: Mistakes) -> None:
    try:
        document = blank_document(form)
        for spare in (False, True):
            expand(document, spare=spare)
    except BrokenPictureError as error:
        mistakes.add("block", "sheet.definition-picture", reason=str(error))
    except (ExpressionError, CycleError):
        pass  # reported by _check_arithmetic, with its place


def _check_arithmetic(form: Form, mistakes: Mistakes) -> None:
    for name, field in form.fields.items():
        _check_computed(form, field, "", f"fields.{name}", mistakes)
    for path, table in form.tables.items():
        for name, column in table.columns.items():
            _check_computed(form, column, path, f"tables.{path}.{name}", mistakes)
    for number, tie in enumerate(form.checks, start=1):
        place = f"checks[{number}]"
        own = _own_table(form, tie)
        for text in (tie.expect, tie.when, *tie.params.values(), *tie.unless.values()):
            _check_expression(form, text, own, place, mistakes)
        for check in tie.unless:
            if all(check != other.id or other is tie for other in form.checks):
                mistakes.add(f"{place}.unless", "sheet.definition-unless", id=check)
        for mark in tie.mark:
            table_path, _, column_name = mark.rpartition(".")
            if form.column(table_path, column_name) is None:
                mistakes.add(place, "sheet.definition-unknown-name", name=mark)
    if not mistakes:
        try:
            Formulas(form)
        except CycleError as error:
            loop = " → ".join(name for _, name in error.args[1])
            mistakes.add("fields", "sheet.definition-loop", loop=loop)


def _own_table(form: Form, tie: CheckTie) -> str:
    """A tied check whose marks are all columns of one table is judged row by row when it names them bare."""
    tables = {mark.rpartition(".")[0] for mark in tie.mark}
    only = tables.pop() if len(tables) == 1 else ""
    return only if only in form.tables else ""


def _check_computed(form: Form, field: Field, table: str, place: str, mistakes: Mistakes) -> None:
    if field.compute:
        _check_expression(form, field.compute, table, f"{place}.compute", mistakes)
    elif field.open:
        mistakes.add(f"{place}.open", "sheet.definition-open")


def _check_expression(form: Form, text: str, own: str, place: str, mistakes: Mistakes) -> None:
    """Note an expression that cannot be understood, or goes by a setting that the form does not state."""
    if not text:
        return
    try:
        expression = compile_expression(text, dict(form.fields), dict(form.tables), own)
    except ExpressionError as error:
        mistakes.add(place, "sheet.definition-expression", text=text, reason=str(error))
        return
    for name in expression.settings:
        if name not in form.settings:
            mistakes.add(place, "sheet.definition-unstated", text=text, name=name)

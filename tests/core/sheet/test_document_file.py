"""The document file: what is written is read back equal, and what is not a document is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sheet.document import Document, Explanation, Origin, Row, blank_document
from core.sheet.document_file import check_code, document_bytes, plain_content, read_document
from core.sheet.errors import RefusedError
from core.sheet.forms import FormLibrary
from core.sheet.messages import Messages
from core.sheet.places import Place, field_place
from tests.core.sheet.making import edited_by


def body(**changes: Any) -> bytes:
    whole: dict[str, Any] = {
        "form": "gz-decl",
        "edition": "2025",
        "stage": "申报",
        "year": 2025,
        "unit": {"name": "某镇人民政府", "code": "101"},
        "values": {"basic_expense": "1.00"},
        "rows": {"tasks": [{"name": "甲", "funds": "1"}], "other_tasks": [], "indicators": []},
    }
    return json.dumps(whole | changes, ensure_ascii=False).encode()


@given(st.data())
def test_what_is_written_is_read_back_equal(data: st.DataObject) -> None:
    forms = FormLibrary(Path(__file__).parents[3] / "resources" / "forms")
    form = forms.get(*data.draw(st.sampled_from(forms.names())))
    document = blank_document(form, year=2025, unit_name="某镇")
    edited_by(document, data, data.draw(st.integers(0, 12)), lambda _: None)
    document.explanations["AM-01@basic_expense"] = Explanation("县里口径不同", "差 1 万元")
    document.origin = Origin("0123456789abcdef", "f" * 64)
    written = document_bytes(document)
    again = read_document(written, forms)
    assert document_bytes(again) == written
    assert plain_content(again) == plain_content(document)
    assert (again.id, again.origin, again.explanations) == (
        document.id,
        document.origin,
        document.explanations,
    )


def test_the_bytes_are_canonical(forms: FormLibrary) -> None:
    document = read_document(body(), forms)
    written = document_bytes(document).decode("utf-8")
    assert written.endswith("}\n")
    assert not written.startswith("\ufeff")
    keys = list(json.loads(written))
    assert keys[:8] == ["jibiao", "id", "form", "edition", "stage", "year", "unit", "from"]
    assert '\n "values"' in written


def test_a_blank_is_an_absent_key_and_every_table_is_present(forms: FormLibrary) -> None:
    document = read_document(body(values={"basic_expense": "", "goal": "x"}, rows={}), forms)
    again = json.loads(document_bytes(document))
    assert again["values"] == {"goal": "x"}
    assert again["rows"] == {"tasks": [], "other_tasks": [], "indicators": []}


def test_rows_without_ids_are_counted_from_one(forms: FormLibrary) -> None:
    document = read_document(body(), forms)
    assert [row.id for row in document.rows("tasks")] == ["1"]
    nested = {"tasks": [{"name": "甲", "key_indicators": [{"name": "a"}, {"name": "b"}]}]}
    deep = read_document(body(form="gz-self", edition="2022", stage="自评", values={}, rows=nested), forms)
    place = deep.place("tasks[1].key_indicators[2].name")
    assert deep.text(place) == "b"
    assert deep.counted(place) == "tasks[1].key_indicators[2].name"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "broken-json"),
        (b"\xff\xfe\x00", "not-utf8"),
        (b"[1, 2]", "not-an-object"),
        (b'{"a": 1, "a": 2}', "doubled-key"),
        (b'{"form": NaN}', "not-json-number"),
        (b'{"form": 1' + b"0" * 40 + b"}", "number-too-long"),
        (b"[" * 100_000, "too-deep"),
        (b'{"x": ' + b"[" * 50 + b"]" * 50 + b"}", "too-deep"),
        (b'{"hello": "world"}', "not-a-document"),
        (body(jibiao=2), "newer-format"),
        (body(form="no-such"), "unknown-form"),
        (body(edition="1999"), "unknown-edition"),
        (body(stage="自评"), "bad-stage"),
        (body(year="2025"), "bad-year"),
        (body(year=20255), "bad-year"),
        (body(id="zz"), "bad-id"),
        (body(surprise=1), "unknown-key"),
        (body(values={"nobody": "1"}), "unknown-field"),
        (body(values={"goal": 3}), "bad-value"),
        (body(values={"goal": "a\u0000b"}), "bad-character"),
        (body(values={"goal": "\ufffe"}), "bad-character"),
        (body(values={"goal": "字" * 200_001}), "text-too-long"),
        (body(values=[]), "bad-value"),
        (body(rows={"nobody": []}), "unknown-table"),
        (body(rows={"tasks": {}}), "bad-rows"),
        (body(rows={"tasks": ["x"]}), "bad-rows"),
        (body(rows={"tasks": [{"nobody": "x"}]}), "unknown-field"),
        (body(ids={"tasks": ["1", "2"]}), "bad-row-ids"),
        (body(explanations={"AM-01@x": "y"}), "bad-explanation"),
    ],
)
def test_what_is_not_a_document_is_refused_in_one_sentence(
    forms: FormLibrary, messages: Messages, data: bytes, code: str
) -> None:
    with pytest.raises(RefusedError) as caught:
        read_document(data, forms)
    assert caught.value.code == f"sheet.{code}"
    assert messages.of(caught.value).endswith("。")


def test_a_lone_surrogate_is_refused(forms: FormLibrary) -> None:
    with pytest.raises(RefusedError) as caught:
        read_document(b'{"form": "gz-decl", "values": {"goal": "\\ud800"}}', forms)
    assert caught.value.code == "sheet.bad-character"


def test_windows_line_ends_become_one_kind_and_nothing_else_changes(forms: FormLibrary) -> None:
    document = read_document(body(values={"goal": "甲\r\n乙\r丙\n 丁\t ＡＢ"}), forms)
    assert document.field("goal") == "甲\n乙\n丙\n 丁\t ＡＢ"


def test_a_file_over_the_limit_is_refused_before_it_is_parsed(forms: FormLibrary) -> None:
    with pytest.raises(RefusedError) as caught:
        read_document(b" " * (16 * 1024 * 1024 + 1), forms)
    assert caught.value.code == "sheet.file-too-big"


def test_one_changed_character_changes_the_check_code(forms: FormLibrary) -> None:
    document = read_document(body(), forms)
    codes = {check_code(document_bytes(document))}
    for text in ("1.01", "1.0", "１.00", "1.00 "):
        document.set_text(field_place("basic_expense"), text)
        codes.add(check_code(document_bytes(document)))
    assert len(codes) == 5
    assert all(len(code) == 19 and code.count("-") == 3 for code in codes)


def test_a_copy_does_not_change_with_its_original(forms: FormLibrary) -> None:
    document = read_document(body(), forms)
    twin = document.copy()
    document.set_text(Place("tasks", "1", "name"), "乙")
    document.insert_row("tasks", "", 1, Row("9"))
    assert twin.text(Place("tasks", "1", "name")) == "甲"
    assert len(twin.rows("tasks")) == 1
    assert isinstance(twin, Document)

"""A form is data: definitions are read, and a broken one is refused with file, place and reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.sheet.definition_reader import DefinitionError, parse_form, read_form
from core.sheet.document import blank_document
from core.sheet.errors import RefusedError
from core.sheet.forms import FormLibrary
from core.sheet.grid import expand
from core.sheet.messages import Messages

GOOD = """
form = "demo"
edition = "2025"
title = "{year}年度目标表"
stages = ["申报"]
page = { columns = [1, 1, 2] }
[fields]
basic = { label = "基本支出", kind = "money", required = true }
other = { label = "其他", kind = "money" }
total = { label = "合计", kind = "money", compute = "basic + other" }
[tables.tasks.columns]
name = { label = "任务", kind = "text" }
funds = { label = "资金", kind = "money" }
[[block]]
rows = [
    ["基本支出", "{basic}", "{other}"],
    ["任务", "{tasks.name}", "{tasks.funds}"],
]
"""


def refusal(text: str) -> DefinitionError:
    with pytest.raises(DefinitionError) as caught:
        parse_form(text.encode(), "demo/2025/form.toml")
    return caught.value


def test_every_shipped_form_loads_and_expands_blank(forms: FormLibrary) -> None:
    assert {"gz-decl", "sc-dept", "hb-proj", "gz-self", "mof-proj"} <= {form.form for form in forms.all()}
    for form in forms.all():
        for spare in (False, True):
            grid = expand(blank_document(form, year=2025, unit_name="某镇"), spare=spare)
            assert sum(cell.down * cell.across for cell in grid.cells) == grid.rows * grid.columns


@pytest.mark.parametrize(
    ("old", "new", "place", "code"),
    [
        ("title =", "titel =", "titel", "definition-unknown-key"),
        ('kind = "money", required', 'kind = "mony", required', "fields.basic.kind", "definition-choice"),
        ("{basic}", "{basics}", "block[1].rows[1]", "definition-unknown-hole"),
        ('"{tasks.funds}"]', '"{tasks.fund}"]', "block[1].rows[2]", "definition-unknown-hole"),
        (
            '["基本支出", "{basic}", "{other}"]',
            '["基本支出", "{basic}"]',
            "block[1].rows[1]",
            "definition-row-length",
        ),
        ('"{basic}", "{other}"', '"^", "{other}"', "block", "definition-picture"),
        ('["基本支出", "{basic}"', '["<", "{basic}"', "block", "definition-picture"),
        ("basic + other", "basic ** 9", "fields.total.compute", "definition-expression"),
        ("basic + other", "basics + other", "fields.total.compute", "definition-expression"),
        ("basic + other", "total + other", "fields", "definition-loop"),
        ('"{tasks.name}", "{tasks.funds}"', '"{tasks.name}", ""', "tables.tasks.funds", "definition-no-cell"),
        ('stages = ["申报"]', 'stages = ["随便"]', "stages", "definition-stage"),
        ("columns = [1, 1, 2]", "columns = [1, 0, 2]", "page.columns", "definition-columns"),
        ('label = "基本支出", ', "", "fields.basic.label", "definition-required"),
    ],
)
def test_a_broken_definition_is_refused_with_its_place(old: str, new: str, place: str, code: str) -> None:
    assert old in GOOD
    error = refusal(GOOD.replace(old, new, 1))
    assert error.params["file"] == "demo/2025/form.toml"
    assert (place, f"sheet.{code}") in [(one.params["place"], one.code) for one in error.details]


def test_a_check_can_only_leave_a_mistake_to_another_check_of_the_form() -> None:
    tie = '{{ id = "AM-02", expect = "basic <= other", mark = ["basic"], unless = {{ {} = "{}" }} }}'
    for unless, code in (("AM-02", "unless"), ("AM-99", "unless"), ("AM-01", "expression")):
        first = '{ id = "AM-01", expect = "total == basic", mark = ["basic"] }'
        ties = f"checks = [{first}, {tie.format(unless, 'nothing == other')}]\n"
        if unless != "AM-01":
            ties = ties.replace("nothing", "basic")
        (one,) = refusal(GOOD.replace("[fields]", f"{ties}[fields]", 1)).details
        assert one.code == f"sheet.definition-{code}"
        assert str(one.params["place"]).startswith("checks[2]")


def test_all_mistakes_are_said_in_one_go(messages: Messages) -> None:
    text = GOOD.replace('kind = "text"', 'kind = "txt"').replace("title =", "titel =")
    error = refusal(text)
    assert len(error.details) >= 3
    said = messages.of(error)
    assert "demo/2025/form.toml" in said
    assert "tables.tasks.columns.name.kind" in said
    assert len(said.splitlines()) == len(error.details) + 1


def test_a_wrong_kind_does_not_hide_what_is_wrong_in_the_picture_and_the_sums() -> None:
    text = GOOD.replace('kind = "text"', 'kind = "txt"').replace('"{other}"]', '"{othr}"]')
    error = refusal(text.replace("basic + other", "basics + other"))
    assert [(one.params["place"], one.code) for one in error.details] == [
        ("tables.tasks.columns.name.kind", "sheet.definition-choice"),
        ("block[1].rows[1]", "sheet.definition-unknown-hole"),
        ("fields.total.compute", "sheet.definition-expression"),
    ]


def test_every_unknown_place_of_a_row_is_named() -> None:
    error = refusal(GOOD.replace('"{basic}", "{other}"', '"{basix}", "{othr}"'))
    assert [one.params["name"] for one in error.details] == ["basix", "othr"]


def test_a_definition_saved_by_an_old_notepad_is_read() -> None:
    assert parse_form(b"\xef\xbb\xbf" + GOOD.encode(), "x").form == "demo"


def test_text_that_is_no_toml_is_refused_with_the_line() -> None:
    error = refusal('form = "demo"\nedition = = 3\n')
    assert "line 2" in str(error.details[0].params["reason"])


def test_a_definition_under_another_folder_name_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "other" / "2025"
    folder.mkdir(parents=True)
    (folder / "form.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(DefinitionError):
        read_form(folder)


def test_an_oversized_definition_is_refused() -> None:
    with pytest.raises(RefusedError) as caught:
        parse_form(b"#" * 2_000_000, "x")
    assert caught.value.code == "sheet.file-too-big"


def test_an_unknown_form_or_edition_names_the_known_ones(forms: FormLibrary, messages: Messages) -> None:
    with pytest.raises(RefusedError) as form_error:
        forms.get("no-such")
    assert "gz-decl" in messages.of(form_error.value)
    with pytest.raises(RefusedError) as edition_error:
        forms.get("gz-decl", "1999")
    assert "2024" in messages.of(edition_error.value)


def test_without_an_edition_the_newest_is_given(forms: FormLibrary) -> None:
    assert forms.get("gz-decl").edition == "2025"


def test_every_mistake_has_a_sentence(messages: Messages) -> None:
    for old, new in (("basic + other", "1 +"), ('"{basic}"', '"{nobody}"'), ("[1, 1, 2]", "[]")):
        said = messages.of(refusal(GOOD.replace(old, new, 1)))
        assert "{" not in said.replace("{nobody}", "").replace("表 { … }", "")


def test_labels_of_a_block_stand_where_the_block_says() -> None:
    text = GOOD.replace("[[block]]", '[[block]]\nalign = "left"\nheight = 20')
    form = parse_form(text.encode(), "demo/2025/form.toml")
    labels = {cell.text: cell.align for cell in expand(blank_document(form)).cells if cell.kind == "label"}
    assert labels == {"基本支出": "left", "任务": "left"}
    blank = expand(blank_document(parse_form(GOOD.encode(), "demo/2025/form.toml")))
    assert {cell.align for cell in blank.cells if cell.kind == "label"} == {"center"}
    for wrong in ('"links"', '["left", "right"]'):
        places = [one.params["place"] for one in refusal(text.replace('"left"', wrong)).details]
        assert "block[1].align" in places


def test_labels_may_stand_differently_in_each_column() -> None:
    text = GOOD.replace("[[block]]", '[[block]]\nalign = ["right", "center", "left"]').replace(
        "{other}", "备注"
    )
    grid = expand(blank_document(parse_form(text.encode(), "demo/2025/form.toml")))
    labels = {cell.text: cell.align for cell in grid.cells if cell.kind == "label"}
    assert labels == {"基本支出": "right", "备注": "left", "任务": "right"}


def test_lists_call_a_form_by_its_name_or_by_its_title() -> None:
    named = GOOD.replace("title =", 'name = "某省 目标表"\ntitle =')
    assert parse_form(named.encode(), "demo/2025/form.toml").name == "某省 目标表"
    assert parse_form(GOOD.encode(), "demo/2025/form.toml").name == "年度目标表"


def test_a_stage_may_replace_the_title_and_the_foot(forms: FormLibrary) -> None:
    form = forms.get("sc-dept", "2024")
    assert form.heading_for("申报").foot == "signatures"
    assert form.heading_for("批复").foot == "none"
    assert form.heading_for("批复").title == form.heading.title


def test_a_table_that_begins_with_thousands_of_rows_is_refused() -> None:
    rows = ", ".join(['{ name = "a" }'] * 600)
    text = GOOD.replace("[tables.tasks.columns]", f"[tables.tasks]\nstart = [{rows}]\n[tables.tasks.columns]")
    assert "tables.tasks.start" in [one.params["place"] for one in refusal(text).details]


def test_an_expression_goes_only_by_settings_the_form_states() -> None:
    text = GOOD.replace('compute = "basic + other"', 'compute = "basic * settings.rate_points"')
    assert text != GOOD
    assert "sheet.definition-unstated" in [one.code for one in refusal(text).details]
    stated = text.replace("[fields]", "[settings]\nrate_points = 10\n\n[fields]", 1)
    form = parse_form(stated.encode(), "demo/2025/form.toml")
    assert form.stated["rate_points"] == 10


def test_only_a_computed_place_can_be_open() -> None:
    text = GOOD.replace('kind = "money"', 'kind = "money", open = true', 1)
    assert "sheet.definition-open" in [one.code for one in refusal(text).details]


def test_a_table_says_which_of_its_columns_it_is_about() -> None:
    text = GOOD.replace(
        "[tables.tasks.columns]", '[tables.tasks]\nabout = { amount = "nothing" }\n[tables.tasks.columns]'
    )
    assert "tables.tasks.about.amount" in [one.params["place"] for one in refusal(text).details]

"""The sheet is the printed sheet: cells, spans and merges as the official form has them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from core.sheet.document import Document, Row, blank_document
from core.sheet.document_file import read_document
from core.sheet.forms import FormLibrary
from core.sheet.grid import Cell, Grid, expand
from core.sheet.picture import strip_places
from core.sheet.places import Place, field_place
from tests.core.sheet.making import edited_by

FORMS = FormLibrary(Path(__file__).parents[3] / "resources" / "forms")


def line(grid: Grid, row: int) -> list[tuple[str, int, int]]:
    return [(cell.text, cell.across, cell.down) for cell in grid.cells if cell.row == row]


def cell(grid: Grid, text: str) -> Cell:
    return next(one for one in grid.cells if one.text == text)


def indicators(
    document: Document, rows: Sequence[tuple[str, ...]], columns: str, table: str = "indicators"
) -> None:
    for index, texts in enumerate(rows):
        cells = {name: text for name, text in zip(columns.split(), texts, strict=True) if text}
        document.insert_row(table, "", index, Row(f"{table[0]}{index}", cells))


def test_the_sample_expands_to_the_official_sheet(forms: FormLibrary, resources: Path) -> None:
    sample = (resources / "forms/gz-decl/2025/sample.json").read_bytes()
    grid = expand(read_document(sample, forms))
    assert line(grid, 0) == [("部门名称", 1, 1), ("青禾区司法局", 5, 1)]
    assert line(grid, 1)[0] == ("预算整体情况", 1, 6)
    assert line(grid, 2) == [("基本支出", 1, 1), ("2,860.45", 1, 1), ("财政拨款", 1, 1), ("3,512.00", 2, 1)]
    assert cell(grid, "产出指标").down == 8
    assert cell(grid, "数量指标").down == 4
    assert cell(grid, "绩效指标").down == 17
    assert cell(grid, "年度重点工作任务").down == 6


def test_a_form_without_rows_prints_one_blank_line_per_table() -> None:
    grid = expand(Document(FORMS.get("gz-decl", "2025")))
    assert [cell.adds.table for cell in grid.cells if cell.adds and cell.adds.column == "name"] == [
        "tasks",
        "other_tasks",
        "indicators",
    ]


def test_the_spare_line_says_what_typing_there_adds() -> None:
    document = blank_document(FORMS.get("gz-decl", "2024"))
    grid = expand(document, spare=True)
    last = [one for one in grid.cells if one.row == grid.rows - 1]
    assert all(one.adds and one.adds.position == len(document.rows("indicators")) for one in last)
    assert grid.lines[-1].spare


def test_blank_levels_are_not_merged() -> None:
    document = Document(FORMS.get("gz-decl", "2024"))
    indicators(document, [("", "", "甲"), ("", "", "乙")], "level1 level2 name")
    assert all(one.down == 1 for one in expand(document).cells if one.place and one.place.column == "level1")


def test_the_same_level_two_under_another_level_one_is_another_cell() -> None:
    document = Document(FORMS.get("sc-dept", "2024"))
    rows = [("产出指标", "成本指标", "甲"), ("成本指标", "成本指标", "乙")]
    indicators(document, rows, "level1 level2 name")
    assert [one.down for one in expand(document).cells if one.text == "成本指标"] == [1, 1, 1]


def test_a_merged_level_cell_stands_for_all_its_rows() -> None:
    document = blank_document(FORMS.get("gz-decl", "2025"))
    merged = cell(expand(document), "产出指标")
    assert [place.row for place in merged.places] == [row.id for row in document.rows("indicators")[:3]]
    assert merged.locked


def test_an_outer_rows_cells_run_down_over_its_inner_rows() -> None:
    document = Document(FORMS.get("gz-self", "2022"))
    inner = [Row(f"k{n}", {"name": f"关键指标{n}", "result": "100%"}) for n in range(4)]
    document.insert_row(
        "tasks", "", 0, Row("t1", {"name": "法治天河", "funds": "8.4"}, {"key_indicators": inner})
    )
    document.insert_row("tasks", "", 1, Row("t2", {"name": "依法行政"}))
    grid = expand(document)
    assert cell(grid, "法治天河").down == 4
    assert cell(grid, "8.40").down == 4
    assert cell(grid, "依法行政").down == 1
    empty = [one for one in grid.cells if one.adds and one.adds.parent == "t2"]
    assert {one.adds.column for one in empty if one.adds} == {"name", "result"}


def test_two_tables_side_by_side_keep_their_own_rows() -> None:
    document = Document(FORMS.get("mof-proj", "2015"))
    columns = "level1 level2 name value"
    left = [
        ("产出指标", "数量指标", "a", "1"),
        ("产出指标", "数量指标", "b", "2"),
        ("效益指标", "社会效益指标", "d", "4"),
    ]
    right = [
        ("产出指标", "数量指标", "A", "1"),
        ("效益指标", "社会效益指标", "D", "4"),
        ("满意度指标", "", "G", "90%"),
    ]
    indicators(document, left, columns, "mid_indicators")
    indicators(document, right, columns, "indicators")
    grid = expand(document)
    assert cell(grid, "产出指标").down == 2
    assert set(cell(grid, "产出指标").places) == {
        Place("mid_indicators", "m0", "level1"),
        Place("mid_indicators", "m1", "level1"),
        Place("indicators", "i0", "level1"),
    }
    row = cell(grid, "b").row
    short = [one for one in grid.cells if one.row == row and one.adds]
    assert {(one.adds.table, one.adds.given["level1"]) for one in short if one.adds} == {
        ("indicators", "产出指标")
    }
    assert cell(grid, "G").row == cell(grid, "满意度指标").row


def test_a_computed_cell_is_locked_and_shows_the_figure() -> None:
    document = Document(FORMS.get("gz-self", "2022"))
    for name, text in (("adjusted_income", "5936.28"), ("initial_income", "6108.71"), ("spent", "5931.22")):
        document.set_text(field_place(name), text)
    grid = expand(document)
    shown = {one.place.column: one.text for one in grid.cells if one.kind == "computed" and one.place}
    assert shown == {"adjustment": "-172.43", "completion_rate": "99.91%", "adjustment_rate": "2.82%"}
    assert all(one.locked for one in grid.cells if one.kind == "computed")


def test_fields_without_a_cell_are_typed_in_the_strip() -> None:
    assert strip_places(FORMS.get("gz-decl", "2025")) == [
        "year",
        "stage",
        "unit.code",
        "expense_total",
        "income_total",
        "level_total",
        "task_total",
        "task_share",
    ]
    assert "first_year" in strip_places(FORMS.get("mof-proj", "2015"))


@given(st.data())
def test_every_filled_place_of_the_picture_is_in_exactly_one_cell(data: st.DataObject) -> None:
    form = FORMS.get(*data.draw(st.sampled_from(FORMS.names())))
    document = blank_document(form, year=2025, unit_name="某镇")
    edited_by(document, data, data.draw(st.integers(0, 12)), lambda _: None)
    strip = set(strip_places(form))
    for spare in (False, True):
        grid = expand(document, spare=spare)
        shown = [place for one in grid.cells for place in dict.fromkeys((one.place, *one.places)) if place]
        for place in document.places():
            if place.table or place.column not in strip:
                in_label = not place.table and place.column in ("year", "stage")
                assert shown.count(place) == 1 or in_label, place
        covered = [
            (r, c)
            for one in grid.cells
            for r in range(one.row, one.row + one.down)
            for c in range(one.column, one.column + one.across)
        ]
        assert len(covered) == len(set(covered)) == grid.rows * grid.columns


def test_points_are_locked_where_we_work_them_out_and_open_where_a_person_gives_them() -> None:
    document = Document(FORMS.get("mof-self"))
    rows = [
        ("办结率", "≥95%", "90%", "10", ""),
        ("机制", "优良差", "良", "10", ""),
        ("机制", "优良差", "良", "10", "8"),
        ("办结率", "≥95%", "90%", "10", "9"),
    ]
    indicators(document, rows, "name value actual weight score")
    grid = expand(document)
    cells = [grid.cell_of(Place("indicators", f"i{index}", "score")) for index in range(len(rows))]
    assert [(one.text, one.kind, one.locked) for one in cells if one is not None] == [
        ("9.47", "computed", True),
        ("", "fill", False),
        ("8", "fill", False),
        ("9", "fill", False),
    ]
    total = expand(document).cell_of(field_place("total_score"))
    assert total is not None
    assert total.text == "26.94"  # ours where we have one, else the person's: 9.47 + 8 + 9.47


def test_a_spare_line_lets_an_open_place_be_typed_into() -> None:
    grid = expand(Document(FORMS.get("mof-self")), spare=True)
    spare = [one for one in grid.cells if one.adds and one.adds.column == "score"]
    assert [(one.kind, one.locked) for one in spare] == [("fill", False)]

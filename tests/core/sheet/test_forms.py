"""Every form that ships: its definition, its sample, and its sheet cell by cell as the official form has it.

Figures and indicator names of three published forms (四川 2024, 河北 2020, 广州 2022) are entered by hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from core.sheet.compute import Computation
from core.sheet.definition import Form
from core.sheet.document import Document, Row, blank_document
from core.sheet.document_file import document_bytes, read_document
from core.sheet.forms import FormLibrary
from core.sheet.grid import Cell, Grid, expand, heading_values
from core.sheet.numbers import parse_number
from core.sheet.picture import fill_holes
from core.sheet.places import Place, field_place

FOLDER = Path(__file__).parents[3] / "resources" / "forms"
FORMS = FormLibrary(FOLDER)
ALL = FORMS.names()
MARKED_FROM_MEMORY = "凭记忆"

every_form = pytest.mark.parametrize(("form", "edition"), ALL, ids=["-".join(pair) for pair in ALL])


def sample(form: str, edition: str) -> Document:
    return read_document((FOLDER / form / edition / "sample.json").read_bytes(), FORMS)


def blank(form: str, year: int = 2024) -> Grid:
    return expand(blank_document(FORMS.get(form), year=year, unit_name="某镇", unit_code="031"))


def line(grid: Grid, row: int) -> list[str]:
    """One line in short: text, and its size where it is more than one cell (``合计[3x1]``)."""
    return [_short(cell) for cell in grid.cells if cell.row == row]


def _short(cell: Cell) -> str:
    size = f"[{cell.across}x{cell.down}]" if cell.across > 1 or cell.down > 1 else ""
    return f"{cell.text}{size}"


def shown(document: Document) -> dict[str, str]:
    """The computed figures of a document's sheet, as they are printed."""
    return {
        cell.place.column: cell.text
        for cell in expand(document).cells
        if cell.kind == "computed" and cell.place and not cell.place.table
    }


def filled(form: Form, rows: Sequence[tuple[str, ...]], columns: str) -> Document:
    document = Document(form)
    for index, texts in enumerate(rows):
        cells = {name: text for name, text in zip(columns.split(), texts, strict=True) if text}
        document.insert_row("indicators", "", index, Row(f"i{index}", cells))
    return document


# -- all of them --------------------------------------------------------------------------------------


def test_all_the_forms_of_the_plan_are_there() -> None:
    assert {form for form, _ in ALL} >= {
        *(
            "gz-decl",
            "gz-self",
            "sc-dept",
            "sc-proj",
            "sc-self",
            "hb-dept",
            "hb-proj",
            "mof-dept",
            "mof-proj",
        ),
        *("mof-self", "mof-monitor", "adjust", "tr", "cq-proj", "nm-proj", "hub-proj", "hun-proj"),
    }


@every_form
def test_an_official_who_opens_the_file_reads_first_which_form_it_is(form: str, edition: str) -> None:
    text = (FOLDER / form / edition / "form.toml").read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert re.search("[一-龥]{4}", text.splitlines()[0])
    if form == "mof-monitor":
        assert MARKED_FROM_MEMORY in text.split("\nform =")[0]


def test_no_two_forms_have_the_same_name_in_a_list() -> None:
    names = {(FORMS.get(form, edition).name, edition) for form, edition in ALL}
    assert len(names) == len(ALL)
    assert not any("{" in name for name, _ in names)


@every_form
def test_the_sample_is_canonical(form: str, edition: str) -> None:
    data = (FOLDER / form / edition / "sample.json").read_bytes()
    assert document_bytes(read_document(data, FORMS)) == data


@every_form
def test_the_sample_leaves_nothing_blank_that_is_required(form: str, edition: str) -> None:
    document = sample(form, edition)
    definition = document.form
    blanks = [name for name in ("year", "unit.name", "unit.code") if not document.field(name)]
    blanks += [
        one.name for one in definition.fields.values() if one.required and not document.field(one.name)
    ]
    for path, table in definition.tables.items():
        for _, row in document.all_rows(path):
            needed = [
                name for name, column in table.columns.items() if column.required and not column.compute
            ]
            blanks += [
                document.counted(Place(path, row.id, name)) for name in needed if name not in row.cells
            ]
    assert not blanks


@every_form
def test_the_sample_leaves_every_figure_to_the_program(form: str, edition: str) -> None:
    document = sample(form, edition)
    computation = Computation(document)
    for name, field in document.form.fields.items():
        if field.compute:
            assert not document.field(name)
            assert computation.value(field_place(name)) is not None or name.startswith(("rate_", "last_")), (
                name
            )


@every_form
def test_the_sample_shows_every_kind_of_row(form: str, edition: str) -> None:
    document = sample(form, edition)
    optional = {"other_tasks"}
    assert not [
        path for path in document.form.tables if path not in optional and not list(document.all_rows(path))
    ]
    for _, row in document.all_rows("indicators"):
        assert document.has_data("indicators", row)


@every_form
def test_weights_of_a_sample_add_up_to_ninety_for_each_project(form: str, edition: str) -> None:
    document = sample(form, edition)
    for path, table in document.form.tables.items():
        if "weight" not in table.columns:
            continue
        sums: dict[str, Decimal] = {}
        for parent, row in document.all_rows(path):
            sums[parent] = sums.get(parent, Decimal(0)) + (parse_number(row.cells["weight"]) or Decimal(0))
        assert set(sums.values()) == {Decimal(90)}


@every_form
def test_satisfaction_rows_of_a_sample_ask_for_at_least_so_much_satisfaction(form: str, edition: str) -> None:
    document = sample(form, edition)
    for path in document.form.tables:
        for _, row in document.all_rows(path):
            if row.cells.get("level1", "").startswith("满意度") and "value" in row.cells:
                said = row.cells.get("operator", "") + row.cells["value"] + row.cells.get("unit", "")
                assert re.fullmatch("(≥|大于等于)(8[5-9]|9[0-9])%", said)
                assert "满意" in row.cells["name"]


@every_form
def test_blank_and_sample_fill_a_whole_rectangle(form: str, edition: str) -> None:
    definition = FORMS.get(form, edition)
    for document in (blank_document(definition, year=2024, unit_name="某镇"), sample(form, edition)):
        for spare in (False, True):
            grid = expand(document, spare=spare)
            assert sum(cell.down * cell.across for cell in grid.cells) == grid.rows * grid.columns


@pytest.mark.parametrize(
    ("form", "figures"),
    [
        ("sc-dept", {"total": "11237900.00", "basic_total": "6842300.00", "project_total": "4395600.00"}),
        ("hb-proj", {"budget": "20.00"}),
        ("gz-self", {"adjustment": "-52.00", "completion_rate": "99.46%", "adjustment_rate": "1.48%"}),
        ("mof-proj", {"mid_total": "180.00", "year_total": "60.00"}),
        ("mof-dept", {"total": "1012.20", "fiscal": "996.20", "other": "16.00"}),
        (
            "mof-self",
            {
                "initial_total": "60.00",
                "budget_total": "62.00",
                "spent_total": "60.50",
                "rate_weight": "10",
                "rate": "97.58%",
                "rate_score": "9.76",
                "weight_sum": "100",
                "total_score": "99.13",
            },
        ),
        ("tr", {"total": "90.00"}),
        ("hun-proj", {"total": "150.00", "last_total": "3.50", "this_total": "150.00"}),
        ("sc-proj", {"total": "1,481,400.00"}),
        ("cq-proj", {}),
        (
            "adjust",
            {"total_before": "60.00", "total": "62.00", "total_change": "2.00", "fiscal_change": "2.00"},
        ),
    ],
)
def test_the_totals_of_a_sample_are_right(form: str, figures: dict[str, str]) -> None:
    document = sample(form, FORMS.get(form).edition)
    found = shown(document)
    assert {name: found[name] for name in figures} == figures


def test_the_self_evaluation_of_sichuan_adds_up() -> None:
    found = shown(sample("sc-self", "2023"))
    assert (found["rate"], found["rate_fiscal"], found["rate_other"]) == ("97.63%", "97.51%", "100.00%")
    assert (found["rate_account"], found["rate_own"]) == ("", "")
    assert (found["rate_score"], found["weight_sum"], found["total_score"]) == ("9.76", "100", "98.85")


def test_spending_more_than_planned_earns_no_more_than_ten_points() -> None:
    document = sample("mof-self", "2020")
    document.set_text(field_place("spent_fiscal"), "60.00")
    found = shown(document)
    assert (found["rate"], found["rate_score"]) == ("117.74%", "10")
    document.set_text(field_place("spent_fiscal"), "")
    document.set_text(field_place("spent_carry"), "")
    document.set_text(field_place("spent_other"), "")
    assert shown(document)["rate_score"] == ""


# -- the official sheets, row by row --------------------------------------------------------------------


def test_the_department_form_of_the_ministry() -> None:
    grid = blank("mof-dept")
    assert line(grid, 0) == ["部门（单位）名称[2x1]", "某镇[5x1]"]
    assert line(grid, 1) == ["年度主要任务[1x4]", "任务名称[1x2]", "主要内容[2x2]", "预算金额（万元）[3x1]"]
    assert line(grid, 2) == ["总额", "财政拨款", "其他资金"]
    assert line(grid, 4)[0] == "金额合计[3x1]"
    assert line(grid, 5) == ["年度总体目标", "[6x1]"]
    assert line(grid, 6) == ["年度绩效指标[1x10]", "一级指标", "二级指标", "三级指标[2x1]", "指标值[2x1]"]
    assert [line(grid, row)[0] for row in (7, 11, 15)] == ["产出指标[1x4]", "效益指标[1x4]", "满意度指标"]
    assert [line(grid, row)[0] for row in (8, 9, 10)] == ["质量指标", "时效指标", "成本指标"]


def test_every_task_of_the_ministrys_form_has_its_own_total() -> None:
    grid = expand(sample("mof-dept", "2015"))
    assert line(grid, 3) == [
        "机关和村级运转",
        "发放工资、村干部报酬，保障14个村办公、党建和便民服务。[2x1]",
        "862.40",
        "862.40",
        "0.00",
    ]
    assert line(grid, 8) == ["金额合计[3x1]", "1012.20", "996.20", "16.00"]


def test_the_self_evaluation_of_the_ministry() -> None:
    grid = blank("mof-self")
    assert line(grid, 0) == ["项目名称", "[8x1]"]
    assert line(grid, 1) == ["主管部门", "[3x1]", "实施单位", "某镇[4x1]"]
    assert line(grid, 2) == [
        "项目资金（万元）[1x5]",
        "[2x1]",
        *("年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分"),
    ]
    assert line(grid, 3) == ["年度资金总额[2x1]", "", "", "", "10", "", ""]
    for row, label in ((4, "其中：当年财政拨款"), (5, "上年结转资金"), (6, "其他资金")):
        assert line(grid, row) == [f"{label}[2x1]", "", "", "", "—", "—", "—"]
    assert line(grid, 7) == ["年度总体目标[1x2]", "预期目标[4x1]", "实际完成情况[4x1]"]
    assert line(grid, 9) == [
        "绩效指标[1x10]",
        *("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),
        "偏差原因分析及改进措施",
    ]
    assert line(grid, grid.rows - 1)[0] == "总分[6x1]"


def test_the_monitoring_form() -> None:
    document = blank_document(FORMS.get("mof-monitor"), year=2024)
    document.set_text(field_place("month"), "7")
    grid = expand(document)
    assert line(grid, 2) == [
        "项目资金（万元）[1x5]",
        "[3x1]",
        *("全年预算数", "1—7月执行数", "执行率", "全年预计执行数", "资金执行情况说明[2x1]"),
    ]
    assert line(grid, 3)[:2] == ["年度资金总额[3x1]", ""]
    assert line(grid, 8) == [
        "绩效指标[1x2]",
        *("一级指标", "二级指标", "三级指标", "年度指标值", "1—7月完成情况", "全年预计完成情况", "偏差原因"),
        *("原因说明及改进措施", "完成目标可能性"),
    ]
    assert FORMS.get("mof-monitor").stages == ("监控",)


def test_the_form_for_changes() -> None:
    grid = blank("adjust")
    assert line(grid, 3) == ["项目资金（万元）[1x4]", "资金来源[3x1]", "调整前", "调整后", "增减（＋、－）"]
    assert line(grid, 4) == ["资金总额[3x1]", "", "", ""]
    assert line(grid, 7) == ["年度绩效目标[1x2]", "调整前[3x1]", "调整后[3x1]"]
    assert line(grid, 9)[4:] == ["调整前指标值", "调整后指标值", "调整理由"]
    assert line(grid, grid.rows - 2) == ["申请单位意见[2x1]", "主管部门意见[3x1]", "财政部门意见[2x1]"]


def test_boxes_for_seals_are_high_enough_and_sealed_at_the_right() -> None:
    for form in ("adjust", "tr", "hub-proj"):
        grid = blank(form)
        last = grid.lines[-1].block
        seals = [cell for cell in grid.cells if cell.text.startswith("（盖章）")]
        assert (FORMS.get(form).blocks[last].height or 0) >= 30
        assert {cell.align for cell in seals} == {"right"}
        assert len(seals) == {"adjust": 3, "tr": 3, "hub-proj": 2}[form]
    labels = [cell for cell in blank("tr").cells if cell.text.endswith("审核意见")]
    assert {cell.align for cell in labels} == {"center"}


def test_the_form_for_transfers() -> None:
    grid = blank("tr")
    assert line(grid, 1) == ["项目负责人及电话", "[6x1]"]
    assert line(grid, 3) == ["资金情况（万元）[1x3]", "年度资金总额：[2x1]", "[4x1]"]
    assert line(grid, 7) == ["绩效指标[1x10]", "一级指标", "二级指标", "三级指标[2x1]", "指标值", "备注"]
    opinions = ["财政部门支出股室初审意见", "财政部门绩效评价股审核意见", "主管部门审核意见"]
    assert [line(grid, row)[0] for row in range(grid.rows - 3, grid.rows)] == opinions


def test_the_narrative_part_of_hebei_is_prose_with_headings_at_the_left() -> None:
    form = FORMS.get("hb-dept")
    grid = blank("hb-dept", 2020)
    texts = [cell.text for cell in grid.cells if cell.kind == "label"]
    assert texts == [
        "第一部分　部门整体绩效目标",
        "（一）总体绩效目标：",
        "（二）分项绩效目标：",
        "（三）工作保障措施：",
    ]
    assert [cell.align for cell in grid.cells if cell.kind == "label"] == ["center", "left", "left", "left"]
    assert form.page.border == "none"
    assert fill_holes(form.title, heading_values(sample("hb-dept", "2020"))) == "2020年部门预算绩效信息"


def test_the_self_evaluation_of_sichuan() -> None:
    grid = blank("sc-self", 2023)
    assert line(grid, 1) == ["主管部门", "[3x1]", "实施单位（盖章）[2x1]", "某镇[5x1]"]
    assert line(grid, 2) == [
        "项目基本情况[1x3]",
        "1.项目年度目标完成情况[2x2]",
        "项目年度目标[3x1]",
        "年度目标完成情况[5x1]",
    ]
    assert line(grid, 5) == [
        "预算执行情况（10分）[1x6]",
        "年度预算数（万元）[2x1]",
        *("年初预算", "调整后预算数[2x1]", "预算执行数", "预算执行率", "权重", "得分", "原因"),
    ]
    assert line(grid, 6) == ["总额[2x1]", "", "[2x1]", "", "", "10", "", "[1x5]"]
    for row, label in ((7, "其中：财政资金"), (8, "财政专户管理资金"), (9, "单位资金"), (10, "其他资金")):
        assert line(grid, row) == [f"{label}[2x1]", "", "[2x1]", "", "", "/", "/"]
    assert line(grid, 11)[0] == "绩效指标（90分）[1x2]"
    assert line(grid, 13)[0] == "合计[8x1]"
    limits = {name: field.limit for name, field in FORMS.get("sc-self").fields.items() if field.limit}
    assert limits == {
        **dict.fromkeys(("goal_actual", "rate_reason"), 100),
        **dict.fromkeys(("conclusion", "problems", "improvements"), 200),
    }


def test_one_list_of_many_projects_runs_each_project_down_over_its_indicators() -> None:
    grid = expand(sample("sc-proj", "2023"))
    assert line(grid, 1)[:3] == ["820-云岭县柳溪镇部门", "", "1,481,400.00"]
    assert line(grid, 2)[:3] == ["820001-云岭县柳溪镇人民政府[1x12]", "村干部报酬[1x6]", "1,036,800.00[1x6]"]
    assert line(grid, 8)[0] == "村级道路养护[1x6]"  # the unit's cell runs on
    assert line(grid, 14)[0] == "820002-云岭县柳溪镇便民服务中心[1x6]"
    levels = [cell.down for cell in grid.cells if cell.place and cell.place.column in ("level1", "level2")]
    assert set(levels) == {1}


def test_the_list_of_inner_mongolia_prints_the_points_with_the_first_level() -> None:
    grid = expand(sample("nm-proj", "2023"))
    assert line(grid, 0) == [
        *("项目名称", "项目单位", "项目类别", "预算数", "年度绩效目标", "一级指标", "二级指标", "三级指标"),
        *("指标性质", "指标方向", "目标值", "计量单位", "分值"),
    ]
    assert line(grid, 1)[5:8] == ["产出指标（50分）[1x4]", "数量", "保障嘎查个数"]
    assert [cell.down for cell in grid.cells if cell.text == "嘎查级运转经费"] == [7]


def test_the_form_of_chongqing_has_no_levels() -> None:
    grid = blank("cq-proj", 2023)
    assert line(grid, 1) == ["业务主管部门", "[3x1]", "当年预算", ""]
    assert line(grid, 5) == ["绩效指标[1x2]", "指标", "指标权重", "计量单位", "指标性质", "指标值"]


def test_the_form_of_hubei_splits_the_value_into_last_and_this_year() -> None:
    grid = blank("hub-proj", 2022)
    assert line(grid, 4) == [
        "绩效指标[1x3]",
        *("一级指标[1x2]", "二级指标[1x2]", "三级指标[1x2]", "指标值[2x1]", "指标标准或依据[1x2]"),
    ]
    assert line(grid, 5) == ["上年实际实现值", "预期当年实现值"]
    assert line(grid, grid.rows - 2) == ["财政资金管理科室[4x1]", "财政绩效管理科室[3x1]"]
    assert FORMS.get("hub-proj").heading_for("批复").title == "项目支出绩效目标{stage}表"


def test_the_form_of_hunan_has_a_costing_a_schedule_and_two_sets_of_indicators() -> None:
    grid = expand(sample("hun-proj", "2021"))
    firsts = [line(grid, row)[0] for row in range(grid.rows)]
    assert "支出明细预算[1x6]" in firsts
    assert "项目实施进度计划[1x4]" in firsts
    assert "长期绩效指标[1x7]" in firsts
    assert "年度绩效指标[1x10]" in firsts
    total = next(row for row in range(grid.rows) if line(grid, row)[0] == "合计[2x1]")
    assert line(grid, total) == ["合计[2x1]", "3.50", "150.00", "[2x1]"]


# -- three published forms, figures and indicator names as published ------------------------------------

DAZHU = [
    ("产出指标", "数量指标", "法律顾问覆盖多少村社", "=", "324", "个", "5"),
    ("产出指标", "数量指标", "法律顾问覆盖多少乡镇街道", "=", "31", "个", "5"),
    ("产出指标", "数量指标", "法律援助全年办结的案件数量", "≥", "300", "案件数", "5"),
    ("产出指标", "数量指标", "接受安置帮教的人员数量", "≥", "560", "人数", "5"),
    ("产出指标", "数量指标", "接受社区矫正的人员数量", "≥", "600", "人数", "2"),
    ("产出指标", "数量指标", "开展案卷评查抽查案卷数", "≥", "30", "卷", "5"),
    ("产出指标", "数量指标", "开展法治宣传法治讲座的次数", "≥", "12", "场次", "4"),
    ("产出指标", "数量指标", "开展县级行政执法培训活动次数", "=", "2", "场次", "5"),
    ("产出指标", "数量指标", "全年排查化解矛盾纠纷多少件", "≥", "3200", "件", "3"),
    ("产出指标", "数量指标", "全年审查涉法文件多少件", "≥", "400", "件", "5"),
    ("产出指标", "数量指标", "行政执法人员培训的次数", "≥", "500", "人次", "5"),
    ("产出指标", "质量指标", "全年矛盾纠纷调解成功率", "≥", "98", "%", "3"),
    ("产出指标", "质量指标", "人民群众知晓率、首选率、满意率", "≥", "95", "%", "3"),
    ("产出指标", "时效指标", "完成工作的时间是多少个月", "=", "12", "月", "5"),
    ("效益指标", "经济效益指标", "全年通过法律援助途径挽回的经济损失金额", "≥", "300", "万元", "5"),
    ("效益指标", "社会效益指标", "发挥行政复议化解行政争议的主渠道作用", "定性", "优良差", "", "5"),
    ("效益指标", "社会效益指标", "群众之间矛盾纠纷有效化解，社会和谐稳定", "定性", "好坏", "", "2"),
    ("效益指标", "社会效益指标", "通过教育矫治，矫正社区矫正对象恶习", "定性", "优良差", "", "5"),
    ("效益指标", "社会效益指标", "为领导依法决策、建设法治政府提供法律支撑", "定性", "优良差", "", "5"),
    ("效益指标", "社会效益指标", "行政执法活动更加规范公正文明", "定性", "优良差", "", "3"),
    ("效益指标", "社会效益指标", "做好刑满释放人员的安置帮教工作", "定性", "优良差", "", "3"),
    ("满意度指标", "服务对象满意度指标", "被执法对象的满意度", "≥", "95", "%", "2"),
]


def test_the_approved_form_of_dazhu_expands_to_its_published_cells() -> None:
    document = filled(FORMS.get("sc-dept"), DAZHU, "level1 level2 name operator value unit weight")
    document.set_text(field_place("basic_fiscal"), "16650900.00")
    document.set_text(field_place("project_fiscal"), "2583000.00")
    for index in range(9):
        document.insert_row(
            "tasks", "", index, Row(f"t{index}", {"name": f"任务{index + 1}", "content": "…"})
        )
    grid = expand(document)
    assert (grid.rows, grid.columns, len(grid.cells)) == (39, 10, 174)
    assert line(grid, 0) == ["总体资金情况（元）[1x3]", "预算支出总额[1x2]", "基本支出[4x1]", "项目支出[4x1]"]
    assert line(grid, 2) == [
        *("19233900.00", "16650900.00", "16650900.00", "", ""),
        *("2583000.00", "2583000.00", "", ""),
    ]
    assert line(grid, 4) == ["年度主要任务[1x10]", "任务名称[4x1]", "主要内容[5x1]"]
    assert line(grid, 14) == ["年度绩效指标[10x1]"]
    assert line(grid, 15)[:3] == ["一级指标", "二级指标[2x1]", "三级指标[3x1]"]
    assert line(grid, 16) == [
        "部门整体绩效情况[1x22]",
        "产出指标[1x14]",
        "数量指标[1x11]",
        "法律顾问覆盖多少村社[3x1]",
        *("=", "324", "个", "5"),
    ]
    assert line(grid, 27)[0] == "质量指标[1x2]"
    assert line(grid, 30)[:2] == ["效益指标[1x7]", "经济效益指标"]
    assert line(grid, 31)[0] == "社会效益指标[1x6]"
    assert line(grid, 38) == ["其他说明", "[9x1]"]


BEIDAIHE = [
    ("315-0404-JBN-FLC6", "法律援助经费", "3.00", "20.00 50.00 75.00 100.00"),
    ("315-0403-JBN-QFV8", "法制工作专项经费", "4.00", "10.00 40.00 80.00 100.00"),
    ("315-0403-JBN-D7U5", "人民调解员补贴", "6.30", "- - - 100.00"),
    ("315-0403-JBN-RY3P", "社区矫正经费", "5.75", "25.00 55.00 75.00 100.00"),
    ("315-0401-JBN-GH9H", "依法治区及普法宣传经费", "2.00", "20.00 50.00 75.00 100.00"),
]


@pytest.mark.parametrize("project", BEIDAIHE, ids=[project[0] for project in BEIDAIHE])
def test_a_project_of_beidaihe_expands_to_its_published_cells(project: tuple[str, str, str, str]) -> None:
    code, name, amount, plan = project
    rows = [
        ("产出指标", "质量指标", "甲", "≥100100件以上"),
        ("效果指标", "社会效益指标", "乙", "≥9898%以上"),
        ("满意度指标", "服务对象满意度指标", "丙", "≥95955及以上"),
    ]
    document = filled(FORMS.get("hb-proj"), rows, "level1 level2 name value")
    document.set_text(field_place("project_code"), code)
    document.set_text(field_place("project_name"), name)
    document.set_text(field_place("fiscal"), amount)
    for month, share in zip(("march", "june", "october", "december"), plan.split(), strict=True):
        document.set_text(field_place(f"plan_{month}"), share.replace("-", ""))
    grid = expand(document)
    assert (grid.rows, grid.columns) == (10, 7)
    assert line(grid, 0) == ["项目编码", f"{code}[2x1]", "项目名称", f"{name}[3x1]"]
    assert line(grid, 1) == [
        *("预算规模及资金用途[1x2]", "预算数", amount, "其中：财政资金", amount, "其他资金", ""),
    ]
    assert line(grid, 2) == ["[6x1]"]
    assert line(grid, 3) == ["资金支出计划（%）[1x2]", "3月底[2x1]", "6月底", "10月底[2x1]", "12月底"]
    march, june, october, december = plan.replace("-", "").split(" ")
    assert line(grid, 4) == [f"{march}[2x1]", june, f"{october}[2x1]", december]
    assert line(grid, 6)[-1] == "指标值确定依据[2x1]"
    assert [line(grid, row)[0] for row in (7, 8, 9)] == ["产出指标", "效果指标", "满意度指标"]
    title = fill_holes(document.form.title, heading_values(document))
    assert title == f"{name}绩效目标表"


def test_the_self_evaluation_of_tianhe_expands_to_its_published_cells() -> None:
    document = blank_document(FORMS.get("gz-self"), year=2022, unit_name="广州市天河区司法局")
    for name, text in (("adjusted_income", "5936.28"), ("initial_income", "6108.71"), ("spent", "5931.22")):
        document.set_text(field_place(name), text)
    row = document.rows("funds")[0]
    document.set_text(Place("funds", row.id, "amount"), "5931.22")
    tasks = (
        ("法治天河", "8.4", 4),
        ("依法行政", "56.6", 5),
        ("公共法律服务", "691.9", 9),
        ("防范化解", "327.7", 5),
    )
    for index, (name, funds, count) in enumerate(tasks):
        inner = [Row(f"k{index}{n}", {"name": f"关键指标{n + 1}", "result": "100%"}) for n in range(count)]
        cells = {"name": name, "goal": "…", "actual": "…", "funds": funds}
        document.insert_row("tasks", "", index, Row(f"t{index}", cells, {"key_indicators": inner}))
    grid = expand(document)
    assert (grid.rows, grid.columns, len(grid.cells)) == (35, 6, 102)
    assert line(grid, 0) == ["部门名称（汇总）", "广州市天河区司法局[2x1]", "被评价年度", "2022年[2x1]"]
    assert line(grid, 1) == [
        "部门资金情况[1x4]",
        "部门调整预算收入",
        "5936.28",
        "部门年初预算收入",
        "6108.71[2x1]",
    ]
    assert line(grid, 2) == ["实际支出数", "5931.22", "年度预算调整数", "-172.43[2x1]"]
    assert line(grid, 3) == ["其中：一般公共预算", "5931.22", "", "[2x1]"]
    assert line(grid, 4) == ["预算完成率", "99.91%", "预算调整率", "2.82%[2x1]"]
    assert line(grid, 8) == ["法治天河[1x4]", "…[1x4]", "…[1x4]", "关键指标1", "100%", "8.40[1x4]"]
    assert [line(grid, first)[0] for first in (12, 17, 26)] == [
        *("依法行政[1x5]", "公共法律服务[1x9]", "防范化解[1x5]"),
    ]
    assert [line(grid, last) for last in range(31, 35)] == [
        *(["重点项目绩效情况", "[5x1]"], ["部门整体绩效", "[5x1]"]),
        *(["存在问题", "[5x1]"], ["改进措施或下一步计划", "[5x1]"]),
    ]

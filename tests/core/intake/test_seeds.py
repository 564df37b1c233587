"""The two published forms of 2024 and 2025, as the web sites dumped them, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.intake.reading import Reading, RepairKind, reading_json
from core.sheet.document import Document
from core.sheet.messages import Messages
from tests.core.intake.conftest import Read


@pytest.fixture(scope="module")
def huadu_text(seeds: Path) -> str:
    return next(seeds.glob("000_*.txt")).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def yuexiu_text(seeds: Path) -> str:
    return next(seeds.glob("002_*.txt")).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def huadu(huadu_text: str, read: Read) -> Reading:
    return read(huadu_text)


@pytest.fixture(scope="module")
def yuexiu(yuexiu_text: str, read: Read) -> Reading:
    return read(yuexiu_text)


def rows(document: Document, table: str) -> list[dict[str, str]]:
    return [row.cells for row in document.rows(table)]


def indicators(document: Document) -> list[tuple[str, ...]]:
    columns = ("level1", "level2", "name", "period_value", "value")
    return [tuple(cells.get(name, "") for name in columns) for cells in rows(document, "indicators")]


# -- 000: cells parted by tabs, leading tabs lost -----------------------------------------------------


def test_the_form_of_2024_is_recognised_with_its_unit_and_no_year(huadu: Reading) -> None:
    [document] = huadu.documents
    assert (document.form.form, document.form.edition) == ("gz-decl", "2024")
    assert document.unit_name == "广州市花都区司法局"
    assert (document.year, document.stage, document.unit_code) == (None, "申报", "")


def test_all_amounts_of_2024_stand_as_published(huadu: Reading, huadu_text: str) -> None:
    values = dict(huadu.documents[0].values)
    goal = values.pop("goal")
    assert values == {
        "basic_expense": "3,723.19",
        "project_expense": "1,162.62",
        "special_funds": "0.00",
        "other_expense": "250.80",
        "fiscal_income": "5,136.61",
        "other_income": "0.00",
        "own_level": "5,136.61",
        "transfer": "0.00",
    }
    assert goal.startswith("深入推进法治花都建设，")
    assert goal.endswith("公共法律服务提档升级。")
    assert len(goal) == 233
    assert f"总体绩效目标\t{goal}\t" in huadu_text


def test_all_tasks_of_2024_are_whole(huadu: Reading, huadu_text: str) -> None:
    tasks = rows(huadu.documents[0], "tasks")
    assert [(task["name"], task["funds"]) for task in tasks] == [
        ("一村（社区）一法律顾问工作", "477.94"),
        ("人民调解工作", "130.80"),
        ("法律援助工作", "158.33"),
        ("社区矫正及安置帮教工作", "280.00"),
        ("普法工作", "20.00"),
        ("法治建设工作", "47.00"),
    ]
    for task in tasks:
        line = "\t".join(task[name] for name in ("name", "content", "funds", "goal"))
        assert f"\n\t{line}\t\n" in huadu_text
    assert rows(huadu.documents[0], "other_tasks") == []


def test_all_indicators_of_2024_stand_under_their_levels(huadu: Reading) -> None:
    quantity, social = ("产出指标", "数量指标"), ("效益指标", "社会效益指标")
    assert indicators(huadu.documents[0]) == [
        (*quantity, "全区村（社区）法律顾问覆盖率", "100%", "100%"),
        (*quantity, "专职人民调解员调解档案建档率", "100%", "100%"),
        (*quantity, "开展法治宣传活动完成率", "100%", "100%"),
        (*quantity, "司法社工覆盖率", "100%", "100%"),
        (*quantity, "法律咨询服务完成率", "100%", "100%"),
        ("产出指标", "时效指标", "限期内提交答辩状、证据材料", "100%", ""),
        (*social, "应援尽援覆盖率", "100%", "100%"),
        (*social, "全区年度人民调解成功率", "≥95%", "≥95%"),
        (*social, "社区矫正对象再犯罪率", "<0.2%", "<0.2%"),
        (*social, "刑满释放人员再犯罪率", "<2%", "<2%"),
        (*social, "行政复议被法院撤销率", "≤15%", "≤15%"),
        ("效益指标", "可持续影响指标", "法治文化项目持续发挥宣传作用", "持续发挥作用", "持续发挥作用"),
        ("满意度指标", "服务对象满意度指标", "服务对象满意度", "≥90%", "≥90%"),
    ]


def test_the_three_rows_that_lost_their_tabs_are_shown_as_read_and_as_repaired(huadu: Reading) -> None:
    shifted = [repair for repair in huadu.repairs if repair.kind is RepairKind.SHIFTED]
    assert [(one.where.line, one.read, one.made) for one in shifted] == [
        (
            27,
            " |  |  | 时效指标 | 限期内提交答辩状、证据材料 | 100%",
            "产出指标 | 时效指标 | 限期内提交答辩状、证据材料 | 100% | ",
        ),
        (
            33,
            "可持续影响指标 | 法治文化项目持续发挥宣传作用 | 持续发挥作用 | 持续发挥作用",
            "效益指标 | 可持续影响指标 | 法治文化项目持续发挥宣传作用 | 持续发挥作用 | 持续发挥作用",
        ),
        (
            34,
            "满意度指标 | 服务对象满意度指标 | 服务对象满意度 | ≥90% | ≥90%",
            "满意度指标 | 服务对象满意度指标 | 服务对象满意度 | ≥90% | ≥90%",
        ),
    ]
    assert shifted[0].places == ("indicators[6].level2", "indicators[6].name", "indicators[6].period_value")


def test_levels_that_ran_down_are_filled_and_named_row_by_row(huadu: Reading) -> None:
    filled = {one.where.line: one.made for one in huadu.repairs if one.kind is RepairKind.FILLED}
    assert filled == {
        **dict.fromkeys((23, 24, 25, 26), "产出指标 / 数量指标"),
        27: "产出指标 / 时效指标",
        **dict.fromkeys((29, 30, 31, 32), "效益指标 / 社会效益指标"),
        33: "效益指标 / 可持续影响指标",
    }


def test_nothing_of_2024_is_left_over_and_nothing_else_was_repaired(huadu: Reading) -> None:
    assert huadu.unplaced == []
    assert {one.kind for one in huadu.repairs} == {RepairKind.SHIFTED, RepairKind.FILLED}


# -- 002: pieces parted by blanks, cells torn into lines, labels printed again ------------------------


def test_the_form_of_2025_is_recognised_with_its_unit_and_no_year(yuexiu: Reading) -> None:
    [document] = yuexiu.documents
    assert (document.form.form, document.form.edition) == ("gz-decl", "2025")
    assert document.unit_name == "广州市越秀区司法局(部门)"
    assert (document.year, document.stage, document.unit_code) == (None, "申报", "")


def test_all_amounts_of_2025_stand_as_published(yuexiu: Reading, yuexiu_text: str) -> None:
    values = dict(yuexiu.documents[0].values)
    goal = values.pop("goal")
    assert values == {
        "basic_expense": "4,436.96",
        "project_expense": "667.06",
        "special_funds": "0.00",
        "other_expense": "132.00",
        "fiscal_income": "5,236.02",
        "other_income": "0.00",
        "own_level": "5,236.02",
        "transfer": "0.00",
    }
    assert goal == "".join(yuexiu_text.split("\n")[23:27])
    assert goal.startswith("越秀区司法局将坚持以")
    assert goal.endswith("贡献法治力量。")


def test_all_tasks_of_2025_are_told_apart(yuexiu: Reading) -> None:
    tasks = rows(yuexiu.documents[0], "tasks")
    assert [(task["name"], task["funds"]) for task in tasks] == [
        ("规范行政执法，全力推进法治政府建设", "48.00"),
        ("加强法治宣传教育工作，有序推进普法依法治理工作", "3.00"),
        ("不断加强社区矫正规范化建设，深入推进刑满释放人员安置帮教工作", "186.04"),
        ("加强公共法律服务，深化最便捷公共法律服务建设", "444.96"),
        ("健全矛盾纠纷多元化解机制，加强人民调解工作", "72.96"),
    ]
    assert [task["content"] for task in tasks] == [
        "1.落实区政府全体会议、区政府常务会议学法制度。 2.进一步深化政府法律顾问工作。"
        " 3.全面加强合法审查工作力度。 4.严格规范区政府行政应诉答辩。",
        "1.制定越秀区年度普法依法治理工作要点。 2. 组织开展国家机关“谁执法谁普法”履职报告评议活动。"
        " 3.组织开展国家工作人员统一学法考试。",
        "1.购买司法社工服务，协助开展调查评估、心理辅导，组织集中教育、公益活动等服务。"
        " 2、购买社区矫正对象电子定位装置，开展暂予监外执行对象病情复查、鉴定等监督管理工作，"
        "印制社区矫正档案用品等。3.开展刑满释放人员教育引导和困难帮扶活动（含服刑人员未成年子女），"
        "前往监狱开展社会帮教活动。",
        "1.深化一社区一法律顾问工作，大力促进公共法律服务体系建设和水平提升。"
        " 2.依法开展法律援助工作，保障公民和有关当事人的合法权益。"
        "3.切实履行职责，强化对律师事务所的日常监督管理。",
        "1.加强矛盾纠纷排查化解。 2.健全人民调解组织网络。 3.加强专职调解队伍建设。 4.健全人民调解工作机制。",
    ]
    assert rows(yuexiu.documents[0], "other_tasks") == []


def test_the_goals_of_the_tasks_are_joined_line_by_line(yuexiu: Reading, yuexiu_text: str) -> None:
    lines = yuexiu_text.split("\n")
    goals = [task["goal"] for task in rows(yuexiu.documents[0], "tasks")]
    spans = [(44, 50), (63, 65), (85, 88), (104, 111), (124, 128)]
    assert goals == ["".join(lines[first - 1 : last]) for first, last in spans]


def test_all_indicators_of_2025_stand_under_their_levels_and_none_is_made_up(yuexiu: Reading) -> None:
    quantity, social = ("产出指标", "数量指标"), ("效益指标", "社会效益指标")
    assert indicators(yuexiu.documents[0]) == [
        (*quantity, "每季度举办法治讲座（含线上法治讲座）、法治宣传数（场次）", "≥1", "≥1"),
        (*quantity, "矛盾纠纷案件调解率", "100%", "100%"),
        (*quantity, "人均年度调解案件数", "≥55件", "≥55件"),
        (*quantity, "为符合法律援助条件的申请人提供法律援助率", "100%", "100%"),
        (*quantity, "窗口值班律师到岗值班率", "100%", "100%"),
        (*quantity, "社区矫正对象建档率", "100%", "100%"),
        (*quantity, "社区矫正对象信息化核查率", "≥90%", "≥90%"),
        ("产出指标", "质量指标", "各区司法局对法律顾问考核评估合格率（%）", "≥95%", "≥95%"),
        ("产出指标", "时效指标", "行政诉讼按时答辩率、出庭率", "100%", "100%"),
        ("效益指标", "经济效益指标", "", "", ""),
        (*social, "法律顾问覆盖率", "100%", "100%"),
        (*social, "人均案件调解成功率", "≥85%", "≥85%"),
        (*social, "为群众提供免费法律咨询率", "100%", "100%"),
        (*social, "当年刑满释放人员重新犯罪率", "≤1.8%", "≤1.8%"),
        (*social, "行政规范性文件合法性审查率", "100%", "100%"),
        ("效益指标", "生态效益指标", "", "", ""),
        ("满意度指标", "服务对象满意度指标", "调解服务的满意度", "≥85%", "≥85%"),
        ("成本指标", "经济成本指标", "", "", ""),
        ("成本指标", "社会成本指标", "", "", ""),
        ("成本指标", "生态环境成本指标", "", "", ""),
    ]


def test_labels_printed_again_on_page_two_are_named_and_make_no_row(yuexiu: Reading) -> None:
    repeated = [(one.where.line, one.read) for one in yuexiu.repairs if one.kind is RepairKind.REPEATED]
    assert repeated == [(195, "绩效指标"), (197, "成本指标 / 经济成本指标")]


def test_every_torn_cell_is_told_once_with_its_lines_and_its_blanks(yuexiu: Reading) -> None:
    joined = {one.places: one for one in yuexiu.repairs if one.kind is RepairKind.JOINED}
    tasks = [(f"tasks[{row}].{name}",) for row in range(1, 6) for name in ("name", "content", "goal")]
    names = [(f"indicators[{row}].name",) for row in (1, 4, 8)]
    assert joined.keys() == {("goal",), *tasks, *names, ()}
    content = joined["tasks[4].content",]
    assert (content.where.line, content.where.last) == (94, 100)
    assert "权益。                             \n3.切实履行职责" in content.read
    assert "权益。3.切实履行职责" in content.made
    assert joined[()].made == "其他需完成的任务（可选填）"


def test_nothing_of_2025_is_left_over(yuexiu: Reading) -> None:
    assert yuexiu.unplaced == []
    kinds = {RepairKind.JOINED, RepairKind.FILLED, RepairKind.REPEATED}
    assert {one.kind for one in yuexiu.repairs} == kinds


def test_the_report_is_told_in_words_with_line_numbers(huadu: Reading, messages: Messages) -> None:
    told = reading_json(huadu, ["out.json"], messages)
    assert told["documents"] == [{"file": "out.json", "form": "gz-decl", "edition": "2024"}]
    assert told["unplaced"] == []
    shifted = next(one for one in told["repairs"] if "时效指标" in one["read"])
    assert set(shifted) == {"where", "read", "made", "places"}
    row = next(one for one in told["repairs"] if one["made"].startswith("这一行错位"))
    assert row["where"] == "第 27 行"


@pytest.mark.parametrize("name", ["000", "002"])
def test_a_published_form_saved_by_windows_reads_the_same(name: str, seeds: Path, read: Read) -> None:
    text = next(seeds.glob(f"{name}_*.txt")).read_text(encoding="utf-8")
    expected = read(text).documents[0]
    windows = text.replace("\n", "\r\n")
    for data in (windows.encode("utf-8-sig"), windows.encode("gb18030"), windows.encode("utf-16")):
        again = read(data).documents[0]
        assert (again.values, again.unit_name) == (expected.values, expected.unit_name)
        assert indicators(again) == indicators(expected)


def test_two_hundred_indicators_are_read_as_two_hundred(
    huadu_text: str, yuexiu_text: str, read: Read
) -> None:
    names = [f"第{number}项矛盾纠纷调解率" for number in range(200)]
    tabs = "\n".join(f"\t\t\t{name}\t100%\t100%" for name in names)
    blanks = "\n\n".join(f"{name} 100% 100%" for name in names)
    for text in (
        huadu_text.replace("\t\t\t司法社工覆盖率\t100%\t100%", tabs),
        yuexiu_text.replace("矛盾纠纷案件调解率 100% 100%", blanks),
    ):
        reading = read(text)
        found = [cells["name"] for cells in rows(reading.documents[0], "indicators") if "name" in cells]
        assert [name for name in found if name in names] == names
        assert reading.unplaced == []

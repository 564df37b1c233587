"""The 2020 publication of 北戴河: the department's prose and five project forms in one text."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from core.intake.reading import Reading, RepairKind, reading_json
from core.sheet.messages import Messages
from tests.core.intake.conftest import Read


class Project(NamedTuple):
    """One of the five forms as a careful reader copied it."""

    code: str
    name: str
    amount: str
    use: str
    plan: tuple[str, str, str, str]
    goal: str
    indicators: tuple[tuple[str, ...], ...]


OUTPUT, EFFECT, CONTENT = "产出指标 质量指标", "效果指标 社会效益指标", "满意度指标 服务对象满意度指标"
PROJECTS = [
    Project(
        "315-0404-JBN-FLC6",
        "法律援助经费",
        "3.00",
        "法律援助案件补贴及法律援助工作",
        ("20.00", "50.00", "75.00", "100.00"),
        "1、指导村居法律援助工作，管理“12348”法律援助热线\n2、对困难群众的法律援助",
        (
            (*OUTPUT.split(), "法律案件受理数", "法律援助案件受理", "≥100100件以上"),
            (
                *EFFECT.split(),
                "扩大法律援助覆盖面",
                "扩大法律援助覆盖面，推进法律援助工作长足发展",
                "≥9898%以上",
            ),
            (*CONTENT.split(), "法律顾问受理案件率", "法律援助案件受理满意率", "≥9898%以上"),
        ),
    ),
    Project(
        "315-0403-JBN-QFV8",
        "法制工作专项经费",
        "4.00",
        "用于依法行政、法治政府建设",
        ("10.00", "40.00", "80.00", "100.00"),
        "1、依法行政\n2、法治政府建设",
        (
            (
                *OUTPUT.split(),
                "依法执政，合理执政",
                "合法行政、合理行政、程序正当、高效便民、诚实守信、权责统一",
                "100100%",
            ),
            ("效果指标", "可持续影响指标", "建设法只政府", "依法行政、建设法治政府取得实际效果", "100100%"),
            (*CONTENT.split(), "制度建设和实施效果", "依法行政制度建设和实施", "100100%"),
        ),
    ),
    Project(
        "315-0403-JBN-D7U5",
        "人民调解员补贴",
        "6.30",
        "人民调解员补贴",
        ("", "", "", "100.00"),
        "1、建立健全人民调解工作\n2、最大限度降低社会不稳定因素",
        (
            (*OUTPUT.split(), "人民调解案件数", "人民调解员调解案件数量", "≥100100件以上"),
            (*EFFECT.split(), "群众矛盾降低率", "降低社会不稳定因素", "≥9595%及以上"),
            (*CONTENT.split(), "人民调解工作满意率", "群众对调解工作满意度", "≥95955及以上"),
        ),
    ),
    Project(
        "315-0403-JBN-RY3P",
        "社区矫正经费",
        "5.75",
        "用于社区矫正人员日常管理工作",
        ("25.00", "55.00", "75.00", "100.00"),
        "1、深化社区矫正工作\n2、最大限度降低社会不稳定因素",
        (
            (*OUTPUT.split(), "社区矫正宣传场次", "宣传社区矫正法律、法规", "≥1515次及以上"),
            (*EFFECT.split(), "社区矫正培训对象", "对社区矫正对象管理、培训率", "≥9595%以上"),
            (*CONTENT.split(), "降低社区矫正对象重新犯罪", "社区矫正人对象重新犯罪率", "≤11%以下"),
        ),
    ),
    Project(
        "315-0401-JBN-GH9H",
        "依法治区及普法宣传经费",
        "2.00",
        "用于依法治区及普法宣传工作",
        ("20.00", "50.00", "75.00", "100.00"),
        "1、提高全区人民法律意识和素质\n2、促进全区民主与法治建设",
        (
            (*OUTPUT.split(), "普法宣传资料印制", "普法宣传教育", "≥9595%以上"),
            (*EFFECT.split(), "全区法律意识和素质率", "提高全区法律意识和法律素质", "≥9595%以上"),
            (*CONTENT.split(), "组织主题教育活动场次", "组织主题宣传活动满意率", "≥9595%及以上"),
        ),
    ),
]


@pytest.fixture(scope="module")
def text(seeds: Path) -> str:
    return next(seeds.glob("003_*.txt")).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def beidaihe(text: str, read: Read) -> Reading:
    return read(text)


def test_the_file_is_six_documents_of_one_unit_and_year(beidaihe: Reading) -> None:
    found = [(one.form.form, one.form.edition) for one in beidaihe.documents]
    assert found == [("hb-dept", "2020"), *[("hb-proj", "2020")] * 5]
    for document in beidaihe.documents:
        assert (document.year, document.stage) == (2020, "申报")
        assert (document.unit_code, document.unit_name) == ("315002", "秦皇岛市北戴河区司法局")
    assert len({document.id for document in beidaihe.documents}) == 6


def test_the_three_texts_of_the_department_keep_their_lines(beidaihe: Reading, text: str) -> None:
    lines = text.split("\n")
    assert beidaihe.documents[0].values == {
        "goal": "\n".join(lines[4:10]),
        "sub_goals": lines[11],
        "safeguards": "\n".join(lines[13:18]),
    }
    assert lines[4].startswith("2020年司法局紧紧围绕绕区委")
    assert lines[17].endswith("维护司法公证。")


@pytest.mark.parametrize("number", range(5), ids=[project.name for project in PROJECTS])
def test_every_project_is_whole(number: int, beidaihe: Reading) -> None:
    project = PROJECTS[number]
    document = beidaihe.documents[number + 1]
    values = dict(document.values)
    plan = tuple(values.pop(f"plan_{one}", "") for one in ("march", "june", "october", "december"))
    assert plan == project.plan
    assert values == {
        "project_code": project.code,
        "project_name": project.name,
        "budget": project.amount,
        "fiscal": project.amount,
        "use": project.use,
        "goal": project.goal,
    }
    columns = ("level1", "level2", "name", "description", "value")
    rows = [row.cells for row in document.rows("indicators")]
    assert [tuple(row.get(name, "") for name in columns) for row in rows] == list(project.indicators)
    assert not any("basis" in row for row in rows)


def test_only_the_heading_between_the_two_parts_is_left_over(beidaihe: Reading) -> None:
    assert [(one.where.line, one.text.split()) for one in beidaihe.unplaced] == [
        (19, ["第二部分", "预算项目绩效目标"])
    ]


def test_titles_behind_bookmarks_and_numbers_are_told(beidaihe: Reading) -> None:
    headings = [one for one in beidaihe.repairs if one.kind is RepairKind.HEADING]
    assert [one.made for one in headings] == [f"{project.name}绩效目标表" for project in PROJECTS]
    assert [one.document for one in headings] == [1, 2, 3, 4, 5]
    assert headings[0].read == "[bookmark: _Toc39672560]1、法律援助经费绩效目标表"


def test_year_and_unit_that_another_form_of_the_file_says_are_told(beidaihe: Reading) -> None:
    shared = [
        (one.document, one.places, one.made) for one in beidaihe.repairs if one.kind is RepairKind.SHARED
    ]
    assert shared == [
        *[(number, ("year",), "2020") for number in range(1, 6)],
        (0, ("unit.name",), "秦皇岛市北戴河区司法局"),
        (0, ("unit.code",), "315002"),
    ]


def test_texts_over_several_lines_are_told_and_nothing_else_was_repaired(beidaihe: Reading) -> None:
    lines = [(one.document, one.places) for one in beidaihe.repairs if one.kind is RepairKind.LINES]
    assert lines == [(0, ("goal",)), (0, ("safeguards",)), *[(number, ("goal",)) for number in range(1, 6)]]
    assert {one.kind for one in beidaihe.repairs} == {
        RepairKind.HEADING,
        RepairKind.SHARED,
        RepairKind.LINES,
    }


def test_places_of_several_documents_are_told_with_their_files(beidaihe: Reading, messages: Messages) -> None:
    files = [f"out-{number}.json" for number in range(1, 7)]
    told = reading_json(beidaihe, files, messages)
    assert [one["file"] for one in told["documents"]] == files
    assert ["out-3.json#year"] in [one["places"] for one in told["repairs"]]


def test_blank_cells_in_a_row_keep_the_others_in_their_columns(text: str, read: Read) -> None:
    """The third project leaves three months blank; here only the first and the third."""
    changed = text.replace("\t\n\t\n\t\n\t\n\t100.00", "\t\n\t\n\t50.00\n\t\n\t100.00")
    assert changed != text
    document = read(changed).documents[3]
    plan = [document.field(f"plan_{one}") for one in ("march", "june", "october", "december")]
    assert plan == ["", "50.00", "", "100.00"]


def test_a_named_form_takes_its_own_parts_and_lists_the_rest(text: str, read: Read) -> None:
    reading = read(text, "hb-proj")
    assert [one.project_name for one in reading.documents] == [project.name for project in PROJECTS]
    assert any("人民调解工作。加强基层人民调解工作" in one.text for one in reading.unplaced)


@pytest.mark.parametrize("page_number", ["", "…………{}", "\t{}", " {}"])
def test_a_list_of_contents_in_front_makes_no_document_and_is_listed(
    page_number: str, text: str, read: Read
) -> None:
    titles = [f"{number}、{project.name}绩效目标表" for number, project in enumerate(PROJECTS, start=1)]
    contents = "\n".join(title + page_number.format(number) for number, title in enumerate(titles, start=3))
    reading = read(text.replace("绩效信息\n", f"绩效信息\n\n目  录\n\n{contents}\n\n", 1))
    assert [one.project_name for one in reading.documents] == ["", *(project.name for project in PROJECTS)]
    left = [one.text for one in reading.unplaced]
    for title in ("目  录", *titles):
        assert any(title in one for one in left)

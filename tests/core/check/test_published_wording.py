"""What is said about values, logic, wording and dates of published documents: the true mistakes and no other.

Names, values and figures of the fixtures are facts; their prose is ours, so what a source's prose did wrong
(typing slips, codes of a web page, texts cut off) is put into it here.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from core.check.checker import Checker
from core.check.context import Context
from core.check.finding import Finding, Severity
from core.sheet.document import Document
from core.sheet.document_file import read_document
from core.sheet.forms import FormLibrary
from core.sheet.places import Place, field_place

FAMILIES = ("IV", "IX", "TX", "DT")
SHIPPED = FormLibrary(Path(__file__).resolve().parents[3] / "resources/forms")
CUT = "扎实开展行政执法监督，按照“一目录、四清单”逐项对照检查，采用日常监督、专项检查、案卷评查和重点"


def published(name: str, project: Path, forms: FormLibrary) -> Document:
    return read_document((project / "tests/fixtures/published" / f"{name}.json").read_bytes(), forms)


def told(findings: list[Finding], document: Document) -> dict[str, list[str]]:
    """The first places of findings of these families, by check."""
    found: dict[str, list[str]] = {}
    for one in findings:
        if one.check[:2] in FAMILIES:
            found.setdefault(one.check, []).append(document.counted(one.places[0]))
    return found


def test_huadu_2024_speaks_of_community_prisoners_and_says_and(
    checker: Checker, context: Context, project: Path, forms: FormLibrary
) -> None:
    document = published("huadu-2024", project, forms)
    tasks = document.rows("tasks")
    document.set_text(
        Place("tasks", tasks[0].id, "content"), "加强督导检查 and 绩效评价，鼓励法律顾问利用微信、QQ服务。"
    )
    document.set_text(Place("tasks", tasks[3].id, "goal"), "提高社区服刑人员的守法意识，预防和减少犯罪。")
    found = told(checker.judge(document, context), document)
    assert found.keys() == {"IV-15", "IX-08", "IX-05", "IV-18", "TX-07", "TX-08"}
    assert found["TX-07"] == ["tasks[1].content"]
    assert found["TX-08"] == ["tasks[4].goal"]


def test_dazhu_2024_has_its_units_names_and_workload(
    checker: Checker, context: Context, project: Path, forms: FormLibrary
) -> None:
    document = published("dazhu-2024", project, forms)
    task = document.rows("tasks")[0].id
    document.set_text(Place("tasks", task, "content"), CUT)
    document.set_text(field_place("goal"), f"<p>{document.field('goal')}</p>")
    found = told(checker.judge(document, context), document)
    assert found.keys() == {"IV-13", "IV-15", "IV-22", "IX-17", "IX-18", "IX-20", "TX-04", "TX-05"}
    assert found["IV-13"] == [f"indicators[{row}].value" for row in (3, 4, 5, 11, 14)]
    assert found["IV-22"] == ["indicators[16].name"]
    assert found["IX-17"] == ["indicators[4].value", "indicators[5].value"]
    assert found["IX-18"] == ["indicators[13].name"]
    assert found["IX-20"][:5] == [f"indicators[{row}].name" for row in (1, 2, 9, 10, 14)]
    assert found["TX-04"] == ["tasks[1].content"]
    assert found["TX-05"] == ["goal"]


def test_grades_of_dazhu_2024_are_known_and_only_asked_for_their_aim(
    checker: Checker, context: Context, project: Path, forms: FormLibrary
) -> None:
    document = published("dazhu-2024", project, forms)
    (asked,) = [one for one in checker.judge(document, context) if one.check == "IV-15"]
    assert asked.severity is Severity.WARNING
    assert "优良差、好坏" in asked.message


def test_yuexiu_2025_copied_an_indicator_of_the_city_and_prints_empty_rows(
    checker: Checker, context: Context, project: Path, forms: FormLibrary
) -> None:
    document = published("yuexiu-2025", project, forms)
    found = told(checker.judge(document, context), document)
    assert found["IX-15"] == ["indicators[8].name"]
    assert found["IX-18"] == ["indicators[9].name"]
    assert found["IX-13"] == ["indicators[18].level2"]
    assert found["TX-09"] == ["tasks[3].content"]
    empty = next(one for one in checker.judge(document, context) if one.check == "IX-13")
    levels = [document.text(place) for place in empty.places]
    assert levels == ["经济成本指标", "社会成本指标", "生态环境成本指标"]


BEIDAIHE = {
    "flc6": {"IV-01", "IV-06", "IX-04", "IX-05", "IX-08", "IX-09", "IX-14"},
    "qfv8": {"IV-01", "IV-06", "IX-04", "IX-08", "IX-09", "IX-20", "TX-06"},
    "d7u5": {"IV-01", "IV-06", "IV-21", "IX-05", "IX-08", "IX-09"},
    "ry3p": {"IV-01", "IV-06", "IV-04", "IX-04", "IX-05", "IX-08", "IX-09", "IX-14", "TX-06"},
    "gh9h": {"IV-01", "IV-06", "IV-13", "IX-04", "IX-08", "IX-09", "IX-14"},
}


@pytest.mark.parametrize("code", BEIDAIHE)
def test_the_projects_of_beidaihe_2020_have_their_true_mistakes(
    code: str, checker: Checker, context: Context, project: Path, forms: FormLibrary
) -> None:
    document = published(f"beidaihe-2020-{code}", project, forms)
    found = told(checker.judge(document, context), document)
    assert found.keys() == BEIDAIHE[code]
    assert len(found["IV-06"]) == 1


def test_beidaihe_2020_typed_95_per_cent_without_shift(
    checker: Checker, context: Context, project: Path, forms: FormLibrary
) -> None:
    document = published("beidaihe-2020-d7u5", project, forms)
    (slip,) = [one for one in checker.judge(document, context) if one.check == "IV-21"]
    assert document.counted(slip.places[0]) == "indicators[3].value"
    assert slip.fix is not None
    for edit in slip.fix.edits:
        edit.apply(document)
    row = document.rows("indicators")[2]
    assert (row.cells["value"], row.cells["basis"]) == ("≥95%", "95%及以上")


def test_the_prose_of_beidaihe_2020_has_slips_and_terms_of_another_time(
    checker: Checker, context: Context, project: Path, forms: FormLibrary
) -> None:
    document = published("beidaihe-2020-dept", project, forms)
    assert told(checker.judge(document, context), document) == {}
    document.set_text(
        field_place("goal"),
        "2020年紧紧围绕绕中心工作，建设法只政府，办好“148”法律咨询电话，开展“六五”普法活动。",
    )
    document.set_text(
        field_place("safeguards"),
        "加强对社区矫正转管理员的管理，为志愿者纪律个人档案，，做好刑释解教人员的帮教。",
    )
    found = told(checker.judge(document, context), document)
    assert found == {
        "TX-06": ["goal", "safeguards"],
        "TX-08": ["goal", "safeguards"],
        "TX-05": ["safeguards"],
    }


def test_tianhe_2022_has_codes_in_its_texts_and_no_strange_year(
    checker: Checker, context: Context, project: Path, forms: FormLibrary
) -> None:
    document = published("tianhe-2022", project, forms)
    assert told(checker.judge(document, context), document) == {}
    told_of_past = (
        "2019-2021年连续三年在普法评估中排名第一；获评2016-2020年创建活动先进单位；2021年度考评结果得到运用。"
    )
    document.set_text(field_place("goal_actual"), f"<p>{told_of_past}开展精准普法，落实“八五”普法规划。</p>")
    assert told(checker.judge(document, context), document) == {"TX-05": ["goal_actual"]}


@pytest.mark.parametrize("name", sorted("/".join(one) for one in SHIPPED.names()))
def test_a_sample_hears_of_no_mistake_and_at_most_one_hint(
    name: str, checker: Checker, context: Context, resources: Path, forms: FormLibrary
) -> None:
    document = read_document((resources / "forms" / name / "sample.json").read_bytes(), forms)
    findings = checker.judge(document, context)
    assert [one.message for one in findings if one.severity is not Severity.HINT] == []
    assert len(findings) <= 1, [one.message for one in findings]

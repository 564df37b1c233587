"""Findings as commands and packages write them."""

from __future__ import annotations

import json

import pytest

from core.check.checker import Checker
from core.check.context import Context
from core.check.finding import Finding, Severity, findings_json
from core.check.sentence import Sentence
from core.sheet.definition import Form
from tests.core.check.making import make


def test_a_finding_is_written_with_counted_places_and_its_fix(
    checker: Checker, context: Context, practice: Form
) -> None:
    document = make(
        practice, {"basic": "1", "goal": "", "tasks": [{"name": "甲", "funds": "1"}, {"funds": "2万元"}]}
    )
    written = findings_json(checker.judge(document, context), document)
    assert json.loads(json.dumps(written)) == written
    by_check = {one["check"]: one for one in written}
    assert by_check["AM-10"] == {
        "check": "AM-10",
        "severity": "warning",
        "places": ["tasks[2].funds"],
        "message": "重点任务第2行“任务资金”填的是“2万元”，"
        "这一栏的单位是万元，格里请只写数字；改好之前没有计入合计。",
        "fix": {"say": "改为2", "edits": [{"place": "tasks[2].funds", "old": "2万元", "new": "2"}]},
        "source": "各表表头注明的金额单位和小数位数",
    }
    missing = [one for one in written if one.get("missing")]
    assert [one["places"] for one in missing] == [["goal"], ["tasks[2].name"]]
    assert all(one["fix"] is None and one["severity"] == "error" for one in missing)


def test_a_long_text_is_quoted_by_its_beginning_and_says_so(
    checker: Checker, context: Context, practice: Form
) -> None:
    document = make(practice, {"basic": "一" * 100})
    said = next(one.message for one in checker.judge(document, context) if one.check == "AM-11")
    assert "一" * 60 + "……（共100字）" in said
    assert "一" * 61 not in said


def test_an_amount_in_a_sentence_is_never_rounded(checker: Checker, context: Context, practice: Form) -> None:
    document = make(practice, {"basic": "1234.5", "part": "5000.125"})
    said = next(one.message for one in checker.judge(document, context) if one.check == "AM-13")
    figures = "是5,000.125万元，比总数1,234.50万元还大，多出3,765.625万元，请核对这两个数。"
    assert said == "“其中：人员经费”" + figures


def test_a_finding_can_stand_in_a_set() -> None:
    one = Finding("AM-01", Severity.ERROR, (), "话", params={"a": 1})
    assert {one, Finding("AM-01", Severity.ERROR, (), "话", params={"a": 1})} == {one}


@pytest.mark.parametrize("text", ["{}", "{A}", "{a b}", "{a.b}", "{{a}}", "{a!r}", "{a:>9}", "a}", "{1}"])
def test_a_template_with_anything_but_plain_names_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="brace"):
        Sentence(text)

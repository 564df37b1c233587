"""Where a form writes signs in words by rule (大于等于), nothing is said of them, and fixes use its words."""

from __future__ import annotations

from core.check.checker import Checker
from core.check.context import Context
from core.sheet.forms import FormLibrary
from tests.core.check.making import make


def project(operator: str, name: str, value: str) -> dict[str, object]:
    row = {
        "level1": "效益指标",
        "name": name,
        "operator": operator,
        "value": value,
        "unit": "%",
        "weight": "5",
    }
    return {"projects": [{"name": "草原防火", "budget": "1", "indicators": [row]}]}


def test_a_sign_the_cell_offers_is_rightly_written(
    checker: Checker, context: Context, forms: FormLibrary
) -> None:
    findings = checker.judge(
        make(forms.get("nm-proj"), project("小于等于", "草原火灾受害率", "0.3")), context
    )
    assert {"IV-02", "IV-03"}.isdisjoint(one.check for one in findings)


def test_a_sign_the_cell_does_not_offer_is_told(
    checker: Checker, context: Context, forms: FormLibrary
) -> None:
    findings = checker.judge(make(forms.get("nm-proj"), project("不低于", "草场覆盖率", "95")), context)
    assert "IV-03" in {one.check for one in findings}


def test_a_fix_turns_the_sign_round_in_the_words_of_the_form(
    checker: Checker, context: Context, forms: FormLibrary
) -> None:
    document = make(forms.get("nm-proj"), project("大于等于", "群众投诉率", "2"))
    (turned,) = [one for one in checker.judge(document, context) if one.check == "IX-01"]
    assert turned.fix is not None
    for edit in turned.fix.edits:
        edit.apply(document)
    assert document.rows("projects.indicators", "pr1")[0].cells["operator"] == "小于等于"
    assert {"IX-01", "IV-03"}.isdisjoint(one.check for one in checker.judge(document, context))

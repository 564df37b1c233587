"""Under every computed figure stands how it came about."""

from __future__ import annotations

import pytest

from core.check.accounts import Accounts
from core.check.checker import Checker
from core.check.context import Context
from core.sheet.compute import Computation
from core.sheet.document import Document, blank_document
from core.sheet.forms import FormLibrary
from core.sheet.messages import Messages
from core.sheet.places import Place, field_place
from tests.core.check.making import make


def account_of(document: Document, place: Place, messages: Messages) -> str:
    return Accounts(document.form, messages).of(Computation(document), place)


def self_evaluation(forms: FormLibrary, **row: str) -> Document:
    fields = {"budget_fiscal": "62.00", "spent_fiscal": "60.50"}
    return make(forms.get("mof-self"), {**fields, "row": {"name": "按期完工率", **row}})


def score_line(forms: FormLibrary, messages: Messages, **row: str) -> str:
    return account_of(self_evaluation(forms, **row), Place("indicators", "in1", "score"), messages)


@pytest.mark.parametrize(
    ("value", "actual", "line"),
    [
        ("≥95%", "96%", "完成96%，达到目标≥95%，得满分8分。"),
        ("≥95%", "87.5%", "完成87.5%，没有达到目标≥95%，按完成比例计分：87.5÷95×8＝7.37分。"),
        ("≤15%", "18%", "完成18%，超出目标≤15%，按超出比例扣分：（1－（18－15）÷15）×8＝6.4分。"),
        ("≤15%", "31%", "完成31%，目标≤15%，不得分。"),
        (
            "优良差",
            "良",
            "文字指标由填报人打分：达成年度指标6.4～8分，部分达成4.8～6.4分（不含6.4），未达成4.8分以下。",
        ),
        ("≥95%", "完成", "完成值“完成”看不出一个确切的数，算不出得分，请改写完成值。"),
        ("≥95%", "", "填好指标值、完成值和分值，就会自动算出得分。"),
    ],
)
def test_points_tell_target_result_and_share(
    value: str, actual: str, line: str, forms: FormLibrary, messages: Messages
) -> None:
    assert score_line(forms, messages, value=value, actual=actual, weight="8") == line


def test_typed_points_are_told_beside_our_own(forms: FormLibrary, messages: Messages) -> None:
    line = score_line(forms, messages, value="≥95%", actual="96%", weight="8", score="7")
    assert line == "填的是7分。完成96%，达到目标≥95%，得满分8分。"


def test_rate_total_and_grade_tell_their_formulas(forms: FormLibrary, messages: Messages) -> None:
    document = self_evaluation(forms, value="≥95%", actual="96%", weight="8")
    lines = {
        name: account_of(document, field_place(name), messages)
        for name in ("budget_total", "rate", "rate_score", "total_score")
    }
    assert lines == {
        "budget_total": "＝全年预算数当年财政拨款＋全年预算数上年结转资金＋全年预算数其他资金"
        "＝62.00＋（未填）＋（未填）＝62.00",
        "rate": "＝全年执行数总额÷全年预算数总额＝60.50÷62.00＝97.58%",
        "rate_score": "全年执行数总额÷全年预算数总额×分值：60.5÷62×10＝9.76分，最多得满分。",
        "total_score": "＝执行率得分＋各行“得分”合计＝9.76＋8＝17.76",
    }


def test_the_grade_tells_its_limits_as_the_settings_have_them(
    checker: Checker, context: Context, forms: FormLibrary, messages: Messages
) -> None:
    engine = checker.open(self_evaluation(forms, value="≥95%", actual="96%", weight="8"), context)
    line = Accounts(engine.document.form, messages).of(engine.computation, field_place("grade"))
    assert line == "总分17.76分，为差：90分（含）以上为优，80分（含）以上为良，60分（含）以上为中，其余为差。"


def test_while_a_row_lacks_its_points_the_grade_says_that_it_waits(
    forms: FormLibrary, messages: Messages
) -> None:
    document = self_evaluation(forms, value="≥95%", weight="90")
    line = account_of(document, field_place("grade"), messages)
    assert line.startswith("有分值的行都有得分以后再定等级：90分（含）以上为优")


def test_what_the_form_sets_says_so(forms: FormLibrary, messages: Messages) -> None:
    document = self_evaluation(forms)
    assert account_of(document, field_place("rate_weight"), messages) == "由表样规定，是10。"


def test_a_share_is_told_in_figures_with_its_brackets(forms: FormLibrary, messages: Messages) -> None:
    fields = {"project_expense": "100", "special_funds": "20", "other_expense": "5"}
    document = make(forms.get("gz-decl", "2025"), {**fields, "tasks": [{"name": "甲", "funds": "50"}]})
    line = account_of(document, field_place("task_share"), messages)
    assert line.endswith("＝50.00÷（100.00＋20.00＋5.00）＝40.00%")


def test_every_computed_place_of_every_form_has_a_line(forms: FormLibrary, messages: Messages) -> None:
    for form in forms.all():
        document = blank_document(form)
        computation, accounts = Computation(document), Accounts(form, messages)
        for name, field in form.fields.items():
            line = accounts.of(computation, field_place(name))
            assert bool(line) is bool(field.compute), f"{form.form} {name}"
            assert "{" not in line

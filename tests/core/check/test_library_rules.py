"""What the indicator library knows of a row's very name is held against the row, and nothing like it is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from core.check.checker import Checker
from core.check.context import Context
from core.library.entry import Entry
from core.library.library import Library
from core.sheet.definition import Form
from core.sheet.document import Document
from core.sheet.places import Place
from tests.core.check.making import make
from tests.core.check.typing_away import type_in

OUTPUT, EFFECT = "产出指标", "效益指标"


def _entry(name: str, **more: object) -> Entry:
    return Entry(id="own-1", area="自建", level1=OUTPUT, level2="数量指标", name=name, **more)  # type: ignore[arg-type] # keywords of Entry


def _row(form: Form, name: str, value: str, **more: str) -> Document:
    return make(form, {"row": {"name": name, "value": value, **more}})


def _said(checker: Checker, context: Context, document: Document, check: str) -> list[str]:
    return [one.message for one in checker.judge(document, context) if one.check == check]


def test_a_bureaus_own_indicator_says_which_way_is_better(
    checker: Checker, context: Context, practice: Form
) -> None:
    own = replace(
        context, library=Library([_entry("窗口平均叫号轮次", direction="down", sign="≤", unit="轮")])
    )
    document = _row(practice, "窗口平均叫号轮次", "≥3次")
    assert _said(checker, own, document, "IX-01") != []
    assert _said(checker, context, document, "IX-01") == []


def test_the_library_is_believed_before_the_words_of_a_name(
    checker: Checker, context: Context, practice: Form
) -> None:
    own = replace(context, library=Library([_entry("应急模拟故障次数", direction="up", sign="≥", unit="次")]))
    document = _row(practice, "应急模拟故障次数", "≥6次")
    assert _said(checker, replace(context, library=None), document, "IX-01") != []
    assert _said(checker, own, document, "IX-01") == []


def test_no_indicator_of_the_library_is_told_to_stand_elsewhere_by_its_words(
    checker: Checker, context: Context, practice: Form
) -> None:
    assert context.library is not None
    rows = [
        {
            "level1": one.level1,
            "level2": one.level2,
            "name": one.name,
            "value": f"{one.sign if one.sign in ('≥', '≤') else '='}{one.low or 90}{one.unit}",
        }
        for one in context.library.entries
    ]
    document = make(practice, {"indicators": rows})
    assert _said(checker, replace(context, library=None), document, "IX-05") == []


def test_a_level_that_a_bureaus_library_says_is_right_is_not_spoken_against(
    checker: Checker, context: Context, practice: Form
) -> None:
    own = replace(context, library=Library([_entry("窗口服务满意度", sign="≥", unit="%")]))
    document = _row(practice, "窗口服务满意度", "≥90%", level1=OUTPUT, level2="数量指标")
    assert _said(checker, context, document, "IX-05") != []
    assert _said(checker, own, document, "IX-05") == []


@pytest.mark.parametrize("name", ["工程建设工期天数", "新工程建设工期的", "科目调整的次数情况", "科目调整"])
def test_a_name_that_is_only_like_one_of_the_library_is_left_alone(
    name: str, checker: Checker, context: Context, practice: Form
) -> None:
    known = replace(context, library=Library([_entry("科目调整次数", direction="down", sign="≤", unit="次")]))
    document = _row(practice, name, "≥10次")
    assert _said(checker, known, document, "IX-01") == _said(
        checker, replace(context, library=None), document, "IX-01"
    )


def test_brackets_and_blanks_in_a_name_make_no_difference(
    checker: Checker, context: Context, practice: Form
) -> None:
    for name in ("科目调整次数（年度）", " 科目 调整次数", "指标1：科目调整次数"):
        assert _said(checker, context, _row(practice, name, "≥10次"), "IX-01") != [], name


@pytest.mark.parametrize(("value", "asked"), [("≤199分钟", False), ("≤200分钟", True), ("≤0.25分钟", True)])
def test_twenty_times_off_the_usual_range_is_asked_about_and_less_is_not(
    value: str, asked: bool, checker: Checker, context: Context, practice: Form
) -> None:
    usual = _entry("取号等候轮次", unit="分钟", low=Decimal(5), high=Decimal(10))
    own = replace(context, library=Library([usual]))
    assert bool(_said(checker, own, _row(practice, "取号等候轮次", value), "IV-21")) == asked


def test_a_range_in_another_unit_says_nothing(checker: Checker, context: Context, practice: Form) -> None:
    usual = _entry("取号等候轮次", unit="分钟", low=Decimal(5), high=Decimal(10))
    own = replace(context, library=Library([usual]))
    assert _said(checker, own, _row(practice, "取号等候轮次", "≤9000小时"), "IV-21") == []


def test_another_library_judges_a_form_that_is_open_again(
    checker: Checker, context: Context, practice: Form
) -> None:
    document = _row(practice, "科目调整次数", "≥10次", level1=OUTPUT, level2="质量指标")
    bare = replace(context, library=None)
    engine = checker.open(document, bare)
    assert not [one for one in engine.findings() if one.check == "IX-01"]
    engine.with_context(context)
    assert engine.findings() == checker.judge(document, context)
    engine.with_context(bare)
    assert engine.findings() == checker.judge(document, bare)


def test_another_library_is_asked_about_the_levels_of_a_form_that_is_open(
    checker: Checker, context: Context, practice: Form
) -> None:
    own = replace(context, library=Library([_entry("取号等候轮次", unit="轮")]))
    document = _row(practice, "取号等候轮次", "≤20轮", level1=OUTPUT, level2="时效指标")
    engine = checker.open(document, context)
    assert "IX-05" not in {one.check for one in engine.findings()}
    engine.with_context(own)
    assert "IX-05" in {one.check for one in engine.findings()}
    engine.with_context(context)
    assert "IX-05" not in {one.check for one in engine.findings()}


def test_with_another_library_a_name_typed_next_is_judged_as_what_it_is(
    checker: Checker, context: Context, practice: Form
) -> None:
    own = replace(context, library=Library([_entry("取号等候", unit="轮")]))
    document = _row(practice, "取号等", "≤20轮", level1=OUTPUT, level2="时效指标")
    engine = checker.open(document, context)
    name = Place("indicators", "in1", "name")
    type_in(engine, name, "取号等候")
    engine.with_context(own)
    assert "IX-05" in {one.check for one in engine.findings()}
    type_in(engine, name, "取号等候机")
    assert engine.findings() == checker.judge(document, own)

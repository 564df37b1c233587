"""A goal's figures are held against the indicators as both are typed (IX-16)."""

from __future__ import annotations

from core.check.checker import Checker
from core.check.context import Context
from core.sheet.definition import Form
from core.sheet.edits import text_edit
from core.sheet.places import Place, field_place
from tests.core.check.making import make

NAMES = ("法律援助案件合格率", "受援人满意率", "矛盾纠纷调解成功率")


def test_a_share_called_by_the_end_of_its_name_is_told_while_no_other_ends_so(
    checker: Checker, context: Context, practice: Form
) -> None:
    rows = [{"name": name, "value": "≥95%"} for name in NAMES]
    document = make(practice, {"goal": "加强法律援助，案件合格率达到98%。", "indicators": rows})
    engine = checker.open(document, context)
    first, _, third = document.rows("indicators")

    def said(place: Place, text: str) -> list[str]:
        edit = text_edit(document, place, text)
        edit.apply(document)
        engine.edited([edit])
        return [one.message for one in engine.findings() if one.check == "IX-16"]

    name, value = Place("indicators", third.id, "name"), Place("indicators", first.id, "value")
    told = said(value, "≥96%")
    assert len(told) == 1
    assert "案件合格率达到98%" in told[0]
    assert said(name, "民事案件合格率") == []
    assert said(name, "民事案件调解率") == told
    assert said(value, "≥98%") == []
    assert said(value, "≥96%") == told
    assert said(field_place("goal"), "案件合格率达到98%。") == []
    assert said(field_place("goal"), "做好法律援助，案件合格率达到98%。") == told

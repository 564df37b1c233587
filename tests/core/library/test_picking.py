"""What a clerk gets when she picks an indicator: level, name, sign, unit, direction, and never a value."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.library.entry import Entry
from core.library.picking import indicator_names, picked_texts, usual_values, written_way
from core.sheet.document_file import read_document
from core.sheet.forms import FormLibrary
from core.sheet.messages import Messages
from tests.core.library.conftest import EFFECT, entry

RATE = entry(
    "再犯罪率",
    EFFECT,
    "社会效益指标",
    direction="down",
    sign="≤",
    unit="%",
    low=Decimal("0.2"),
    high=Decimal(1),
)
WORDS = entry("等次", EFFECT, "社会效益指标", direction="up", sign="定性", scale="优良中差")


def picked(
    forms: FormLibrary, form: str, cells: dict[str, str], what: Entry, *, locked: bool = False
) -> dict[str, str]:
    tables = forms.get(form).tables.values()
    table = next(one for one in tables if one.role == "indicators")
    return picked_texts(table, cells, what, forms.grammar(), levels_locked=locked)


def test_a_blank_row_gets_everything_but_the_value(forms: FormLibrary) -> None:
    assert picked(forms, "sc-proj", {}, RATE) == {
        "level1": EFFECT,
        "level2": "社会效益指标",
        "name": "再犯罪率",
        "operator": "≤",
        "unit": "%",
        "direction": "反向指标",
    }


def test_sign_and_direction_are_spelled_as_the_form_offers_them(forms: FormLibrary) -> None:
    texts = picked(forms, "nm-proj", {}, RATE)
    assert (texts["operator"], texts["direction"]) == ("小于等于", "反向")
    assert picked(forms, "nm-proj", {}, WORDS)["operator"] == "定性"


def test_a_cell_that_holds_sign_number_and_unit_together_stays_empty(forms: FormLibrary) -> None:
    assert picked(forms, "gz-decl", {}, RATE).keys() == {"level1", "level2", "name"}


def test_what_was_filled_in_already_stays(forms: FormLibrary) -> None:
    cells = {"name": "再犯", "operator": "=", "unit": "人", "level1": EFFECT, "level2": "经济效益指标"}
    assert picked(forms, "sc-dept", cells, RATE) == {"name": "再犯罪率"}


def test_no_second_level_is_put_under_another_first_level(forms: FormLibrary) -> None:
    assert "level2" not in picked(forms, "sc-dept", {"level1": "产出指标"}, RATE)
    assert picked(forms, "sc-dept", {"level1": EFFECT}, RATE)["level2"] == "社会效益指标"


def test_levels_that_the_form_fixes_stay(forms: FormLibrary) -> None:
    assert picked(forms, "gz-decl", {}, RATE, locked=True) == {"name": "再犯罪率"}


def test_an_indicator_without_an_agreed_direction_leaves_it_blank(forms: FormLibrary) -> None:
    assert "direction" not in picked(forms, "nm-proj", {}, entry("纠错率", unit="%"))


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ({"low": Decimal("0.20"), "high": Decimal(1), "unit": "%"}, "常见 0.2～1%"),
        ({"low": Decimal(100), "high": Decimal(100), "unit": "%"}, "常见 100%"),
        ({"low": Decimal(100), "unit": "件"}, "常见 100件以上"),
        ({"high": Decimal(2), "unit": "%"}, "常见 2%以下"),
        ({"values": "≥300件（一县2024年）"}, "参考 ≥300件（一县2024年）"),
        ({}, ""),
    ],
)
def test_the_usual_range_is_told_in_words(known: dict[str, object], told: str, messages: Messages) -> None:
    assert usual_values(entry("指标", **known), messages) == told


def test_how_the_value_is_written_is_told(messages: Messages) -> None:
    assert written_way(RATE, messages) == "≤…%"
    assert written_way(WORDS, messages) == "定性（优良中差）"
    assert written_way(entry("指标"), messages) == ""


def test_the_names_a_unit_used_are_those_of_its_indicator_rows(forms: FormLibrary, resources) -> None:  # type: ignore[no-untyped-def]
    document = read_document((resources / "forms/gz-decl/2025/sample.json").read_bytes(), forms)
    names = list(indicator_names(document))
    assert names == [row.cells["name"] for row in document.rows("indicators")]
    assert len(names) > 5

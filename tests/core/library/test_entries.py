"""The indicators that ship: every one of them is a row our own checks have nothing against."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.check.checker import Checker
from core.check.context import Context, read_context
from core.check.finding import Finding, Severity
from core.library.entry import QUALITATIVE, Entry, bare_key, name_key
from core.library.library import Library
from core.library.reader import read_library
from core.sheet.definition import Form
from core.sheet.definition_reader import read_form
from core.sheet.document import ROOT, Document, Row
from core.sheet.levels import read_levels
from core.sheet.values import Kind, ValueGrammar

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
ENTRIES = read_library(RESOURCES / "library").entries
OWN_KNOWLEDGE = "K"
SIGNS = {"up": ("≥", ">", "="), "down": ("≤", "<", "="), "equal": ("=", "≥"), "": ("",)}
"""What a direction may be told by; ≥ of what comes by itself is a floor, as the published forms have it."""
BESIDE = (
    ("产出指标", "数量指标", "练习服务件数", "≥", "20", "件"),
    ("产出指标", "质量指标", "练习服务评定率", "≥", "95", "%"),
    ("产出指标", "时效指标", "练习服务时限", "≤", "9", "天"),
    ("效益指标", "社会效益指标", "练习内容知晓率", "≥", "85", "%"),
    ("满意度指标", "服务对象满意度指标", "练习人员满意度", "≥", "90", "%"),
    ("成本指标", "经济成本指标", "练习成本", "≤", "9", "万元"),
)
"""Rows that make the rest of a form complete, so that findings are about the entry's own row."""


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(ENTRIES)


@pytest.fixture(scope="module")
def context(library: Library) -> Context:
    return replace(read_context(RESOURCES, date(2024, 9, 20)), library=library)


@pytest.fixture(scope="module")
def practice() -> Form:
    return read_form(RESOURCES.parent / "tests/fixtures/forms/practice/1")


def _figure(entry: Entry) -> str:
    """Give a target within the usual range: the best if it is to be met exactly, else the middle."""
    if entry.low is None or entry.high is None:
        return "12"
    exact = entry.sign == "="
    number = entry.high if exact else (entry.low + entry.high) / 2
    return f"{number.quantize(Decimal(1)) if number > 10 else number:f}"


def _cells(entry: Entry, name: str, parted: bool) -> dict[str, str]:
    cells = {"level1": entry.level1, "level2": entry.level2, "name": name}
    if entry.sign == QUALITATIVE:
        grade = next(one for one in ("优秀", "优", "好") if entry.scale.startswith(one))
        value = f"{entry.scale}，目标{grade}"
        return cells | ({"operator": QUALITATIVE, "value": value} if parted else {"value": value})
    return cells | _value(entry.sign or "=", _figure(entry), entry.unit, parted)


def _value(sign: str, figure: str, unit: str, parted: bool) -> dict[str, str]:
    if parted:
        return {"operator": sign, "value": figure} | ({"unit": unit} if unit else {})
    return {"value": f"{sign}{figure}{unit}"}


def _form_with(form: Form, cells: Mapping[str, str], parted: bool) -> Document:
    document = Document(form, year=2025, unit_name="练习单位", stage="申报")
    rows = [dict(cells)]
    for level1, level2, name, sign, figure, unit in BESIDE:
        rows.append({"level1": level1, "level2": level2, "name": name, **_value(sign, figure, unit, parted)})
    for number, row in enumerate(rows):
        weight = {"weight": "15" if number else "0.5"} if parted else {}
        document.insert_row(
            "parted" if parted else "indicators", ROOT, number, Row(f"r{number}", row | weight)
        )
    return document


def _about_it(
    entry: Entry, names: Iterable[str], form: Form, checker: Checker, context: Context
) -> list[Finding]:
    """Give what is said about the row of an entry, under its names, in forms with one cell and with three.

    Totals of weights are the whole form's.
    """
    found = []
    for name in names:
        for parted in (False, True):
            document = _form_with(form, _cells(entry, name, parted), parted)
            found += [
                one
                for one in checker.judge(document, context)
                if not one.check.startswith("WT") and any(place.row == "r0" for place in one.places)
            ]
    return found


def _told(findings: Iterable[Finding]) -> list[str]:
    return [f"{one.check} {one.severity.value} {one.message}" for one in findings]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_a_row_picked_from_the_library_raises_nothing(
    entry: Entry, checker: Checker, context: Context, practice: Form
) -> None:
    findings = _about_it(entry, [entry.name], practice, checker, context)
    assert _told(findings) == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_other_names_of_an_indicator_raise_no_error_or_warning(
    entry: Entry, checker: Checker, context: Context, practice: Form
) -> None:
    findings = _about_it(entry, entry.also, practice, checker, context)
    assert _told(one for one in findings if one.severity is not Severity.HINT) == []


def test_there_are_some_hundreds_and_all_ninety_four_published_ones_by_number() -> None:
    numbers = {int(entry.id.split("-")[1]) for entry in ENTRIES}
    assert set(range(1, 95)) <= numbers
    published = [entry for entry in ENTRIES if int(entry.id.split("-")[1]) < 95]
    assert {entry.source.split()[0] for entry in published} == {"公开表", "全国表样"}
    assert len(ENTRIES) >= 600


def test_where_entries_come_from_is_told_honestly() -> None:
    marks = Counter(entry.source.split("（")[0].split()[0] for entry in ENTRIES)
    assert set(marks) == {"公开表", "全国表样", "公开自评表", "共性指标库", "公开文章", OWN_KNOWLEDGE}
    assert marks["公开表"] + marks["全国表样"] >= 94
    assert marks["共性指标库"] >= 30
    assert marks[OWN_KNOWLEDGE] >= 180


def test_townships_and_bureaus_of_every_kind_find_theirs() -> None:
    sizes = Counter(entry.area for entry in ENTRIES)
    assert len(sizes) >= 26
    assert min(sizes.values()) >= 10


def test_no_name_leads_to_two_indicators() -> None:
    taken: dict[str, str] = {}
    for entry in ENTRIES:
        for key in {key(name) for name in (entry.name, *entry.also) for key in (name_key, bare_key)}:
            assert taken.setdefault(key, entry.id) == entry.id, (entry.name, key, taken[key])


def test_every_name_finds_its_own_entry(library: Library) -> None:
    for entry in ENTRIES:
        for name in (entry.name, f" {entry.name} ", *entry.also):
            assert library.find(name) is entry, name


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_an_entry_is_complete(entry: Entry) -> None:
    assert entry.values
    assert entry.formula
    assert entry.evidence
    assert entry.source
    assert bool(entry.scale) == (entry.sign == QUALITATIVE)
    assert (entry.low is None) == (entry.high is None)
    if entry.sign == QUALITATIVE:
        assert (entry.direction, entry.unit, entry.low) == ("up", "", None)
    else:
        assert entry.sign in SIGNS[entry.direction]


def test_levels_are_the_standard_ones_and_belong_together() -> None:
    levels = read_levels(RESOURCES / "levels.toml")
    for entry in ENTRIES:
        first, second = levels.find(entry.level1, 1), levels.find(entry.level2, 2)
        assert first is not None, entry
        assert second is not None, entry
        assert (first.name, second.name) == (entry.level1, entry.level2)
        assert entry.level1 in second.parents, entry


def test_the_usual_range_begins_above_nothing_and_shares_end_at_a_hundred() -> None:
    may_exceed = ("完成率", "毛入园率")
    for entry in ENTRIES:
        if entry.low is None or entry.high is None:
            continue
        assert 0 < entry.low <= entry.high, entry
        if entry.unit == "%" and not entry.name.endswith(may_exceed):
            assert entry.high <= 100, entry


def test_typical_values_read_as_values_agree_with_sign_unit_and_range() -> None:
    grammar = ValueGrammar(RESOURCES / "values.toml")
    for entry in ENTRIES:
        value = grammar.parse(re.split("[（；，、]", entry.values)[0])
        if value.kind is not Kind.NUMBER or value.number is None:
            continue
        assert entry.unit in (value.unit_name, value.unit_name.partition("/")[0]) or not value.unit_name, (
            entry
        )
        if entry.low is not None and entry.high is not None:
            assert entry.low <= value.number <= entry.high, entry
        if value.comparison and entry.source == OWN_KNOWLEDGE:
            assert value.comparison == entry.sign, entry

"""Arithmetic of a form: exact, safe, and blank is not zero."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sheet.definition import Field, Table
from core.sheet.expression import ExpressionError, Lookup, UnreadableError, Value, compile_expression

FIELDS = {name: Field(name, name, "money") for name in ("a", "b", "c")}
TABLES = {"t": Table("t", {"x": Field("x", "x", "money"), "y": Field("y", "y", "money")})}


class Figures(Lookup):
    def __init__(self, fields: dict[str, str], column: list[str] | None = None) -> None:
        self.fields = fields
        self.values = column or []

    def one(self, name: str) -> Value:
        return self._read(self.fields.get(name, ""))

    def own(self, column: str) -> Value:
        return self._read(self.fields.get(column, ""))

    def column(self, table: str, column: str) -> Iterable[Value]:
        assert (table, column) == ("t", "x")
        return [self._read(text) for text in self.values]

    def _read(self, text: str) -> Value:
        if not text:
            return None
        if text == "abc":
            raise UnreadableError
        return Decimal(text)


def number(text: str, column: list[str] | None = None, **fields: str) -> Value:
    return compile_expression(text, FIELDS, TABLES).number(Figures(fields, column))


def holds(text: str, column: list[str] | None = None, **fields: str) -> bool | None:
    return compile_expression(text, FIELDS, TABLES).holds(Figures(fields, column))


def test_tenths_add_up_exactly() -> None:
    assert holds("a + b == 0.3", a="0.1", b="0.2") is True


def test_a_blank_adds_as_nothing_but_blanks_give_a_blank() -> None:
    assert number("a + b", a="5") == 5
    assert number("a + b") is None
    assert number("sum(t.x)", ["", ""]) is None
    assert number("sum(t.x)", ["1", "", "2"]) == 3
    assert number("count(t.x)", ["1", "", "2"]) == 2


def test_an_unreadable_figure_leaves_no_answer() -> None:
    assert number("a + b", a="1", b="abc") is None
    assert holds("a == b", a="1", b="abc") is None


def test_a_difference_needs_both_figures() -> None:
    assert number("a - b", a="3723.19") is None
    assert number("a - b", a="3", b="5") == -2


def test_dividing_by_zero_or_blank_has_no_answer() -> None:
    assert number("a / b", a="1", b="0") is None
    assert number("a / b", a="1") is None


def test_comparing_two_blanks_is_neither_right_nor_wrong() -> None:
    assert holds("a == b") is None
    assert holds("a == b", a="1") is False


def test_conditions_with_and_or_not() -> None:
    assert holds("a > 1 and b > 1", a="2", b="2") is True
    assert holds("a > 1 or b > 1", a="2") is True
    assert holds("not a > 1", a="2") is False
    assert holds("a > 1 and b > 1", b="0") is False


def test_half_is_rounded_up() -> None:
    assert number("round(a, 2)", a="0.125") == Decimal("0.13")
    assert number("abs(a)", a="-3") == 3
    assert number("-a", a="3") == -3


def test_a_cap_on_a_blank_is_no_figure() -> None:
    assert number("min(a / b, 1) * 10", a="8", b="10") == 8
    assert number("min(a / b, 1) * 10", a="12", b="10") == 10
    assert number("min(a / b, 1) * 10", b="10") is None
    assert number("max(a, b)", a="3") is None
    assert number("max(t.x)", ["3", ""]) == 3


def test_own_columns_belong_to_the_row() -> None:
    expression = compile_expression("x * y + a", FIELDS, TABLES, "t")
    assert expression.reads == ((".", "x"), (".", "y"), ("", "a"))
    assert expression.number(Figures({"x": "2", "y": "3", "a": "1"})) == 7


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "a.__class__",
        "(lambda: 1)()",
        "[a for a in b]",
        "a if b else c",
        "9 ** 9 ** 9",
        "a << 3",
        "f'{a}'",
        "'text'",
        "True",
        "a := 1",
        "sum(a)",
        "sum(t.nobody)",
        "t.x",
        "nobody",
        "open(a)",
        "settings",
        "settings.x.y",
        "score(a, b)",
        "score(a, b, a + b)",
        "rate_score(a, b, t.x)",
        "grade(1)",
        "grade(a, t.x)",
        "grade(a, b, t.x)",
        "abs(a, b)",
        "abs(a, key=b)",
        "a < b < c",
        "1e400",
        "a +",
        "",
        "a" * 600,
        "+".join(["a"] * 240),
    ],
)
def test_anything_but_plain_arithmetic_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        compile_expression(text, FIELDS, TABLES)


def test_an_expression_names_the_settings_it_goes_by() -> None:
    expression = compile_expression("a * settings.rate_points", FIELDS, TABLES)
    assert (expression.reads, expression.settings) == ((("", "a"),), ("rate_points",))


def test_points_read_the_cells_of_sign_and_unit_with_the_value() -> None:
    kinds = {"operator": "operator", "value": "value", "unit": "unit", "actual": "text", "weight": "weight"}
    table = Table("i", {name: Field(name, name, kind) for name, kind in kinds.items()})
    expression = compile_expression("score(value, actual, weight)", {}, {"i": table}, "i")
    assert {name for _, name in expression.reads} == set(kinds)
    assert expression.settings == ("strict_signs",)


@given(st.text(alphabet="abct.xy()+-*/<>=! 0123456789,_[]{}'\"", max_size=40))
def test_no_text_can_do_more_than_be_refused(text: str) -> None:
    try:
        expression = compile_expression(text, FIELDS, TABLES)
    except ExpressionError:
        return
    figures = Figures({"a": "1", "b": "2"}, ["1", ""])
    assert isinstance(expression.number(figures), Decimal | None)
    assert isinstance(expression.holds(figures), bool | None)

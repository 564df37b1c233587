"""Arithmetic and conditions of a form, safe and in ``Decimal``.

A definition may come from outside, so an expression is parsed to a tree, checked against a short
list of allowed nodes and walked by us; Python never runs it.

Blank counts as nothing: it adds as 0, a sum of blanks is blank, a difference, product, quotient,
``min(a, b)`` or ``max(a, b)`` with a blank is blank, and a comparison of two blanks has no answer. An
unreadable number leaves no answer at all. ``settings.rate_points`` is a setting of the form;
``score(value, actual, weight)`` and its like are worked out by ``core.sheet.scoring``.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, DecimalException
from typing import NamedTuple

from core.sheet.definition import Field, Table

MAX_LENGTH = 500
MAX_NODES = 200

Value = Decimal | None
Read = tuple[str, str]
"""What is read: ``("", field)`` or ``(table, column)``; its own row's columns have table ``"."``."""

_AGGREGATES = ("sum", "count", "max", "min")
_FUNCTIONS = ("abs", "round", "max", "min", "filled")
_SETTINGS = "settings"


class Named(NamedTuple):
    """A function that is told names of columns or fields: how many, and which settings it goes by.

    ``columns``: so many whole columns (``items.score``) it may be told besides, all or none.
    """

    names: int
    settings: tuple[str, ...] = ()
    columns: int = 0


NAMED: Mapping[str, Named] = {
    "score": Named(3, ("strict_signs",)),
    "rate_score": Named(3),
    "grade": Named(1, ("grade_limits",), columns=2),
}
_COMPARISONS: dict[type[ast.cmpop], Callable[[Decimal, Decimal], bool]] = {
    ast.Eq: lambda a, b: a == b,
    ast.NotEq: lambda a, b: a != b,
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
}


class ExpressionError(ValueError):
    """An expression cannot be understood; the text says what is wrong with it."""


class UnreadableError(Exception):
    """A value an expression needs is filled in but is no number."""


class Lookup:
    """Where an expression finds its values; subclass or duck-type it."""

    def one(self, name: str) -> Value:
        """Give a field's number, None when blank; raises UnreadableError when it is no number."""
        raise NotImplementedError

    def own(self, column: str) -> Value:
        """Give the number in a column of the expression's own row."""
        raise NotImplementedError

    def column(self, table: str, column: str) -> Iterable[Value]:
        """Give the numbers of a whole column, blanks as None."""
        raise NotImplementedError

    def setting(self, name: str) -> Value:
        """Give the number a setting of the form says."""
        raise NotImplementedError

    def call(self, name: str, reads: tuple[Read, ...]) -> Value:
        """Work a named function out over fields, or columns of the expression's own row."""
        raise NotImplementedError


Evaluator = Callable[[Lookup], "Value | bool"]


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression: its text, the places and settings it reads, and how to work it out."""

    text: str
    reads: tuple[Read, ...]
    _run: Evaluator
    settings: tuple[str, ...] = ()

    def number(self, lookup: Lookup) -> Value:
        """Work out a number; None when there is no answer."""
        try:
            result = self._run(lookup)
        except (UnreadableError, DecimalException):
            return None
        return None if isinstance(result, bool) else result

    def holds(self, lookup: Lookup) -> bool | None:
        """Work out a condition; None when there is no answer, which is neither right nor wrong."""
        try:
            result = self._run(lookup)
        except (UnreadableError, DecimalException):
            return None
        return result if isinstance(result, bool) else None


def compile_expression(
    text: str, fields: dict[str, Field], tables: dict[str, Table], own_table: str = ""
) -> Expression:
    """Check an expression over the fields and tables of a form.

    With ``own_table`` it belongs to each row of that table and may name its columns.
    Raises ExpressionError with the reason.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"longer than {MAX_LENGTH} characters")
    try:
        tree = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError("not an expression") from error
    if sum(1 for _ in ast.walk(tree)) > MAX_NODES:
        raise ExpressionError("too many parts")
    compiler = _Compiler(text, fields, tables, own_table)
    run = compiler.node(tree.body)
    return Expression(
        text, tuple(dict.fromkeys(compiler.reads)), run, tuple(dict.fromkeys(compiler.settings))
    )


class _Compiler:
    """Turns allowed nodes into closures and notes what they read."""

    def __init__(self, text: str, fields: dict[str, Field], tables: dict[str, Table], own_table: str) -> None:
        self.reads: list[Read] = []
        self.settings: list[str] = []
        self._text = text
        self._fields = fields
        self._tables = tables
        self._own = tables[own_table] if own_table else None

    def node(self, node: ast.expr) -> Evaluator:
        match node:
            case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
                return self._constant(node)
            case ast.Name(id=name):
                return self._name(name)
            case ast.Attribute(value=ast.Name(id=owner), attr=setting) if owner == _SETTINGS:
                self.settings.append(setting)
                return lambda lookup: lookup.setting(setting)
            case ast.BinOp(left=left, op=op, right=right):
                return self._arithmetic(op, self.node(left), self.node(right))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                run = self.node(operand)
                return lambda lookup: _negative(_number(run(lookup)))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                run = self.node(operand)
                return lambda lookup: _not(run(lookup))
            case ast.BoolOp(op=op, values=values):
                return self._logic(op, [self.node(one) for one in values])
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self._comparison(op, self.node(left), self.node(right))
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
                return self._call(name, args)
        raise ExpressionError(f"{type(node).__name__} is not allowed")

    def _constant(self, node: ast.Constant) -> Evaluator:
        # The literal's own text: 0.1 must not pass through a float.
        source = ast.get_source_segment(self._text, node) or ""
        try:
            number = Decimal(source)
        except DecimalException as error:
            raise ExpressionError(f"{source} is no plain number") from error
        if "e" in source.lower() or len(source) > 20:
            raise ExpressionError(f"{source} is no plain number")
        return lambda _lookup: number

    def _name(self, name: str) -> Evaluator:
        if self._own and name in self._own.columns:
            self.reads.append((".", name))
            return lambda lookup: lookup.own(name)
        if name not in self._fields:
            raise ExpressionError(f"unknown name {name}")
        self.reads.append(("", name))
        return lambda lookup: lookup.one(name)

    def _column(self, node: ast.expr) -> Read:
        """Read ``table.column`` or ``table.inner.column``."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.insert(0, node.attr)
            node = node.value
        if not isinstance(node, ast.Name) or not parts:
            raise ExpressionError("expected table.column")
        parts.insert(0, node.id)
        table, column = ".".join(parts[:-1]), parts[-1]
        if table not in self._tables or column not in self._tables[table].columns:
            raise ExpressionError(f"unknown column {'.'.join(parts)}")
        self.reads.append((table, column))
        return table, column

    def _arithmetic(self, op: ast.operator, left: Evaluator, right: Evaluator) -> Evaluator:
        match op:
            case ast.Add():
                return lambda lookup: _add(_number(left(lookup)), _number(right(lookup)))
            case ast.Sub():
                return lambda lookup: _less(_number(left(lookup)), _number(right(lookup)))
            case ast.Mult():
                return lambda lookup: _times(_number(left(lookup)), _number(right(lookup)))
            case ast.Div():
                return lambda lookup: _over(_number(left(lookup)), _number(right(lookup)))
        raise ExpressionError(f"{type(op).__name__} is not allowed")

    def _logic(self, op: ast.boolop, parts: list[Evaluator]) -> Evaluator:
        every = isinstance(op, ast.And)

        def run(lookup: Lookup) -> Value | bool:
            answers = [_truth(part(lookup)) for part in parts]
            if every:
                return False if False in answers else (None if None in answers else True)
            return True if True in answers else (None if None in answers else False)

        return run

    def _comparison(self, op: ast.cmpop, left: Evaluator, right: Evaluator) -> Evaluator:
        compare = _COMPARISONS.get(type(op))
        if compare is None:
            raise ExpressionError(f"{type(op).__name__} is not allowed")

        def run(lookup: Lookup) -> Value | bool:
            one, other = _number(left(lookup)), _number(right(lookup))
            if one is None and other is None:
                return None
            return compare(one or Decimal(0), other or Decimal(0))

        return run

    def _call(self, name: str, args: list[ast.expr]) -> Evaluator:
        if name in _AGGREGATES and len(args) == 1:
            table, column = self._column(args[0])
            return lambda lookup: _aggregate(name, lookup.column(table, column))
        if name in NAMED:
            return self._named(name, args)
        if name not in _FUNCTIONS:
            raise ExpressionError(f"unknown function {name}")
        runs = [self.node(one) for one in args]
        match name, len(runs):
            case "abs", 1:
                return lambda lookup: _absolute(_number(runs[0](lookup)))
            case "filled", 1:
                return lambda lookup: runs[0](lookup) is not None
            case "round", 2:
                return lambda lookup: _round(_number(runs[0](lookup)), _number(runs[1](lookup)))
            case (("max" | "min"), count) if count > 1:
                return lambda lookup: _extreme(name, [_number(run(lookup)) for run in runs])
        raise ExpressionError(f"{name} has another number of arguments")

    def _named(self, name: str, args: list[ast.expr]) -> Evaluator:
        """Take the plain names a named function is told; a value is read with its cells of sign and unit."""
        count, settings, columns = NAMED[name]
        if len(args) not in (count, count + columns):
            raise ExpressionError(f"{name} has another number of arguments")
        before = len(self.reads)
        for one in args[:count]:
            if not isinstance(one, ast.Name):
                raise ExpressionError(f"{name} wants plain names")
            self._name(one.id)
        for one in args[count:]:
            self._column(one)
        reads = tuple(self.reads[before:])
        if self._own and any(at == "." and self._own.columns[column].kind == "value" for at, column in reads):
            parts = (
                column for column, field in self._own.columns.items() if field.kind in ("operator", "unit")
            )
            self.reads += [(".", column) for column in parts]
        self.settings += settings
        return lambda lookup: lookup.call(name, reads)


def _number(value: Value | bool) -> Value:
    if isinstance(value, bool):
        raise UnreadableError
    return value


def _truth(value: Value | bool) -> bool | None:
    return value if isinstance(value, bool) else None


def _not(value: Value | bool) -> bool | None:
    truth = _truth(value)
    return None if truth is None else not truth


def _negative(value: Value) -> Value:
    return None if value is None else -value


def _absolute(value: Value) -> Value:
    return None if value is None else abs(value)


def _add(one: Value, other: Value) -> Value:
    if one is None:
        return other
    return one if other is None else one + other


def _less(one: Value, other: Value) -> Value:
    # A difference needs both: 调整数 is unknown, not the whole, while one of them is still to be filled in.
    return None if one is None or other is None else one - other


def _times(one: Value, other: Value) -> Value:
    return None if one is None or other is None else one * other


def _over(one: Value, other: Value) -> Value:
    return None if one is None or not other else one / other


def _round(value: Value, decimals: Value) -> Value:
    if value is None or decimals is None or not 0 <= decimals <= 10:
        return None
    return value.quantize(Decimal(1).scaleb(-int(decimals)), rounding=ROUND_HALF_UP)


def _extreme(name: str, values: list[Value]) -> Value:
    """Give the greater or lesser of figures; a blank one leaves no answer, so a cap is no figure."""
    return None if None in values else _aggregate(name, values)


def _aggregate(name: str, values: Iterable[Value]) -> Value:
    filled = [value for value in values if value is not None]
    if name == "count":
        return Decimal(len(filled))
    if not filled:
        return None
    if name == "sum":
        return sum(filled, Decimal(0))
    return max(filled) if name == "max" else min(filled)

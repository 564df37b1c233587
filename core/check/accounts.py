"""How a computed figure came about, in one line for the clerk: 没有达到≥95%：87.5÷95×8＝7.37分。

Points tell target, result and share; every other figure its formula in the labels of the sheet.
"""

from __future__ import annotations

import ast
from decimal import Decimal
from typing import Any

from core.check.rules.points import written
from core.sheet.compute import Computation, read_value
from core.sheet.definition import Field, Form
from core.sheet.expression import NAMED
from core.sheet.messages import Messages
from core.sheet.numbers import parse_number, shown_computed
from core.sheet.places import Place, field_place
from core.sheet.scoring import BANDS, Scored, bands, score
from core.sheet.values import Value

_SIGNS: dict[type[ast.operator], str] = {ast.Add: "＋", ast.Sub: "－", ast.Mult: "×", ast.Div: "÷"}


class Accounts:
    """Tells how the computed figures of documents of one form come about."""

    def __init__(self, form: Form, messages: Messages) -> None:
        self._form = form
        self._say = messages.say
        self._trees: dict[tuple[str, str], ast.expr] = {}
        for path, columns in [("", form.fields), *((path, one.columns) for path, one in form.tables.items())]:
            for name, field in columns.items():
                if field.compute:
                    self._trees[path, name] = ast.parse(field.compute, mode="eval").body

    def of(self, computation: Computation, place: Place) -> str:
        """Give the line about a computed place, ``""`` for any other."""
        tree = self._trees.get((place.table, place.column))
        field = self._form.column(place.table, place.column)
        if tree is None or field is None:
            return ""
        match tree:
            case ast.Call(func=ast.Name(id="score"), args=[ast.Name(id=value), ast.Name(id=actual), weight]):
                return self._points(computation, place, value, actual, ast.unparse(weight))
            case ast.Call(func=ast.Name(id="rate_score"), args=args):
                return self._rate(computation, place, field, [ast.unparse(one) for one in args])
            case ast.Call(func=ast.Name(id="grade"), args=[ast.Name(id=total), *_]):
                return self._grade(computation, field, place, total)
            case ast.Attribute(value=ast.Name(id="settings")):
                own = shown_computed(computation.value(place), field, self._form.money)
                return self._say("check.figure-set", own=own)
        own = shown_computed(computation.value(place), field, self._form.money)
        formula = self._words(tree, place.table, computation)
        figures = self._figures(tree, place, computation) if own and isinstance(tree, ast.BinOp) else ""
        name = "figure-worked" if figures else "figure" if own else "formula"
        return self._say(f"check.{name}", formula=formula, figures=figures, own=own)

    # -- points ---------------------------------------------------------------------------------------

    def _points(self, computation: Computation, place: Place, value: str, actual: str, weight: str) -> str:
        grammar = self._form.grammar
        if grammar is None:
            return ""
        document = computation.document
        target = read_value(document, place._replace(column=value), grammar())
        result = read_value(document, place._replace(column=actual), grammar())
        points = parse_number(document.text(place._replace(column=weight)))
        strict = bool(computation.settings.get("strict_signs"))
        found = score(target, result, points, grammar(), strict=strict)
        limits = computation.settings.get("worded_bands", BANDS)
        line = self._scored(found, target, result, points or Decimal(0), limits)
        typed = document.text(place)
        if not typed:
            return line
        return self._say("check.score-typed", typed=typed, line=line)

    def _scored(
        self, found: Scored, target: Value, result: Value, weight: Decimal, limits: tuple[Any, ...]
    ) -> str:
        (high, _), (low, _), _ = bands(weight, limits)
        return self._say(
            f"check.score-{found.why}",
            target=_shown(target),
            result=_shown(result),
            a=_plain(found.result),
            b=_plain(found.target),
            weight=written(weight),
            points=written(found.points) if found.points is not None else "",
            high=written(high),
            low=written(low),
        )

    def _rate(self, computation: Computation, place: Place, field: Field, names: list[str]) -> str:
        spent, budget, points = (computation.number(place._replace(column=name)) for name in names)
        own = shown_computed(computation.value(place), field, self._form.money)
        labels = [self._label("", name) for name in names]
        if not own or spent is None or points is None:
            return self._say("check.rate-formula", spent=labels[0], budget=labels[1], points=labels[2])
        if not budget:
            return self._say("check.rate-nothing", budget=labels[1])
        figures = {"a": _plain(spent), "b": _plain(budget), "weight": written(points), "points": own}
        return self._say("check.rate-score", spent=labels[0], budget=labels[1], **figures)

    def _grade(self, computation: Computation, field: Field, place: Place, total: str) -> str:
        limits = computation.settings.get("grade_limits", ())
        steps = [
            self._say("check.grade-step", grade=name, limit=str(limit))
            for name, limit in zip(field.options, limits, strict=False)
        ]
        line = self._say("check.grade-line", steps="".join(steps), last=field.options[-1])
        own = shown_computed(computation.value(place), field, self._form.money)
        points = computation.number(place._replace(column=total))
        if points is None:
            return line
        if not own:
            return self._say("check.grade-open", line=line)
        label = self._label(place.table, total)
        return self._say("check.grade-own", label=label, points=written(points), grade=own, line=line)

    # -- formulas ---------------------------------------------------------------------------------------

    def _words(self, node: ast.expr, table: str, computation: Computation) -> str:
        match node:
            case ast.Name(id=name):
                return self._label(table, name)
            case ast.Constant(value=value):
                return str(value)
            case ast.Attribute(value=ast.Name(id="settings"), attr=name):
                return str(computation.settings.get(name, ""))
            case ast.Attribute():
                path, _, name = ast.unparse(node).rpartition(".")
                return self._label(path, name)
            case ast.BinOp(left=left, op=op, right=right):
                both = (self._bracketed(one, op, table, computation) for one in (left, right))
                return _SIGNS.get(type(op), "").join(both)
            case ast.UnaryOp(operand=operand):
                return f"－{self._words(operand, table, computation)}"
            case ast.Call(func=ast.Name(id=name), args=args) if name not in NAMED:
                parts = "、".join(self._words(one, table, computation) for one in args)
                return self._say(f"check.formula-{name}", of=parts)
        return ast.unparse(node)

    def _figures(self, node: ast.expr, place: Place, computation: Computation) -> str:
        """Give a formula in figures, ``""`` where there is more to it than sums, products and shares."""
        match node:
            case ast.Name(id=name):
                own = self._form.column(place.table, name) if place.table else None
                found = place._replace(column=name) if own else field_place(name)
                field = own or self._form.fields.get(name)
                return self._figure(computation.number(found), field)
            case ast.Constant(value=value):
                return str(value)
            case ast.Call(func=ast.Name(id="sum"), args=[ast.Attribute() as column]):
                path, _, name = ast.unparse(column).rpartition(".")
                places = [Place(path, row.id, name) for _, row in computation.document.all_rows(path)]
                numbers = [number for one in places if (number := computation.number(one)) is not None]
                return self._figure(sum(numbers) if numbers else None, self._form.column(path, name))
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _SIGNS:
                both = [self._figures(one, place, computation) for one in (left, right)]
                inner = isinstance(op, ast.Mult | ast.Div)
                whole = [
                    f"（{text}）" if inner and isinstance(one, ast.BinOp) else text
                    for one, text in zip((left, right), both, strict=True)
                ]
                return _SIGNS[type(op)].join(whole) if all(both) else ""
        return ""

    def _figure(self, number: Decimal | int | None, field: Field | None) -> str:
        if number is None or field is None:
            return self._say("check.blank") if field is not None else ""
        return shown_computed(Decimal(number), field, self._form.money)

    def _bracketed(self, node: ast.expr, op: ast.operator, table: str, computation: Computation) -> str:
        words = self._words(node, table, computation)
        inner = isinstance(node, ast.BinOp) and isinstance(op, ast.Mult | ast.Div)
        return f"（{words}）" if inner else words

    def _label(self, table: str, name: str) -> str:
        field = self._form.column(table, name) or self._form.fields.get(name)
        return field.label if field is not None else name


def _shown(value: Value) -> str:
    return "".join(cell.strip() for cell in value.cells) if value.cells is not None else value.text.strip()


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"

"""Rules across documents handed in together: AM-12, what all projects cost and what the department states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from core.check.finding import Hit
from core.check.rules.amount_reading import POWERS
from core.check.together import Across, AcrossRule, Handed
from core.sheet.places import Place, field_place

_UNIT_NAME = field_place("unit.name")


class _Share(NamedTuple):
    """What one project costs, in 元."""

    handed: Handed
    place: Place
    yuan: Decimal


def projects_within_the_department(group: Sequence[Handed]) -> Iterator[Across]:
    """AM-12: the projects' amounts add up to no more than the department's project expenditure.

    Where the form states no such figure, the sum is told, so that it can be compared with the budget.
    """
    amounts = [(one, place, number) for one in group for place, number in one.project_amounts()]
    shares = [_Share(one, place, _yuan(one, number)) for one, place, number in amounts if number is not None]
    if not shares:
        return
    complete = len(shares) == len(amounts)
    department = next((one for one in group if one.document.form.about.projects), None)
    if department is not None:
        yield from _against(department, shares, complete=complete)
        return
    whole = next((one for one in group if not one.is_project and not _lists_projects(one)), None)
    if whole is not None and len(shares) > 1:
        total = _in_unit_of(whole, sum((share.yuan for share in shares), Decimal(0)))
        hit = Hit((_UNIT_NAME,), {"a": total, "count": len(shares)}, "sum")
        yield Across(whole, hit, tuple((share.handed, share.place) for share in shares))


def _against(department: Handed, shares: list[_Share], *, complete: bool) -> Iterator[Across]:
    place = field_place(department.document.form.about.projects)
    stated = department.number(place)
    if stated is None:
        return
    home = department if not department.only_compared else _first_own(shares)
    total = sum((share.yuan for share in shares), Decimal(0))
    over = total - _yuan(department, stated)
    settings = department.binding.settings
    if over == 0 or (over < 0 and not (settings["projects_complete"] and complete)) or home is None:
        return
    params = {
        "a": _in_unit_of(home, total),
        "b": _in_unit_of(home, _yuan(department, stated)),
        "d": _in_unit_of(home, abs(over)),
    }
    named = [(department, place), *((share.handed, share.place) for share in shares)]
    own = tuple(where for handed, where in named if handed is home)
    others = tuple((handed, where) for handed, where in named if handed is not home)
    yield Across(home, Hit(own, params, "" if over > 0 else "less"), others)


def _first_own(shares: list[_Share]) -> Handed | None:
    return next((share.handed for share in shares if not share.handed.only_compared), None)


def _lists_projects(one: Handed) -> bool:
    return any(table.about.amount for table in one.document.form.tables.values())


def _yuan(one: Handed, number: Decimal) -> Decimal:
    return number.scaleb(POWERS[one.document.form.money.unit])


def _in_unit_of(one: Handed, yuan: Decimal) -> Decimal:
    return yuan.scaleb(-POWERS[one.document.form.money.unit])


RULES: tuple[AcrossRule, ...] = (AcrossRule("AM-12", projects_within_the_department),)

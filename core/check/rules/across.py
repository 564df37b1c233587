"""Rules about documents handed in together: AM-12 and XF-04 (sums), XF-05 (tasks and projects)."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from core.check.beside.together import Across, AcrossRule, Handed
from core.check.context import name_key
from core.check.finding import Hit
from core.check.rules.across_copies import COPIES
from core.check.rules.amount_reading import POWERS
from core.sheet.places import Place, field_place

_UNIT_NAME = field_place("unit.name")
_PLANNED = ("申报", "批复")
_ADDED = re.compile(r"(?:专项|工作|项目|经费|资金)+$")


class _Share(NamedTuple):
    """What one project or unit comes to, in 元."""

    handed: Handed
    place: Place
    yuan: Decimal


def _yuan(one: Handed, number: Decimal) -> Decimal:
    return number.scaleb(POWERS[one.document.form.money.unit])


def _in_unit_of(one: Handed, yuan: Decimal) -> Decimal:
    return yuan.scaleb(-POWERS[one.document.form.money.unit])


def _total(shares: Sequence[_Share]) -> Decimal:
    return sum((share.yuan for share in shares), Decimal(0))


def _answer(
    whole: tuple[Handed, Place], stated: Decimal, shares: Sequence[_Share], case: str = ""
) -> Iterator[Across]:
    """Answer that parts do not come to the whole; under the whole unless that is only compared with."""
    home = whole[0] if not whole[0].only_compared else _first_own(shares)
    if home is None:
        return
    total = _total(shares)
    params = {
        "a": _in_unit_of(home, total),
        "b": _in_unit_of(home, stated),
        "d": _in_unit_of(home, abs(total - stated)),
        "count": str(len(shares)),
    }
    named = [whole, *((share.handed, share.place) for share in shares)]
    own = tuple(where for handed, where in named if handed is home)
    others = tuple((handed, where) for handed, where in named if handed is not home)
    yield Across(home, Hit(own, params, case), others)


def _first_own(shares: Sequence[_Share]) -> Handed | None:
    return next((share.handed for share in shares if not share.handed.only_compared), None)


# AM-12 -----------------------------------------------------------------------------------------------------


def projects_within_the_department(group: Sequence[Handed]) -> Iterator[Across]:
    """AM-12: the projects' amounts add up to no more than the department's project expenditure.

    Where the form states no such figure, the sum is told, so that it can be compared with the budget. A
    project told of twice (in a list and in a form of its own) counts once.
    """
    amounts = list(_each_once(group))
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
        params = {"a": _in_unit_of(whole, _total(shares)), "count": len(shares)}
        hit = Hit((_UNIT_NAME,), params, "sum")
        yield Across(whole, hit, tuple((share.handed, share.place) for share in shares))


def _each_once(group: Sequence[Handed]) -> Iterator[tuple[Handed, Place, Decimal | None]]:
    told: dict[str, Handed] = {}
    for one in group:
        for amount in one.project_amounts():
            if not amount.key or told.setdefault(amount.key, one) is one:
                yield one, amount.place, amount.number


def _against(department: Handed, shares: list[_Share], *, complete: bool) -> Iterator[Across]:
    place = field_place(department.document.form.about.projects)
    number = department.number(place)
    if number is None:
        return
    stated = _yuan(department, number)
    over = _total(shares) - stated
    settings = department.binding.settings
    if over > 0 or (over < 0 and settings["projects_complete"] and complete):
        yield from _answer((department, place), stated, shares, "" if over > 0 else "less")


def _lists_projects(one: Handed) -> bool:
    return any(table.about.amount for table in one.document.form.tables.values())


# XF-04 -----------------------------------------------------------------------------------------------------


def of_one_round(one: Handed) -> Hashable:
    """The same form of all units, in one year and stage."""
    return one.document.form.form, one.document.field("year"), one.document.stage


def units_make_the_whole(group: Sequence[Handed]) -> Iterator[Across]:
    """XF-04: the totals of subordinate units (their code begins with its code) add up to the department's."""
    coded = {one.document.unit_code.strip(): one for one in group if one.document.unit_code.strip()}
    for code, whole in coded.items():
        name = whole.document.form.about.amount
        parts = [coded[part] for part in coded if _is_right_below(part, code, coded)]
        if not name or whole.is_project or len(parts) < 2:
            continue
        place = field_place(name)
        stated, numbers = whole.number(place), [part.number(place) for part in parts]
        known = [number for number in numbers if number is not None]
        if stated is None or len(known) < len(parts):
            continue
        shares = [_Share(part, place, _yuan(part, one)) for part, one in zip(parts, known, strict=True)]
        over = _total(shares) - _yuan(whole, stated)
        strict = over > 0 or whole.binding.settings["units_complete"]
        if over:
            yield from _answer((whole, place), _yuan(whole, stated), shares, "" if strict else "less")


def _is_right_below(part: str, whole: str, codes: dict[str, Handed]) -> bool:
    if part == whole or not part.startswith(whole):
        return False
    return not any(
        one not in (part, whole) and part.startswith(one) and one.startswith(whole) for one in codes
    )


def list_has_the_projects_amounts(group: Sequence[Handed]) -> Iterator[Across]:
    """XF-04: a project costs the same in the list of projects and in its own form."""
    own = {
        amount.key: (one, amount.place, amount.number)
        for one in group
        if one.is_project
        for amount in one.project_amounts()
        if amount.key
    }
    for listing in group:
        if listing.is_project or not _lists_projects(listing):
            continue
        for amount in listing.project_amounts():
            found = own.get(amount.key)
            if found is None or amount.number is None or found[2] is None:
                continue
            stated, cost = _yuan(listing, amount.number), _yuan(found[0], found[2])
            if stated != cost:
                share = _Share(found[0], found[1], cost)
                yield from _answer((listing, amount.place), stated, [share], "listed")


# XF-05 -----------------------------------------------------------------------------------------------------


class _Project(NamedTuple):
    core: str
    handed: Handed
    place: Place
    number: Decimal | None


def tasks_have_their_projects_money(group: Sequence[Handed]) -> Iterator[Across]:
    """XF-05: a task's money is what the forms of its projects come to (人民调解工作, 人民调解工作经费).

    Projects whose name only contains the task's are counted along when that makes the sum right.
    """
    projects = [
        _Project(_core(amount.name), one, amount.place, amount.number)
        for one in group
        for amount in one.project_amounts()
        if _core(amount.name)
    ]
    if not projects:
        return
    for one in group:
        if one.is_project or one.document.stage not in _PLANNED:
            continue
        for core, place, funds in _tasks(one):
            yield from _task(one, place, _yuan(one, funds), _of_task(core, projects))


def _core(name: str) -> str:
    """A name without the words that make a task a project."""
    key = name_key(name)
    return _ADDED.sub("", key) or key


def _tasks(one: Handed) -> Iterator[tuple[str, Place, Decimal]]:
    for path, table in one.document.form.tables.items():
        funds = table.columns.get("funds")
        if funds is None or funds.kind != "money" or "name" not in table.columns:
            continue
        for _, row in one.document.all_rows(path):
            place = Place(path, row.id, "funds")
            number, core = one.number(place), _core(row.cells.get("name", ""))
            if number is not None and core:
                yield core, place, number


def _of_task(core: str, projects: Sequence[_Project]) -> tuple[list[_Project], list[_Project]]:
    """The projects of a task by name, and with those whose name contains it."""
    same = [one for one in projects if one.core == core]
    return same, [one for one in projects if core in one.core] if same else []


def _task(
    one: Handed, place: Place, funds: Decimal, found: tuple[list[_Project], list[_Project]]
) -> Iterator[Across]:
    ways = [
        [_Share(each.handed, each.place, _yuan(each.handed, each.number or Decimal(0))) for each in some]
        for some in found
        if some and all(each.number is not None for each in some)
    ]
    if ways and funds not in map(_total, ways):
        yield from _answer((one, place), funds, ways[0])


def _rule(check: str, judge: Callable[[Sequence[Handed]], Iterator[Across]]) -> AcrossRule:
    return AcrossRule(check, judge)


RULES: tuple[AcrossRule, ...] = (
    _rule("AM-12", projects_within_the_department),
    AcrossRule("XF-04", units_make_the_whole, of_one_round),
    _rule("XF-04", list_has_the_projects_amounts),
    _rule("XF-05", tasks_have_their_projects_money),
    *COPIES,
)

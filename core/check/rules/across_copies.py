"""XF-08: a copy made for the public says what the 批复 or 自评 says, but for what concerns persons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence

from core.check.beside.together import Across, AcrossRule, Handed
from core.check.context import name_key
from core.check.finding import Hit
from core.check.rules.privacy import PERSON_FIELDS
from core.check.rules.privacy_numbers import private_numbers
from core.sheet.document import Row
from core.sheet.numbers import parse_number
from core.sheet.places import FACTS, Place, field_place

_PUBLIC = ("批复", "自评")
_HIDDEN = r"[0-9*＊×xX\-\s]*"


def of_one_document(one: Handed) -> Hashable:
    """Versions of one document have its id."""
    return one.document.id


def version_is_the_same(group: Sequence[Handed]) -> Iterator[Across]:
    """XF-08: two versions of one document, one of them named for comparison, differ in nothing else."""
    original = next((one for one in group if one.only_compared), None)
    if original is not None:
        for copy in group:
            if not copy.only_compared:
                yield from _compared(copy, original)


def published_is_the_same(group: Sequence[Handed]) -> Iterator[Across]:
    """XF-08: a form for the public (``published``), perhaps read in again, and the one it was made of."""
    for copy in group:
        if copy.only_compared or not copy.binding.settings["published"]:
            continue
        originals = [
            one
            for one in group
            if one.only_compared
            and one.document.id != copy.document.id
            and name_key(one.document.project_name) == name_key(copy.document.project_name)
        ]
        if originals:
            yield from _compared(copy, originals[-1])


def _compared(copy: Handed, original: Handed) -> Iterator[Across]:
    stage = original.document.stage
    if stage not in _PUBLIC or copy.document.form.form != original.document.form.form:
        return
    own, others = _differences(copy, original)
    if own or others:
        places = tuple(own) or (field_place("unit.name"),)
        hit = Hit(places, {"count": str(max(len(own), len(others))), "stage": stage})
        yield Across(copy, hit, tuple((original, place) for place in others))


def _differences(copy: Handed, original: Handed) -> tuple[list[Place], list[Place]]:
    """The places that differ, in the copy and in the original; a row that is there once stands once."""
    own: list[Place] = []
    others: list[Place] = []
    for name in (*FACTS, *copy.document.form.fields):
        place = field_place(name)
        if not _may_differ(copy, place, original.document.text(place), copy.document.text(place)):
            own.append(place)
            others.append(place)
    for table in copy.document.form.tables:
        for mine, its in _rows(copy, original, table):
            if mine is None or its is None:
                if mine is not None and copy.document.has_data(table, mine):
                    own.append(Place(table, mine.id, next(iter(mine.cells))))
                if its is not None and original.document.has_data(table, its):
                    others.append(Place(table, its.id, next(iter(its.cells))))
                continue
            for column in copy.document.form.tables[table].columns:
                place = Place(table, mine.id, column)
                if not _may_differ(copy, place, its.cells.get(column, ""), mine.cells.get(column, "")):
                    own.append(place)
                    others.append(place._replace(row=its.id))
    return own, others


def _rows(copy: Handed, original: Handed, table: str) -> Iterator[tuple[Row | None, Row | None]]:
    """Rows that are one by their id, else by their name; those without either by their order."""
    mine = [row for _, row in copy.document.all_rows(table)]
    its = [row for _, row in original.document.all_rows(table)]
    by_id = not {row.id for row in mine}.isdisjoint(row.id for row in its)
    left, right = _keyed(mine, by_id=by_id), _keyed(its, by_id=by_id)
    for key in dict.fromkeys((*left, *right)):
        yield left.get(key), right.get(key)


def _keyed(rows: Sequence[Row], *, by_id: bool) -> dict[tuple[str, int], Row]:
    """Rows by what they are known by, counted where several are known by the same."""
    found: dict[tuple[str, int], Row] = {}
    counts = Counter[str]()
    for row in rows:
        name = row.id if by_id else name_key(row.cells.get("name", ""))
        found[name, counts[name]] = row
        counts[name] += 1
    return found


def _may_differ(copy: Handed, place: Place, old: str, new: str) -> bool:
    """Whether two texts are the same but for names and numbers of persons taken out or hidden."""
    if "".join(old.split()) == "".join(new.split()):
        return True
    numbers = parse_number(old), parse_number(new)
    if numbers[0] is not None and numbers[0] == numbers[1]:
        return True
    field = copy.document.form.column(place.table, place.column)
    if field is None or not old:
        return False
    if any(word in field.label for word in PERSON_FIELDS):
        return not new or len(new) <= len(old)
    pattern, at = "", 0
    for one in sorted(private_numbers(old), key=lambda each: each.start):
        pattern += re.escape(old[at : one.start]) + _HIDDEN
        at = one.start + len(one.typed)
    return at > 0 and re.fullmatch(pattern + re.escape(old[at:]), new) is not None


COPIES: tuple[AcrossRule, ...] = (
    AcrossRule("XF-08", version_is_the_same, of_one_document),
    AcrossRule("XF-08", published_is_the_same),
)

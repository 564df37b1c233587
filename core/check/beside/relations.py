"""Which of other documents stand in a relation to one: its 批复, its 申报, last year's, the 监控 of its year.

How two forms correspond is data: the same form, or one that ``carry`` of the definition names. A document is
found by where it came from (``from``) first, then by unit, year, stage and project; never by its name alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from core.check.context import Counterpart, name_key
from core.sheet.carry.plan import begins_from
from core.sheet.definition import About, Form
from core.sheet.document import Document

APPROVED, DECLARED, LAST_YEAR = "approved", "declared", "last-year"
MONITORED, ADJUSTED, TOGETHER = "monitored", "adjusted", "together"
_BY_STAGE = {"申报": DECLARED, "批复": APPROVED, "监控": MONITORED, "调整": ADJUSTED}
"""What a document of a stage is to a later one of its year."""
_EARLIER: Mapping[str, tuple[str, ...]] = {
    "申报": (),
    "批复": ("申报",),
    "调整": ("申报", "批复"),
    "监控": ("申报", "批复", "调整"),
    "自评": ("申报", "批复", "调整", "监控"),
}
"""The stages that come before a stage."""
_SEVERAL = (ADJUSTED, TOGETHER)
"""Relations in which more than one document may stand; of any other the best one counts, else the latest."""


def relate(
    document: Document, others: Mapping[str, Document], *, file: str = "", named: bool = False
) -> tuple[Counterpart, ...]:
    """Give the counterparts of a document among others (by file, oldest first; its own ``file`` left out).

    One of each relation, but all adjustments and all that belong together. Of several that fit equally
    (two projects of one name) the one it came ``from`` counts, then the one with its project code, then the
    latest. ``named``: a person named the others for comparison, see ``Relatives``. For use in a session::

        relatives = Relatives(drafts)               # once per set of drafts; another set when one changed
        context = engine.context.with_counterparts(relatives.of(document, file))
        change = engine.with_context(context)       # asks only rules that compare, none when all is as before

    Do so on opening, when a draft changed, and after an edit of unit, year, stage or project.
    """
    return Relatives(others, named=named).of(document, file, together=True)


@dataclass(eq=False)
class _Kin:
    """One of the others, and what it is to each document; its private copy is made when first needed."""

    file: str
    document: Document
    order: int
    known: dict[tuple[str, str], Counterpart] = field(default_factory=dict)

    def counterpart(self, relation: str, project: str) -> Counterpart:
        """Give it as it stands in a relation: the same object each time."""
        key = relation, project
        if key not in self.known:
            first = next(iter(self.known.values()), None)
            copy = first.document if first is not None else self.document.copy()
            memo = first.memo if first is not None else {}
            self.known[key] = Counterpart(relation, copy, self.file, project, memo)
        return self.known[key]


@dataclass(frozen=True)
class _Fit:
    """How well one of the others fits a relation; greater is better."""

    rank: tuple[int, ...]
    relation: str
    kin: _Kin
    project: str

    @property
    def counterpart(self) -> Counterpart:
        """The counterpart it makes."""
        return self.kin.counterpart(self.relation, self.project)


class Relatives:
    """Other documents, indexed once, to find the counterparts of any number of documents among them.

    They must not be edited any more, or be given anew. ``named``: a person named them for comparison, so one
    that a mistake keeps from fitting (another year, another unit) is compared all the same when no other
    does, and the 批复 counts for its 申报 too. Otherwise only what fits by ``from``, or by unit, year and
    project.
    """

    def __init__(self, others: Mapping[str, Document], *, named: bool = False) -> None:
        self._named = named
        self._all = [_Kin(file, one, order) for order, (file, one) in enumerate(others.items())]
        self._by_id: dict[str, list[_Kin]] = {}
        self._by_unit: dict[tuple[str, str], list[_Kin]] = {}
        for kin in self._all:
            self._by_id.setdefault(kin.document.id, []).append(kin)
            for key in _found_under(kin.document):
                self._by_unit.setdefault(key, []).append(kin)

    def of(self, document: Document, file: str = "", *, together: bool = False) -> tuple[Counterpart, ...]:
        """Give the counterparts of a document; the same objects as long as the same ones fit.

        Those handed in with it only when asked for: no rule of the engine reads them, ``judge_across`` does.
        """
        found = [fit for kin in self._near(document, file) for fit in _strict(document, kin)]
        if not together:
            found = [fit for fit in found if fit.relation != TOGETHER]
        if self._named:
            taken = {fit.relation for fit in found}
            free = [kin for kin in self._all if kin.file != file and kin.document.id != document.id]
            found += [fit for fit in _loose(document, free) if fit.relation not in taken]
        best: dict[tuple[str, str], _Fit] = {}
        for fit in found:
            key = fit.relation, fit.kin.file if fit.relation in _SEVERAL else ""
            if key not in best or best[key].rank < fit.rank:
                best[key] = fit
        chosen = sorted(best.values(), key=lambda fit: (fit.relation, fit.kin.order))
        return tuple(fit.counterpart for fit in chosen)

    def _near(self, document: Document, file: str) -> Iterator[_Kin]:
        """Those that may be related: where it came from, and those of its unit."""
        near = dict.fromkeys(self._by_id.get(document.origin.id, ()) if document.origin else ())
        for key in _looked_for(document):
            near |= dict.fromkeys(self._by_unit.get(key, ()))
        for kin in near:
            if kin.file != file and kin.document.id != document.id:
                yield kin


def _strict(document: Document, kin: _Kin) -> Iterator[_Fit]:
    """The relations in which one of the others surely stands."""
    other = kin.document
    came_from = document.origin is not None and document.origin.id == other.id
    same_unit = _same_unit(document, other)
    if same_unit and _is_together(document, other):
        yield _Fit((kin.order,), TOGETHER, kin, "")
        return
    project = _project_in(document, other)
    if not came_from and (not same_unit or project is None):
        return
    rank = (int(came_from), int(_same_code(document, other)))
    relation = _chain(document, other)
    if relation and (came_from or (other.year == document.year is not None and _follows(document, other))):
        yield _Fit((*rank, kin.order), relation, kin, project or "")
    if _is_last_year(document, other):
        yield _Fit((*rank, _likeness(document, other), kin.order), LAST_YEAR, kin, project or "")


def _loose(document: Document, kin: list[_Kin]) -> Iterator[_Fit]:
    """What a person most likely meant by naming the others: of a stage that fits, and no other project's."""
    for one in kin:
        other = one.document
        relation = _chain(document, other) or _meant(document, other)
        alike_so_far = _same_unit(document, other), other.year == document.year
        project = _project_in(document, other)
        if project is None and all(alike_so_far):
            project = _project_in(document, other, by_name=True)
        if not relation or (project is None and _tells_projects(document, other)):
            continue
        alike = (*alike_so_far, project is not None)
        alone = sum(_chain(document, each.document) == relation for each in kin) <= 1
        if alike[0] or (alike[2] and _is_project(document)) or (alike[1] and alone):
            rank = (int(begins_from(document.form, other.form)), *map(int, alike), one.order)
            yield _Fit(rank, relation, one, project or "")


def _meant(document: Document, other: Document) -> str:
    """What a named document of no earlier stage is for: the 批复 of a 申报, or last year's without a year."""
    if document.stage == other.stage and document.form.form == other.form.form:
        return LAST_YEAR if document.year is None or other.year is None else ""
    return APPROVED if (document.stage, other.stage) == ("申报", "批复") else ""


# -- what is the same -----------------------------------------------------------------------------------


def _chain(document: Document, other: Document) -> str:
    """The relation of an earlier stage to a later one, ``""`` when it comes no earlier."""
    return _BY_STAGE[other.stage] if other.stage in _EARLIER.get(document.stage, ()) else ""


def _follows(document: Document, other: Document) -> bool:
    """Whether a form follows another in its year: says that it begins from it, and is of the same sort."""
    if not begins_from(document.form, other.form):
        return False
    return document.form.form == other.form.form or _is_project(document) == _tells_projects(document, other)


def _is_last_year(document: Document, other: Document) -> bool:
    if document.year is None or other.year != document.year - 1:
        return False
    if document.form.form == other.form.form:
        return True
    return other.form.form in document.form.carry and document.stage == other.stage


def _likeness(document: Document, other: Document) -> int:
    """Which of last year's documents says most: that of this stage; of a 申报 the 批复."""
    if document.stage in ("申报", "批复"):
        return ("申报", "批复").index(other.stage) + 1 if other.stage in ("申报", "批复") else 0
    return int(document.stage == other.stage)


def _is_together(document: Document, other: Document) -> bool:
    return document.stage == other.stage and document.year == other.year


def _is_project(document: Document) -> bool:
    return bool(document.form.about.name or document.form.about.code)


def _tells_projects(document: Document, other: Document) -> bool:
    """Whether the other form is about one project, or has a row for each that this form begins from."""
    return _is_project(other) or bool(_each(document.form, other.form))


def _each(form: Form, other: Form) -> str:
    statement = form.carry.get(other.form)
    return statement.each if statement is not None and statement.each in other.tables else ""


def _project_in(document: Document, other: Document, *, by_name: bool = False) -> str | None:
    """Where another document is about the same project: a row, ``""`` for the whole of it, None for nowhere.

    Codes decide where both have one (unless ``by_name``), names otherwise; forms about no project agree.
    """
    table = _each(document.form, other.form)
    if table:
        about = other.form.tables[table].about
        rows = other.rows(table)
        found = [row for row in rows if _same_project(document, about, row.cells, by_name=by_name)]
        return found[-1].id if found else None
    if not _is_project(document) or not _is_project(other):
        return ""
    return "" if _same_project(document, other.form.about, other.values, by_name=by_name) else None


def _same_project(document: Document, about: About, cells: Mapping[str, str], *, by_name: bool) -> bool:
    code, name = _plain(cells.get(about.code, "")), name_key(cells.get(about.name, ""))
    own = _plain(document.project_code)
    if code and own and not by_name:
        return code == own
    return bool(name) and name == name_key(document.project_name)


def _same_code(document: Document, other: Document) -> bool:
    return bool(document.project_code) and _plain(document.project_code) == _plain(other.project_code)


def _same_unit(document: Document, other: Document) -> bool:
    """By code where both have one, else by name."""
    codes = _plain(document.unit_code), _plain(other.unit_code)
    if all(codes):
        return codes[0] == codes[1]
    names = name_key(document.unit_name), name_key(other.unit_name)
    return bool(names[0]) and names[0] == names[1]


def _found_under(document: Document) -> tuple[tuple[str, str], ...]:
    """Keys of a unit; one with a code is sought by it, and by its name only by those that have none."""
    code, name = _plain(document.unit_code), name_key(document.unit_name)
    return (("code", code), ("name", name)) if code else (("no code", name), ("name", name))


def _looked_for(document: Document) -> tuple[tuple[str, str], ...]:
    """Keys under which documents of the same unit are found."""
    code, name = _plain(document.unit_code), name_key(document.unit_name)
    return (("code", code), ("no code", name)) if code else (("name", name),)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()

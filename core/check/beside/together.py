"""Documents handed in together: rules that compare them, each finding told once, under one file.

Documents of one unit, year and stage belong together (ruling 21); a rule may group them otherwise. A finding
stands under the file that would have to change; places in the others read ``FILE#place`` (ruling 18).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from core.check.binding import Binding
from core.check.context import name_key
from core.check.finding import Finding, Hit
from core.check.judges import Speaker
from core.check.labels import RowNumbers
from core.check.telling import Teller
from core.sheet.compute import Computation
from core.sheet.document import Document
from core.sheet.places import Place, field_place


class ProjectAmount(NamedTuple):
    """What one project costs, where that is told, and what it is known by (``""`` when it has no name)."""

    place: Place
    number: Decimal | None
    name: str
    code: str

    @property
    def key(self) -> str:
        """What one project has in common wherever it is told of."""
        return self.code or name_key(self.name)


@dataclass(frozen=True, slots=True, eq=False)
class Handed:
    """One of the documents; ``only_compared``: it is there to compare with and gets no findings."""

    file: str
    document: Document
    computation: Computation
    binding: Binding
    only_compared: bool = False

    @property
    def belongs_to(self) -> tuple[str, str, str]:
        """Unit (by code, else by name), year and stage: those of one belong together."""
        document = self.document
        unit = (document.unit_code or document.unit_name).strip()
        return unit, document.field("year"), document.stage

    @property
    def is_project(self) -> bool:
        """Whether it is about one project."""
        about = self.document.form.about
        return bool(about.name or about.code)

    def number(self, place: Place) -> Decimal | None:
        """Give the number at a place, computed or typed; None when blank or no number."""
        return self.computation.number(place)

    def project_amounts(self) -> Iterator[ProjectAmount]:
        """Give what each project it is about costs: its own one, or those its rows tell."""
        document, form = self.document, self.document.form
        if self.is_project and form.about.amount:
            place = field_place(form.about.amount)
            yield ProjectAmount(place, self.number(place), document.project_name, document.project_code)
        for path, table in form.tables.items():
            about = table.about
            if about.amount and (about.name or about.code):
                for _, row in document.all_rows(path):
                    place = Place(path, row.id, about.amount)
                    texts = row.cells.get(about.name, ""), row.cells.get(about.code, "")
                    yield ProjectAmount(place, self.number(place), *texts)


@dataclass(frozen=True, slots=True)
class Across:
    """A rule's answer: under which document it stands, and the places in others that belong to it."""

    home: Handed
    hit: Hit
    elsewhere: tuple[tuple[Handed, Place], ...] = ()


def of_one_submission(one: Handed) -> Hashable:
    """Documents of one unit, year and stage are judged together."""
    return one.belongs_to


@dataclass(frozen=True, slots=True)
class AcrossRule:
    """Judges documents that belong together; asked once for each group of ``group``."""

    check: str
    judge: Callable[[Sequence[Handed]], Iterable[Across]]
    group: Callable[[Handed], Hashable] = of_one_submission


def judge_across(handed: Iterable[Handed], rules: Iterable[AcrossRule]) -> Iterator[tuple[str, Finding]]:
    """Give the findings about documents together, each with the file it stands under."""
    handed = tuple(handed)
    groups: dict[Callable[[Handed], Hashable], dict[Hashable, list[Handed]]] = {}
    for rule in rules:
        if rule.group not in groups:
            grouped = groups[rule.group] = {}
            for one in handed:
                grouped.setdefault(rule.group(one), []).append(one)
        for group in groups[rule.group].values():
            for answer in rule.judge(group):
                home = answer.home
                if not home.only_compared and not home.binding.is_off(rule.check):
                    yield home.file, _told(rule.check, answer)


def _told(check: str, answer: Across) -> Finding:
    home = answer.home
    catalogue = home.binding.catalogue
    teller = Teller(home.binding.labels, catalogue.messages, home.document, RowNumbers(home.document))
    speaker = Speaker(catalogue.records[check], home.binding.severity_of(check))
    elsewhere = tuple(f"{one.file}#{one.document.counted(place)}" for one, place in answer.elsewhere)
    return teller.finding(speaker, answer.hit, waiting=answer.hit.waiting, elsewhere=elsewhere)

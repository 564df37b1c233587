"""Documents handed in together: rules that compare them, each finding told once, under one file.

Only documents of one unit, year and stage belong together (ruling 21). A finding stands under the file that
would have to change; places in the others read ``FILE#place`` (ruling 18).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.check.binding import Binding
from core.check.finding import Finding, Hit
from core.check.judges import Speaker
from core.check.labels import RowNumbers
from core.check.telling import Teller
from core.sheet.compute import Computation
from core.sheet.document import Document
from core.sheet.places import Place, field_place


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

    def project_amounts(self) -> Iterator[tuple[Place, Decimal | None]]:
        """Give what each project it is about costs: its own one, or those its rows tell."""
        form = self.document.form
        if self.is_project and form.about.amount:
            place = field_place(form.about.amount)
            yield place, self.number(place)
        for path, table in form.tables.items():
            if table.about.amount and (table.about.name or table.about.code):
                for _, row in self.document.all_rows(path):
                    place = Place(path, row.id, table.about.amount)
                    yield place, self.number(place)


@dataclass(frozen=True, slots=True)
class Across:
    """A rule's answer: under which document it stands, and the places in others that belong to it."""

    home: Handed
    hit: Hit
    elsewhere: tuple[tuple[Handed, Place], ...] = ()


@dataclass(frozen=True, slots=True)
class AcrossRule:
    """Judges documents that belong together; asked once for each such group."""

    check: str
    judge: Callable[[Sequence[Handed]], Iterable[Across]]


def judge_across(handed: Iterable[Handed], rules: Iterable[AcrossRule]) -> Iterator[tuple[str, Finding]]:
    """Give the findings about documents together, each with the file it stands under."""
    groups: dict[tuple[str, str, str], list[Handed]] = {}
    for one in handed:
        groups.setdefault(one.belongs_to, []).append(one)
    for group in groups.values():
        for rule in rules:
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

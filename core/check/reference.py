"""The reference page of every check: what it asks, why, wrong and right examples, what to do, its settings.

Wording is data (``resources/checks/reference/<family>.toml``, only read when a page is wanted); severity,
settings, source and forms come from the records and from what is bound to each form, so that a page cannot
tell anything else than the check does. The window (F1) and docs/checks.md show the same pages.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from core.check.binding import Binding
from core.check.catalogue import Record
from core.check.checker import Checker
from core.check.finding import Finding, Severity
from core.check.rulebook import ACROSS
from core.check.settings import Settings, resolve
from core.sheet.definition import Form
from core.sheet.forms import FormLibrary
from core.sheet.picture import fill_holes

_KEYS = {"why", "right", "wrong", "settings", "fill", "note"}
_HEAD = {"name", "order"}


class Section(NamedTuple):
    """A part of a page: its name, its heading and the paragraphs under it.

    Names: ``why`` ``wrong`` ``right`` ``way`` (what to do, the same for all of one gravity) ``note``
    ``settings`` ``forms`` ``source``.
    """

    name: str
    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The page of one check: its id, what it asks (the title), how grave it is, and the sections."""

    check: str
    title: str
    family: str
    grave: str
    sections: tuple[Section, ...]

    @property
    def words(self) -> str:
        """All of its text, to search in."""
        return "\n".join(
            (self.check, self.title, self.family, *(line for one in self.sections for line in one.lines))
        )


@dataclass(frozen=True, slots=True)
class Text:
    """What people wrote about one check."""

    why: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    settings: tuple[str, ...] = ()
    fill: bool = False
    """Whether it also speaks about empty cells, which no explanation can stand for."""
    note: str = ""


class Family(NamedTuple):
    """A family of checks (金额 …) in the order of the rule book, with the texts of its members by id."""

    name: str
    order: int
    texts: Mapping[str, Text]


class Reference:
    """Gives the pages; everything is read and bound when first asked for."""

    def __init__(
        self, folder: Path, checker: Checker, forms: FormLibrary, settings: Settings | None = None
    ) -> None:
        """``folder`` is ``resources/checks/reference``, ``settings`` are a bureau's.

        Raises RefusedError for a setting no check knows.
        """
        self._folder = folder
        self._checker = checker
        self._forms = forms
        self._given = settings or Settings()
        self._settled = resolve(checker.catalogue.settings, {}, self._given)
        self._say = checker.catalogue.messages.say

    # -- which pages there are ------------------------------------------------------------------------

    @cached_property
    def families(self) -> tuple[Family, ...]:
        """All families, in order; raises ValueError for a mistake in our own data."""
        found = [_read_family(file) for file in sorted(self._folder.glob("*.toml"))]
        return tuple(sorted(found, key=lambda one: one.order))

    def pages(self, binding: Binding | None = None) -> Iterator[Page]:
        """Give the page of every check of the catalogue, family by family."""
        for family in self.families:
            for check in family.texts:
                if check in self._checker.catalogue.records:
                    yield self.page(check, binding)

    def search(self, words: str) -> list[Page]:
        """Give the pages that have all the words anywhere, those with them in id or title first."""
        wanted = words.casefold().split()
        found = [one for one in self.pages() if all(word in one.words.casefold() for word in wanted)]
        return sorted(found, key=lambda one: not _in_title(one, wanted))

    def page(self, check: str, binding: Binding | None = None, finding: Finding | None = None) -> Page:
        """Give the page of a check, with the settings and severity of a form when its binding is given.

        With a finding only what is to be done about this one is told. A check that only the form has is told
        from the form's own words. Raises KeyError for an id that neither knows.
        """
        record = self._checker.catalogue.records.get(check) or self._own(check, binding)
        family, text = self._text(check)
        sections = [
            ("why", (text.why,) if text else (record.main.say.text,)),
            ("wrong", text.wrong if text else ()),
            ("right", text.right if text else ()),
            ("way", self._way(record, binding, finding)),
            ("note", self._note(text, finding)),
            ("settings", self._settings(text, binding)),
            ("forms", self._where(record.id) if binding is None or text else ()),
            ("source", (record.source,)),
        ]
        return Page(
            check,
            record.about or self._say("reference.own"),
            family,
            self._say(f"reference.{finding.severity.value}") if finding else self._grave(record, binding),
            tuple(Section(name, self._say(f"reference.{name}"), lines) for name, lines in sections if lines),
        )

    # -- the parts of a page --------------------------------------------------------------------------

    def _text(self, check: str) -> tuple[str, Text | None]:
        for family in self.families:
            if check in family.texts:
                return family.name, family.texts[check]
        return self._say("reference.own-family"), None

    @staticmethod
    def _own(check: str, binding: Binding | None) -> Record:
        for record in _records(binding) if binding is not None else ():
            if record.id == check:
                return record
        raise KeyError(check)

    def _severities(self, record: Record, binding: Binding | None) -> list[Severity]:
        """The severity of its main sentence first, then those its other cases have."""
        known = self._settled.severities.get(record.id)
        given = binding.severity_of(record.id) if binding is not None else known
        if given is not None:
            return [given]
        others = sorted({one.severity for one in record.cases.values()}, key=lambda one: one.rank)
        return list(dict.fromkeys((record.main.severity, *others)))

    def _grave(self, record: Record, binding: Binding | None) -> str:
        if binding.is_off(record.id) if binding is not None else record.id in self._settled.off:
            return self._say("reference.off")
        main, *others = (self._say(f"reference.{one.value}") for one in self._severities(record, binding))
        return self._say("reference.at-times", main=main, others="、".join(others)) if others else main

    def _note(self, text: Text | None, finding: Finding | None) -> tuple[str, ...]:
        fill = self._say("reference.fill") if text and text.fill and finding is None else ""
        return tuple(line for line in (fill, text.note if text else "") if line)

    def _way(self, record: Record, binding: Binding | None, finding: Finding | None) -> tuple[str, ...]:
        if finding is not None and finding.missing:
            return (self._say("reference.fill"),)
        severities = [finding.severity] if finding is not None else self._severities(record, binding)
        lines = [self._say(f"reference.way-{one.value}") for one in severities]
        if len(severities) > 1:
            names = [self._say(f"reference.{one.value}") for one in severities]
            lines = [
                self._say("reference.way-of", name=name, way=way)
                for name, way in zip(names, lines, strict=True)
            ]
        return tuple(lines)

    def _settings(self, text: Text | None, binding: Binding | None) -> tuple[str, ...]:
        catalogue = self._checker.catalogue
        values = self._settled.values if binding is None else binding.settings
        lines = []
        for name in text.settings if text else ():
            value = self._shown(values[name])
            offered = binding.offers.get(name, ()) if binding is not None else ()
            others = "、".join(self._shown(one) for one in offered if one != values[name])
            if others:
                value = self._say("reference.offered", value=value, others=others)
            lines.append(self._say("reference.setting", label=catalogue.settings[name].label, value=value))
        return tuple(lines)

    def _shown(self, value: Any) -> str:
        if isinstance(value, bool):
            return self._say("reference.yes" if value else "reference.no")
        if isinstance(value, tuple):
            pairs = ("：".join(map(str, one)) if isinstance(one, tuple) else str(one) for one in value)
            return "、".join(pairs) or self._say("reference.none")
        return str(value)

    # -- forms ----------------------------------------------------------------------------------------

    @cached_property
    def _bound(self) -> list[tuple[str, frozenset[str]]]:
        """Every form as lists call it, with the checks that are bound to it."""
        found: dict[str, set[str]] = {}
        for form in self._forms.all():
            binding = self._checker.binding(form, self._given)
            found.setdefault(named(form), set()).update(one.id for one in _records(binding))
        return [(name, frozenset(checks)) for name, checks in found.items()]

    def _where(self, check: str) -> tuple[str, ...]:
        names = [name for name, checks in self._bound if check in checks]
        lines = []
        others = [name for name, checks in self._bound if check not in checks]
        if not others:
            lines.append(self._say("reference.everywhere"))
        elif 2 * len(others) < len(names):
            lines.append(self._say("reference.all-but", names="；".join(others)))
        elif names:
            lines.append(self._say("reference.listed", names="；".join(names)))
        if any(rule.check == check for rule in ACROSS):
            lines.append(self._say("reference.across"))
        return tuple(lines) or (self._say("reference.nowhere"),)


def named(form: Form) -> str:
    """Give what pages call a form: its place and what it is for."""
    return form.name or fill_holes(form.title, {"stage": form.stages[0]})


def _records(binding: Binding) -> Iterator[Record]:
    """The records of all judges that are bound to a form."""
    for judges in (*binding.rows.values(), *binding.required.values(), binding.wholes):
        for judge in judges:
            yield judge.record


def _in_title(page: Page, wanted: Iterable[str]) -> bool:
    title = f"{page.check} {page.title}".casefold()
    return all(word in title for word in wanted)


def _read_family(file: Path) -> Family:
    with file.open("rb") as stream:
        body = tomllib.load(stream)
    head = body.pop("family", {})
    if set(head) != _HEAD:
        raise ValueError(f"{file.name}: family has {set(head)}")
    return Family(head["name"], head["order"], {check: _text_of(check, one) for check, one in body.items()})


def _text_of(check: str, body: Mapping[str, Any]) -> Text:
    if not set(body) <= _KEYS:
        raise ValueError(f"{check}: unknown {set(body) - _KEYS}")
    lists = {name: tuple(body.get(name, ())) for name in ("right", "wrong", "settings")}
    return Text(body["why"], **lists, fill=body.get("fill", False), note=body.get("note", ""))


def read_reference(
    resources: Path, checker: Checker, forms: FormLibrary, settings: Settings | None = None
) -> Reference:
    """Give the reference of the resources folder, told by a bureau's settings where it has some."""
    return Reference(resources / "checks" / "reference", checker, forms, settings)

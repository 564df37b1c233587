"""What the parts of the window share: folders, store, forms, look, questions, work beside the window.

Made once by ``app`` and passed on; heavy parts are opened when first asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.draft.records import Facts
from core.draft.store import Store
from core.sheet.compute import Computation
from core.sheet.document import Document
from core.sheet.errors import RefusedError
from core.sheet.forms import FormLibrary
from core.sheet.grid import heading_values
from core.sheet.messages import Messages
from core.sheet.picture import fill_holes
from ui.ask import Ask
from ui.indicators import Indicators
from ui.look import Look, Words
from ui.sheet.choices import Choices
from ui.tasks import Tasks

if TYPE_CHECKING:
    from core.check.binding import Binding
    from core.check.checker import Checker
    from core.check.context import Context
    from core.check.engine import Engine
    from core.check.reference import Reference
    from core.paper.fonts import Fonts
    from core.sheet.definition import Form
    from core.sheet.levels import Levels
    from core.sheet.values import ValueGrammar
    from ui.picks import KeptPicks

PROGRAM = "Jibiao 0.1.0"
"""The program and its version, as packages state it."""


class Tools:
    """The shared things of one running window."""

    def __init__(
        self,
        resources: Path,
        store: Store,
        look: Look,
        ask: Ask,
        tasks: Tasks,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.resources = resources
        self.store = store
        self.look = look
        self.ask = ask
        self.tasks = tasks
        self.today = today
        self.forms = FormLibrary(resources / "forms")
        self.choices = Choices(resources / "levels.toml")
        self.settings: dict[str, Any] = store.settings.all()
        self._checker: Checker | None = None
        self._context: Context | None = None
        self._reference: Reference | None = None
        self._fonts: Fonts | None = None
        self._levels: Levels | None = None
        self._grammar: ValueGrammar | None = None
        self.indicators = Indicators(resources, store, self.forms, tasks, self.levels, self.grammar)

    @property
    def words(self) -> Words:
        """The interface's words."""
        return self.look.words

    @property
    def messages(self) -> Messages:
        """All sentences."""
        return self.look.words.messages

    def open_engine(self, document: Document, computation: Computation) -> Engine:
        """Judge a document and keep the answer ready for its edits."""
        return self._checking().open(document, self.context_of(document), computation)

    @cached_property
    def picks(self) -> KeptPicks:
        """What was picked among the alternatives of forms."""
        from ui.picks import CHOICES, KeptPicks

        return KeptPicks(self.settings.get(CHOICES), self.remember)

    def binding_of(self, document: Document) -> Binding:
        """Give the checks of a document's form under what was picked for its unit."""
        return self._checking().binding(document.form, self.picks.settings_of(document))

    def figures_of(self, document: Document) -> Computation:
        """Give the computed figures by the settings that count for a document's unit: for paper and Excel."""
        return self._checking().figures(document, self.picks.settings_of(document))

    def context_of(self, document: Document) -> Context:
        """Give what a document is judged in, without other documents."""
        from core.check.context import read_context

        self._context = self._context or read_context(
            self.resources, self.today(), library=self.indicators.library()
        )
        settings, library = self.picks.settings_of(document), self.indicators.library()
        return replace(self._context, settings=settings, library=library)

    def _checking(self) -> Checker:
        from core.check.checker import read_checker

        self._checker = self._checker or read_checker(self.resources)
        return self._checker

    def reference(self) -> Reference:
        """Give the reference pages of all checks."""
        from core.check.reference import read_reference

        self._reference = self._reference or read_reference(self.resources, self._checking(), self.forms)
        return self._reference

    def fonts(self) -> Fonts:
        """Give the fonts of the printed sheet."""
        from core.paper.fonts import Fonts

        self._fonts = self._fonts or Fonts(self.resources / "fonts")
        return self._fonts

    def levels(self) -> Levels:
        """Give the closed list of level names."""
        from core.sheet.levels import read_levels

        self._levels = self._levels or read_levels(self.resources / "levels.toml")
        return self._levels

    def grammar(self) -> ValueGrammar:
        """Give what indicator values are read by."""
        from core.sheet.values import ValueGrammar

        self._grammar = self._grammar or ValueGrammar(self.resources / "values.toml")
        return self._grammar

    def remember(self, name: str, value: Any) -> None:
        """Keep a setting of this person on this computer."""
        if self.settings.get(name) != value:
            self.settings[name] = value
            self.store.settings.set(name, value)

    @property
    def annex(self) -> bool:
        """Whether explanations are printed on an annex behind the sheet."""
        return bool(self.settings.get("annex", True))

    def units(self) -> list[tuple[str, str]]:
        """Give the units this person fills in for: name and code."""
        return [(str(name), str(code)) for name, code in self.settings.get("units", [])]

    def known_units(self) -> list[tuple[str, str]]:
        """Give these and the units of the drafts in the list."""
        facts = (one.facts for one in self.store.drafts.list())
        found = [*self.units(), *((one.unit_name, one.unit_code) for one in facts if one.unit_name)]
        return list({name: (name, code) for name, code in reversed(found)}.values())[::-1]

    def remember_unit(self, name: str, code: str) -> None:
        """Keep a unit this person fills in for, the one used last first."""
        others = [[one, known] for one, known in self.units() if one != name]
        self.remember("units", [[name, code], *others])

    def folder_for(self, purpose: str) -> Path | None:
        """Give the folder used last to ``import``, ``export`` or ``deliver``, if it is still there."""
        known = self.settings.get(f"folder-{purpose}")
        return Path(str(known)) if known and Path(str(known)).is_dir() else None

    def sample_file(self, form: Form) -> Path | None:
        """Give the filled sample that ships with a form, if there is one."""
        file = self.resources / "forms" / form.form / form.edition / "sample.json"
        return file if file.is_file() else None

    def named(self, form: Form) -> str:
        """Give what a list of forms calls one: its place and what it is for, and the edition."""
        title = form.name or fill_holes(form.title, {"stage": form.stages[0]})
        return self.words("form-choice", title=title, edition=form.edition)

    def listed_forms(self) -> list[Form]:
        """Give all forms as lists show them: by name, newest edition first."""
        forms = sorted(self.forms.all(), key=lambda one: one.edition, reverse=True)
        return sorted(forms, key=lambda one: (one.name or one.title, one.form))

    def usual_form(self) -> tuple[str, str]:
        """Give form and edition this person filled last, else the newest edition of all."""
        last = self.settings.get("form")
        if isinstance(last, list) and len(last) == 2 and tuple(last) in self.forms.names():
            return str(last[0]), str(last[1])
        return max(self.forms.names(), key=lambda one: one[1])

    @staticmethod
    def facts_of(document: Document) -> tuple[str, str, str]:
        """Give what a draft is listed by: unit, year, project."""
        return document.unit_name, document.field("year"), document.project_name

    def title_of(self, document: Document) -> str:
        """Give what tabs and titles call a document: the project's name or the form's title."""
        heading = document.form.heading_for(document.stage)
        if document.project_name:
            return document.project_name
        title = fill_holes(heading.title, heading_values(document))
        year = document.field("year")
        return title if year in title else self.words("title-year", title=title, year=year)

    def title(self, facts: Facts) -> str:
        """Give what a list calls a document: the project's name or the form's title."""
        if facts.title:
            return facts.title
        try:
            form = self.forms.get(facts.form, facts.edition)
        except RefusedError:
            return facts.form
        holes = {"year": facts.year, "stage": facts.stage, "unit.name": facts.unit_name, "unit.code": ""}
        return fill_holes(form.heading_for(facts.stage).title, holes)

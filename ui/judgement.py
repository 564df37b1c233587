"""What is done about findings on a page of its own: all fixes of one kind, explanations, choices."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from core.sheet.places import Place
from ui.page_frame import PageFrame
from ui.problems import ProblemsPane
from ui.tools import Tools
from ui.workspace import Workspace

if TYPE_CHECKING:
    from core.check.finding import Finding
    from core.check.fixing import Merged
    from ui.sheet.pane import SheetPane
    from ui.surroundings import Elsewhere


class Judgement(QObject):
    """Shows these pages and does what is decided there.

    ``said`` tells how it ended; ``draft_wanted`` asks for another form to be opened.
    """

    said = Signal(str)
    draft_wanted = Signal(str)

    def __init__(
        self,
        tools: Tools,
        workspace: Workspace,
        problems: ProblemsPane,
        show_page: Callable[[PageFrame], None],
        show_sheet: Callable[[], None],
    ) -> None:
        super().__init__(workspace)
        self._tools = tools
        self._workspace = workspace
        self._problems = problems
        self._show_page, self._show_sheet = show_page, show_sheet
        problems.wanted.connect(self._go_to)
        problems.fix_all_wanted.connect(self.fix_all)
        problems.choice_wanted.connect(self.choose)
        problems.other_wanted.connect(self._open_elsewhere)
        problems.about_to_change.connect(self._show_touched)

    def fix_all(self, finding: Finding) -> None:
        """Show all fixes like that of a finding."""
        from core.check.fixing import alike
        from ui.fix_page import FixPage

        self._workspace.finish_typing()
        pane = self._workspace.pane
        if pane is not None and not pane.session.may_store(("",)):
            return  # a frozen form: it says so itself
        group = alike(finding, pane.session.findings()) if pane else []
        if pane is None or not group:
            self.said.emit(self._tools.words("no-fix-here"))
            return
        page = FixPage(group, pane.session, self._tools)
        page.stand_on(finding)
        page.taken.connect(lambda merged: self._fix(pane, merged))
        self._show_page(page)

    def explanations(self) -> None:
        """Show all explanations of the form in front."""
        from ui.explanations_page import ExplanationsPage

        self._workspace.finish_typing()
        pane = self._workspace.pane
        if pane is not None:
            page = ExplanationsPage(pane.session, self._tools)
            page.wanted.connect(self._show_finding)
            self._show_page(page)

    def choices(self) -> None:
        """Show what may be picked for the form in front."""
        from ui.choices_page import ChoicesPage

        self._workspace.finish_typing()
        pane = self._workspace.pane
        if pane is not None:
            page = ChoicesPage(pane.session.document, self._tools)
            page.picked.connect(lambda name, value: self._pick(pane, name, value))
            self._show_page(page)

    def choose(self, finding: Finding) -> None:
        """Pick what would make a finding go, where its form offers it."""
        from core.check.choosing import choice_in

        pane, choice = self._workspace.pane, choice_in(finding)
        if pane is not None and choice is not None:
            self._workspace.finish_typing()
            self._pick(pane, *choice)

    def _pick(self, pane: SheetPane, name: str, value: Any) -> None:
        from core.check.choosing import offers_of
        from ui.choices_page import shown_option

        document = pane.session.document
        self._workspace.surroundings.pick(document, name, value)
        pane.session.judge_fully()  # who asks how it is judged wants to see what comes of it
        offers = offers_of(self._tools.binding_of(document))
        label = next(one.label for one in offers if one.name == name)
        text = shown_option(value, self._tools)
        self.said.emit(self._tools.words("choice-taken", label=label, value=text))

    def keep_explanation(self, page: PageFrame) -> None:
        """Keep the explanation chosen on their page; nothing on any other page."""
        from ui.explanations_page import ExplanationsPage

        if isinstance(page, ExplanationsPage):
            page.keep_old()

    def go_ahead(self, page: PageFrame) -> None:
        """Apply what the page of fixes shows; nothing on any other page."""
        from ui.fix_page import FixPage

        if isinstance(page, FixPage):
            page.apply()

    def _show_finding(self, finding: Finding) -> None:
        self._show_sheet()
        self._problems.go_to(finding)

    def _go_to(self, finding: Finding) -> None:
        pane = self._workspace.pane
        if pane is not None:
            self._show_sheet()
            any(pane.go_to(place) for place in finding.places)

    def _open_elsewhere(self, other: Elsewhere) -> None:
        # After this event: what opens closes the entry whose button was pressed.
        QTimer.singleShot(0, self, lambda: self._open_at(other))

    def _open_at(self, other: Elsewhere) -> None:
        """Open another form at the place a finding names."""
        self.draft_wanted.emit(other.id)
        pane = self._workspace.pane
        if pane is not None and pane.session.document.id == other.id:
            pane.go_to(other.place)

    def _show_touched(self, places: frozenset[Place]) -> None:
        """Mark the cells that the fix one looks at would change."""
        if self._workspace.pane is not None:
            self._workspace.pane.view.show_touched(places)

    def _fix(self, pane: SheetPane, merged: Merged) -> None:
        """Apply merged fixes as one step, and say what was left out."""
        from ui.fix_page import skipped_text

        self._show_sheet()
        words, session = self._tools.words, pane.session
        left_out = skipped_text(merged.skipped, session, self._tools)
        if session.do(merged.edits, words("step-fix-all")):
            pane.go_to(merged.taken[0].places[0])
            self.said.emit(words("fix-all-done", count=len(merged.edits)) + left_out)

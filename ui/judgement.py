"""What is done about findings on a page of its own: all fixes of one kind, explanations, choices."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.page_frame import PageFrame
from ui.tools import Tools
from ui.workspace import Workspace

if TYPE_CHECKING:
    from core.check.finding import Finding
    from core.check.fixing import Merged
    from ui.sheet.pane import SheetPane


class Judgement(QObject):
    """Shows these pages and does what is decided there.

    ``said`` tells how it ended; ``finding_wanted`` asks to stand where a finding is.
    """

    said = Signal(str)
    finding_wanted = Signal(object)

    def __init__(
        self,
        tools: Tools,
        workspace: Workspace,
        show_page: Callable[[PageFrame], None],
        show_sheet: Callable[[], None],
    ) -> None:
        super().__init__(workspace)
        self._tools = tools
        self._workspace = workspace
        self._show_page, self._show_sheet = show_page, show_sheet

    def fix_all(self, finding: Finding) -> None:
        """Show all fixes like that of a finding."""
        from core.check.fixing import alike
        from ui.fix_page import FixPage

        self._workspace.finish_typing()
        pane = self._workspace.pane
        group = alike(finding, pane.session.findings()) if pane else []
        if pane is None or not group:
            self.said.emit(self._tools.words("no-fix-here"))
            return
        page = FixPage(group, pane.session, self._tools)
        page.taken.connect(lambda merged: self._fix(pane, merged))
        self._show_page(page)

    def explanations(self) -> None:
        """Show all explanations of the form in front."""
        from ui.explanations_page import ExplanationsPage

        self._workspace.finish_typing()
        pane = self._workspace.pane
        if pane is not None:
            page = ExplanationsPage(pane.session, self._tools)
            page.wanted.connect(self.finding_wanted)
            self._show_page(page)

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

    def _fix(self, pane: SheetPane, merged: Merged) -> None:
        """Apply merged fixes as one step, and say what was left out."""
        from ui.fix_page import skipped_text

        self._show_sheet()
        words, session = self._tools.words, pane.session
        left_out = skipped_text(merged.skipped, session, self._tools)
        if session.do(merged.edits, words("step-fix-all")):
            pane.go_to(merged.taken[0].places[0])
            self.said.emit(words("fix-all-done", count=len(merged.edits)) + left_out)

"""What there is to read (F1): the page of a finding's check, the index of all checks, the keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.page_frame import PageFrame
from ui.tools import Tools
from ui.workspace import Workspace

if TYPE_CHECKING:
    from core.check.finding import Finding


class Reading(QObject):
    """Shows these pages; leaving one that was opened from the index leads back to it."""

    def __init__(self, tools: Tools, workspace: Workspace, show_page: Callable[[PageFrame], None]) -> None:
        super().__init__(workspace)
        self._tools = tools
        self._workspace = workspace
        self._show_page = show_page

    def help(self) -> None:
        """Show the keys."""
        from ui.help_page import HelpPage

        self._workspace.finish_typing()
        page = HelpPage(self._tools)
        page.all_wanted.connect(self.every_check)
        self._show_page(page)

    def why(self, finding: Finding) -> None:
        """Show the page of the check that found something."""
        self._workspace.finish_typing()
        self._show_check(finding.check, finding)

    def every_check(self, words: str = "", check: str = "") -> None:
        """Show the index; ``words`` are searched for, ``check`` is the one to stand on."""
        from ui.checks_page import ChecksPage

        self._workspace.finish_typing()
        index = ChecksPage(self._tools.reference(), self._tools, words, check)
        index.wanted.connect(lambda wanted: self._from_index(wanted, index.words))
        self._show_page(index)

    def _from_index(self, check: str, words: str) -> None:
        page = self._show_check(check)
        # After the window's own answer, which shows the sheet.
        page.left.connect(lambda: self.every_check(words, check))

    def _show_check(self, check: str, finding: Finding | None = None) -> PageFrame:
        from ui.check_page import CheckPage

        pane = self._workspace.pane
        binding = pane.session.judging.binding if pane is not None else None
        shown = CheckPage(self._tools.reference().page(check, binding, finding), self._tools, finding)
        shown.all_wanted.connect(lambda: self.every_check(check=check))
        self._show_page(shown)
        return shown

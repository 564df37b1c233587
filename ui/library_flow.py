"""The indicator library in the window: its page, picking from it, the bureau's own files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.sheet.errors import RefusedError
from ui.page_frame import PageFrame
from ui.tools import Tools
from ui.workspace import Workspace

if TYPE_CHECKING:
    from core.library.entry import Entry
    from ui.library_page import LibraryPage


class LibraryFlow(QObject):
    """Opens the page and does what is decided there. ``said`` tells how it ended."""

    said = Signal(str)

    def __init__(
        self,
        tools: Tools,
        workspace: Workspace,
        show_page: Callable[[PageFrame], None],
        show_sheet: Callable[[], None],
    ) -> None:
        super().__init__(workspace)
        self._tools, self._workspace = tools, workspace
        self._show_page, self._show_sheet = show_page, show_sheet
        self._say = tools.messages.say
        tools.indicators.refused.connect(self._tell_left_out)

    def open(self) -> None:
        """Show the library, the level of the current row first."""
        from ui.library_page import LibraryPage

        self._workspace.finish_typing()
        pane = self._workspace.pane
        cell = pane.view.current if pane is not None else None
        asked, row = None, ""
        if pane is not None and pane.picking is not None and cell is not None and pane.picking.possible(cell):
            asked, row = pane.picking.asked(cell), pane.about.name(cell).split(" · ")[0]
        page = LibraryPage(self._tools, asked, row)
        page.show_library(self._own())
        page.wanted.connect(self._pick)
        page.file_wanted.connect(lambda: self._add(page))
        page.removal_wanted.connect(lambda file: self._remove(page, file))
        self._show_page(page)

    # -- inside ----------------------------------------------------------------------------------------

    def _pick(self, entry: Entry) -> None:
        self._show_sheet()
        pane = self._workspace.pane
        if pane is not None and pane.picking is not None and pane.picking.pick(entry):
            pane.view.take_keyboard()

    def _own(self) -> list[Path]:
        from core.library.reader import own_files

        return own_files(self._tools.store.folder.path)

    def _add(self, page: LibraryPage) -> None:
        from core.library.reader import add_own_file

        folder = self._tools.folder_for("import") or Path.home()
        file = self._tools.ask.open_file(
            self._say("library.choose-file"), folder, self._say("library.file-kinds")
        )
        if file is None:
            return
        self._tools.remember("folder-import", str(file.parent))
        try:
            count = add_own_file(self._tools.store.folder.path, file)
        except RefusedError as error:
            self._tools.ask.tell(self._tools.messages.of(error))
            return
        self._take_in(page)
        self.said.emit(self._say("library.file-added", file=file.name, count=count))

    def _remove(self, page: LibraryPage, file: Path) -> None:
        if not self._tools.ask.confirm(
            self._say("library.remove-file-question", file=file.name), self._say("library.remove")
        ):
            return
        try:
            file.unlink(missing_ok=True)
        except OSError:
            self._tools.ask.tell(self._say("library.not-removed", file=file.name))
        self._take_in(page)

    def _take_in(self, page: LibraryPage) -> None:
        """Use the files as they are now, in the list and in the checks of what is open."""
        self._tools.indicators.forget()
        library = self._tools.indicators.library()
        page.show_library(self._own())
        for pane in self._workspace.panes():
            if pane.session.judging.with_library(library):
                pane.session.judged.emit()

    def _tell_left_out(self, error: RefusedError) -> None:
        reason = self._tools.messages.of(error).splitlines()[0]
        self.said.emit(self._say("library.left-out", reason=reason))

"""A copy of the open form that came back: read, looked at, and taken in as one step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from core.sheet.errors import RefusedError
from ui.as_read import Found, read_any
from ui.page_frame import PageFrame
from ui.taking import TakePage, edits_taking, place_of, texts_of
from ui.tools import Tools
from ui.workspace import Workspace

if TYPE_CHECKING:
    from core.intake.take import Difference
    from ui.sheet.pane import SheetPane


def take_from_copy(
    path: Path,
    pane: SheetPane,
    workspace: Workspace,
    tools: Tools,
    show_page: Callable[[PageFrame], None],
    show_sheet: Callable[[], None],
) -> None:
    """Read a file and show what it has and the form of ``pane`` has not, to be taken into it by choice."""
    session = pane.session

    def is_open() -> bool:
        return any(one is pane for one in workspace.panes())

    def show(found: Found) -> None:
        if not is_open():  # closed while the file was read
            return
        workspace.finish_typing()
        try:
            if session.frozen:
                raise RefusedError("ui.frozen", stage=session.document.stage)
            page = TakePage(found, path.name, session.document, tools)
        except RefusedError as error:
            tools.ask.tell(tools.messages.of(error))
            return
        page.taken.connect(take)
        show_page(page)

    def take(chosen: list[Difference]) -> None:
        show_sheet()
        if not is_open() or not session.may_store(texts_of(chosen)):
            return
        workspace.setCurrentWidget(pane)
        if session.do(edits_taking(session.document, chosen), tools.words("step-take")):
            pane.go_to(place_of(chosen[0]))
            pane.said.emit(tools.words("take-done", count=len(chosen)))

    title = tools.words("importing", name=path.name)
    tools.tasks.run(title, lambda progress: read_any(path, tools, progress), show)

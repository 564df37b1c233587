"""What takes several steps: a new form, an import, preview, printing, Excel, 上报."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from core.draft.content import content_of
from core.draft.records import Draft, Shelf, Status
from core.sheet.document import Document
from core.sheet.errors import RefusedError
from ui.files import file_name, write_whole
from ui.page_frame import PageFrame
from ui.tools import Tools
from ui.workspace import Workspace

if TYPE_CHECKING:
    from core.check.judged import Judged
    from core.handover.deliver import Delivery
    from core.handover.package import Package
    from core.paper.pdf import Printed
    from core.sheet.definition import Form
    from ui.as_read import Found
    from ui.deliver import DeliverPage
    from ui.preview import PreviewPage
    from ui.sheet.pane import SheetPane
    from ui.tasks import Progress

MANY = 5
"""So many new documents are opened at once; further ones only stand in the list."""

ShowPage = Callable[[PageFrame], None]


class Flows(QObject):
    """Runs these; ``said`` tells how they ended. Heavy parts are loaded when first needed."""

    said = Signal(str)

    def __init__(
        self,
        tools: Tools,
        workspace: Workspace,
        show_page: ShowPage,
        show_sheet: Callable[[], None],
        list_changed: Callable[[], None],
    ) -> None:
        super().__init__(workspace)
        self._tools = tools
        self._workspace = workspace
        self._show_page, self._show_sheet = show_page, show_sheet
        self._list_changed = list_changed

    # -- beginning -------------------------------------------------------------------------------------

    def welcome(self) -> None:
        """Show the first page of a new person."""
        from ui.first_start import FirstStartPage

        page = FirstStartPage(self._tools)
        page.new_wanted.connect(self.new)
        page.import_wanted.connect(self.import_file)
        page.sample_wanted.connect(self.sample)
        self._show_page(page)

    def new(self) -> None:
        """Ask for what a new form needs, and open it."""
        self._show_new(for_sample=False)

    def sample(self) -> None:
        """Have a form chosen whose filled sample is opened, to look at and try."""
        self._show_new(for_sample=True)

    def _show_new(self, *, for_sample: bool) -> None:
        from ui.new_form import NewFormPage

        self._workspace.finish_typing()
        session = self._workspace.session
        unit = session.document.unit_name if session else ""
        page = NewFormPage(self._tools, unit, for_sample=for_sample)
        page.made.connect(self._take_new)
        page.sample_wanted.connect(self._open_sample)
        self._show_page(page)

    def _take_new(self, document: Document) -> None:
        self.take_in([document])
        if self._workspace.pane is not None:
            self._workspace.pane.begin()

    def _open_sample(self, form: Form) -> None:
        from core.sheet.document import new_id
        from core.sheet.document_file import read_document

        file = self._tools.sample_file(form)
        if file is not None:
            self.take_in([read_document(file.read_bytes(), self._tools.forms).copy(id=new_id())])

    def carry(self, draft_id: str = "") -> None:
        """Begin a form from another draft: of last year, or of the stage before."""
        from ui.carry_page import CarryPage

        tools, session = self._tools, self._workspace.session
        self._workspace.finish_typing()
        drafts = [*tools.store.drafts.list(), *tools.store.drafts.list(Shelf.ARCHIVED)]
        if not drafts:
            self.said.emit(tools.words("nothing-to-carry"))
            return
        first = draft_id or (session.document.id if session else "")
        page = CarryPage(drafts, first, tools)
        page.made.connect(self.take_in)
        self._show_page(page)

    def import_file(self) -> None:
        """Have a file chosen and read."""
        path = self._file_to_read("import-choose")
        if path is not None:
            self.import_path(path)

    def _file_to_read(self, title: str) -> Path | None:
        words, tools = self._tools.words, self._tools
        folder = tools.folder_for("import") or Path.home()
        path = tools.ask.open_file(words(title), folder, words("import-kinds"))
        if path is not None:
            tools.remember("folder-import", str(path.parent))
        return path

    def import_path(self, path: Path) -> None:
        """Read a file that was chosen or dropped on the window, show what was found."""
        from ui.as_read import read_any

        words, tools = self._tools.words, self._tools
        self._workspace.finish_typing()
        tools.tasks.run(
            words("importing", name=path.name),
            lambda progress: read_any(path, tools, progress),
            lambda found: self.show_found(found, path.name),
        )

    def import_copied(self) -> None:
        """Read the table another program put on the clipboard, as from Word or a web page."""
        from ui.as_read import read_copied

        tools = self._tools
        self._workspace.finish_typing()
        found = QGuiApplication.clipboard().mimeData()
        texts = (found.html(), found.text()) if found else ()
        copied = [text.encode() for text in texts if text.strip()]
        name = tools.words("clipboard")
        tools.tasks.run(
            tools.words("importing", name=name),
            lambda progress: read_copied(copied, name, tools, progress),
            lambda found: self.show_found(found, name),
        )

    def show_found(self, found: Found, name: str) -> None:
        """Show what an import found, before anything is taken over."""
        from ui.importing import ImportPage

        page = ImportPage(found, name, self._tools)
        page.picked.connect(self._workspace.surroundings.pick)
        page.taken.connect(self.take_in)
        self._show_page(page)

    def take_in(self, documents: Sequence[Document]) -> None:
        """Put new documents among the drafts and open them, the first in front."""
        tools = self._tools
        panes: list[SheetPane] = []
        for document in documents:
            tools.remember("form", [document.form.form, document.form.edition])
            try:
                if len(panes) < MANY:
                    panes.append(self._workspace.open_new(document))
                else:
                    tools.store.drafts.create(content_of(document)).result()
            except RefusedError as error:
                tools.ask.tell(tools.messages.of(error))
        if panes:
            self._workspace.setCurrentWidget(panes[0])
        self._show_sheet()
        self._list_changed()

    def take_from_copy(self) -> None:
        """Have a copy of the form in front chosen, and what of it is taken in."""
        from ui.taking_flow import take_from_copy

        pane = self._workspace.pane
        path = self._file_to_read("take-choose") if pane else None
        if pane is not None and path is not None:
            take_from_copy(path, pane, self._workspace, self._tools, self._show_page, self._show_sheet)

    def copy_out(self) -> None:
        """Show the table one stands in as it is pasted into a web system."""
        from ui.copy_page import CopyPage

        self._workspace.finish_typing()
        pane = self._workspace.pane
        if pane is None:
            return
        page = CopyPage(pane.session.document, pane.view.table, self._tools)
        page.copied.connect(self._tell_copied)
        self._show_page(page)

    def _tell_copied(self, rows: int) -> None:
        self._show_sheet()
        self.said.emit(self._tools.words("copied-out", count=rows))

    # -- paper -----------------------------------------------------------------------------------------

    def preview(self) -> None:
        """Show the real PDF of the form in front."""
        self._with_pdf(self._show_preview)

    def print(self) -> None:
        """Print the form in front; what is on paper is judged in full."""
        self._judge_fully()
        self._with_pdf(lambda _, printed: self._print(printed.data))

    def excel(self) -> None:
        """Write the form in front as an Excel workbook where the person says."""
        self._judge_fully()
        judged = self._judged()
        path = self._where_to("excel-choose", ".xlsx") if judged else None
        if judged is None or path is None:
            return
        tools = self._tools

        def work(_: object) -> None:
            from core.paper.xlsx import xlsx_bytes

            computation = tools.figures_of(judged.document)
            write_whole(path, xlsx_bytes(judged.document, tools.fonts(), tools.messages, computation))

        title = tools.words("writing", name=path.name)
        tools.tasks.run(title, work, lambda _: self.said.emit(tools.words("written", file=str(path))))

    def _with_pdf(self, done: Callable[[Judged, Printed], None]) -> None:
        from ui.papers import print_pdf_of

        judged = self._judged()
        if judged is not None:
            one, tools = judged, self._tools
            tools.tasks.run(
                tools.words("making-pdf"), lambda _: print_pdf_of([one], tools), lambda made: done(one, made)
            )

    def _judge_fully(self) -> None:
        """An export ends holding anything back (ruling 17)."""
        if self._workspace.session is not None:
            self._workspace.session.judge_fully()

    def _judged(self) -> Judged | None:
        self._workspace.finish_typing()
        session = self._workspace.session
        return self._workspace.surroundings.judged(session) if session else None

    def _show_preview(self, judged: Judged, printed: Printed) -> None:
        from ui.preview import PreviewPage
        from ui.rendered import RenderedPdf

        words = self._tools.words
        left, empty = len(judged.unexplained), sum(one.missing for one in judged.unexplained)
        remarks = [words("draft-mark", errors=left - empty, missing=empty)] if left else []
        missing = dict.fromkeys(one.code for one in printed.missing[0])
        if missing:
            remarks.append(words("no-glyphs", codes="、".join(missing)))
        annex = self._tools.annex if judged.answered else None
        page: PreviewPage = PreviewPage(RenderedPdf(printed.data), remarks, self._tools.look, annex=annex)
        page.annex_wanted.connect(self._preview_with_annex)
        page.print_wanted.connect(lambda: self._print(printed.data))
        page.save_wanted.connect(lambda: self._save_pdf(printed.data))
        self._show_page(page)

    def _preview_with_annex(self, annex: bool) -> None:
        self._tools.remember("annex", annex)
        self.preview()

    def _print(self, data: bytes) -> None:
        from ui.printing import PrinterRefusedError, print_pages
        from ui.rendered import RenderedPdf

        pdf = RenderedPdf(data)
        printer = self._tools.ask.printer(pdf.pages)
        if printer is not None:
            try:
                count = print_pages(pdf, printer)
            except PrinterRefusedError:
                self._tools.ask.tell(self._tools.words("printer-refused"))
            else:
                self.said.emit(self._tools.words("printed", count=count))
        pdf.close()

    def _save_pdf(self, data: bytes) -> None:
        path = self._where_to("pdf-choose", ".pdf")
        if path is None:
            return
        try:
            write_whole(path, data)
        except RefusedError as error:
            self._tools.ask.tell(self._tools.messages.of(error))
        else:
            self.said.emit(self._tools.words("written", file=str(path)))

    def _where_to(self, title: str, ending: str) -> Path | None:
        """Have a file name chosen, a telling one suggested."""
        tools, session = self._tools, self._workspace.session
        if session is None:
            return None
        document = session.document
        name = file_name(document.unit_name, document.field("year"), tools.title_of(document), ending=ending)
        folder = tools.folder_for("export") or Path.home()
        kinds = tools.words(f"kinds{ending}")
        path = tools.ask.save_file(tools.words(title), folder / name, kinds)
        if path is not None:
            tools.remember("folder-export", str(path.parent))
        return path

    # -- 上报 --------------------------------------------------------------------------------------------

    def deliver(self) -> None:
        """Show the page that sends the forms of one unit, year and stage."""
        from ui.deliver import DeliverPage, Offer

        self._workspace.finish_typing()
        tools = self._tools
        try:
            tools.store.drafts.settle().result()
            drafts = self._together()
            judged = self._workspace.surroundings.judged_drafts(drafts)
            offers = [Offer(draft, one) for draft, one in zip(drafts, judged, strict=True)]
        except RefusedError as error:
            tools.ask.tell(tools.messages.of(error))
            return
        if not offers:
            self.said.emit(tools.words("nothing-to-send"))
            return
        self._judge_fully()
        page = DeliverPage(offers, tools)
        page.send_wanted.connect(lambda: self._send(page))
        page.mend_wanted.connect(self._mend)
        self._show_page(page)

    def _together(self) -> list[Draft]:
        """Give the drafts of the unit, year and stage in front, as one submission carries them."""
        drafts = list(self._tools.store.drafts.list())
        session = self._workspace.session
        front = [one for one in drafts if session and one.id == session.document.id] or drafts[:1]
        if not front:
            return []
        return [one for one in drafts if _subject(one) == _subject(front[0])]

    def _mend(self, draft_id: str) -> None:
        self._show_sheet()
        pane = self._workspace.open(draft_id)
        pane.session.judge_fully()

    def _send(self, page: DeliverPage) -> None:
        from core.handover.deliver import deliver
        from ui.papers import package_of

        tools, chosen, wish, folder = self._tools, page.chosen(), page.wish(), page.folder
        if folder is None:
            return
        page.show_working()

        def work(progress: Progress) -> tuple[Package, Delivery]:
            package = package_of([one.judged for one in chosen], wish, tools, progress)
            return package, deliver(package, folder)

        def done(result: tuple[Package, Delivery]) -> None:
            package, delivery = result
            if delivery.delivered:
                self._note_sent([one.draft for one in chosen], package)
            page.show_result(delivery, package)

        title = tools.words("sending")
        tools.tasks.run(title, work, done, lambda error: page.show_failure(tools.messages.of(error)))

    def _note_sent(self, drafts: Sequence[Draft], package: Package) -> None:
        """Freeze what was sent as a numbered version, and say so in the list."""
        sent = package.submission
        about = json.dumps(
            {"round": sent.round, "scope": sent.scope.value, "code": package.code, "file": package.name},
            ensure_ascii=False,
        )
        for draft in drafts:
            self._tools.store.drafts.freeze(draft.id, about).result()
            self._tools.store.drafts.set_status(draft.id, Status.SENT).result()
        self._list_changed()


def _subject(draft: Draft) -> tuple[str, str, str, str]:
    facts = draft.facts
    return facts.unit_name, facts.unit_code, facts.year, facts.stage

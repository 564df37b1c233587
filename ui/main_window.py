"""The window: tool bar, drafts at the left, the sheet in the middle, findings at the right, the line below.

Puts the parts together and passes on what they tell; what they do is theirs.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from core.draft.autosave import Saving
from core.sheet.errors import RefusedError
from core.sheet.places import Place
from ui.actions import Actions
from ui.bar import dress_bar, fit_bar, make_bar, show_zoom
from ui.dropping import DropWindow
from ui.flows import Flows
from ui.forms_list import FormsList
from ui.judgement import Judgement
from ui.library_flow import LibraryFlow
from ui.look import system_theme
from ui.page_frame import PageFrame
from ui.problems import ProblemsPane
from ui.reading import Reading
from ui.sheet.pane import SheetPane
from ui.status_line import StatusLine
from ui.tools import Tools
from ui.window_state import WindowState, to_next_part
from ui.workspace import Workspace


class MainWindow(DropWindow):
    """The one window of the program."""

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self.tools = tools
        self.setObjectName("main")
        self._left = False
        self._folded: list[QWidget] = []
        self.workspace = Workspace(tools, self)
        self.forms = FormsList(tools, self)
        self.problems = ProblemsPane(tools.look, self)
        self.status = StatusLine(tools.look, self)
        self._centre = QStackedWidget(self)
        self._centre.addWidget(self.workspace)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setHandleWidth(1)
        for index, part in enumerate((self.forms, self._centre, self.problems)):
            self._split.addWidget(part)
            self._split.setCollapsible(index, False)
            self._split.setStretchFactor(index, int(index == 1))
        body = QWidget(self)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._split, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(body)
        self.flows = Flows(tools, self.workspace, self.show_page, self.show_sheet, self._on_changed_list)
        self.judgement = Judgement(tools, self.workspace, self.problems, self.show_page, self.show_sheet)
        self.reading = Reading(tools, self.workspace, self.show_page)
        self.library = LibraryFlow(tools, self.workspace, self.show_page, self.show_sheet)
        self.actions_ = Actions(tools.look, self, self._doings())
        self.bar = make_bar(self, self.actions_, tools.look, self.workspace.set_zoom, self.choose_theme)
        self.problems.add_menu([self.actions_[name] for name in ("check-all", "explanations", "choices")])
        self._connect()
        self._state = WindowState(self, self._split, self.forms, self.problems, tools.look)
        self._state.restore(tools.settings.get("window"))
        self._on_pane(None)

    # -- what is in the middle ---------------------------------------------------------------------------

    def show_saved_before(self, updated: str) -> None:
        """Say when a draft was saved before it was opened; ``updated`` is its ISO time."""
        if not self.status.says_saved:
            when = updated[:16].replace("T", " ")
            self.status.show_saved(self.tools.words("saved-before", when=when))

    def show_page(self, page: PageFrame) -> None:
        """Show a page in place of the sheet."""
        self.show_sheet()
        page.left.connect(self.show_sheet)
        self._centre.addWidget(page)
        self._centre.setCurrentWidget(page)
        if page.wide:
            self._folded = [part for part in (self.forms, self.problems) if part.isVisible()]
            for part in self._folded:
                part.hide()
        page.begin()

    def show_sheet(self) -> None:
        """Show the sheets again; a page that was there goes."""
        page = self._centre.currentWidget()
        if isinstance(page, PageFrame):
            self._centre.removeWidget(page)
            page.deleteLater()
            self._centre.setCurrentWidget(self.workspace)
            for part in self._folded:
                part.show()
            self._folded = []
        self._to_the_sheet()

    @property
    def page(self) -> PageFrame | None:
        """The page that is shown in place of the sheet, or None."""
        page = self._centre.currentWidget()
        return page if isinstance(page, PageFrame) else None

    def open_draft(self, draft_id: str) -> None:
        """Open a draft in a tab, or tell why it cannot be."""
        self.show_sheet()
        try:
            self.workspace.open(draft_id)
        except RefusedError as error:
            self.tools.ask.tell(self.tools.messages.of(error))
        self.show_sheet()

    # -- telling -------------------------------------------------------------------------------------------

    def show_saving(self, saving: Saving) -> None:
        """Say when it was saved last, or in a banner why it is not."""
        words = self.tools.words
        if saving.failing is not None:
            sentence = self.tools.messages.of(saving.failing)
            since = saving.unsaved_since
            when = since.strftime("%H:%M:%S") if since else ""
            self.status.show_failing(words("not-saved", since=when, reason=sentence))
        elif saving.saved_at is not None:
            self.status.show_saved(words("saved", time=saving.saved_at.strftime("%H:%M:%S")))
            self._follow_facts()

    def tell_refusal(self, error: RefusedError) -> None:
        """Say in the line below why something was not done."""
        self.status.say(self.tools.messages.of(error))

    def choose_theme(self, theme: str) -> None:
        """Take light, dark, contrast, or auto for what the desktop has."""
        self.tools.remember("theme", theme)
        self.tools.look.choose_theme(system_theme() if theme == "auto" else theme)
        self.dress()

    def dress(self) -> None:
        """Take a changed look."""
        from ui.app import dress_application

        dress_application(self.tools.look)
        self.actions_.dress(self.tools.look)
        dress_bar(self.bar, self.tools.look)
        self.workspace.dress()
        self.problems.attach(self.workspace.session)
        self.forms.reload()

    def finish_typing(self) -> None:
        """Have everything typed so far in the document and on its way to the disk."""
        self.workspace.finish_typing()

    # -- Qt's events -------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the tool bar fit."""
        super().resizeEvent(event)
        fit_bar(self.bar, self.width() / self.tools.look.size)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Finish typing and remember how the window stood."""
        if not self._left:
            self.finish_typing()
            if not self._may_leave():
                event.ignore()
                return
            self.tools.tasks.cancel()
            self.workspace.surroundings.stop()
            self.tools.remember("window", self._state.now())
        super().closeEvent(event)

    def leave_without_store(self) -> None:
        """Close the window after the drafts were closed under it."""
        self._left = True
        self.close()

    # -- inside ------------------------------------------------------------------------------------------

    def _doings(self) -> dict[str, Any]:
        """Give what each action does."""
        flows, problems, space = self.flows, self.problems, self.workspace
        return {
            "new": flows.new,
            "carry": flows.carry,
            "sample": flows.sample,
            "import": flows.import_file,
            "import-copied": flows.import_copied,
            "take-in": flows.take_from_copy,
            "copy-out": flows.copy_out,
            "undo": lambda: self._step_back(redo=False),
            "redo": lambda: self._step_back(redo=True),
            "preview": flows.preview,
            "print": flows.print,
            "excel": flows.excel,
            "deliver": flows.deliver,
            "find": lambda: self._with_pane(lambda pane: pane.find_bar.start()),
            "help": self._help,
            "all-checks": self.reading.every_check,
            "library": self.library.open,
            "left-pane": lambda: self._state.turn(self.forms),
            "right-pane": lambda: self._state.turn(problems),
            "save": self._save,
            "close": lambda: space.close_tab(space.currentIndex()),
            "next-tab": lambda: space.setCurrentIndex((space.currentIndex() + 1) % max(1, space.count())),
            "previous-tab": lambda: space.setCurrentIndex((space.currentIndex() - 1) % max(1, space.count())),
            "other-part": self._other_part,
            "check-all": problems.check_all,
            "next-problem": problems.go_on,
            "previous-problem": lambda: problems.go_on(back=True),
            "apply-fix": lambda: self._after_typing(problems.apply_fix),
            "fix-all": self._fix_all,
            "explain": lambda: self._after_typing(problems.explain),
            "keep-explanation": self._keep_explanation,
            "explanations": self.judgement.explanations,
            "choices": self.judgement.choices,
            "add-row": lambda: self._with_pane(lambda pane: pane.view.commands.add_row()),
            "remove-row": lambda: self._with_pane(lambda pane: pane.view.commands.remove_row()),
            "move-up": lambda: self._with_pane(lambda pane: pane.view.commands.move_row(-1)),
            "move-down": lambda: self._with_pane(lambda pane: pane.view.commands.move_row(1)),
            "larger": lambda: space.set_zoom(space.zoom + 0.1),
            "smaller": lambda: space.set_zoom(space.zoom - 0.1),
            "usual-size": lambda: space.set_zoom(1.0),
            "quit": self.close,
        }

    def _connect(self) -> None:
        self.forms.opened.connect(self.open_draft)
        self.forms.put_away.connect(self.workspace.close_draft)
        self.forms.reloaded.connect(self.workspace.surroundings.look_soon)
        self.forms.refused.connect(self.tell_refusal)
        self.forms.carry_wanted.connect(self.flows.carry)
        self.dropped.connect(self.flows.import_path)
        self.workspace.changed.connect(self._on_pane)
        self.workspace.counted.connect(self.forms.show_tally)
        self.workspace.refused.connect(self.tell_refusal)
        self.workspace.finishing.connect(self.problems.finish_writing)
        self.workspace.stood_on.connect(self._on_stood)
        self.workspace.about_cell.connect(self.status.show_cell)
        self.workspace.said.connect(self.status.say)
        self.workspace.copy_out_wanted.connect(self.flows.copy_out)
        self.workspace.edited.connect(self._on_edited)
        self.workspace.zoomed.connect(lambda zoom: show_zoom(self.bar, zoom))
        self.problems.why_wanted.connect(self.reading.why)
        self.problems.said.connect(self.status.say)
        self.problems.written.connect(self._to_the_sheet)
        self.judgement.said.connect(self.status.say)
        self.library.said.connect(self.status.say)
        self.judgement.draft_wanted.connect(self.open_draft)
        self.flows.said.connect(self.status.say)
        self.status.cancelled.connect(self.tools.tasks.cancel)
        self.tools.tasks.busy.connect(self.status.show_work)
        self.tools.tasks.progressed.connect(self.status.show_progress)

    def _on_pane(self, pane: SheetPane | None) -> None:
        """Take another document to the front."""
        session = pane.session if pane else None
        self.problems.attach(session)
        self.forms.show_current(session.document.id if session else "")
        if session is not None:
            self.tools.remember("last", session.document.id)
            self.show_saved_before(self.tools.store.drafts.get(session.document.id).updated)
        papers = ("explanations", "choices", "take-in", "copy-out", "preview", "print", "excel")
        for name in (*papers, "find", "add-row", "remove-row", "check-all"):
            self.actions_[name].setEnabled(session is not None)
        self._on_edited()
        if pane is not None:
            pane.tell()
        else:
            self.status.show_cell("")

    def _to_the_sheet(self) -> None:
        if self.workspace.pane is not None and self.page is None:
            self.workspace.pane.view.take_keyboard()

    def _on_stood(self, place: Place | None) -> None:
        self.status.end_notice()
        self.problems.open_for(place)

    def _on_edited(self) -> None:
        pane = self.workspace.pane
        history = pane.session.history if pane else None
        self.actions_["undo"].setEnabled(bool(history and history.can_undo))
        self.actions_["redo"].setEnabled(bool(history and history.can_redo))
        self.status.show_totals(" · ".join(pane.total_texts()) if pane else "")
        words = self.tools.words
        if pane is None:
            self.setWindowTitle(words("program"))
            return
        document = pane.session.document
        unit, year = document.unit_name or words("no-unit"), document.field("year")
        name = "window-title" if year else "window-title-no-year"
        title = words(name, program=words("program"), unit=unit, year=year)
        if title != self.windowTitle():
            self.setWindowTitle(title)

    def _on_changed_list(self) -> None:
        self.forms.reload()
        session = self.workspace.session
        self.forms.show_current(session.document.id if session else "")

    def _follow_facts(self) -> None:
        """List a draft anew when its unit, year or project is another one than the list says."""
        session = self.workspace.session
        facts = self.tools.facts_of(session.document) if session else None
        if session is not None and facts is not None and not self.forms.lists(session.document.id, facts):
            self._on_changed_list()

    def _step_back(self, *, redo: bool) -> None:
        pane = self.workspace.pane
        if pane is None or self.page is not None:
            return
        pane.view.typing.finish()
        place = pane.session.redo() if redo else pane.session.undo()
        if place is not None:
            pane.go_to(place)

    def _fix_all(self) -> None:
        """Show all fixes of a kind; a second press of the key applies them."""
        if self.page is not None:
            self.judgement.go_ahead(self.page)
        else:
            self._after_typing(self.problems.fix_all)

    def _keep_explanation(self) -> None:
        if self.page is not None:
            self.judgement.keep_explanation(self.page)
        else:
            self._after_typing(self.problems.keep_explanation)

    def _with_pane(self, run: Any) -> None:
        if self.workspace.pane is not None and self.page is None:
            run(self.workspace.pane)

    def _after_typing(self, run: Any) -> None:
        if self.page is None:
            self.workspace.finish_typing()
            run()

    def _other_part(self) -> None:
        """Take the keyboard to the next part: drafts, strip, sheet, findings."""
        pane = self.workspace.pane
        parts: list[QWidget] = [part for part in (self.forms, self.problems) if part.isVisible()]
        if pane is not None and self.page is None:
            parts[1:1] = [pane.strip, pane.view]
        to_next_part(parts, self.focusWidget())

    def _help(self) -> None:
        """Say why the finding one looks at was found; without one, which key does what."""
        self._after_typing(self.problems.refresh)
        finding = self.problems.current if self.page is None else None
        if finding is not None:
            self.reading.why(finding)
        else:
            self.reading.help()

    def _may_leave(self) -> bool:
        """Whether all is on the disk, or the person wants to leave all the same."""
        words, store = self.tools.words, self.tools.store
        try:
            store.drafts.settle().result(timeout=3)
        except (RefusedError, TimeoutError):
            count = len(store.autosave.unsaved)
            return not count or self.tools.ask.confirm(
                words("close-unsaved", count=count), words("leave-anyway")
            )
        return True

    def _save(self) -> None:
        self.finish_typing()
        try:
            self.tools.store.drafts.settle().result(timeout=2)
        except RefusedError as error:
            self.tell_refusal(error)
        except TimeoutError:
            self.status.say(self.tools.words("still-saving"))
        else:
            self.status.say(self.tools.words("saved-always"))

"""Starts the window: input method, fonts, Qt's own words, the data folder, what to do about mistakes."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLibraryInfo, QObject, QTimer, QTranslator, Signal
from PySide6.QtGui import QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication

from core.sheet.errors import RefusedError
from core.sheet.messages import Messages
from ui.ask import Ask, Dialogs
from ui.look import SANS, Look, system_theme
from ui.main_window import MainWindow
from ui.opening import keep_aside, open_or_rescue, rescued
from ui.tasks import Tasks
from ui.tools import Tools
from ui.workspace import settle_memory

FONTS = ("NotoSansSC-Regular.ttf", "NotoSerifSC-Regular.ttf")


def run(
    resources: Path,
    data_folder: Path | None = None,
    on_open: Callable[[MainWindow], None] | None = None,
) -> int:
    """Open the window and give the exit code: 0, or 2 when the data folder cannot be opened.

    Without a data folder it is this person's own one on this computer. ``on_open`` is given the window once
    it shows the drafts (for measurements).
    """
    gc.disable()  # what is made while starting stays; settle_memory looks through it once, when it is painted
    data_folder = data_folder or usual_data_folder(os.environ, sys.platform)
    choose_input_method(os.environ)
    application = make_application(resources)
    look = make_look(application, resources)
    messages = look.words.messages
    holder: list[MainWindow] = []
    ask = Dialogs(look.words, lambda: holder[0] if holder else None)
    news = SavingNews()
    store = open_or_rescue(data_folder, ask, messages, news.told.emit)
    if store is None:
        return 2
    tools = Tools(resources, store, look, ask, Tasks(lambda error: tell_failure(error, messages, ask)))
    look.choose_theme(theme_of(tools))
    dress_application(look)
    window = MainWindow(tools)
    holder.append(window)
    news.told.connect(window.show_saving)
    catch_mistakes(window, data_folder, ask)
    begin(window)  # before it is shown: everything is laid out once
    window.show()
    if on_open is not None:
        on_open(window)
    code = application.exec()
    tools.tasks.wait()
    if files := keep_aside(store, data_folder):
        ask.tell(look.words("left-behind", count=len(files), folder=str(data_folder)))
    return code


def usual_data_folder(environment: Mapping[str, str], platform: str) -> Path:
    """Give the folder of this person's drafts on this computer, never a roaming or synchronised one."""
    if platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Jibiao"
    return Path(environment.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "jibiao"


class SavingNews(QObject):
    """Carries what the writer's thread tells about saving over to the window's thread."""

    told = Signal(object)


def choose_input_method(environment: MutableMapping[str, str]) -> None:
    """Let Chinese be typed where the desktop asks for fcitx, which the Qt we ship has no plugin for.

    fcitx5 answers ibus' portal protocol: measured with fcitx5 5.0.21 and Qt 6.8 to 6.12.
    """
    asked = environment.get("QT_IM_MODULE", "") + environment.get("XMODIFIERS", "")
    if "fcitx" in asked:
        environment["QT_IM_MODULE"] = "ibus"
        environment["IBUS_USE_PORTAL"] = "1"


def make_application(resources: Path) -> QApplication:
    """Give the application with our fonts and Qt's own words in Chinese."""
    application = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "Fusion"])
    assert isinstance(application, QApplication)
    application.setApplicationName("jibiao")
    for name in FONTS:
        QFontDatabase.addApplicationFont(str(resources / "fonts" / name))
    translator = QTranslator(application)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    return application


def make_look(application: QApplication, resources: Path) -> Look:
    """Give the look in the size the desktop uses."""
    size = QFontInfo(application.font()).pixelSize()
    return Look(resources, Messages(resources / "messages"), size)


def theme_of(tools: Tools) -> str:
    """Give the theme the person chose, or what the desktop has."""
    theme = str(tools.settings.get("theme", "auto"))
    return theme if theme in ("light", "dark", "contrast") else system_theme()


def dress_application(look: Look) -> None:
    """Give the application the look's font, colours and style sheet."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    font = look.sans()
    font.setFamilies([SANS, *font.families()[1:]])
    application.setFont(font)
    application.setPalette(look.qt_palette())
    application.setStyleSheet(look.style_sheet())


def begin(window: MainWindow) -> None:
    """Show the drafts and the one that was open last, or the first page of a new person."""
    tools = window.tools
    drafts = [one.id for one in tools.store.drafts.list()]
    last = str(tools.settings.get("last", ""))
    if drafts:
        window.open_draft(last if last in drafts else drafts[0])
    else:
        window.flows.welcome()
    if (pane := window.workspace.pane) is not None:
        pane.view.first_painted.connect(window.forms.reload)  # the sheet first
    else:
        window.forms.reload()
        QTimer.singleShot(0, settle_memory)
    for remark in tools.store.remarks:
        window.status.say(tools.messages.say(remark.code, **remark.params))
    QTimer.singleShot(1500, window, lambda: keep_house(window))


def keep_house(window: MainWindow) -> None:
    """Make the backup of the day beside the work."""
    store, tasks = window.tools.store, window.tools.tasks
    tasks.run_quietly(lambda _: store.keep_house(), lambda error: house_in_trouble(window, error))


def house_in_trouble(window: MainWindow, error: RefusedError) -> None:
    """Tell why there is no backup of the day; a damaged file can be left for its rescue at once."""
    window.tell_refusal(error)
    if error.code != "draft.file-damaged":
        return
    tools = window.tools
    if tools.ask.confirm(tools.words("rescue-later"), tools.words("rescue-now")):
        folder = tools.store.folder.path
        window.finish_typing()
        keep_aside(tools.store, folder)
        try:
            tools.ask.tell(rescued(folder, tools.messages))
        except RefusedError as refusal:
            tools.ask.tell(tools.messages.of(refusal))
        window.leave_without_store()


def tell_failure(error: Exception, messages: Messages, ask: Ask) -> None:
    """Tell why work beside the window failed; what nobody foresaw goes the way of all mistakes."""
    if isinstance(error, RefusedError):
        ask.tell(messages.of(error))
    else:
        raise error


def catch_mistakes(window: MainWindow, data_folder: Path, ask: Ask) -> None:
    """Have a mistake of ours written down, what was typed saved, and the person told."""
    from ui.mistakes import write_down

    telling: list[bool] = []

    def hook(kind: type[BaseException], error: BaseException, trace: Any) -> None:
        file = write_down(data_folder, kind, error, trace)
        if telling:
            return  # a mistake while telling of one: no storm of windows
        telling.append(True)
        try:
            window.finish_typing()
            ask.tell(window.tools.words("our-mistake", file=str(file) if file else ""))
        finally:
            telling.clear()

    sys.excepthook = hook

"""Starting the program, and what happens when its file or the program itself is at fault."""

import re
import sys
import tomllib
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.draft.content import content_of
from core.draft.store import open_store
from core.sheet.document import Document
from core.sheet.messages import Messages
from tests.ui.conftest import Answers
from ui.actions import ACTIONS
from ui.app import begin, choose_input_method, make_application, usual_data_folder
from ui.main_window import MainWindow
from ui.mistakes import write_down
from ui.opening import keep_aside, open_or_rescue
from ui.tools import PROGRAM


def nothing(_: object) -> None:
    """Nobody listens."""


@pytest.mark.parametrize(
    "environment", [{"QT_IM_MODULE": "fcitx"}, {"QT_IM_MODULE": "fcitx5"}, {"XMODIFIERS": "@im=fcitx"}]
)
def test_where_the_desktop_asks_for_fcitx_its_ibus_door_is_used(environment: dict[str, str]) -> None:
    choose_input_method(environment)
    assert (environment["QT_IM_MODULE"], environment["IBUS_USE_PORTAL"]) == ("ibus", "1")


def test_another_input_method_is_left_alone() -> None:
    environment = {"QT_IM_MODULE": "ibus"}
    choose_input_method(environment)
    assert environment == {"QT_IM_MODULE": "ibus"}


def test_drafts_lie_in_a_folder_of_this_computer() -> None:
    assert usual_data_folder({"XDG_DATA_HOME": "/home/a/.data"}, "linux") == Path("/home/a/.data/jibiao")
    windows = usual_data_folder({"LOCALAPPDATA": "C:/Users/a/AppData/Local"}, "win32")
    assert windows == Path("C:/Users/a/AppData/Local/Jibiao")


def test_the_buttons_of_qt_speak_chinese(qapp: QApplication, resources: Path) -> None:
    make_application(resources)
    assert QApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert qapp.applicationName() == "jibiao"


def test_a_folder_that_is_open_already_is_told_in_one_sentence(
    data_folder: Path, messages: Messages, answers: Answers
) -> None:
    first = open_store(data_folder)
    answers.ready["tell"] = True
    assert open_or_rescue(data_folder, answers, messages, nothing) is None
    assert "绩表已经打开" in answers.told[0]
    first.close()


def test_a_vanished_file_is_brought_back_from_its_backup_after_asking(
    data_folder: Path, messages: Messages, answers: Answers, filled: Document
) -> None:
    store = open_store(data_folder)
    store.drafts.create(content_of(filled)).result()
    store.back_up()
    store.close()
    for file in data_folder.glob("drafts.sqlite*"):
        file.unlink()
    answers.ready |= {"confirm": True, "tell": True}
    again = open_or_rescue(data_folder, answers, messages, nothing)
    assert again is not None
    assert [one.id for one in again.drafts.list()] == [filled.id]
    again.close()
    assert "已恢复" in answers.told[0]


def test_what_cannot_be_saved_any_more_lies_in_a_file_when_the_program_ends(
    data_folder: Path, filled: Document
) -> None:
    store = open_store(data_folder)
    store.drafts.create(content_of(filled)).result()
    (data_folder / "drafts.sqlite").rename(data_folder / "moved.sqlite")
    store.autosave.note(content_of(filled))
    files = keep_aside(store, data_folder)
    assert [one.read_bytes() for one in files] == [content_of(filled).document]


def test_a_mistake_is_written_down_without_what_was_typed(tmp_path: Path) -> None:
    secret = "机密金额 3723.19"
    try:
        raise ValueError(secret)
    except ValueError as error:
        file = write_down(tmp_path, type(error), error, error.__traceback__)
    assert file is not None
    text = file.read_text("utf-8")
    assert "ValueError" in text
    assert __name__.rpartition(".")[2] in text
    assert secret not in text


def test_a_mistake_saves_what_was_typed_and_is_told_once(
    window: MainWindow, data_folder: Path, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui.app import catch_mistakes

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    catch_mistakes(window, data_folder, answers)
    answers.ready["tell"] = True
    sys.excepthook(ValueError, ValueError("x"), None)
    assert "已填的内容已经保存" in answers.told[0]
    assert (data_folder / "mistakes.log").exists()


def test_every_word_the_window_asks_for_is_there_and_none_is_idle(project: Path) -> None:
    with (project / "resources/messages/ui.toml").open("rb") as file:
        there = set(tomllib.load(file))
    code = "\n".join(path.read_text("utf-8") for path in (project / "ui").glob("**/*.py"))
    quoted = {name for _, name in re.findall(r"""(["'])(?:ui\.)?([a-z0-9.-]+)\1""", code)}
    made = {
        *(
            f"{kind}-{name}"
            for kind in ("action", "menu", "key", "form", "preview", "shelf")
            for name in quoted
        ),
        *(f"key-{name}-does" for name in quoted),
        *(f"{kind}-{name}" for kind in ("role", "theme", "scope", "group") for name in quoted),
        *(f"scope-{name}" for name in ("full", "addition", "correction")),
        *(f"shelf-{name}" for name in ("current", "archived", "bin")),
        *("kinds.xlsx", "kinds.pdf"),
    }
    asked = {name for _, name in re.findall(r"""words\(\s*(["'])([a-z0-9.-]+)\1""", code)}
    asked |= {name for _, name in re.findall(r"""["'](ui\.)([a-z0-9.-]+)["']""", code)} - {"ui"}
    assert asked <= there
    assert there <= quoted | made


def test_packages_name_the_version_of_this_program(project: Path) -> None:
    with (project / "pyproject.toml").open("rb") as file:
        assert f"Jibiao {tomllib.load(file)['project']['version']}" == PROGRAM


def test_every_icon_is_there_in_three_densities(project: Path) -> None:
    icons = {path.name for path in (project / "resources/icons").glob("*.png")}
    for spec in ACTIONS:
        if spec.icon:
            assert {f"{spec.icon}.png", f"{spec.icon}@1.5x.png", f"{spec.icon}@2x.png"} <= icons


def test_the_draft_open_last_is_open_again_and_a_deleted_one_is_not_missed(
    window: MainWindow, filled: Document, blank: Document, qtbot: QtBot
) -> None:
    drafts = window.tools.store.drafts
    for document in (filled, blank):
        drafts.create(content_of(document)).result()
    window.tools.settings["last"] = filled.id
    begin(window)
    assert window.workspace.session is not None
    assert window.workspace.session.document.id == filled.id
    window.workspace.close_draft(filled.id)
    drafts.delete(filled.id).result()
    begin(window)
    qtbot.waitUntil(lambda: window.workspace.session is not None)
    assert window.workspace.session.document.id == blank.id

"""Opening the data folder, and the way back when its file is damaged or gone: asked, named, dated."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from core.draft.autosave import Saving
from core.draft.store import Store, open_store, this_moment
from core.sheet.errors import RefusedError
from core.sheet.messages import Messages
from ui.ask import Ask

RESCUABLE = ("draft.file-damaged", "draft.file-missing", "draft.not-a-database")


def open_or_rescue(
    folder: Path, ask: Ask, messages: Messages, on_saving: Callable[[Saving], None]
) -> Store | None:
    """Open the drafts; where their file cannot be used, offer the way back. None when told and given up."""
    try:
        return open_store(folder, on_saving=on_saving)
    except RefusedError as error:
        if error.code not in RESCUABLE:
            ask.tell(messages.of(error))
            return None
        if not ask.confirm(messages.of(error), messages.say("ui.rescue")):
            return None
    try:
        ask.tell(rescued(folder, messages))
        return open_store(folder, on_saving=on_saving)
    except RefusedError as error:
        ask.tell(messages.of(error))
        return None


def rescued(folder: Path, messages: Messages) -> str:
    """Bring the drafts back from the newest backup and whatever is still whole; give what to tell.

    Raises RefusedError.
    """
    from core.draft.backups import list_backups
    from core.draft.folder import DataFolder
    from core.draft.rescue import rescue

    data = DataFolder(folder.absolute())
    backups = list_backups(data)
    newest = backups[0] if backups else None
    came = rescue(data, newest.path if newest else None, this_moment)
    day = newest.day.isoformat() if newest else messages.say("ui.no-backup")
    lost = "、".join(came.lost) or messages.say("ui.none-lost")
    return messages.say("ui.rescued", day=day, count=came.from_backup, newer=came.newer, lost=lost)


def keep_aside(store: Store, folder: Path) -> list[Path]:
    """Close the drafts and put what could not be saved any more into files of their own; give these."""
    files = []
    for one in store.close():
        path = folder / f"unsaved-{one.content.id}.json"
        path.write_bytes(one.content.document)
        path.chmod(0o600)
        files.append(path)
    return files

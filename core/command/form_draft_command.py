"""由空白的 Excel 表起草一份表样；不能断定的地方都注明待定。"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

from core.authoring.draft import Draft, DraftedCell
from core.command.files import read_bytes, write_whole
from core.command.workbench import Workbench
from core.sheet.errors import RefusedError
from core.sheet.forms import is_proper_name

_DRAFT = "draft"
_DATED = re.compile(r"[0-9A-Za-z.-]*[0-9]{4}[0-9A-Za-z.-]*")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, metavar="BLANK.xlsx", help="空表（xlsx）")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER", help="写到哪个文件夹")
    parser.add_argument("--form", help="表样代号，如 sw-decl")
    parser.add_argument("--edition", help="版本，如 2026")
    parser.add_argument("--sheet", default="", help="工作表的名字（默认第一个有内容的）")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(given: argparse.Namespace, bench: Workbench) -> int:
    """Draft a definition and list everything that is to be decided."""
    from core.authoring.draft import Drafter
    from core.authoring.words import DraftWords
    from core.intake.read import MAX_BYTES

    folder, form, edition = _target(given, bench.today().year)
    target = folder / "form.toml"
    if target.exists():
        raise RefusedError("command.form-draft-exists", file=str(target))
    drafter = Drafter(DraftWords(bench.resources / "drafting.toml"), bench.levels, bench.messages)
    try:
        data = read_bytes(given.file, MAX_BYTES)
        draft = drafter.draft(data, given.file.name, form, edition, given.sheet)
    except RefusedError as error:
        raise RefusedError("command.file", file=str(given.file), details=[error]) from error
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RefusedError("command.no-folder", file=str(folder)) from error
    write_whole(target, draft.text.encode("utf-8"))
    if given.json:
        bench.tell(json.dumps(_record(target, draft, bench), ensure_ascii=False, indent=1))
    else:
        _tell(target, draft, bench)
    return 0


def _target(given: argparse.Namespace, year: int) -> tuple[Path, str, str]:
    """Give the folder to write into, and form and edition: as named, else as the folder is called."""
    folder: Path = given.output.absolute()
    named = (folder.parent.name, folder.name)
    if given.form is None and given.edition is None and is_proper_name(*named) and _DATED.fullmatch(named[1]):
        return folder, *named
    form, edition = given.form or _DRAFT, given.edition or str(year)
    if not is_proper_name(form, edition):
        raise RefusedError("command.form-bad-name", form=form[:40], edition=edition[:40])
    return (folder if (form, edition) == named else folder / form / edition), form, edition


def _tell(target: Path, draft: Draft, bench: Workbench) -> None:
    form = draft.form
    bench.say(
        "form-drafted",
        file=target,
        rows=draft.rows,
        columns=len(form.page.columns),
        fields=len(form.fields),
        tables=len(form.tables),
    )
    bench.say("form-undecided", count=len(draft.undecided), folder=target.parent)
    for one in draft.undecided:
        bench.say("form-undecided-line", where=one.where, text=one.text(bench.messages))


def _record(target: Path, draft: Draft, bench: Workbench) -> dict[str, object]:
    return {
        "file": str(target),
        "form": draft.form.form,
        "edition": draft.form.edition,
        "sheet": draft.sheet,
        "rows": draft.rows,
        "columns": len(draft.form.page.columns),
        "undecided": [{"where": one.where, "text": one.text(bench.messages)} for one in draft.undecided],
        "cells": [_cell(one) for one in draft.cells],
    }


def _cell(cell: DraftedCell) -> dict[str, object]:
    return {
        "place": cell.place,
        "label": cell.label,
        "cell": cell.address,
        "repeats": cell.repeats,
        "options": list(cell.options),
        "limit": cell.longest,
        "format": cell.format,
    }

"""检查一个表样文件夹，一次说出全部不对和可疑的地方。"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from core.authoring.flaw import Flaw, Weight
from core.authoring.inspector import FormFolder, Inspector
from core.command.form_files import FORM, SAMPLE, definition_bytes, sample_bytes
from core.command.workbench import Workbench
from core.sheet.errors import RefusedError

MAX_FILES = 200


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="表样文件夹（里面有 form.toml）")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(given: argparse.Namespace, bench: Workbench) -> int:
    """List the flaws of a form; 1 when something is wrong, 2 when there is no form."""
    from core.check.checker import read_checker
    from core.check.context import read_context

    folder = form_folder(given.folder)
    context = read_context(bench.resources, bench.today())
    inspector = Inspector(read_checker(bench.resources), context, bench.fonts, bench.forms)
    try:
        flaws = inspector.inspect(folder)
    except RefusedError as error:
        raise RefusedError("command.file", file=str(given.folder / FORM), details=[error]) from error
    wrong = [one for one in flaws if one.weight is Weight.WRONG]
    if given.json:
        bench.tell(json.dumps([_record(one, bench) for one in flaws], ensure_ascii=False, indent=1))
    else:
        bench.say("form-flaws", folder=given.folder, wrong=len(wrong), doubtful=len(flaws) - len(wrong))
        for one in flaws:
            _tell(one, bench)
    return 1 if wrong else 0


def form_folder(path: Path) -> FormFolder:
    """Give what is in a form's folder; raises RefusedError when there is no definition in it."""
    whole = path.absolute()
    definition, sample = definition_bytes(path), sample_bytes(path)
    names = []
    for number, entry in enumerate(path.iterdir()):
        if number >= MAX_FILES:
            break
        if entry.name not in (FORM, SAMPLE) and not entry.name.startswith("."):
            names.append(entry.name)
    return FormFolder(whole.parent.name, whole.name, definition, sample, tuple(sorted(names)))


def _tell(flaw: Flaw, bench: Workbench) -> None:
    mark = bench.messages.say(f"command.form-{flaw.weight.value}")
    line = bench.messages.say("command.form-flaw-line", line=flaw.line) if flaw.line else ""
    where = " ".join(part for part in (flaw.file, line, flaw.place) if part)
    bench.say("form-flaw", mark=mark, reason=flaw.reason(bench.messages), where=where)


def _record(flaw: Flaw, bench: Workbench) -> dict[str, object]:
    return {
        "severity": flaw.weight.value,
        "file": flaw.file,
        "line": flaw.line,
        "place": flaw.place,
        "reason": flaw.reason(bench.messages),
    }

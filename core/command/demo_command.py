"""用样表演示一遍：检查、打印、导出、打包、核对，并说明写了哪些文件。"""

from __future__ import annotations

import argparse
from pathlib import Path

from core.command.check_command import tell_findings
from core.command.files import read_documents, write_whole
from core.command.judging import Judge
from core.command.pack_command import packed
from core.command.pdf_command import printed
from core.command.workbench import Workbench
from core.handover.deliver import deliver
from core.handover.opening import verify
from core.handover.state import State
from core.sheet.errors import RefusedError

SAMPLE = Path("forms/gz-decl/2025/sample.json")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="写到哪个文件夹（没有就新建）")


def run(given: argparse.Namespace, bench: Workbench) -> int:
    """Do the main job once on the sample."""
    from core.paper.xlsx import xlsx_bytes

    folder: Path = given.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RefusedError("command.no-folder", file=str(folder)) from error
    sample = bench.resources / SAMPLE
    copy = folder / SAMPLE.name
    write_whole(copy, sample.read_bytes())
    bench.say("demo-sample", file=copy)
    judge = Judge(bench)
    judged = judge.judge(dict(read_documents([copy], bench)))
    (name, one), *_ = judged.items()
    tell_findings(name, one, bench)
    data, pages = printed([one], bench, judge)
    write_whole(folder / "sample.pdf", data)
    bench.say("pdf-written", file=folder / "sample.pdf", pages=pages)
    book = xlsx_bytes(one.document, bench.fonts, bench.messages, judge.figures(one.document))
    write_whole(folder / "sample.xlsx", book)
    bench.say("xlsx-written", file=folder / "sample.xlsx")
    package = packed(judged, bench, judge)
    delivery = deliver(package, folder)
    if delivery.path is None:
        print(delivery.sentence(bench.messages), file=bench.err)
        return 2
    bench.tell(delivery.sentence(bench.messages))
    found = verify(delivery.path, bench.forms)
    if found.state is not State.COMPLETE:
        print(found.reason(bench.messages), file=bench.err)
        return 2
    bench.say("verified", file=found.file, code=package.code, errors=len(one.errors))
    return 0

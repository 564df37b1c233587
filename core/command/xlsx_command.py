"""把一份报表导出成 Excel。"""

from __future__ import annotations

import argparse
from pathlib import Path

from core.command.files import read_documents, write_whole
from core.command.workbench import Workbench
from core.sheet.errors import RefusedError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="报表文件")
    parser.add_argument("-o", "--output", type=Path, required=True, help="写到哪个 xlsx 文件")


def run(given: argparse.Namespace, bench: Workbench) -> int:
    """Write the official sheet as xlsx."""
    from core.paper.xlsx import xlsx_bytes

    documents = read_documents([given.file], bench)
    if len(documents) != 1:
        raise RefusedError("command.one-document", count=len(documents))
    write_whole(given.output, xlsx_bytes(documents[0][1], bench.fonts, bench.messages))
    bench.say("xlsx-written", file=given.output)
    return 0

"""把一份报表导出成 Excel。"""

from __future__ import annotations

import argparse
from pathlib import Path

from core.command.files import read_with_picks, write_whole
from core.command.judging import Judge, add_settings
from core.command.workbench import Workbench
from core.sheet.errors import RefusedError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="报表文件")
    add_settings(parser)
    parser.add_argument("-o", "--output", type=Path, required=True, help="写到哪个 xlsx 文件")


def run(given: argparse.Namespace, bench: Workbench) -> int:
    """Write the official sheet as xlsx."""
    from core.paper.xlsx import xlsx_bytes

    documents, picks = read_with_picks([given.file], bench)
    if len(documents) != 1:
        raise RefusedError("command.one-document", count=len(documents))
    ((_, document),) = documents
    figures = Judge(bench, settings=given.settings, picks=picks).figures(document)
    write_whole(given.output, xlsx_bytes(document, bench.fonts, bench.messages, figures))
    bench.say("xlsx-written", file=given.output)
    return 0

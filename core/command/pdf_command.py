"""把一份或多份报表打印成 PDF。"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from core.check.judged import Judged
from core.command.files import read_with_picks, write_whole
from core.command.judging import Judge, add_settings
from core.command.workbench import Workbench


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="报表文件或上报文件")
    parser.add_argument("-o", "--output", type=Path, required=True, help="写到哪个 PDF 文件")
    add_settings(parser)
    parser.add_argument("--no-annex", action="store_true", help="不打印情况说明附页")


def run(given: argparse.Namespace, bench: Workbench) -> int:
    """Print the documents into one PDF."""
    read, picks = read_with_picks(given.files, bench)
    judge = Judge(bench, settings=given.settings, picks=picks)
    judged = judge.judge(dict(read))
    data, pages = printed(judged.values(), bench, judge, annex=not given.no_annex)
    write_whole(given.output, data)
    bench.say("pdf-written", file=given.output, pages=pages)
    return 0


def printed(
    judged: Iterable[Judged], bench: Workbench, judge: Judge, *, annex: bool = True
) -> tuple[bytes, int]:
    """Give the PDF of documents and its page count; tells every character no font has.

    Figures are those of ``judge``. With ``annex`` the explanations written for a document follow it on a
    page of their own.
    """
    from core.paper.pdf import print_pdf, sheet_of

    listed = list(judged)
    sheets = [sheet_of(one, judge.figures(one.document), annex=annex) for one in listed]
    result = print_pdf(sheets, bench.fonts, bench.messages)
    for one, missing in zip(listed, result.missing, strict=True):
        for gap in missing:
            where = one.document.counted(gap.place) if gap.place else one.document.form.title
            print(bench.messages.say("command.no-glyph", code=gap.code, place=where), file=bench.err)
    return result.data, result.pages

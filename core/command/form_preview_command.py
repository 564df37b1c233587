"""打印一份表样的空表，或填好的样例，看版面对不对。"""

from __future__ import annotations

import argparse
from pathlib import Path

from core.authoring.one_form import OneForm, blank_sheet
from core.command.files import write_whole
from core.command.form_files import form_of, sample_bytes
from core.command.new_command import known_stage
from core.command.workbench import Workbench
from core.sheet.document import Document
from core.sheet.document_file import read_document
from core.sheet.errors import RefusedError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="表样文件夹")
    parser.add_argument("-o", "--output", type=Path, required=True, help="写到哪个 PDF 文件")
    parser.add_argument("--sample", action="store_true", help="印填好的样例（sample.json），不印空表")
    parser.add_argument("--stage", help="阶段（默认表样的第一个阶段；样例用它自己的）")


def run(given: argparse.Namespace, bench: Workbench) -> int:
    """Print the sheet of a definition."""
    from core.paper.pdf import Sheet, print_pdf

    document = _document(given, bench)
    result = print_pdf([Sheet(document)], bench.fonts, bench.messages)
    for gap in result.missing[0]:
        where = document.counted(gap.place) if gap.place else document.form.title
        print(bench.messages.say("command.no-glyph", code=gap.code, place=where), file=bench.err)
    write_whole(given.output, result.data)
    what = bench.messages.say(f"command.form-what-{'sample' if given.sample else 'blank'}")
    bench.say("form-previewed", file=given.output, pages=result.pages, what=what)
    return 0


def _document(given: argparse.Namespace, bench: Workbench) -> Document:
    form = form_of(given.folder, bench)
    if not given.sample:
        return blank_sheet(form, known_stage(given.stage, form))
    data = sample_bytes(given.folder)
    if data is None:
        raise RefusedError("command.form-no-sample", folder=str(given.folder))
    try:
        return read_document(data, OneForm(form))
    except RefusedError as error:
        raise RefusedError("command.file", file=str(given.folder / "sample.json"), details=[error]) from error

"""读入公开网页文本、表格或本程序导出的 Excel，认出表样，列出全部读不进的内容和所做的修补。"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from core.command.files import numbered, read_bytes, write_whole
from core.command.judging import Judge
from core.command.new_command import known_stage, year_of
from core.command.workbench import Workbench
from core.sheet.document import Document
from core.sheet.document_file import clean_text, document_bytes
from core.sheet.errors import RefusedError
from core.sheet.places import field_place

if TYPE_CHECKING:
    from core.handover.opening import OpenedPackage


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="要读入的文件")
    parser.add_argument("--form", help="指定表样（默认按栏目名称认出）")
    parser.add_argument("--edition", help="指定版本")
    parser.add_argument("--stage", help="阶段")
    parser.add_argument("--unit", help="单位名称")
    parser.add_argument("--code", help="单位预算编码")
    parser.add_argument("--year", help="预算年度")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("-o", "--output", type=Path, required=True, help="写到哪个报表文件")


def run(given: argparse.Namespace, bench: Workbench) -> int:
    """Read a file in and write its documents."""
    from core.intake.read import MAX_BYTES, read_file
    from core.intake.reading import Reading, reading_json, told_repair, told_unplaced, told_where

    try:
        package = _package(given.file, bench)
        if package is not None:
            reading = Reading(package.read, [], [])
        else:
            data = read_bytes(given.file, MAX_BYTES)
            name = given.file.name
            reading = read_file(data, name, bench.forms, bench.levels, given.form, given.edition)
    except RefusedError as error:
        raise RefusedError("command.file", file=str(given.file), details=[error]) from error
    for document in reading.documents:
        _state_facts(document, given)
    # A document file has no place for picks; they travel in packages (ruling 16).
    judge = Judge(bench, picks=package.picks) if package is not None and package.picks else None
    files = numbered(given.output, len(reading.documents))
    for path, document in zip(files, reading.documents, strict=True):
        write_whole(path, document_bytes(document))
    if given.json:
        body = reading_json(reading, [str(path) for path in files], bench.messages)
        if judge is not None and (choices := judge.choices(reading.documents)):
            body["choices"] = dict(choices)
        bench.tell(json.dumps(body, ensure_ascii=False, indent=1))
        return 0
    for path, document in zip(files, reading.documents, strict=True):
        bench.say("imported", file=path, form=document.form.form, edition=document.form.edition)
    bench.say("import-unplaced", count=len(reading.unplaced))
    for one in reading.unplaced:
        bench.tell(f"  {told_where(one.where, bench.messages)}  {told_unplaced(one, bench.messages)}")
    bench.say("import-repairs", count=len(reading.repairs))
    for repair in reading.repairs:
        bench.tell(f"  {told_where(repair.where, bench.messages)}  {told_repair(repair, bench.messages)}")
    if judge is not None:
        _tell_picks(reading.documents, judge, given.file, bench)
    return 0


def _package(path: Path, bench: Workbench) -> OpenedPackage | None:
    """Give a package all of which can be read, None for any other file (ruling 27: the caller opens it)."""
    from core.handover.opening import looks_like_package, open_whole

    return open_whole(path, bench.forms) if looks_like_package(path) else None


def _tell_picks(documents: list[Document], judge: Judge, file: Path, bench: Workbench) -> None:
    """Tell what the sender picked, how it goes on counting, and what of it is not offered here."""
    if told := judge.choices_told(documents):
        bench.say("import-picks", picks=told, file=file)
    if told := judge.not_offered(documents):
        bench.tell(told)


def _state_facts(document: Document, given: argparse.Namespace) -> None:
    """Put the facts that were named on the command line over those that were read."""
    stage = known_stage(given.stage, document.form)
    year = None if given.year is None else str(year_of(given.year))
    for fact, text in (
        ("stage", stage),
        ("year", year),
        ("unit.name", given.unit),
        ("unit.code", given.code),
    ):
        if text is not None:
            document.set_text(field_place(fact), clean_text(text))

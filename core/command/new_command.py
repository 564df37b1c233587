"""新建一份空白报表。"""

from __future__ import annotations

import argparse
from pathlib import Path

from core.command.files import write_whole
from core.command.workbench import Workbench
from core.sheet.definition import Form
from core.sheet.document import blank_document
from core.sheet.document_file import clean_text, document_bytes
from core.sheet.errors import RefusedError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("form", help="表样")
    parser.add_argument("--edition", help="版本（默认最新）")
    parser.add_argument("--stage", help="阶段（默认表样的第一个阶段）")
    parser.add_argument("--unit", required=True, help="单位名称")
    parser.add_argument("--code", default="", help="单位预算编码")
    parser.add_argument("--year", required=True, help="预算年度")
    parser.add_argument("-o", "--output", type=Path, required=True, help="写到哪个文件")


def run(given: argparse.Namespace, bench: Workbench) -> int:
    """Write an empty document."""
    form = bench.forms.get(given.form, given.edition)
    document = blank_document(
        form,
        stage=known_stage(given.stage, form),
        year=year_of(given.year),
        unit_name=clean_text(given.unit),
        unit_code=clean_text(given.code),
    )
    write_whole(given.output, document_bytes(document))
    bench.say("new-written", file=given.output, form=form.form, edition=form.edition)
    return 0


def known_stage(stage: str | None, form: Form) -> str | None:
    """Give a stage the form has, or None when none is named; raises RefusedError for another."""
    if stage is not None and stage not in form.stages:
        known = "、".join(form.stages)
        raise RefusedError("sheet.bad-stage", stage=stage[:40], form=form.form, stages=known)
    return stage


def year_of(text: str) -> int:
    """Read a budget year; raises RefusedError when it is none."""
    if not (len(text) == 4 and text.isascii() and text.isdigit() and 1900 <= int(text) <= 2999):
        raise RefusedError("sheet.bad-year", year=text[:40])
    return int(text)

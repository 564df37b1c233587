"""由一份旧报表生成新报表：申报转批复、批复转自评、上年转本年、旧版转新版；列出全部没有带入的内容。"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.command.files import numbered, read_documents, write_whole
from core.command.new_command import known_stage, year_of
from core.command.workbench import Workbench
from core.sheet.document_file import document_bytes
from core.sheet.errors import RefusedError

if TYPE_CHECKING:
    from core.sheet.carry import Carried, Telling


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, metavar="OLD", help="旧报表文件")
    parser.add_argument("--form", help="新报表的表样（默认与旧报表相同）")
    parser.add_argument("--edition", help="版本（默认最新）")
    parser.add_argument("--stage", help="阶段（默认表样的第一个阶段）")
    parser.add_argument("--year", required=True, help="预算年度")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("-o", "--output", type=Path, required=True, help="写到哪个文件")


def run(given: argparse.Namespace, bench: Workbench) -> int:
    """Write a new document, or one for each project of the old one, and list what is not in it."""
    from core.sheet.carry import Carrier, Telling
    from core.sheet.values import ValueGrammar

    documents = read_documents([given.file], bench)
    if len(documents) != 1:
        raise RefusedError("command.carry-one-document", file=str(given.file), count=len(documents))
    old = documents[0][1]
    form = bench.forms.get(given.form or old.form.form, given.edition)
    stage = known_stage(given.stage, form) or form.stages[0]
    carrier = Carrier(bench.levels, ValueGrammar(bench.resources / "values.toml"))
    made = carrier.carry(old, form, stage=stage, year=year_of(given.year))
    written = list(zip(numbered(given.output, len(made)), made, strict=True))
    if any(path.resolve() == given.file.resolve() for path, _ in written):
        raise RefusedError("command.carry-same-file", file=str(given.file))
    for path, carried in written:
        write_whole(path, document_bytes(carried.document))
    telling = Telling(bench.messages)
    if given.json:
        body = {"documents": [_body(path, carried, telling) for path, carried in written]}
        bench.tell(json.dumps(body, ensure_ascii=False, indent=1))
        return 0
    for path, carried in written:
        _say(path, carried, telling, bench)
    return 0


def _say(path: Path, carried: Carried, telling: Telling, bench: Workbench) -> None:
    form, document = carried.document.form, carried.document
    facts = {"form": form.form, "edition": form.edition, "stage": document.stage, "year": document.year}
    bench.say("carried", file=path, **facts)
    bench.say("carry-left", count=len(carried.left))
    for line in telling.left_lines(carried):
        bench.tell(f"  {line}")
    bench.say("carry-remarks", count=len(carried.remarks))
    for remark in carried.remarks:
        bench.tell(f"  {telling.remark(carried, remark)}")


def _body(path: Path, carried: Carried, telling: Telling) -> dict[str, Any]:
    old, document = carried.old, carried.document
    return {
        "file": str(path),
        "form": document.form.form,
        "edition": document.form.edition,
        "stage": document.stage,
        "year": document.year,
        "left": [
            {
                "place": old.counted(one.place),
                "label": telling.place(old, one.place),
                "text": one.text,
                "code": one.why.code,
                "reason": telling.why(one),
            }
            for one in carried.left
        ],
        "remarks": [
            {
                "code": one.code,
                "places": [document.counted(place) for place in one.places],
                "message": telling.remark(carried, one),
            }
            for one in carried.remarks
        ],
    }

"""查指标库：按名称、拼音或首字母列出指标；或看报表里的指标有多少在指标库里。"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from core.command.files import read_documents
from core.command.workbench import Workbench
from core.library.entry import Entry
from core.library.library import Library
from core.library.picking import INDICATORS, NAME, usual_values, written_way
from core.library.reader import own_files, read_library
from core.sheet.document import Document
from core.sheet.errors import RefusedError

MOST = 20_000
"""As many as a library may have: the command line cuts nothing off."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("words", nargs="*", help="要找的词、拼音或首字母；不写则列出全部")
    parser.add_argument("--area", default="", help="领域，如 司法行政")
    parser.add_argument("--of", type=Path, nargs="+", metavar="FILE", help="看这些报表的指标有多少在指标库里")
    parser.add_argument(
        "--library", type=Path, action="append", default=[], help="本地指标库文件（可写多次）"
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(given: argparse.Namespace, bench: Workbench) -> int:
    """Print the indicators that fit, or which indicators of documents the library has."""
    library = library_for(bench.resources, given.library, given.data)
    if given.of:
        return _tell_coverage(dict(read_documents(given.of, bench)), library, given.json, bench)
    if given.area and given.area not in library.areas:
        raise RefusedError("library.no-such-area", area=given.area[:40], known="、".join(library.areas))
    text = " ".join(given.words)
    found = library.search(text, limit=MOST, area=given.area) if text else library.browse(area=given.area)
    if given.json:
        bench.tell(json.dumps([_body(one.entry) for one in found], ensure_ascii=False, indent=1))
        return 0
    for one in found:
        entry = one.entry
        about = (entry.id, entry.name, entry.area, entry.level2 or entry.level1)
        usual = (written_way(entry, bench.messages), usual_values(entry, bench.messages))
        bench.tell("  ".join(filter(None, (*about, *usual))))
    return 0


def library_for(resources: Path, files: list[Path], data: Path | None) -> Library:
    """Read the library with the bureau's own files of a data folder and further ones; raises RefusedError."""
    return read_library(resources / "library", [*(own_files(data) if data else ()), *files])


def _body(entry: Entry) -> dict[str, Any]:
    """Give an entry under the keys of a library file."""
    texts = {name: getattr(entry, name) for name in entry.__dataclass_fields__}
    return {key: _figure(value) for key, value in texts.items() if value not in ("", (), None)}


def _figure(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _rows(document: Document, library: Library) -> Iterator[dict[str, Any]]:
    for path, table in document.form.tables.items():
        if table.role != INDICATORS:
            continue
        for _, row in document.all_rows(path):
            name = row.cells.get(NAME, "")
            if name:
                entry = library.find(name)
                place = document.counted_row(path, row.id)
                yield {"place": place, "name": name, "library": entry.id if entry else None}


def _tell_coverage(documents: dict[str, Document], library: Library, as_json: bool, bench: Workbench) -> int:
    body = {file: list(_rows(document, library)) for file, document in documents.items()}
    if as_json:
        bench.tell(json.dumps(body, ensure_ascii=False, indent=1))
        return 0
    for file, rows in body.items():
        known = sum(row["library"] is not None for row in rows)
        bench.tell(bench.messages.say("library.coverage", file=file, count=len(rows), known=known))
        for row in rows:
            bench.tell(f"  {row['library'] or '—'}  {row['name']}")
    return 0

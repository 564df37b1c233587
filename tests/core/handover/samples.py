"""A small form of our own, documents of it, and a zip writer that writes whatever it is told."""

import hashlib
import json
import random
import struct
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

from core.handover.bag import bag_members
from core.handover.package import Enclosure, Sending
from core.sheet.document import Document, Row
from core.sheet.document_file import check_code
from core.sheet.forms import FormLibrary
from core.sheet.places import field_place

FORM = """
form = "demo"
edition = "2025"
title = "绩效目标{stage}表"
stages = ["申报", "批复"]
page = { paper = "A4", direction = "landscape", columns = [10, 20, 20] }
money = { unit = "万元", decimals = 2 }
about = { code = "code" }
[fields]
code = { label = "项目编码", kind = "text" }
goal = { label = "总体绩效目标", kind = "text" }
[tables.tasks.columns]
name = { label = "任务名称", kind = "text" }
funds = { label = "任务资金", kind = "money" }
[[block]]
rows = [["项目编码", "{code}", "<"], ["目标", "{goal}", "<"]]
[[block]]
head = 1
rows = [["任务", "名称", "资金"], ["^", "{tasks.name}", "{tasks.funds}"]]
"""

FIRST = "data/01-demo/document.json"
SUBMISSION = "data/submission.json"
RESOURCES = Path(__file__).parents[3] / "resources"
SENDING = Sending(date="2026-11-20", software="Jibiao 0.1.0", errors=3, explained=1)


def forms_in(folder: Path, text: str = FORM) -> FormLibrary:
    """Put the definition into a forms folder and give the library of it."""
    home = folder / "demo" / "2025"
    home.mkdir(parents=True)
    (home / "form.toml").write_text(text, encoding="utf-8")
    return FormLibrary(folder)


def filled(
    forms: FormLibrary,
    number: int = 1,
    *,
    stage: str = "申报",
    year: int | None = 2025,
    unit_name: str = "广州市司法局",
    unit_code: str = "206001",
) -> Document:
    """Give a filled document; equal numbers give equal documents."""
    made = Document(
        forms.get("demo", "2025"),
        id=f"{number:016x}",
        stage=stage,
        year=year,
        unit_name=unit_name,
        unit_code=unit_code,
    )
    made.set_text(field_place("code"), f"P{number:03}")
    made.set_text(field_place("goal"), "按时办结法律援助案件，满意度不低于95%。")
    made.insert_row("tasks", "", 0, Row("r1", {"name": "法律援助", "funds": "12.50"}))
    return made


def enclosed(document: Document) -> Enclosure:
    """Give a document with copies of about 3 KB each, which no two documents share."""
    chance = random.Random(document.id)
    return Enclosure(document, b"%PDF-1.7\n" + chance.randbytes(3_000), chance.randbytes(3_500))


def names_in(folder: Path) -> list[str]:
    """Give the names in a folder."""
    return sorted(path.name for path in folder.iterdir())


def members_of(data: bytes) -> list[tuple[str, bytes]]:
    """Give the members of a plain stored zip, header after header, read by nothing of ours."""
    members, at = [], 0
    while data[at : at + 4] == b"PK\3\4":
        size, name_length = (
            struct.unpack("<I", data[at + 22 : at + 26])[0],
            struct.unpack("<H", data[at + 26 : at + 28])[0],
        )
        begin = at + 30 + name_length
        members.append((data[at + 30 : begin].decode("utf-8"), data[begin : begin + size]))
        at = begin + size
    return members


def loose_zip(
    members: Sequence[tuple[str, bytes]],
    *,
    needs: int = 10,
    flags: int = 0,
    method: int = 0,
    date: int = 0x21,
    extra: bytes = b"",
    attributes: int = 0o100644 << 16,
    made_by: int = 0x030A,
    comment: bytes = b"",
    gap: bytes = b"",
    size_lie: int = 0,
    unlisted: int = 0,
    listed_count: int | None = None,
    before_end: bytes = b"",
) -> bytes:
    """Write a zip; without options it is the canonical container, written by other hands."""
    body, directory = b"", b""
    for index, (name, content) in enumerate(members):
        raw, at, stored = name.encode("utf-8"), len(body), content
        if method == 8:
            packer = zlib.compressobj(9, zlib.DEFLATED, -15)
            stored = packer.compress(content) + packer.flush()
        sizes = (zlib.crc32(content), len(stored) + size_lie, len(content) + size_lie)
        shared = struct.pack("<5H3I2H", needs, flags, method, 0, date, *sizes, len(raw), len(extra))
        body += b"PK\3\4" + shared + raw + extra + stored + gap
        if index >= unlisted:
            after = struct.pack("<3H2I", 0, 0, 0, attributes, at)
            directory += b"PK\1\2" + struct.pack("<H", made_by) + shared + after + raw + extra
    count = len(members) - unlisted if listed_count is None else listed_count
    end = struct.pack("<4H2IH", 0, 0, count, count, len(directory), len(body), len(comment))
    return body + directory + before_end + b"PK\5\6" + end + comment


def repacked(data: bytes, changes: dict[str, bytes | None], **facts: str) -> bytes:
    """Give a package with payload files replaced, added or (None) taken out, all digests made right."""
    payload = {name.partition("/")[2]: content for name, content in members_of(data)}
    info = dict(line.split(": ", 1) for line in payload["bag-info.txt"].decode().splitlines())
    payload = {name: content for name, content in payload.items() if name.startswith("data/")} | changes
    kept = {name: content for name, content in payload.items() if content is not None}
    submission = kept["data/submission.json"]
    info |= {"External-Identifier": check_code(submission)} | facts
    info.pop("Payload-Oxum")
    folder = f"sub-{hashlib.sha256(submission).hexdigest()[:16]}"
    return loose_zip(sorted(bag_members(folder, kept, list(info.items())).items()))


def payload(data: bytes) -> dict[str, bytes]:
    return {name.partition("/")[2]: content for name, content in members_of(data)}


def restated(data: bytes, change: Callable[[dict], object]) -> bytes:
    """Give the package with another submission.json, all digests right: what a careful forger would write."""
    body = json.loads(payload(data)[SUBMISSION])
    change(body)
    return repacked(data, {SUBMISSION: (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()})

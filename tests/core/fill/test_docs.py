"""What docs/fill.md shows can be used as it stands."""

from __future__ import annotations

import re
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.fill.filler import Tools, fill
from core.fill.map_file import KEYS, parse_map
from core.sheet.document_file import read_document
from core.sheet.forms import FormLibrary
from tests.core.fill.making import template_of, value_at


def test_the_map_of_the_manual_fills_a_table(
    project: Path, resources: Path, forms: FormLibrary, tools: Tools
) -> None:
    (example,) = re.findall(
        r"```toml\n(.*?)```", (project / "docs/fill.md").read_text(encoding="utf-8"), re.DOTALL
    )
    document = read_document((resources / "forms/hb-proj/2020/sample.json").read_bytes(), forms)

    def make(sheet: Worksheet, book: Workbook) -> None:  # noqa: ARG001
        sheet["A4"] = "项目："

    one = fill(template_of(make, "项目绩效"), parse_map(example.encode(), "fill.md"), [document], tools)
    assert not one.misfits
    assert [value_at(one, cell) for cell in ("B2", "E2", "A4", "A8", "E8", "F8", "G8", "H13", "I9")] == [
        "望海区农业农村局",
        200000,
        "项目：高标准农田管护经费",
        1,
        "≥",
        24000,
        "亩",
        "440113",
        "省级文件",
    ]


def test_every_way_of_writing_is_told(project: Path) -> None:
    text = (project / "docs/fill.md").read_text(encoding="utf-8")
    assert [key for key in KEYS if f"{key} = " not in text] == []

"""Topics (data in ``topics/*.toml``): what a unit does for how much money, written once, filled into forms.

A topic states values under the names fields have, rows of indicators, and under ``forms`` what only one form
asks for. What fits a form is decided by the form's own fields, columns, kinds and levels.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "topics"
LEVEL1 = {
    "数量": "产出指标",
    "质量": "产出指标",
    "时效": "产出指标",
    "经济效益": "效益指标",
    "社会效益": "效益指标",
    "生态效益": "效益指标",
    "可持续影响": "效益指标",
    "服务对象满意度": "满意度指标",
}


@dataclass(frozen=True)
class Topic:
    """One topic as its file tells it."""

    name: str
    body: Mapping[str, Any]

    def wants(self) -> Iterator[Mapping[str, Any]]:
        """Give what it is filled into: form, edition, stage, year, and settings of a kit perhaps."""
        yield from self.body["fill"]

    def value(self, name: str, want: Mapping[str, Any]) -> str:
        """Give the text for a field as the wanted document, its form or the topic says it, else ``""``."""
        for source in (want, self.body.get("forms", {}).get(want["form"], {}), self.body):
            if isinstance(found := source.get(name), str):
                return found
        return ""

    def rows(self, table: str, want: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """Give the rows of a table of its own name (tasks, details …)."""
        for source in (want, self.body.get("forms", {}).get(want["form"], {}), self.body):
            if isinstance(found := source.get(table), list):
                return found
        return []

    def indicators(self, want: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """Give the indicators that go into a form; a row may say ``only`` which forms, or ``not`` which."""
        names = {want["form"], f"{want['form']}-{want['edition']}"}
        rows: list[Mapping[str, Any]] = self.body["indicators"]
        return [
            row
            for row in rows
            if names.intersection(row.get("only", names)) and names.isdisjoint(row.get("not", ()))
        ]

    def levels(self, row: Mapping[str, Any]) -> tuple[str, str]:
        """Give the usual names of a row's levels; 成本 stands under 产出 unless the topic sets it apart."""
        level = row["level"]
        if level == "成本":
            apart = self.body.get("cost_apart", False)
            return ("成本指标", "经济成本指标") if apart else ("产出指标", "成本指标")
        if level.endswith("成本"):
            return "成本指标", f"{level}指标"
        return LEVEL1[level], f"{level}指标"


def joined(row: Mapping[str, Any]) -> str:
    """Give an indicator's target as one cell has it: as the row spells it, else sign, figure and unit."""
    if "text" in row:
        return str(row["text"])
    if row["sign"] == "定性":
        return str(row["value"])
    return f"{row['sign']}{row['value']}{row.get('unit', '')}"


def money(text: str, unit: str, *, thousands: bool) -> str:
    """Give an amount told in 万元 in the unit of a form, with two decimals."""
    amount = Decimal(text.replace(",", ""))
    if unit == "元":
        amount *= 10000
    return f"{amount:,.2f}" if thousands else f"{amount:.2f}"


def read_topics(folder: Path = FOLDER) -> dict[str, Topic]:
    """Read every topic, by the name of its file."""
    return {
        file.stem: Topic(file.stem, tomllib.loads(file.read_text(encoding="utf-8")))
        for file in sorted(folder.glob("*.toml"))
    }

"""How long one edit takes to be judged, on a declaration with 30 indicators and every check on.

``bench_edits()`` prints microseconds per edit (computed figures and findings, without painting), by the clock
of this thread: on an idle machine that is the time a clerk waits.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bench.measuring import Figure
from core.check.checker import read_checker
from core.check.context import read_context
from core.sheet.definition import Form
from core.sheet.document import ROOT, Document, Row, blank_document, new_row_id
from core.sheet.edits import AddRow, Edit, MoveRow, RemoveRow, text_edit
from core.sheet.forms import FormLibrary
from core.sheet.places import Place, field_place

PROJECT = Path(__file__).resolve().parent.parent
TASKS = 6
COUNT = 20_000
OBJECTS = ("法律援助案件", "社区矫正对象档案", "人民调解案件", "行政复议案件", "法治宣传活动")
MEASURES = (
    ("办结率", "≥95%"),
    ("按时完成率", "100%"),
    ("数量", "≥55件"),
    ("质量评估合格率", "≥90%"),
    ("差错率", "≤1.8%"),
    ("群众满意度", "≥85%"),
)
PAIRS = tuple((f"{one}{name}", value) for name, value in MEASURES for one in OBJECTS)
"""Names that go with their values: thirty indicators as units send them."""
WRONG = ("≥100100件以上", "持续发挥作用", "＞＝９５％", "≥1%以下", "95", "≥**%", "百分之九十")
"""What is typed one time in six, until it is typed again."""
AMOUNTS = ("4,436.96", "667.06", "0.00", "132.00", "5,236.02", "48", "186.04")
PROSE = (
    "扎实推进依法行政，落实普法责任制，为符合条件的申请人提供法律援助；"
    "加强对社区矫正对象的监督管理和教育，促进融入社会。"
)
LEVELS = (
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("产出指标", "时效指标"),
    ("效益指标", "社会效益指标"),
    ("满意度指标", "服务对象满意度指标"),
)


def filled(form: Form) -> Document:
    """Give a declaration as units send it: six tasks, thirty indicators."""
    document = blank_document(form, year=2025, unit_name="练习区司法局")
    for name, field in form.fields.items():
        if not field.compute:
            document.set_text(field_place(name), PROSE * 6 if field.kind == "text" else AMOUNTS[0])
    for number in range(TASKS):
        cells = {"name": PAIRS[number][0], "content": PROSE * 3, "funds": AMOUNTS[number], "goal": PROSE * 2}
        document.insert_row("tasks", ROOT, number, Row(new_row_id(), cells))
    have = len(document.rows("indicators"))
    for number, (name, value) in enumerate(PAIRS):
        cells = {"name": name, "period_value": value, "value": value}
        cells |= dict(zip(("level1", "level2"), LEVELS[number * len(LEVELS) // len(PAIRS)], strict=True))
        if number < have:
            document.rows("indicators")[number].cells.update(cells)
        else:
            document.insert_row("indicators", ROOT, number, Row(new_row_id(), cells))
    return document


def typed_away(document: Document, count: int, seed: int) -> Iterator[Edit]:
    """Give edits as a clerk makes them: typed key by key, now and then a row added, moved or removed."""
    chance = random.Random(seed)
    made = 0
    while made < count:
        if chance.random() < 0.05:
            yield _row_edit(document, chance)
            made += 1
            continue
        place, text = _goal(document, chance)
        start = max(0, len(text) - 12) if len(text) > 60 else 0
        for length in range(start, len(text) + 1):
            yield text_edit(document, place, text[:length])
            made += 1


def _goal(document: Document, chance: random.Random) -> tuple[Place, str]:
    """Give a place and the text that is typed there."""
    form = document.form
    sort = chance.choice(("field", "task", "name", "value", "value", "period_value"))
    if sort == "field":
        name = chance.choice([name for name, field in form.fields.items() if not field.compute])
        text = PROSE * 6 if form.fields[name].kind == "text" else chance.choice(AMOUNTS)
        return field_place(name), text
    if sort == "task":
        row = chance.choice(document.rows("tasks"))
        name = chance.choice(("name", "content", "funds", "goal"))
        text = {"funds": chance.choice(AMOUNTS), "name": chance.choice(PAIRS)[0]}.get(name, PROSE * 3)
        return Place("tasks", row.id, name), text
    row = chance.choice(document.rows("indicators"))
    name = row.cells.get("name", "")
    if sort == "name":
        return Place("indicators", row.id, sort), name or chance.choice(PAIRS)[0]
    value = dict(PAIRS).get(name, "100%") if chance.random() > 1 / 6 else chance.choice(WRONG)
    return Place("indicators", row.id, sort), value


def _row_edit(document: Document, chance: random.Random) -> Edit:
    table = chance.choice(("tasks", "indicators"))
    rows = document.rows(table)
    want = TASKS if table == "tasks" else len(PAIRS)
    if len(rows) > want:
        index = chance.randrange(len(rows))
        return RemoveRow(table, ROOT, index, rows[index].copy())
    if chance.random() < 0.5:
        return MoveRow(table, ROOT, chance.randrange(len(rows)), chance.randrange(len(rows)))
    cells = dict(chance.choice(rows).cells)
    return AddRow(table, ROOT, chance.randrange(len(rows)), Row(new_row_id(), cells))


def bench_edits(count: int = COUNT, *, show: bool = True) -> dict[str, float]:
    """Judge ``count`` edits one by one; give (and print) microseconds: median, p99, worst, full check."""
    resources = PROJECT / "resources"
    started = time.perf_counter()
    checker = read_checker(resources)
    context = read_context(resources, date(2024, 9, 20))
    read = time.perf_counter() - started
    document = filled(FormLibrary(resources / "forms").get("gz-decl", "2025"))
    started = time.perf_counter()
    engine = checker.open(document, context)
    opened = time.perf_counter() - started
    started = time.perf_counter()
    checker.open(document, context)
    full = time.perf_counter() - started
    times: dict[str, list[float]] = {}
    for edit in typed_away(document, count, seed=7):
        edit.apply(document)
        begun = time.thread_time_ns()
        engine.edited((edit,))
        times.setdefault(_sort_of(edit), []).append((time.thread_time_ns() - begun) / 1000)
    every = [one for sort in times.values() for one in sort]
    figures = {"median": statistics.median(every), "p99": _percentile(every, 99), "worst": max(every)}
    figures |= {"full check": full * 1e6, "first check": opened * 1e6, "catalogue": read * 1e6}
    if show:
        print(f"{len(every)} edits, {len(engine.findings())} findings; microseconds")
        for name, figure in figures.items():
            print(f"  {name:<12} {figure:9.1f}")
        for sort, found in sorted(times.items()):
            middle, high = statistics.median(found), _percentile(found, 99)
            print(f"  {sort:<24} {len(found):6} median {middle:7.1f} p99 {high:7.1f}")
    return figures


def _sort_of(edit: Edit) -> str:
    place = getattr(edit, "place", None)
    return f"{place.table or 'field'}.{place.column}" if place is not None else type(edit).__name__


def _percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1]


def measure() -> list[Figure]:
    """Give the figures for ``./dev bench``."""
    found = bench_edits(show=False)
    goals = {"median": 50.0, "p99": 200.0}
    names = {"median": "an edit judged, 30 indicators, median", "p99": "the same, 99th percentile"}
    return [
        Figure("check", names.get(name, name), figure, "µs", goals.get(name))
        for name, figure in found.items()
    ]


if __name__ == "__main__":
    bench_edits()

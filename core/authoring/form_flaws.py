"""What is wrong or doubtful about a form by itself: years, kinds, room in tables, what lists show of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.authoring.flaw import Flaws
from core.authoring.sheet_flaws import words_around
from core.authoring.write_toml import MARK
from core.sheet.definition import Field, Form
from core.sheet.picture import holes

_FIXED_YEAR = re.compile(r"(?<![0-9〔\[（(第])20[0-9]{2}(?=\s*年)")
_AMOUNT = re.compile(r"(金额|总额|预算数|执行数|拨款|资金|经费|合计)$|（(万元|元)）$")
_SHARE = re.compile(r"（[%％]）$|(执行率|完成率|调整率|占比)$")
_DRAFT_NAME = re.compile(r"(field|column|table)_[0-9]+")
_PROJECT = "项目名称"


def form_flaws(form: Form, flaws: Flaws) -> None:
    """Note what is wrong or doubtful about a form that loads."""
    _years(form, flaws)
    for place, field in _places(form):
        _field(place, field, flaws)
    _tables(form, flaws)
    _about(form, flaws)


def undecided_flaws(text: str, flaws: Flaws) -> None:
    """Note what a draft left to be decided: comments with 待定, told once with their lines."""
    told = ((number, line.rpartition("#")) for number, line in enumerate(text.split("\n"), start=1))
    lines = [number for number, (_, mark, comment) in told if mark and f"{MARK}：" in comment]
    if lines:
        shown = "、".join(map(str, lines[:12])) + ("…" if len(lines) > 12 else "")
        flaws.doubtful("", "authoring.undecided", count=len(lines), lines=shown)


def _years(form: Form, flaws: Flaws) -> None:
    """A sheet should say its year; one that is written out is wrong next year."""
    texts = list(words_around(form))
    texts += [
        (f"block[{number}].rows[{index}]", text)
        for number, block in enumerate(form.blocks, start=1)
        for index, row in enumerate(block.rows, start=1)
        for text in row
    ]
    fixed = [(place, text, year) for place, text in texts for year in _FIXED_YEAR.findall(text)]
    for place, text, year in fixed:
        flaws.doubtful(place, "authoring.fixed-year", year=year, text=text[:40])
    if not fixed and not any("year" in holes(text) for _, text in texts):
        flaws.doubtful("title", "authoring.no-year")


def _places(form: Form) -> Iterator[tuple[str, Field]]:
    for name, field in form.fields.items():
        yield f"fields.{name}", field
    for path, table in form.tables.items():
        keys = path.replace(".", ".tables.")
        for name, column in table.columns.items():
            yield f"tables.{keys}.columns.{name}", column


def _field(place: str, field: Field, flaws: Flaws) -> None:
    if field.required and field.compute:
        flaws.wrong(place, "authoring.required-computed", label=field.label)
    if field.compute and not field.numeric and field.kind != "choice":
        flaws.wrong(place, "authoring.computed-text", label=field.label, kind=field.kind)
    if field.kind == "text" and _AMOUNT.search(field.label):
        flaws.doubtful(place, "authoring.amount-as-text", label=field.label)
    if field.kind in ("text", "number") and _SHARE.search(field.label):
        flaws.doubtful(place, "authoring.share-as-text", label=field.label, kind=field.kind)
    if field.options and field.kind not in ("choice", "choices", "operator", "unit"):
        flaws.doubtful(place, "authoring.options-unused", label=field.label, kind=field.kind)
    if field.signed and not field.numeric:
        flaws.doubtful(place, "authoring.signed-text", label=field.label)
    if _DRAFT_NAME.fullmatch(field.name):
        flaws.doubtful(place, "authoring.draft-name", name=field.name, label=field.label)


def _tables(form: Form, flaws: Flaws) -> None:
    for path, table in form.tables.items():
        place = f"tables.{path.replace('.', '.tables.')}"
        begun = len(table.start) + len(table.always)
        if table.limit is not None and table.limit < max(begun, table.blank):
            count = max(begun, table.blank)
            flaws.wrong(place, "authoring.limit-too-low", limit=table.limit, count=count)
        elif table.limit is not None and table.limit == begun:
            flaws.doubtful(place, "authoring.no-room", limit=table.limit)
        if begun and table.blank != 1:
            flaws.doubtful(place, "authoring.blank-unused", blank=table.blank)
        if not table.label:
            flaws.doubtful(place, "authoring.table-without-label")


def _about(form: Form, flaws: Flaws) -> None:
    project = next((name for name, field in form.fields.items() if field.label == _PROJECT), "")
    if project and not form.about.name:
        flaws.doubtful("about", "authoring.about-name", name=project)
    money = next((name for name, field in form.fields.items() if field.kind == "money"), "")
    if money and not form.about.amount:
        flaws.doubtful("about", "authoring.about-amount", name=money)
    for key, name in (("code", form.about.code), ("name", form.about.name)):
        field = form.fields.get(name)
        if field and field.numeric:
            flaws.wrong(f"about.{key}", "authoring.about-number", name=name)
    amount = form.fields.get(form.about.amount)
    if amount and amount.kind != "money":
        flaws.wrong("about.amount", "authoring.about-no-money", name=form.about.amount)

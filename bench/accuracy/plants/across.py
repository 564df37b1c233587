"""Mistakes between documents of one chain: XF-01 to XF-03, XF-06 to XF-09, and AM-15 against last year."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from decimal import Decimal

from bench.accuracy.documents import RESOURCES
from bench.accuracy.planting import Plant, Planted, planted, put, put_field
from bench.accuracy.relatives import monitored, others
from core.check.beside.relations import relate
from core.check.context import Counterpart
from core.sheet.document import Document, Row
from core.sheet.forms import FormLibrary
from core.sheet.numbers import parse_number
from core.sheet.places import Place, field_place

FORMS = FormLibrary(RESOURCES / "forms")
Papers = dict[str, Document]
Mistake = Callable[[Document, Papers, random.Random], tuple[Place, ...] | None]


def _plant(check: str, name: str, severity: str, stages: tuple[str, ...], mistake: Mistake) -> Plant:
    """Make a plant of a mistake in a document of a stage whose papers are all at hand."""

    def put_it(document: Document, chance: random.Random) -> Planted | None:
        if document.stage not in stages:
            return None
        papers = dict(others(document, FORMS))
        papers.pop("last.json")
        if not papers:
            return None
        before = relate(document, papers)
        places = mistake(document, papers, chance)
        if places is None:
            return None
        # A mistake in unit, year or code does not cut the thread: the form came from its papers.
        now = relate(document, papers) if check != "XF-03" else before
        return planted(document, check, *places)._replace(others=now)

    return Plant(check, name, severity, put_it)


# indicators ------------------------------------------------------------------------------------------------


def _rows(document: Document) -> list[tuple[str, Row]]:
    found = []
    for path, table in document.form.tables.items():
        if table.role == "indicators":
            found += [(path, row) for _, row in document.all_rows(path) if row.cells.get("name")]
    return found


def _numbered(document: Document, sign: str = "") -> list[tuple[str, Row]]:
    """Rows whose target is a sign, whole digits and a unit, in one cell or three."""
    found = []
    for path, row in _rows(document):
        digits = "".join(char for char in row.cells.get("value", "") if char.isdigit())
        told = row.cells.get("operator", row.cells.get("value", "")[:1])
        if digits and digits in row.cells["value"] and int(digits) > 9 and (not sign or told == sign):
            found.append((path, row))
    return found


def _digits(row: Row) -> str:
    return "".join(char for char in row.cells["value"] if char.isdigit())


def _with_number(row: Row, number: int) -> str:
    return row.cells["value"].replace(_digits(row), str(number))


def _cells(document: Document, path: str, row: Row, *columns: str) -> tuple[Place, ...]:
    return tuple(Place(path, row.id, name) for name in columns if name in document.form.tables[path].columns)


def _softer(document: Document, _papers: Papers, chance: random.Random) -> tuple[Place, ...] | None:
    """The target is printed as low as what was reached."""
    able = _numbered(document, "≥")
    if not able:
        return None
    path, row = chance.choice(able)
    number = int(_digits(row))
    put(document, Place(path, row.id, "value"), _with_number(row, number - max(1, number // 20)))
    return _cells(document, path, row, "value")


def _other_number(document: Document, _papers: Papers, chance: random.Random) -> tuple[Place, ...] | None:
    """A number typed wrong when it was copied from one form into the other."""
    able = _numbered(document)
    if not able:
        return None
    path, row = chance.choice(able)
    number = int(_digits(row))
    put(document, Place(path, row.id, "value"), _with_number(row, number + chance.choice((1, 2, 3))))
    return _cells(document, path, row, "value")


def _other_sign(document: Document, _papers: Papers, chance: random.Random) -> tuple[Place, ...] | None:
    """At least becomes exactly."""
    able = _numbered(document, "≥")
    if not able:
        return None
    path, row = chance.choice(able)
    column = "operator" if "operator" in row.cells else "value"
    put(document, Place(path, row.id, column), row.cells[column].replace("≥", "="))
    return _cells(document, path, row, "value", "operator")


def _left_out(document: Document, _papers: Papers, chance: random.Random) -> tuple[Place, ...] | None:
    """The indicator that was not met is no longer on the form."""
    able = _rows(document)
    if len(able) < 3:
        return None
    path, row = chance.choice(able)
    parent = document.parent_of(path, row.id)
    document.take_row(path, parent, document.position(path, row.id))
    rows = [one for one in document.rows(path, parent) if one.cells.get("name")]
    return tuple(Place(path, one.id, "name") for one in rows) if rows else None


def _added(document: Document, _papers: Papers, chance: random.Random) -> tuple[Place, ...] | None:
    """An easy one is put in that nobody approved."""
    able = [(path, row) for path, row in _rows(document) if row.cells.get("level2") in ("数量指标", None)]
    if not able:
        return None
    path, row = chance.choice(able)
    new = row.copy()
    new.id = "f0f0f0f0"
    name, number, unit = chance.choice(
        (("工作例会召开次数", "12", "次"), ("宣传展板制作数量", "20", "块"), ("工作简报印发期数", "12", "期"))
    )
    apart = "operator" in document.form.tables[path].columns
    sign = row.cells.get("operator", "≥")
    new.cells |= {"name": name, "value": number, "unit": unit} if apart else {"name": name}
    if not apart:
        new.cells["value"] = f"≥{number}{unit}"
    elif sign not in ("≥", "大于等于"):
        new.cells["operator"] = "大于等于" if "于" in sign else "≥"
    for column, text in (("period_value", new.cells["value"]), ("actual", number + unit)):
        if column in new.cells:
            new.cells[column] = text
    document.insert_row(path, document.parent_of(path, row.id), document.position(path, row.id) + 1, new)
    return (Place(path, new.id, "name"),)


def _renamed(document: Document, _papers: Papers, chance: random.Random) -> tuple[Place, ...] | None:
    """The name says something slightly else."""
    able = [(path, row) for path, row in _rows(document) if len(row.cells["name"]) >= 6]
    if not able:
        return None
    path, row = chance.choice(able)
    put(document, Place(path, row.id, "name"), "主要" + row.cells["name"])
    return _cells(document, path, row, "name")


def _no_target(document: Document, _papers: Papers, chance: random.Random) -> tuple[Place, ...] | None:
    """What was done is reported, and what was aimed at is not."""
    able = [
        (path, row) for path, row in _rows(document) if row.cells.get("value") and row.cells.get("actual")
    ]
    if not able:
        return None
    path, row = chance.choice(able)
    put(document, Place(path, row.id, "value"), "")
    return _cells(document, path, row, "value")


def _other_goal(document: Document, _papers: Papers, chance: random.Random) -> tuple[Place, ...] | None:
    """The figure in the goal is lowered along."""
    text = document.field("goal")
    figures = list(re.finditer(r"[0-9]{2,4}(?=[^0-9年.．、）)])", text))
    if not figures:
        return None
    found = chance.choice(figures)
    return (put_field(document, "goal", f"{text[: found.start()]}{int(found[0]) - 1}{text[found.end() :]}"),)


def _other_before(document: Document, _papers: Papers, chance: random.Random) -> tuple[Place, ...] | None:
    """What stood there before is told otherwise than it was."""
    rows = [
        row
        for _, row in _rows(document)
        if any(char in "123456789" for char in row.cells.get("value_before", ""))
    ]
    if not rows:
        return None
    row = chance.choice(rows)
    text = row.cells["value_before"]
    digit = next(char for char in text if char in "123456789")
    return (put(document, Place("indicators", row.id, "value_before"), text.replace(digit, f"{digit}1", 1)),)


def _other_weights(document: Document, papers: Papers, chance: random.Random) -> tuple[Place, ...] | None:
    """Points are moved from what was not met to what was."""
    if not any("weight" in table.columns for table in _first(papers).form.tables.values()):
        return None
    able = [(path, row) for path, row in _rows(document) if (_weight(row) or 0) > 2]
    if len(able) < 2:
        return None
    (path, one), (_, two) = chance.sample(able, 2)
    if document.parent_of(path, one.id) != document.parent_of(path, two.id):
        return None
    places = Place(path, one.id, "weight"), Place(path, two.id, "weight")
    put(document, places[0], f"{(_weight(one) or 0) - 2:f}")
    put(document, places[1], f"{(_weight(two) or 0) + 2:f}")
    return places


def _first(papers: Papers) -> Document:
    return papers.get("declared.json") or papers.get("approved.json") or next(iter(papers.values()))


def _weight(row: Row) -> Decimal | None:
    return parse_number(row.cells.get("weight", ""))


# facts -----------------------------------------------------------------------------------------------------


def _other_year(document: Document, _papers: Papers, chance: random.Random) -> tuple[Place, ...] | None:
    if document.year is None:
        return None
    return (put_field(document, "year", str(document.year - 1)),)


def _other_code(document: Document, _papers: Papers, chance: random.Random) -> tuple[Place, ...] | None:
    code = document.unit_code
    if len(code) < 3 or not code[-1].isdigit():
        return None
    return (put_field(document, "unit.code", code[:-1] + str((int(code[-1]) + 1) % 10)),)


def _other_unit(document: Document, _papers: Papers, chance: random.Random) -> tuple[Place, ...] | None:
    other = chance.choice(("白沙镇人民政府", "青山镇文化站", "河口乡财政所"))
    return (put_field(document, "unit.name", other),)


def _other_project_code(
    document: Document, _papers: Papers, chance: random.Random
) -> tuple[Place, ...] | None:
    name, code = document.form.about.code, document.project_code
    if not name or len(code) < 3 or not _first(_papers).project_code:
        return None
    return (
        put_field(document, name, code[:-2] + code[-1] + code[-2] if code[-1] != code[-2] else code + "1"),
    )


# amounts ---------------------------------------------------------------------------------------------------


def _amount(name: str, factor: str) -> Mistake:
    """Make the mistake of another amount where the approved one belongs."""

    def mistake(document: Document, papers: Papers, _chance: random.Random) -> tuple[Place, ...] | None:
        amount = parse_number(document.field(name))
        if not amount or "approved.json" not in papers or "adjusted.json" in papers:
            return None
        return (put_field(document, name, f"{amount * Decimal(factor):.2f}"),)

    return mistake


def _without_record(document: Document, papers: Papers, chance: random.Random) -> tuple[Place, ...] | None:
    """More money came during the year, and the paper that allowed it is not there."""
    initial, budget = parse_number(document.field("initial_fiscal")), document.field("budget_fiscal")
    if "approved.json" not in papers or not initial or not budget or "adjusted.json" in papers:
        return None
    put_field(document, "budget_fiscal", f"{initial + Decimal(chance.choice(('3.36', '12.95', '-2.5'))):.2f}")
    if "rate_reason" in document.form.fields:
        put_field(document, "rate_reason", "年中按实际需要调整了预算。")
    return field_place("budget_total"), field_place("initial_total"), field_place("budget_fiscal")


def _less_than_monitored(
    document: Document, papers: Papers, _chance: random.Random
) -> tuple[Place, ...] | None:
    """The year's figure is smaller than July's."""
    spent = parse_number(document.field("spent_fiscal"))
    if not spent or "monitored.json" not in papers:
        return None
    papers["monitored.json"] = monitored(document, FORMS, part="1.0")
    return (put_field(document, "spent_fiscal", f"{spent * Decimal('0.9375'):.2f}"),)


def _fewer_than_monitored(
    document: Document, papers: Papers, chance: random.Random
) -> tuple[Place, ...] | None:
    """A count is smaller at the end of the year than in July."""
    found = papers.get("monitored.json")
    if found is None:
        return None
    able = [
        (row, it)
        for row, it in zip(
            [one for one in document.rows("indicators") if one.cells.get("name")],
            found.rows("indicators"),
            strict=True,
        )
        if (
            digits := it.cells.get("progress", "").rstrip("个件场次人户份期套处名亩只台项条篇吨家座卷批块")
        ).isdigit()
        and int(digits) > 4
        and "%" not in it.cells["value"]
        and not it.cells["value"].startswith(("≤", "<"))
        and row.cells.get("operator", "≥") in ("≥", "=")
    ]
    if not able:
        return None
    row, it = chance.choice(able)
    digits = "".join(char for char in it.cells["progress"] if char.isdigit())
    new = it.cells["progress"].replace(digits, str(int(digits) - 2))
    return (put(document, Place("indicators", row.id, "actual"), new),)


def _red_light(document: Document, chance: random.Random) -> Planted | None:
    """July, a tenth of the money spent, and not a word about it."""
    budget = parse_number(document.field("budget_fiscal"))
    if document.form.form != "mof-monitor" or not budget:
        return None
    put_field(document, "month", chance.choice(("7", "8")))
    put_field(document, "spent_fiscal", f"{budget / 10:.2f}")
    for name in ("spent_carry", "spent_other", "funds_reason", "rate", "rate_fiscal", "spent_total"):
        put_field(document, name, "")
    return planted(document, "XF-07", field_place("funds_reason"), field_place("rate"))


def _public_copy(document: Document, chance: random.Random) -> Planted | None:
    """The copy for the public says another figure than the paper that was sent in."""
    if document.stage not in ("批复", "自评"):
        return None
    able = _numbered(document)
    if not able:
        return None
    original = document.copy()
    path, row = chance.choice(able)
    place = put(document, Place(path, row.id, "value"), _with_number(row, int(_digits(row)) - 1))
    found = planted(document, "XF-08", place)
    return found._replace(others=(Counterpart("together", original, "original.json"),))


def _above_the_evaluation(document: Document, chance: random.Random) -> Planted | None:
    """The unit gives itself far more points than those who looked into it."""
    if "total_score" not in document.form.fields or not document.project_name:
        return None
    found = planted(document, "XF-09", field_place("total_score"))
    points = Decimal(chance.choice(("58.64", "66.5", "71")))
    return found._replace(kit={"evaluated_scores": [[document.project_name, points]]})


def _more_than_last_year(factor: str) -> Callable[[Document, random.Random], Planted | None]:
    """Make the mistake of asking for another amount than last year and not saying why."""

    def put_it(document: Document, _chance: random.Random) -> Planted | None:
        about = document.form.about.amount
        if (
            document.stage != "申报"
            or not about
            or any("last_year" in t.columns for t in document.form.tables.values())
        ):
            return None
        last = document.copy(id="00000000000000a9")
        last.set_text(field_place("year"), str((document.year or 2024) - 1))
        typed = [
            place
            for place in last.places()
            if (field := last.form.column(place.table, place.column)) is not None
            and field.kind == "money"
            and not field.compute
        ]
        if not typed:
            return None
        for place in typed:
            amount = parse_number(last.text(place)) or Decimal(0)
            last.set_text(place, f"{amount * Decimal(factor):.2f}")
        for name in ("use", "goal", "grounds", "summary", "feasibility", "necessity", "notes"):
            if name in document.form.fields and document.field(name):
                put_field(document, name, "完成本年度各项工作任务，保障工作正常开展，群众满意。")
        found = planted(document, "AM-15", field_place(about))
        return found._replace(others=(Counterpart("last-year", last, "last.json"),))

    return put_it


_SELF, _APPROVED, _AFTER = ("自评",), ("批复",), ("监控",)
PLANTS: tuple[Plant, ...] = (
    _plant("XF-01", "a number changed in the approval", "warning", _APPROVED, _other_number),
    _plant("XF-01", "a sign changed in the approval", "warning", _APPROVED, _other_sign),
    _plant("XF-01", "a weight changed in the approval", "warning", _APPROVED, _other_weights),
    _plant("XF-01", "an indicator left out of the approval", "warning", _APPROVED, _left_out),
    _plant("XF-01", "an indicator added in the approval", "warning", _APPROVED, _added),
    _plant("XF-01", "a target changed after the approval", "error", _AFTER, _other_number),
    _plant("XF-01", "an indicator left out after the approval", "error", _AFTER, _left_out),
    _plant("XF-01", "weights moved after the approval", "error", _SELF, _other_weights),
    _plant("XF-02", "a target softened", "error", _SELF, _softer),
    _plant("XF-02", "a target changed", "error", _SELF, _other_number),
    _plant("XF-02", "another sign", "error", _SELF, _other_sign),
    _plant("XF-02", "an indicator dropped", "error", _SELF, _left_out),
    _plant("XF-02", "an indicator nobody approved", "error", _SELF, _added),
    _plant("XF-02", "another name", "error", _SELF, _renamed),
    _plant("XF-02", "no target at all", "error", _SELF, _no_target),
    _plant("XF-02", "another figure in the goal", "warning", _SELF, _other_goal),
    _plant("XF-03", "another year", "error", ("批复", "监控", "自评"), _other_year),
    _plant("XF-03", "another unit code", "error", ("批复", "监控", "自评"), _other_code),
    _plant("XF-03", "another unit", "error", ("批复", "监控", "自评"), _other_unit),
    _plant("XF-03", "another project code", "error", ("批复", "监控", "自评"), _other_project_code),
    _plant("XF-06", "another amount than approved", "error", _SELF, _amount("initial_fiscal", "1.12")),
    _plant("XF-06", "元 for 万元", "error", _SELF, _amount("initial_fiscal", "10000")),
    _plant("XF-06", "another amount in the monitoring", "error", _AFTER, _amount("budget_fiscal", "0.9")),
    _plant(
        "XF-06", "another amount before the adjustment", "error", ("调整",), _amount("fiscal_before", "1.1")
    ),
    _plant("XF-06", "another target before the adjustment", "error", ("调整",), _other_before),
    _plant("XF-06", "changed without a record", "error", _SELF, _without_record),
    _plant("XF-07", "less spent than in July", "warning", _SELF, _less_than_monitored),
    _plant("XF-07", "fewer than in July", "warning", _SELF, _fewer_than_monitored),
    Plant("XF-07", "a red light and no measures", "warning", _red_light),
    Plant("XF-08", "another figure in the public copy", "error", _public_copy),
    Plant("XF-09", "far above the evaluation", "warning", _above_the_evaluation),
    Plant("AM-15", "a third more than last year", "hint", _more_than_last_year("0.7")),
    Plant("AM-15", "half of last year", "hint", _more_than_last_year("2")),
)

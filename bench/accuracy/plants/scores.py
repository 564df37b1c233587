"""Mistakes in totals, rates and texts of a self-evaluation: SE. Those of its rows are in ``scores_rows``."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

from bench.accuracy.figures import like, mistyped, number, own, transposed, typed_again
from bench.accuracy.planting import Plant, Planted, planted, put, put_field, spots
from core.sheet.document import Document
from core.sheet.numbers import parse_number, round_half_up
from core.sheet.places import Place, field_place

RATES = ("rate", "rate_fiscal", "rate_carry", "rate_account", "rate_own", "rate_other")
BEGINNINGS = ("initial_", "budget_", "spent_")
Write = Callable[[Document, str, random.Random], str]


def _typed(check: str, name: str, fields: tuple[str, ...], write: Write, severity: str = "error") -> Plant:
    """Make a plant that types a computed figure, wrongly."""

    def put_it(document: Document, chance: random.Random) -> Planted | None:
        able = [one for one in fields if one in document.form.fields and own(document, one)]
        if not able:
            return None
        field = chance.choice(able)
        text = write(document, field, chance)
        if not text or text == own(document, field):
            return None
        return planted(document, check, put_field(document, field, text))

    return Plant(check, name, severity, put_it)


def _slip(document: Document, name: str, chance: random.Random) -> str:
    text = own(document, name)
    return transposed(text, chance) if any(char in "123456789" for char in text) else ""


def _as(*texts: str) -> Write:
    return lambda document, name, chance: chance.choice(texts)


def _as_fraction(document: Document, name: str, chance: random.Random) -> str:
    """0.9950 for 99.50%."""
    return f"{Decimal(own(document, name).removesuffix('%')) / 100:.4f}"


def _over(part: str, whole: str) -> Write:
    """A rate on the wrong base."""

    def write(document: Document, name: str, chance: random.Random) -> str:
        one, two = number(document, field_place(part)), number(document, field_place(whole))
        one = one if one is not None else parse_number(own(document, part))
        two = two if two is not None else parse_number(own(document, whole))
        if one is None or not two or name not in ("rate", "completion_rate", "adjustment_rate"):
            return ""
        return f"{round_half_up(abs(one) / two * 100, 2)}%"

    return write


def _without_its_sign(document: Document, name: str, chance: random.Random) -> str:
    text = own(document, name)
    return text.removeprefix("-") if text.startswith("-") else f"-{text}" if parse_number(text) else ""


def _with_a_sign(document: Document, name: str, chance: random.Random) -> str:
    """−2.82%: the sign of the change on its rate."""
    text = own(document, name)
    return f"-{text}" if number(document, field_place("adjusted_income")) and text != "0.00%" else ""


def _rows_only(document: Document, name: str, chance: random.Random) -> str:
    """The total without the points of the rate."""
    total, rate = Decimal(own(document, "total_score")), Decimal(own(document, "rate_score") or 0)
    return f"{(total - rate).normalize():f}" if rate else ""


def _hundred(document: Document, name: str, chance: random.Random) -> str:
    return "100" if own(document, name) != "100" else ""


def _other_grade(document: Document, name: str, chance: random.Random) -> str:
    right = own(document, name)
    return chance.choice([one for one in document.form.fields[name].options if one != right])


def _grade_in_words(document: Document, chance: random.Random) -> Planted | None:
    """The conclusion names another grade than the points have."""
    right, text = (
        own(document, "grade") if "grade" in document.form.fields else "",
        document.field("conclusion"),
    )
    if not right or not text:
        return None
    wrong = chance.choice([one for one in ("优", "良", "中", "差") if one != right])
    document.set_text(field_place("conclusion"), f"{text.rstrip('。')}，自评等级为“{wrong}”。")
    return planted(document, "SE-10", field_place("conclusion"))


# The execution rate and changes of the budget


def _little_spent(reason: str) -> Plant:
    """Make a plant in which much of the money was not spent, and nobody says why."""
    sort = {"rate_reason": "sc-self", "": "mof-self", "texts": "gz-self"}[reason]

    def put_it(document: Document, chance: random.Random) -> Planted | None:
        if document.form.form != sort:
            return None
        share = chance.choice((Decimal("0.36"), Decimal("0.7"), Decimal("0.885")))
        if sort == "gz-self":
            whole = number(document, field_place("adjusted_income")) or Decimal(0)
            _spend(document, "spent", whole * share)
            for row in [*document.rows("funds"), *document.rows("tasks")]:
                for table, column in (("funds", "amount"), ("tasks", "funds")):
                    if document.row(table, row.id) is row and row.cells.get(column):
                        _lower(document, Place(table, row.id, column), share)
            _say_nothing(document, ("预算", "支出", "执行", "资金"), ("problems", "improvements", "overall",
                                                                "goal_actual", "key_projects"))  # fmt: skip
            typed_again(document)
            return planted(document, "SE-13", field_place("completion_rate"), field_place("spent"))
        for source in ("fiscal", "carry", "account", "own", "other"):
            budget = number(document, field_place(f"budget_{source}"))
            if budget is not None and document.field(f"spent_{source}"):
                _spend(document, f"spent_{source}", budget * share)
        if reason:
            put_field(document, reason, chance.choice(("", "无", "暂无问题")))
        typed_again(document)
        return planted(document, "SE-13", field_place("rate"), field_place(reason or "rate"))

    severity = "error" if sort == "sc-self" else "warning"
    return Plant("SE-13", f"little spent, no reason, {sort}", severity, put_it)


def _spend(document: Document, name: str, figure: Decimal) -> None:
    put_field(document, name, like(document.field(name), figure))


def _lower(document: Document, place: Place, share: Decimal) -> None:
    figure = number(document, place)
    if figure is not None:
        put(document, place, like(document.text(place), figure * share))


def _say_nothing(document: Document, words: tuple[str, ...], names: tuple[str, ...]) -> None:
    """Take sentences out of texts that speak of a matter."""
    for name in names:
        kept = [one for one in document.field(name).split("。") if not any(word in one for word in words)]
        text = "。".join(one for one in kept if one.strip())
        put_field(document, name, f"{text}。" if text else "各项任务按计划完成。")


def _budget_changed(document: Document, chance: random.Random) -> Planted | None:
    """年初 and 调整后 differ, and nothing is said of it."""
    if document.form.form == "sc-self":
        before = number(document, field_place("initial_fiscal")) or Decimal(0)
        _spend(
            document,
            "initial_fiscal",
            before * chance.choice((Decimal("0.94"), Decimal("1.08"), Decimal("0.5"))),
        )
        if document.field("initial_fiscal") == document.field("budget_fiscal"):
            return None
        put_field(document, "rate_reason", chance.choice(("", "无")))
        rate = own(document, "rate").removesuffix("%")
        if not rate or Decimal(rate) < 90:
            return None  # SE-13 asks for the same cell
        typed_again(document)
        names = ("rate_reason", "initial_total", "budget_total", "initial_fiscal", "budget_fiscal")
        return planted(document, "SE-14", *map(field_place, names))
    if document.form.form == "gz-self":
        after = number(document, field_place("adjusted_income")) or Decimal(0)
        _spend(document, "initial_income", after * chance.choice((Decimal("0.9"), Decimal("1.12"))))
        words = ("预算", "调整", "追加", "压减", "调减", "增加", "减少")
        _say_nothing(document, words, ("problems", "improvements", "overall", "goal_actual", "key_projects"))
        typed_again(document)
        return planted(document, "SE-14", field_place("adjusted_income"), field_place("initial_income"))
    return None


# A hundred points, and rates in texts


def _perfect(document: Document, chance: random.Random) -> Planted | None:
    """A hundred points, and no problem at all; or people less content."""
    if "total_score" not in document.form.fields or "problems" not in document.form.fields:
        return None
    for path, table in document.form.tables.items():
        if "score" not in table.columns:
            continue
        for _, row in document.all_rows(path):
            document.set_text(Place(path, row.id, "score"), row.cells.get("weight", ""))
            if row.cells.get("operator") != "定性":
                document.set_text(Place(path, row.id, "actual"), row.cells["value"])
            document.set_text(Place(path, row.id, "reason"), "")
    for source in ("fiscal", "account", "own", "other"):
        if document.field(f"budget_{source}"):
            put_field(document, f"spent_{source}", document.field(f"budget_{source}"))
    put_field(document, "problems", chance.choice(("无", "无。", "没有", "暂无问题")))
    typed_again(document)
    return planted(document, "SE-20", field_place("total_score"), field_place("problems"))


def _perfect_but_discontent(document: Document, chance: random.Random) -> Planted | None:
    """A hundred points, for the target was set low: 78 of a hundred are content."""
    if "total_score" not in document.form.fields:
        return None
    content: list[Place] = []
    for path, table in document.form.tables.items():
        for _, row in document.all_rows(path) if "score" in table.columns else ():
            unit = row.cells.get("unit", "")
            value = row.cells.get("value", "")
            if "满意度" in row.cells.get("name", "") and (unit == "%" or value.endswith("%")):
                row.cells["value"] = "75" if unit else "≥75%"
                row.cells["actual"] = "78.34" if unit else "78.34%"
                content.append(Place(path, row.id, "actual"))
            elif row.cells.get("operator") != "定性" and value and "前" not in value:
                row.cells["actual"] = value.lstrip("≥≤=<>不少于以上")
            row.cells["score"] = row.cells.get("weight", "")
            row.cells.pop("reason", None)
    for source in ("fiscal", "carry", "account", "own", "other"):
        if document.field(f"budget_{source}"):
            put_field(document, f"spent_{source}", document.field(f"budget_{source}"))
    typed_again(document)
    if not content or own(document, "total_score") != "100":
        return None
    return planted(document, "SE-20", field_place("total_score"), *content)


TOLD = (
    "全年受理纠纷案件1143件，调解成功1124件，成功率99.21%。",
    "共办理诉求820件，办结800件，办结率99.56%。",
    "抽检样品360个，合格351个，合格率98.5%。",
    "回访服务对象中表示满意的占76.23，比上年有所提高。",
    "老年人建档率达96.5，规范管理到位。",
)
PROSE = ("goal_actual", "overall", "key_projects", "process", "conclusion")


def _rate_in_words(document: Document, chance: random.Random) -> Planted | None:
    """x件…成功y件…率z% that does not come out, or a share without its sign."""
    places = spots(document, *PROSE, kind="text", role="")
    if not places or document.stage != "自评":
        return None
    place = chance.choice(places)
    text = document.text(place).rstrip()
    put(document, place, f"{text}{'' if text.endswith('。') else '。'}{chance.choice(TOLD)}")
    return planted(document, "SE-21", place)


CAPS = [[50, 59], [60, 69], [70, 79], [80, 89]]
"""Where less than so many per cent was spent, the total is at most so much (a local manual)."""


def _above_the_cap(document: Document, chance: random.Random) -> Planted | None:
    """Little was spent, with a reason, and the total is as if all had been: where a bureau states caps."""
    if "total_score" not in document.form.fields:
        return None
    share = chance.choice((Decimal("0.36"), Decimal("0.55"), Decimal("0.65"), Decimal("0.75")))
    for source in ("fiscal", "carry", "account", "own", "other"):
        budget = number(document, field_place(f"budget_{source}"))
        if budget is not None and document.field(f"spent_{source}"):
            _spend(document, f"spent_{source}", budget * share)
    if "rate_reason" in document.form.fields:
        put_field(document, "rate_reason", "工程结算未完成，尾款按合同次年支付。")
    typed_again(document)
    if parse_number(own(document, "total_score")) is None or Decimal(own(document, "total_score")) <= 89:
        return None
    return planted(document, "SE-22", field_place("total_score"))._replace(kit={"score_caps": CAPS})


TOTALS = tuple(f"{beginning}total" for beginning in BEGINNINGS)


def _in_mof_self(plant: Plant) -> Plant:
    def put_it(document: Document, chance: random.Random) -> Planted | None:
        return plant.put(document, chance) if document.form.form == "mof-self" else None

    return plant._replace(put=put_it)


PLANTS = (
    _typed("SE-01", "rate with a slip", RATES, _slip),
    _typed("SE-01", "rate 0", RATES, _as("0", "0%", "0.00%")),
    _typed("SE-01", "rate as a fraction", RATES, _as_fraction),
    _typed("SE-01", "rate on the first budget", ("rate",), _over("spent_total", "initial_total")),
    _typed("SE-02", "on the first budget", ("completion_rate",), _over("spent", "initial_income")),
    _typed("SE-02", "with a slip", ("completion_rate",), _slip),
    _typed("SE-03", "without its sign", ("adjustment",), _without_its_sign),
    _typed("SE-03", "with a slip", ("adjustment",), _slip),
    _typed("SE-04", "on the changed budget", ("adjustment_rate",), _over("adjustment", "adjusted_income")),
    _typed("SE-04", "with a slip", ("adjustment_rate",), _slip),
    _typed("SE-04", "with a sign", ("adjustment_rate",), _with_a_sign, "hint"),
    _typed("SE-05", "nothing", ("rate_score",), _as("0", "0.00")),
    _typed("SE-05", "full points", ("rate_score",), lambda document, name, chance: "10"),
    _typed(
        "SE-05",
        "with a slip",
        ("rate_score",),
        lambda document, name, chance: mistyped(own(document, name), chance),
    ),
    _typed("SE-09", "with a slip", ("total_score",), _slip),
    _typed("SE-09", "without the rate's points", ("total_score",), _rows_only),
    _typed("SE-09", "a hundred", ("total_score",), _hundred),
    _typed("SE-10", "another grade", ("grade",), _other_grade, "hint"),
    Plant("SE-10", "another grade in words", "hint", _grade_in_words),
    _little_spent("rate_reason"),
    _little_spent(""),
    _little_spent("texts"),
    Plant("SE-14", "budget changed, nothing said", "warning", _budget_changed),
    _in_mof_self(_typed("SE-19", "total 0", TOTALS, _as("0", "0.00"))),
    _in_mof_self(_typed("SE-19", "total with a slip", TOTALS, _slip)),
    Plant("SE-20", "a hundred points, no problem", "hint", _perfect),
    Plant("SE-20", "a hundred points, people discontent", "hint", _perfect_but_discontent),
    Plant("SE-22", "above the cap", "warning", _above_the_cap),
    Plant("SE-21", "a rate in words", "hint", _rate_in_words),
)

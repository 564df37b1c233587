"""XF-03, XF-09: whose document it is along the chain from 申报 to 自评, and what others think of it."""

from __future__ import annotations

import re
from decimal import Decimal

from core.check.context import Counterpart, name_key
from core.check.finding import Hit
from core.check.rule import DocumentRule, Hits, Rule
from core.check.rules.points import written
from core.check.rules.scores_look import shown_total
from core.check.view import Scene
from core.sheet.edits import SetText

_AROUND = re.compile(r"^[0-9]+[-—－_]?|[（(\[［][^）)\]］]*[）)\]］]|(?:部门|本级|机关)$")
CHAIN = ("approved", "adjusted", "declared", "monitored")
"""The relations along which unit, year and project stay the same."""


# XF-03 -------------------------------------------------------------------------------------------------


def same_unit_year_and_project(scene: Scene) -> Hits:
    """XF-03: year, unit and project code are those of the documents it goes back to; each told once."""
    chain = [one for one in scene.context.counterparts if one.relation in CHAIN]
    hits = []
    for case, name in (
        ("year", "year"),
        ("code", "unit.code"),
        ("name", "unit.name"),
        ("project", "about.code"),
    ):
        own = scene.text(name) if scene.name_of(name) else ""
        wrong = [one for one in chain if own and _differs(case, own, _fact(one, name))]
        if wrong:
            hits.append(_unlike(scene, case, name, wrong))
    return hits


def _unlike(scene: Scene, case: str, name: str, wrong: list[Counterpart]) -> Hit:
    own, first = scene.text(name), wrong[0]
    other = _fact(first, name)
    if case == "name" and (name_key(own) in name_key(other) or name_key(other) in name_key(own)):
        case = "short"
    hit = scene.hit(
        name,
        case=case,
        edits=[SetText(scene.place(name), own, other)],
        typed=own,
        before=other,
        stage=first.document.stage,
    )
    return hit._replace(elsewhere=tuple(f"{one.file}#{_name_in(one, name)}" for one in wrong))


def _name_in(one: Counterpart, name: str) -> str:
    return one.document.form.about.code if name == "about.code" else name


def _fact(one: Counterpart, name: str) -> str:
    if name == "about.code":
        return one.document.project_code
    return one.document.field(name)


def _differs(case: str, own: str, other: str) -> bool:
    """Whether two facts are both there and not the same, but for what systems put around a name."""
    if case == "name":
        own, other = (_AROUND.sub("", text.strip()) for text in (own, other))
    first, second = name_key(own), name_key(other)
    return bool(first and second) and first != second


# XF-09 -------------------------------------------------------------------------------------------------


def near_the_evaluation(scene: Scene) -> Hits:
    """XF-09: the points a unit gives itself against those of the evaluation the bureau has on its list."""
    found = _evaluated(scene)
    if found is None:
        return ()
    own = shown_total(scene.text("total_score"), scene.number("total_score"))
    if own is None or own - found <= scene.settings["score_gap"]:
        return ()
    return (scene.hit("total_score", a=written(own), b=written(found), d=written(own - found)),)


def _evaluated(scene: Scene) -> Decimal | None:
    """Give the points on the list beside the project's code or name, else (of no project) the unit's."""
    evaluated = scene.settings["evaluated_scores"]
    if not evaluated:
        return None
    about = scene.form.about
    is_project = bool(about.code or about.name)
    names = ("about.code", "about.name") if is_project else ("unit.code", "unit.name")
    own = {name_key(scene.text(name)) for name in names if scene.name_of(name)} - {""}
    return next((Decimal(points) for name, points in evaluated if name_key(name) in own), None)


RULES: tuple[Rule, ...] = (
    DocumentRule(
        "XF-03",
        same_unit_year_and_project,
        reads=("year",),
        also=("unit.name", "unit.code", "about.code"),
        context=("counterparts",),
    ),
    DocumentRule(
        "XF-09",
        near_the_evaluation,
        reads=("total_score",),
        also=("about.code", "about.name", "unit.code", "unit.name"),
    ),
)

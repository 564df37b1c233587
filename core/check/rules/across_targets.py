"""XF-01, XF-02: indicators, targets and weights against the 申报 they come from, the 批复 that binds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from core.check.beside.precedent import Line, Precedent, binding_lines, lines_by_key, precedent, standing
from core.check.finding import Hit
from core.check.rule import INDICATORS, CellRule, DocumentRule, Hits, Rule, TableRule
from core.check.rules.across_matching import (
    VALUE_CELLS,
    Change,
    Choice,
    Matched,
    Pair,
    Told,
    changes,
    match,
    named,
    restore,
    same_values,
    same_weight,
    shown,
    weighed,
    weight_differs,
    whole,
)
from core.check.rules.level_names import LEVELS
from core.check.view import RowView, Scene, TableView
from core.sheet.edits import Edit, SetText
from core.sheet.places import Place

_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?(?=\D|$)")
_NUMBERING = re.compile(r"(?:^|(?<=[。；;\n]))\s*[（(]?[0-9]{1,2}[.．、）)](?![0-9])|,(?=[0-9]{3})")
LISTED = 8
"""So many indicators are named in one sentence; the places have them all."""
_SELF, _APPROVAL, _DECLARATION, _MONITORING = "自评", "批复", "申报", "监控"


class Listing:
    """A list for a sentence, which is never cut in the middle of a name."""

    def __init__(self, items: Sequence[str]) -> None:
        more = "…" if len(items) > LISTED else ""
        self._text = "、".join(items[:LISTED]) + more

    def __str__(self) -> str:
        return self._text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Listing) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return f"Listing({self._text!r})"


def _holder(table: TableView) -> str:
    """The name of the row that holds these, ``""`` when none does."""
    return table.holder.text(table.holder.about.name or "name") if table.holder.table else ""


def _matched(
    table: TableView,
    sources: tuple[Precedent, ...],
    choose: Choice | None = None,
    *,
    pairs: bool = True,
) -> Matched | None:
    """Match the rows with those of the counterpart; None when it has no such rows to compare with."""
    lines = binding_lines(sources, table.tables[0], _holder(table)) if sources else ()
    return match(table.facts, lines, choose, pairs=pairs) if lines else None


# XF-01 ---------------------------------------------------------------------------------------------------


def same_as_declared(table: TableView) -> Hits:
    """XF-01: a 批复 against its 申报, listed once; after the 批复 nothing of it may be changed."""
    context, form, stage = table.context, table.scene.form, table.text("stage")
    if not context.counterparts:
        return ()
    sources: tuple[Precedent, ...] = ()
    if stage == _APPROVAL:
        declared = context.related("declared")
        sources = (precedent(declared, form, stage, context),) if declared is not None else ()
    elif stage in (_DECLARATION, _MONITORING):
        sources = standing(context, form, stage)
    found = _matched(table, sources, same_values)
    if found is None:
        return ()
    return _differences(table, found, sources[0], case="approved" if stage == _MONITORING else "")


def _differences(table: TableView, found: Matched, source: Precedent, case: str) -> Hits:
    same = ((pair, _change_of(pair, strict=not case)) for pair in found.same)
    changed = [(pair, told, columns) for pair, (told, columns) in same if columns]
    changed += [(pair, f"→“{pair.told.name}”", ("name",)) for pair in found.renamed]
    count = len(changed) + len(found.new) + len(found.gone)
    if not count:
        return ()
    items = [f"＋“{one.name}”" for _, one in found.new] + [f"－“{line.name}”" for line in found.gone]
    items += [f"“{pair.line.name}”{told}" for pair, told, _ in changed]
    places = [pair.row.place(column) for pair, _, columns in changed for column in columns]
    places += [row.place("name") for row, _ in found.new]
    places += [] if places else [_beside(table, found.gone[0])]
    elsewhere = [line.elsewhere("name") for line in found.gone]
    elsewhere += [pair.line.elsewhere(*columns) for pair, _, columns in changed]
    hit = table.hit(
        *places,
        case=case,
        edits=_back(changed) if case and not found.new and not found.gone else (),
        count=str(count),
        new=str(len(found.new)),
        gone=str(len(found.gone)),
        changed=str(len(changed)),
        list=Listing(items),
        stage=source.other.document.stage,
    )
    return (_with(hit, elsewhere),)


def _back(changed: Iterable[tuple[Pair, str, tuple[str, ...]]]) -> list[Edit]:
    return [edit for pair, _, columns in changed for edit in restore(pair, columns)]


def _change_of(pair: Pair, *, strict: bool) -> tuple[str, tuple[str, ...]]:
    """What changed of an indicator, worked out once until its row changes."""
    row = pair.row
    known: tuple[Line, bool, tuple[str, tuple[str, ...]]] | None = row.memo.get("change")
    if known is None or known[0] is not pair.line or known[1] is not strict:
        known = pair.line, strict, _told_change(pair, strict=strict)
        row.keep("change", _ALL if row.parts is None else (*_ALL, *row.parts), known)
    return known[2]


def _told_change(pair: Pair, *, strict: bool) -> tuple[str, tuple[str, ...]]:
    """What changed of an indicator, in signs, and in which columns."""
    words, columns = [], list[str]()
    for change in changes(pair, strict=strict):
        words.append(f"{shown(change.old)}→{shown(change.new)}")
        columns += change.columns
    if weight_differs(pair):
        label = pair.row.columns["weight"].label
        words.append(f"（{label}{pair.line.cells['weight']}→{pair.told.weight}）")
        columns.append("weight")
    for name, old, new in (
        ("level1", pair.line.level1, pair.row.level1),
        ("level2", pair.line.level2, pair.row.level2),
    ):
        if old and new and old != new:
            words.append(f"（{old}→{new}）")
            columns.append(name)
    return "".join(words), tuple(columns)


def weights_as_approved(table: TableView) -> Hits:
    """XF-01: after the 批复 weights stay, unless the form adds up to another total than the 批复 did."""
    context, form, stage = table.context, table.scene.form, table.text("stage")
    if not context.counterparts or stage != _SELF:
        return ()
    found = _matched(table, standing(context, form, stage), same_weight)
    if found is None:
        return ()
    pairs = [*found.same, *found.renamed]
    lines = [*(pair.line for pair in pairs), *found.gone]
    total = sum(line.weight or 0 for line in lines)
    wrong = [pair for pair in pairs if weight_differs(pair)]
    if not wrong or total != table.settings["weight_total"]:
        return ()
    label = wrong[0].row.columns["weight"].label
    items = [f"“{pair.told.name}”{pair.line.cells['weight']}→{pair.told.weight}" for pair in wrong]
    hit = table.hit(
        *(pair.row.place("weight") for pair in wrong),
        case="weights",
        edits=[pair.row.put("weight", pair.line.cells["weight"]) for pair in wrong],
        count=str(len(wrong)),
        label=label,
        list=Listing(items),
    )
    return (_with(hit, [pair.line.elsewhere("weight") for pair in wrong]),)


# XF-02 ---------------------------------------------------------------------------------------------------


def target_as_approved(row: RowView, column: str) -> Hits:
    """XF-02: the target of an indicator of a 自评 is the one of the 批复, not softened."""
    context, scene = row.context, row.scene
    if column != "name" or not context.counterparts or scene.text("stage") != _SELF:
        return ()
    sources = standing(context, scene.form, _SELF)
    name = row.text("name")
    if not sources:
        return ()
    lines = lines_by_key(sources, scene.form.tables[row.table]).get(context.words.name(name).key, ())
    lines = tuple(one for one in lines if (one.level1, one.level2) == (row.level1, row.level2)) or lines
    if not lines:
        return ()
    told = Told("", "", name)
    pair = Pair(row, told, lines[0] if len(lines) == 1 else same_values(row, told, lines))
    different = changes(pair, strict=False)
    return (_changed(pair, different),) if different else ()


def goal_as_approved(scene: Scene) -> Hits:
    """XF-02: the figures of the goal, too, are those of the 批复; words may be others."""
    context, stage = scene.context, scene.text("stage")
    if not context.counterparts or stage not in (_SELF, _MONITORING):
        return ()
    own, sources = scene.text("goal"), standing(context, scene.form, stage)
    goals = [(one, one.document.field("goal")) for one in sources if one.document is not None]
    differences = [(one, text, _other_figures(text, own)) for one, text in goals if text]
    if not own or not differences or not all(gone and come for _, _, (gone, come) in differences):
        return ()
    source, text, (before, typed) = differences[-1]
    edits = [SetText(scene.place("goal"), own, text)]
    stage = source.other.document.stage
    hit = scene.hit(
        "goal", case="goal", edits=edits, stage=stage, before=Listing(before), typed=Listing(typed)
    )
    place = source.source(scene.place("goal"))
    return (_with(hit, [(source.written(place),)] if place is not None else []),)


def _other_figures(old: str, new: str) -> tuple[list[str], list[str]]:
    """The figures that stand in one text only."""
    before, after = (Counter(_FIGURE.findall(_NUMBERING.sub("", text))) for text in (old, new))
    return list((before - after).elements()), list((after - before).elements())


def indicators_as_approved(table: TableView) -> Hits:
    """XF-02: the indicators of a 自评 are those of its 批复, none left out, added or renamed."""
    context, form, stage = table.context, table.scene.form, table.text("stage")
    if not context.counterparts or stage != _SELF:
        return ()
    found = _matched(table, standing(context, form, stage), pairs=False)
    return tuple(_deviations(table, found)) if found is not None else ()


def _deviations(table: TableView, found: Matched) -> Iterator[Hit]:
    for pair in found.renamed:
        edits = restore(pair, ("name",))
        hit = pair.row.hit("name", case="renamed", edits=edits, before=pair.line.name, typed=pair.told.name)
        yield _with(hit, [pair.line.elsewhere("name")])
    if found.gone:
        items = [f"“{line.name}”{_target(line)}" for line in found.gone]
        place = _beside(table, found.gone[0])
        hit = table.hit(place, case="gone", count=str(len(items)), list=Listing(items))
        yield _with(hit, [line.elsewhere("name") for line in found.gone])
    if found.new:
        names = Listing([f"“{one.name}”" for _, one in found.new])
        places = [row.place("name") for row, _ in found.new]
        yield table.hit(*places, case="new", count=str(len(found.new)), list=names)


def _changed(pair: Pair, different: list[Change]) -> Hit:
    first = different[0]
    columns = tuple(dict.fromkeys(column for change in different for column in change.columns))
    case = "softer" if any(change.softer for change in different) else ""
    if not first.new.text.strip():
        case = "blank"
    edits: list[Edit] = restore(pair, columns)
    hit = pair.row.hit(
        *columns,
        case=case,
        edits=edits,
        name=pair.told.name,
        before=shown(first.old),
        typed=shown(first.new),
        stage=pair.line.precedent.other.document.stage,
    )
    return _with(hit, [pair.line.elsewhere(*columns)])


def _target(line: Line) -> str:
    return next((shown(value) for value in line.values.values()), "")


# places ----------------------------------------------------------------------------------------------------


def _beside(table: TableView, line: Line) -> Place:
    """Where a row that is gone would stand: the last one of its level, else the last of all."""
    rows: list[RowView] = [row for row, _ in table.facts]
    same = [row for row in rows if row.level2 == line.level2] or [
        row for row in rows if row.level1 == line.level1
    ]
    return (same or rows)[-1].place("name")


def _with(hit: Hit, elsewhere: Iterable[tuple[str, ...]]) -> Hit:
    return hit._replace(elsewhere=tuple(dict.fromkeys(place for places in elsewhere for place in places)))


_READ = ("stage", "about.name", "name")
_WITH = ("counterparts",)
_ALL = (*LEVELS, *VALUE_CELLS, "weight")
RULES: tuple[Rule, ...] = (
    TableRule("XF-01", whole, same_as_declared, ("name",), _ALL, perhaps=_READ, context=_WITH),
    TableRule(
        "XF-01", weighed, weights_as_approved, ("name", "weight"), LEVELS, perhaps=_READ, context=_WITH
    ),
    CellRule(
        "XF-02",
        target_as_approved,
        kinds=("text",),
        role=INDICATORS,
        also=(*LEVELS, *VALUE_CELLS),
        context=_WITH,
        fields=("stage",),
    ),
    DocumentRule("XF-02", goal_as_approved, reads=("goal", "stage"), context=_WITH),
    TableRule("XF-02", named, indicators_as_approved, ("name",), LEVELS, perhaps=_READ, context=_WITH),
)

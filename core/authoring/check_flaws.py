"""What is wrong with checks and settings of a form: unknown ids, roles, names, checks that do nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches

from core.authoring.firing import firing_flaws
from core.authoring.flaw import Flaws
from core.check.binding import MISSING, Binding
from core.check.catalogue import Catalogue
from core.check.rule import INDICATORS, DocumentRule
from core.check.settings import Resolved, Settings, resolve
from core.sheet.definition import CheckTie, Form, Table
from core.sheet.errors import RefusedError
from core.sheet.levels import Levels

_OWN = ("off", "severity")


MAX_CHECKS = 200
"""More checks of one form are not looked at one by one."""


def check_flaws(
    form: Form, ties: tuple[int, ...], catalogue: Catalogue, levels: Levels, flaws: Flaws
) -> None:
    """Note what is wrong with the checks of a form; ``ties`` are the numbers of those whose sums hold."""
    _roles(form, catalogue, flaws)
    _level_names(form, levels, flaws)
    _settings(form, catalogue, flaws)
    if len(form.checks) > MAX_CHECKS:
        flaws.wrong("checks", "authoring.too-many-checks", count=len(form.checks), limit=MAX_CHECKS)
        ties = ()
    bound = _ties(form, ties, catalogue, flaws)
    _switched(form, catalogue, bound, flaws)
    firing_flaws(form, ties, flaws)


def _near(name: str, known: Iterable[str]) -> str:
    return "、".join(get_close_matches(name[:40], list(known), 3, 0.6)) or "—"


# -- tables -------------------------------------------------------------------------------------------


def _roles(form: Form, catalogue: Catalogue, flaws: Flaws) -> None:
    known = {rule.role for rule in catalogue.rules if not isinstance(rule, DocumentRule)} - {""}
    for path, table in form.tables.items():
        place = f"tables.{path}"
        if table.role and table.role not in known:
            flaws.wrong(place, "authoring.unknown-role", role=table.role[:40], known="、".join(sorted(known)))
        lacking = [name for name in ("name", "value") if name not in table.columns]
        if table.role == INDICATORS and lacking:
            flaws.doubtful(place, "authoring.indicator-columns", names="、".join(lacking))
        if not table.role and _looks_like_indicators(table):
            flaws.doubtful(place, "authoring.no-role", role=INDICATORS)


def _looks_like_indicators(table: Table) -> bool:
    kinds = {column.kind for column in table.columns.values()}
    return "level1" in kinds or "value" in kinds


def _level_names(form: Form, levels: Levels, flaws: Flaws) -> None:
    for path, table in form.tables.items():
        rows = [dict(zip(table.level_columns, pair, strict=True)) for pair in table.always]
        rows += [{name: row[name] for name in table.level_columns if row.get(name)} for row in table.start]
        for row in rows:
            for name, text in row.items():
                depth = 1 if table.columns[name].kind == "level1" else 2
                if not levels.find(text, depth):
                    flaws.doubtful(f"tables.{path}", "authoring.unknown-level", text=text[:40])
        for pair, count in Counter(table.always).items():
            if count > 1:
                flaws.doubtful(f"tables.{path}.always", "authoring.always-twice", pair=" ".join(pair))


# -- settings -----------------------------------------------------------------------------------------


def _settings(form: Form, catalogue: Catalogue, flaws: Flaws) -> None:
    for name, entry in form.settings.items():
        place = f"settings.{name}"
        try:
            resolve(catalogue.settings, {name: entry}, Settings())
        except RefusedError as error:
            if error.code == "check.unknown-setting":
                near = _near(name, [*catalogue.settings, *_OWN])
                flaws.wrong(place, "authoring.unknown-setting", name=name[:40], near=near)
            else:
                flaws.wrong(place, "authoring.bad-setting", name=name[:40])


def _resolved(form: Form, catalogue: Catalogue) -> Resolved:
    """Give the form's settings as far as they are right, with no check switched off."""
    right = {}
    for name, entry in form.settings.items():
        try:
            resolve(catalogue.settings, {name: entry}, Settings())
        except RefusedError:
            continue
        right[name] = entry
    return replace(resolve(catalogue.settings, right, Settings()), off=frozenset())


def _switched(form: Form, catalogue: Catalogue, bound: set[str], flaws: Flaws) -> None:
    """Note ids under ``off`` and ``severity`` that no check has, or that never speak about this form."""
    off, severity = form.settings.get("off", []), form.settings.get("severity", {})
    ids = [("off", one) for one in off if isinstance(one, str)] if isinstance(off, list) else []
    ids += [("severity", one) for one in severity] if isinstance(severity, dict) else []
    own = {tie.id for tie in form.checks}
    for key, check in ids:
        place = f"settings.{key}"
        if check not in catalogue.records and check not in own:
            flaws.wrong(
                place, "authoring.unknown-check-id", id=check[:40], near=_near(check, catalogue.records)
            )
        elif check not in bound:
            flaws.doubtful(place, "authoring.check-not-here", id=check)
        elif key == "off" and check in own:
            flaws.doubtful(place, "authoring.tied-and-off", id=check)


# -- ties ---------------------------------------------------------------------------------------------


def _ties(form: Form, ties: tuple[int, ...], catalogue: Catalogue, flaws: Flaws) -> set[str]:
    """Note what keeps ties from working; give the ids of all checks that speak about the form."""
    resolved = _resolved(form, catalogue)
    working = []
    for number, tie in enumerate(form.checks[:MAX_CHECKS], start=1):
        if tie.id not in catalogue.records and not (tie.say and tie.severity and tie.source):
            near = _near(tie.id, catalogue.records)
            flaws.wrong(f"checks[{number}]", "authoring.unknown-tie", id=tie.id[:40], near=near)
    for number in ties:
        tie, place = form.checks[number - 1], f"checks[{number}]"
        if not tie.expect:
            if not _only_names_places(form, tie, catalogue):
                flaws.wrong(place, "authoring.tie-without-expect", id=tie.id)
            continue
        try:
            Binding(replace(form, checks=(tie,)), catalogue, resolved)
        except RefusedError as error:
            match error.code:
                case "check.unknown-check":
                    pass  # told above
                case "check.tie-figures":
                    flaws.wrong(place, "authoring.tie-figures", id=tie.id, names=error.params["names"])
                case "check.unknown-case":
                    flaws.wrong(place, "authoring.tie-case", id=tie.id, case=tie.case[:40])
                case _:
                    flaws.wrong(place, "authoring.tie-sentence", id=tie.id, text=tie.say[:60])
            continue
        working.append(tie)
        if tie.id in catalogue.records and (tie.say or tie.severity or tie.source):
            flaws.doubtful(place, "authoring.tie-say-unused", id=tie.id)
    for (check, expect, when), count in Counter(
        (one.id, one.expect, one.when) for one in form.checks if one.expect
    ).items():
        if count > 1:
            flaws.doubtful("checks", "authoring.tie-twice", id=check, expect=expect[:60] + when[:60])
    binding = Binding(replace(form, checks=tuple(working)), catalogue, resolved)
    judges = [
        *binding.wholes,
        *(one for part in (binding.rows, binding.required) for row in part.values() for one in row),
    ]
    return {judge.record.id for judge in judges}


def _only_names_places(form: Form, tie: CheckTie, catalogue: Catalogue) -> bool:
    """Whether a tie without a condition says which check speaks of computed places, or of required ones."""
    record = catalogue.records.get(tie.id)
    asks = record is not None and MISSING in record.cases
    marked = [form.column(*_split(mark)) for mark in tie.mark]
    return bool(marked) and all(
        field is not None and (field.compute or (asks and field.required)) for field in marked
    )


def _split(mark: str) -> tuple[str, str]:
    table, _, name = mark.rpartition(".")
    return table, name

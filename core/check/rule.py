"""The four sorts of rules: of a cell, of a row, of a table, of the document.

A rule names what it reads and applies to every form that has it (ruling 14). Its id leads to its record
in ``resources/checks``; wording, severity and source are there, never here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from core.check.finding import Hit
from core.check.view import RowView, Scene, TableView
from core.sheet.definition import Form

Hits = Iterable[Hit]
"""Answers of a rule; ``()`` when all is well."""


class Sort(NamedTuple):
    """All that a rule makes of some columns of a row, where that is less than their texts.

    While ``of`` gives the same for a row, other texts in these columns make no difference to a rule that has
    nothing to say, nor to the fact it makes of the row.
    """

    columns: frozenset[str]
    of: Callable[[RowView], Hashable]


INDICATORS = "indicators"
"""The role of tables whose rows are indicators."""


@dataclass(frozen=True, slots=True)
class CellRule:
    """Judges each filled cell of some kinds on its own: ``judge(row, column)``.

    With ``role`` only in tables of that role, else everywhere, fields too. ``also`` are further columns of
    the same row that it reads where they exist, ``fields`` fields or facts of the form. A blank cell is
    never asked about. ``when`` is a quick test that several rules share: where it fails, none of them has
    anything to say. ``context`` are the parts of it that it reads; with counterparts alone it is only asked
    where there are any.
    """

    check: str
    judge: Callable[[RowView, str], Hits]
    kinds: tuple[str, ...]
    role: str = ""
    also: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    when: Callable[[RowView, str], bool] | None = None


@dataclass(frozen=True, slots=True)
class RowRule:
    """Judges each row by some of its columns: ``judge(row)``.

    Bound to tables of the role (``""``: of any) that have all ``columns``; ``also`` are read where they
    exist. Silent while none of its columns (level columns do not count), or of ``gate``, is filled.
    ``when`` is a quick test as in a cell rule; it reads nothing that a rule with it does not read.
    """

    check: str
    judge: Callable[[RowView], Hits]
    columns: tuple[str, ...]
    also: tuple[str, ...] = ()
    role: str = INDICATORS
    context: tuple[str, ...] = ()
    gate: tuple[str, ...] = ()
    when: Callable[[RowView], bool] | None = None
    sorts: tuple[Sort, ...] = ()


@dataclass(frozen=True, slots=True)
class TableRule:
    """Judges rows together: ``fact(row)`` for each row, then ``judge(table)`` over the facts.

    A fact is compared by ``==``; only when one changed is the judge asked again. A fact of None leaves the
    row out; without any fact the rule is silent. ``fields`` are fields or facts of the form that the judge
    reads (``about.amount`` means the field the form calls its amount), ``perhaps`` those it reads where they
    exist. Rows of a table inside a row are judged for each such row by themselves, and a field is then first
    looked for in that row; ``together`` judges all tables of the role at once. With ``blank`` a row that
    has nothing but level names is asked for its fact too. With ``alike`` (what of a fact rows are compared
    by) the table says at once which of these several rows share, ``table.repeated``, and the judge looks at
    no other facts than theirs: a row that shares nothing makes no difference to it. With ``by_change`` it
    may go by ``table.changed`` and keep in ``table.memo`` what it worked out of the other rows; ``matters``
    then tells by that memo whether a row's new fact (None: it went) can make a difference at all. ``forms``
    says which forms it is for, where the columns do not tell.
    """

    check: str
    fact: Callable[[RowView], Hashable | None]
    judge: Callable[[TableView], Hits]
    columns: tuple[str, ...]
    also: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    role: str = INDICATORS
    together: bool = False
    context: tuple[str, ...] = ()
    blank: bool = False
    alike: Callable[[Any], Hashable] | None = None
    by_change: bool = False
    matters: Callable[[TableView, RowView, Any], bool] | None = None
    forms: Callable[[Form], bool] | None = None
    sorts: tuple[Sort, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """Judges fields of the form or facts (year, stage, unit.name, unit.code): ``judge(scene)``.

    Bound to forms that have all of ``reads``; ``also`` are read where they exist. Silent while none of
    them is filled, unless ``blank``.
    """

    check: str
    judge: Callable[[Scene], Hits]
    reads: tuple[str, ...]
    also: tuple[str, ...] = ()
    blank: bool = False
    context: tuple[str, ...] = ()


Rule = CellRule | RowRule | TableRule | DocumentRule

"""Asks judges about the rows and fields of one document, and keeps what they answered.

Knows nothing of edits: the engine says what changed, and in what order it is to be asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.check.binding import Binding
from core.check.context import Context
from core.check.finding import Hit
from core.check.judges import FactJudge, Feed, Group, OfText, RowJudge, Touched, Whole
from core.check.rule import Hits, Sort
from core.check.state import FORM, Answer, Blanks, Facts, Ranks, RowKey, Unit, Work, settle
from core.check.view import RowView, Scene
from core.sheet.compute import Computation
from core.sheet.document import Document, Row
from core.sheet.expression import Read
from core.sheet.places import Place


class Judging:
    """The units of a document (its fields, and every row) with the answers and facts about each."""

    def __init__(
        self, document: Document, computation: Computation, context: Context, binding: Binding
    ) -> None:
        self.units: dict[RowKey, Unit] = {}
        self._of_table: dict[str, dict[str, Unit]] = {path: {} for path in binding.index.whole_row}
        self._document = document
        self._index = binding.index if context.counterparts else binding.alone
        self._required = binding.required
        self._scene = Scene(document, computation, context, binding.settings, binding.offers)
        self._quiet = self._index.quiet(context)
        self._ranks = Ranks(document)
        self._facts: dict[tuple[int, RowKey], Facts] = {}
        self._blanks = Blanks()
        self._judge_all()

    def _judge_all(self) -> None:
        work = Work(wholes={(judge, FORM): None for judge in self._index.wholes if not judge.holder})
        fields = self.units[FORM] = self._of_table[FORM[0]][FORM[1]] = Unit(self._scene.fields)
        self._judge_unit(fields, work)
        for table in self._document.form.tables:
            for _, row in self._document.all_rows(table):
                self._judge_unit(self._new_unit(table, row, work), work)
        self.judge_wholes(work)

    def answers(self) -> list[Answer]:
        """Give all answers that stand."""
        return [one for unit in self.units.values() for several in unit.answers.values() for one in several]

    def in_context(self, context: Context, changed: Iterable[str], work: Work) -> None:
        """Go on in another context; ask again who reads the parts of it that changed."""
        self._scene.context = context
        for unit in self.units.values():
            unit.view.seen = None  # the library is part of it, and of what sort a name is
            unit.sorts.clear()
        self._quiet = self._index.quiet(context)
        for judge in self._index.reading(changed):
            if isinstance(judge, RowJudge):
                self._ask_everywhere(judge, work)
                continue
            if isinstance(judge, FactJudge):
                self._take_facts(judge, work)
            work.wholes.update(dict.fromkeys((judge, holder) for holder in self._holders(judge)))
        self.judge_wholes(work)

    # -- rows -------------------------------------------------------------------------------------------

    def reorder(self) -> None:
        """Take in that rows came, went or moved."""
        self._ranks.forget()
        for facts in self._facts.values():
            facts.forget_order()

    def shake(self, table: str, row_id: str, parent: str, work: Work) -> None:
        """Have asked what depends on which rows a table has, and in what order."""
        for whole in self._index.structural[table]:
            self._wake(whole, table, row_id, parent, work)

    def take_in(self, table: str, row_id: str, work: Work) -> None:
        """Ask everything about a row that came, and about the rows in it."""
        row = self._document.row(table, row_id)
        if row is None:
            return
        self._judge_unit(self._new_unit(table, row, work), work)
        for inner in self._document.form.inner_tables(table):
            for one in row.inner.get(inner.name, ()):
                self.take_in(inner.path, one.id, work)

    def _new_unit(self, table: str, row: Row, work: Work) -> Unit:
        """Give the unit of a row, with the answers it has when it was known before."""
        view = self._scene.row(table, row)
        unit = self.units.get(view.key)
        if unit is None:
            unit = self.units[view.key] = self._of_table[table][row.id] = Unit(view)
            return unit
        for feed in self._index.whole_row[table].feeds:
            self._put_fact(unit, feed, None, work)  # facts stand beside the view they were made of
        unit.view = view
        unit.lists.clear()
        return unit

    def drop_gone(self, table: str, work: Work) -> None:
        """Forget the rows of a table, and of the tables in it, that are gone."""
        for path in self._index.under[table]:
            for row_id in [one for one in self._of_table[path] if self._document.row(path, one) is None]:
                self._drop((path, row_id), work)

    def _drop(self, key: RowKey, work: Work) -> None:
        unit = self.units.pop(key)
        del self._of_table[key[0]][key[1]]
        for several in unit.answers.values():
            work.went.extend(several)
        for feed in self._index.whole_row[key[0]].feeds:
            self._put_fact(unit, feed, None, work)
        for column in self._document.form.tables[key[0]].columns:
            self._note_blank((key[0], column), unit.view, False, work)

    def ask_elsewhere(self, table: str, work: Work) -> None:
        """Ask the judges of other rows that read whole columns of a table."""
        for judge in self._index.elsewhere[table]:
            self._ask_everywhere(judge, work)

    def _judge_unit(self, unit: Unit, work: Work) -> None:
        """Ask everything about a row; of one that nobody had anything to say about before, only the rest."""
        self._judge_blanks(unit, work)
        unit.sorts.clear()
        table = unit.view.table
        whole = self._index.whole_row[table]
        row = self._document.row(table, unit.view.id)
        texts = tuple(row.cells.items()) if row is not None else ()
        known = self._quiet.rows[table].get(texts) if not unit.answers else None
        if known is None:
            for text in whole.own.texts:
                self._ask_text(unit, text, work)
            for group in whole.own.groups:
                self._ask_group(unit, group, work)
        for text in whole.rest.texts:
            self._ask_text(unit, text, work)
        for group in whole.rest.groups:
            self._ask_group(unit, group, work)
        for number, feed in enumerate(whole.feeds):
            if known is not None and feed.own:
                if known[number] is not None:
                    self._put_fact(unit, feed, known[number], work)
            else:
                self._ask_fact(unit, feed, work)
        if row is not None and known is None and whole.numbers.isdisjoint(unit.answers):
            facts = tuple(unit.facts.get(feed.number) for feed in whole.feeds)
            self._quiet.note_row(table, texts, facts)

    # -- places -----------------------------------------------------------------------------------------

    def judge_places(self, places: Sequence[Place], work: Work) -> None:
        """Ask what reads some places; who reads several of a row is asked once."""
        if len(places) == 1:  # as at every key
            table, row, column = places[0]
            self._judge_columns((table, row), [column], work)
            return
        rows: dict[RowKey, list[str]] = {}
        for table, row, column in places:
            rows.setdefault((table, row), []).append(column)
        for key, columns in rows.items():
            self._judge_columns(key, columns, work)

    def _judge_columns(self, key: RowKey, columns: list[str], work: Work) -> None:
        table, row = key
        unit = self.units.get(key)
        touched = self._index.touching(table, columns)
        if unit is None or touched is None:
            return
        for text in touched.row.texts:
            self._ask_text(unit, text, work)
        if len(columns) > 1:
            for sort in [one for one in unit.sorts if one not in touched.sorts]:
                del unit.sorts[sort]  # the row may be of another by now, and nobody looks
        same = _same_sorts(unit, touched) if touched.sorts else ()
        for group in touched.row.groups:
            if group.sort not in same:
                self._ask_group(unit, group, work)
            elif not group.numbers.isdisjoint(unit.answers):
                self._ask_again(unit, group, work)
        for feed in touched.feeds:
            if feed.sort not in same:
                self._ask_fact(unit, feed, work)
        for judge in touched.everywhere:
            self._ask_everywhere(judge, work)
        for whole in touched.wholes:
            self._wake(whole, table, row, unit.view.parent, work)

    def judge_required(self, table: str, row_id: str, work: Work) -> None:
        """Ask which required places of a row, and of the rows that hold it, are empty."""
        while (unit := self.units.get((table, row_id))) is not None:
            self._judge_blanks(unit, work)
            row_id, table = self._document.parent_of(table, row_id), table.rpartition(".")[0]
            if not table:
                return

    def _judge_blanks(self, unit: Unit, work: Work) -> None:
        view, answers = unit.view, unit.answers
        for judge in self._required.get(view.table, ()):
            column = judge.reads[0]
            if column in view.cells and judge.number not in answers:
                continue  # as it was
            hits = tuple(judge.run(view))
            self._note_blank((view.table, column), view, bool(hits), work)
            settle(answers, judge, hits, False, work)

    def _note_blank(self, read: Read, view: RowView, blank: bool, work: Work) -> None:
        """Note whether a required place is empty; ask who waited for it, or must wait now."""
        turned = self._blanks.note(read, view, blank)
        if turned is not None:
            for judge in self._index.waiters.get(read, ()):
                if turned or judge.holder:
                    self._wake(judge, view.table, view.id, view.parent, work)

    # -- asking -----------------------------------------------------------------------------------------

    def _ask_text(self, unit: Unit, of_text: OfText, work: Work) -> None:
        """Ask the judges of one text, unless all are known to be silent about it."""
        read = of_text.read
        text = unit.view.cells.get(read[1], "")
        if text and text not in self._quiet.texts[read]:
            for group in of_text.groups:
                self._ask_group(unit, group, work)
            if of_text.numbers.isdisjoint(unit.answers):
                self._quiet.note_text(read, text)
        elif not of_text.numbers.isdisjoint(unit.answers):
            for group in of_text.groups:
                self._silence(unit, group, work)

    def _ask_group(self, unit: Unit, group: Group, work: Work) -> None:
        """Ask judges about one row: the inner loop of every edit."""
        view, answers = unit.view, unit.answers
        gate, when, _, asked, numbers = group
        cells = view.cells
        for name in gate:
            if name in cells:
                break
        else:
            if gate:
                if not numbers.isdisjoint(answers):
                    self._silence(unit, group, work)
                return
        if when is not None and not when(view):
            if not numbers.isdisjoint(answers):
                self._silence(unit, group, work)
            return
        for judge, run, number in asked:
            hits = run(view)
            if hits or number in answers:
                self._answer(unit, judge, hits, work)

    def _ask_again(self, unit: Unit, group: Group, work: Work) -> None:
        """Ask those judges of a group that have something to say: it may read otherwise now."""
        for judge, _, number in group.asked:
            if number in unit.answers:
                self._ask(unit, judge, work)

    def _silence(self, unit: Unit, group: Group, work: Work) -> None:
        """Take in that none of some judges has anything to say."""
        for judge, _, number in group.asked:
            if number in unit.answers:
                self._answer(unit, judge, (), work)

    def _ask(self, unit: Unit, judge: RowJudge, work: Work) -> None:
        """Ask a judge about one row."""
        cells = unit.view.cells
        asked = not judge.gate or any(name in cells for name in judge.gate)
        if asked and judge.when is not None:
            asked = judge.when(unit.view)
        hits = judge.run(unit.view) if asked else ()
        if hits or judge.number in unit.answers:
            self._answer(unit, judge, hits, work)

    def _answer(self, unit: Unit, judge: RowJudge, hits: Hits, work: Work) -> None:
        """Take what a judge said of one row."""
        cells = unit.view.cells
        waiting = False
        for name in judge.required:
            if name not in cells:
                waiting = True
                break
        settle(unit.answers, judge, tuple(hits), waiting, work)

    def _ask_everywhere(self, judge: RowJudge, work: Work) -> None:
        for unit in self._of_table[judge.table].values():
            self._ask(unit, judge, work)

    def _ask_fact(self, unit: Unit, feed: Feed, work: Work) -> None:
        """Take a row's fact; a changed one has its judges asked."""
        view = unit.view
        fact = None
        for name in feed.gate:
            if name in view.cells:
                fact = feed.fact(view)
                break
        before = unit.facts.get(feed.number)
        # None is compared by itself: a Decimal takes its time to find that it is not None.
        if fact is not before and (fact is None or before is None or fact != before):
            self._put_fact(unit, feed, fact, work)

    def _take_facts(self, judge: FactJudge, work: Work) -> None:
        """Take the facts of all rows anew: they may be made of more than the rows' texts."""
        fed = self._index.fed_by[judge.number]
        for table in judge.tables:
            for feed in self._index.whole_row[table].feeds:
                if feed.number == fed:
                    for unit in self._of_table[table].values():
                        self._ask_fact(unit, feed, work)

    def _put_fact(self, unit: Unit, feed: Feed, fact: object, work: Work) -> None:
        """Note a fact that changed; a row may have had none and have none still."""
        if fact is None and feed.number not in unit.facts:
            return
        if fact is None:
            del unit.facts[feed.number]
        else:
            unit.facts[feed.number] = fact
        holder = (feed.holder, unit.view.parent) if feed.holder else FORM
        facts = unit.lists.get(feed.number)
        if facts is None:
            facts = self._facts.get((feed.number, holder))
            if facts is None:
                facts = self._facts[feed.number, holder] = Facts(feed.alike, feed.matters)
            unit.lists[feed.number] = facts
        if facts.put(unit.view, fact):
            for judge in feed.judges:
                work.wholes[judge, holder] = facts

    # -- what holds rows --------------------------------------------------------------------------------

    def _holders(self, judge: Whole) -> list[RowKey]:
        """What a judge is asked about, one by one: the rows that hold its rows, else the form."""
        return [(judge.holder, row_id) for row_id in self._of_table[judge.holder]] if judge.holder else [FORM]

    def _wake(self, judge: Whole, table: str, row_id: str, parent: str, work: Work) -> None:
        """Have a judge asked about what holds a row, that row itself perhaps."""
        if not judge.holder:
            work.wholes[judge, FORM] = None
        elif table == judge.holder:
            work.wholes[judge, (table, row_id)] = None
        elif isinstance(judge, FactJudge) and table in judge.tables:
            work.wholes[judge, (judge.holder, parent)] = None
        else:
            work.wholes.update(dict.fromkeys((judge, holder) for holder in self._holders(judge)))

    def judge_wholes(self, work: Work) -> None:
        """Ask the judges of tables and of the document that are to be asked."""
        for (judge, key), known in work.wholes.items():
            holder = self.units.get(key)
            if isinstance(judge, FactJudge):
                facts = self._facts.get((self._index.fed_by[judge.number], key)) if known is None else known
                if facts is None:
                    continue
                if holder is None:
                    self._facts.pop((self._index.fed_by[judge.number], key), None)
                    continue
                hits = self._of_facts(judge, facts, holder)
            elif holder is not None:
                fields = self._scene.fields.cells
                asked = not judge.gate or not fields.keys().isdisjoint(judge.gate)
                hits = tuple(judge.run(self._scene)) if asked else ()
            if holder is not None and (hits or judge.number in holder.answers):
                settle(holder.answers, judge, hits, self._blanks.hold(judge, key), work)

    def _of_facts(self, judge: FactJudge, facts: Facts, holder: Unit) -> tuple[Hit, ...]:
        """Ask a judge about the facts of rows; without any it is silent."""
        if not facts.known:
            facts.forget_order()  # and with it what was worked out: it is not asked what changed since
            return ()
        table = facts.view(self._scene, judge.tables, holder.view, self._ranks)
        hits = tuple(judge.judge(table))
        table.changed.clear()
        return hits


def _same_sorts(unit: Unit, touched: Touched) -> set[Sort]:
    """Give of what sorts a row still is where one column was edited, and note of what sorts it is now."""
    same = set()
    for sort in touched.sorts:
        now = sort.of(unit.view)
        if unit.sorts.get(sort) == now:
            same.add(sort)
        else:
            unit.sorts[sort] = now
    return same

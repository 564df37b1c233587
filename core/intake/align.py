"""Lays what was read along the way through a form: the cheapest way of placing all pieces in order.

Every piece is a label, (part of) a value, a repeated label, a heading or nothing of the form; labels
left out, blanks, shifted columns and torn lines cost a little each, and the cheapest way as a whole
is taken. Whatever it cost is reported by the caller, never hidden.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from core.intake.columns import Columns
from core.intake.costs import Costs
from core.intake.lookup import LevelNames, Lookup
from core.intake.pieces import Gap, Source
from core.intake.route import Route, Slot, Stretch

BEAM = 9.0
"""A way this much dearer than the best one so far is given up."""

OPEN, CLOSED, FRESH = 0, 1, 2
"""The last thing read may go on · is complete · nothing was read on this stretch yet."""


class Act(StrEnum):
    """What a piece was taken for."""

    PUT = "put"
    MORE = "more"
    HEADING = "heading"
    REPEAT = "repeat"
    JUNK = "junk"


class Step(NamedTuple):
    """Pieces ``start`` … ``end - 1`` taken for something.

    For PUT and MORE, ``stretch`` and ``slot`` say where; ``begins`` that a new stretch (a new row)
    starts here; ``shift`` by how many columns it stood aside. For HEADING, ``slot`` is its number.
    """

    act: Act
    start: int
    end: int
    stretch: int = 0
    slot: int = 0
    begins: bool = False
    shift: int = 0


class _State(NamedTuple):
    """Where on the way we are: stretch, next slot, how the last one stands, the columns' shift."""

    stretch: int
    slot: int
    mode: int
    shift: int
    junk: bool
    owed: int = 0
    """Blank cells of the file before the next piece that no place was left blank for yet."""


class _Reached(NamedTuple):
    cost: float
    piece: int
    state: _State | None
    step: Step | None


_Front = dict[_State, _Reached]


def align(source: Source, route: Route, lookup: Lookup, levels: LevelNames, columns: Columns) -> list[Step]:
    """Give what each piece was taken for, in order; ``columns`` tells where each slot is expected."""
    return _Aligner(source, route, lookup, levels, columns).steps()


class _Aligner:
    def __init__(
        self, source: Source, route: Route, lookup: Lookup, levels: LevelNames, columns: Columns
    ) -> None:
        self._source = source
        self._pieces = source.pieces
        self._route = route
        end = Stretch((), (), (), frozenset())
        self._stretches = (*route.stretches, end)
        self._lookup = lookup
        self._costs = Costs(source, lookup, levels)
        self._counted = any(piece.blanks for piece in source.pieces)
        self._left_out: dict[tuple[int, int, bool], list[tuple[int, int, int, float]]] = {}
        self._headings: dict[int, list[tuple[int, int]]] = {}
        self._tables = [source.table(index) for index in range(len(source.pieces))]
        self._expected = {
            table: [
                [columns.of(table, number, slot) for slot in stretch.slots]
                for number, stretch in enumerate(route.stretches)
            ]
            for table in set(self._tables)
        }

    def steps(self) -> list[Step]:
        count = len(self._pieces)
        fronts: list[_Front] = [{} for _ in range(count + 1)]
        fronts[0][_State(0, 0, FRESH, 0, False)] = _Reached(0.0, -1, None, None)
        for index in range(count):
            front = fronts[index]
            for state, cost in self._settle(front, index, BEAM):
                for after, added, step in self._takes(state, index):
                    known = self._forget(after, step.end)
                    self._reach(fronts[step.end], known, _Reached(cost + added, index, state, step))
        for _ in self._settle(fronts[count], count, float("inf")):
            pass
        last = len(self._stretches) - 1
        ends = [(one.cost, state) for state, one in fronts[count].items() if state.stretch == last]
        return self._back(fronts, min(ends)[1])

    def _forget(self, state: _State, index: int) -> _State:
        """Drop what cannot matter for the piece that comes next, so that equal states are one."""
        stretch, slot, mode, shift, junk, _ = state
        if index == len(self._pieces):
            return _State(stretch, slot, FRESH if mode == FRESH else CLOSED, 0, False)
        piece = self._pieces[index]
        if piece.line != self._pieces[index - 1].line:
            shift = 0
        if mode == OPEN and self._source.cells and piece.gap != Gap.LINE:
            mode = CLOSED
        return _State(stretch, slot, mode, shift, junk and piece.gap <= Gap.LINE, piece.blanks)

    @staticmethod
    def _reach(front: _Front, state: _State, reached: _Reached) -> bool:
        known = front.get(state)
        if known is not None and known.cost <= reached.cost:
            return False
        front[state] = reached
        return True

    def _back(self, fronts: list[_Front], state: _State) -> list[Step]:
        steps: list[Step] = []
        index, at = len(self._pieces), state
        while True:
            reached = fronts[index][at]
            if reached.step is not None:
                steps.append(reached.step)
            if reached.state is None:
                return steps[::-1]
            index, at = reached.piece, reached.state

    # -- moving on without reading ----------------------------------------------------------------

    def _settle(self, front: _Front, index: int, beam: float) -> Iterator[tuple[_State, float]]:
        """Give the states before a piece, cheapest first, with those reached by leaving things out."""
        heap = [(reached.cost, state) for state, reached in front.items()]
        heapq.heapify(heap)
        best = heap[0][0] if heap else 0.0
        while heap:
            cost, state = heapq.heappop(heap)
            if cost > best + beam:
                return
            if front[state].cost < cost:
                continue
            yield state, cost
            for after, added in self._moves(state):
                if self._reach(front, after, _Reached(cost + added, index, state, None)):
                    heapq.heappush(heap, (cost + added, after))

    def _moves(self, state: _State) -> Iterator[tuple[_State, float]]:
        number, place, mode, shift, junk, owed = state
        key = number, place, mode == FRESH
        if key not in self._left_out:
            self._left_out[key] = list(self._leaving_out(*key))
        for to, slot, after, cost in self._left_out[key]:
            if self._counted and to == number and slot == place + 1 and self._is_filled(number, place):
                if owed:
                    yield _State(to, slot, after, shift, junk, owed - 1), self._costs.owed_blank
                    continue
                cost += self._costs.no_blank
            yield _State(to, slot, after, shift, junk, owed), cost

    def _is_filled(self, number: int, place: int) -> bool:
        """Whether a slot is one to fill in that always has a cell of its own on its row."""
        slot = self._stretches[number].slots[place]
        return slot.field is not None and not slot.is_level

    def _leaving_out(self, number: int, place: int, fresh: bool) -> Iterator[tuple[int, int, int, float]]:
        """Give where one gets by leaving out: stretch, slot, how the last one stands, what it costs."""
        stretch = self._stretches[number]
        size = len(stretch.slots)
        if place == size:
            if fresh:
                if number + 1 < len(self._stretches):
                    yield number + 1, 0, FRESH, 0.0
                return
            for follow in stretch.follow:
                again = follow != stretch.follow[-1]
                yield follow, 0, FRESH, self._costs.new_row if again else 0.0
            return
        after = FRESH if fresh else CLOSED
        yield number, place + 1, after, self._costs.skip(stretch.slots[place], fresh)
        if fresh and place == 0:
            yield number, size, FRESH, self._costs.skip_all(stretch)
        elif not fresh and stretch.tables and place == stretch.leads < size:
            yield number, size, CLOSED, self._costs.blank_row(stretch.slots[place - 1])

    # -- reading ----------------------------------------------------------------------------------

    def _takes(self, state: _State, index: int) -> Iterator[tuple[_State, float, Step]]:
        stretch = self._stretches[state.stretch]
        if state.slot < len(stretch.slots):
            yield from self._puts(state, stretch.slots[state.slot], index)
        if state.mode == OPEN:
            yield from self._more(state, stretch, index)
        yield from self._around(state, stretch, index)
        begun = state.stretch > 0 or state.slot > 0
        cost = self._costs.junk(index, state.junk, begun=begun)
        yield _State(*state[:4], True), cost, Step(Act.JUNK, index, index + 1)

    def _puts(self, state: _State, slot: Slot, index: int) -> Iterator[tuple[_State, float, Step]]:
        shift, sideways = self._shift(state, index)
        if shift is None:
            return
        fresh = state.mode == FRESH
        base = sideways + self._costs.boundary(index, fresh)
        for length, cost, goes_on in self._costs.fits(slot, index, shift):
            mode = OPEN if goes_on else CLOSED
            after = _State(state.stretch, state.slot + 1, mode, shift, False)
            step = Step(Act.PUT, index, index + length, state.stretch, state.slot, fresh, shift)
            split = self._costs.split(index, state.mode == OPEN) if goes_on else 0.0
            yield after, base + cost + split + self._costs.blank_too_many * state.owed, step

    def _shift(self, state: _State, index: int) -> tuple[int | None, float]:
        """Give by how many columns a piece stands aside, and what that costs; None for far too many."""
        piece = self._pieces[index]
        if piece.column is None:
            return 0, 0.0
        shift = piece.column - self._expected[self._tables[index]][state.stretch][state.slot]
        if abs(shift) > self._costs.most_aside:
            return None, 0.0
        same_line = index > 0 and self._pieces[index - 1].line == piece.line
        before = state.shift if same_line else 0
        return shift, 0.0 if shift == before else self._costs.aside

    def _more(self, state: _State, stretch: Stretch, index: int) -> Iterator[tuple[_State, float, Step]]:
        slot = stretch.slots[state.slot - 1]
        cost = self._costs.more(slot, index, in_table=bool(stretch.tables))
        if cost is not None:
            step = Step(Act.MORE, index, index + 1, state.stretch, state.slot - 1, shift=state.shift)
            yield _State(*state[:4], False), cost, step

    def _around(self, state: _State, stretch: Stretch, index: int) -> Iterator[tuple[_State, float, Step]]:
        found = self._lookup.at(index)
        for wording in found.keys() & stretch.repeated if found else ():
            step = Step(Act.REPEAT, index, index + found[wording], state.stretch)
            yield _State(*state[:4], False), self._costs.repeated(index), step
        begun = state.stretch > 0 or state.slot > 0
        for number, length in self._headings_at(index):
            heading = self._route.headings[number]
            if begun and heading.template.wordless:
                continue
            step = Step(Act.HEADING, index, index + length, slot=number)
            yield _State(*state[:4], False), self._costs.heading(heading), step

    def _headings_at(self, index: int) -> list[tuple[int, int]]:
        """Give the headings that fit from a piece on, with their number of pieces."""
        if index not in self._headings:
            met = []
            if not index or self._pieces[index].gap >= Gap.CELL or self._costs.is_crowded(index):
                for number, heading in enumerate(self._route.headings):
                    if match := self._lookup.template(heading.template, index):
                        met.append((number, match[0]))
            self._headings[index] = met
        return self._headings[index]

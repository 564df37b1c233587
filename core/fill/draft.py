"""Drafts a map from a template's words and a form's labels; what it cannot decide is left open and listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from core.fill.blanks import Blanks
from core.fill.draft_lists import ListFinder
from core.fill.drafting import Draft, Open, source_for
from core.fill.labels import HeaderWords, is_required, units_stated, wants_of
from core.fill.mapping import DOCUMENT, NUMBER, OPEN, ListMap, Map, SheetMap, Source
from core.fill.matching import Match, Matcher
from core.fill.result import Say
from core.fill.sheet_xml import Spot
from core.fill.template import Template, TemplateSheet
from core.sheet.definition import Form
from core.sheet.errors import RefusedError
from core.sheet.levels import Levels

_ENOUGH = 2
"""So many cells or columns must be known for a worksheet to be meant."""
_NEAR = 0.5
_SHORT = 30


class MapDrafter:
    """Drafts maps; ``facts`` are the labels of the facts every document has."""

    def __init__(self, words: HeaderWords, levels: Levels, facts: Mapping[str, str]) -> None:
        self._words = words
        self._levels = levels
        self._facts = facts

    def draft(self, data: bytes, form: Form) -> Draft:
        """Draft a map for an xlsx.

        Raises RefusedError for one that cannot be used, or in which hardly a label of the form stands.
        """
        template = Template(data)
        wants = wants_of(form, self._facts)
        known = {key for want in wants for label in (want.own, *want.left, *want.top) for key in label.keys}
        matcher = Matcher(form, wants, self._words)
        sheets: list[SheetMap] = []
        labels: dict[tuple[str, Spot], str] = {}
        opens: list[Open] = []
        for sheet in template.sheets:
            if sheet.hidden:
                continue
            blanks = Blanks(template, sheet, self._words, self._levels, known)
            one = _SheetDraft(form, blanks, matcher, self._words, _units(template, sheet))
            made = one.draft()
            if made is not None:
                sheets.append(made)
                labels |= {(sheet.name, spot): text for spot, text in one.labels.items()}
                opens += one.opens
        if not sheets:
            raise RefusedError("fill.not-recognised", form=form.name)
        together = any(_says_whose(one) for sheet in sheets for one in sheet.lists)
        return Draft(Map(form.form, form.edition, together, tuple(sheets)), labels, tuple(opens))


def _units(template: Template, sheet: TemplateSheet) -> set[str]:
    """Give the units of money that a sheet states, or else the whole template."""
    return units_stated(text for _, text in sheet.texts) or units_stated(
        text for one in template.sheets for _, text in one.texts
    )


def _says_whose(one: ListMap) -> bool:
    """Whether the rows of a list say which document they are of, so that many documents go into one copy."""
    places = [source.place for source in one.columns.values() if source.place not in ("", NUMBER, OPEN)]
    own = [place for place in places if not place.startswith(one.each.partition(".")[0] + ".")]
    return one.each == DOCUMENT or bool(own)


class _SheetDraft:
    """The draft of one worksheet."""

    def __init__(
        self, form: Form, blanks: Blanks, matcher: Matcher, words: HeaderWords, units: set[str]
    ) -> None:
        self.labels: dict[Spot, str] = {}
        self.opens: list[Open] = []
        self._sheet = blanks.sheet
        self._blanks = blanks
        self._units = units
        self._all = list(blanks.find())
        found = (matcher.match(blank) for blank in self._all)
        self._matches = [match for match in found if match is not None]
        self._lists = ListFinder(form, blanks, self._matches, words, units)

    def draft(self) -> SheetMap | None:
        """Give the map of the sheet, None when the form has hardly anything to do with it."""
        lists = self._lists.find()
        cells = self._cells(self._lists.taken)
        self.labels |= self._lists.labels
        self.opens += self._lists.opens
        known = [source for source in cells.values() if source.writes]
        known += [source for one in lists for source in one.columns.values() if source.place]
        if len(known) < _ENOUGH:
            return None
        if self._blanks.notes:
            rows = "、".join(map(str, sorted(self._blanks.notes)))
            self.opens.append(Open(self._sheet.name, Say("fill.note-rows", {"rows": rows})))
        return SheetMap(self._sheet.name, dict(sorted(cells.items())), tuple(lists))

    # -- single cells ----------------------------------------------------------------------------------

    def _cells(self, taken: set[Spot]) -> dict[Spot, Source]:
        found = self._lists.matches.values()
        matches = [one for one in found if one.blank.spot not in taken and self._is_single(one)]
        cells: dict[Spot, Source] = {}
        best: dict[str, float] = {}
        for match in matches:
            if match.want:
                best[match.want.place] = max(best.get(match.want.place, 0.0), match.score)
        for match in matches:
            spot, want = match.blank.spot, match.want
            self.labels[spot] = self._label(match)
            if want is None:
                cells[spot] = Source(OPEN)
                places = "、".join(one.place for one in match.wants)
                self._open(spot, "fill.open-several", required=True, places=places)
            elif match.score >= best[want.place] - _NEAR:
                behind = match.blank.kind == "behind"
                replaces = match.blank.kind == "placeholder"
                source = source_for(want, match, self._units)
                cells[spot] = replace(source, behind=behind, replace=replaces)
                if cells[spot].unit == OPEN:
                    self._open(spot, "fill.open-unit", required=True)
        return cells | self._unknown(taken | cells.keys())

    def _is_single(self, match: Match) -> bool:
        """Whether a cell stands by itself: the first below its header, or beside its label."""
        if match.want is not None and match.want.table:
            return False
        if not match.above:
            return True
        header = match.blank.top[0].spot
        return header[0] + self._sheet.size(header)[0] == match.blank.spot[0]

    def _unknown(self, taken: Iterable[Spot]) -> dict[Spot, Source]:
        """Give the cells beside a label that the form does not have; they stay blank."""
        taken = set(taken)
        asked = {one.blank.spot for one in self._matches}
        found: dict[Spot, Source] = {}
        for blank in self._all:
            lone = blank.kind == "blank" and blank.adjacent and self._blanks.shape(blank.spot)[2]
            if not lone or blank.spot in taken or blank.spot in asked or len(blank.left[0].text) > _SHORT:
                continue
            if blank.left[0].text.strip().isdigit():
                continue
            found[blank.spot] = Source()
            self.labels[blank.spot] = blank.left[0].text
            self._open(blank.spot, "fill.open-unknown", required=is_required(blank.left[0].text))
        return found

    def _label(self, match: Match) -> str:
        blank = match.blank
        if match.above:
            return blank.top[0].text
        return blank.left[0].text if blank.left else ""

    def _open(self, spot: Spot, code: str, *, required: bool, **params: object) -> None:
        label = " ".join(self.labels[spot].split())
        self.opens.append(Open(self._sheet.where(spot), Say(code, {"label": label, **params}), required))

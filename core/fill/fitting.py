"""Whether a text fits a cell of the template, and what then stands there; nothing is cut, nothing rounded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from core.fill.looks import Look
from core.fill.mapping import Source
from core.fill.result import Note, Say
from core.fill.sheet_xml import Content, Spot, text_length
from core.fill.taking import Taken, Taker
from core.fill.template import Template, TemplateSheet
from core.fill.validation import TextAt, Validation, WordLists
from core.intake.wording import fold
from core.sheet.levels import Levels
from core.sheet.numbers import decimals_of
from core.sheet.values import Moment

LONGEST = 32_767
"""Excel keeps no more characters in a cell."""
_DIGITS = 15
_WORDS_TOLD = 12
_NUMBERS = ("decimal", "whole")
_FILLERS = " 　_＿\u00a0"
"""What a blank line after 填报单位： is made of."""


@dataclass(frozen=True, slots=True)
class Made:
    """What is to stand in a cell, what was changed for it, and the words it was written behind."""

    content: Content
    how: tuple[Say, ...] = ()
    notes: tuple[Note, ...] = ()


class Fitter:
    """Fits texts into the cells of one template."""

    def __init__(self, template: Template, levels: Levels, text_at: TextAt) -> None:
        """``text_at`` gives what stands in a cell, with what was filled in so far."""
        self._template = template
        self._levels = levels
        known: Callable[[str], bool] = lambda name: template.find_sheet(name) is not None  # noqa: E731
        self._lists = WordLists(template.names, text_at, known)

    def fit(
        self, taken: Taken, source: Source, sheet: TemplateSheet, spot: Spot, style: str, taker: Taker
    ) -> Made | Say:
        """Give what stands in a cell of this style for a text, or why it cannot stand there."""
        refused = self.refuses(sheet, spot, source, style)
        if refused:
            return refused
        look = self._template.look(style)
        rules = [rule for rule in sheet.validations if rule.holds(spot)]
        made = self._figure(taken, source, look, rules)
        if isinstance(made, Say):
            return made
        if look.kind == "percent" and made.content.number is not None and not taken.percent:
            made = _noted(made, Note(Say("fill.shows-percent"), sheet.where(spot)))
        for rule in rules:
            checked = self._ruled(made, rule, taken, sheet, spot, taker)
            if isinstance(checked, Say):
                return checked
            made = checked
        measured = self._measured(made, source, sheet, spot, look)
        if isinstance(measured, Made) and self._template.has_own_fonts(sheet, spot):
            return _noted(measured, Note(Say("fill.one-look"), sheet.where(spot)))
        return measured

    def refuses(self, sheet: TemplateSheet, spot: Spot, source: Source, style: str) -> Say | None:
        """Give why nothing may be written into a cell, None when something may."""
        owner = sheet.owner(spot)
        if owner != spot:
            return Say("fill.covered", {"cell": sheet.where(owner)})
        if sheet.is_worked_out(spot):
            return Say("fill.formula-there")
        there = sheet.text(spot).strip()
        if there and not source.replace and not source.behind:
            return Say("fill.text-there", {"text": there[:40]})
        if sheet.protected and self._template.look(style).locked:
            return Say("fill.locked")
        return None

    # -- figures ---------------------------------------------------------------------------------------

    def _figure(self, taken: Taken, source: Source, look: Look, rules: list[Validation]) -> Made | Say:
        as_text = source.kind == "text" or look.kind == "text" or source.behind
        if taken.number is not None and not as_text:
            return _number(taken, taken.number, look)
        dated = look.kind == "date" or any(rule.kind == "date" for rule in rules)
        if dated and taken.day is not None and not as_text:
            number = _serial(taken.day, self._template.since_1904)
            return Made(Content(f"{number}", Decimal(number)), (*taken.how, Say("fill.as-date")))
        wanted = source.kind == "number" or any(rule.kind in _NUMBERS for rule in rules)
        if wanted and taken.number is None:
            return Say("fill.not-a-number")
        if any(rule.kind == "date" for rule in rules) and taken.day is None:
            return Say("fill.no-date")
        return Made(Content(taken.text), taken.how)

    # -- rules -----------------------------------------------------------------------------------------

    def _ruled(
        self, made: Made, rule: Validation, taken: Taken, sheet: TemplateSheet, spot: Spot, taker: Taker
    ) -> Made | Say:
        number = made.content.number if made.content.number is not None else taken.number
        match rule.kind:
            case "list":
                return self._listed(made, rule, sheet, spot, taker)
            case "textLength":
                inside = rule.admits(Decimal(text_length(made.content.text)))
                if inside is False:
                    count = text_length(made.content.text)
                    return Say("fill.length-ruled", {"count": count, "bounds": rule.bounds()})
            case "decimal" | "whole" | "date":
                inside = rule.admits(number) if number is not None else None
                if rule.kind == "whole" and number is not None and number % 1:
                    return Say("fill.whole-number")
                if inside is False:
                    return Say("fill.number-ruled", {"bounds": rule.bounds()})
            case "none":
                inside = True
            case _:
                inside = None
        return made if inside else _noted(made, Note(Say("fill.rule-not-followed"), sheet.where(spot)))

    def _listed(
        self, made: Made, rule: Validation, sheet: TemplateSheet, spot: Spot, taker: Taker
    ) -> Made | Say:
        words = self._lists.words(rule, sheet.name, spot)
        if not words:
            return _noted(made, Note(Say("fill.rule-not-followed"), sheet.where(spot)))
        text = made.content.text
        if text in words:
            return made
        word = self._same_word(text, words, taker)
        if word is None:
            told = "、".join(words[:_WORDS_TOLD]) + ("…" if len(words) > _WORDS_TOLD else "")
            return Say("fill.not-allowed", {"words": told})
        return Made(Content(word), (*made.how, Say("fill.allowed-word", {"read": text, "written": word})))

    def _same_word(self, text: str, words: tuple[str, ...], taker: Taker) -> str | None:
        """Give the one allowed word that says the same: spelled otherwise, or another sign, unit or level."""

        def level(word: str) -> object:
            found = self._levels.find(word, 1) or self._levels.find(word, 2)
            return found.name if found else word

        for meaning in (fold, taker.converter.sign, taker.unit, level):
            same = [word for word in words if meaning(word) == meaning(text)]
            if len(same) == 1:
                return same[0]
        return None

    # -- length and looks ------------------------------------------------------------------------------

    def _measured(
        self, made: Made, source: Source, sheet: TemplateSheet, spot: Spot, look: Look
    ) -> Made | Say:
        content = made.content
        if content.number is not None:
            shown = decimals_of(content.number.normalize()) - (2 if look.kind == "percent" else 0)
            if look.kind != "date" and look.decimals is not None and shown > look.decimals:
                note = Note(Say("fill.shows-fewer", {"decimals": look.decimals}), sheet.where(spot))
                return _noted(made, note)
            return made
        if source.limit is not None and text_length(content.text) > source.limit:
            return Say("fill.over-limit", {"count": text_length(content.text), "limit": source.limit})
        if source.behind:
            content = Content(sheet.text(spot).rstrip(_FILLERS) + content.text)
        if text_length(content.text) > LONGEST:
            return Say("fill.over-limit", {"count": text_length(content.text), "limit": LONGEST})
        return Made(content, made.how, made.notes)


def _number(taken: Taken, number: Decimal, look: Look) -> Made | Say:
    how = taken.how
    if look.kind == "percent" and taken.percent:
        with localcontext(prec=60):
            number = number.scaleb(-2)
        how = (Say("fill.as-share"),)
    if len(number.normalize().as_tuple().digits) > _DIGITS:
        return Say("fill.too-many-digits", {"limit": _DIGITS})
    return Made(Content(f"{number:f}", number), how)


def _serial(day: Moment, since_1904: bool) -> int:
    """Give the number by which Excel counts a day."""
    first = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
    return (date(day.year or 1, day.month or 1, day.day or 1) - first).days


def _noted(made: Made, note: Note) -> Made:
    return Made(made.content, made.how, (*made.notes, note))

"""The indicator value grammar (指标值): typed text to meaning, and the spelling to offer for it.

``ValueGrammar(resources / "values.toml").parse("不低于９５％")`` gives a ``Value``; nothing here
changes a text by itself.
"""

from core.sheet.values.canonical import canonical_text, led, normal_form, plain_unit, readable_part
from core.sheet.values.fold import clean_text
from core.sheet.values.grammar import ValueGrammar
from core.sheet.values.model import Kind, Mark, Moment, Nature, Piece, Span, State, Value, judge

__all__ = [
    "Kind",
    "Mark",
    "Moment",
    "Nature",
    "Piece",
    "Span",
    "State",
    "Value",
    "ValueGrammar",
    "canonical_text",
    "clean_text",
    "judge",
    "led",
    "normal_form",
    "plain_unit",
    "readable_part",
]

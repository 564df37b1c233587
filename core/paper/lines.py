"""Breaks text into lines as Chinese printing asks (避头尾), and loses nothing.

No line begins with closing punctuation or ends with an opening mark; Latin words and numbers stay whole
unless they are wider than a line. Joined together, the lines are the text.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from functools import lru_cache
from itertools import accumulate

_BLANKS = " \t\u2002\u2003\u2009\u3000"
# Joiners glue their neighbours: no-break blanks, word joiner, zero-width joiner.
_JOINERS = "\u00a0\u202f\u2060\ufeff\u200d"
# 避头: closing marks, and signs that belong to the figure before them.
_NO_START = frozenset(
    "，。、；：？！．·‧…—～／”’）】》〉」』〕〗｝］〙〛〞々％‰‱℃℉°′″￠㎡㎥㎞㎏㎎㏄!%),.:;?]}/»›¢" + _JOINERS
)
# 避尾: opening marks, signs that belong to the figure after them, and signs that number a list.
_NO_END = frozenset(
    "“‘（【《〈「『〔〖｛［〘〚〝￥＄￡＃№≥≤≧≦＞＜±≈①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽"
    "([{«‹$£#" + _JOINERS
)
# Not part of a word by themselves, but inside one they keep it together: don’t, 12·4, 2021—2025.
_HINGES = frozenset("’·‧—")
_NUMBERING = frozenset(".．、")
_BALANCED_LINES = 6
_CUT_AFTER = frozenset("/\\-_,;&=?.")


def break_lines(text: str, width: int, widths: Mapping[str, int]) -> list[str]:
    """Break a text into lines no wider than ``width``, in the unit of ``widths``.

    Typed line ends are kept at the end of their line, and blanks at a line's end do not count, so
    ``"".join(lines) == text``. A single character wider than the line stands alone.
    """
    if "\n" not in text:
        return _break_paragraph(text, width, widths)
    lines: list[str] = []
    *closed, last = text.split("\n")
    for paragraph in closed:
        broken = _break_paragraph(paragraph, width, widths)
        broken[-1] += "\n"
        lines += broken
    return lines + _break_paragraph(last, width, widths)


def break_label(text: str, width: int, widths: Mapping[str, int]) -> list[str]:
    """Break a printed label or title: no more lines than needed, of about equal length.

    A bracket gets a line of its own where that costs no line: 其他需完成的任务 / （可选填）.
    """
    lines = break_lines(text, width, widths)
    if not 1 < len(lines) <= _BALANCED_LINES or "\n" in text:
        return lines
    start = text.find("（", 1)
    if start > 0 and text.endswith("）"):
        apart = break_lines(text[:start], width, widths) + break_lines(text[start:], width, widths)
        if len(apart) <= len(lines):
            return apart
    total = sum(map(widths.__getitem__, text))
    for measure in range(total // len(lines), width, max(1, total // 100)):
        narrower = break_lines(text, measure, widths)
        if len(narrower) == len(lines):
            return narrower
    return lines


def visible(line: str) -> str:
    """Give a line as it is drawn: without its line end and the blanks before it."""
    return line.rstrip(_BLANKS + "\n")


def may_break(text: str, stop: int) -> bool:
    """Whether a line may end before position ``stop`` of a text (0 < stop < length)."""
    before, after = text[stop - 1], text[stop]
    if after in _BLANKS or after in _NO_START or _combines(after):
        return False
    if before in _BLANKS:
        return True
    if before in _NO_END:
        return False
    if _in_word(after):
        hinged = before in _HINGES and stop > 1 and _in_word(text[stop - 2])
        return not hinged and not _in_word(before)
    return not (before in _NUMBERING and stop > 1 and text[stop - 2].isdigit())


def _break_paragraph(text: str, width: int, widths: Mapping[str, int]) -> list[str]:
    sums = [0, *accumulate(map(widths.__getitem__, text))]
    if sums[-1] <= width:
        return [text]
    lines = []
    start, end = 0, len(text)
    while start < end:
        fitting = bisect_right(sums, sums[start] + width) - 1
        stop = _line_end(text, start, max(fitting, start + 1))
        lines.append(text[start:stop])
        start = stop
    return lines


def _line_end(text: str, start: int, fitting: int) -> int:
    """Give where the line that begins at ``start`` ends, when the characters before ``fitting`` fit."""
    stop = fitting
    while stop < len(text) and text[stop] in _BLANKS:
        stop += 1
    if stop == len(text):
        return stop
    while stop > start and not may_break(text, stop):
        stop -= 1
    return stop if stop > start else _forced_end(text, start, fitting)


def _forced_end(text: str, start: int, fitting: int) -> int:
    """Give where to cut what is wider than the line: at a joint of a word, else where it reads best."""
    middle = (start + fitting) // 2
    for stop in range(fitting, middle, -1):
        if text[stop - 1] in _CUT_AFTER and text[stop] not in _NO_START and not _combines(text[stop]):
            return stop
    for stop in range(fitting, start, -1):
        if text[stop] not in _NO_START and text[stop - 1] not in _NO_END and not _combines(text[stop]):
            return stop
    return fitting


@lru_cache(maxsize=4096)
def _in_word(character: str) -> bool:
    """Whether a character is part of a Latin word or a number (full-width letters and digits too)."""
    if unicodedata.east_asian_width(character) == "F":
        return character.isalnum()
    if unicodedata.east_asian_width(character) == "W":
        return False
    return character not in "“”‘’…—·‧" and not character.isspace()


@lru_cache(maxsize=4096)
def _combines(character: str) -> bool:
    """Whether a character is drawn onto the one before it."""
    return unicodedata.category(character) in ("Mn", "Mc", "Me") and character not in _BLANKS

"""Wording (文字): TX."""

from __future__ import annotations

import re

from core.check.rule import CellRule, Hits, Rule
from core.check.view import RowView

TEXT = ("text",)

_DOUBLED = tuple(mark * 2 for mark in "，。；：、！？,;")
_SPACES = (" ", "\u3000", "\xa0")
_TAG = re.compile(r"</?(?:p|br|div|span|strong|font|b|i|u|em|table|tr|td|ul|li)(?:\s[^<>]{0,300})?/?>", re.I)
_ENTITY = re.compile(r"&(?:nbsp|lt|gt|amp|quot|ldquo|rdquo);")
_BOOKMARK = re.compile(r"\[bookmark:?[^\[\]]{0,100}\]", re.I)
_DOTS = re.compile(r"\.{3,}|。{3,}|…{3,}|·{3,}|．{3,}")
_REPEATED = re.compile(r"([，；：、！？,;])\1+|。。(?!。)")
_GAP = re.compile(r"(?<=[一-鿿])[ \u3000\xa0]+(?=[一-鿿])")
_PLAIN_FOR = {
    "&nbsp;": " ",
    "&lt;": "<",
    "&gt;": ">",
    "&amp;": "&",
    "&quot;": '"',
    "&ldquo;": "“",
    "&rdquo;": "”",
}


def has_the_right_length(row: RowView, column: str) -> Hits:
    """TX-02: not over the limit the form states, and not a few words where a text is wanted."""
    limit = row.columns[column].limit
    if limit is None:
        return ()
    count = len("".join(row.text(column).split()))
    if count > limit:
        return (row.hit(column, count=count, limit=limit),)
    if limit >= row.settings["text_from"] and count < row.settings["shortest_text"]:
        return (row.hit(column, case="short", unfinished=True, count=count),)
    return ()


def is_cleanly_typed(row: RowView, column: str) -> Hits:
    """TX-05: codes of a web page, doubled punctuation, runs of dots, blanks between Chinese characters."""
    text = row.text(column)
    case = _unclean(text)
    if not case:
        return ()
    clean = _cleaned(text)
    edits = [row.put(column, clean)] if clean != text else []
    return (row.hit(column, case=case[0], edits=edits, v=case[1]),) if edits else ()


def _unclean(text: str) -> tuple[str, str] | None:
    """Give what is unclean in a text and where; substring tests first, for they cost next to nothing."""
    if "<" in text or "&" in text or "[" in text:
        found = _TAG.search(text) or _ENTITY.search(text) or _BOOKMARK.search(text)
        if found:
            return "code", found[0]
    if "..." in text or "。。。" in text or "………" in text or "···" in text or "．．．" in text:
        return "dots", "…"
    for mark in _DOUBLED:
        if mark in text:
            return "doubled", mark
    for space in _SPACES:
        if space in text:
            found = _GAP.search(text)
            if found:
                return "gap", text[max(0, found.start() - 4) : found.end() + 4]
    return None


def _cleaned(text: str) -> str:
    """Give the text without what is unclean; nothing else changes."""
    text = re.sub(r"</p>\s*<p[^<>]{0,300}>|<br\s*/?>", "\n", text, flags=re.I)
    text = _BOOKMARK.sub("", _TAG.sub("", text))
    text = _ENTITY.sub(lambda found: _PLAIN_FOR[found[0]], text)
    text = _DOTS.sub("……", text)
    text = _REPEATED.sub(lambda found: found[0][0], text)
    return _GAP.sub("", text).strip("\n")


RULES: tuple[Rule, ...] = (
    CellRule("TX-02", has_the_right_length, kinds=TEXT),
    CellRule("TX-05", is_cleanly_typed, kinds=TEXT),
)

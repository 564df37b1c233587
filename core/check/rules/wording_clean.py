"""TX-03 to TX-05: instructions left standing, texts cut off by another system, codes and doubled marks."""

from __future__ import annotations

import re

from core.check.rule import CellRule, Hits
from core.check.rules.values_words import Words
from core.check.rules.wording_prose import has_signs
from core.check.view import RowView

TEXT = ("text",)

_LIMIT = (
    r"(?:(?:限|不超过|不多于|不少于|控制在)\s*[0-9]{2,4}\s*字(?:以内|之内|以下|左右)?"
    r"|[0-9]{2,4}\s*字(?:以内|之内|以下|左右))"
)
_NOTE = re.compile(rf"[（(【\[][^（()）【】\[\]]{{0,80}}{_LIMIT}[^（()）【】\[\]]{{0,30}}[）)】\]]")
_BARE_NOTE = re.compile(
    r"^(?:限|不超过)?[0-9]{2,4}\s*字(?:以内|之内|以下)[。：:]?|(?:限|不超过)?[0-9]{2,4}\s*字(?:以内|之内|以下)[。]?$"
)
_COMPLETE = frozenset('。；;！？!?）)”"’』」】》…：:>')

_DOUBLED = tuple(mark * 2 for mark in "，。；：、！？,;“”")
_SPACES = (" ", "\u3000", "\xa0", "\t")
_TAG = re.compile(r"</?(?:p|br|div|span|strong|font|b|i|u|em|table|tr|td|ul|li)(?:\s[^<>]{0,300})?/?>", re.I)
_ENTITY = re.compile(r"&(?:nbsp|lt|gt|amp|quot|ldquo|rdquo);")
_BOOKMARK = re.compile(r"\[bookmark:?[^\[\]]{0,100}\]", re.I)
_DOTS = re.compile(r"\.{3,}|。{3,}|…{3,}|·{3,}|．{3,}")
_REPEATED = re.compile(r"([，；：、！？,;“”])\1+|。。(?!。)")
_CLASHES = (
    *(one + other for one in "，。；、" for other in "，。；、" if one != other),
    *("，,", ",，", "。.", "；;", "、,"),
)
"""Two marks of which one came with another clause: ，。 or 。，."""
_CLASH = re.compile("|".join(map(re.escape, _CLASHES)))
_TWO_MARKS = re.compile("[，。；：、！？,;“”.…·．](?=[，。；：、！？,;“”.…·．])")
"""Where alone dots, doubled and clashing marks can be."""
_GAP = re.compile(r"(?<=[一-鿿])[ \u3000\xa0\t]+(?=[一-鿿])|(?<=[，。；、])[ \u3000\xa0\t]+(?=[，。；、])")
_PLAIN_FOR = {
    "&nbsp;": " ",
    "&lt;": "<",
    "&gt;": ">",
    "&amp;": "&",
    "&quot;": '"',
    "&ldquo;": "“",
    "&rdquo;": "”",
}


def keeps_no_instructions(row: RowView, column: str) -> Hits:
    """TX-03: what the form prints to say how it is filled in, still in the cell."""
    text = row.text(column)
    found = None
    if "字" in text:
        found = _NOTE.search(text) or _BARE_NOTE.search(text.strip())
    if found is None:
        if not _is_instruction(text, row.context.words):
            return ()
        return (row.hit(column, v=text),)
    rest = text.replace(found[0], "", 1).strip()
    if not any(char.isalnum() for char in rest) or _is_instruction(rest, row.context.words):
        return (row.hit(column, v=text),)
    return (row.hit(column, case="note", edits=[row.put(column, rest)], v=found[0]),)


_SKELETON = re.compile(r"(?:目标|指标|任务|内容|措施)?[一二三四五六七八九十0-9]*[：:、.．]?[…。.；;\s]*")
"""What a template numbers: 目标1：……；目标2：……"""


def _is_instruction(text: str, words: Words) -> bool:
    if words.instruction.match(text) is not None:
        return True
    return "……" in text and len(text) < 60 and not _SKELETON.sub("", text)


def is_not_cut_off(row: RowView, column: str) -> Hits:
    """TX-04: a text that ends in the middle, as wide as old systems cut texts (96 or 97 bytes of GBK)."""
    text = row.text(column).rstrip()
    length = len(text)
    if length < 40 or text[-1] in _COMPLETE or (column == "name" and row.table):
        return ()
    settings = row.settings
    longest = max((*settings["cut_bytes"], *settings["cut_characters"]), default=0)
    if length > longest:
        return ()
    width = len(text.encode("gbk", "replace"))
    if width in settings["cut_bytes"]:
        return (row.hit(column, tail=text[-8:], count=width, unfinished=True),)
    if length in settings["cut_characters"]:
        return (row.hit(column, case="characters", tail=text[-8:], count=length, unfinished=True),)
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
    """Give what is unclean in a text and where; quick tests first, for this is asked at every key."""
    if "<" in text or "&" in text or "[" in text:
        found = _TAG.search(text) or _ENTITY.search(text) or _BOOKMARK.search(text)
        if found:
            return "code", found[0]
    if _TWO_MARKS.search(text) is not None and (found_marks := _marks(text)) is not None:
        return found_marks
    for space in _SPACES:
        if space in text:
            found = _GAP.search(text)
            if found:
                return "gap", text[max(0, found.start() - 4) : found.end() + 4]
    return None


def _marks(text: str) -> tuple[str, str] | None:
    """Give which marks stand side by side and should not."""
    if "..." in text or "。。。" in text or "………" in text or "···" in text or "．．．" in text:
        return "dots", "…"
    for mark in _DOUBLED:
        if mark in text:
            return "quotes" if mark[0] in "“”" else "doubled", mark
    for marks in _CLASHES:
        if marks in text:
            return "clash", marks
    return None


def _cleaned(text: str) -> str:
    """Give the text without what is unclean; nothing else changes."""
    text = re.sub(r"</p>\s*<p[^<>]{0,300}>|<br\s*/?>", "\n", text, flags=re.I)
    text = _BOOKMARK.sub("", _TAG.sub("", text))
    text = _ENTITY.sub(lambda found: _PLAIN_FOR[found[0]], text)
    text = _DOTS.sub("……", text)
    text = _GAP.sub("", text)
    text = _REPEATED.sub(lambda found: found[0][0], text)
    text = _CLASH.sub(lambda found: max(found[0], key=",.;、，；。".index), text)
    return text.strip("\n")


RULES = (
    CellRule("TX-03", keeps_no_instructions, kinds=TEXT),
    CellRule("TX-04", is_not_cut_off, kinds=TEXT),
    CellRule("TX-05", is_cleanly_typed, kinds=TEXT, when=has_signs),
)

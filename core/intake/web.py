"""The tables and paragraphs of a web page or of cells copied as HTML, read within limits.

Scripts are left out and never run; hidden parts are listed; nothing outside the page is ever opened.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from core.intake.flow import Flow
from core.intake.pieces import Source
from core.sheet.errors import RefusedError

MAX_BYTES = 8 * 1024 * 1024
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_COPIED = re.compile(r"Version:[0-9.]+\s+StartHTML:")
"""How cells copied on Windows begin."""
_NEVER_READ = (("<!--", "-->"), ("<![", ">"), ("<?", ">"))
"""Comments, and the remarks of Office between its elements."""
_LEFT_OUT = ("script", "style", "title", "noscript", "template", "svg", "iframe")
_EMPTY = ("br", "col", "hr", "img", "input", "link", "meta", "wbr")
_END_THEMSELVES = ("p", "li", "tr", "td", "th", "option")
"""Elements that the next of their sort ends, or the end of what they are in."""
_BLOCKS = re.compile(
    "address|article|aside|blockquote|caption|center|dd|div|dl|dt|footer|form|h[1-6]|header|hr|li|main|nav|ol|"
    "p|pre|section|ul"
)
_TYPED = ("", "text", "number", "tel", "date", "search")


def read_page(text: str) -> Source:
    """Give the pieces of a page; raises RefusedError for one far larger than any form."""
    if len(text) > MAX_BYTES:
        raise RefusedError("intake.page-too-big", limit=MAX_BYTES >> 20)
    if _COPIED.match(text):
        text = text[text.find("<") :]
    page = _Page()
    page.feed(_harmless(text))
    page.close()
    return page.flow.source()


def _harmless(text: str) -> str:
    """Take out what is never read, each sort in one pass, so that broken mark-up costs no more than whole."""
    for start, end in _NEVER_READ:
        text = _without(text, start, end)
    last = text.rfind(">") + 1
    return text[:last] + text[last:].replace("<", "&lt;")


def _without(text: str, start: str, end: str) -> str:
    """Take out all from each ``start`` to the next ``end``, or to the text's end."""
    kept, place = [], 0
    while (found := text.find(start, place)) >= 0:
        kept.append(text[place:found])
        behind = text.find(end, found + len(start))
        place = behind + len(end) if behind >= 0 else len(text)
    return "".join([*kept, text[place:]])


class _Page(HTMLParser):
    """Follows tables, rows and cells; everything else is text, in paragraphs at block elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.flow = Flow()
        self._left_out = ""
        self._depth = 0
        self._hidden: list[str] | None = None
        self._hidden_tag = ""
        self._options: list[tuple[bool, str]] | None = None

    # -- elements -----------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the beginning of an element."""
        if self._is_inside_unread(tag, opening=True):
            return
        given = {name: value or "" for name, value in attrs}
        if tag in _LEFT_OUT:
            self._left_out, self._depth = tag, 1
        elif tag not in _EMPTY and (_HIDDEN.search(given.get("style", "")) or "hidden" in given):
            self._hidden, self._hidden_tag, self._depth = [], tag, 1
        elif tag in ("table", "tr", "td", "th"):
            self._begin_table_part(tag, given)
        elif tag in ("input", "select", "option"):
            self._begin_field(tag, given)
        elif tag == "br":
            self.flow.line_break()
        elif _BLOCKS.fullmatch(tag):
            self.flow.new_line()

    def handle_endtag(self, tag: str) -> None:
        """Take the end of an element."""
        if self._is_inside_unread(tag, opening=False):
            return
        if tag in ("table", "tr", "td", "th"):
            self._end_table_part(tag)
        elif tag == "select" and self._options is not None:
            chosen = [text for selected, text in self._options if selected] or [
                text for _, text in self._options[:1]
            ]
            self._options = None
            self.flow.text("、".join(text.strip() for text in chosen))
        elif _BLOCKS.fullmatch(tag):
            self.flow.new_line()

    def handle_data(self, data: str) -> None:
        """Take text; blanks and line ends between words are one blank, as browsers show them."""
        if self._left_out:
            return
        text = _BLANKS.sub(" ", data)
        if self._hidden is not None:
            self._hidden.append(text)
        elif self._options is not None:
            if self._options:
                selected, before = self._options[-1]
                self._options[-1] = selected, before + text
        else:
            self.flow.words(text)

    # -- inside -------------------------------------------------------------------------------------

    def _is_inside_unread(self, tag: str, *, opening: bool) -> bool:
        """Whether an element is inside something left out or hidden; follows where that ends."""
        unread = self._left_out or (self._hidden_tag if self._hidden is not None else "")
        if not unread:
            return False
        if unread in _END_THEMSELVES and (tag == "table" or (tag == unread and opening)):
            self._end_unread()
            return False
        if tag == unread:
            self._depth += 1 if opening else -1
            if self._depth == 0:
                self._end_unread()
        return True

    def _end_unread(self) -> None:
        if self._hidden is not None and self.flow.has_table():  # what a page hides elsewhere are its menus
            self.flow.notice("hidden", "".join(self._hidden))
        self._hidden, self._left_out = None, ""

    def _begin_table_part(self, tag: str, given: dict[str, str]) -> None:
        if tag == "table":
            self.flow.open_table()
            return
        if not self.flow.has_table():
            return
        if tag == "tr":
            self._close_row()
            self.flow.open_row()
            return
        self.flow.close_cell()
        self.flow.open_cell(_span(given.get("colspan", "")), _span(given.get("rowspan", "")))

    def _end_table_part(self, tag: str) -> None:
        if not self.flow.has_table():
            return
        if tag == "table":
            self._close_row()
            self.flow.close_table()
        elif tag == "tr":
            self._close_row()
        else:
            self.flow.close_cell()

    def _close_row(self) -> None:
        self.flow.close_cell()
        self.flow.close_row()

    def _begin_field(self, tag: str, given: dict[str, str]) -> None:
        """Take what was typed or chosen on a page that is filled in on the screen."""
        if tag == "select":
            self._options = []
        elif tag == "option" and self._options is not None:
            self._options.append(("selected" in given, ""))
        elif tag == "input":
            kind = given.get("type", "").lower()
            if kind in _TYPED:
                self.flow.text(given.get("value", ""))
            elif kind in ("checkbox", "radio"):
                self.flow.text("☑" if "checked" in given else "☐")


def _span(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 1

"""The tables and paragraphs of a Word file (docx), read as a stream within limits.

Deleted and hidden texts are not read, nor are the numbers Word counts by itself; both are listed.
"""

from __future__ import annotations

from xml.sax.xmlreader import AttributesImpl

from core.intake.flow import Flow
from core.intake.guard import Parts
from core.intake.pieces import Source
from core.intake.xml_parts import Handler, whole

_MAIN = "word/document.xml"
_NOT_READ = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText"})
_SYMBOLS = {
    ("wingdings", "fe"): "☑",
    ("wingdings", "fd"): "☒",
    ("wingdings", "a8"): "☐",
    ("wingdings", "6f"): "☐",
    ("wingdings", "fc"): "✓",
    ("wingdings 2", "52"): "☑",
    ("wingdings 2", "a3"): "☐",
    ("wingdings 2", "50"): "✓",
}


def read_docx(data: bytes) -> Source:
    """Give the pieces of a Word file; raises RefusedError with one sentence for a broken or hostile one."""
    parts = Parts(data, "docx")
    handler = _Body()
    parts.relations(_MAIN)
    parts.parse(_MAIN, handler)
    return handler.flow.source()


class _Body(Handler):
    """Follows the body: ``w:p`` paragraphs, ``w:tbl`` ``w:tr`` ``w:tc`` tables, ``w:r`` runs of text."""

    texts = frozenset({"t"})

    def __init__(self) -> None:
        super().__init__()
        self.flow = Flow()
        self._not_read = 0
        self._drawing: list[int] = []
        self._hidden = self._numbered = self._checked = False
        self._span, self._merged, self._skipped = 1, "", 0
        self._depth = 0
        self._cell_begun: list[bool] = []

    # -- elements -----------------------------------------------------------------------------------

    def begin(self, name: str, attrs: AttributesImpl) -> None:
        if name in _NOT_READ:
            self._not_read += 1
        elif self._not_read:
            return
        elif name in ("drawing", "pict", "object"):
            self._drawing.append(0)
        elif name == "txbxContent" and self._drawing:
            self._drawing[-1] += 1
        elif self._drawing and not self._drawing[-1]:
            return
        else:
            self._begin(name, attrs)

    def end(self, name: str, text: str) -> None:
        if name in _NOT_READ:
            self._not_read -= 1
        elif self._not_read:
            return
        elif name in ("drawing", "pict", "object"):
            self._drawing.pop()
        elif name == "txbxContent" and self._drawing:
            self._drawing[-1] -= 1
        elif self._drawing and not self._drawing[-1]:
            return
        else:
            self._end(name, text)

    def _begin(self, name: str, attrs: AttributesImpl) -> None:
        match name:
            case "tbl":
                self._begin_cell()
                self.flow.open_table()
            case "tr":
                self._skipped = 0
                self._cell_begun.append(True)
                self.flow.open_row()
            case "tc":
                self._span, self._merged = 1, ""
                self._cell_begun.append(False)
            case "gridBefore":
                self.flow.skip_columns(max(0, whole(_value(attrs))))
            case "gridSpan":
                self._span = max(1, whole(_value(attrs)))
            case "vMerge":
                self._merged = _value(attrs) or "continue"
            case "p":
                self._begin_cell()
                self._numbered = False
            case "r":
                self._hidden = False
            case "vanish":
                self._hidden = _value(attrs) not in ("0", "false")
            case "numId":
                self._numbered = _value(attrs) != "0"  # zero takes the number of a style away
            case _:
                self._begin_text(name, attrs)

    def _begin_text(self, name: str, attrs: AttributesImpl) -> None:
        match name:
            case "tab" if not self._in_properties(attrs):
                self._say("\t")
            case "br" | "cr":
                if _value(attrs, "type") == "page":
                    self.flow.page_break()
                else:
                    self._say("\n")
            case "noBreakHyphen":
                self._say("-")
            case "sym":
                font, char = _value(attrs, "font").lower(), _value(attrs, "char").lower()[-2:]
                self._say(_SYMBOLS.get((font, char), "□"))

    def _end(self, name: str, text: str) -> None:
        match name:
            case "t":
                self._say(text)
            case "p":
                if self._numbered:
                    self.flow.number_paragraph()
                self.flow.end_paragraph()
            case "tc":
                self._begin_cell()
                self._cell_begun.pop()
                self.flow.close_cell()
            case "tr":
                self._cell_begun.pop()
                self.flow.close_row()
            case "tbl":
                self.flow.close_table()

    # -- inside -------------------------------------------------------------------------------------

    def _begin_cell(self) -> None:
        """Open the cell whose properties have been read; they stand before its first paragraph."""
        if self._cell_begun and not self._cell_begun[-1]:
            self._cell_begun[-1] = True
            self.flow.open_cell(self._span, 1, continues=self._merged == "continue")

    @staticmethod
    def _in_properties(attrs: AttributesImpl) -> bool:
        """Whether a ``w:tab`` sets a tab stop instead of being one."""
        return bool(_value(attrs) or _value(attrs, "pos"))

    def _say(self, text: str) -> None:
        if self._hidden:
            self.flow.notice("hidden", text)
        else:
            self.flow.text(text)


def _value(attrs: AttributesImpl, name: str = "val") -> str:
    """Give an attribute whatever its prefix is."""
    found = (attrs[key] for key in attrs.getNames() if key.rpartition(":")[2] == name)
    return str(next(found, ""))

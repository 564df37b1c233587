"""Text from outside as a document may hold it: line ends alike, no control characters, no giants."""

from __future__ import annotations

import re

from core.sheet.document_file import MAX_TEXT, clean_text
from core.sheet.errors import RefusedError

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MOST_TOLD = 20


def cleaned(text: str) -> tuple[str, str]:
    """Give a text without control characters, and the codes of those taken out (``""`` for none).

    Raises RefusedError for a text longer than any cell of a form, or with noncharacters.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    codes = ""
    if found := _CONTROL.findall(text):
        codes = "、".join(f"U+{ord(one):04X}" for one in found[:_MOST_TOLD])
        text = _CONTROL.sub("", text)
    if len(text) > MAX_TEXT:
        raise RefusedError("intake.cell-too-long", limit=MAX_TEXT)
    return clean_text(text), codes

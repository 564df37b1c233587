"""Blocks of cells as tab-separated text, the way spreadsheets put them on the clipboard. Pure."""

from __future__ import annotations

from collections.abc import Sequence


def write_block(rows: Sequence[Sequence[str]]) -> str:
    """Give rows of texts as one clipboard text; a text with tabs, line ends or quotes is quoted."""
    return "\n".join("\t".join(_quoted(text) for text in row) for row in rows)


def read_block(text: str) -> list[list[str]]:
    """Give the rows of texts a clipboard text holds; a line end at its end is no row."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows: list[list[str]] = [[]]
    position = 0
    while position <= len(text):
        cell, position = _read_cell(text, position)
        rows[-1].append(cell)
        if position >= len(text):
            break
        if text[position] == "\n":
            rows.append([])
            if position + 1 == len(text):
                break
        position += 1
    if rows and not rows[-1]:
        rows.pop()
    return rows


def _read_cell(text: str, start: int) -> tuple[str, int]:
    """Give one cell and where it ends: at a tab, a line end or the end of the text."""
    if text.startswith('"', start):
        quoted = _read_quoted(text, start)
        if quoted is not None:
            return quoted
    end = start
    while end < len(text) and text[end] not in "\t\n":
        end += 1
    return text[start:end], end


def _read_quoted(text: str, start: int) -> tuple[str, int] | None:
    """Read a quoted cell; None when its quotes do not close before a tab, line end or the end."""
    parts: list[str] = []
    position = start + 1
    while True:
        end = text.find('"', position)
        if end < 0:
            return None
        parts.append(text[position:end])
        if text.startswith('""', end):
            parts.append('"')
            position = end + 2
            continue
        after = end + 1
        if after == len(text) or text[after] in "\t\n":
            return "".join(parts), after
        return None


def _quoted(text: str) -> str:
    if any(one in text for one in '\t\n"'):
        return '"' + text.replace('"', '""') + '"'
    return text

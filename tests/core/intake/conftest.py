"""What the tests of reading in share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.intake.read import read_file
from core.intake.reader import Progress
from core.intake.reading import Reading
from core.paper.fonts import Fonts
from core.sheet.document import Document
from core.sheet.forms import FormLibrary
from core.sheet.levels import Levels, read_levels
from core.sheet.messages import Messages

Read = Callable[..., Reading]
ToXlsx = Callable[[Document], bytes]


@pytest.fixture(scope="session")
def levels(resources: Path) -> Levels:
    """The closed list of indicator levels."""
    return read_levels(resources / "levels.toml")


@pytest.fixture(scope="session")
def read(forms: FormLibrary, levels: Levels) -> Read:
    """Reads bytes, a text or a file with the shipped forms."""

    def read_it(
        what: bytes | str | Path,
        form: str | None = None,
        edition: str | None = None,
        progress: Progress | None = None,
    ) -> Reading:
        data = what.encode("utf-8") if isinstance(what, str) else what
        return read_file(data, "某表", forms, levels, form, edition, progress)

    return read_it


@pytest.fixture(scope="session")
def to_xlsx(resources: Path, messages: Messages) -> ToXlsx:
    """Writes a document as our own xlsx."""
    from core.paper.xlsx import xlsx_bytes

    fonts = Fonts(resources / "fonts")
    return lambda document: xlsx_bytes(document, fonts, messages)

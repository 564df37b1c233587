"""What the commands share: the shipped resources, opened when first needed."""

from __future__ import annotations

import datetime
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from core.sheet.forms import FormLibrary
from core.sheet.levels import Levels, read_levels
from core.sheet.messages import Messages

if TYPE_CHECKING:
    from core.paper.fonts import Fonts

VERSION = "0.1.0"
"""Kept equal to pyproject.toml by a test."""


class Workbench:
    """Gives the commands their forms, sentences and streams; built once by ``main.py``."""

    def __init__(self, resources: Path, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self.resources = resources
        self.out = out or sys.stdout
        self.err = err or sys.stderr
        self.forms = FormLibrary(resources / "forms")
        self.messages = Messages(resources / "messages")

    @cached_property
    def levels(self) -> Levels:
        """The closed list of indicator levels."""
        return read_levels(self.resources / "levels.toml")

    @cached_property
    def fonts(self) -> Fonts:
        """The bundled fonts."""
        from core.paper.fonts import Fonts

        return Fonts(self.resources / "fonts")

    @property
    def software(self) -> str:
        """The program and its version, as packages state it."""
        return f"Jibiao {VERSION}"

    def today(self) -> datetime.date:
        """The date of this computer."""
        return datetime.date.today()

    def tell(self, text: str) -> None:
        """Print a line for people or one JSON value on standard output."""
        print(text, file=self.out)

    def say(self, code: str, /, **params: object) -> None:
        """Print a sentence on standard output."""
        self.tell(self.messages.say(f"command.{code}", **params))

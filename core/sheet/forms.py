"""The forms this program knows: one folder per form and edition, read when first asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from core.sheet.definition import Form
from core.sheet.definition_reader import read_form
from core.sheet.errors import RefusedError

if TYPE_CHECKING:
    from core.sheet.values import ValueGrammar

_ID = re.compile(r"[a-z][a-z0-9-]{0,39}")
_EDITION = re.compile(r"[0-9A-Za-z.-]{1,20}")


def is_proper_name(form: str, edition: str) -> bool:
    """Whether a form id and an edition are written as folders of forms are named."""
    return bool(_ID.fullmatch(form)) and bool(_EDITION.fullmatch(edition)) and not edition.startswith(".")


class FormLibrary:
    """Gives form definitions by form id and edition, each read once."""

    def __init__(self, folder: Path, values: Path | None = None) -> None:
        """``values`` is the file of words indicator values are read by, beside the folder unless given."""
        self._folder = folder
        self._values = values or folder.parent / "values.toml"
        self._grammar: ValueGrammar | None = None
        self._read: dict[tuple[str, str], Form] = {}

    def names(self) -> list[tuple[str, str]]:
        """Give the (form, edition) pairs there are, sorted; reads no definition."""
        return sorted(
            (file.parent.parent.name, file.parent.name) for file in self._folder.glob("*/*/form.toml")
        )

    def all(self) -> Iterator[Form]:
        """Give every form and edition; raises DefinitionError at a broken one."""
        for form, edition in self.names():
            yield self.get(form, edition)

    def get(self, form: str, edition: str | None = None) -> Form:
        """Give a form, in its newest edition when none is named.

        Raises RefusedError for an unknown form or edition, DefinitionError for a broken one.
        """
        editions = [known for name, known in self.names() if name == form] if _ID.fullmatch(form) else []
        if not editions:
            known = "、".join(sorted({name for name, _ in self.names()}))
            raise RefusedError("sheet.unknown-form", form=form[:40], known=known)
        wanted = edition or editions[-1]
        if wanted not in editions or not _EDITION.fullmatch(wanted):
            raise RefusedError(
                "sheet.unknown-edition", form=form, edition=wanted[:40], known="、".join(editions)
            )
        key = (form, wanted)
        if key not in self._read:
            self._read[key] = replace(read_form(self._folder / form / wanted), grammar=self.grammar)
        return self._read[key]

    def grammar(self) -> ValueGrammar:
        """Give what indicator values are read by; read once."""
        if self._grammar is None:
            from core.sheet.values import ValueGrammar

            self._grammar = ValueGrammar(self._values)
        return self._grammar

"""The way in: opens documents for judging, and judges several at once.

Built once by the caller from the resources folder and passed on; it keeps what was bound to each form.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from core.check.binding import Binding
from core.check.catalogue import Catalogue
from core.check.context import Context
from core.check.engine import Engine
from core.check.finding import Finding
from core.check.rulebook import ACROSS, RULES
from core.check.settings import Settings, resolve
from core.check.together import Handed, judge_across
from core.sheet.compute import Computation
from core.sheet.definition import Form
from core.sheet.document import Document
from core.sheet.messages import Messages

TOGETHER = "together"
"""The relation of a counterpart that belongs to the same submission."""


class Checker:
    """Gives an engine per document; forms are bound to the catalogue once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._bindings: dict[tuple[str, str, str, str], Binding] = {}

    def binding(self, form: Form, settings: Settings) -> Binding:
        """Give the checks of a form under settings.

        Raises RefusedError when the form ties an unknown check or a setting is not known or not offered.
        """
        key = (form.form, form.edition, form.digest, settings.key)
        if key not in self._bindings:
            resolved = resolve(self.catalogue.defaults, form.settings, settings, form.form)
            self._bindings[key] = Binding(form, self.catalogue, resolved)
        return self._bindings[key]

    def open(self, document: Document, context: Context, computation: Computation | None = None) -> Engine:
        """Judge a document and keep the answer ready for its edits."""
        return Engine(document, context, self.binding, computation)

    def judge(self, document: Document, context: Context) -> list[Finding]:
        """Judge a document once."""
        return self.open(document, context).findings()

    def judge_all(self, documents: Mapping[str, Document], context: Context) -> dict[str, list[Finding]]:
        """Judge documents handed in together, by file name: each by itself, then those of one unit together.

        Counterparts of the context that are ``together`` with them are only compared with.
        """
        engines = {file: self.open(document, context) for file, document in documents.items()}
        findings = {file: engine.findings() for file, engine in engines.items()}
        handed = [
            Handed(file, engine.document, engine.computation, engine.binding)
            for file, engine in engines.items()
        ]
        for other in context.counterparts:
            if other.relation == TOGETHER:
                binding = self.binding(other.document.form, context.settings)
                computation = Computation(other.document, binding.formulas)
                computation.with_settings(binding.settings)
                handed.append(Handed(other.file, other.document, computation, binding, only_compared=True))
        for file, finding in judge_across(handed, ACROSS):
            findings[file].append(finding)
            findings[file].sort(key=lambda one: one.severity.rank)
        return findings


def read_checker(resources: Path) -> Checker:
    """Read the catalogue of the resources folder; raises ValueError for a mistake in our own data."""
    return Checker(Catalogue(resources / "checks", Messages(resources / "messages"), RULES))

"""The way in: opens documents for judging, and judges several at once.

Built once by the caller from the resources folder and passed on; it keeps what was bound to each form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from core.check.beside.relations import TOGETHER, Relatives
from core.check.beside.together import Handed, judge_across
from core.check.binding import Binding
from core.check.catalogue import Catalogue
from core.check.context import Context
from core.check.engine import Engine
from core.check.finding import Finding
from core.check.rulebook import ACROSS, RULES
from core.check.settings import Settings, checks_named, resolve, unknown_check
from core.sheet.compute import Computation
from core.sheet.definition import Form
from core.sheet.document import Document
from core.sheet.messages import Messages


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
            resolved = resolve(self.catalogue.settings, form.settings, settings, form.form)
            self._bindings[key] = Binding(form, self.catalogue, resolved)
        return self._bindings[key]

    def demand_known(self, kit: Mapping[str, Any], forms: Callable[[], Iterable[Form]]) -> None:
        """Raise RefusedError for a check in a kit's ``off`` or ``severity`` that nobody knows.

        A kit serves many forms, and a form may have checks of its own: ``forms`` gives all there are, and is
        asked only when the catalogue does not know one.
        """
        unknown = [one for one in checks_named(kit) if one[1] not in self.catalogue.records]
        own = {tie.id for form in forms() for tie in form.checks} if unknown else set()
        for entry, check in unknown:
            if check not in own:
                raise unknown_check(entry, check, {*self.catalogue.records, *own})

    def open(self, document: Document, context: Context, computation: Computation | None = None) -> Engine:
        """Judge a document and keep the answer ready for its edits."""
        return Engine(document, context, self.binding, computation)

    def figures(self, document: Document, settings: Settings) -> Computation:
        """Give a document's computed figures under settings, as the engine has them: for paper and Excel."""
        binding = self.binding(document.form, settings)
        computation = Computation(document, binding.formulas)
        computation.with_settings(binding.settings)
        return computation

    def judge(self, document: Document, context: Context) -> list[Finding]:
        """Judge a document once."""
        return self.open(document, context).findings()

    def judge_all(
        self,
        documents: Mapping[str, Document],
        context: Context,
        others: Mapping[str, Document] | None = None,
    ) -> dict[str, list[Finding]]:
        """Judge documents by file name: each by itself and against its counterparts, then those together.

        Counterparts are found among the documents themselves and among ``others``, which a person named to
        compare with and which get no findings; those the context has already count for every document.
        """
        others = {file: one for file, one in (others or {}).items() if file not in documents}
        among, named = Relatives(documents), Relatives(others, named=True)
        engines = {
            file: self.open(document, _beside(context, document, file, among, named))
            for file, document in documents.items()
        }
        findings = {file: engine.findings() for file, engine in engines.items()}
        handed = [
            Handed(file, engine.document, engine.computation, engine.binding)
            for file, engine in engines.items()
        ]
        given = [(one.file, one.document) for one in context.counterparts if one.relation == TOGETHER]
        for file, other in (*given, *others.items()):
            handed.append(self._only_compared(file, other, context))
        for file, finding in judge_across(handed, ACROSS):
            findings[file].append(finding)
            findings[file].sort(key=lambda one: one.severity.rank)
        return findings

    def _only_compared(self, file: str, other: Document, context: Context) -> Handed:
        binding = self.binding(other.form, context.settings)
        return Handed(file, other, self.figures(other, context.settings), binding, only_compared=True)


def _beside(context: Context, document: Document, file: str, among: Relatives, named: Relatives) -> Context:
    """The context with the counterparts of one document; of one relation those a person named count."""
    found = [*context.counterparts, *named.of(document)]
    taken = {one.relation for one in found}
    found += [one for one in among.of(document, file) if one.relation not in taken]
    return context.with_counterparts(tuple(found)) if found else context


def read_checker(resources: Path) -> Checker:
    """Read the catalogue of the resources folder; raises ValueError for a mistake in our own data."""
    return Checker(Catalogue(resources / "checks", Messages(resources / "messages"), RULES))

"""Says everything that is wrong or doubtful about a form's folder, in one go.

The folder may come from anywhere: its files are read as data within limits, and nothing in it is executed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.authoring.check_flaws import check_flaws
from core.authoring.flaw import FORM, SAMPLE, Flaw, Flaws, Weight
from core.authoring.form_flaws import form_flaws, undecided_flaws
from core.authoring.lines import LineFinder
from core.authoring.mended import mended
from core.authoring.mistakes import as_flaws, told
from core.authoring.one_form import OneForm
from core.authoring.paper_flaws import paper_flaws
from core.authoring.sheet_flaws import sheet_flaws
from core.check.checker import Checker
from core.check.context import Context
from core.check.finding import Severity
from core.paper.fonts import Fonts
from core.sheet.definition import Form
from core.sheet.definition_reader import examine_form
from core.sheet.document_file import read_document
from core.sheet.errors import RefusedError
from core.sheet.forms import FormLibrary, is_proper_name

_OTHERS_TOLD = 10


@dataclass(frozen=True)
class FormFolder:
    """A form's folder as it was found: its name and that of the one above, its files, what else is there."""

    form: str
    edition: str
    definition: bytes
    sample: bytes | None
    others: tuple[str, ...] = ()


class Inspector:
    """Looks at forms with the catalogue of checks, level names and fonts of the program."""

    def __init__(self, checker: Checker, context: Context, fonts: Fonts, shipped: FormLibrary) -> None:
        self._checker, self.context = checker, context
        self._fonts, self._shipped = fonts, shipped

    def inspect(self, folder: FormFolder) -> list[Flaw]:
        """Give every flaw, the wrong ones first, each kind in the order of the file.

        Raises RefusedError for a definition that is far too big.
        """
        flaws = Flaws()
        form, mistakes = examine_form(folder.definition)
        as_flaws(told(mistakes, form, folder.definition), flaws)
        if form is not None:
            form = replace(form, grammar=self._shipped.grammar)  # it may work points out of indicator values
            self._names(form, folder, flaws)
            undecided_flaws(_text(folder.definition), flaws)
            whole = mended(form, mistakes)
            form_flaws(whole.form, flaws)
            check_flaws(whole.form, whole.ties, self._checker.catalogue, self.context.levels, flaws)
            if whole.picture:
                sheet_flaws(whole.form, flaws)
                paper_flaws(whole.form, self._fonts, flaws)
        if form is not None and not mistakes:
            self._sample(form, folder, flaws)
        if folder.sample is None:
            flaws.doubtful("", "authoring.no-sample", file=SAMPLE)
        for name in folder.others[:_OTHERS_TOLD]:
            flaws.doubtful("", "authoring.other-file", file=name, name=name)
        return _in_order(flaws, _text(folder.definition))

    def _names(self, form: Form, folder: FormFolder, flaws: Flaws) -> None:
        if not is_proper_name(form.form, form.edition):
            flaws.wrong("form", "authoring.bad-name", form=form.form[:40], edition=form.edition[:40])
        elif (form.form, form.edition) != (folder.form, folder.edition):
            place = f"{folder.form}/{folder.edition}"[:80]
            flaws.wrong("form", "authoring.folder-name", folder=place, form=form.form, edition=form.edition)
        elif self._is_taken(form):
            flaws.wrong("edition", "authoring.name-taken", form=form.form, edition=form.edition)

    def _is_taken(self, form: Form) -> bool:
        """Whether the program has another form under the same name and edition (ruling 26)."""
        name = (form.form, form.edition)
        return name in self._shipped.names() and self._shipped.get(*name).digest != form.digest

    def _sample(self, form: Form, folder: FormFolder, flaws: Flaws) -> None:
        if folder.sample is None:
            return
        try:
            document = read_document(folder.sample, OneForm(form))
        except RefusedError as error:
            flaws.append(Flaw(Weight.WRONG, SAMPLE, "", error))
            return
        try:
            findings = self._checker.judge(document, self.context)
        except RefusedError:
            return  # a setting or tie that does not work; told as a flaw of its own
        errors = [one for one in findings if one.severity is Severity.ERROR]
        if errors:
            first = f"{errors[0].message}（{errors[0].check}）"
            flaws.doubtful("", "authoring.sample-errors", file=SAMPLE, count=len(errors), first=first)
        if not any(True for _ in document.places() if _.column not in ("stage",)):
            flaws.doubtful("", "authoring.sample-empty", file=SAMPLE)


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig", errors="replace")


def _in_order(flaws: list[Flaw], text: str) -> list[Flaw]:
    finder = LineFinder(text)
    placed = [
        replace(one, line=finder.line(one.place)) if one.file == FORM and one.line is None else one
        for one in flaws
    ]
    return sorted(placed, key=lambda one: (one.weight is Weight.DOUBTFUL, one.file != FORM, one.line or 0))

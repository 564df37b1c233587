"""One definition as a source of forms, for documents that are filled in it before it is shipped."""

from __future__ import annotations

from core.sheet.definition import Form
from core.sheet.document import Document, blank_document
from core.sheet.errors import RefusedError

_NO_ID = "0" * 16


class OneForm:
    """Gives the one form it holds, and no other."""

    def __init__(self, form: Form) -> None:
        self._form = form

    def get(self, form: str, edition: str | None = None) -> Form:
        """Give the form; raises RefusedError when another form or edition is asked for."""
        own = self._form
        if form != own.form:
            raise RefusedError("sheet.unknown-form", form=form[:40], known=own.form)
        if edition not in (None, own.edition):
            raise RefusedError(
                "sheet.unknown-edition", form=form, edition=str(edition)[:40], known=own.edition
            )
        return own


def blank_sheet(form: Form, stage: str | None = None) -> Document:
    """Give an empty document that is the same every time: equal definitions print equal sheets."""
    rows = iter(range(1_000_000))
    return blank_document(form, stage=stage, row_id=lambda: f"{next(rows):08x}").copy(id=_NO_ID)

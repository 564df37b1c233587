"""Between documents and histories of `core.sheet` and the bytes and texts the store keeps."""

from __future__ import annotations

from collections.abc import Sequence

from core.draft.records import Content, Counts, Facts, StepNote
from core.sheet.document import Document, new_id
from core.sheet.document_file import FormSource, document_bytes, read_document
from core.sheet.edits import step_from_json, step_to_json
from core.sheet.errors import RefusedError
from core.sheet.history import Record


def content_of(document: Document, counts: Counts | None = None) -> Content:
    """Give a document as the store keeps it."""
    facts = Facts(
        form=document.form.form,
        edition=document.form.edition,
        stage=document.stage,
        year=document.field("year"),
        unit_name=document.unit_name,
        unit_code=document.unit_code,
        title=document.project_name,
        project=document.project_code,
    )
    return Content(document.id, document_bytes(document), facts, counts)


def note_of(record: Record, *, is_open: bool) -> StepNote:
    """Give a recorded step as the journal keeps it."""
    return StepNote(record.number, step_to_json(record.step), record.step.label, is_open, record.undoes)


def past_of(steps: Sequence[StepNote]) -> list[Record]:
    """Give the records a history goes on from; raises RefusedError for a step this program cannot read."""
    try:
        return [Record(step.number, step_from_json(step.edits), step.undoes) for step in steps]
    except ValueError as error:
        raise RefusedError("draft.unreadable-step") from error


def copy_of(document: bytes, forms: FormSource) -> Content:
    """Give a copy of a stored document under an id of its own, without its history.

    Raises RefusedError when the form is not known to this program.
    """
    return content_of(read_document(document, forms).copy(id=new_id()))

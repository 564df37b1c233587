"""Builds a package: documents and their printed copies in, one file's bytes, name and check code out.

Pure: no clock, no folder, no machine. Equal input gives equal bytes, and nothing in them names a
person, computer or path.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from core.handover.bag import bag_members
from core.handover.container import container_bytes
from core.handover.names import package_name
from core.handover.submission import Answer, Entry, Scope, Submission, submission_bytes
from core.sheet.document import Document
from core.sheet.document_file import check_code, document_bytes
from core.sheet.errors import RefusedError

SUBMISSION = "data/submission.json"
DOCUMENT = "document.json"


@dataclass(frozen=True)
class Enclosure:
    """A document to hand in, its copies for people (b"": none), and answers to remarks on it."""

    document: Document
    pdf: bytes
    xlsx: bytes
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class Sending:
    """What the sender decides and states about a package.

    `date` is YYYY-MM-DD, `software` the program and its version. `errors` are all findings of
    severity error, `explained` those of them that carry a 情况说明 (ruling 19).
    """

    date: str
    software: str
    errors: int
    explained: int = 0
    round: str = ""
    scope: Scope = Scope.FULL
    version: int = 1
    kit: str = ""
    withdrawn: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Package:
    """A finished package in memory: its bytes, the file name to give it, and the submission's check code."""

    data: bytes
    name: str
    code: str
    submission: Submission


class _Subject(NamedTuple):
    """Whose documents they are and for when: the same for all of a package."""

    unit_name: str
    unit_code: str
    year: int | None
    stage: str


def build_package(enclosures: Sequence[Enclosure], sending: Sending) -> Package:
    """Return the package of these documents, in their order.

    Raises RefusedError when there is none, when they are not of one unit, year and stage, when one
    is there twice, when the unit is blank, and above 2,000 files or 512 MiB.
    """
    subject = _demand_one_subject([enclosure.document for enclosure in enclosures])
    payload: dict[str, bytes] = {}
    entries: list[Entry] = []
    width = max(2, len(str(len(enclosures))))
    for number, enclosure in enumerate(enclosures, 1):
        folder = f"{number:0{width}d}-{enclosure.document.form.form}"
        data = document_bytes(enclosure.document)
        files = {DOCUMENT: data, "document.pdf": enclosure.pdf, "document.xlsx": enclosure.xlsx}
        payload |= {f"data/{folder}/{name}": content for name, content in files.items() if content}
        entries.append(_entry(folder, enclosure, data))
    submission = _submission(subject, tuple(entries), sending)
    payload[SUBMISSION] = submission_bytes(submission)
    return _packed(submission, payload, sending)


def bag_folder(submission_data: bytes) -> str:
    """Return the name of the one folder in a package, which follows from its submission."""
    return f"sub-{hashlib.sha256(submission_data).hexdigest()[:16]}"


def _packed(submission: Submission, payload: Mapping[str, bytes], sending: Sending) -> Package:
    data = payload[SUBMISSION]
    code = check_code(data)
    forms = dict.fromkeys(f"{entry.form} {entry.edition}" for entry in submission.documents)
    info = [
        ("Source-Organization", submission.unit_name or submission.unit_code),
        ("External-Identifier", code),
        ("Bagging-Date", sending.date),
        ("Bag-Software-Agent", sending.software),
        *(("Form", form) for form in forms),
        ("Errors", str(sending.errors)),
        ("Explained-Errors", str(sending.explained)),
    ]
    name = package_name(
        submission.unit_code,
        submission.unit_name,
        str(submission.year or "无年度"),
        submission.stage,
        submission.version,
        code,
    )
    return Package(container_bytes(bag_members(bag_folder(data), payload, info)), name, code, submission)


def _submission(subject: _Subject, entries: tuple[Entry, ...], sending: Sending) -> Submission:
    if not (subject.unit_name.strip() or subject.unit_code.strip()):
        raise RefusedError("handover.no-unit")
    return Submission(
        unit_name=subject.unit_name,
        unit_code=subject.unit_code,
        year=subject.year,
        stage=subject.stage,
        round=sending.round,
        scope=sending.scope,
        version=sending.version,
        documents=entries,
        kit=sending.kit,
        withdrawn=sending.withdrawn,
        choices=sending.choices,
    )


def _entry(folder: str, enclosure: Enclosure, data: bytes) -> Entry:
    document = enclosure.document
    return Entry(
        folder=folder,
        id=document.id,
        project=document.project_code,
        form=document.form.form,
        edition=document.form.edition,
        sha256=hashlib.sha256(data).hexdigest(),
        definition=document.form.digest,
        answers=enclosure.answers,
    )


def _demand_one_subject(documents: Sequence[Document]) -> _Subject:
    if not documents:
        raise RefusedError("handover.nothing-to-pack")
    first = _subject(documents[0])
    for number, document in enumerate(documents, 1):
        other = _subject(document)
        if (other.unit_name, other.unit_code) != (first.unit_name, first.unit_code):
            raise RefusedError("handover.other-unit", number=number, first=_told(first), other=_told(other))
        if other.year != first.year:
            raise RefusedError(
                "handover.other-year", number=number, first=first.year or "", other=other.year or ""
            )
        if other.stage != first.stage:
            raise RefusedError("handover.other-stage", number=number, first=first.stage, other=other.stage)
    if len({document.id for document in documents}) != len(documents):
        raise RefusedError("handover.document-twice")
    return first


def _subject(document: Document) -> _Subject:
    return _Subject(document.unit_name, document.unit_code, document.year, document.stage)


def _told(subject: _Subject) -> str:
    return f"{subject.unit_code} {subject.unit_name}".strip()

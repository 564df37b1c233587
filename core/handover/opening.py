"""Opens a package from outside and tells what it is.

Nothing in it is believed: every list must agree with every file, every document must be one this
program would have written. A whole package is called complete, never authentic: a digest cannot
know who wrote it.
"""

import hashlib
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.handover.bag import Bag, read_bag
from core.handover.container import MAX_BYTES, read_container, starts_like_ours
from core.handover.foreign import explained
from core.handover.package import DOCUMENT, SUBMISSION, bag_folder
from core.handover.state import PackageError, State
from core.handover.submission import Entry, Submission, read_submission
from core.sheet.document import Document
from core.sheet.document_file import FormSource, check_code, document_bytes, read_document
from core.sheet.errors import RefusedError
from core.sheet.messages import Messages

_FIRST_NAME = re.compile(rb"sub-[0-9a-f]{16}/bag-info\.txt")
_FIRST_NAME_AT = 30  # right after the fixed part of the first header
_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)

# Without O_NONBLOCK a named pipe under a package's name would wait for a writer for ever.
_READING: int = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


@dataclass(frozen=True)
class OpenedDocument:
    """One document of a package: as listed, its bytes and code, and itself or why it is not there."""

    entry: Entry
    data: bytes
    code: str
    document: Document | None
    problem: PackageError | None


@dataclass(frozen=True)
class OpenedPackage:
    """A whole package: what it states about itself, its documents in order, and all its files by name."""

    submission: Submission
    code: str
    errors: int
    explained: int
    documents: tuple[OpenedDocument, ...]
    bag: Bag

    @property
    def read(self) -> list[Document]:
        """Return the documents that could be read, in order."""
        return [opened.document for opened in self.documents if opened.document]

    @property
    def picks(self) -> dict[str, str]:
        """Return what the sender picked where a form offers alternatives (ruling 16)."""
        return dict(self.submission.choices)

    @property
    def problem(self) -> PackageError | None:
        """Return why the first unreadable document is so, or None."""
        return next((document.problem for document in self.documents if document.problem), None)


@dataclass(frozen=True)
class Verification:
    """What was found in one file; `package` is None only when the envelope is not whole."""

    file: str
    state: State
    problem: PackageError | None
    package: OpenedPackage | None

    def reason(self, messages: Messages) -> str:
        """Return the sentence for a person; "" when the package is complete."""
        return messages.of(self.problem) if self.problem else ""

    def record(self, messages: Messages) -> dict[str, str | int | None]:
        """Return what `verify --json` prints (ruling 22); code "" and errors None while unknown."""
        return {
            "file": self.file,
            "state": self.state.value,
            "code": self.package.code if self.package else "",
            "errors": self.package.errors if self.package else None,
            "reason": self.reason(messages),
        }


def verify(source: Path | bytes, forms: FormSource, *, name: str = "") -> Verification:
    """Return what a file is; never raises for anything from outside. `name` tells what bytes are called."""
    file = name if isinstance(source, bytes) else str(source)
    try:
        package = open_package(source, forms)
    except PackageError as error:
        return Verification(file, error.state, error, None)
    state = package.problem.state if package.problem else State.COMPLETE
    return Verification(file, state, package.problem, package)


def documents_in(source: Path | bytes, forms: FormSource) -> list[Document]:
    """Return the documents of a package, in order; raises PackageError unless all of it can be read."""
    return open_whole(source, forms).read


def open_whole(source: Path | bytes, forms: FormSource) -> OpenedPackage:
    """Return a package all of whose documents can be read; raises PackageError."""
    package = open_package(source, forms)
    if package.problem:
        raise package.problem
    return package


def open_package(source: Path | bytes, forms: FormSource) -> OpenedPackage:
    """Return an intact package; raises PackageError when its envelope is not whole and ours."""
    data = source if isinstance(source, bytes) else package_file(source)
    try:
        members = read_container(data)
    except PackageError as error:
        raise explained(data, error) from error
    bag = read_bag(members)
    if SUBMISSION not in bag.payload:
        raise PackageError(State.FOREIGN, "member-missing", member=SUBMISSION)
    submission_data = bytes(bag.payload[SUBMISSION])
    submission = read_submission(submission_data)
    code = check_code(submission_data)
    if bag.folder != bag_folder(submission_data) or bag.fact("External-Identifier") != code:
        raise PackageError(State.INCONSISTENT, "wrong-code")
    _demand_listed_folders(submission, bag.payload)
    documents = tuple(_opened(entry, submission, bag, forms) for entry in submission.documents)
    errors, answered = _count(bag, "Errors"), _count(bag, "Explained-Errors")
    return OpenedPackage(submission, code, errors, answered, documents, bag)


def package_file(path: Path) -> bytes:
    """Return the bytes of a file; raises PackageError (NO_FILE, TOO_LARGE) when it cannot be ours."""
    try:
        handle = os.open(path, _READING)
        try:
            return _whole(handle)
        finally:
            os.close(handle)
    except FileNotFoundError as error:
        raise PackageError(State.NO_FILE, "no-file") from error
    except (OSError, ValueError) as error:
        raise PackageError(State.NO_FILE, "file-not-read") from error


def looks_like_package(path: Path) -> bool:
    """Tell whether a file on a drive is worth opening: `*.zip` that begins as only our packages do."""
    if path.suffix.lower() != ".zip" or not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError:
        return False
    return starts_like_ours(head) and bool(_FIRST_NAME.match(head, _FIRST_NAME_AT))


def _whole(handle: int) -> bytes:
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode):
        raise PackageError(State.NO_FILE, "not-a-file")
    if found.st_size > MAX_BYTES:
        raise PackageError(State.TOO_LARGE, "too-many-bytes", most=MAX_BYTES >> 20)
    with os.fdopen(handle, "rb", closefd=False) as file:
        return file.read(MAX_BYTES + 1)


def _demand_listed_folders(submission: Submission, payload: Mapping[str, object]) -> None:
    found = {name.split("/")[1] for name in payload if name.count("/") > 1}
    listed = {entry.folder for entry in submission.documents}
    if found != listed:
        raise PackageError(State.INCONSISTENT, "other-folders", folder=min(found ^ listed))


def _opened(entry: Entry, submission: Submission, bag: Bag, forms: FormSource) -> OpenedDocument:
    name = f"data/{entry.folder}/{DOCUMENT}"
    if name not in bag.payload:
        raise PackageError(State.FOREIGN, "member-missing", member=name)
    data = bytes(bag.payload[name])
    if hashlib.sha256(data).hexdigest() != entry.sha256:
        raise PackageError(State.INCONSISTENT, "other-document", folder=entry.folder)
    document, problem = None, None
    try:
        document = _document(entry, submission, data, forms)
    except PackageError as error:
        problem = error
    return OpenedDocument(entry, data, check_code(data), document, problem)


def _document(entry: Entry, submission: Submission, data: bytes, forms: FormSource) -> Document:
    try:
        form = forms.get(entry.form, entry.edition)
    except RefusedError as error:
        raise PackageError(
            State.UNKNOWN_FORM, "unknown-form", folder=entry.folder, form=entry.form, edition=entry.edition
        ) from error
    if form.digest != entry.definition:
        raise PackageError(
            State.FORM_DIFFERS, "form-differs", folder=entry.folder, form=entry.form, edition=entry.edition
        )
    try:
        document = read_document(data, forms)
    except RefusedError as error:
        if error.code == "sheet.newer-format":
            raise PackageError(State.NEWER, "newer-document", folder=entry.folder) from error
        raise PackageError(
            State.UNREADABLE, "unreadable-document", details=[error], folder=entry.folder
        ) from error
    _demand_same(document, entry, submission, data)
    return document


def _demand_same(document: Document, entry: Entry, submission: Submission, data: bytes) -> None:
    itself = (document.id, document.project_code, document.form.form, document.form.edition)
    subject = (document.unit_name, document.unit_code, document.year, document.stage)
    if (
        itself != (entry.id, entry.project, entry.form, entry.edition)
        or subject != (submission.unit_name, submission.unit_code, submission.year, submission.stage)
        or document_bytes(document) != data
    ):
        raise PackageError(State.INCONSISTENT, "other-document", folder=entry.folder)


def _count(bag: Bag, label: str) -> int:
    text = bag.fact(label)
    if not _NUMBER.fullmatch(text):
        raise PackageError(State.INCONSISTENT, "no-count", label=label)
    return int(text)

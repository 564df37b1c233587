"""A submission: what one unit hands in for one year, stage and round, as `data/submission.json` states it.

Equal submissions give equal bytes (UTF-8, fixed order, final newline), and only those bytes are read back.
"""

import json
import re
from dataclasses import dataclass
from enum import Enum
from typing import Any

from core.handover.state import PackageError, State
from core.sheet.document_file import clean_text, parse_json_strict
from core.sheet.errors import RefusedError

FORMAT = 1
MAX_BYTES = 4 * 1024 * 1024

_ID = re.compile(r"[0-9a-f]{16}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_FORM = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_FOLDER = re.compile(r"[0-9]{2,4}-[a-z0-9][a-z0-9-]{0,39}")
_MAX_NUMBER = 999_999


class Scope(Enum):
    """How a package stands to the ones sent before it in the same round (ruling 24)."""

    FULL = "全部报送"  # everything the unit hands in
    ADDITION = "补报"  # adds documents
    CORRECTION = "更正"  # replaces the documents in it


@dataclass(frozen=True, slots=True)
class Answer:
    """What the unit answers to one remark (退回意见) of the bureau."""

    remark: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One document: its folder under data/, its identity, and the sha256 of its file and definition."""

    folder: str
    id: str
    project: str
    form: str
    edition: str
    sha256: str
    definition: str
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Submission:
    """What is handed in, by whom and for when.

    `kit` is the name of the bureau's 年度参数文件 or ""; `volume` is (number, of how many); `withdrawn`
    are ids of documents taken back (撤回), the only way a document disappears. `choices` are what the
    person picked where a form or kit offers alternatives (ruling 16). `year` is None when it was left
    blank: an error of the data, which the package states like any other (ruling 19).
    """

    unit_name: str
    unit_code: str
    year: int | None
    stage: str
    round: str
    scope: Scope
    version: int
    documents: tuple[Entry, ...]
    kit: str = ""
    volume: tuple[int, int] = (1, 1)
    withdrawn: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()


def submission_bytes(submission: Submission) -> bytes:
    """Return the canonical bytes of submission.json."""
    number, count = submission.volume
    body = {
        "jibiao-package": FORMAT,
        "unit": {"name": submission.unit_name, "code": submission.unit_code},
        "year": submission.year,
        "stage": submission.stage,
        "round": submission.round,
        "scope": submission.scope.value,
        "version": submission.version,
        "kit": submission.kit,
        "choices": dict(sorted(submission.choices)),
        "volume": {"number": number, "of": count},
        "documents": [_entry_body(entry) for entry in submission.documents],
        "withdrawn": list(submission.withdrawn),
    }
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def read_submission(data: bytes) -> Submission:
    """Return the submission in the bytes of submission.json.

    Raises PackageError: NEWER for a later format, INCONSISTENT for anything `submission_bytes`
    would not write.
    """
    try:
        top = parse_json_strict(data, max_bytes=MAX_BYTES)
    except RefusedError as error:
        raise _bad() from error
    version = top.get("jibiao-package")
    if isinstance(version, int) and version > FORMAT:
        raise PackageError(State.NEWER, "newer-package", format=version)
    try:
        submission = _submission(top)
    except (AttributeError, KeyError, TypeError, ValueError, RefusedError) as error:
        raise _bad() from error
    # One comparison settles unknown keys, doubled spellings of a number, order and the format number.
    if submission_bytes(submission) != data:
        raise _bad()
    return submission


def _bad() -> PackageError:
    return PackageError(State.INCONSISTENT, "bad-submission")


def _entry_body(entry: Entry) -> dict[str, Any]:
    return {
        "folder": entry.folder,
        "id": entry.id,
        "project": entry.project,
        "form": entry.form,
        "edition": entry.edition,
        "sha256": entry.sha256,
        "definition": entry.definition,
        "answers": [{"remark": answer.remark, "text": answer.text} for answer in entry.answers],
    }


def _submission(top: dict[str, Any]) -> Submission:
    entries = tuple(_entry(item) for item in _list(top["documents"]))
    if len({entry.id for entry in entries}) != len(entries):
        raise ValueError("a document twice")
    volume = top["volume"]
    return Submission(
        unit_name=_text(top["unit"]["name"]),
        unit_code=_text(top["unit"]["code"]),
        year=None if top["year"] is None else _number(top["year"]),
        stage=_text(top["stage"]),
        round=_text(top["round"]),
        scope=Scope(_text(top["scope"])),
        version=_number(top["version"]),
        documents=entries,
        kit=_text(top["kit"]),
        choices=tuple((_text(name), _text(value)) for name, value in top["choices"].items()),
        volume=(_number(volume["number"]), _number(volume["of"])),
        withdrawn=tuple(_matching(_ID, item) for item in _list(top["withdrawn"])),
    )


def _entry(item: Any) -> Entry:
    return Entry(
        folder=_matching(_FOLDER, item["folder"]),
        id=_matching(_ID, item["id"]),
        project=_text(item["project"]),
        form=_matching(_FORM, item["form"]),
        edition=_text(item["edition"]),
        sha256=_matching(_DIGEST, item["sha256"]),
        definition=_matching(_DIGEST, item["definition"]),
        answers=tuple(Answer(_text(one["remark"]), _text(one["text"])) for one in _list(item["answers"])),
    )


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return clean_text(value)


def _matching(pattern: re.Pattern[str], value: Any) -> str:
    text = _text(value)
    if not pattern.fullmatch(text):
        raise ValueError("not of this pattern")
    return text


def _number(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= _MAX_NUMBER:
        raise ValueError("not a counting number")
    return value

"""submission.json: what it says must be what is there, in exactly the form this program writes."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.handover.opening import verify
from core.handover.package import Package
from core.handover.state import State
from core.handover.submission import (
    FORMAT,
    Answer,
    Entry,
    Scope,
    Submission,
    read_submission,
    submission_bytes,
)
from core.sheet.forms import FormLibrary
from core.sheet.messages import Messages
from tests.core.handover.samples import FIRST, SUBMISSION, payload, repacked, restated

CONTRADICTIONS: dict[str, Callable[[dict], object]] = {
    "another unit": lambda body: body["unit"].update(name="别的单位"),
    "another year": lambda body: body.update(year=2024),
    "another stage": lambda body: body.update(stage="批复"),
    "another document id": lambda body: body["documents"][0].update(id="f" * 16),
    "another project": lambda body: body["documents"][0].update(project="P999"),
    "another digest": lambda body: body["documents"][0].update(sha256="0" * 64),
    "swapped folders": lambda body: (
        body["documents"][0].update(folder="02-demo"),
        body["documents"][1].update(folder="01-demo"),
    ),
    "a document not listed": lambda body: body["documents"].pop(),
    "a document listed twice": lambda body: body["documents"].append(body["documents"][0]),
    "a document that is not there": lambda body: body["documents"].append(
        {**body["documents"][0], "folder": "03-demo", "id": "3" * 16}
    ),
    "a folder outside": lambda body: body["documents"][0].update(folder="../01-demo"),
    "an unknown key": lambda body: body.update(more=1),
    "no unit": lambda body: body.pop("unit"),
    "a unit that is text": lambda body: body.update(unit="甲局"),
    "a year that is text": lambda body: body.update(year="2025"),
    "a year that is a truth value": lambda body: body.update(year=True),
    "a version below one": lambda body: body.update(version=0),
    "an unknown scope": lambda body: body.update(scope="随便报"),
    "documents that are text": lambda body: body.update(documents="all"),
    "a document that is text": lambda body: body.update(documents=["all"]),
    "a control character": lambda body: body.update(round="一\x00上"),
    "no format": lambda body: body.pop("jibiao-package"),
}


@pytest.mark.parametrize("kind", CONTRADICTIONS)
def test_a_submission_that_contradicts_its_content_is_refused(
    kind: str, package: Package, forms: FormLibrary
):
    found = verify(restated(package.data, CONTRADICTIONS[kind]), forms)
    assert found.state is State.INCONSISTENT


@pytest.mark.parametrize(
    "text", [b"", b"{", b"[]", b"null", b'{"a":1,"a":2}', b"[" * 100_000, b"\xff", b'{"a":1e400}']
)
def test_a_submission_that_is_no_plain_json_is_refused(text: bytes, package: Package, forms: FormLibrary):
    assert verify(repacked(package.data, {SUBMISSION: text}), forms).state is State.INCONSISTENT


def test_a_code_that_is_not_of_this_submission_is_refused(package: Package, forms: FormLibrary):
    forged = repacked(package.data, {}, **{"External-Identifier": "0000-0000-0000-0000"})
    assert verify(forged, forms).state is State.INCONSISTENT


@pytest.mark.parametrize("count", ["", "-1", "3 3", "³", "many"])
def test_a_number_of_errors_that_is_none_is_refused(count: str, package: Package, forms: FormLibrary):
    assert verify(repacked(package.data, {}, Errors=count), forms).state in (
        State.INCONSISTENT,
        State.DAMAGED,
    )


def test_the_same_document_in_two_folders_is_refused(package: Package, forms: FormLibrary):
    twice = repacked(package.data, {FIRST.replace("01", "02"): payload(package.data)[FIRST]})

    def repeat(body: dict) -> None:
        body["documents"][1] = {**body["documents"][0], "folder": "02-demo"}

    assert verify(restated(twice, repeat), forms).state is State.INCONSISTENT


def test_a_package_of_a_newer_program_asks_for_an_upgrade(
    package: Package, forms: FormLibrary, messages: Messages
):
    newer = restated(package.data, lambda body: body.update({"jibiao-package": FORMAT + 1, "new": []}))
    found = verify(newer, forms)
    assert found.state is State.NEWER
    assert "升级" in found.reason(messages)


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=30)
IDS = st.text("0123456789abcdef", min_size=16, max_size=16)
DIGESTS = st.text("0123456789abcdef", min_size=64, max_size=64)
ENTRIES = st.builds(
    Entry,
    folder=st.from_regex(r"[0-9]{2,4}-[a-z][a-z0-9-]{0,10}", fullmatch=True),
    id=IDS,
    project=TEXTS,
    form=st.from_regex(r"[a-z][a-z0-9-]{0,10}", fullmatch=True),
    edition=TEXTS,
    sha256=DIGESTS,
    definition=DIGESTS,
    answers=st.lists(st.builds(Answer, TEXTS, TEXTS), max_size=2).map(tuple),
)
SUBMISSIONS = st.builds(
    Submission,
    unit_name=TEXTS,
    unit_code=TEXTS,
    year=st.integers(1900, 2999),
    stage=TEXTS,
    round=TEXTS,
    scope=st.sampled_from(Scope),
    version=st.integers(1, 999_999),
    documents=st.lists(ENTRIES, max_size=3, unique_by=lambda entry: entry.id).map(tuple),
    kit=TEXTS,
    volume=st.tuples(st.integers(1, 99), st.integers(1, 99)),
    withdrawn=st.lists(IDS, max_size=2).map(tuple),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**20) | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "code", "of", "id"]), inner)
    ),
    max_leaves=5,
)
KEYS = [
    "jibiao-package",
    "unit",
    "year",
    "stage",
    "round",
    "scope",
    "version",
    "kit",
    "volume",
    "documents",
    "withdrawn",
]


@given(SUBMISSIONS)
@settings(max_examples=100, deadline=None)
def test_every_submission_is_read_as_it_was_written(submission: Submission):
    assert read_submission(submission_bytes(submission)) == submission


@given(st.sampled_from(KEYS), JSON)
@settings(max_examples=100, deadline=None)
def test_any_value_at_any_key_is_refused_in_one_way(
    package: Package, forms: FormLibrary, key: str, value: object
):
    found = verify(restated(package.data, lambda body: body.update({key: value})), forms)
    assert found.state in (State.COMPLETE, State.INCONSISTENT, State.NEWER)
    assert found.state is not State.COMPLETE or key not in ("unit", "year", "stage", "volume", "documents")

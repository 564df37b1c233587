"""submission.json: what it says must be what is there, in exactly the form this program writes."""

from collections.abc import Callable

import pytest

from core.handover.opening import verify
from core.handover.package import Package
from core.handover.state import State
from core.handover.submission import FORMAT
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

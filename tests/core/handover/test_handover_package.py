"""Packing: what is in a package, and that others than this program can check it."""

import hashlib
import io
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import bagit
import pytest

from core.handover.opening import documents_in, open_package, verify
from core.handover.package import Enclosure, Package, build_package
from core.handover.state import State
from core.handover.submission import Answer, Scope, read_submission, submission_bytes
from core.sheet.document import blank_document
from core.sheet.document_file import check_code, document_bytes
from core.sheet.errors import RefusedError
from core.sheet.forms import FormLibrary
from core.sheet.messages import Messages
from tests.core.handover.samples import RESOURCES, SENDING, enclosed, filled, members_of


def unpacked(package: Package, folder: Path) -> Path:
    """Unpack with Python's own zipfile, which knows nothing of us; give the bag's folder."""
    with zipfile.ZipFile(io.BytesIO(package.data)) as archive:
        archive.extractall(folder)
    return next(folder.iterdir())


def test_the_documents_come_back_as_they_were(package: Package, forms: FormLibrary):
    found = [document_bytes(document) for document in documents_in(package.data, forms)]
    assert found == [document_bytes(filled(forms, 1)), document_bytes(filled(forms, 2))]


def test_equal_documents_give_equal_bytes_and_another_letter_another_code(
    package: Package, forms: FormLibrary
):
    again = build_package([enclosed(filled(forms, 1)), enclosed(filled(forms, 2))], SENDING)
    assert (again.data, again.name, again.code) == (package.data, package.name, package.code)
    other = build_package([enclosed(filled(forms, 1)), enclosed(filled(forms, 3))], SENDING)
    assert other.code != package.code


def test_the_copies_do_not_change_the_code(forms: FormLibrary):
    document = filled(forms)
    with_copies = build_package([enclosed(document)], SENDING)
    without = build_package([Enclosure(document, b"", b"")], SENDING)
    assert with_copies.code == without.code
    assert verify(without.data, forms).state is State.COMPLETE


def test_every_document_has_its_own_folder_in_the_order_given(package: Package):
    names = [name.partition("/")[2] for name, _ in members_of(package.data)]
    assert names == [
        "bag-info.txt",
        "bagit.txt",
        "data/01-demo/document.json",
        "data/01-demo/document.pdf",
        "data/01-demo/document.xlsx",
        "data/02-demo/document.json",
        "data/02-demo/document.pdf",
        "data/02-demo/document.xlsx",
        "data/submission.json",
        "manifest-sha256.txt",
        "tagmanifest-sha256.txt",
    ]


def test_thirty_and_a_hundred_documents_keep_their_order(forms: FormLibrary):
    for count in (30, 120):
        documents = [filled(forms, number) for number in range(1, count + 1)]
        packed = build_package([Enclosure(one, b"", b"") for one in documents], SENDING)
        assert [one.id for one in documents_in(packed.data, forms)] == [one.id for one in documents]


SHIPPED = FormLibrary(RESOURCES / "forms")


@pytest.mark.parametrize(("form", "edition"), SHIPPED.names())
def test_every_shipped_form_can_be_packed_and_verified_even_blank(form: str, edition: str):
    document = blank_document(SHIPPED.get(form, edition), year=2025, unit_name="广州市司法局")
    packed = build_package([enclosed(document)], SENDING)
    assert verify(packed.data, SHIPPED).state is State.COMPLETE
    assert [document_bytes(one) for one in documents_in(packed.data, SHIPPED)] == [document_bytes(document)]


def test_the_submission_states_who_sends_what(package: Package, forms: FormLibrary):
    opened = open_package(package.data, forms)
    found = opened.submission
    assert (found.unit_code, found.unit_name, found.year, found.stage) == (
        "206001",
        "广州市司法局",
        2025,
        "申报",
    )
    assert (found.round, found.scope, found.version, found.volume) == ("", Scope.FULL, 1, (1, 1))
    assert [(entry.id, entry.project) for entry in found.documents] == [
        ("0" * 15 + "1", "P001"),
        ("0" * 15 + "2", "P002"),
    ]
    assert {entry.definition for entry in found.documents} == {forms.get("demo").digest}
    assert [one.code for one in opened.documents] == [check_code(one.data) for one in opened.documents]
    assert (opened.errors, opened.explained, opened.code) == (3, 1, package.code)


def test_round_scope_version_kit_answers_and_withdrawals_travel(forms: FormLibrary):
    sending = replace(
        SENDING, round="二上", scope=Scope.CORRECTION, version=7, kit="2025年度参数", withdrawn=("f" * 16,)
    )
    answers = (Answer("r-12", "已按意见修改\n见第2行"),)
    packed = build_package([replace(enclosed(filled(forms)), answers=answers)], sending)
    found = open_package(packed.data, forms).submission
    assert (found.round, found.scope, found.version, found.kit) == (
        "二上",
        Scope.CORRECTION,
        7,
        "2025年度参数",
    )
    assert found.documents[0].answers == answers
    assert found.withdrawn == ("f" * 16,)
    assert read_submission(submission_bytes(found)) == found


def test_the_bag_is_valid_for_the_bagit_tool(package: Package, tmp_path: Path):
    bag = bagit.Bag(str(unpacked(package, tmp_path)))
    bag.validate()
    assert bag.info["Source-Organization"] == "广州市司法局"
    assert bag.info["External-Identifier"] == package.code
    assert bag.info["Bagging-Date"] == "2026-11-20"
    assert bag.info["Bag-Software-Agent"] == "Jibiao 0.1.0"
    assert bag.info["Form"] == "demo 2025"
    assert (bag.info["Errors"], bag.info["Explained-Errors"]) == ("3", "1")


@pytest.mark.parametrize("tool", [["unzip", "-tq"], ["python3", "-m", "zipfile", "-t"]])
def test_common_zip_tools_find_nothing_wrong(tool: list[str], package: Package, tmp_path: Path):
    if not shutil.which(tool[0]):
        pytest.skip(f"{tool[0]} is not installed")
    file = tmp_path / package.name
    file.write_bytes(package.data)
    assert subprocess.run([*tool, str(file)], capture_output=True, check=False).returncode == 0


def test_sha256sum_alone_finds_a_changed_file(package: Package, tmp_path: Path):
    if not shutil.which("sha256sum"):
        pytest.skip("sha256sum is not installed")
    bag = unpacked(package, tmp_path)
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "-c", "--strict", manifest], cwd=bag, check=True, capture_output=True)
    with (bag / "data/01-demo/document.pdf").open("ab") as file:
        file.write(b"x")
    command = ["sha256sum", "-c", "manifest-sha256.txt"]
    assert subprocess.run(command, cwd=bag, check=False, capture_output=True).returncode == 1


ELSEWHERE = """
import hashlib, sys
from pathlib import Path
from core.handover.package import build_package
from tests.core.handover.samples import RESOURCES, SENDING, enclosed, filled, forms_in
forms = forms_in(Path(sys.argv[1]))
package = build_package([enclosed(filled(forms, 1)), enclosed(filled(forms, 2))], SENDING)
print(hashlib.sha256(package.data).hexdigest())
"""


def test_the_same_package_comes_from_any_user_folder_and_time_zone(package: Package, tmp_path: Path):
    places = [
        {"HOME": "/root", "USER": "zhangsan", "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
        {"HOME": "/tmp", "USER": "lisi", "TZ": "America/Lima", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"},
    ]
    root = str(Path(__file__).parents[3])
    for number, place in enumerate(places):
        command = [sys.executable, "-c", ELSEWHERE, str(tmp_path / str(number))]
        environment = {**os.environ, **place, "PYTHONPATH": root}
        found = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        )
        assert found.stdout.strip() == hashlib.sha256(package.data).hexdigest()


def test_a_unit_name_with_a_line_end_cannot_write_its_own_line_in_the_bag(forms: FormLibrary, tmp_path: Path):
    document = filled(forms, unit_name="甲局\nErrors: 0\u2028Errors: 0")
    packed = build_package([enclosed(document)], SENDING)
    bag = bagit.Bag(str(unpacked(packed, tmp_path)))
    assert (bag.info["Errors"], bag.info["Source-Organization"]) == ("3", "甲局 Errors: 0 Errors: 0")
    opened = open_package(packed.data, forms)
    assert (opened.errors, opened.submission.unit_name) == (3, document.unit_name)


WRONG = {
    "handover.other-unit": {"unit_name": "广州市司法局本级"},
    "handover.other-year": {"year": 2026},
    "handover.other-stage": {"stage": "批复"},
}


@pytest.mark.parametrize("code", WRONG)
def test_documents_that_do_not_belong_together_are_refused(code: str, forms: FormLibrary, messages: Messages):
    documents = [filled(forms, 1), filled(forms, 2, **WRONG[code])]
    with pytest.raises(RefusedError) as refused:
        build_package([enclosed(one) for one in documents], SENDING)
    assert refused.value.code == code
    assert "第 2 张" in messages.of(refused.value)


def test_what_nobody_could_file_is_refused(forms: FormLibrary):
    with pytest.raises(RefusedError) as refused:
        build_package([enclosed(filled(forms, unit_name=" ", unit_code=""))], SENDING)
    assert refused.value.code == "handover.no-unit"


def test_a_form_without_a_year_is_an_error_of_its_data_and_still_travels(forms: FormLibrary):
    package = build_package([enclosed(filled(forms, year=None))], SENDING)
    assert "_无年度_" in package.name
    found = verify(package.data, forms)
    assert found.state is State.COMPLETE
    assert found.package is not None
    assert found.package.submission.year is None


def test_what_the_person_picked_travels_in_the_package(forms: FormLibrary):
    sending = replace(SENDING, choices=(("weight_total", "100"),))
    found = verify(build_package([enclosed(filled(forms))], sending).data, forms)
    assert found.package is not None
    assert found.package.submission.choices == (("weight_total", "100"),)


def test_no_document_or_one_twice_is_refused(forms: FormLibrary):
    with pytest.raises(RefusedError) as refused:
        build_package([], SENDING)
    assert refused.value.code == "handover.nothing-to-pack"
    with pytest.raises(RefusedError) as refused:
        build_package([enclosed(filled(forms, 1)), enclosed(filled(forms, 1))], SENDING)
    assert refused.value.code == "handover.document-twice"


def test_more_documents_than_fit_are_refused_with_the_limit(forms: FormLibrary, messages: Messages):
    many = [Enclosure(filled(forms, number), b"p", b"x") for number in range(1, 668)]
    with pytest.raises(RefusedError) as refused:
        build_package(many, SENDING)
    assert "2000 个文件" in messages.of(refused.value)
    assert build_package(many[:-3], SENDING).submission.documents[-1].folder == "664-demo"

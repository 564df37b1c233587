"""Opening what came from outside: each kind of trouble has its own word and one plain reason."""

import hashlib
import io
import json
import os
import threading
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from core.handover.container import MAX_BYTES
from core.handover.opening import documents_in, looks_like_package, verify
from core.handover.package import Package, build_package
from core.handover.state import PackageError, State
from core.sheet.document_file import document_bytes
from core.sheet.forms import FormLibrary
from core.sheet.messages import Messages
from tests.core.handover.samples import (
    FIRST,
    FORM,
    SENDING,
    enclosed,
    filled,
    forms_in,
    loose_zip,
    members_of,
    payload,
    repacked,
    restated,
)


def by_hand(
    data: bytes, *, method: int = zipfile.ZIP_DEFLATED, above: str = "", leave_out: str = "-"
) -> bytes:
    """Pack the files of a package as a person's tool would."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in members_of(data):
            if not name.endswith(leave_out):
                archive.writestr(above + name, content)
    return packed.getvalue()


def test_a_package_of_ours_is_complete_in_the_words_scripts_read(
    package: Package, forms: FormLibrary, messages: Messages
):
    record = verify(package.data, forms, name="甲.zip").record(messages)
    assert record == {"file": "甲.zip", "state": "complete", "code": package.code, "errors": 3, "reason": ""}


def test_a_refused_package_has_no_code_but_a_reason(package: Package, forms: FormLibrary, messages: Messages):
    record = verify(package.data[:-1], forms, name="甲.zip").record(messages)
    assert (record["state"], record["code"], record["errors"]) == ("cut", "", None)
    assert record["reason"].startswith("文件没有写完")


def test_the_digest_repacker_of_these_tests_writes_the_same_package(package: Package):
    assert repacked(package.data, {}) == package.data


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("above", ["", "新建文件夹/", "__MACOSX/"])
def test_unpacked_and_zipped_again_is_told_from_damage(
    method: int, above: str, package: Package, forms: FormLibrary
):
    assert verify(by_hand(package.data, method=method, above=above), forms).state is State.REZIPPED


def test_zipped_again_with_a_file_missing_or_changed_is_not_called_unchanged(
    package: Package, forms: FormLibrary
):
    missing = by_hand(package.data, leave_out="document.pdf")
    assert verify(missing, forms).state in (State.DAMAGED, State.FOREIGN)
    changed = payload(package.data)[FIRST].replace(b"12.50", b"92.50")
    other = [
        (name, changed if name.endswith(FIRST) else content) for name, content in members_of(package.data)
    ]
    assert verify(by_hand(loose_zip(other)), forms).state in (State.DAMAGED, State.FOREIGN)


def test_a_zip_that_inflates_beyond_the_limit_is_not_followed(
    package: Package, forms: FormLibrary, monkeypatch: pytest.MonkeyPatch
):
    packed = by_hand(package.data)
    monkeypatch.setattr("core.handover.foreign.MAX_BYTES", 10_000)
    assert verify(packed, forms).state is State.DAMAGED


FOREIGN = {
    "text": "预算绩效".encode(),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "another zip": loose_zip([("a.txt", b"hello")]),
    "an empty zip": loose_zip([]),
    "a bag of somebody else": loose_zip(
        [
            ("other/bag-info.txt", b"a: b\n"),
            ("other/bagit.txt", b"BagIt-Version: 1.0\n"),
            ("other/data/x.txt", b"x"),
        ]
    ),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_other_peoples_files_are_called_so(kind: str, forms: FormLibrary):
    assert verify(FOREIGN[kind], forms).state is State.FOREIGN


def test_an_empty_file_and_a_file_of_zeros_are_told(forms: FormLibrary, messages: Messages):
    assert "空的" in verify(b"", forms).reason(messages)
    zeros = verify(bytes(65_536), forms)
    assert zeros.state is State.DAMAGED
    assert "65536" in zeros.reason(messages)


def test_a_forged_payload_with_old_digests_is_named_by_its_file(
    package: Package, forms: FormLibrary, messages: Messages
):
    members = [
        (name, content.replace(b"12.50", b"92.50") if name.endswith(FIRST) else content)
        for name, content in members_of(package.data)
    ]
    found = verify(loose_zip(members), forms)
    assert found.state is State.DAMAGED
    assert FIRST in found.reason(messages)


def with_tag_file(data: bytes, name: str, old: bytes, new: bytes, *, listed: bool) -> bytes:
    """Give a package with one tag file changed; `listed`: its digest in the tag manifest made right again."""
    files = payload(data)
    changed = files[name].replace(old, new)
    assert changed != files[name]
    tags = files["tagmanifest-sha256.txt"]
    if listed:
        right = [hashlib.sha256(one).hexdigest().encode() for one in (files[name], changed)]
        tags = tags.replace(*right)
    folder = members_of(data)[0][0].split("/")[0]
    files |= {name: changed, "tagmanifest-sha256.txt": tags}
    return loose_zip(sorted((f"{folder}/{name}", content) for name, content in files.items()))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("bag-info.txt", b"Errors: 3", b"Errors: 0"),
        ("bagit.txt", b"UTF-8", b"UTF-16"),
        ("bag-info.txt", b"\n", b"\n "),
    ],
)
def test_a_changed_bag_file_is_noticed(
    name: str, old: bytes, new: bytes, package: Package, forms: FormLibrary
):
    found = verify(with_tag_file(package.data, name, old, new, listed=False), forms)
    assert found.state is State.DAMAGED
    assert found.problem.params == {"member": name}
    assert (
        verify(by_hand(with_tag_file(package.data, name, old, new, listed=False)), forms).state
        is State.DAMAGED
    )


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("bagit.txt", b"UTF-8", b"UTF-16"),
        ("bag-info.txt", b"Payload-Oxum: ", b"Payload-Oxum: 1"),
        ("bag-info.txt", b"\n", b"\r\n"),
        ("bag-info.txt", b"\n", b"\n folded\n"),
        ("bag-info.txt", b"Errors: ", b"Errors:"),
        ("bag-info.txt", "广".encode(), b"\xff"),
    ],
)
def test_a_bag_file_as_we_never_write_it_is_refused(
    name: str, old: bytes, new: bytes, package: Package, forms: FormLibrary
):
    found = verify(with_tag_file(package.data, name, old, new, listed=True), forms)
    assert found.state is State.DAMAGED


def test_a_bag_under_another_folder_name_is_refused(package: Package, forms: FormLibrary):
    moved = [(f"sub-{'0' * 16}/{name}", content) for name, content in payload(package.data).items()]
    assert verify(loose_zip(moved), forms).state is State.INCONSISTENT


def test_a_zip_with_a_directory_without_end_is_not_read(forms: FormLibrary, monkeypatch: pytest.MonkeyPatch):
    many = loose_zip([(f"{number:05}{'x' * 60}", b"") for number in range(20_000)], date=0)
    zip64 = loose_zip([("bagit.txt", b"")], date=0, before_end=b"PK\x06\x07" + bytes(16))

    class NeverOpened:
        def __init__(self, file: object) -> None:
            pytest.fail(f"opened {file}")

    monkeypatch.setattr(zipfile, "ZipFile", NeverOpened)
    for data in (many, zip64):
        assert verify(data, forms).state is State.FOREIGN


def test_a_file_taken_out_put_in_or_unlisted_is_noticed(package: Package, forms: FormLibrary):
    members = members_of(package.data)
    folder = members[0][0].split("/")[0]
    assert verify(loose_zip(members[:2] + members[3:]), forms).state is State.DAMAGED
    extra = sorted([*members, (f"{folder}/data/02-demo/att/0001.pdf", b"x")])
    assert verify(loose_zip(extra), forms).state is State.DAMAGED
    program = sorted([*members, (f"{folder}/data/02-demo/setup.exe", b"x")])
    assert verify(loose_zip(program), forms).state is State.FOREIGN


@pytest.mark.parametrize("line", [b"", b"garbage\n", b"\xff\xfe\n", b"0" * 64 + b"  data/../../x\n"])
def test_a_manifest_with_anything_more_is_refused(line: bytes, package: Package, forms: FormLibrary):
    changed = [
        (name, content + line if name.endswith("/manifest-sha256.txt") else content)
        for name, content in members_of(package.data)
    ]
    assert (verify(loose_zip(changed), forms).state is State.COMPLETE) is (line == b"")


def test_a_signature_added_by_a_later_version_does_not_spoil_the_package(
    package: Package, forms: FormLibrary
):
    folder = members_of(package.data)[0][0].split("/")[0]
    signed = sorted([*members_of(package.data), (f"{folder}/tagmanifest-sha256.txt.minisig", b"sig")])
    assert verify(loose_zip(signed), forms).state is State.COMPLETE


def test_a_package_without_a_document_or_submission_is_refused(package: Package, forms: FormLibrary):
    assert verify(repacked(package.data, {FIRST: None}), forms).package is None


def with_document(package: Package, data: bytes) -> bytes:
    """Give the package with other bytes as its first document, listed with the right digest."""
    changed = repacked(package.data, {FIRST: data})
    return restated(
        changed, lambda body: body["documents"][0].update(sha256=hashlib.sha256(data).hexdigest())
    )


def test_one_unreadable_document_does_not_hide_the_others(
    package: Package, forms: FormLibrary, messages: Messages
):
    found = verify(with_document(package, b"{}"), forms)
    assert found.state is State.UNREADABLE
    assert "01-demo" in found.reason(messages)
    assert [one.document is not None for one in found.package.documents] == [False, True]
    with pytest.raises(PackageError):
        documents_in(with_document(package, b"{}"), forms)


def test_a_document_of_a_newer_program_is_told_from_a_broken_one(package: Package, forms: FormLibrary):
    newer = payload(package.data)[FIRST].replace(b'"jibiao": 1', b'"jibiao": 2')
    assert verify(with_document(package, newer), forms).state is State.NEWER


def test_a_document_written_in_another_way_is_not_ours(package: Package, forms: FormLibrary):
    loose = json.dumps(json.loads(payload(package.data)[FIRST])).encode()
    assert verify(with_document(package, loose), forms).state is State.INCONSISTENT


def test_an_unknown_form_leaves_the_package_whole(package: Package, tmp_path: Path, messages: Messages):
    found = verify(package.data, FormLibrary(tmp_path))
    assert (found.state, found.package.code) == (State.UNKNOWN_FORM, package.code)
    assert "demo 2025" in found.reason(messages)


def test_the_same_name_with_another_definition_is_not_the_same_form(package: Package, tmp_path: Path):
    other = forms_in(tmp_path, FORM.replace("任务资金", "资金"))
    assert verify(package.data, other).state is State.FORM_DIFFERS


def test_a_file_is_verified_where_it_lies(package: Package, forms: FormLibrary, tmp_path: Path):
    file = tmp_path / package.name
    file.write_bytes(package.data)
    found = verify(file, forms)
    assert (found.file, found.state) == (str(file), State.COMPLETE)
    assert len(documents_in(file, forms)) == 2


def test_what_cannot_be_read_has_its_own_word(forms: FormLibrary, tmp_path: Path, messages: Messages):
    assert "找不到" in verify(tmp_path / "none.zip", forms).reason(messages)
    assert "不是一个文件" in verify(tmp_path, forms).reason(messages)
    assert verify(Path("a\0b.zip"), forms).state is State.NO_FILE


def test_a_named_pipe_does_not_stop_the_program(forms: FormLibrary, tmp_path: Path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(tmp_path / "pipe.zip")
    found = []
    reader = threading.Thread(target=lambda: found.append(verify(tmp_path / "pipe.zip", forms)), daemon=True)
    reader.start()
    reader.join(10)
    assert [one.state for one in found] == [State.NO_FILE]


def test_a_file_far_too_large_is_not_read(forms: FormLibrary, tmp_path: Path):
    huge = tmp_path / "huge.zip"
    with huge.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    tracemalloc.start()
    found = verify(huge, forms)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.state is State.TOO_LARGE
    assert most < 1_000_000


def test_only_zips_that_begin_as_ours_are_looked_at(package: Package, tmp_path: Path):
    def lies(name: str, data: bytes) -> Path:
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    assert looks_like_package(lies("a.zip", package.data))
    assert looks_like_package(lies("a.ZIP", package.data))
    assert not looks_like_package(lies("a.zip.part", package.data))
    assert not looks_like_package(lies("a.exe", package.data))
    assert not looks_like_package(lies("b.zip", loose_zip([("autorun.inf", b"x")])))
    assert not looks_like_package(lies("c.zip", b""))
    assert not looks_like_package(tmp_path / "none.zip")


def test_opening_a_package_writes_no_file(
    package: Package, forms: FormLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    verify(package.data, forms)
    verify(by_hand(package.data), forms)
    assert list(tmp_path.iterdir()) == []


def test_packing_what_was_opened_gives_the_same_documents(package: Package, forms: FormLibrary):
    opened = documents_in(package.data, forms)
    again = build_package([enclosed(one) for one in opened], SENDING)
    assert again.data == package.data
    assert [document_bytes(one) for one in opened] == [document_bytes(filled(forms, n)) for n in (1, 2)]

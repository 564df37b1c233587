"""The outer zip: one possible form for given members, and nothing else is accepted."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.handover.container import MAX_MEMBERS, container_bytes, read_container
from core.handover.opening import verify
from core.handover.package import Package
from core.handover.state import PackageError, State
from core.sheet.forms import FormLibrary
from tests.core.handover.samples import loose_zip, members_of

NAMES = st.from_regex(r"data/[a-z0-9]{1,8}-[a-z]{1,8}\.(json|pdf)", fullmatch=True)
Members = list[tuple[str, bytes]]


@given(st.dictionaries(NAMES, st.binary(max_size=200), max_size=8), st.randoms())
@settings(max_examples=100, deadline=None)
def test_what_goes_in_comes_out_and_its_order_makes_no_difference(members, chance):
    shuffled = list(members.items())
    chance.shuffle(shuffled)
    data = container_bytes(dict(shuffled))
    assert data == container_bytes(members) == loose_zip(sorted(members.items()))
    assert [(member.name, bytes(member.content)) for member in read_container(data)] == sorted(
        members.items()
    )


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_read_or_refused_in_one_way(data):
    try:
        members = read_container(data)
    except PackageError:
        return
    assert container_bytes({member.name: bytes(member.content) for member in members}) == data


def test_a_package_with_any_one_byte_changed_is_refused(package: Package, forms: FormLibrary):
    data = bytearray(package.data)
    accepted = []
    for at in range(len(data)):
        data[at] ^= 1 << at % 8
        if verify(bytes(data), forms).package is not None:
            accepted.append(at)
        data[at] ^= 1 << at % 8
    assert accepted == []


def test_a_package_cut_off_anywhere_is_called_cut(package: Package, forms: FormLibrary):
    data = package.data
    assert [at for at in range(len(data)) if verify(data[:at], forms).state is not State.CUT] == []


def test_a_block_of_zeros_anywhere_is_damage(package: Package, forms: FormLibrary):
    data = package.data
    for at in range(0, len(data), 512):
        zeroed = data[:at] + bytes(len(data[at : at + 512])) + data[at + 512 :]
        assert verify(zeroed, forms).state in (State.DAMAGED, State.CUT), at


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_whatever_is_done_to_a_package_the_answer_is_a_word(package: Package, forms: FormLibrary, data):
    changed, size = package.data, len(package.data)
    for _ in range(data.draw(st.integers(1, 3))):
        start, end = sorted(data.draw(st.tuples(st.integers(0, size), st.integers(0, size))))
        piece = data.draw(st.binary(max_size=30) | st.just(package.data[start:end]) | st.just(package.data))
        changed = changed[:start] + piece + changed[end:]
    assert (verify(changed, forms).package is not None) == (changed == package.data)


def _named(name: str) -> Callable[[Members], bytes]:
    return lambda members: loose_zip(sorted([*members, (name, b"x")]))


TRICKS: dict[str, Callable[[Members], bytes]] = {
    "bytes appended": lambda members: loose_zip(members) + b"\0",
    "a second package appended": lambda members: loose_zip(members) * 2,
    "a program in front": lambda members: b"MZ\x90\0" + bytes(60) + loose_zip(members),
    "an archive comment": lambda members: loose_zip(members, comment=b"hello"),
    "another date": lambda members: loose_zip(members, date=0x5A21),
    "a data descriptor flag": lambda members: loose_zip(members, flags=8),
    "an encryption flag": lambda members: loose_zip(members, flags=1),
    "a UTF-8 name flag": lambda members: loose_zip(members, flags=0x800),
    "deflated members": lambda members: loose_zip(members, method=8, needs=20),
    "extra fields": lambda members: loose_zip(members, extra=b"\x01\x00\x08\x00" + bytes(8)),
    "links": lambda members: loose_zip(members, attributes=0o120777 << 16),
    "devices": lambda members: loose_zip(members, attributes=0o060666 << 16),
    "another system": lambda members: loose_zip(members, made_by=0x0014),
    "gaps between members": lambda members: loose_zip(members, gap=b"hidden"),
    "sizes too large": lambda members: loose_zip(members, size_lie=1),
    "sizes far too large": lambda members: loose_zip(members, size_lie=1 << 31),
    "sizes too small": lambda members: loose_zip(members, size_lie=-1),
    "a member the directory does not list": lambda members: loose_zip(members, unlisted=1),
    "a wrong count": lambda members: loose_zip(members, listed_count=1),
    "a zip64 end record": lambda members: loose_zip(
        members, listed_count=0xFFFF, before_end=b"PK\x06\x06" + (44).to_bytes(8, "little") + bytes(44)
    ),
    "a zip64 locator": lambda members: loose_zip(members, before_end=b"PK\x06\x07" + bytes(16)),
    "a member twice": lambda members: loose_zip(sorted([*members, members[3]])),
    "another order": lambda members: loose_zip(members[::-1]),
    "a folder entry": _named("sub-0000000000000000/"),
    "a way out": _named("../../evil.txt"),
    "a way out inside": _named("sub-0000000000000000/../../evil.txt"),
    "an absolute name": _named("/etc/passwd"),
    "a drive": _named("C:/evil.txt"),
    "a share": _named("\\\\host\\share\\evil.txt"),
    "a stream": _named("data/form.json:evil"),
    "a device name": _named("data/NUL.txt"),
    "a dot at the end": _named("data/form.json."),
    "a blank at the end": _named("data/form.json "),
    "a hidden file": _named("data/.profile"),
    "a Chinese name": _named("data/报表.json"),
    "a right-to-left name": _named("data/\u202egnp.exe"),
    "a NUL in the name": _named("data/a\0b"),
    "no name": _named(""),
    "a very long name": _named("data/" + "a" * 300),
    "an autorun file": _named("autorun.inf"),
    "a program": _named("zz.exe"),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_a_zip_with_tricks_is_refused(trick: str, package: Package, forms: FormLibrary):
    changed = TRICKS[trick](members_of(package.data))
    found = verify(changed, forms)
    assert found.package is None
    assert found.state in (State.DAMAGED, State.CUT, State.REZIPPED, State.FOREIGN)


@pytest.mark.parametrize(
    "name",
    ["../a.txt", "/a.txt", "a//b", "a/./b", "a/../b", "a\\b", "a:b", "NUL", "a/con.txt", "a/COM1", "a.",
     "a/b.", ".a", "a b", "a\n", "a\0", "", "a/", "报表", "a" * 121],
)  # fmt: skip
def test_a_name_that_could_not_be_unpacked_everywhere_is_refused_on_both_sides(name: str):
    with pytest.raises(PackageError):
        read_container(loose_zip([(name, b"1")]))
    with pytest.raises(ValueError, match="not names"):
        container_bytes({name: b"1"})


def test_names_that_differ_only_in_case_are_refused():
    members = [("data/A.json", b"1"), ("data/a.json", b"2")]
    with pytest.raises(PackageError):
        read_container(loose_zip(members))
    with pytest.raises(ValueError, match="not names"):
        container_bytes(dict(members))


def test_a_name_that_is_a_file_and_a_folder_is_refused():
    with pytest.raises(PackageError):
        read_container(loose_zip([("data/a", b"1"), ("data/a/b.json", b"2")]))


def test_appended_bytes_are_counted_for_the_reader(package: Package):
    with pytest.raises(PackageError) as refused:
        read_container(package.data + b"12345")
    assert (refused.value.code, refused.value.params) == ("handover.bytes-appended", {"count": 5})


def test_more_members_than_a_package_may_have_are_too_large_on_both_sides():
    members = {f"data/{number:05}.json": b"" for number in range(MAX_MEMBERS + 1)}
    with pytest.raises(PackageError) as refused:
        container_bytes(members)
    assert refused.value.state is State.TOO_LARGE
    with pytest.raises(PackageError) as refused:
        read_container(loose_zip(sorted(members.items())))
    assert refused.value.state is State.TOO_LARGE
    members.popitem()
    assert len(read_container(container_bytes(members))) == MAX_MEMBERS


def test_more_bytes_than_a_package_may_have_are_too_large_on_both_sides(monkeypatch: pytest.MonkeyPatch):
    whole = container_bytes({"data/a.pdf": bytes(1_000)})
    monkeypatch.setattr("core.handover.container.MAX_BYTES", len(whole))
    assert len(read_container(container_bytes({"data/a.pdf": bytes(1_000)}))) == 1
    with pytest.raises(PackageError) as refused:
        container_bytes({"data/a.pdf": bytes(1_001)})
    assert refused.value.state is State.TOO_LARGE
    with pytest.raises(PackageError) as refused:
        read_container(whole + b"\0")
    assert refused.value.state is State.TOO_LARGE

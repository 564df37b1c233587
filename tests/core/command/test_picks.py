"""What a clerk picked in the window counts wherever her package is read again (ruling 16)."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from core.handover.opening import open_package
from core.handover.package import Enclosure, Sending, build_package
from core.sheet.document import Document, new_id
from core.sheet.document_file import document_bytes, read_document
from core.sheet.forms import FormLibrary
from tests.core.command.conftest import Jibiao

HUNDRED = (("sc-dept.weight_total", "100"),)


@pytest.fixture
def department(resources: Path, forms: FormLibrary) -> Document:
    """A form whose weights make 100, where 90 is presumed and 100 offered."""
    document = read_document((resources / "forms/sc-dept/2024/sample.json").read_bytes(), forms)
    place = document.place("indicators[1].weight")
    total = sum(Decimal(row.cells.get("weight", "0")) for row in document.rows("indicators"))
    document.set_text(place, f"{Decimal(document.text(place)) + 100 - total:f}")
    return document


def package(
    folder: Path, name: str, document: Document, choices: tuple[tuple[str, str], ...] = HUNDRED
) -> Path:
    sending = Sending(date="2024-09-01", software="t", errors=0, choices=choices)
    file = folder / name
    file.write_bytes(build_package([Enclosure(document, b"", b"")], sending).data)
    return file


def weights_told(jibiao: Jibiao, *files: Path) -> bool:
    found = json.loads(jibiao("check", *files, "--json").out)
    return any(one["check"] == "WT-01" for several in found.values() for one in several)


def test_a_package_is_checked_by_what_its_sender_picked(
    jibiao: Jibiao, tmp_path: Path, department: Document
) -> None:
    plain = tmp_path / "报表.json"
    plain.write_bytes(document_bytes(department))
    assert weights_told(jibiao, plain)
    assert not weights_told(jibiao, package(tmp_path, "甲.zip", department))


def test_what_is_not_offered_is_not_taken_from_a_package(
    jibiao: Jibiao, tmp_path: Path, department: Document
) -> None:
    for number, value in enumerate(("95", "", "90 100")):
        choices = (("sc-dept.weight_total", value), ("sc-dept.off", "WT-01"))
        assert weights_told(jibiao, package(tmp_path, f"{number}.zip", department, choices))


@pytest.mark.parametrize("others", [(), (("sc-dept.weight_total", "90"),)])
def test_what_two_packages_picked_otherwise_counts_for_neither(
    jibiao: Jibiao, tmp_path: Path, department: Document, others: tuple[tuple[str, str], ...]
) -> None:
    first = package(tmp_path, "甲.zip", department)
    second = package(tmp_path, "乙.zip", department.copy(id=new_id()), others)
    assert weights_told(jibiao, first, second)
    assert weights_told(jibiao, second, first)


def test_what_two_packages_picked_alike_counts_for_both(
    jibiao: Jibiao, tmp_path: Path, department: Document, sample: Path
) -> None:
    files = [
        package(tmp_path, "甲.zip", department),
        package(tmp_path, "乙.zip", department.copy(id=new_id())),
        sample,
    ]
    assert not weights_told(jibiao, *files)


def test_the_bureaus_settings_win(jibiao: Jibiao, tmp_path: Path, department: Document) -> None:
    kit = tmp_path / "参数.toml"
    kit.write_text("weight_total = 90\n", "utf-8")
    found = json.loads(
        jibiao("check", package(tmp_path, "甲.zip", department), "--settings", kit, "--json").out
    )
    assert any(one["check"] == "WT-01" for several in found.values() for one in several)


def test_a_package_packed_again_still_says_what_was_picked(
    jibiao: Jibiao, tmp_path: Path, department: Document, forms: FormLibrary
) -> None:
    target = tmp_path / "out"
    target.mkdir()
    assert jibiao("pack", package(tmp_path, "甲.zip", department), "--to", target).code in (0, 1)
    (file,) = target.glob("*.zip")
    assert open_package(file, forms).submission.choices == HUNDRED


def test_reading_a_package_in_tells_what_its_sender_picked_and_how_it_goes_on_counting(
    jibiao: Jibiao, tmp_path: Path, department: Document
) -> None:
    file, out = package(tmp_path, "甲.zip", department), tmp_path / "读入.json"
    said = jibiao("import", file, "-o", out)
    assert said.code == 0
    assert "权重合计" in said.out
    assert "100" in said.out
    assert f"报表文件里不记口径，要按它检查、打印、上报，请直接用 {file}" in said.out
    assert not weights_told(jibiao, file)
    assert json.loads(jibiao("import", file, "-o", out, "--json").out)["choices"] == dict(HUNDRED)


def test_a_pick_this_form_does_not_offer_is_told_when_a_package_is_read_in(
    jibiao: Jibiao, tmp_path: Path, department: Document
) -> None:
    choices = (("sc-dept.weight_total", "95"), ("sc-dept.off\n", "WT-01"), ("mof-self.ask_grade", "true"))
    file, out = package(tmp_path, "甲.zip", department, choices), tmp_path / "读入.json"
    said = jibiao("import", file, "-o", out)
    assert said.code == 0
    assert "有 2 项检查口径这里的表样不提供，没有采用" in said.out
    assert "“绩效指标权重合计”95" in said.out
    assert "“off□”WT-01" in said.out
    assert "ask_grade" not in said.out  # of a form that is not in it
    assert "choices" not in json.loads(jibiao("import", file, "-o", out, "--json").out)


def test_a_package_without_picks_is_read_in_without_a_word_of_them(
    jibiao: Jibiao, tmp_path: Path, department: Document
) -> None:
    file, out = package(tmp_path, "甲.zip", department, ()), tmp_path / "读入.json"
    assert "口径" not in jibiao("import", file, "-o", out).out
    assert "choices" not in json.loads(jibiao("import", file, "-o", out, "--json").out)

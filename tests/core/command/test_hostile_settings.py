"""A bureau's file of settings is typed by somebody: whatever it holds, a sentence says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.command.conftest import Jibiao

NOT_TOML = {
    "deep": b"weight_total = " + b"[" * 50_000,
    "a number of ten thousand digits": b"weight_total = " + b"9" * 10_000,
    "an exponent without end": b"weight_total = 1e99999999999999999999",
    "no equals sign": b"\xe6\x9d\x83\xe9\x87\x8d 100",
    "a control character": b'typos_more = ["a\x07=b"]',
}
MISWRITTEN = {
    "a text for a number": 'weight_total = "100"',
    "true for a number": "weight_total = true",
    "a number for true or false": "projects_complete = 1",
    "endless": "weight_total = inf",
    "no number": "weight_total = nan",
    "too large a number": "weight_total = 1000000000000000",
    "too many decimals": "weight_total = 90.00000001",
    "a table without value": "weight_total = { or = [100] }",
    "a choice of another sort": 'weight_total = { value = 90, or = ["100"] }',
    "a date": "weight_total = 2025-01-01",
    "a list for a pair": 'level_split = ["产出指标", 50]',
    "half a pair": 'level_split = [["产出指标"]]',
    "a pair the wrong way round": 'level_split = [[50, "产出指标"]]',
    "a table for a list": "score_caps = { a = 1 }",
    "three bands of two": "worded_bands = [90, 80, 60]",
    "a month the year has not": "declared_before_month = 13",
    "a text with a control character": 'basis_words = ["测算\\u0007"]',
    "a text of a page": f'basis_words = ["{"长" * 201}"]',
    "a list too long": f"cut_bytes = {list(range(2_001))}",
    "off as a text": 'off = "WT-01"',
    "a severity nobody knows": 'severity = { WT-01 = "fatal" }',
}


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    return tmp_path / "本地.toml"


@pytest.mark.parametrize("data", NOT_TOML.values(), ids=NOT_TOML)
def test_a_file_that_is_no_toml_is_refused_with_its_line(
    data: bytes, jibiao: Jibiao, sample: Path, kit: Path
) -> None:
    kit.write_bytes(b"change_explained = 30\n" + data)
    said = jibiao("check", sample, "--settings", kit)
    assert said.code == 2
    assert "本地.toml 第2行的写法不对" in said.err
    assert "\x07" not in said.err


@pytest.mark.parametrize("line", MISWRITTEN.values(), ids=MISWRITTEN)
def test_a_setting_written_wrong_is_named_and_shown_as_it_should_be(
    line: str, jibiao: Jibiao, sample: Path, kit: Path
) -> None:
    kit.write_text(line, encoding="utf-8")
    said = jibiao("check", sample, "--settings", kit)
    name = line.partition(" ")[0]
    assert said.code == 2
    assert f"“{name}”的写法不对，应像这样写：{name} = " in said.err
    assert len(said.err) < 300


def test_a_setting_nobody_knows_is_named_without_what_a_terminal_would_obey(
    jibiao: Jibiao, sample: Path, kit: Path
) -> None:
    kit.write_text('"\\u001b[2J' + "长" * 5_000 + '" = 1', encoding="utf-8")
    said = jibiao("check", sample, "--settings", kit)
    assert said.code == 2
    assert "□[2J长" in said.err
    assert "\x1b" not in said.err
    assert len(said.err) < 300


def test_a_file_of_another_encoding_is_refused_with_the_way_out(
    jibiao: Jibiao, sample: Path, kit: Path
) -> None:
    kit.write_bytes("# 本地规定\nweight_total = 100".encode("gb18030"))
    said = jibiao("check", sample, "--settings", kit)
    assert said.code == 2
    assert "另存为 UTF-8" in said.err


def test_a_file_saved_by_notepad_is_read(jibiao: Jibiao, sample: Path, kit: Path) -> None:
    kit.write_bytes(b"\xef\xbb\xbfweight_total = 100\r\n")
    assert jibiao("check", sample, "--settings", kit).code == 0


def test_a_file_too_large_is_refused(jibiao: Jibiao, sample: Path, kit: Path) -> None:
    kit.write_bytes(b"#" * (1 << 20) + b"#")
    said = jibiao("check", sample, "--settings", kit)
    assert said.code == 2
    assert "本地.toml" in said.err

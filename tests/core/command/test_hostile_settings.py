"""A bureau's file of settings is typed by somebody: whatever it holds, a sentence says what is wrong."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from core.command.run import run
from core.command.workbench import Workbench
from core.sheet.forms import FormLibrary
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


UNKNOWN_IDS = {
    'off = ["AM-1O"]': ("off", "AM-1O", "AM-10"),
    'off = ["TX-14", "am-10"]': ("off", "am-10", "AM-10"),
    'severity = { "WT01" = "hint" }': ("severity", "WT01", "WT-01"),
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


@pytest.mark.parametrize("line", UNKNOWN_IDS)
@pytest.mark.parametrize("command", ["check", "checks"])
def test_a_typing_slip_in_the_number_of_a_check_is_told_with_the_numbers_like_it(
    line: str, command: str, jibiao: Jibiao, sample: Path, kit: Path
) -> None:
    kit.write_text(line, encoding="utf-8")
    said = jibiao(command, *([sample] if command == "check" else []), "--settings", kit)
    entry, wrong, meant = UNKNOWN_IDS[line]
    assert said.code == 2
    assert f"本地.toml：\n“{entry}”里的“{wrong}”不是检查规则的编号" in said.err
    assert f"相近的有：{meant}。应像这样写：{entry} = " in said.err


def test_the_number_of_a_check_that_is_like_none_is_told_without_guessing(
    jibiao: Jibiao, sample: Path, kit: Path
) -> None:
    kit.write_text('off = ["' + "长\\u001b" * 5_000 + '"]', encoding="utf-8")
    said = jibiao("check", sample, "--settings", kit)
    assert said.code == 2
    assert "长□长" in said.err
    assert "相近" not in said.err
    assert "命令 checks" in said.err
    assert len(said.err) < 300


@pytest.mark.parametrize("line", ['off = ["GZ-77"]', 'severity = { "GZ-77" = "warning" }'])
def test_a_bureau_may_name_a_check_that_only_one_of_its_forms_has(
    line: str, sample: Path, kit: Path, resources: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "forms"
    shutil.copytree(resources / "forms/gz-decl/2025", folder / "gz-decl/2025")
    shutil.copytree(resources / "forms/mof-proj/2015", folder / "mof-proj/2015")
    own = '{ id = "GZ-77", expect = "year_fiscal <= 1", severity = "error", say = "超了。", source = "本地" }'
    definition = folder / "mof-proj/2015/form.toml"
    text = definition.read_text("utf-8")
    assert "checks = [" in text
    definition.write_text(text.replace("checks = [", f"checks = [{own}, ", 1), "utf-8")
    kit.write_text(line, encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    bench = Workbench(resources, out, err)
    assert run(["check", str(sample), "--settings", str(kit)], bench) == 2
    bench.forms = FormLibrary(folder, resources / "values.toml")
    assert run(["check", str(sample), "--settings", str(kit)], bench) == 0


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

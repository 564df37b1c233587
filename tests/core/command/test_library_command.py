"""``library``: a bureau looks indicators up in scripts, and counts how many of a form the library has."""

from __future__ import annotations

import json
from pathlib import Path

from tests.core.command.conftest import Jibiao

OWN = """area = "本县"
[[indicator]]
id = "bx-001"
level1 = "效益指标"
level2 = "社会效益指标"
name = "社区矫正对象再犯罪率"
sign = "≤"
unit = "%"
low = 30
high = 40.5
"""


def test_words_and_initials_are_found_and_printed_a_line_each(jibiao: Jibiao) -> None:
    said = jibiao("library", "falvyz", "受理")
    assert said.code == 0
    assert "法律援助案件受理数  司法行政  数量指标  ≥…件" in said.out


def test_without_words_every_indicator_of_an_area_is_given_under_the_keys_of_a_library_file(
    jibiao: Jibiao, tmp_path: Path
) -> None:
    file = tmp_path / "本县.toml"
    file.write_text(OWN, encoding="utf-8")
    said = jibiao("library", "--area", "本县", "--library", file, "--json")
    assert json.loads(said.out) == [
        {
            "id": "bx-001",
            "area": "本县",
            "level1": "效益指标",
            "level2": "社会效益指标",
            "name": "社区矫正对象再犯罪率",
            "sign": "≤",
            "unit": "%",
            "low": 30,
            "high": 40.5,
        }
    ]
    assert len(json.loads(jibiao("library", "--json").out)) >= 250


def test_an_area_nobody_knows_is_refused_with_those_there_are(jibiao: Jibiao) -> None:
    said = jibiao("library", "--area", "没有")
    assert said.code == 2
    assert said.err.startswith("指标库里没有“没有”这个领域。有的是：")
    assert "司法行政" in said.err


def test_which_rows_of_a_form_the_library_has_is_told_by_their_names(jibiao: Jibiao, sample: Path) -> None:
    rows = json.loads(jibiao("library", "--of", sample, "--json").out)[str(sample)]
    by_name = {row["name"]: row for row in rows}
    known = by_name["社区矫正对象再犯罪率"]
    assert known["library"]
    assert known["place"].startswith("indicators[")
    said = jibiao("library", "--of", sample)
    count = sum(row["library"] is not None for row in rows)
    assert f"{len(rows)} 条指标，其中 {count} 条在指标库里" in said.out


def test_a_check_goes_by_the_bureaus_own_library(jibiao: Jibiao, sample: Path, tmp_path: Path) -> None:
    def far(*argv: object) -> list[str]:
        said = jibiao("check", sample, "--json", *argv)
        return [one["message"] for one in json.loads(said.out)[str(sample)] if one["check"] == "IV-21"]

    folder = tmp_path / "data" / "指标库"
    folder.mkdir(parents=True)
    file = folder / "本县.toml"
    file.write_text(OWN, encoding="utf-8")
    assert far() == []
    assert any("40.5" in message for message in far("--library", file))
    assert far("--data", tmp_path / "data") == far("--library", file)


def test_a_library_file_with_mistakes_is_refused_with_its_line(
    jibiao: Jibiao, sample: Path, tmp_path: Path
) -> None:
    file = tmp_path / "本县.toml"
    file.write_text(OWN.replace("≤", "小于"), encoding="utf-8")
    said = jibiao("check", sample, "--library", file)
    assert said.code == 2
    assert "第 2 行“社区矫正对象再犯罪率”：sign 写的“小于”不对" in said.err

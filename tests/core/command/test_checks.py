"""`checks`: the list of all checks, and the page of one, as a bureau's clerk reads them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.core.command.conftest import Jibiao


def test_all_checks_are_listed_with_gravity_and_what_they_ask(jibiao: Jibiao) -> None:
    said = jibiao("checks")
    assert said.code == 0
    assert "WT-01  必须修改（有的情形是需要说明）  权重合计等于规定的总分" in said.out.splitlines()
    assert len(said.out.splitlines()) > 110


def test_one_check_is_told_in_full(jibiao: Jibiao) -> None:
    said = jibiao("checks", "pl-01")
    assert said.out.startswith("PL-01  资金支出计划是累计数，不能越来越小")
    assert "为什么要查" in said.out
    assert "这样填才对" in said.out


def test_the_settings_are_those_of_the_form_asked_for(jibiao: Jibiao) -> None:
    assert "绩效指标权重合计：90（也可以选100）" in jibiao("checks", "WT-01", "--form", "cq-proj").out
    assert "绩效指标权重合计：90\n" in jibiao("checks", "WT-01", "--form", "mof-self").out


def test_checks_are_found_by_words(jibiao: Jibiao) -> None:
    said = jibiao("checks", "权重", "合计")
    assert said.out.splitlines()[0].startswith("WT-")


def test_words_that_are_nowhere_are_answered_in_one_sentence(jibiao: Jibiao) -> None:
    said = jibiao("checks", "没有这样的话")
    assert said.code == 2
    assert said.out == ""
    assert "没有这样的话" in said.err
    assert len(said.err.strip().splitlines()) == 1


def test_scripts_get_pages_with_their_parts(jibiao: Jibiao) -> None:
    pages = json.loads(jibiao("checks", "AM-01", "--json").out)
    assert [one["check"] for one in pages] == ["AM-01"]
    assert [one["heading"] for one in pages[0]["sections"]][:3] == ["为什么要查", "这样填不对", "这样填才对"]


def test_the_document_is_printed_as_it_ships(jibiao: Jibiao, project: Path) -> None:
    assert jibiao("checks", "--markdown").out == (project / "docs/checks.md").read_text("utf-8")


def test_a_bureau_reads_the_checks_by_its_own_settings(jibiao: Jibiao, tmp_path: Path) -> None:
    kit = tmp_path / "本县.toml"
    kit.write_text('weight_total = 100\noff = ["IX-17"]\nseverity = { "IX-19" = "warning" }\n', "utf-8")
    assert "绩效指标权重合计：100" in jibiao("checks", "WT-01", "--settings", kit).out
    listed = jibiao("checks", "--settings", kit).out
    assert "IX-17  本地不查" in listed
    assert "IX-19  需要说明" in listed
    kit.write_text("weight_totl = 100\n", "utf-8")
    assert jibiao("checks", "--settings", kit).code == 2

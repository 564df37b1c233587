"""``check A --with B``: compared with the documents a person names, and with each other where they belong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.core.command.conftest import Jibiao

Written = Callable[..., Path]


@pytest.fixture
def approved(project: Path) -> dict[str, Any]:
    """A published 批复表 of a whole department, 22 indicators that add up to 90."""
    body: dict[str, Any] = json.loads(
        (project / "tests/fixtures/published/dazhu-2024.json").read_text("utf-8")
    )
    return body


@pytest.fixture
def write(tmp_path: Path) -> Written:
    """Write a document under a name, changed as asked: facts by name, cells as ``row.column``."""

    def call(name: str, body: dict[str, Any], **changes: str) -> Path:
        new = json.loads(json.dumps(body))
        new["id"] = name.encode().hex()[-16:].rjust(16, "0")
        for place, text in changes.items():
            row, _, column = place.rpartition("__")
            if row:
                new["rows"]["indicators"][int(row[1:])][column] = text
            else:
                new[place] = text
        file = tmp_path / f"{name}.json"
        file.write_text(json.dumps(new, ensure_ascii=False), encoding="utf-8")
        return file

    return call


def found(jibiao: Jibiao, file: Path, *argv: object) -> list[dict[str, Any]]:
    """The findings between documents about a file."""
    said = jibiao("check", file, *argv, "--json")
    return [one for one in json.loads(said.out)[str(file)] if one["check"].startswith("XF")]


def index_of(body: dict[str, Any], name: str) -> int:
    return next(at for at, row in enumerate(body["rows"]["indicators"]) if name in row["name"])


def test_an_approval_like_its_declaration_has_no_change(
    jibiao: Jibiao, write: Written, approved: dict[str, Any]
) -> None:
    declared, final = write("sb", approved, stage="申报"), write("pf", approved)
    assert len(approved["rows"]["indicators"]) == 22
    assert found(jibiao, final, "--with", declared) == []


def test_one_lowered_rate_is_one_change(jibiao: Jibiao, write: Written, approved: dict[str, Any]) -> None:
    at = index_of(approved, "成功率")
    declared = write("sb", approved, stage="申报", **{f"i{at}__value": "98"})
    final = write("pf", approved, **{f"i{at}__value": "95"})
    (one,) = found(jibiao, final, "--with", declared)
    assert (one["check"], one["severity"]) == ("XF-01", "warning")
    assert "不一致1处（新增0项、删去0项、改动1项）" in one["message"]
    assert one["places"] == [f"indicators[{at + 1}].value", f"{declared}#indicators[{at + 1}].value"]


def test_files_of_one_chain_are_compared_without_being_told_to(
    jibiao: Jibiao, write: Written, approved: dict[str, Any]
) -> None:
    at = index_of(approved, "成功率")
    declared = write("sb", approved, stage="申报", **{f"i{at}__value": "98"})
    final = write("pf", approved, **{f"i{at}__value": "95"})
    body = json.loads(jibiao("check", declared, final, "--json").out)
    told = {name: [one["check"] for one in body[name] if one["check"][:2] == "XF"] for name in body}
    assert told == {str(declared): [], str(final): ["XF-01"]}


def test_a_self_evaluation_with_an_easier_target_and_another_year_is_told_both(
    jibiao: Jibiao, write: Written, approved: dict[str, Any], tmp_path: Path
) -> None:
    final = write("pf", approved)
    out = tmp_path / "zp.json"
    jibiao("carry", final, "--form", "mof-self", "--stage", "自评", "--year", "2024", "-o", out)
    assert found(jibiao, out, "--with", final) == []
    body = json.loads(out.read_text("utf-8"))
    at = index_of(body, "办结")
    body["rows"]["indicators"][at]["value"] = "≥285件"
    body |= {"year": 2023, "from": None}
    out.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    told = {one["check"]: one for one in found(jibiao, out, "--with", final)}
    assert set(told) == {"XF-02", "XF-03"}
    assert told["XF-02"]["fix"]["edits"][0]["new"] == "≥300案件数"
    assert told["XF-02"]["places"][0] == f"indicators[{at + 1}].value"
    assert told["XF-03"]["places"] == ["year", f"{final}#year"]


def test_a_package_is_compared_document_by_document(
    jibiao: Jibiao, write: Written, approved: dict[str, Any], tmp_path: Path
) -> None:
    at = index_of(approved, "成功率")
    declared = write("sb", approved, stage="申报", **{f"i{at}__value": "98"})
    final = write("pf", approved, **{f"i{at}__value": "95"})
    jibiao("pack", declared, "--to", tmp_path)
    package = next(tmp_path.glob("*.zip"))
    (one,) = found(jibiao, final, "--with", package)
    assert one["places"][1] == f"{package}#01-sc-dept#indicators[{at + 1}].value"


def test_a_public_copy_that_says_something_else_is_told(
    jibiao: Jibiao, write: Written, approved: dict[str, Any]
) -> None:
    final = write("pf", approved)
    other = json.loads(final.read_text("utf-8"))
    other["values"]["goal"] = "另一段话。"
    copy = final.with_name("公开稿.json")
    copy.write_text(json.dumps(other, ensure_ascii=False), encoding="utf-8")
    (one,) = found(jibiao, copy, "--with", final)
    assert (one["check"], one["places"]) == ("XF-08", ["goal", f"{final}#goal"])


def test_the_score_of_the_evaluation_comes_from_the_bureaus_settings(
    jibiao: Jibiao, resources: Path, tmp_path: Path
) -> None:
    report = resources / "forms/mof-self/2020/sample.json"
    kit = tmp_path / "kit.toml"
    kit.write_text('evaluated_scores = [["农村人居环境整治", 78.64]]\n', encoding="utf-8")
    (one,) = found(jibiao, report, "--settings", kit)
    assert one["check"] == "XF-09"
    assert "评价78.64分" in one["message"]


def test_what_it_was_compared_with_is_printed_for_people(
    jibiao: Jibiao, write: Written, approved: dict[str, Any]
) -> None:
    at = index_of(approved, "成功率")
    declared = write("sb", approved, stage="申报", **{f"i{at}__value": "98"})
    final = write("pf", approved, **{f"i{at}__value": "95"})
    said = jibiao("check", final, "--with", declared)
    assert f"对照：{declared}#indicators[{at + 1}].value" in said.out

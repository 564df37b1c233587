"""A bureau writes its own library file, with all the mistakes people make."""

from __future__ import annotations

import contextlib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.library import own_files, parse_library, read_library
from core.library.reader import MAX_BYTES, OWN_FOLDER, add_own_file
from core.sheet.errors import RefusedError
from core.sheet.messages import Messages

GOOD = """area = "司法行政"

[[indicator]]
id = "sf-001"
level1 = "产出指标"
level2 = "数量指标"
name = "村（社区）法律顾问覆盖率"
also = ["法律顾问覆盖率"]
direction = "up"
sign = "="
unit = "%"
low = 95
high = 99.5
values = "100（公开表 000）"
formula = "已聘法律顾问的村（社区）数÷村（社区）总数×100%"
evidence = "聘任合同、台账"
source = "公开表 000"
"""


def refusal(text: str | bytes, messages: Messages) -> str:
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    with pytest.raises(RefusedError) as caught:
        parse_library(data, "本地.toml")
    return messages.of(caught.value)


def test_an_indicator_is_read_with_everything_that_is_said_of_it() -> None:
    (entry,) = parse_library(GOOD.encode("utf-8-sig"), "a.toml")
    assert (entry.id, entry.area, entry.name) == ("sf-001", "司法行政", "村（社区）法律顾问覆盖率")
    assert (entry.low, entry.high) == (Decimal(95), Decimal("99.5"))
    assert entry.also == ("法律顾问覆盖率",)
    assert entry.scale == ""
    assert not entry.qualitative


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ('unknown = "x"', "不认识 unknown 这一项"),
        ("unit = 3", "unit 应写成带引号的文字"),
        ('sign = ">="', "sign 写的“>=”不对，只能写：≥、≤、=、>、<、定性"),
        ('direction = "better"', "direction 写的“better”不对，只能写：up、down、equal"),
        ('low = "95"', "low 应写成不带引号的数"),
        ("low = true", "low 应写成不带引号的数"),
        ("low = nan", "low 应写成不带引号的数"),
        ("low = 1e400", "low 应写成不带引号的数"),
        ("low = 9999999999999", "low 应写成不带引号的数"),
        ("high = 3", "常见值下限 95 比上限 3 大"),
        ('also = "别名"', "also 应写成方括号里的几个名称"),
        ('id = "SF 1"', "编号“SF 1”只能用小写字母"),
        ('name = ""', "没有写 name"),
        (f'formula = "{"长" * 501}"', "formula 有 501 个字，最多 500 个"),
        ('formula = "a\\u0000b"', "formula 里有看不见的控制字符"),
        ('evidence = " 台账"', "evidence 的前后有空格"),
        ('evidence = """台\n账"""', "evidence 的前后有空格，或中间换了行"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_its_indicator(wrong: str, told: str, messages: Messages) -> None:
    key = wrong.split(" =", maxsplit=1)[0]
    kept = "".join(line for line in GOOD.splitlines(keepends=True) if not line.startswith(f"{key} ="))
    sentence = refusal(kept + wrong, messages)
    assert "本地.toml 有 1 处不对" in sentence
    assert told in sentence
    assert "第 3 行" in sentence
    assert key == "name" or "村（社区）法律顾问覆盖率" in sentence


def test_every_mistake_of_a_file_is_told_at_once(messages: Messages) -> None:
    second = '\n[[indicator]]\nid = "sf-001"\nname = "建档率"\ncolour = "red"\n'
    sentence = refusal("title = 1\n" + GOOD + second, messages)
    assert sentence.splitlines() == [
        "指标库文件 本地.toml 有 4 处不对，没有读：",
        "第 1 行“area”：不认识 title 这一项，请删去或改正。",
        "第 20 行“建档率”：不认识 colour 这一项，请删去或改正。",
        "第 20 行“建档率”：没有写 level1，请补上。",
        "第 20 行“建档率”：编号 sf-001 已经用于“村（社区）法律顾问覆盖率”，请换一个。",
    ]


def test_a_line_that_is_no_toml_is_named(messages: Messages) -> None:
    assert "第 4 行写法不对" in refusal(GOOD.replace('id = "sf-001"', 'id = "sf-001'), messages)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\xff\xfe", "不是 UTF-8 编码"),
        ("指标".encode("gbk"), "不是 UTF-8 编码"),
        (b"indicator = 3", "没有写成 [[indicator]] 的指标"),
        (b"x = " + b"[" * 50_000, "写法不对"),
        (b"#" * (MAX_BYTES + 1), "超过 4 MB"),
    ],
)
def test_a_file_that_is_something_else_is_refused_in_one_sentence(
    data: bytes, told: str, messages: Messages
) -> None:
    assert told in refusal(data, messages)


@given(st.text(st.sampled_from(GOOD + "[]={}\"'\\\n0-.é"), max_size=200))
def test_no_file_brings_the_program_down(text: str) -> None:
    with contextlib.suppress(RefusedError):
        parse_library((GOOD + text).encode(), "x.toml")


# -- many files ------------------------------------------------------------------------------------------


def write(folder: Path, name: str, number: str, indicator: str, unit: str = "%") -> Path:
    folder.mkdir(exist_ok=True, parents=True)
    file = folder / name
    text = f'area = "本地"\n[[indicator]]\nid = "{number}"\nlevel1 = "产出指标"\n'
    file.write_text(f'{text}name = "{indicator}"\nunit = "{unit}"\n', encoding="utf-8")
    return file


def test_the_bureaus_own_indicator_stands_in_place_of_ours(tmp_path: Path) -> None:
    write(tmp_path / "ours", "a.toml", "a-1", "建档率")
    write(tmp_path / "ours", "b.toml", "b-1", "办结率")
    write(tmp_path / "ours", "c.toml", "c-1", "调解率")
    same_id = write(tmp_path / "own", "1.toml", "a-1", "建档率", "件")
    same_name = write(tmp_path / "own", "2.toml", "x-1", "办结率", "个")
    library = read_library(tmp_path / "ours", [same_id, same_name])
    assert {(one.id, one.unit) for one in library.entries} == {("a-1", "件"), ("x-1", "个"), ("c-1", "%")}
    assert library.usual_range("建档率", "%") is None


def test_two_of_our_files_may_not_use_one_id(tmp_path: Path, messages: Messages) -> None:
    write(tmp_path, "a.toml", "a-1", "建档率")
    write(tmp_path, "b.toml", "a-1", "办结率")
    with pytest.raises(RefusedError) as caught:
        read_library(tmp_path)
    assert messages.of(caught.value) == "两条指标用了同一个编号 a-1：“建档率”和“办结率”。请改掉其中一个。"


def test_an_own_file_with_a_mistake_is_left_out_and_told(tmp_path: Path) -> None:
    write(tmp_path / OWN_FOLDER, "good.toml", "a-1", "建档率")
    (tmp_path / OWN_FOLDER / "bad.toml").write_text("x", encoding="utf-8")
    told: list[RefusedError] = []
    library = read_library(tmp_path / "none", own_files(tmp_path), told.append)
    assert [one.name for one in library.entries] == ["建档率"]
    assert [error.code for error in told] == ["library.not-toml"]
    with pytest.raises(RefusedError):
        read_library(tmp_path / "none", own_files(tmp_path))


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path, messages: Messages) -> None:
    with pytest.raises(RefusedError) as caught:
        read_library(tmp_path, [tmp_path / "gone.toml"])
    assert "gone.toml 读不出来" in messages.of(caught.value)


def test_a_file_is_added_whole_or_not_at_all(tmp_path: Path) -> None:
    good = write(tmp_path / "stick", "本地.toml", "a-1", "建档率")
    assert add_own_file(tmp_path, good) == 1
    assert [file.read_bytes() for file in own_files(tmp_path)] == [good.read_bytes()]
    good.write_text("x", encoding="utf-8")
    with pytest.raises(RefusedError):
        add_own_file(tmp_path, good)
    assert [one.name for one in read_library(tmp_path / "none", own_files(tmp_path)).entries] == ["建档率"]


def test_a_file_of_the_same_name_takes_the_place_of_the_earlier_one(tmp_path: Path) -> None:
    add_own_file(tmp_path, write(tmp_path / "stick", "本地.toml", "a-1", "建档率"))
    add_own_file(tmp_path, write(tmp_path / "stick", "本地.toml", "a-2", "办结率"))
    assert [one.name for one in read_library(tmp_path / "none", own_files(tmp_path)).entries] == ["办结率"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, messages: Messages) -> None:
    (tmp_path / OWN_FOLDER).write_text("in the way", encoding="utf-8")
    with pytest.raises(RefusedError) as caught:
        add_own_file(tmp_path, write(tmp_path / "stick", "本地.toml", "a-1", "建档率"))
    assert "本地.toml 没有加进来" in messages.of(caught.value)


def test_the_file_shown_in_the_manual_is_a_good_one(project: Path) -> None:
    manual = (project / "docs/library.md").read_text(encoding="utf-8")
    example = manual.split("```toml\n")[1].split("```")[0]
    (entry,) = parse_library(example.encode("utf-8"), "docs/library.md")
    assert entry.name == "村（社区）法律顾问走访次数"
    for key in ("id", "also", "direction", "sign", "low", "values", "formula", "evidence", "scale", "source"):
        assert f"`{key}`" in manual

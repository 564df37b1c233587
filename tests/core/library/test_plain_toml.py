"""The quick reader of library files reads what TOML says, or leaves the file to the real one."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.library.plain_toml import parse_plain

LINES = st.sampled_from(
    [
        *(
            'area = "司法"',
            "[[indicator]]",
            "",
            "# 注",
            'name = "村（社区）"',
            'also = ["甲", "乙"]',
            "also = []",
        ),
        *(
            "low = 95",
            "high = -0.5",
            "low = 007",
            "low = 1.",
            "low = 1_000",
            "low = 1e3",
            "low = nan",
            "low = +1",
        ),
        *(
            'x = "a\\"b"',
            "x = 'a'",
            'x = """a"""',
            'x = "a" # b',
            'x="a"',
            ' x = "a"',
            'x = "a" ',
            "x = true",
        ),
        *("[other]", "[[ indicator ]]", "x.y = 1", 'x = ["a","b"]', 'x = ["a", ["b"]]', 'x = ["a", "b\\""]'),
        *(
            "x = {a = 1}",
            'x = "a\tb"',
            "# a\tb",
            "x",
            "= 1",
            "indicator = 1",
            "x = -0",
            "x = 0.10",
            'x = ["a", ]',
        ),
        *(
            'x = "a\x7f"',
            "# \x01",
            'x = "\ufeff"',
            "low = 12345678901234567890",
            'x = ["a"',
            '"b"]',
            "x = 2025-01-01",
        ),
    ]
)


@given(st.lists(LINES, max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_it_gives_what_toml_gives_or_nothing(lines: list[str], end: str) -> None:
    text = end.join(lines)
    read = parse_plain(text)
    if read is not None:
        assert read == tomllib.loads(text, parse_float=Decimal)
        assert str(read) == str(tomllib.loads(text, parse_float=Decimal))


@pytest.mark.parametrize("line", ['x = "a" # b', "x = 'a'", 'x = "a\\"b"', "x = 1e3", "[other]"])
def test_what_is_not_plain_is_left_to_the_real_reader(line: str) -> None:
    assert parse_plain(line) is None


def test_every_file_of_ours_is_plain(resources: Path) -> None:
    files = sorted((resources / "library").glob("*.toml"))
    assert files
    assert [file.name for file in files if parse_plain(file.read_text(encoding="utf-8")) is None] == []

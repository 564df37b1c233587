"""Lines break as Chinese printing asks, and a broken text is still the whole text."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.paper.lines import break_lines, visible

EM = 10
HALF = 5


class Widths(dict[str, int]):
    def __missing__(self, character: str) -> int:
        return HALF if ord(character) < 0x250 else EM


WIDTHS = Widths()


def broken(text: str, ems: float) -> list[str]:
    return break_lines(text, int(ems * EM), WIDTHS)


CLERK_TEXT = st.text(
    alphabet=st.sampled_from(
        "的法治建设，。、；：？！”’）》％“‘（《…—·～ \t\n　aB9.,%-/()<≥≤1234567890×①㎡年\u0301\u00a0"
    ),
    max_size=120,
)


@given(CLERK_TEXT | st.text(max_size=80), st.integers(1, 30))
@example("aaaaaaaaaaaa，", 3)
@example(" " * 60 + "甲", 3)
@example("））））））））））", 2)
def test_the_lines_together_are_the_text(text: str, ems: int) -> None:
    assert "".join(broken(text, ems)) == text


@given(CLERK_TEXT, st.integers(1, 30))
def test_no_line_runs_into_the_border(text: str, ems: int) -> None:
    for line in broken(text, ems):
        assert sum(WIDTHS[one] for one in visible(line)) <= ems * EM or len(visible(line)) == 1


@given(st.text(alphabet="的法治建设，。；：？！”）》％“（《", max_size=120), st.integers(8, 30))
def test_no_line_begins_with_a_closing_mark_when_that_can_be_helped(text: str, ems: int) -> None:
    lines = broken(text, ems)
    for before, line in pairwise(lines):
        if line[0] in "，。；：？！”）》％":
            # Only a whole line of marks forces this: there each clings to its neighbour.
            assert set(before[1:]) <= set("，。；：？！”）》％“（《")


@pytest.mark.parametrize("mark", "，。、；：？！”’）》】％…")
def test_a_closing_mark_takes_the_character_before_it_to_the_next_line(mark: str) -> None:
    assert broken(f"推进依法行政{mark}法治", 6) == ["推进依法行", f"政{mark}法治"]


@pytest.mark.parametrize("mark", "“‘（《【")
def test_an_opening_mark_goes_to_the_next_line_with_what_it_opens(mark: str) -> None:
    assert broken(f"推进依法行{mark}法治", 6) == ["推进依法行", f"{mark}法治"]


@pytest.mark.parametrize(
    "word",
    ["1,234,567.89", "95%", "≥95", "12·4", "don’t", "2021—2025", "COVID-19", "１２３", "-0.5", "<0.2%"],
)
def test_a_number_or_latin_word_is_never_cut(word: str) -> None:
    for ems in range(8, 16):
        lines = broken(f"本年度调解成功率预计{word}以上", ems)
        assert sum(word in line for line in lines) == 1


def test_the_number_of_a_list_stays_with_its_first_word() -> None:
    assert broken("学法制度1.进一步", 5) == ["学法制度", "1.进一步"]
    assert broken("学法制度11、进一", 6.5) == ["学法制度", "11、进一"]


def test_a_word_wider_than_the_line_is_cut_at_its_joints() -> None:
    assert broken("https://a.example/zheng-ce/2025", 8) == ["https://a.", "example/zheng-", "ce/2025"]


def test_a_number_wider_than_the_line_is_printed_whole_over_lines() -> None:
    assert "".join(broken("123456789012345678", 4)) == "123456789012345678"


def test_typed_line_ends_are_kept_also_empty_ones() -> None:
    assert broken("一是\n\n二是\n", 10) == ["一是\n", "\n", "二是\n", ""]


def test_typed_blanks_at_the_start_and_in_the_middle_are_kept() -> None:
    assert broken("　　为推进法治", 4) == ["　　为推", "进法治"]
    assert broken("一  二", 10) == ["一  二"]


def test_blanks_at_the_end_of_a_line_take_no_room() -> None:
    assert broken("推进法治      建设", 4) == ["推进法治      ", "建设"]


def test_an_accent_stays_on_its_letter() -> None:
    assert broken("甲乙e\u0301丙", 2.5) == ["甲乙", "e\u0301丙"]

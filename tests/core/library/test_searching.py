"""A clerk looks for an indicator: by words, by pinyin, by initials, as her input method taught her."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.library.entry import Entry, name_key
from core.library.index import stands_in
from core.library.library import Library
from core.library.readings import Readings
from tests.core.library.conftest import EFFECT, OUTPUT, entry

Search = Callable[..., list[str]]


@pytest.mark.parametrize(
    "text",
    [
        "法律顾问",
        "顾问覆盖",
        "村(社区)法律",
        "村社区法律",
        "覆盖率 法律",
        "率覆盖",
        "falvguwen",
        "flgw",
        "fl覆盖",
        "顾问fgl",
    ],
)
def test_an_indicator_is_found_by_words_pinyin_initials_and_any_mixture(names: Search, text: str) -> None:
    assert "村（社区）法律顾问覆盖率" in names(text)


@pytest.mark.parametrize("text", ["tiaojie", "diaojie", "tj", "dj", "调解cgl", "tiaojcg", "TiaoJie"])
def test_every_reading_of_a_character_finds_it(names: Search, text: str) -> None:
    assert "调解成功率" in names(text)


@pytest.mark.parametrize("text", ["zhongdian", "chongdian", "zhdian", "cd"])
def test_a_character_with_two_readings_is_found_by_both(names: Search, text: str) -> None:
    assert "重点人群走访次数" in names(text)


@pytest.mark.parametrize("text", ["falv", "falu", "falü", "fa lü", "FALV"])
def test_the_u_with_dots_may_be_typed_in_every_usual_way(names: Search, text: str) -> None:
    assert "法律援助案件办结数" in names(text)


@pytest.mark.parametrize("text", ["gdp", "GDP", "ＧＤＰ", "gdpzzl", "gdp增长"])
def test_letters_in_a_name_are_found_as_letters(names: Search, text: str) -> None:
    assert names(text) == ["GDP增长率"]


def test_another_name_of_an_indicator_finds_it(names: Search) -> None:
    assert names("矛盾纠纷") == names("maodunjiufen") == ["调解成功率"]


def test_words_that_no_name_has_together_find_nothing(names: Search) -> None:
    assert names("法律 走访") == names("xyzq") == names("法律飞船") == []


def test_a_blank_text_finds_nothing(names: Search) -> None:
    assert names("") == names("  ") == names("（）") == []


def test_what_was_typed_whole_comes_before_what_only_has_its_initials(names: Search) -> None:
    assert names("fal")[0] == "法律援助案件办结数"
    assert "发案率" in names("fal")


def test_a_name_that_begins_with_the_text_comes_before_one_that_has_it_inside(names: Search) -> None:
    assert names("法律") == ["法律援助案件办结数", "村（社区）法律顾问覆盖率"]


def test_a_proper_name_comes_before_one_that_is_only_also_called_so() -> None:
    library = Library(
        [entry("知晓率", also=("低保政策知晓率",)), entry("农村低保发放人数"), entry("低保金发放率")]
    )
    expected = ["低保金发放率", "农村低保发放人数", "知晓率"]
    assert [found.entry.name for found in library.search("低保")] == expected
    assert [found.entry.name for found in library.search("dibao")] == expected
    assert [found.entry.name for found in library.search("db")] == expected


def test_by_which_other_name_it_was_found_can_be_told(library: Library) -> None:
    (found,) = library.search("maodunjf")
    assert library.other_name(found.entry, "maodunjf") == "矛盾纠纷调解成功率"
    assert library.other_name(found.entry, "tjcgl") == ""
    assert library.other_name(found.entry, "法律") == ""


def test_the_very_name_comes_first() -> None:
    library = Library([entry("法律顾问"), entry("法律顾问数"), entry("村法律顾问数")])
    assert [found.entry.name for found in library.search("法律顾问数")] == ["法律顾问数", "村法律顾问数"]


def test_indicators_of_the_level_of_the_row_come_first(names: Search) -> None:
    assert names("率")[0] == "发案率"
    assert names("率", level1=EFFECT)[:2] == ["发案率", "GDP增长率"]
    quality = names("率", level1=OUTPUT, level2="质量指标")
    assert quality[:3] == ["调解成功率", "审结率（行政复议）", "村（社区）法律顾问覆盖率"]


def test_at_the_same_level_what_the_unit_used_before_comes_first(library: Library) -> None:
    used = library.used(["村社区法律顾问覆盖率", "没有这个指标"])
    found = library.search("法律", used=used)
    assert [(one.entry.name, one.used) for one in found] == [
        ("村（社区）法律顾问覆盖率", True),
        ("法律援助案件办结数", False),
    ]
    assert library.search("fa", level1=EFFECT, used=used)[0].entry.name == "发案率"


def test_a_search_may_keep_to_one_area() -> None:
    other = Entry("nc-1", "农业农村", OUTPUT, "数量指标", "法律进村次数")
    library = Library([entry("法律援助案件办结数"), other])
    assert [found.entry.id for found in library.search("falv", area="农业农村")] == ["nc-1"]
    assert library.areas == ["司法行政", "农业农村"]


def test_no_more_are_given_than_asked_for(library: Library) -> None:
    assert len(library.search("率", limit=2)) == 2


def test_browsing_shows_the_level_of_the_row_first_and_loads_no_pinyin(library: Library) -> None:
    used = library.used(["法治建设考评等次"])
    shown = [one.entry.name for one in library.browse(EFFECT, "社会效益指标", used)]
    assert shown[:3] == ["法治建设考评等次", "发案率", "GDP增长率"]
    assert len(shown) == len(library.entries)
    assert not library.ready


# -- the grammar of pinyin ---------------------------------------------------------------------------

HANZI = "法律顾问覆盖率调解重点人群走访次数社区矫正满意度行长乐了还都女略绿安西先县GDP2"
NAMES = st.lists(
    st.text(st.sampled_from(HANZI), min_size=1, max_size=9), min_size=1, max_size=12, unique=True
)
READINGS = Readings()


@given(NAMES, st.data())
def test_every_name_is_found_by_any_part_of_it_typed_in_any_mixture(
    names: list[str], data: st.DataObject
) -> None:
    library = Library([Entry(f"x-{number}", "x", OUTPUT, "", name) for number, name in enumerate(names)])
    number = data.draw(st.integers(0, len(names) - 1), "which")
    name = name_key(names[number])
    start = data.draw(st.integers(0, len(name) - 1), "from")
    part = name[start : data.draw(st.integers(start + 1, len(name)), "to")]
    typed = ""
    for char in part:
        reading = data.draw(st.sampled_from(READINGS.of(char)), "reading")
        typed += data.draw(st.sampled_from([char, reading, reading[0], reading[:2]]), "typed")
    found = {one.entry.id for one in library.search(typed, limit=len(names))}
    assert f"x-{number}" in found


@given(NAMES, st.text(st.sampled_from("falvguwendiaojie法律顾问"), min_size=1, max_size=5))
def test_what_is_found_can_be_read_as_it_was_typed(names: list[str], typed: str) -> None:
    library = Library([Entry(f"x-{number}", "x", OUTPUT, "", name) for number, name in enumerate(names)])
    found = {one.entry.name for one in library.search(typed, limit=len(names))}
    assert {name for name in names if can_be_read(name_key(name), typed)} <= found
    if any(can_be_read(name_key(name), typed) for name in names):
        assert all(can_be_read(name_key(name), typed) for name in found)
    assert all(can_be_read(name_key(name), typed) == stands_in(typed, name, READINGS.of) for name in names)


def can_be_read(name: str, typed: str) -> bool:
    """Whether a text stands in a name, tried place by place: slow and plain."""

    def follows(place: int, rest: str) -> bool:
        if not rest:
            return True
        if place == len(name):
            return False
        ways = [name[place]] + [
            reading[:length] for reading in READINGS.of(name[place]) for length in range(1, len(reading) + 1)
        ]
        return any(rest.startswith(way) and follows(place + 1, rest[len(way) :]) for way in ways)

    return any(follows(place, typed) for place in range(len(name)))


def test_readings_are_what_a_keyboard_has() -> None:
    every = [READINGS.of(chr(code)) for code in range(0x4E00, 0x9FA6)]
    assert all(reading.isascii() and reading.isalpha() for known in every for reading in known)
    unknown = [chr(0x4E00 + number) for number, known in enumerate(every) if not known]
    assert len(unknown) < 50
    assert set(product(["率"], READINGS.of("率"))) >= {("率", "lv"), ("率", "lu"), ("率", "shuai")}

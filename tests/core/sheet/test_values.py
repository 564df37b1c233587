"""The indicator value grammar: every spelling met, one meaning each."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sheet.values import (
    Kind,
    Mark,
    Moment,
    Nature,
    Piece,
    State,
    Value,
    ValueGrammar,
    canonical_text,
    clean_text,
    judge,
    normal_form,
    readable_part,
)

WORDS = Path(__file__).parents[3] / "resources" / "values.toml"
GRAMMAR = ValueGrammar(WORDS)
DATA = tomllib.loads(WORDS.read_text(encoding="utf-8"))


def parse(text: str) -> Value:
    return GRAMMAR.parse(text)


def same(one: str, other: str) -> bool:
    return normal_form(parse(one), GRAMMAR) == normal_form(parse(other), GRAMMAR)


# What the published forms and the rule book show -------------------------------------------------

READ = [
    # text, sign, number, unit, canonical spelling
    ("≥95%", "≥", "95", "%", "≥95%"),
    ("≥55件", "≥", "55", "件", "≥55件"),
    ("<0.2%", "<", "0.2", "%", "<0.2%"),
    ("≤1.8%", "≤", "1.8", "%", "≤1.8%"),
    ("100%", "", "100", "%", "100%"),
    ("=42个", "=", "42", "个", "=42个"),
    ("8个", "", "8", "个", "8个"),
    ("≤1125万元", "≤", "1125", "万元", "≤1125万元"),
    ("≥1", "≥", "1", "", "≥1"),
    ("≥98%以上", "≥", "98", "%", "≥98%"),
    ("98%以上", "≥", "98", "%", "≥98%"),
    ("95%及以上", "≥", "95", "%", "≥95%"),
    ("5家（含）以上", "≥", "5", "家", "≥5家"),
    ("1%以下", "≤", "1", "%", "≤1%"),
    ("5%以内", "≤", "5", "%", "≤5%"),
    ("不低于３００件", "≥", "300", "件", "≥300件"),
    ("不低于９５％", "≥", "95", "%", "≥95%"),
    ("≧95%", "≥", "95", "%", "≥95%"),
    ("⩾95%", "≥", "95", "%", "≥95%"),
    ("≦0%", "≤", "0", "%", "≤0%"),
    (">=95%", "≥", "95", "%", "≥95%"),
    ("＞＝95%", "≥", "95", "%", "≥95%"),
    ("大于等于95%", "≥", "95", "%", "≥95%"),
    ("不超过3次", "≤", "3", "次", "≤3次"),
    ("〈2%", "<", "2", "%", "<2%"),
    ("＞92%", ">", "92", "%", ">92%"),
    ("控制在5%以内", "≤", "5", "%", "≤5%"),
    ("达到100%", "", "100", "%", "100%"),
    ("≥100百分比", "≥", "100", "%", "≥100%"),
    ("百分之九十五以上", "≥", "95", "%", "≥95%"),
    ("不少于一百二十件", "≥", "120", "件", "≥120件"),
    ("五万元", "", "5", "万元", "5万元"),
    ("三万二千元", "", "32000", "元", "32000元"),
    ("两次", "", "2", "次", "2次"),
    ("1,234.56万元", "", "1234.56", "万元", "1234.56万元"),
    ("3,200件", "", "3200", "件", "3200件"),
    ("-5%", "", "-5", "%", "-5%"),
    ("28元/件", "", "28", "元/件", "28元/件"),
    ("5万元/公里", "", "5", "万元/公里", "5万元/公里"),
    ("1.5元/人·月", "", "1.5", "元/人·月", "1.5元/人·月"),
    ("≥30台（套）", "≥", "30", "台（套）", "≥30台（套）"),
    ("≤9/10万", "≤", "9", "/10万", "≤9/10万"),
    ("≤±5%", "≤", "5", "%", "≤±5%"),
    ("九成八", "", "98", "%", "98%"),
    ("六公里多", "", "6", "公里", "6公里多"),
    ("2次/每月", "", "2", "次/月", "2次/月"),
    ("500人次", "", "500", "人次", "500人次"),
    ("6万人次", "", "6", "万人次", "6万人次"),
    ("3个工作日内", "≤", "3", "个工作日", "≤3个工作日"),
    ("2个工作日内办结", "≤", "2", "个工作日", "≤2个工作日"),
    ("12个月", "", "12", "个月", "12个月"),
    ("100%完成", "", "100", "%", "100%"),
    ("5（个）", "", "5", "个", "5个"),
    ("5㎡", "", "5", "㎡", "5㎡"),
    ("5m²", "", "5", "㎡", "5㎡"),
    ("≥95%。", "≥", "95", "%", "≥95%"),
    ("9\u200b5%", "", "95", "%", "95%"),
    ("　９５ ％ ", "", "95", "%", "95%"),
    ("每季度≥1次", "≥", "1", "次", "每季度≥1次"),
    ("90%左右", "", "90", "%", "90%左右"),
    ("≥3幅画作", "≥", "3", "幅画作", "≥3幅画作"),
]


@pytest.mark.parametrize(("text", "sign", "number", "unit", "canonical"), READ, ids=[row[0] for row in READ])
def test_a_figure_is_read_into_sign_number_and_unit(
    text: str, sign: str, number: str, unit: str, canonical: str
) -> None:
    value = parse(text)
    assert value.kind is Kind.NUMBER
    assert (value.comparison, value.number, value.unit_name) == (sign, Decimal(number), unit)
    assert canonical_text(value) == canonical


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", Kind.BLANK),
        ("　 ", Kind.BLANK),
        ("持续发挥作用", Kind.WORDS),
        ("显著改善", Kind.WORDS),
        ("在项目计划完成时间内完成", Kind.WORDS),
        ("房屋设备、设施的管理到位,环境卫生整洁,车辆停放有序", Kind.WORDS),
        ("一次性通过", Kind.WORDS),
        ("一级", Kind.GRADE),
        ("达到Ⅲ类及以上", Kind.GRADE),
        ("达到国家二级标准", Kind.GRADE),
        ("=省一级", Kind.GRADE),
        ("一级公路", Kind.WORDS),
        ("健全（健全/较健全/不健全）", Kind.GRADES),
        ("增强（明显增强/增强/未增强）", Kind.GRADES),
        ("健全/较健全/不健全", Kind.GRADES),
        ("市级/县级/乡级", Kind.WORDS),
        ("健全（健全）", Kind.WORDS),
        ("收到上级文件后30日内", Kind.DATE),
        ("每月10日前", Kind.DATE),
        ("每季度末", Kind.DATE),
        ("/", Kind.WORDS),
        ("5个乡镇各1次", Kind.MIXED),
        ("律师每月咨询时间不少于8小时", Kind.MIXED),
        ("优良中低差", Kind.GRADES),
        ("优良差", Kind.GRADES),
        ("优、良、中、差", Kind.GRADES),
        ("好坏", Kind.GRADES),
        ("优", Kind.GRADE),
        ("良好以上", Kind.GRADE),
        ("≥良", Kind.GRADE),
        ("90%~95%", Kind.RANGE),
        ("5-10个", Kind.RANGE),
        ("≥**%", Kind.TEMPLATE),
        ("≤XX万元", Kind.TEMPLATE),
        ("≥__件", Kind.TEMPLATE),
        ("满意度≥90%", Kind.UNREADABLE),
        ("≥95%，力争100%", Kind.UNREADABLE),
        ("10²", Kind.UNREADABLE),
        ("1,23", Kind.UNREADABLE),
        ("2月30日前", Kind.UNREADABLE),
        ("12月31日前", Kind.DATE),
        ("2025年6月底前完成", Kind.DATE),
        ("2024-12-31", Kind.DATE),
        ("2024.12.31", Kind.DATE),
        ("2021年全年", Kind.PERIOD),
        ("2021年1月-12月", Kind.PERIOD),
        ("1-12月", Kind.PERIOD),
        ("2021.1-2021.12", Kind.PERIOD),
        ("2025年底前", Kind.PERIOD),
        ("第三季度末", Kind.PERIOD),
        ("2025年内完成", Kind.PERIOD),
        ("3年内完成", Kind.NUMBER),
    ],
)
def test_every_other_text_is_told_apart(text: str, kind: Kind) -> None:
    assert parse(text).kind is kind


@pytest.mark.parametrize(
    ("text", "end", "canonical"),
    [
        ("12月31日前", Moment(None, 12, 31), "12月31日前"),
        ("2021年全年", Moment(2021, 12, 0), "2021年12月31日前"),
        ("2025年6月底前完成", Moment(2025, 6, 0), "2025年6月30日前"),
        ("2024年2月完成", Moment(2024, 2, 0), "2024年2月29日前"),
        ("2月底前", Moment(None, 2, 0), "2月底前"),
        ("2021年1月-12月", Moment(2021, 12, 0), "2021年12月31日前"),
        ("2024-01-01至2024-12-31", Moment(2024, 12, 31), "2024年12月31日前"),
        ("2025年第三季度", Moment(2025, 9, 0), "2025年9月30日前"),
    ],
)
def test_a_date_is_known_by_its_last_day(text: str, end: Moment, canonical: str) -> None:
    value = parse(text)
    assert value.end == end
    assert canonical_text(value) == canonical


def test_a_deadline_with_its_day_is_told_from_a_mere_period() -> None:
    assert (parse("12月31日前").deadline, parse("12月31日前").whole_day) == (True, True)
    assert (parse("2021年全年").deadline, parse("2021年全年").whole_day) == (False, False)


def test_a_scale_may_name_the_grade_aimed_at() -> None:
    assert (parse("优良差，目标优").grades, parse("优良差，目标优").grade) == (("优", "良", "差"), "优")
    assert (parse("优（优良中差）").grades, parse("优（优良中差）").grade) == (("优", "良", "中", "差"), "优")
    assert parse("优良中低差").grade == ""


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("≥100100件以上", "100"),
        ("≥9898%以上", "98"),
        ("≤11%以下", "1"),
        ("≥1515次及以上", "15"),
        ("≥95955及以上", ""),
        ("≥98.598.5%", "98.5"),
        ("≥100件", ""),
        ("≥55件", "5"),
    ],
)
def test_digits_written_twice_are_seen(text: str, half: str) -> None:
    assert parse(text).doubled == half


def test_sign_and_suffix_may_repeat_or_contradict_each_other() -> None:
    assert parse("≥98%以上").suffix_repeats
    assert parse("≥1%以下").suffix_contradicts
    assert parse("=95%以上").suffix_contradicts
    assert not parse("98%以上").suffix_repeats
    assert judge(parse("≥1%以下")) is State.WRONG
    assert canonical_text(parse("≥1%以下")) == "≥1%以下"


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("９５％", {Mark.FULL_WIDTH}),
        ("95 %", {Mark.BLANKS}),
        ("95%\u200b", {Mark.HIDDEN}),
        ("3,200件", {Mark.THOUSANDS}),
        ("≥**%", {Mark.FORBIDDEN}),
        ("5-10个", {Mark.FORBIDDEN}),
        ("九十五件", {Mark.CHINESE_NUMBER}),
        ("≥5万", {Mark.BARE_MULTIPLE}),
        ("5（个）", {Mark.BRACKETED_UNIT}),
        ("≥3幅画作", {Mark.UNKNOWN_UNIT}),
        ("≥95%。", {Mark.PUNCTUATION}),
        ("≥95%", set()),
    ],
)
def test_odd_spelling_is_marked(text: str, marks: set[Mark]) -> None:
    assert parse(text).marks == marks


def test_what_can_be_read_of_a_mixed_text_is_kept_apart() -> None:
    value = parse("满意度≥90%")
    assert readable_part(value) == "≥90%"
    assert value.leftover is not None
    assert value.leftover.typed == "满意度"
    assert canonical_text(value) == "满意度≥90%"


def test_equal_values_are_equal_whatever_their_spelling() -> None:
    assert same("≧95%", "≥95%")
    assert same("95.0%", "95%")
    assert same("=100%", "100%")
    assert same("6万人", "60,000人")
    assert same("3公里", "3千米")
    assert same("2021年全年", "2021年12月31日前")
    assert not same("≥95%", ">95%")
    assert not same("每季度1次", "1次")
    assert not same("≥95%", "≥95件")


# While it is being typed ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["≥", "≥9", "9.", "1,", "1,2", "1,23", "12月", "12月3", "2025", "2025年", "不低", "大于", "百分",
     "百分之", "98%以", "95%（含", "3元/", "90%~", "2025年6月底前完", "每季", ">或"],
)  # fmt: skip
def test_a_value_on_its_way_is_unfinished(text: str) -> None:
    assert judge(parse(text)) is State.UNFINISHED


@pytest.mark.parametrize(
    "text", ["1,2345", "≥95%x%", "≥**", "≥≥95%", "95%95%", "≥95%以下", "12月32日", "2025年13月"]
)
def test_what_typing_on_cannot_mend_is_wrong(text: str) -> None:
    assert judge(parse(text)) is State.WRONG


@pytest.mark.parametrize("text", ["≥95%", "100%", "优良差", "12月31日前", "持续发挥作用", "", "≥55件"])
def test_a_whole_value_is_fine(text: str) -> None:
    assert judge(parse(text)) is State.FINE


# Separate cells ------------------------------------------------------------------------------------


def test_three_cells_mean_the_same_as_one() -> None:
    value = GRAMMAR.parse_parts("≥", "95", "%")
    assert normal_form(value, GRAMMAR) == normal_form(parse("≥95%"), GRAMMAR)
    assert value.cells == ("≥", "95", "%")
    assert judge(value) is State.FINE
    assert canonical_text(value) == "95"


def test_a_qualitative_row_says_so_in_the_cell_of_the_sign() -> None:
    value = GRAMMAR.parse_parts("定性", "优良差", "")
    assert (value.nature, value.kind) == (Nature.QUALITATIVE, Kind.GRADES)
    assert GRAMMAR.parse_parts("定量（其他）", "按季度", "").nature is Nature.OTHER


def test_a_sign_or_unit_written_in_two_cells_is_marked() -> None:
    assert GRAMMAR.parse_parts("≥", "≥95%", "%").marks == {Mark.OPERATOR_TWICE, Mark.UNIT_TWICE}


def test_a_sign_nobody_knows_is_marked() -> None:
    assert GRAMMAR.parse_parts("≈", "95", "%").marks == {Mark.UNKNOWN_OPERATOR}


def test_a_unit_of_its_own_cell_may_carry_a_multiple() -> None:
    value = GRAMMAR.parse_parts("≤", "5", "万元")
    assert normal_form(value, GRAMMAR) == normal_form(parse("≤50000元"), GRAMMAR)


def test_twelve_months_in_two_cells_are_a_number_and_no_date() -> None:
    value = GRAMMAR.parse_parts("=", "12", "月")
    assert (value.kind, value.number, value.unit_name) == (Kind.NUMBER, Decimal(12), "月")


# For every text ------------------------------------------------------------------------------------

signs = st.sampled_from([s for sign, others in DATA["operators"].items() if sign for s in [sign, *others]])
units = st.sampled_from(DATA["units"]["names"])
money = st.sampled_from(["元", "万元", "亿元", "元/件", "万元/公里", "元/人·月", "次/年", "万人次"])
numbers = st.decimals(min_value=0, max_value=999_999, places=2).map(lambda n: f"{n.normalize():f}")
figures = st.builds(lambda sign, number, unit: sign + number + unit, signs, numbers, units | money)
suffixed = st.builds(
    lambda number, unit, suffix: number + unit + suffix,
    numbers,
    st.sampled_from(["%", "件", "人次", "万元"]),
    st.sampled_from([s for others in DATA["suffixes"].values() for s in others]),
)
dates = st.builds(
    lambda year, month, end, before, done: year + month + end + before + done,
    st.sampled_from(["", "2025年", "2024年"]),
    st.integers(1, 12).map(lambda month: f"{month}月"),
    st.sampled_from(["", "底", "末", "28日", "1日"]),
    st.sampled_from(["前", "之前", ""]),
    st.sampled_from(["完成", "竣工", ""]),
)
periods = st.sampled_from(
    [
        "2021年全年",
        "2021年1月-12月",
        "1-12月",
        "2021.1-2021.12",
        "2024-01-01至2024-12-31",
        "年底前",
        "第三季度",
    ]
)
scales = st.sampled_from(["".join(scale) for scale in DATA["grades"]["scales"]])
chinese = st.sampled_from(["百分之九十五以上", "不少于一百二十件", "三万二千元", "百分之三点五"])
typed_forms = st.one_of(figures, suffixed, dates, periods, scales, chinese)
anything = st.one_of(
    st.text(),
    st.text(
        alphabet="≥≤<>=0123456789.,%％９５件万元年月日前底以上下内优良差百分之 　*-~(）第季度\u200b²",
        max_size=14,
    ),
    typed_forms,
    st.builds(lambda one, other: one + other, typed_forms, typed_forms),
)


@given(signs, numbers, units)
def test_every_spelling_of_a_sign_means_its_canonical_sign(sign: str, number: str, unit: str) -> None:
    canonical = next(key for key, others in DATA["operators"].items() if key and sign in (key, *others))
    value = parse(sign + number + unit)
    assert (value.kind, value.comparison, value.number) == (Kind.NUMBER, canonical, Decimal(number))
    assert same(sign + number + unit, canonical + number + unit)


@given(figures | suffixed | dates | chinese)
def test_full_width_text_means_the_same_as_half_width(text: str) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)
    assert same(text, wide)
    assert canonical_text(parse(wide)) == canonical_text(parse(text))


@given(numbers, units)
def test_separators_change_nothing(number: str, unit: str) -> None:
    whole, point, decimals = number.partition(".")
    assert same(f"≥{int(whole):,}{point}{decimals}{unit}", f"≥{number}{unit}")


@given(anything)
def test_every_text_is_read_and_none_raises(text: str) -> None:
    value = parse(text)
    assert value.text == text
    assert judge(value) in State
    assert (value.kind is Kind.NUMBER) <= (value.number is not None)


@given(anything)
def test_the_canonical_spelling_means_the_same_and_has_none_better(text: str) -> None:
    canonical = canonical_text(parse(text))
    assert same(canonical, text)
    assert canonical_text(parse(canonical)) == canonical


@given(anything)
def test_every_piece_lies_where_it_was_typed(text: str) -> None:
    value = parse(text)
    for name in ("lead", "operator", "digits", "unit", "suffix", "tail", "leftover"):
        piece: Piece | None = getattr(value, name)
        if piece is not None:
            assert text[piece.span.start : piece.span.end] == piece.typed


@given(typed_forms)
def test_a_value_typed_letter_by_letter_is_never_wrong_on_the_way(text: str) -> None:
    for length in range(len(text) + 1):
        assert judge(parse(text[:length])) is not State.WRONG


@given(signs, numbers, units)
def test_joined_and_separate_cells_agree(sign: str, number: str, unit: str) -> None:
    parts = GRAMMAR.parse_parts(sign, number, unit)
    assert normal_form(parts, GRAMMAR) == normal_form(parse(sign + number + unit), GRAMMAR)


@given(anything, anything, anything)
def test_any_three_cells_are_read(operator: str, value: str, unit: str) -> None:
    assert GRAMMAR.parse_parts(operator, value, unit).cells == (operator, value, unit)


@given(st.text(max_size=30))
def test_cleaning_is_done_once(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


def test_results_are_kept_within_bounds() -> None:
    grammar = ValueGrammar(WORDS)
    first = grammar.parse("≥95%")
    assert grammar.parse("≥95%") is first
    for number in range(9000):
        grammar.parse(f"≥{number}件")
    assert len(grammar._kept) <= 4096


def test_a_very_long_text_is_prose() -> None:
    assert parse("9" * 100_000).kind is Kind.WORDS
    assert parse("9" * 100).kind is Kind.UNREADABLE

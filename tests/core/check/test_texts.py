"""What texts hold besides what they say: found where it stands, mended exactly, never guessed at."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.check.checker import Checker
from core.check.context import Context
from core.check.finding import Finding
from core.check.rules.privacy_numbers import Private, masked, private_numbers
from core.check.rules.wording_prose import Sort
from core.check.rules.wording_same import plain_of
from core.check.settings import Settings
from core.sheet.definition import Form
from core.sheet.edits import SetText
from core.sheet.places import field_place
from tests.core.check.making import make

GOAL = field_place("goal")
CLAUSES = (
    "落实普法责任制",
    "为186个村（社区）配备法律顾问",
    "开展精准普法",
    "一贯切实履行职责",
    "围绕绕城高速整治环境",
    "致贫因素动态清零",
    "诉调对接、解纠分流",
    "全年未发生重大事故",
    "新建产业路3.5公里，2025年12月31日前完工",
    "12·4国家宪法日宣传",
    "办好12348热线",
    "PM2.5浓度下降",
    "利用VR、QQ开展宣传",
    "做好保密教育",
)
"""Clauses in which nothing is wrong."""
MISHAPS = {
    "TX-06": ("建设法只政府", "社区矫正人对象管理", "准普法责任落实"),
    "TX-07": ("加强督导 and 评价", "调解or仲裁"),
    "TX-08": ("管好社区服刑人员", "办好148法律热线"),
}
clauses = st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=6)
marks = st.sampled_from(["，", "。", "；", "。\n"])


def about_goal(checker: Checker, context: Context, form: Form, text: str) -> list[Finding]:
    document = make(form, {"goal": text})
    return [
        one for one in checker.judge(document, context) if one.places == (GOAL,) and one.check[:2] == "TX"
    ]


@given(parts=clauses, mark=marks)
def test_clean_sentences_hear_nothing(
    parts: list[str], mark: str, checker: Checker, context: Context, practice: Form
) -> None:
    text = mark.join([*parts, "提升公共法律服务水平"]) + "。"
    assert [one.message for one in about_goal(checker, context, practice, text)] == []


@given(data=st.data(), parts=clauses, mark=marks)
def test_a_mishap_is_found_among_clean_sentences_and_mended_alone(
    data: st.DataObject, parts: list[str], mark: str, checker: Checker, context: Context, practice: Form
) -> None:
    check = data.draw(st.sampled_from(sorted(MISHAPS)))
    mishap = data.draw(st.sampled_from(MISHAPS[check]))
    at = data.draw(st.integers(0, len(parts)))
    before, after = mark.join([*parts[:at], ""]), mark.join(["", *parts[at:]])
    text = f"{before}{mishap}{after}。提升服务水平。"
    (found,) = about_goal(checker, context, practice, text)
    assert found.check == check
    assert found.fix is not None
    (edit,) = found.fix.edits
    assert isinstance(edit, SetText)
    assert edit.old == text
    assert edit.new.startswith(before)
    assert edit.new.endswith(f"{after}。提升服务水平。")
    assert about_goal(checker, context, practice, edit.new) == []


@given(text=st.text(max_size=60))
def test_any_text_can_be_looked_through(text: str, context: Context) -> None:
    for one in context.words.prose().look(text):
        assert text[one.start : one.start + len(one.typed)] == one.typed


def test_a_bureau_adds_its_own_slips_and_terms(checker: Checker, context: Context, practice: Form) -> None:
    kit = Settings(kit={"typos_more": ["青合区=青禾区"], "dated_more": ["甲局=乙局"]})
    own = replace(context, settings=kit)
    found = {one.check: one for one in about_goal(checker, own, practice, "青合区甲局负责落实各项普法任务。")}
    assert found.keys() == {"TX-06", "TX-08"}
    assert about_goal(checker, context, practice, "青合区甲局负责落实各项普法任务。") == []


@pytest.mark.parametrize(
    ("year", "text", "better"),
    [
        ("2020", "开展“六五”普法活动。", "七五"),
        ("2023", "开展七五普法活动。", "八五"),
        ("2026", "落实“八五”普法规划。", "九五"),
    ],
)
def test_a_plan_of_legal_education_is_named_by_the_budget_year(
    year: str, text: str, better: str, checker: Checker, context: Context, practice: Form
) -> None:
    document = make(practice, {"year": year, "goal": text})
    (found,) = [one for one in checker.judge(document, context) if one.check == "TX-08"]
    assert found.fix is not None
    found.fix.edits[0].apply(document)
    assert better in document.field("goal")
    assert "TX-08" not in {one.check for one in checker.judge(document, context)}


# -- numbering ------------------------------------------------------------------------------------------

SIGNS = {
    "1.": [f"{number}." for number in range(1, 8)],
    "1、": [f"{number}、" for number in range(1, 8)],
    "（1）": [f"（{number}）" for number in range(1, 8)],
    "一、": [f"{number}、" for number in "一二三四五六七"],
    "（一）": [f"（{number}）" for number in "一二三四五六七"],
}
ITEMS = ("落实学法制度", "深化顾问工作", "新建3.5公里产业路", "审查合同30份", "宣传12.4宪法日", "抓好验收")


@given(
    sort=st.sampled_from(sorted(SIGNS)),
    items=st.lists(st.sampled_from(ITEMS), min_size=3, max_size=6),
    end=st.sampled_from(["；", "。 ", "。\n"]),
    data=st.data(),
)
def test_numbers_in_order_are_silent_and_a_repeated_one_is_counted_on(
    sort: str,
    items: list[str],
    end: str,
    data: st.DataObject,
    checker: Checker,
    context: Context,
    practice: Form,
) -> None:
    numbers = SIGNS[sort][: len(items)]
    right = end.join(f"{number}{item}" for number, item in zip(numbers, items, strict=True)) + "。"
    assert about_goal(checker, context, practice, right) == []
    at = data.draw(st.integers(2, len(items) - 1))  # a second 1 would begin a list anew
    wrong_numbers = [*numbers[:at], numbers[at - 1], *numbers[at : len(items) - 1]]
    wrong = end.join(f"{number}{item}" for number, item in zip(wrong_numbers, items, strict=True)) + "。"
    found = [one for one in about_goal(checker, context, practice, wrong) if one.check == "TX-09"]
    (repeated,) = found
    assert repeated.fix is not None
    (edit,) = repeated.fix.edits
    assert isinstance(edit, SetText)
    assert edit.new == right


# -- aims and deeds -------------------------------------------------------------------------------------


DUTY = "落实普法责任制，提升公共法律服务水平，加强矛盾纠纷排查化解。"
FIGURES = "1.完成整治8个村。2.新建收集点40个。3.满意度达到90%。"


@pytest.mark.parametrize(
    ("goal", "actual", "copied"),
    [
        (DUTY, f"已{DUTY}", True),
        (FIGURES, FIGURES.replace(".", "、"), True),
        (FIGURES, FIGURES.replace("40", "42").replace("90", "93"), False),
        (DUTY, "办讲座12场，服务群众2100人次，化解纠纷318件，成功312件。", False),
        ("按时完成。", "按时完成。", False),
    ],
)
def test_a_deed_is_a_copy_of_the_aim_only_with_the_same_words_and_figures(
    goal: str, actual: str, copied: bool
) -> None:
    assert plain_of(goal).copied_by(plain_of(actual), Decimal("0.9")) is copied


# -- numbers of people ------------------------------------------------------------------------------------


def check_character(digits: str) -> str:
    weights = [2 ** (17 - place) % 11 for place in range(17)]
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return "10X98765432"[total % 11]


@given(
    area=st.integers(110000, 659999),
    year=st.integers(1930, 2020),
    month=st.integers(1, 12),
    day=st.integers(1, 28),
    order=st.integers(0, 999),
)
def test_an_identity_card_is_known_by_its_check_character(
    area: int, year: int, month: int, day: int, order: int
) -> None:
    digits = f"{area}{year}{month:02}{day:02}{order:03}"
    right = digits + check_character(digits)
    wrong = digits + ("0" if right[-1] != "0" else "1")
    (found,) = private_numbers(f"受助人{right}，已发放。")
    assert (found.sort, found.typed) == (Private.IDENTITY, right)
    assert right not in masked(found)
    assert [one.sort for one in private_numbers(f"凭证{wrong}，已发放。")] == []


@pytest.mark.parametrize(
    "text",
    [
        "投入13800138000元。",
        "全年接听1380013次。",
        "项目编码51000021R000000019951。",
        "统一社会信用代码：911101053123456789。",
        "办好12348、12345热线。",
        "建设2.4万亩，亩产1380.013公斤。",
        "文号：川财绩〔2024〕13800138000号",
    ],
)
def test_other_long_figures_are_nobodys_number(text: str) -> None:
    assert private_numbers(text) == []


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("联系人张某13800138000", Private.PHONE),
        ("手机138-0013-8000", Private.PHONE),
        ("咨询电话：0512-68220000", Private.PHONE),
        ("电话：68220000", Private.PHONE),
        ("开户行账号：100200300400500", Private.ACCOUNT),
        ("6222021234567890128", Private.ACCOUNT),
    ],
)
def test_numbers_of_people_are_told_apart(text: str, sort: Private) -> None:
    assert [one.sort for one in private_numbers(text)] == [sort]


def test_hidden_numbers_are_not_found_again() -> None:
    for text in ("13800138000", "11010519491231002X", "账号100200300400500"):
        (found,) = private_numbers(text)
        assert private_numbers(text.replace(found.typed, masked(found))) == []


# -- secrets ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["机密★", "秘密 ★ 5年", "★绝密", "【机密】", "（秘密）关于报送名单的函", "密级：秘密", "绝密级★"]
)
def test_a_mark_of_secrecy_is_an_error_in_any_text(text: str, context: Context) -> None:
    assert {one.sort for one in context.words.prose().look(text)} == {Sort.SECRET}


@pytest.mark.parametrize(
    "text", ["保守国家秘密、商业秘密", "开展保密检查", "密切联系群众", "秘密级别管理制度", "机密级以上"]
)
def test_speaking_of_secrecy_is_no_secret(text: str, context: Context) -> None:
    assert context.words.prose().look(text) == ()

"""Begun from last year's form, from the approved one, from another edition: what the clerk finds in it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sheet.carry import Carried, Carrier, Telling, begins_from
from core.sheet.definition import Form
from core.sheet.definition_reader import DefinitionError
from core.sheet.document import Document, Explanation, blank_document
from core.sheet.document_file import document_bytes, plain_content, read_document
from core.sheet.errors import RefusedError
from core.sheet.forms import FormLibrary
from core.sheet.levels import read_levels
from core.sheet.messages import Messages
from core.sheet.numbers import parse_number
from core.sheet.places import Place, field_place
from core.sheet.values import ValueGrammar, normal_form
from tests.core.sheet.carrying import VALUES, cells, document_of, make_form

RESOURCES = Path(__file__).parents[3] / "resources"
GRAMMAR = ValueGrammar(RESOURCES / "values.toml")
CARRIER = Carrier(read_levels(RESOURCES / "levels.toml"), GRAMMAR)
APART = "level1 level2 name operator value unit"


def carry(old: Document, form: Form, *, stage: str = "", year: int = 2025) -> Carried:
    (carried,) = CARRIER.carry(old, form, stage=stage or form.stages[0], year=year)
    return carried


def reasons(carried: Carried) -> dict[str, str]:
    return {carried.old.counted(one.place): one.why.code for one in carried.left}


def remarks(carried: Carried) -> dict[str, list[Mapping[str, object]]]:
    found: dict[str, list[Mapping[str, object]]] = {}
    for one in carried.remarks:
        found.setdefault(one.code, []).append(one.params)
    return found


def sample(forms: FormLibrary, name: str) -> Document:
    return read_document((RESOURCES / "forms" / name / "sample.json").read_bytes(), forms)


# -- stage to stage, year to year -----------------------------------------------------------------------


def test_an_approved_form_says_what_was_declared(forms: FormLibrary) -> None:
    declared = sample(forms, "sc-dept/2024")
    approved = carry(declared, declared.form, stage="批复", year=2024)
    assert plain_content(approved.document) == plain_content(declared)
    assert (approved.left, approved.remarks) == ((), ())
    assert (approved.document.stage, approved.document.year) == ("批复", 2024)
    assert (approved.document.unit_name, approved.document.unit_code) == (
        declared.unit_name,
        declared.unit_code,
    )


def test_a_new_form_knows_what_it_was_begun_from(forms: FormLibrary) -> None:
    import hashlib

    old = sample(forms, "gz-decl/2025")
    before = document_bytes(old)
    new = carry(old, old.form, year=2026).document
    assert new.id != old.id
    assert new.origin is not None
    assert (new.origin.id, new.origin.sha256) == (old.id, hashlib.sha256(before).hexdigest())
    assert document_bytes(old) == before


def test_rows_keep_their_ids_so_that_the_two_can_be_laid_side_by_side(forms: FormLibrary) -> None:
    old = sample(forms, "gz-decl/2025")
    new = carry(old, old.form).document
    assert [row.id for row in new.rows("tasks")] == [row.id for row in old.rows("tasks")]


def test_last_years_targets_stay_and_last_years_results_do_not(forms: FormLibrary) -> None:
    old = sample(forms, "mof-self/2020")
    carried = carry(old, old.form, year=2026)
    kept = ("level1", "level2", "name", "value", "weight")
    assert cells(carried.document, *kept) == cells(old, *kept)
    assert set(cells(carried.document, "actual", "score", "reason")) == {("", "", "")}
    assert carried.document.field("goal") == old.field("goal")
    assert carried.document.field("goal_actual") == ""
    assert reasons(carried)["goal_actual"] == "carry.emptied"
    assert reasons(carried)["indicators[1].actual"] == "carry.emptied"


def test_a_year_in_a_text_is_not_rewritten() -> None:
    form = make_form()
    old = document_of(form, {"name": "2024年办结率", "value": "2024年12月底前"}, goal="2024年工作目标")
    new = carry(old, form).document
    assert new.field("goal") == "2024年工作目标"
    assert cells(new, "name", "value") == [("2024年办结率", "2024年12月底前")]


def test_results_stay_while_year_and_stage_stay() -> None:
    form, later = (make_form("name value actual", edition=edition) for edition in "12")
    old = document_of(form, {"name": "办结率", "value": "≥95%", "actual": "96%"})
    assert cells(carry(old, later, year=2024).document, "actual") == [("96%",)]
    assert cells(carry(old, later, year=2024, stage="批复").document, "actual") == [("",)]


def test_a_computed_figure_is_not_carried_and_the_list_says_so() -> None:
    fields = 'a = { label = "甲", kind = "money" }\nb = { label = "乙", kind = "money", compute = "a * 2" }'
    form = make_form(fields=fields)
    carried = carry(document_of(form, a="1", b="3"), form)
    assert carried.document.values == {"a": "1"}
    assert reasons(carried) == {"b": "carry.computed"}


def test_a_computed_sum_fills_a_place_that_is_typed() -> None:
    fields = 'a = { label = "甲", kind = "money" }\nb = { label = "乙", kind = "money", compute = "a + a" }'
    old = make_form(fields=fields, unit="元")
    new = make_form(form="other", fields='b = { label = "乙", kind = "money" }')
    carried = carry(document_of(old, a="50000.10"), new)
    assert carried.document.values == {"b": "10.00002"}
    assert reasons(carried) == {"a": "carry.no-field"}


def test_answers_to_old_findings_stay_with_the_old_form_and_this_is_said() -> None:
    form = make_form()
    old = document_of(form, goal="目标")
    old.explanations["AM-01@amount"] = Explanation("县里口径不同", "差 1 万元")
    carried = carry(old, form)
    assert carried.document.explanations == {}
    assert remarks(carried)["carry.explanations"] == [{"number": 1}]
    assert [one.code for one in carry(document_of(form), form).remarks] == []


def test_a_stage_the_form_does_not_have_is_refused(forms: FormLibrary) -> None:
    form = forms.get("gz-decl", "2025")
    with pytest.raises(RefusedError) as refused:
        CARRIER.carry(blank_document(form), form, stage="自评", year=2025)
    assert refused.value.code == "sheet.bad-stage"


# -- money ----------------------------------------------------------------------------------------------

YUAN, WAN = make_form(unit="元"), make_form(form="other", unit="万元")


@pytest.mark.parametrize(
    ("yuan", "wan"),
    [
        ("3750000.00", "375"),
        ("1,036,800.00", "103.68"),
        ("0.00", "0"),
        ("-1724300", "-172.43"),
        ("12345.67", "1.234567"),
        ("999999999999999999", "99999999999999.9999"),
    ],
)
def test_yuan_become_ten_thousands_exactly(yuan: str, wan: str) -> None:
    assert carry(document_of(YUAN, amount=yuan), WAN).document.field("amount") == wan


@given(st.decimals(-(10**13), 10**13, places=6))
def test_an_amount_carried_there_and_back_is_the_same_amount(amount: Decimal) -> None:
    there = carry(document_of(YUAN, amount=f"{amount:f}"), WAN).document
    back = carry(there, YUAN).document
    assert parse_number(back.field("amount")) == amount


def test_more_decimals_than_the_form_prints_are_kept_and_told() -> None:
    carried = carry(document_of(YUAN, amount="12345.67"), WAN)
    assert remarks(carried)["carry.more-decimals"] == [{"unit": "万元", "decimals": 2}]
    assert "carry.more-decimals" not in remarks(carry(document_of(YUAN, amount="12300"), WAN))


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("约三百万", "carry.not-an-amount"),
        ("1,23", "carry.not-an-amount"),
        ("1.1234567", "carry.too-many-digits"),
    ],
)
def test_an_amount_that_cannot_be_converted_exactly_is_left_to_the_clerk(typed: str, reason: str) -> None:
    carried = carry(document_of(YUAN, amount=typed), WAN)
    assert carried.document.field("amount") == ""
    assert reasons(carried) == {"amount": reason}


def test_between_forms_of_one_unit_an_amount_stays_as_typed() -> None:
    other = make_form(form="other")
    for typed in ("1,23", "3,723.190", "约三百万"):
        assert carry(document_of(make_form(), amount=typed), other).document.field("amount") == typed


@pytest.mark.parametrize(
    ("typed", "old", "new", "made"),
    [
        ("20.00", "percent", "value", "20.00%"),
        ("20.5%", "value", "percent", "20.5"),
        ("≥20%", "value", "percent", None),
        ("130.80", "money", "text", "130.80万元"),
        ("5万元", "text", "money", "5"),
        ("50000元", "text", "money", "5"),
        ("5个", "text", "money", None),
        ("10", "weight", "number", "10"),
        ("10", "number", "percent", None),
        ("三十人", "value", "text", "三十人"),
    ],
)
def test_other_kinds_are_converted_exactly_or_not_at_all(
    typed: str, old: str, new: str, made: str | None
) -> None:
    forms = [
        make_form(form=f"f{n}", fields=f'x = {{ label = "某栏", kind = "{kind}" }}')
        for n, kind in enumerate((old, new))
    ]
    carried = carry(document_of(forms[0], x=typed), forms[1])
    assert carried.document.field("x") == (made or "")
    assert bool(carried.left) == (made is None)


def test_a_choice_the_new_form_does_not_offer_is_left_to_the_clerk() -> None:
    forms = [
        make_form(form=name, fields=f'x = {{ label = "属性", kind = "choice", options = {options} }}')
        for name, options in (("one", '["新增", "延续"]'), ("two", '["新增", "一次性"]'))
    ]
    assert carry(document_of(forms[0], x="新增"), forms[1]).document.field("x") == "新增"
    carried = carry(document_of(forms[0], x="延续"), forms[1])
    assert (carried.document.field("x"), reasons(carried)) == ("", {"x": "carry.no-option"})


# -- indicator values -----------------------------------------------------------------------------------

JOINED, SEPARATE = make_form("name value"), make_form("name operator value unit", form="other")


@pytest.mark.parametrize(
    ("joined", "apart"),
    [
        ("≥95%", ("≥", "95", "%")),
        ("100%", ("", "100", "%")),
        ("=3,200件", ("=", "3,200", "件")),
        ("不低于９５％", ("≥", "９５", "％")),
        ("100件以上", ("≥", "100", "件")),
        ("≥6万人", ("≥", "6", "万人")),
        ("<0.2%", None),
        ("优良差", ("定性", "优良差", "")),
        ("≤30万元", ("≤", "30", "万元")),
        ("每季度≥1次", None),
        ("约5万人", None),
        ("90%~95%", None),
        ("100%完成", None),
        ("≥**%", None),
        ("效果明显", None),
        ("2025年12月底前", None),
    ],
)
def test_a_joined_value_is_taken_apart_only_when_all_of_it_is_understood(
    joined: str, apart: tuple[str, str, str] | None
) -> None:
    carried = carry(document_of(JOINED, {"name": "某率", "value": joined}), SEPARATE)
    assert cells(carried.document, "operator", "value", "unit") == [apart or ("", "", "")]
    assert bool(carried.left) == (apart is None)


@pytest.mark.parametrize(
    ("apart", "joined"),
    [
        (("≥", "95", "%"), "≥95%"),
        (("", "100", "%"), "100%"),
        (("=", "3200", "件"), "=3200件"),
        (("≥", "99", "%"), "≥99%"),
        (("≥", "55", "件"), "≥55件"),
        (("定性", "优良中低差", ""), "优良中低差"),
        (("≥", "≥95", "%"), ""),
        (("≥", "95%", "%"), ""),
        (("定性", "95", "%"), ""),
        (("≥", "效果明显", ""), ""),
        (("≥", "", "%"), ""),
        (("=", "5", "0件"), ""),
        (("≥", "95", "以上"), ""),
    ],
)
def test_separate_cells_become_one_value_that_says_the_same(apart: tuple[str, str, str], joined: str) -> None:
    row = dict(zip(("operator", "value", "unit"), apart, strict=True)) | {"name": "某率"}
    old = document_of(SEPARATE, {name: text for name, text in row.items() if text})
    carried = carry(old, JOINED)
    assert cells(carried.document, "value") == [(joined,)]
    assert joined or len(carried.left) == sum(map(bool, apart))


def test_words_in_a_qualitative_row_stay_and_the_word_for_it_is_listed() -> None:
    old = document_of(SEPARATE, {"name": "效果", "operator": "定性", "value": "长期稳定"})
    carried = carry(old, JOINED)
    assert cells(carried.document, "value") == [("长期稳定",)]
    assert reasons(carried) == {"indicators[1].operator": "carry.no-sign-cell"}


@given(st.sampled_from(VALUES))
def test_a_value_taken_apart_means_what_it_meant(text: str) -> None:
    there = carry(document_of(JOINED, {"name": "某率", "value": text}), SEPARATE)
    if there.left:
        return
    (parts,) = cells(there.document, "operator", "value", "unit")
    (back,) = cells(carry(there.document, JOINED).document, "value")
    meaning = normal_form(GRAMMAR.parse(text), GRAMMAR)
    assert normal_form(GRAMMAR.parse_parts(*parts), GRAMMAR) == meaning
    assert normal_form(GRAMMAR.parse(back[0]), GRAMMAR) == meaning


def test_a_sign_in_words_becomes_the_forms_own_sign_and_back(forms: FormLibrary) -> None:
    words, signs = forms.get("nm-proj"), forms.get("sc-proj")
    old = sample(forms, "sc-proj/2023")
    there = carry(old, words, year=2024).document
    spelled = {row.cells["operator"] for _, row in there.all_rows("projects.indicators")}
    assert spelled <= {"大于等于", "小于等于", "等于", "定性"}
    back = carry(there, signs, year=2023).document
    table = "projects.indicators"
    assert [row.cells["operator"] for _, row in back.all_rows(table)] == [
        row.cells["operator"] for _, row in old.all_rows(table)
    ]


def test_a_respelled_value_is_told() -> None:
    carried = carry(document_of(JOINED, {"name": "场次", "value": "100场以上"}), SEPARATE)
    assert remarks(carried)["carry.value-respelled"] == [{"old": "100场以上", "new": "≥ 100 场"}]


# -- levels and rows ------------------------------------------------------------------------------------


def rows_with(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    found = ({"level1": first, "level2": second, "name": f"第{n}"} for n, (first, second) in enumerate(pairs))
    return [{name: text for name, text in row.items() if text} for row in found]


def always(*pairs: tuple[str, str]) -> str:
    return "always = [" + ", ".join(f'["{first}", "{second}"]' for first, second in pairs) + "]"


def test_gz_decl_2024_becomes_2025_with_its_cost_block(forms: FormLibrary) -> None:
    old, form = sample(forms, "gz-decl/2024"), forms.get("gz-decl", "2025")
    carried = carry(old, form)
    new = carried.document
    assert carried.left == ()
    assert new.values == old.values
    assert cells(new, "name", "funds", table="tasks") == cells(old, "name", "funds", table="tasks")
    filled = [row for row in new.rows("indicators") if row.cells.get("name")]
    assert [row.cells for row in filled] == [row.cells for row in old.rows("indicators")]
    pairs = list(dict.fromkeys(cells(new, "level1", "level2")))
    sustained = ("效益指标", "可持续影响指标")
    assert [pair for pair in pairs if pair != sustained] == list(form.tables["indicators"].always)
    assert pairs.index(sustained) == pairs.index(("效益指标", "生态效益指标")) + 1
    assert [one.code for one in carried.remarks] == ["carry.level-added"]


def test_other_wordings_of_a_level_follow_the_new_form() -> None:
    new = make_form(form="other", indicators=always(("效益指标", "社会效益指标"), ("满意度指标", "满意度")))
    old = document_of(make_form(), *rows_with(("效果指标", "社会效益"), ("满意度指标", "服务对象满意度指标")))
    carried = carry(old, new)
    assert cells(carried.document, "level1", "level2") == [
        ("效益指标", "社会效益指标"),
        ("满意度指标", "满意度"),
    ]
    assert {"old": "效果指标 / 社会效益", "new": "效益指标 / 社会效益指标"} in remarks(carried)[
        "carry.level-renamed"
    ]


@pytest.mark.parametrize(
    ("old", "new", "made"),
    [
        (("产出指标", "成本指标"), ("成本指标", "经济成本指标"), ("成本指标", "经济成本指标")),
        (("产出指标", "经济成本指标"), ("成本指标", "经济成本指标"), ("成本指标", "经济成本指标")),
        (("成本指标", "经济成本指标"), ("产出指标", "成本指标"), ("产出指标", "成本指标")),
        (("成本指标", "社会成本指标"), ("产出指标", "成本指标"), ("产出指标", "成本指标")),
    ],
)
def test_the_cost_block_moves_to_where_the_new_form_has_it(
    old: tuple[str, str], new: tuple[str, str], made: tuple[str, str]
) -> None:
    form = make_form(form="other", indicators=always(("产出指标", "数量指标"), new))
    carried = carry(document_of(make_form(), *rows_with(old, ("产出指标", "数量指标"))), form)
    assert cells(carried.document, "level1", "level2", "name") == [
        ("产出指标", "数量指标", "第1"),
        (*made, "第0"),
    ]
    assert remarks(carried)["carry.level-moved"] == [{"old": " / ".join(old), "new": " / ".join(made)}]


def test_a_row_under_the_wrong_block_is_not_moved_for_the_clerk() -> None:
    form = make_form(form="other", indicators=always(("产出指标", "数量指标"), ("效益指标", "社会效益指标")))
    carried = carry(document_of(make_form(), *rows_with(("效益指标", "数量指标"))), form)
    assert ("效益指标", "数量指标", "第0") in cells(carried.document, "level1", "level2", "name")


def test_rows_of_one_level_keep_their_order_and_blocks_take_the_forms() -> None:
    form = make_form(form="other", indicators=always(("产出指标", "数量指标"), ("满意度指标", "满意度")))
    pairs = [
        ("满意度指标", "满意度"),
        ("产出指标", "数量指标"),
        ("满意度指标", "满意度"),
        ("产出指标", "别的"),
    ]
    carried = carry(document_of(make_form(), *rows_with(*pairs)), form)
    assert cells(carried.document, "name") == [("第1",), ("第3",), ("第0",), ("第2",)]
    assert "carry.reordered" in remarks(carried)


def test_next_year_keeps_the_clerks_own_order_of_rows() -> None:
    form = make_form(indicators=always(("产出指标", "数量指标"), ("产出指标", "质量指标")))
    old = document_of(form, *rows_with(("满意度指标", "满意度"), ("产出指标", "质量指标")))
    new = carry(old, form).document
    assert cells(new, "level2", "name") == [("满意度", "第0"), ("数量指标", ""), ("质量指标", "第1")]


def test_a_form_without_levels_lists_them() -> None:
    old = document_of(make_form(), *rows_with(("产出指标", "数量指标")))
    carried = carry(old, make_form("name value", form="other"))
    assert reasons(carried) == {
        "indicators[1].level1": "carry.no-column",
        "indicators[1].level2": "carry.no-column",
    }


def test_rows_over_the_limit_are_listed_and_the_forms_own_rows_keep_their_place() -> None:
    levels = always(("产出指标", "数量指标"), ("满意度指标", "满意度"))
    form = make_form(form="other", indicators=f"limit = 3\n{levels}")
    old = document_of(make_form(), *rows_with(*[("产出指标", "数量指标")] * 4))
    carried = carry(old, form)
    assert cells(carried.document, "level2", "name") == [
        ("数量指标", "第0"),
        ("数量指标", "第1"),
        ("满意度", ""),
    ]
    assert set(reasons(carried).values()) == {"carry.row-limit"}
    assert {carried.old.counted_row(one.place.table, one.place.row) for one in carried.left} == {
        "indicators[3]",
        "indicators[4]",
    }


def test_empty_rows_of_the_old_form_are_not_dragged_along() -> None:
    old = make_form(indicators=always(("产出指标", "成本指标"), ("产出指标", "数量指标")))
    document = blank_document(old, year=2024)
    carried = carry(document, make_form(form="other"))
    assert carried.document.rows("indicators") == []
    assert carried.left == ()


def test_a_table_the_new_form_lacks_is_listed_row_by_row(forms: FormLibrary) -> None:
    old = sample(forms, "mof-proj/2015")
    carried = carry(old, forms.get("mof-self"), stage="自评", year=old.year or 0)
    mid = [one for one in carried.left if one.place.table == "mid_indicators"]
    assert {one.why.code for one in mid} == {"carry.no-table"}
    assert [one.text for one in mid if one.place.column == "name"] == [
        row.cells["name"] for row in old.rows("mid_indicators") if "name" in row.cells
    ]


# -- what a form says about names -----------------------------------------------------------------------


def test_a_form_says_where_names_differ() -> None:
    carry_text = '[carry.demo]\nfields = { target = "goal" }\ncolumns = { "indicators.before" = "value" }\n'
    fields = 'target = { label = "年度目标" }'
    form = make_form("name before value", form="other", fields=fields, carry=carry_text)
    carried = carry(document_of(make_form(), {"name": "某率", "value": "≥95%"}, goal="做好"), form)
    assert carried.document.values == {"target": "做好"}
    assert cells(carried.document, "before", "value") == [("≥95%", "≥95%")]
    assert {"old": "目标", "new": "年度目标"} in remarks(carried)["carry.other-label"]


def test_what_is_said_for_last_year_is_not_done_to_the_approved_form() -> None:
    said = '[carry.last-year]\nfields = { goal = "" }\ncolumns = { "indicators.value" = "" }\n'
    form = make_form(carry=said)
    old = document_of(form, {"name": "某率", "value": "≥95%"}, goal="做好")
    assert carry(old, form, year=2024, stage="批复").document.field("goal") == "做好"
    carried = carry(old, form, year=2025)
    assert (carried.document.field("goal"), cells(carried.document, "value")) == ("", [("",)])
    assert reasons(carried) == {"goal": "carry.emptied", "indicators[1].value": "carry.emptied"}


def test_a_named_origin_wins_over_any_origin() -> None:
    said = '[carry."*"]\nfields = { x = "goal" }\n[carry.demo]\nfields = { x = "amount" }\n'
    form = make_form(form="other", fields='x = { label = "某栏" }', carry=said)
    old = document_of(make_form(), goal="做好", amount="5")
    assert carry(old, form).document.values == {"x": "5万元"}


def test_a_text_whose_place_another_one_took_is_listed() -> None:
    said = '[carry."*"]\nfields = { goal = "plan" }\n'
    old = make_form(fields='goal = { label = "目标" }\nplan = { label = "计划" }')
    carried = carry(document_of(old, goal="甲", plan="乙"), make_form(form="other", carry=said))
    assert carried.document.field("goal") == "乙"
    assert [(one.text, one.why.code) for one in carried.left] == [("甲", "carry.other-source")]


def test_a_project_keeps_its_name_whatever_the_field_is_called() -> None:
    text = 'about = { name = "title" }\n'
    old = make_form(carry=text, fields='title = { label = "项目" }')
    new = make_form(
        form="other", carry='about = { name = "project_name" }\n', fields='project_name = { label = "名称" }'
    )
    assert carry(document_of(old, title="人居环境整治"), new).document.values == {
        "project_name": "人居环境整治"
    }


def test_a_statement_about_a_name_the_form_does_not_have_is_refused() -> None:
    for said in (
        'fields = { nothing = "goal" }',
        'tables = { nothing = "x" }',
        'columns = { "indicators.no" = "x" }',
    ):
        with pytest.raises(DefinitionError) as refused:
            make_form(carry=f"[carry.demo]\n{said}\n")
        assert [one.code for one in refused.value.details] == ["sheet.definition-unknown-name"]


def test_every_statement_of_a_shipped_form_names_something_of_the_other_form(forms: FormLibrary) -> None:
    every = list(forms.all())
    for form in every:
        for origin, said in form.carry.items():
            own = origin == "last-year"
            others = [one for one in every if origin == "*" or one.form == (form.form if own else origin)]
            assert others, f"{form.form}: {origin}"
            fields = {name for one in others for name in one.fields}
            columns = {
                f"{path}.{name}" for one in others for path, t in one.tables.items() for name in t.columns
            }
            tables = {path for one in others for path in one.tables}
            assert set(said.fields.values()) - {""} <= fields | columns, f"{form.form}: {origin}"
            assert {*said.tables.values(), said.each} - {""} <= tables, f"{form.form}: {origin}"
            bare = {name.rpartition(".")[2] for name in columns}
            assert set(said.columns.values()) - {""} <= bare, f"{form.form}: {origin}"


def test_the_forms_to_offer_are_those_that_name_the_old_one(forms: FormLibrary) -> None:
    old = forms.get("sc-proj")
    offered = {form.form for form in forms.all() if begins_from(form, old)}
    assert {"sc-proj", "sc-self", "mof-monitor", "adjust"} <= offered
    assert not {"gz-decl", "gz-self", "sc-dept"} & offered


# -- from one form to the next one of its year ----------------------------------------------------------


def test_sichuan_projects_become_a_self_evaluation_each_in_ten_thousands(forms: FormLibrary) -> None:
    old = sample(forms, "sc-proj/2023")
    made = CARRIER.carry(old, forms.get("sc-self"), stage="自评", year=2023)
    projects = old.rows("projects")
    assert [one.document.project_name for one in made] == [row.cells["name"] for row in projects]
    for carried, project in zip(made, projects, strict=True):
        new = carried.document
        yuan, wan = parse_number(project.cells["budget"]), parse_number(new.field("initial_fiscal"))
        assert yuan is not None
        assert wan == yuan / 10000
        kept = ("level1", "level2", "name", "operator", "value", "unit", "weight")
        assert cells(new, *kept) == [
            tuple(row.cells.get(name, "") for name in kept) for row in project.inner["indicators"]
        ]
        assert {carried.old.counted(one.place).split(".")[-1] for one in carried.left} == {
            "unit",
            "direction",
        }
    assert len({one.document.id for one in made}) == len(made)


def test_a_form_without_projects_begins_no_self_evaluation(forms: FormLibrary) -> None:
    with pytest.raises(RefusedError) as refused:
        CARRIER.carry(blank_document(forms.get("sc-proj")), forms.get("sc-self"), stage="自评", year=2023)
    assert refused.value.code == "carry.nothing-to-begin-from"


def test_the_approved_project_becomes_monitoring_then_self_evaluation(forms: FormLibrary) -> None:
    approved = sample(forms, "mof-proj/2015")
    year = approved.year or 0
    monitored = carry(approved, forms.get("mof-monitor"), year=year).document
    monitored.set_text(field_place("spent_fiscal"), "20.00")
    judged = carry(monitored, forms.get("mof-self"), year=year).document
    named = [one for one in cells(approved, "name", "value") if any(one)]
    assert [one for one in cells(monitored, "name", "value") if any(one)] == named
    assert [one for one in cells(judged, "name", "value") if any(one)] == named
    assert monitored.field("budget_fiscal") == approved.field("year_fiscal")
    assert judged.field("budget_fiscal") == approved.field("year_fiscal")
    assert judged.field("spent_fiscal") == ""


def test_an_adjustment_begins_with_the_approved_target_before_and_after(forms: FormLibrary) -> None:
    approved = sample(forms, "mof-proj/2015")
    new = carry(approved, forms.get("adjust"), year=approved.year or 0).document
    assert new.field("goal_before") == new.field("goal") == approved.field("goal")
    assert new.field("fiscal_before") == new.field("fiscal") == approved.field("year_fiscal")
    assert {row.cells.get("value_before") for row in new.rows("indicators")} == {
        row.cells.get("value") for row in new.rows("indicators")
    }


def test_a_declaration_becomes_a_self_evaluation_of_its_tasks(forms: FormLibrary) -> None:
    old = sample(forms, "gz-decl/2025")
    carried = carry(old, forms.get("gz-self"), year=2025)
    tasks = cells(carried.document, "name", "goal", "funds", table="tasks")
    assert tasks == cells(old, "name", "goal", "funds", table="tasks")
    assert carried.document.field("initial_income") == "3532.00"
    assert "carry.no-table" in {one.why.code for one in carried.left if one.place.table == "indicators"}


# -- what is told ---------------------------------------------------------------------------------------


def test_the_list_is_told_by_row_by_column_or_alone(messages: Messages) -> None:
    form = make_form("name value note", fields='extra = { label = "补充" }')
    old = document_of(
        form, {"name": "甲", "note": "同"}, {"name": "乙", "note": "同"}, {"note": "异"}, extra="一句话"
    )
    carried = carry(old, make_form("name value", form="other"))
    assert Telling(messages).left_lines(carried) == [
        "“补充”：“一句话”没有带入。新表没有这一栏。",
        "指标“note”有 3 处没有带入。新表没有这一列。“同”（第1、2行）“异”（第3行）",
    ]


def test_a_place_is_told_with_the_row_that_holds_it(forms: FormLibrary, messages: Messages) -> None:
    old = sample(forms, "sc-proj/2023")
    place = Place("projects.indicators", old.rows("projects")[1].inner["indicators"][2].id, "direction")
    assert Telling(messages).place(old, place) == "项目第2行绩效指标第3行“指标方向性”"

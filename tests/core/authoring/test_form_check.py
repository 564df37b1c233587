"""A kit author is told everything that is wrong with a definition, with place, line and reason, in one go."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.authoring.flaw import Flaw, Weight
from core.authoring.inspector import FormFolder, Inspector
from core.authoring.lines import LineFinder
from core.sheet.forms import FormLibrary
from core.sheet.messages import Messages

GOOD = """form = "demo"
edition = "2025"
title = "{year}年度目标表"
above = ["", "单位：万元"]
stages = ["申报"]
page = { columns = [10, 20, 20] }
money = { unit = "万元" }
about = { amount = "basic" }
checks = [
    { id = "AM-07", expect = "basic <= other", params = { a = "basic", b = "other" }, mark = ["basic"] },
]
[settings]
weight_total = 90
[aliases]
"基本支出" = ["基本经费"]
[fields]
basic = { label = "基本支出", kind = "money", required = true }
other = { label = "其他支出", kind = "money" }
total = { label = "合计", kind = "money", compute = "basic + other" }
goal = { label = "目标", kind = "text" }
[tables.tasks]
label = "任务"
[tables.tasks.columns]
name = { label = "任务名称", kind = "text" }
funds = { label = "任务资金", kind = "money" }
[[block]]
rows = [
    ["基本支出", "{basic}", "<"],
    ["其他支出", "{other}", "{total}"],
    ["目标", "{goal}", "<"],
    ["任务", "任务名称", "任务资金"],
    ["^", "{tasks.name}", "{tasks.funds}"],
]
"""
SAMPLE = """{"form": "demo", "edition": "2025", "stage": "申报", "year": 2025,
 "unit": {"name": "某镇", "code": ""},
 "values": {"basic": "1", "other": "2", "goal": "修路3公里"}, "rows": {"tasks": []}}"""


def look(
    inspector: Inspector, text: str = GOOD, sample: str | None = SAMPLE, name: str = "demo/2025"
) -> list[Flaw]:
    form, edition = name.split("/")
    data = None if sample is None else sample.encode()
    return inspector.inspect(FormFolder(form, edition, text.encode(), data))


def told(flaws: list[Flaw]) -> list[tuple[str, str]]:
    return [(one.place, one.error.code.partition(".")[2]) for one in flaws]


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def test_a_good_definition_has_no_flaw(inspector: Inspector) -> None:
    assert look(inspector) == []


def test_no_shipped_form_is_wrong(inspector: Inspector, forms: FormLibrary, resources: Path) -> None:
    for form, edition in forms.names():
        folder = resources / "forms" / form / edition
        sample = folder / "sample.json"
        flaws = inspector.inspect(
            FormFolder(
                form,
                edition,
                (folder / "form.toml").read_bytes(),
                sample.read_bytes() if sample.exists() else None,
            )
        )
        assert [one for one in told(flaws) if one[1] != "no-sample"] == told(
            [
                one
                for one in flaws
                if one.weight is Weight.DOUBTFUL and one.error.code != "authoring.no-sample"
            ]
        )


WRONG = [
    ("title =", "titel =", "titel", "definition-unknown-key"),
    ('kind = "text" }\n[tables', 'kind = "txt" }\n[tables', "fields.goal.kind", "definition-choice"),
    ('"{goal}"', '"{gaol}"', "block[1].rows[3]", "unknown-name-near"),
    ('"{goal}"', '"{nothing_like_it}"', "block[1].rows[3]", "unknown-name"),
    ('mark = ["basic"]', 'mark = ["basik"]', "checks[1]", "unknown-name-near"),
    ("basic <= other", "basic <= othr", "checks[1]", "unknown-name-near"),
    ("basic <= other", "basic = other", "checks[1]", "sum-equals"),
    ("basic + other", "basic ＋ other", "fields.total.compute", "sum-wide"),
    ("basic + other", "basic +", "fields.total.compute", "sum"),
    ('"{basic}", "<"]', '"{basic}"]', "block[1].rows[1]", "definition-row-length"),
    ('["基本支出", "{basic}", "<"]', '["<", "{basic}", "<"]', "block[1].rows[1]", "join-left"),
    ('["基本支出", "{basic}", "<"]', '["^", "{basic}", "<"]', "block[1].rows[1]", "join-up"),
    ('["目标", "{goal}", "<"]', '["目标", "{goal}", "^"]', "block[1].rows[2]", "not-a-flaw"),
    (
        '["其他支出", "{other}", "{total}"]',
        '["其他支出", "^", "{total}"]',
        "block[1].rows[1]",
        "no-rectangle",
    ),
    ('id = "AM-07"', 'id = "AM-77"', "checks[1]", "unknown-tie"),
    (', b = "other" }', " }", "checks[1]", "tie-figures"),
    ('mark = ["basic"]', 'mark = ["basic"], case = "expense"', "checks[1]", "tie-case"),
    ('expect = "basic <= other", ', "", "checks[1]", "tie-without-expect"),
    ("basic <= other", "1 <= 2", "checks[1]", "check-constant"),
    ("basic <= other", "basic + other", "checks[1]", "check-no-condition"),
    ("weight_total = 90", "weight_totl = 90", "settings.weight_totl", "unknown-setting"),
    ("weight_total = 90", 'weight_total = "90"', "settings.weight_total", "bad-setting"),
    ("weight_total = 90", 'off = ["IX-99"]', "settings.off", "unknown-check-id"),
    ('"基本支出" = ["基本经费"]', '"基本开支" = ["基本经费"]', "aliases.基本开支", "alias-of-nothing"),
    (
        'compute = "basic + other" }',
        'compute = "basic + other", required = true }',
        "fields.total",
        "required-computed",
    ),
    ('label = "任务"\n', 'label = "任务"\nlimit = 1\nblank = 3\n', "tables.tasks", "limit-too-low"),
    ('label = "任务"\n', 'label = "任务"\nrole = "indicator"\n', "tables.tasks", "unknown-role"),
    ('"单位：万元"', '"单位：元"', "above", "other-unit-around"),
    ('"基本支出", "{basic}"', '"基本支出（元）", "{basic}"', "block[1]", "other-unit"),
    ('about = { amount = "basic" }', 'about = { amount = "goal" }', "about.amount", "about-no-money"),
]


@pytest.mark.parametrize(("old", "new", "place", "code"), [one for one in WRONG if one[3] != "not-a-flaw"])
def test_a_mistake_is_wrong_and_told_with_its_place(
    old: str, new: str, place: str, code: str, inspector: Inspector
) -> None:
    flaws = look(inspector, changed(old, new))
    assert (place, code) in told([one for one in flaws if one.weight is Weight.WRONG])


DOUBTFUL = [
    ('"单位：万元"', '""', "money.unit", "no-unit"),
    ("{year}年度目标表", "目标表", "title", "no-year"),
    ("{year}年度目标表", "2025年度目标表", "title", "fixed-year"),
    ('["目标", "{goal}", "<"]', '["目标", "", "<"]', "block[1]", "label-beside-empty"),
    ('["目标", "{goal}", "<"]', '["目标", "{goal}", "其中"]', "block[1]", "label-without-cell"),
    ('["目标", "{goal}", "<"]', '["目标", "{basic}", "<"]', "fields.goal", "not-printed"),
    ('label = "目标", kind', 'label = "宗旨", kind', "fields.goal", "label-not-printed"),
    ('label = "其他支出", kind', 'label = "基本支出", kind', "fields", "same-label"),
    ('label = "任务资金"', 'label = "任务名称"', "tables.tasks", "same-label"),
    ('label = "任务"\n', "", "tables.tasks", "table-without-label"),
    ('label = "任务"\n', 'label = "任务"\nlimit = 1\nstart = [{ name = "甲" }]\n', "tables.tasks", "no-room"),
    ('"基本支出" = ["基本经费"]', '"基本支出" = ["其他支出"]', "aliases.基本支出", "alias-is-label"),
    (
        'label = "其他支出", kind = "money"',
        'label = "其他拨款", kind = "text"',
        "fields.other",
        "amount-as-text",
    ),
    ("basic <= other", "total == basic + other", "checks[1]", "check-never"),
    ("basic <= other", "basic > basic + 1", "checks[1]", "check-always"),
    (
        'expect = "basic <= other"',
        'expect = "basic <= other", when = "basic < basic"',
        "checks[1]",
        "check-when-never",
    ),
    ("weight_total = 90", 'off = ["IV-06"]', "settings.off", "check-not-here"),
    ("weight_total = 90", 'off = ["AM-07"]', "settings.off", "tied-and-off"),
    ("columns = [10, 20, 20]", "columns = [1, 40, 40]", "block[1]", "label-too-narrow"),
    ("columns = [10, 20, 20]", "columns = [40, 40, 2]", "block[1]", "amount-too-narrow"),
    ('about = { amount = "basic" }\n', "", "about", "about-amount"),
]


@pytest.mark.parametrize(("old", "new", "place", "code"), DOUBTFUL)
def test_what_may_be_meant_so_is_doubtful(
    old: str, new: str, place: str, code: str, inspector: Inspector
) -> None:
    flaws = look(inspector, changed(old, new))
    assert (place, code) in told([one for one in flaws if one.weight is Weight.DOUBTFUL])


def test_one_run_says_everything(inspector: Inspector) -> None:
    text = changed("weight_total = 90", "weight_totl = 90").replace("basic + other", "basic + othr")
    text = text.replace('kind = "text" }\n[tables', 'kind = "txt" }\n[tables').replace("{year}", "")
    text = text.replace('"{tasks.funds}"', '"{tasks.fund}"').replace("AM-07", "AM-77")
    assert {code for _, code in told(look(inspector, text, sample=None))} >= {
        "definition-choice",
        "unknown-setting",
        "unknown-name-near",
        "unknown-tie",
        "no-year",
        "no-sample",
    }


def test_one_cause_is_told_once(inspector: Inspector) -> None:
    assert told(look(inspector, changed("basic + other", "basic + othr"))) == [
        ("fields.total.compute", "unknown-name-near")
    ]


def test_a_label_printed_twice_before_cells_that_may_stay_empty_is_doubtful(inspector: Inspector) -> None:
    text = GOOD.replace("[10, 20, 20]", "[10, 20, 10, 20]").replace('"<"]', '"<", "<"]')
    text = text.replace('["其他支出", "{other}", "{total}"]', '["其他支出", "{other}", "其他支出", "{more}"]')
    text = text.replace('"任务名称", "任务资金"]', '"任务名称", "任务资金", "<"]')
    text = text.replace('"{tasks.funds}"]', '"{tasks.funds}", "<"]')
    text = text.replace("[fields]", '[fields]\nmore = { label = "上年其他支出", kind = "money" }')
    assert ("block[1].rows[2]", "label-twice") in told(look(inspector, text))


def test_the_folder_must_be_called_as_the_form_says(inspector: Inspector) -> None:
    assert told(look(inspector, name="demo/2026")) == [("form", "folder-name")]
    assert told(look(inspector, changed('"demo"', '"De mo"'), sample=None))[0] == ("form", "bad-name")


def test_other_bytes_under_the_name_of_a_shipped_form_are_wrong(
    inspector: Inspector, resources: Path
) -> None:
    data = (resources / "forms/gz-decl/2025/form.toml").read_bytes()
    flaws = inspector.inspect(FormFolder("gz-decl", "2025", data + b"\n# mine", None))
    assert ("edition", "name-taken") in told(flaws)


@pytest.mark.parametrize(
    ("sample", "code"),
    [
        (None, "no-sample"),
        ("{", "broken-json"),
        (SAMPLE.replace('"goal"', '"gaol"'), "unknown-field"),
        (SAMPLE.replace('"2025", "stage"', '"2024", "stage"'), "unknown-edition"),
        (SAMPLE.replace('"basic": "1", ', ""), "sample-errors"),
    ],
)
def test_the_sample_must_be_there_and_right(sample: str | None, code: str, inspector: Inspector) -> None:
    [flaw] = look(inspector, sample=sample)
    assert (flaw.file, flaw.error.code.partition(".")[2]) == ("sample.json", code)


def test_files_that_are_never_used_are_named(inspector: Inspector) -> None:
    folder = FormFolder("demo", "2025", GOOD.encode(), SAMPLE.encode(), ("form.toml.txt",))
    assert [one.file for one in inspector.inspect(folder)] == ["form.toml.txt"]


def test_what_a_draft_left_open_is_told_with_its_lines(inspector: Inspector) -> None:
    text = GOOD.replace('stages = ["申报"]', 'stages = ["申报"]  # 待定：阶段')
    [flaw] = look(inspector, text)
    assert (flaw.error.code, flaw.error.params["lines"]) == ("authoring.undecided", "5")


# --- lines ---


def test_every_place_is_told_with_its_line(inspector: Inspector) -> None:
    lines = GOOD.split("\n")
    for old, new, place, code in WRONG:
        if code in ("not-a-flaw", "definition-unknown-key") or "\n" in old:
            continue
        flaw = next(one for one in look(inspector, changed(old, new)) if told([one]) == [(place, code)])
        wanted = next(number for number, line in enumerate(lines, start=1) if old in line)
        if (
            place.startswith(("block[1].", "checks", "settings", "fields", "above"))
            and code != "no-rectangle"
        ):
            assert flaw.line == wanted, (place, code)


@pytest.mark.parametrize(
    "text", ["]", "a ]\nb = 1", "{ ]", "a = { ] }", "[[", "a = [", '"', "= = =", "[[[]]]", "a = [{,}"]
)
def test_looking_for_lines_ends_on_any_text(text: str) -> None:
    LineFinder(text).line("a.b[1]")


# --- no TOML ---


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (changed('"基本支出", "{basic}"', '"基本支出"，"{basic}"'), "toml-wide", 28),
        (changed('stages = ["申报"]', "stages = [“申报”]"), "toml-wide", 5),
        (changed("stages", 'title = "再来"\nstages'), "toml-twice", 5),
        (changed('edition = "2025"', 'edition = "2025'), "toml", 2),
        (GOOD.rstrip().removesuffix("]"), "toml-end", None),
    ],
)
def test_what_is_no_toml_is_told_in_words_a_clerk_understands(
    text: str, code: str, line: int | None, inspector: Inspector, messages: Messages
) -> None:
    [flaw] = look(inspector, text)
    assert (flaw.error.code, flaw.line) == (f"authoring.{code}", line)
    assert flaw.reason(messages)


def test_a_file_in_another_encoding_is_told_so(inspector: Inspector) -> None:
    [flaw] = inspector.inspect(FormFolder("demo", "2025", GOOD.encode("gb18030"), SAMPLE.encode()))
    assert flaw.error.code == "authoring.not-utf8"


def test_every_reason_is_a_sentence_without_codes(inspector: Inspector, messages: Messages) -> None:
    for old, new, *_ in (*WRONG, *DOUBTFUL):
        for flaw in look(inspector, changed(old, new)):
            reason = flaw.reason(messages)
            assert reason.endswith(("。", "？", "）")), reason
            assert not reason.startswith(flaw.place or " ")

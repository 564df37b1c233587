"""Published forms of other units, as facts with what a careful reviewer marked: read where they are at hand.

They are not ours to ship, so they count in no total; ``./dev bench accuracy --published`` tells of each what
was marked and found, marked and missed, and said beyond that (cells the source does not show left aside).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bench.accuracy.documents import RESOURCES, Clean, day_of
from bench.accuracy.judge import Judge
from core.check.finding import Finding, Severity
from core.sheet.document import ROOT, Document, Row
from core.sheet.document_file import read_document
from core.sheet.forms import FormLibrary
from core.sheet.places import field_place

CASES = RESOURCES.parents[1] / "shared" / "cases"
SEEDS = RESOURCES.parent / "tests" / "fixtures" / "published"
FORMS = {
    "SC-SELF": ("sc-self", "2023"),
    "MOF-S": ("mof-self", "2020"),
    "MOF-D": ("mof-proj", "2015"),
    "HUN": ("hun-proj", "2021"),
    "HUB": ("hub-proj", "2022"),
}
FIELDS = {
    "name": "project_name",
    "code": "project_code",
    "项目期": "duration",
    "中期财政拨款": "mid_fiscal",
    "中期其他资金": "mid_other",
    "年度财政拨款": "year_fiscal",
    "年度其他资金": "year_other",
    "执行率分值": "rate_weight",
    "执行率": "rate",
    "执行率得分": "rate_score",
    "预算执行率": "rate",
    "执行率权重": "rate_weight",
    "总分": "total_score",
    "合计": "total_score",
    "存在问题": "problems",
    "改进措施": "improvements",
}
LISTS = {
    "年度资金总额": ("initial_total", "budget_total", "spent_total"),
    "本年财政拨款": ("initial_fiscal", "budget_fiscal", "spent_fiscal"),
    "财政资金": ("initial_fiscal", "budget_fiscal", "spent_fiscal"),
    "财政专户管理资金": ("initial_account", "budget_account", "spent_account"),
    "单位资金": ("initial_own", "budget_own", "spent_own"),
}
INSTEAD = {"年初预算": "initial_fiscal", "调整后预算数": "budget_fiscal", "预算执行数": "spent_fiscal"}
"""Where a source shows the totals only, they stand for the one source of money."""
OF_FORM = {
    "MOF-D": {"财政拨款": "year_fiscal", "其他资金": "year_other", "年度资金总额": "year_total"},
    "HUN": {"财政拨款": "fiscal", "自有资金": "own", "其他": "other"},
    "MOF-S": {},
}
COLUMNS = {
    "level1": "level1",
    "level2": "level2",
    "level3": "name",
    "sign": "operator",
    "value_raw": "value",
    "unit": "unit",
    "weight": "weight",
    "actual_raw": "actual",
    "score": "score",
    "reason": "reason",
}


class Case(NamedTuple):
    """A published form, the checks a reviewer marked in it, and whether the source shows all of it."""

    clean: Clean
    marked: frozenset[str]
    whole: bool = True


def cases(forms: FormLibrary) -> Iterator[Case]:
    """Give the published forms there are: our fixtures, and the cases beside the project."""
    for file in sorted(SEEDS.glob("*.json")):
        document = read_document(file.read_bytes(), forms)
        yield Case(Clean(file.stem, document, today=day_of(document)), frozenset())
    for file in sorted(CASES.glob("*.json")) if CASES.is_dir() else ():
        body = json.loads(file.read_text(encoding="utf-8"))
        if body["form_family"] not in FORMS:
            continue
        marked = frozenset(one["rule"] for one in body["expected"]["anomalies"])
        for number, project in enumerate(body.get("projects", []), start=1):
            document = _document(body, project, forms)
            name = f"{file.stem}-{number}"
            yield Case(Clean(name, document, today=day_of(document)), marked, bool(body["complete"]))


def _document(body: Mapping[str, Any], project: Mapping[str, Any], forms: FormLibrary) -> Document:
    family = body["form_family"]
    form = forms.get(*FORMS[family])
    document = Document(form, year=body["year"], unit_name=body["unit"]["name"])
    named = {**FIELDS, **OF_FORM.get(family, {})}
    for key, value in project.items():
        names: Sequence[str] = (
            LISTS[key] if isinstance(value, list) and key in LISTS else (named.get(key, ""),)
        )
        texts = value if isinstance(value, list) else [value]
        if key in INSTEAD and not project.get("财政资金"):
            names = (INSTEAD[key],)
        for name, text in zip(names, texts, strict=False):
            if name in form.fields and isinstance(text, str):
                document.set_text(field_place(name), text)
    for index, told in enumerate(project.get("indicators", [])):
        cells = {COLUMNS[key]: text for key, text in told.items() if key in COLUMNS and text}
        columns = form.tables["indicators"].columns
        row = Row(f"r{index}", {name: text for name, text in cells.items() if name in columns})
        document.insert_row("indicators", ROOT, index, row)
    for index, (name, last, this) in enumerate(project.get("支出明细", [])):
        cells = {"name": name, "last_year": last, "this_year": this}
        document.insert_row("details", ROOT, index, Row(f"d{index}", cells))
    return document


def tell(judge: Judge, forms: FormLibrary) -> None:
    """Print of each published form what was marked and found, marked and missed, and said beyond that."""
    errors = warnings = count = 0
    for case in cases(forms):
        found = judge.findings(case.clean)
        said = {one.check for one in found}
        shown = [one for one in found if not one.missing and not one.waiting]
        beyond = [one for one in shown if one.check not in case.marked and one.severity is not Severity.HINT]
        errors += sum(one.severity is Severity.ERROR for one in beyond)
        warnings += sum(one.severity is Severity.WARNING for one in beyond)
        count += 1
        excerpt = "" if case.whole else " (an excerpt)"
        print(f"\n{case.clean.name}{excerpt}")
        print(f"  marked and found {_list(case.marked & said)}; marked and not {_list(case.marked - said)}")
        for one in beyond:
            print(f"  {_line(one)}")
    print(f"\n{count} published forms: beyond what was marked {errors} errors, {warnings} warnings")


def _list(checks: frozenset[str]) -> str:
    return " ".join(sorted(checks)) or "–"


def _line(finding: Finding) -> str:
    return f"{finding.check} {finding.severity:7} {finding.message}"

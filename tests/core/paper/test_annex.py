"""The annex of explanations: what was answered is printed behind the sheet, and only what still fits."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from core.check.checker import read_checker
from core.check.context import read_context
from core.check.explaining import explain
from core.check.finding import Finding
from core.check.judged import Judged
from core.paper.annex import annex_of
from core.paper.fonts import Fonts
from core.paper.layout import lay_out
from core.paper.pdf import Sheet, print_pdf
from core.sheet.document import Document
from core.sheet.document_file import read_document
from core.sheet.forms import FormLibrary
from core.sheet.messages import Messages
from core.sheet.places import field_place

ANSWER = "本年度另有上级专项未列入收入，批文附后。"

Judge = Callable[[Document], Judged]


@pytest.fixture
def judge(resources: Path) -> Judge:
    checker = read_checker(resources)
    context = read_context(resources, datetime.date(2026, 9, 1))
    return lambda document: Judged(document, checker.judge(document, context))


@pytest.fixture
def unbalanced(resources: Path, forms: FormLibrary) -> Document:
    """A declaration whose two sides differ."""
    sample = resources / "forms" / "gz-decl" / "2025" / "sample.json"
    document = read_document(sample.read_bytes(), forms)
    document.set_text(field_place("fiscal_income"), "9999.00")
    return document


def finding_of(judged: Judged, check: str) -> Finding:
    return next(one for one in judged.findings if one.check == check)


def answered(document: Document, judge: Judge, text: str = ANSWER) -> Judged:
    explain(finding_of(judge(document), "AM-01"), document, text).apply(document)
    return judge(document)


def pages_of(judged: Judged, fonts: Fonts, messages: Messages) -> list[str]:
    printed = print_pdf([Sheet(judged.document, annex=annex_of(judged))], fonts, messages)
    return ["".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(printed.data)).pages]


def test_an_answered_error_stands_with_its_answer_on_a_page_behind_the_sheet(
    unbalanced: Document, judge: Judge, fonts: Fonts, messages: Messages
) -> None:
    bare = len(pages_of(judge(unbalanced), fonts, messages))
    judged = answered(unbalanced, judge)
    pages = pages_of(judged, fonts, messages)
    assert len(pages) == bare + 1
    assert "自动检查情况说明（附页）" in pages[-1]
    assert "必须修改" in pages[-1]
    assert finding_of(judged, "AM-01").message in pages[-1]
    assert ANSWER in pages[-1]
    assert f"第{bare + 1}页共{bare + 1}页" in pages[-1]


def test_an_answer_to_what_the_check_no_longer_says_is_not_printed(
    unbalanced: Document, judge: Judge
) -> None:
    answered(unbalanced, judge)
    unbalanced.set_text(field_place("fiscal_income"), "8888.00")
    assert annex_of(judge(unbalanced)) == ()


def test_a_sheet_without_explanations_has_no_page_behind_it(
    unbalanced: Document, judge: Judge, fonts: Fonts, messages: Messages
) -> None:
    assert not any("附页" in page for page in pages_of(judge(unbalanced), fonts, messages))


def test_the_annex_carries_the_check_code_of_the_sheet(
    unbalanced: Document, judge: Judge, fonts: Fonts, messages: Messages
) -> None:
    judged = answered(unbalanced, judge)
    laid = lay_out(unbalanced, fonts, messages, annex=annex_of(judged))
    assert any(laid.code in line for box in laid.pages[-1].boxes for line in box.lines)


def test_a_long_answer_goes_on_over_as_many_pages_as_it_needs_and_loses_nothing(
    unbalanced: Document, judge: Judge, fonts: Fonts, messages: Messages
) -> None:
    text = "".join(f"第{number}笔追加资金已有批复。" for number in range(1, 400))
    judged = answered(unbalanced, judge, text)
    laid = lay_out(unbalanced, fonts, messages, annex=annex_of(judged))
    boxes = [
        box for page in laid.pages for box in page.boxes if box.border and "笔追加" in "".join(box.lines)
    ]
    assert len(boxes) > 1
    assert "".join(line for box in boxes for line in box.lines) == text


def test_a_character_no_font_has_is_told_of_the_annex_too(
    unbalanced: Document, judge: Judge, fonts: Fonts, messages: Messages
) -> None:
    judged = answered(unbalanced, judge, "批文由𱅒同志保管。")
    laid = lay_out(unbalanced, fonts, messages, annex=annex_of(judged))
    assert [one.character for one in laid.missing] == ["𱅒"]

"""列出全部检查规则，或显示一条规则的说明：查什么、为什么、怎样填、怎么办、依据。"""

from __future__ import annotations

import argparse
import json
from typing import Any

from core.check.binding import Binding
from core.check.checker import read_checker
from core.check.reference import Page, Reference, read_reference
from core.check.reference_markdown import markdown
from core.check.settings import Settings
from core.command.judging import add_settings, read_kit
from core.command.workbench import Workbench
from core.sheet.errors import RefusedError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("words", nargs="*", help="规则编号（如 WT-01），或要找的词")
    parser.add_argument("--form", help="按哪个表样的规定来说")
    parser.add_argument("--edition", help="表样的版本（默认最新）")
    add_settings(parser)
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--markdown", action="store_true", help="输出 Markdown（docs/checks.md）")


def run(given: argparse.Namespace, bench: Workbench) -> int:
    """Print what was asked for: the list, the pages with some words, one page, or all as a document."""
    checker = read_checker(bench.resources)
    settings = Settings(kit=read_kit(given.settings, checker, bench))
    reference = read_reference(bench.resources, checker, bench.forms, settings)
    if given.markdown:
        bench.tell(markdown(reference, bench.messages))
        return 0
    binding = None
    if given.form:
        binding = checker.binding(bench.forms.get(given.form, given.edition), settings)
    pages = _wanted(given.words, reference, binding)
    if given.json:
        bench.tell(json.dumps([_body(page) for page in pages], ensure_ascii=False, indent=1))
    elif len(pages) == 1:
        bench.tell("\n".join(_lines(pages[0])))
    else:
        for page in pages:
            line = {"check": page.check, "grave": page.grave, "title": page.title}
            bench.tell(bench.messages.say("reference.list-line", **line))
    return 0


def _wanted(words: list[str], reference: Reference, binding: Binding | None) -> list[Page]:
    """The page of an id, else those with all the words; raises RefusedError when there is none."""
    if len(words) == 1:
        try:
            return [reference.page(words[0].upper(), binding)]
        except KeyError:
            pass
    asked = " ".join(words)
    found = [reference.page(page.check, binding) for page in reference.search(asked)]
    if not found:
        raise RefusedError("reference.unknown", words=asked[:40])
    return found


def _body(page: Page) -> dict[str, Any]:
    sections = [{"heading": one.heading, "lines": list(one.lines)} for one in page.sections]
    return {
        "check": page.check,
        "title": page.title,
        "family": page.family,
        "severity": page.grave,
        "sections": sections,
    }


def _lines(page: Page) -> list[str]:
    lines = [f"{page.check}  {page.title}", page.grave]
    for section in page.sections:
        lines += ["", section.heading, *(f"  {line}" for line in section.lines)]
    return lines

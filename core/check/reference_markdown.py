"""All reference pages as one Markdown text: docs/checks.md, for clerks and bureaus."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.check.finding import Severity
from core.check.reference import Page, Reference, Section
from core.sheet.messages import Messages

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def markdown(reference: Reference, messages: Messages) -> str:
    """Give the whole document: an index by family, then every page under an anchor of its id."""
    return "\n".join((*_opening(reference, messages), *_body(reference)))


def _opening(reference: Reference, messages: Messages) -> Iterator[str]:
    say = messages.say
    yield f"# {say('reference.doc-title')}\n"
    yield f"{say('reference.doc-intro')}\n"
    yield f"{say('reference.doc-grave')}\n"
    for one in Severity:
        name, way = say(f"reference.{one.value}"), say(f"reference.way-{one.value}")
        yield f"- {say('reference.doc-grave-line', name=name, way=way)}"
    yield f"\n{say('reference.doc-settings')}\n"
    yield f"{say('reference.doc-made')}\n"
    for family, pages in _by_family(reference):
        yield f"## {say('reference.doc-count', name=family, count=len(pages))}\n"
        yield from (f"- [{one.check} {_plain(one.title)}](#{_anchor(one)})" for one in pages)
        yield ""


def _body(reference: Reference) -> Iterator[str]:
    for family, pages in _by_family(reference):
        yield f"# {family}\n"
        for page in pages:
            yield f'<a id="{_anchor(page)}"></a>\n'
            yield f"## {page.check} {_plain(page.title)}\n"
            yield f"**{page.grave}**\n"
            for section in page.sections:
                if section.name != "way":  # said once, at the top
                    yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    if section.name == "why":
        yield from (f"{_plain(line)}\n" for line in section.lines)
        return
    yield f"{section.heading}：\n"
    yield from (f"- {_plain(line)}" for line in section.lines)
    yield ""


def _by_family(reference: Reference) -> list[tuple[str, list[Page]]]:
    found: dict[str, list[Page]] = {}
    for page in reference.pages():
        found.setdefault(page.family, []).append(page)
    return list(found.items())


def _anchor(page: Page) -> str:
    return page.check.lower()


def _plain(text: str) -> str:
    """A text with the signs escaped that Markdown gives a meaning."""
    return _SPECIAL.sub(r"\\\1", text)

"""The annex of explanations (情况说明附页): what the checks said, and what the unit answers (ruling 8).

Only answers that still fit are printed; one whose check says something else by now is asked again instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.check.judged import Judged
from core.paper.around import Around
from core.paper.fonts import Fonts
from core.paper.pages import Page, Pager
from core.paper.setup import PaperSetup
from core.paper.text_table import text_table
from core.sheet.messages import Messages

_RATIOS = (6, 12, 56, 66)
_HEADS = ("number", "sort", "finding", "text")
_ALIGNS = ("center", "center", "left", "left")


@dataclass(frozen=True, slots=True)
class Annexed:
    """One answered finding: how grave it is (``error`` or ``warning``), what it says, the answer."""

    severity: str
    finding: str
    text: str


def annex_of(judged: Judged) -> tuple[Annexed, ...]:
    """Give what the annex of a document states: every answered finding, errors first."""
    return tuple(
        Annexed(finding.severity.value, finding.message, explanation.text)
        for finding, explanation in judged.answered
    )


def annex_pages(
    annexed: Sequence[Annexed],
    title: str,
    above: Sequence[str],
    paper: PaperSetup,
    around: Around,
    fonts: Fonts,
    messages: Messages,
) -> list[Page]:
    """Give the pages of the annex, without their feet; no page where nothing was answered."""
    if not annexed:
        return []
    pager = Pager(paper, _RATIOS, border=True)
    heading = messages.say("paper.annex-title")
    count = messages.say("paper.annex-count", title=title, count=len(annexed))
    for flow in (*around.title(heading), *around.above([*above, count])):
        pager.put(flow)
    rows = [[messages.say(f"paper.annex-{name}") for name in _HEADS]]
    for number, one in enumerate(annexed, start=1):
        rows.append([str(number), messages.say(f"paper.annex-{one.severity}"), one.finding, one.text])
    pager.put_table(text_table(rows, _RATIOS, _ALIGNS, paper, fonts), 0.0)
    return pager.pages

"""Documents on their way to paper, Excel and packages: judged before, made beside the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.check.judged import Judged
from ui.tools import Tools

if TYPE_CHECKING:
    from core.handover.package import Package
    from core.handover.submission import Scope
    from core.paper.pdf import Printed, Sheet
    from ui.tasks import Progress


def _sheet(judged: Judged, tools: Tools) -> Sheet:
    """Explanations follow on an annex unless the person wants none."""
    from core.paper.pdf import sheet_of

    return sheet_of(judged, tools.figures_of(judged.document), annex=tools.annex)


def print_pdf_of(all_judged: Sequence[Judged], tools: Tools) -> Printed:
    """Print documents into one PDF; for a thread beside the window."""
    from core.paper.pdf import print_pdf

    return print_pdf([_sheet(one, tools) for one in all_judged], tools.fonts(), tools.messages)


@dataclass(frozen=True)
class Wish:
    """What the sender states about a package: round (轮次), scope, version."""

    round: str
    scope: Scope
    version: int


def package_of(all_judged: Sequence[Judged], wish: Wish, tools: Tools, progress: Progress) -> Package:
    """Build the package of documents; for a thread beside the window. Raises RefusedError."""
    from core.check.choosing import picks_in_effect
    from core.handover.package import Enclosure, Sending, build_package
    from core.paper.pdf import print_pdf
    from core.paper.xlsx import xlsx_bytes
    from ui.tools import PROGRAM

    enclosures = []
    for number, one in enumerate(all_judged):
        progress.at(number, len(all_judged) + 1)
        sheet = _sheet(one, tools)
        book = xlsx_bytes(one.document, tools.fonts(), tools.messages, sheet.computation)
        pdf = print_pdf([sheet], tools.fonts(), tools.messages).data
        enclosures.append(Enclosure(one.document, pdf, book))
    progress.at(len(all_judged), len(all_judged) + 1)
    errors = sum(len(one.errors) for one in all_judged)
    unexplained = sum(len(one.unexplained) for one in all_judged)
    sending = Sending(
        date=tools.today().isoformat(),
        software=PROGRAM,
        errors=errors,
        explained=errors - unexplained,
        round=wish.round,
        scope=wish.scope,
        version=wish.version,
        choices=picks_in_effect(tools.binding_of(one.document) for one in all_judged),
    )
    return build_package(enclosures, sending)

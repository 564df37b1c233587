"""把一个单位、一个年度、一个阶段的报表打成上报文件，写到文件夹或U盘，并读回核对。"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from core.check.judged import Judged
from core.command.files import read_with_picks
from core.command.judging import Judge, add_settings
from core.command.pdf_command import printed
from core.command.workbench import Workbench
from core.handover.deliver import Delivery, deliver
from core.handover.package import Enclosure, Package, Sending, build_package


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="报表文件")
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="写到哪个文件夹")
    add_settings(parser)
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(given: argparse.Namespace, bench: Workbench) -> int:
    """Write the package; 1 when it was written but the data has errors, 2 when it was not written."""
    read, picks = read_with_picks(given.files, bench)
    judge = Judge(bench, settings=given.settings, picks=picks)
    judged = judge.judge(dict(read))
    package = packed(judged, bench, judge)
    delivery = deliver(package, given.to)
    errors = sum(len(one.errors) for one in judged.values())
    if given.json:
        bench.tell(json.dumps(_record(package, delivery, errors, bench), ensure_ascii=False, indent=1))
    elif delivery.delivered:
        bench.tell(delivery.sentence(bench.messages))
        bench.say("pack-code", code=package.code)
        if errors:
            bench.say("pack-errors", errors=errors)
    if not delivery.delivered:
        print(delivery.sentence(bench.messages), file=bench.err)
        return 2
    return 1 if errors else 0


def packed(judged: Mapping[str, Judged], bench: Workbench, judge: Judge) -> Package:
    """Build the package of documents that ``judge`` judged together, with its figures and picks."""
    from core.paper.xlsx import xlsx_bytes

    enclosures = []
    for one in judged.values():
        sheet = xlsx_bytes(one.document, bench.fonts, bench.messages, judge.figures(one.document))
        enclosures.append(Enclosure(one.document, printed([one], bench, judge)[0], sheet))
    sending = Sending(
        date=bench.today().isoformat(),
        software=bench.software,
        errors=sum(len(one.errors) for one in judged.values()),
        explained=sum(len(one.explained) for one in judged.values()),
        choices=judge.choices(one.document for one in judged.values()),
    )
    return build_package(enclosures, sending)


def _record(package: Package, delivery: Delivery, errors: int, bench: Workbench) -> dict[str, object]:
    return {
        "file": str(delivery.path) if delivery.path else None,
        "state": delivery.outcome.value,
        "code": package.code,
        "errors": errors,
        "reason": delivery.sentence(bench.messages),
    }

"""自动检查报表，列出全部问题。"""

from __future__ import annotations

import argparse
import datetime
import json
from pathlib import Path

from core.check.finding import Finding, Severity, findings_json
from core.check.judged import Judged
from core.command.files import read_documents, read_with_picks
from core.command.judging import Judge, add_settings
from core.command.library_command import library_for
from core.command.workbench import Workbench
from core.sheet.document import Document
from core.sheet.errors import RefusedError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="报表文件或上报文件")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    add_settings(parser)
    parser.add_argument("--library", type=Path, action="append", default=[], help="本地指标库文件")
    parser.add_argument("--today", help="当作今天的日期，如 2025-01-31")
    parser.add_argument(
        "--with",
        dest="others",
        type=Path,
        action="append",
        default=[],
        help="只用来对照的报表：批复、申报、监控、上年……",
    )


def run(given: argparse.Namespace, bench: Workbench) -> int:
    """Print the findings; 1 when there is an error among them."""
    read, picks = read_with_picks(given.files, bench)
    documents = dict(read)
    others = dict(read_documents(given.others, bench))
    own = library_for(bench.resources, given.library, given.data) if given.library or given.data else None
    judge = Judge(bench, settings=given.settings, today=date_of(given.today), library=own, picks=picks)
    judged = judge.judge(documents, others)
    if given.json:
        body = {file: findings_json(one.findings, one.document) for file, one in judged.items()}
        bench.tell(json.dumps(body, ensure_ascii=False, indent=1))
    else:
        for file, one in judged.items():
            tell_findings(file, one, bench)
    return 1 if any(one.errors for one in judged.values()) else 0


def date_of(text: str | None) -> datetime.date | None:
    """Read a date written 2025-01-31; raises RefusedError when it is none."""
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise RefusedError("command.bad-date", text=text[:40]) from error


def tell_findings(file: str, judged: Judged, bench: Workbench) -> None:
    """Print one document's findings for people, gravest first."""
    count = {severity: sum(one.severity is severity for one in judged.findings) for severity in Severity}
    bench.say("findings-of", file=file, **{severity.value: count[severity] for severity in Severity})
    for one in judged.findings:
        bench.tell(_line(one, judged.document, bench))


def _line(finding: Finding, document: Document, bench: Workbench) -> str:
    mark = bench.messages.say(f"command.severity-{finding.severity.value}")
    place = document.counted(finding.places[0])
    told = bench.messages.say(
        "command.finding", mark=mark, message=finding.message, place=place, check=finding.check
    )
    if finding.elsewhere:
        told += "\n" + bench.messages.say("command.elsewhere", places="、".join(finding.elsewhere))
    if finding.fix is None:
        return told
    return told + "\n" + bench.messages.say("command.fix", say=finding.fix.say)

"""核对上报文件是否完整、有没有被改动。"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from core.command.workbench import Workbench
from core.handover.opening import verify
from core.handover.state import State


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("packages", nargs="+", type=Path, metavar="PACKAGE", help="上报文件")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(given: argparse.Namespace, bench: Workbench) -> int:
    """Verify packages; 1 when one is damaged or not whole, 2 when there is no such file."""
    found = [verify(path, bench.forms) for path in given.packages]
    if given.json:
        bench.tell(json.dumps([one.record(bench.messages) for one in found], ensure_ascii=False, indent=1))
    for one in found:
        told = bench.messages.say("command.not-verified", file=one.file, reason=one.reason(bench.messages))
        if one.state is State.NO_FILE:
            print(told, file=bench.err)
        elif given.json:
            continue
        elif one.package and one.state is State.COMPLETE:
            bench.say("verified", file=one.file, code=one.package.code, errors=one.package.errors)
        else:
            bench.tell(told)
    if any(one.state is State.NO_FILE for one in found):
        return 2
    return 0 if all(one.state is State.COMPLETE for one in found) else 1

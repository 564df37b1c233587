"""列出本程序认识的表样和版本。"""

from __future__ import annotations

import argparse
import json

from core.command.workbench import Workbench


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(given: argparse.Namespace, bench: Workbench) -> int:
    """List the forms and editions."""
    forms = [
        {"form": form.form, "edition": form.edition, "title": form.title, "stages": list(form.stages)}
        for form in bench.forms.all()
    ]
    if given.json:
        bench.tell(json.dumps(forms, ensure_ascii=False, indent=1))
        return 0
    for form in forms:
        bench.tell(f"{form['form']}  {form['edition']}  {form['title']}（{'、'.join(form['stages'])}）")
    return 0

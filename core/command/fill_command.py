"""把报表填进财政部门或业务系统的空白 Excel 表；没有写进去的、换了写法的，逐条列出。"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.command.files import numbered, read_bytes, read_with_picks, write_whole
from core.command.judging import Judge, add_settings
from core.command.workbench import Workbench
from core.sheet.definition import Form
from core.sheet.document import Document
from core.sheet.errors import RefusedError
from core.sheet.places import FACTS

if TYPE_CHECKING:
    from core.fill.drafting import Draft, Open
    from core.fill.mapping import Map
    from core.fill.result import Filled
    from core.fill.telling import Telling

Named = list[tuple[str, Document]]
"""Documents with the names they are told by."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="报表文件或上报文件")
    parser.add_argument("--template", type=Path, required=True, metavar="BLANK.xlsx", help="空表（xlsx）")
    parser.add_argument("--map", type=Path, metavar="MAP.toml", help="填表对照（默认按空表的文字起草）")
    parser.add_argument("--draft-map", type=Path, metavar="MAP.toml", help="只起草填表对照，写到这个文件")
    add_settings(parser)
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("-o", "--output", type=Path, metavar="OUT.xlsx", help="写到哪个 xlsx 文件")


def run(given: argparse.Namespace, bench: Workbench) -> int:
    """Fill the template; exit 1 when something that has a cell there did not fit."""
    from core.fill.filler import Tools, documents_for, fill
    from core.intake.read import MAX_BYTES
    from core.sheet.values import ValueGrammar

    documents, picks = read_with_picks(given.files, bench)
    if given.output is None and given.draft_map is None:
        raise RefusedError("command.fill-output")
    _refuse_overwriting(given)
    judge = Judge(bench, settings=given.settings, picks=picks)
    try:
        data = read_bytes(given.template, MAX_BYTES)
        if given.draft_map:
            return _write_draft(given, data, documents, bench)
        made, opens = _map(given, data, documents, bench)
        tools = Tools(ValueGrammar(bench.resources / "values.toml"), bench.levels, judge.figures)
        texts = [document for _, document in documents]
        copies = [fill(data, made, some, tools) for some in documents_for(made, texts)]
    except RefusedError as error:
        raise RefusedError("command.file", file=str(given.template), details=[error]) from error
    if not any(copy.count for copy in copies):
        raise RefusedError("command.fill-nothing", file=str(given.template))
    written = list(zip(numbered(given.output, len(copies)), copies, strict=True))
    for path, copy in written:
        write_whole(path, copy.data)
    names = {id(document): name for name, document in documents}
    if given.json:
        files = [_record(path, copy, names, bench) for path, copy in written]
        body = {"files": files, "open": [_open_record(one, bench) for one in opens]}
        bench.tell(json.dumps(body, ensure_ascii=False, indent=1))
    else:
        _tell_opens(opens, bench)
        for path, copy in written:
            _tell(path, copy, names, bench)
    return 1 if any(copy.misfits for copy in copies) else 0


def _refuse_overwriting(given: argparse.Namespace) -> None:
    read = {path.resolve() for path in (*given.files, given.template, given.map) if path}
    for target in (given.output, given.draft_map):
        if target and target.resolve() in read:
            raise RefusedError("command.fill-same-file", file=str(target))
    if given.draft_map and given.draft_map.exists():
        raise RefusedError("command.fill-map-exists", file=str(given.draft_map))


# -- the map ------------------------------------------------------------------------------------------


def _map(
    given: argparse.Namespace, data: bytes, documents: Named, bench: Workbench
) -> tuple[Map, tuple[Open, ...]]:
    """Give the map named, or the one drafted when nothing about it is left to decide."""
    from core.fill.map_file import MAX_BYTES, parse_map

    if given.map:
        return parse_map(read_bytes(given.map, MAX_BYTES), str(given.map)), ()
    draft, _ = _draft(data, documents, bench)
    required = [one for one in draft.opens if one.required]
    if required:
        details = [
            RefusedError("fill.undecided-at", where=one.where, what=_said(one, bench)) for one in required
        ]
        files = " ".join(map(str, given.files))
        told = {"file": str(given.template), "files": files, "count": len(required)}
        raise RefusedError("fill.undecided", details=details, **told)
    return draft.map, draft.opens


def _draft(data: bytes, documents: Named, bench: Workbench) -> tuple[Draft, Form]:
    from core.authoring.words import DraftWords
    from core.fill.draft import MapDrafter
    from core.fill.labels import HeaderWords

    forms = {(one.form.form, one.form.edition): one.form for _, one in documents}
    if len(forms) > 1:
        raise RefusedError("command.fill-several-forms", forms="、".join(" ".join(one) for one in forms))
    (form,) = forms.values()
    words = HeaderWords(DraftWords(bench.resources / "drafting.toml"))
    facts = {name: bench.messages.say(f"sheet.fact-{name.replace('.', '-')}") for name in FACTS}
    return MapDrafter(words, bench.levels, facts).draft(data, form), form


def _write_draft(given: argparse.Namespace, data: bytes, documents: Named, bench: Workbench) -> int:
    from core.fill.map_text import map_text

    draft, form = _draft(data, documents, bench)
    text = map_text(draft, form, given.template.name, bench.messages)
    write_whole(given.draft_map, text.encode("utf-8"))
    if given.json:
        body = {"file": str(given.draft_map), "open": [_open_record(one, bench) for one in draft.opens]}
        bench.tell(json.dumps(body, ensure_ascii=False, indent=1))
        return 0
    bench.say("fill-drafted", file=given.draft_map)
    _tell_opens(draft.opens, bench)
    return 0


# -- telling ------------------------------------------------------------------------------------------


def _said(one: Open, bench: Workbench) -> str:
    return bench.messages.say(one.what.code, **one.what.params)


def _open_record(one: Open, bench: Workbench) -> dict[str, Any]:
    return {"where": one.where, "code": one.what.code, "what": _said(one, bench), "required": one.required}


def _tell_opens(opens: tuple[Open, ...], bench: Workbench) -> None:
    if not opens:
        return
    bench.say("fill-opens", count=len(opens))
    for one in sorted(opens, key=lambda one: not one.required):
        mark = bench.messages.say("command.fill-required" if one.required else "command.fill-look")
        bench.say("fill-open", mark=mark, where=one.where, what=_said(one, bench))


def _tell(path: Path, copy: Filled, names: dict[int, str], bench: Workbench) -> None:
    telling = _telling(copy, names, bench)
    bench.say("filled", file=path, count=copy.count)
    bench.say("fill-left", count=len(copy.left))
    for line in telling.left_lines(copy):
        bench.tell(f"  {line}")
    bench.say("fill-changed", count=len(copy.changed))
    for line in (*telling.changed_lines(copy), *telling.note_lines(copy)):
        bench.tell(f"  {line}")


def _telling(copy: Filled, names: dict[int, str], bench: Workbench) -> Telling:
    from core.fill.telling import Telling

    return Telling(bench.messages, [names[id(document)] for document in copy.documents])


def _record(path: Path, copy: Filled, names: dict[int, str], bench: Workbench) -> dict[str, Any]:
    telling = _telling(copy, names, bench)

    def place(number: int, one: Any) -> dict[str, str]:
        document = copy.documents[number]
        return {
            "file": names[id(document)],
            "place": document.counted(one.place),
            "label": telling.place(document, one.place),
            "where": one.where,
        }

    return {
        "file": str(path),
        "documents": [names[id(document)] for document in copy.documents],
        "count": copy.count,
        "left": [
            {
                **place(one.document, one),
                "text": one.text,
                "code": one.why.code,
                "reason": telling.say(one.why),
            }
            for one in copy.left
        ],
        "changed": [
            {
                **place(one.document, one),
                "read": one.read,
                "written": one.written,
                "code": one.how.code,
                "how": telling.say(one.how),
            }
            for one in copy.changed
        ],
        "notes": [
            {"where": one.where, "code": one.what.code, "what": telling.say(one.what)} for one in copy.notes
        ],
    }

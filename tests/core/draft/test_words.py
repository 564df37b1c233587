"""Every refusal and remark of the store has its sentence, and no sentence is without its use."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from pathlib import Path

from core.draft.folder import DataFolder
from core.draft.trouble import _BY_SQLITE, _BY_SYSTEM
from core.sheet.messages import Messages

PROJECT = Path(__file__).parents[3]
CODE = re.compile(r'"(draft\.[a-z-]+)"')


def used() -> set[str]:
    sources = (PROJECT / "core" / "draft").glob("*.py")
    return {code for path in sources for code in CODE.findall(path.read_text("utf-8"))}


def sentences() -> dict[str, str]:
    return tomllib.loads((PROJECT / "resources" / "messages" / "draft.toml").read_text("utf-8"))


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    assert used() == {f"draft.{name}" for name in sentences()}


def test_every_sentence_gets_what_it_names() -> None:
    told = 0
    for path in (PROJECT / "core" / "draft").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                area, _, name = str(node.args[0].value).partition(".")
                if area == "draft" and ast.unparse(node.func) == "RefusedError":
                    given = {keyword.arg for keyword in node.keywords}
                    assert places(sentences()[name]) <= given, f"{path.name}:{node.lineno}"
                    told += 1
    assert told > 15


def places(sentence: str) -> set[str]:
    return {place for _, place, *_ in string.Formatter().parse(sentence) if place}


def test_what_the_disk_says_needs_nothing_but_the_folder(messages: Messages) -> None:
    folder = str(DataFolder(Path("数据")).path)
    for code in {*_BY_SQLITE.values(), *_BY_SYSTEM.values()}:
        assert messages.say(code, folder=folder).strip()


def test_sentences_are_plain_chinese_that_say_the_way_out() -> None:
    for name, sentence in sentences().items():
        assert not re.search(r"[!！]", sentence), name
        bare = "".join(text for text, *_ in string.Formatter().parse(sentence))
        assert not re.search(r"[A-Za-z]", bare.replace("U盘", "")), name
        assert "。" in sentence, name

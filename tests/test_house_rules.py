"""The rules of the house that a reader of one file cannot see: who may use whom, how long, which words."""

from __future__ import annotations

import ast
import re
import string
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parent.parent
SHIPPED = [
    PROJECT / "main.py",
    *sorted((PROJECT / "core").rglob("*.py")),
    *sorted((PROJECT / "ui").rglob("*.py")),
]
LINES_OF_A_MODULE = 400
LINES_OF_A_FUNCTION = 50

# Every part of core, lowest first. A part may use those on lower lines, never one on its own line or above.
LAYERS = [
    ["core.sheet"],
    ["core.library"],
    ["core.check"],
    ["core.draft", "core.paper", "core.intake"],
    ["core.handover", "core.authoring"],
    ["core.fill"],
    ["core.desk"],
    ["core.command"],
]
ONLY_STANDARD_LIBRARY = ("core.sheet", "core.library", "core.check")
FOR_SEARCHING = {("core.library.readings", "pypinyin")}  # loaded when a person first searches
HEAVY = (
    "openpyxl",
    "reportlab",
    "sqlite_utils",
    "pypdfium2",
    "pypinyin",
    "PIL",
    "defusedxml",
    "PySide6",
    "ui",
)
NETWORK = ("ssl", "urllib.request", "http", "ftplib", "smtplib", "asyncio", "xmlrpc", "requests")
LOCAL_ONLY = {"QLocalServer", "QLocalSocket"}  # of QtNetwork: they find a running window, on this machine
AREAS = "|".join(sorted(file.stem for file in (PROJECT / "resources/messages").glob("*.toml")))
CODE = re.compile(rf"({AREAS})\.[a-z0-9]+(-[a-z0-9]+)*")
OPEN_CODE = re.compile(rf"({AREAS})\.[a-z0-9-]*")


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def module_name(file: Path) -> str:
    parts = file.relative_to(PROJECT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(file: Path) -> Iterator[tuple[str, list[str]]]:
    """Give each module imported anywhere in a file, with the names taken from it."""
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, []) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: write imports in full"
            yield node.module or "", [alias.name for alias in node.names]


def within(module: str, parts: Iterable[str]) -> str | None:
    """Give the part a module belongs to, if it is one of these."""
    return next((part for part in parts if module == part or module.startswith(f"{part}.")), None)


def layer(module: str) -> int:
    """Give the height of a module's part, the lowest being 0."""
    return next(number for number, parts in enumerate(LAYERS) if within(module, parts))


def fresh_python(program: str) -> str:
    """Run a program in an interpreter that has imported nothing of ours yet."""
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


# --- who may use whom ---


def forbidden(name: str, used: str) -> bool:
    """Tell whether a module may not use another of ours."""
    if name.startswith("ui"):
        return within(used, ("main", "core.command")) is not None
    if not name.startswith("core."):
        return False
    own = within(name, [part for parts in LAYERS for part in parts])
    assert own, f"{name} belongs to no part: name its layer here and in design and architecture"
    if within(used, ("ui", "main")):
        return True
    return used.startswith("core.") and not within(used, [own]) and layer(used) >= layer(name)


def test_a_part_uses_only_the_parts_below_it() -> None:
    wrong = []
    for file in SHIPPED:
        for used, names in imports(file):
            targets = [f"{used}.{part}" for part in names] if used == "core" else [used]
            wrong += [
                f"{module_name(file)} uses {target}"
                for target in targets
                if forbidden(module_name(file), target)
            ]
    assert not wrong


def test_the_forms_and_their_checks_need_nothing_but_python() -> None:
    wrong = []
    for file in SHIPPED:
        if within(module_name(file), ONLY_STANDARD_LIBRARY):
            foreign = {used.split(".")[0] for used, _ in imports(file)} - sys.stdlib_module_names - {"core"}
            wrong += [
                f"{module_name(file)} uses {name}"
                for name in foreign
                if (module_name(file), name) not in FOR_SEARCHING
            ]
    assert not wrong


def test_core_never_brings_in_qt_or_the_window() -> None:
    names = [module_name(file) for file in SHIPPED if module_name(file).startswith("core")]
    program = f"""
import importlib, sys
for name in {names!r}:
    importlib.import_module(name)
print(*sorted(name for name in sys.modules if name.split(".")[0] in ("PySide6", "shiboken6", "ui")))"""
    assert fresh_python(program) == ""


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    program = f"""
import sys
import main, core.command.run
print(*sorted({{name.split(".")[0] for name in sys.modules}} & set({HEAVY!r})))"""
    assert fresh_python(program) == ""


def test_nothing_can_open_a_network_connection() -> None:
    wrong = []
    for file in SHIPPED:
        for used, names in imports(file):
            if within(used, NETWORK) or (used == "PySide6.QtNetwork" and not set(names) <= LOCAL_ONLY):
                wrong.append(f"{module_name(file)} uses {used} {names}")
        for node in ast.walk(parsed(file)):
            if (
                isinstance(node, ast.Attribute)
                and ast.unparse(node.value) == "socket"
                and node.attr != "gethostname"
            ):
                wrong.append(f"{module_name(file)}:{node.lineno} uses {ast.unparse(node)}")
    assert not wrong


# --- how code is written ---


def test_modules_and_functions_stay_short() -> None:
    wrong = []
    for file in SHIPPED:
        lines = len(file.read_text(encoding="utf-8").splitlines())
        if lines > LINES_OF_A_MODULE:
            wrong.append(f"{module_name(file)}: {lines} lines")
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LINES_OF_A_FUNCTION:
                    wrong.append(f"{module_name(file)}.{node.name}: {length} lines")
    assert not wrong


def test_no_text_is_ever_run_as_code() -> None:
    wrong = []
    for file in SHIPPED:
        wrong += [
            f"{module_name(file)}: {used}"
            for used, _ in imports(file)
            if used in ("pickle", "marshal", "shelve")
        ]
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.Call) and (
                ast.unparse(node.func) in ("eval", "exec", "__import__", "os.system", "os.popen")
                or any(word.arg == "shell" for word in node.keywords)
            ):
                wrong.append(f"{module_name(file)}:{node.lineno}: {ast.unparse(node.func)}")
    assert not wrong


# --- sentences ---


def sentences() -> dict[str, str]:
    """Give every sentence by its code, of all areas."""
    found = {}
    for file in sorted((PROJECT / "resources/messages").glob("*.toml")):
        for name, text in tomllib.loads(file.read_text(encoding="utf-8")).items():
            assert isinstance(text, str), f"{file.name}: {name} is no sentence"
            found[f"{file.stem}.{name}"] = text
    return found


def codes_in(file: Path) -> tuple[set[str], set[str]]:
    """Give the codes written out in a file, and how those begin that it puts together (``f"ui.{name}"``)."""
    whole, open_ended = set(), set()
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
            whole.add(node.value)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "RefusedError":
            whole |= {word.value for word in node.args[:1] if isinstance(word, ast.Constant)}
        elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            start = str(node.values[0].value)
            if OPEN_CODE.fullmatch(start):
                open_ended.add(start)
    return whole, open_ended


def is_file_name(code: str) -> bool:
    return code.endswith((".toml", ".json", ".pdf", ".xlsx", ".py", ".sqlite", ".db"))


def test_every_code_has_its_sentence() -> None:
    known = sentences()
    missing = []
    for file in SHIPPED:
        whole, open_ended = codes_in(file)
        missing += [
            f"{module_name(file)}: {code}" for code in whole if code not in known and not is_file_name(code)
        ]
        missing += [
            f"{module_name(file)}: {start}…"
            for start in open_ended
            if not any(code.startswith(start) for code in known)
        ]
    assert not missing


def test_every_sentence_is_said_somewhere() -> None:
    whole: set[str] = set()
    open_ended: set[str] = set()
    for file in SHIPPED:
        written = codes_in(file)
        whole |= written[0]
        open_ended |= written[1]
    unused = [code for code in sentences() if code not in whole and not code.startswith(tuple(open_ended))]
    assert not unused


def test_every_place_in_a_sentence_is_filled() -> None:
    known = sentences()
    wrong = []
    for file in SHIPPED:
        for node in ast.walk(parsed(file)):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            called, code = ast.unparse(node.func), node.args[0].value
            given = {word.arg for word in node.keywords}
            if (
                code not in known
                or None in given
                or not (called == "RefusedError" or called.endswith(".say"))
            ):
                continue
            lacking = {name for _, name, _, _ in string.Formatter().parse(known[code]) if name} - given
            if lacking:
                wrong.append(f"{module_name(file)}:{node.lineno}: {code} lacks {sorted(lacking)}")
    assert not wrong


def test_sentences_do_not_shout() -> None:
    shouting = [code for code, text in sentences().items() if "!" in text or "！" in text]
    assert not shouting


# --- data of checks ---


def named_in_checks() -> set[str]:
    """Give every text written out in ``core.check``, and the names of settings that forms work out by."""
    files = [file for file in SHIPPED if within(module_name(file), ["core.check"])]
    return {
        node.value
        for file in files
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def cases_of_ties() -> set[tuple[str, str]]:
    """Give the cases that forms name, each with its check."""
    forms = (PROJECT / "resources/forms").glob("*/*/form.toml")
    ties = [
        tie for file in forms for tie in tomllib.loads(file.read_text(encoding="utf-8")).get("checks", [])
    ]
    return {(tie["id"], tie["case"]) for tie in ties if "case" in tie}


def test_every_list_of_words_setting_and_case_of_a_check_is_read_by_a_rule() -> None:
    named, tied, unread = named_in_checks(), cases_of_ties(), []
    for file in sorted((PROJECT / "resources/checks").glob("*.toml")):
        body = tomllib.loads(file.read_text(encoding="utf-8"))
        tables = body.get("settings", {}) if file.stem != "words" else body
        unread += [f"{file.stem}: {name}" for name in tables if name not in named]
        unread += [
            f"{record['id']}: {case}"
            for record in body.get("check", [])
            for case in record.get("case", {})
            if case not in named and (record["id"], case) not in tied
        ]
    assert not unread


# --- what may be published ---


def published() -> list[Path]:
    """Give the files of the checkout that are ours, without git, which a bare machine does not have."""
    skipped = {"__pycache__", "build", "dist"}

    def ours(file: Path) -> bool:
        parts = file.relative_to(PROJECT).parts
        return not any(
            part in skipped or (part.startswith(".") and part not in {".ci", ".gitignore"}) for part in parts
        )

    return [file for file in sorted(PROJECT.rglob("*")) if file.is_file() and ours(file)]


def test_no_file_names_a_developers_machine_or_a_package_registry() -> None:
    hosts = [
        "pypi" + ".org",
        "pythonhosted" + ".org",
        "deb.debian" + ".org",
        "archive.ubuntu" + ".com",
        "registry.npm" + "js",
    ]
    folders = ["/wo" + "rk/", "/ro" + "ot/", "/tmp/ji" + "biao", "/tmp/ve" + "nv", "C:\\Us" + "ers\\"]
    for file in published():
        data = file.read_bytes()
        if b"\0" in data[:8192]:
            continue
        text = data.decode("utf-8")
        found = [word for word in [*hosts, *folders] if word in text]
        assert not found, f"{file.relative_to(PROJECT)}: {found}"


def test_every_font_has_its_licence_beside_it() -> None:
    fonts = sorted((PROJECT / "resources/fonts").glob("*.[to]tf"))
    assert fonts
    for font in fonts:
        licences = [
            file for file in font.parent.glob("*.txt") if font.stem.startswith(file.stem.split("-", 1)[1])
        ]
        assert licences, f"{font.name} has no licence"


# --- what is installed ---


def pins(lock: str) -> dict[str, str]:
    """Give the version of each package of a lock file."""
    text = (PROJECT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


def wanted(section: str) -> list[Requirement]:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = project["project"]["dependencies"] if section == "run" else project["dependency-groups"][section]
    return [Requirement(line) for line in listed]


LOCKS = {
    "requirements.lock": "run",
    "requirements-dev.lock": "dev",
    "requirements-dev-source.lock": "dev-source",
}


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_file_holds_what_the_project_asks_for(lock: str) -> None:
    for requirement in wanted(LOCKS[lock]):
        version = pins(lock).get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is not locked: run ./dev lock"
        assert requirement.specifier.contains(version), f"{requirement.name} {version}: run ./dev lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_is_known_by_its_hash_and_comes_from_nowhere_in_particular(lock: str) -> None:
    entries = re.split(r"^(?=[a-z])", (PROJECT / lock).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert entries
    for entry in entries:
        assert "--hash=sha256:" in entry
        assert not re.search(r"://|--(extra-)?index|--find-links|--trusted-host", entry)


def test_the_lock_files_agree() -> None:
    run, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: dev[name] for name in run.keys() & dev.keys()} == {
        name: run[name] for name in run.keys() & dev.keys()
    }

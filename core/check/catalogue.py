"""The catalogue of checks: one record per id with severity, wording, source and its own examples.

Records are data (``resources/checks/<family>.toml``); conditions are the rules of ``core.check.rules`` or the
expressions a form ties to an id. A form is bound once and kept.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from core.check.finding import Severity
from core.check.rule import Rule
from core.check.sentence import Sentence
from core.check.settings import Setting
from core.sheet.definition import exact
from core.sheet.messages import Messages

_KEYS = {"id", "severity", "say", "fix", "source", "case", "holds", "fails", "silent", "about"}
_SETTING_KEYS = {"label", "value", "like", "count", "least", "most"}
NOT_RECORDS = ("words",)
"""Files of the folder that hold no records."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One way a check speaks: its sentence, severity, and what its fix is called."""

    say: Sentence
    severity: Severity
    fix: Sentence


@dataclass(frozen=True, slots=True)
class Record:
    """One check (检查规则): id, what it says in each case, and the source of the rule.

    ``examples`` are ``holds``, ``fails`` and ``silent``: document parts, run by a test.
    """

    id: str
    main: Wording
    source: str
    about: str = ""
    cases: Mapping[str, Wording] = field(default_factory=dict)
    examples: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)

    def wording(self, case: str) -> Wording:
        """Give the wording of a case, else the main one."""
        return self.cases.get(case, self.main)


class Catalogue:
    """All records, settings and rules, and the phrases findings are made with."""

    def __init__(self, folder: Path, messages: Messages, rules: Iterable[Rule]) -> None:
        """Read every record of ``resources/checks``; raises ValueError for a mistake in our own data."""
        self.messages = messages
        self.rules = tuple(rules)
        self.records: dict[str, Record] = {}
        self.settings: dict[str, Setting] = {}
        for file in sorted(folder.glob("*.toml")):
            if file.stem not in NOT_RECORDS:
                self._read(file)
        for rule in self.rules:
            if rule.check not in self.records:
                raise ValueError(f"{rule.check} has a rule and no record")

    def _read(self, file: Path) -> None:
        with file.open("rb") as stream:
            body = tomllib.load(stream)
        if not set(body) <= {"check", "settings"}:
            raise ValueError(f"{file.name}: unknown {set(body) - {'check', 'settings'}}")
        for name, entry in body.get("settings", {}).items():
            if name in self.settings:
                raise ValueError(f"{file.name}: setting {name} is doubled")
            self.settings[name] = _setting(name, entry, file.name)
        for item in body.get("check", []):
            record = _record(item, file.name)
            if record.id in self.records:
                raise ValueError(f"{file.name}: {record.id} is doubled")
            self.records[record.id] = record


def _setting(name: str, entry: Mapping[str, Any], file: str) -> Setting:
    if not {"label", "value"} <= set(entry) <= _SETTING_KEYS:
        raise ValueError(f"{file}: setting {name} has other keys")
    given = {key: exact(value) for key, value in entry.items()}
    setting = Setting(name, **{"like": given["value"], **given})
    if setting.like == () or not setting.takes(setting.value):
        raise ValueError(f"{file}: setting {name} does not say what is like it")
    return setting


def _record(item: Mapping[str, Any], file: str) -> Record:
    place = f"{file}: {item.get('id')}"
    if not set(item) <= _KEYS:
        raise ValueError(f"{place}: unknown {set(item) - _KEYS}")
    try:
        main = Wording(Sentence(item["say"]), Severity(item["severity"]), Sentence(item.get("fix", "")))
        cases = {name: _case(case, main) for name, case in item.get("case", {}).items()}
        examples = {kind: tuple(item.get(kind, ())) for kind in ("holds", "fails", "silent")}
        return Record(
            item["id"], main, item["source"], item.get("about", ""), cases, MappingProxyType(examples)
        )
    except (KeyError, ValueError) as error:
        raise ValueError(f"{place}: {error}") from error


def _case(case: Mapping[str, Any], main: Wording) -> Wording:
    if not set(case) <= {"say", "severity", "fix"}:
        raise ValueError(f"unknown {set(case)}")
    return Wording(
        Sentence(case["say"]) if "say" in case else main.say,
        Severity(case.get("severity", main.severity)),
        Sentence(case["fix"]) if "fix" in case else main.fix,
    )

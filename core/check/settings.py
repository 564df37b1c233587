"""Settings of checks: what the catalogue presumes, a form states, a bureau's kit decides, a person picks.

Form before catalogue, kit before form; a person only picks among the alternatives listed (ruling 16).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from core.check.finding import Severity
from core.sheet.definition import exact
from core.sheet.errors import RefusedError

_OWN_KEYS = ("off", "severity")


@dataclass(frozen=True)
class Settings:
    """What a bureau's kit and the person at this computer say beyond the form; neither may be there.

    ``chosen`` are settings by name for whatever form is judged, refused where one is not offered. ``picks``
    are kept and sent (``core.check.choosing``): by form, and without effect where a form does not offer them.
    """

    kit: Mapping[str, Any] = field(default_factory=dict)
    chosen: Mapping[str, Any] = field(default_factory=dict)
    picks: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def key(self) -> str:
        """A text that is the same for equal settings."""
        return repr([sorted(one.items()) for one in (self.kit, self.chosen, self.picks)])


@dataclass(frozen=True)
class Resolved:
    """The settings that count for one form: values by name, checks switched off, severities changed.

    ``offers`` lists, for every setting a person may choose, what is offered.
    """

    values: Mapping[str, Any]
    off: frozenset[str]
    severities: Mapping[str, Severity]
    offers: Mapping[str, tuple[Any, ...]]


def pick_name(form: str, setting: str) -> str:
    """Give the name a person's pick is kept and sent under: ``sc-dept.weight_total``."""
    return f"{form}.{setting}"


def written(value: Any) -> str:
    """Give the text a setting's value is kept and sent as: ``100``, ``true``, a text as it is."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{Decimal(value).normalize():f}" if isinstance(value, int | Decimal) else str(value)


def resolve(
    defaults: Mapping[str, Any], form: Mapping[str, Any], settings: Settings, form_id: str = ""
) -> Resolved:
    """Put catalogue defaults, a form's settings, a kit's and a person's together.

    ``form_id`` is the form whose picks count.

    Raises RefusedError for a name no check knows, a value of another sort, or a choice not offered.
    """
    values, offers = dict(defaults), dict[str, tuple[Any, ...]]()
    off: set[str] = set()
    severities: dict[str, Severity] = {}
    for layer in (form, settings.kit):
        off |= set(_strings(layer.get("off", [])))
        severities |= _severities(layer.get("severity", {}))
        for name, entry in layer.items():
            if name not in _OWN_KEYS:
                values[name], offers[name] = _entry(name, entry, defaults)
    for name, value in settings.chosen.items():
        if exact(value) not in offers.get(name, ()):
            offered = "、".join(str(one) for one in offers.get(name, ()))
            raise RefusedError("check.not-offered", name=name, value=str(value), offered=offered)
        values[name] = exact(value)
    for name, options in offers.items():
        text = settings.picks.get(pick_name(form_id, name))
        values[name] = next((one for one in options if written(one) == text), values[name])
    return Resolved(values, frozenset(off), severities, {k: v for k, v in offers.items() if len(v) > 1})


def _entry(name: str, entry: Any, defaults: Mapping[str, Any]) -> tuple[Any, tuple[Any, ...]]:
    if name not in defaults:
        raise RefusedError("check.unknown-setting", name=name)
    others: Iterable[Any] = ()
    if isinstance(entry, Mapping):
        others = entry.get("or", [])
        if not set(entry) <= {"value", "or"} or "value" not in entry or not isinstance(others, list):
            raise RefusedError("check.bad-setting", name=name)
        entry = entry["value"]
    offered = (exact(entry), *(exact(one) for one in others))
    if any(_sort(one) != _sort(defaults[name]) for one in offered):
        raise RefusedError("check.bad-setting", name=name)
    return offered[0], offered


def _sort(value: Any) -> str:
    if isinstance(value, bool):
        return "bool"
    return "number" if isinstance(value, int | Decimal) else type(value).__name__


def _strings(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise RefusedError("check.bad-setting", name="off")
    return value


def _severities(value: Any) -> dict[str, Severity]:
    try:
        return {check: Severity(name) for check, name in value.items()}
    except (AttributeError, ValueError) as error:
        raise RefusedError("check.bad-setting", name="severity") from error

"""Settings of checks: what the catalogue presumes, a form states, a bureau's kit decides, a person picks.

Form before catalogue, kit before form; a person only picks among the alternatives listed (ruling 16).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from core.check.finding import Severity
from core.sheet.definition import exact
from core.sheet.errors import RefusedError

_OWN_KEYS = ("off", "severity")
_NAME = 40
"""So many characters of an unknown check are told."""
MOST = 10**15
"""No number of a setting is as large as this."""
PLACES, CHARACTERS, ITEMS = 6, 200, 2_000
"""So many decimals may a number of a setting have, so many characters a text, so many things a list."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A name forms, kits and people may give a value to: what it is called and what is presumed.

    Every value must have the shape of ``like``: a number, a text, or a list of things like its first one;
    ``count`` things where that is stated, and a number from ``least`` to ``most``.
    """

    name: str
    label: str
    value: Any
    like: Any
    count: int | None = None
    least: int = 1 - MOST
    most: int = MOST - 1

    def takes(self, value: Any) -> bool:
        """Whether a value is of the right shape and within limits."""
        if isinstance(self.like, tuple):
            return (
                isinstance(value, tuple)
                and len(value) <= ITEMS
                and self.count in (None, len(value))
                and all(_is_alike(one, self.like[0]) for one in value)
            )
        return _is_alike(value, self.like) and (isinstance(value, str) or self.least <= value <= self.most)


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


def checks_named(layer: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give every check a form's or kit's settings name, with the key it stands under: ``("off", "IX-17")``.

    Raises RefusedError where they are written wrong.
    """
    yield from (("off", check) for check in _strings(layer.get("off", [])))
    yield from (("severity", check) for check in _severities(layer.get("severity", {})))


def unknown_check(entry: str, check: str, known: Iterable[str]) -> RefusedError:
    """Give the refusal of a check nobody knows, with those it may have been meant for."""
    from difflib import get_close_matches

    ids = sorted(known)
    near = [one for one in ids if _as_heard(one) == _as_heard(check[:_NAME])]
    near = near or get_close_matches(check[:_NAME].upper(), ids, 3)
    told = printable(check[:_NAME])
    if not near:
        return RefusedError("check.unknown-id", entry=entry, id=told)
    like = f'off = ["{near[0]}"]' if entry == "off" else f'severity = {{ "{near[0]}" = "warning" }}'
    return RefusedError("check.unknown-id-near", entry=entry, id=told, near="、".join(near), like=like)


def _as_heard(check: str) -> str:
    """Give an id without what is easily typed otherwise: ``am 1O`` and ``AM-10`` are one."""
    letters = (one for one in unicodedata.normalize("NFKC", check).upper() if one.isalnum())
    return "".join(letters).replace("O", "0").replace("I", "1").replace("L", "1")


def pick_name(form: str, setting: str) -> str:
    """Give the name a person's pick is kept and sent under: ``sc-dept.weight_total``."""
    return f"{form}.{setting}"


def written(value: Any) -> str:
    """Give the text a setting's value is kept and sent as: ``100``, ``true``, a text as it is."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{Decimal(value).normalize():f}" if isinstance(value, int | Decimal) else str(value)


def resolve(
    known: Mapping[str, Setting], form: Mapping[str, Any], settings: Settings, form_id: str = ""
) -> Resolved:
    """Put what the catalogue presumes, a form's settings, a kit's and a person's together.

    ``form_id`` is the form whose picks count.

    Raises RefusedError for a name no check knows, a value of another shape, or a choice not offered.
    """
    values, offers = {name: one.value for name, one in known.items()}, dict[str, tuple[Any, ...]]()
    off: set[str] = set()
    severities: dict[str, Severity] = {}
    for layer in (form, settings.kit):
        off |= set(_strings(layer.get("off", [])))
        severities |= _severities(layer.get("severity", {}))
        for name, entry in layer.items():
            if name not in _OWN_KEYS:
                values[name], offers[name] = _entry(name, entry, known)
    for name, value in settings.chosen.items():
        if exact(value) not in offers.get(name, ()):
            offered = "、".join(str(one) for one in offers.get(name, ()))
            raise RefusedError("check.not-offered", name=name, value=str(value), offered=offered)
        values[name] = exact(value)
    for name, options in offers.items():
        text = settings.picks.get(pick_name(form_id, name))
        values[name] = next((one for one in options if written(one) == text), values[name])
    return Resolved(values, frozenset(off), severities, {k: v for k, v in offers.items() if len(v) > 1})


def _entry(name: str, entry: Any, known: Mapping[str, Setting]) -> tuple[Any, tuple[Any, ...]]:
    if name not in known:
        raise RefusedError("check.unknown-setting", name=printable(name))
    others: Iterable[Any] = ()
    if isinstance(entry, Mapping):
        others = entry.get("or", [])
        if not set(entry) <= {"value", "or"} or "value" not in entry or not isinstance(others, list):
            raise _badly_written(name, known[name].like)
        entry = entry["value"]
    offered = (exact(entry), *(exact(one) for one in others))
    if not all(map(known[name].takes, offered)):
        raise _badly_written(name, known[name].like)
    return offered[0], offered


def _is_alike(value: Any, like: Any) -> bool:
    match like:
        case tuple():
            fits = isinstance(value, tuple) and len(value) == len(like)
            return fits and all(map(_is_alike, value, like))
        case str():
            return isinstance(value, str) and len(value) <= CHARACTERS and value.isprintable()
        case bool():
            return isinstance(value, bool)
        case _:
            return isinstance(value, int | Decimal) and not isinstance(value, bool) and _is_usual(value)


def _is_usual(number: int | Decimal) -> bool:
    exact_number = Decimal(number)
    if not exact_number.is_finite() or abs(exact_number) >= MOST:
        return False
    exponent = exact_number.normalize().as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -PLACES


def _badly_written(name: str, like: Any) -> RefusedError:
    return RefusedError("check.bad-setting", name=name, like=f"{name} = {_as_toml(like)}")


def _as_toml(value: Any) -> str:
    """Give a value as it is written in a file of settings; of a list, its first three things."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(_as_toml, value[:3]))}]"
    return f'"{value}"' if isinstance(value, str) else written(value)


def printable(name: str) -> str:
    """Give a name from outside as a sentence may quote it."""
    return "".join(one if one.isprintable() else "□" for one in name[:CHARACTERS])


def _strings(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise RefusedError("check.bad-setting", name="off", like='off = ["TX-14"]')
    return value


def _severities(value: Any) -> dict[str, Severity]:
    try:
        return {check: Severity(name) for check, name in value.items()}
    except (AttributeError, ValueError) as error:
        like = 'severity = { WT-01 = "warning" }'
        raise RefusedError("check.bad-setting", name="severity", like=like) from error

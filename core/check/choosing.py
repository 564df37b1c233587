"""What a person may pick where a form or a kit offers alternatives (ruling 16); how picks are kept and sent.

A pick is written ``FORM.SETTING`` → text, as ``sc-dept.weight_total`` → ``100``, in the program's settings
and in a package alike. One that is not offered changes nothing: nothing else can be switched by a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from core.check.binding import Binding
from core.check.finding import Finding
from core.check.settings import pick_name, written

Picks = Mapping[str, str]


class Offer(NamedTuple):
    """A setting with alternatives: name and label, what is offered (what is presumed first), what counts."""

    name: str
    label: str
    options: tuple[Any, ...]
    value: Any


def offers_of(binding: Binding) -> list[Offer]:
    """Give all settings of a form that a person may choose."""
    known = binding.catalogue.settings
    return [
        Offer(name, known[name].label, options, binding.settings[name])
        for name, options in binding.offers.items()
    ]


def with_pick(picks: Picks, binding: Binding, name: str, value: Any) -> dict[str, str]:
    """Give picks with another value of a setting; what is presumed anyway is no pick.

    Raises ValueError for a value that is not offered.
    """
    options = binding.offers.get(name, ())
    if value not in options:
        raise ValueError(f"{name} is not offered as {value}")
    key = pick_name(binding.form.form, name)
    others = {one: text for one, text in picks.items() if one != key}
    return others if value == options[0] else {**others, key: written(value)}


def picks_in_effect(bindings: Iterable[Binding]) -> tuple[tuple[str, str], ...]:
    """Give what was picked for these forms and counts, as a package states it (``choices``)."""
    found = {
        pick_name(binding.form.form, one.name): written(one.value)
        for binding in bindings
        for one in offers_of(binding)
        if one.value != one.options[0]
    }
    return tuple(sorted(found.items()))


def choice_in(finding: Finding) -> tuple[str, Any] | None:
    """Give the setting and the value that would make a finding go, where its rule names one (``choose``)."""
    found = finding.params.get("choose")
    return (found[0], found[1]) if isinstance(found, tuple) and len(found) == 2 else None

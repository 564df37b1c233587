"""What a person may pick where a form or a kit offers alternatives (ruling 16); how picks are kept and sent.

A pick is written ``FORM.SETTING`` → text, as ``sc-dept.weight_total`` → ``100``, in the program's settings
and in a package alike. One that is not offered changes nothing: nothing else can be switched by a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from core.check.binding import Binding
from core.check.finding import Finding
from core.check.settings import pick_name, printable, written

Picks = Mapping[str, str]
_TOLD = 5
"""So many picks that are not offered are named; further ones are only counted."""


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


def picks_told(bindings: Iterable[Binding]) -> str:
    """Say what was picked for these forms and counts, ``""`` for nothing: “权重合计”100."""
    told: dict[str, None] = {}
    for binding in bindings:
        say = binding.catalogue.messages.say
        for one in offers_of(binding):
            if one.value != one.options[0]:
                told[say("check.pick-sent", label=one.label, value=in_words(one.value, binding))] = None
    return "、".join(told)


def in_words(value: Any, binding: Binding) -> str:
    """Give a value of a setting as a sentence says it."""
    if isinstance(value, bool):
        return binding.catalogue.messages.say("check.yes" if value else "check.no")
    return written(value)


class Sent(NamedTuple):
    """A setting that documents from elsewhere were judged by otherwise than here: name, label, both values.

    ``presumed`` tells that nobody picked anything here: what counts is what the form or kit says first.
    """

    name: str
    label: str
    sent: Any
    here: Any
    presumed: bool


def sent_otherwise(picks: Picks, binding: Binding) -> list[Sent]:
    """Give where a sender's picks and what counts here differ, as far as her picks are offered here.

    What she left at the value presumed is not stated, and is compared all the same.
    """
    found = []
    for one in offers_of(binding):
        text = picks.get(pick_name(binding.form.form, one.name), written(one.options[0]))
        sent = next((option for option in one.options if written(option) == text), one.value)
        if sent != one.value:
            found.append(Sent(one.name, one.label, sent, one.value, one.value == one.options[0]))
    return found


def not_offered(picks: Picks, bindings: Iterable[Binding]) -> str:
    """Say which picks stated for these forms are not offered here, ``""`` when all are."""
    forms = {binding.form.form: binding for binding in bindings}
    told = []
    for key, text in picks.items():
        form, _, name = key.partition(".")
        binding = forms.get(form)
        if binding is None:
            continue
        counts = written(binding.settings[name]) if name in binding.settings else None
        if text != counts and text not in map(written, binding.offers.get(name, ())):
            known = binding.catalogue.settings.get(name)
            label = known.label if known else printable(name)
            told.append(binding.catalogue.messages.say("check.pick-sent", label=label, value=printable(text)))
    if not told:
        return ""
    messages = next(iter(forms.values())).catalogue.messages
    return messages.say("check.picks-not-offered", count=len(told), picks="、".join(told[:_TOLD]))


def choice_in(finding: Finding) -> tuple[str, Any] | None:
    """Give the setting and the value that would make a finding go, where its rule names one (``choose``)."""
    found = finding.params.get("choose")
    return (found[0], found[1]) if isinstance(found, tuple) and len(found) == 2 else None

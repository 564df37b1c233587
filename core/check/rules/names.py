"""What the name of an indicator says about its value: a share, a count, the lower the better.

The words are data (resources/checks/words.toml).
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from core.check.rules.word_lists import WordLists, last_of
from core.check.rules.wording_prose import either

SHARES = ("率", "占比")
"""How the name of a share ends."""
NEAR = 3
"""So many characters before what is wanted may turn it round."""
SHORTEST_SLOGAN = 6
"""A name of fewer characters may be short for something counted."""

_HALF_WIDTH = str.maketrans(
    {
        "（": "(",
        "）": ")",
        "％": "%",
        "：": ":",
        "＞": ">",
        "＜": "<",
        "＝": "=",
        "＊": "*",
        "＿": "_",
        "　": " ",
    }
    | {chr(0xFF10 + digit): str(digit) for digit in range(10)}
)
_FULL_WIDTH = re.compile(f"[{''.join(map(chr, _HALF_WIDTH))}]")
_BRACKETS = re.compile(r"\([^()]*\)")
_FIGURE_AT_END = re.compile(
    r"(?P<sign>[≥≤≧≦><=]=?|达到|达|不低于|不少于|不超过)?(?P<number>[0-9]+(?:\.[0-9]+)?)%(?:以上|及以上|以下|以内)?[。；;]?$"
)
_FIGURE = re.compile("[0-9]")
_FIGURES = re.compile(r"[≥≤≧≦><=]=?[0-9]+(?:\.[0-9]+)?%?|[0-9]+(?:\.[0-9]+)?%")
_COUNT_AT_END = re.compile(
    r"(?<![0-9.第前])(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<unit>[^0-9%.,、，。()]{1,4}?)(?:及?以[上下内])?$"
)
_COUNT_INSIDE = re.compile(
    r"(?<=[一-鿿]{2})(?<![第前每近满各])(?P<number>[1-9][0-9]+(?:\.[0-9]+)?)(?P<rest>[^0-9%.,、，。()]{2,8})"
)
_SIGNS = {"≧": "≥", "≦": "≤", ">=": "≥", "<=": "≤", "不低于": "≥", "不少于": "≥", "不超过": "≤"}


_PLAIN = ("", *(9 * (False,)))
"""The sort of names that say nothing about their values."""


@dataclass(slots=True)
class Name:
    """What was understood of one indicator's name; one for all who ask, so nobody changes it.

    Not frozen: that doubles the time it takes to make one, and typing a name makes one at every key.
    """

    plain: str
    """Half-width signs, no template prefix; brackets still there."""
    core: str
    """Without brackets and without a figure at the end."""
    key: str
    """Letters and digits only, for finding the same name twice."""
    rate: bool = False
    bounded: bool = False
    higher: str = ""
    """The head that says the higher the better, or ``""``."""
    lower: str = ""
    """The word that says the lower the better, or ``""``."""
    satisfaction: bool = False
    vague: bool = False
    """Made of nothing but words nobody can check."""
    count: bool = False
    unfit: str = ""
    """What it counts (people, length …) that does not come in every unit, or ``""``."""
    money: bool = False
    prefix: str = ""
    """The template's words before the name (``指标1：``), as typed, or ``""``."""
    figure: str = ""
    """A percentage the name ends with (``100``), or ``""``."""
    aim: str = ""
    """That percentage as a value is written (``=100%``), or ``""``."""
    bare: int = 0
    """How many of the name's characters stand before a figure at its end; 0 when it does not end so."""
    ending: tuple[str, str] | None = None
    """A number and what is perhaps its unit, at the end of the name (40, 个)."""
    inside: tuple[tuple[str, str], ...] = ()
    """Numbers of two digits and more within the name, each with what follows (16, 个社团)."""
    figures: tuple[str, ...] = ()
    """Signed figures and percentages anywhere in the name."""
    brackets: tuple[str, ...] = ()
    """What stands in brackets at the end."""
    template: str = ""
    """What a template left standing in it (≥**%, ★), or ``""``."""
    mean: str = ""
    """The word that makes a mean of it (人均), or ``""``."""
    asks: bool = False
    """Whether it is a question (覆盖多少村社)."""
    task: bool = False
    """Whether it tells what is to be done (按时完成…工作)."""
    workload: bool = False
    """Whether it counts what comes to a unit by itself (矫正人员), and not what the unit does."""

    sort: Hashable | None = _PLAIN
    """What names of one sort share: all that is told here besides the words themselves.

    None for a name with anything unusual in it.
    """

    def sorted(self) -> Name:
        """Give the name with its sort."""
        if not self.core.isalpha() or self.asks or self.template or self.prefix or self.brackets:
            self.sort = None
        else:
            self.sort = (
                self.unfit,
                self.rate,
                self.bounded,
                self.count,
                self.money,
                self.satisfaction,
                self.workload,
                self.mean != "",
                self.higher != "",
                self.lower != "",
            )
        return self


class NameReader:
    """Reads names by the word lists."""

    def __init__(self, lists: WordLists) -> None:
        self._lists = lists
        data = lists.data
        self._last = dict(lists.last)
        self._unfit = tuple((tuple(table["heads"]), what) for what, table in data["unfit"].items())
        self._unfit_heads = tuple(head for heads, _ in self._unfit for head in heads)
        self._last["unfit"] = last_of(self._unfit_heads)
        self._no_rate = tuple(data["rate"]["except"])
        self._turned = tuple(data["higher"]["turned"])
        wanted = data["wanted"]
        share = f"(?:{either(wanted['words'])})(?:{either(wanted['tails'])})"
        self._wanted = re.compile(f"(?:{share}|(?:{either(wanted['money'])})率)$")
        self._last["wanted"] = last_of((*wanted["tails"], "率"))
        self._open = re.compile(either(data["open_rates"]["words"]))
        self._unwanted = re.compile(either(wanted["turned"]))
        self._growth = tuple(data["mean"]["except"])
        self._bind_lower(data["lower"])
        self._template = re.compile(
            f"^\\s*(?:{either(data['template']['prefix'])})\\s*[0-9一二三四五六七八九十]*\\s*[:、.]"
        )
        self._question = re.compile(either(data["question"]["words"]))
        self._workload = re.compile(either(data["workload"]["words"]))
        self._own_work = re.compile(either(data["workload"]["except"]))
        self._task = tuple(data["task"]["begins"]), tuple(data["task"]["ends"])
        self._slogan = tuple(data["task"]["slogans"])
        self._no_slogan = tuple(
            head for table in ("rate", "count", "money", "timely") for head in data[table]["heads"]
        )
        self._ends = frozenset("率比数").union(
            *(self._last[name] for name in ("bounded", "rate", "count", "money", "higher", "wanted", "unfit"))
        )
        """How a name ends that says by its last word what sort of value it has."""
        tables = ("satisfaction", "lower", "mean", "question", "workload")
        self._telling = re.compile(
            either([*(word for name in tables for word in data[name]["words"]), *data["template"]["signs"]])
        )
        """What else tells something about a value, wherever it stands in a name."""

    def _bind_lower(self, data: Mapping[str, Any]) -> None:
        words, things = either(data["words"]), either(data["things"])
        self._lower_word = re.compile(words)
        self._lower = re.compile(f"({words})(?:{either(data['tails'])})?$")
        self._lower_share = re.compile(f"({words})(?:{things}){{1,2}}(?:{either(data['shares'])})$")
        self._lower_turned = tuple(data["turned"])
        self._handled = frozenset(data["handled"])
        self._handled_by = tuple(data["verbs"])
        self._caused_by = tuple(data["caused"])

    def read(self, text: str) -> Name:
        """Give what a name says."""
        if text.isalpha() and text[-1] not in self._ends and self._telling.search(text) is None:
            return self._read_plain(text)  # as most names are until their last word is typed
        plain = (text.translate(_HALF_WIDTH) if _FULL_WIDTH.search(text) else text).strip()
        prefix = self._template.match(plain)
        if prefix is not None:
            plain = plain[prefix.end() :].strip()
        brackets: tuple[str, ...] = ()
        if "(" in plain:
            brackets = tuple(found.group()[1:-1].strip() for found in _BRACKETS.finditer(plain))
        bare = (_BRACKETS.sub("", plain) if brackets else plain).strip(" 。；;")
        figured = _FIGURE.search(plain) is not None
        figure = _FIGURE_AT_END.search(bare) if figured else None
        core = bare[: figure.start()] if figure is not None else bare
        ending = _COUNT_AT_END.search(bare) if figured and figure is None else None
        last = None if brackets or prefix is not None else figure or ending
        bounded = self._lists.ends_with("bounded", core) or self._is_share(core)
        # 成功率 ends like 功率 and is a share all the same.
        rate = bounded or (self._lists.ends_with("rate", core) and not core.endswith(self._no_rate))
        return Name(
            plain=plain,
            core=core,
            key=(plain if plain.isalnum() else "".join(filter(str.isalnum, plain))).casefold(),
            rate=rate,
            bounded=bounded,
            higher=self._find_higher(core),
            lower=self._find_lower(core),
            satisfaction=self._lists.first_of("satisfaction", core) != "",
            vague=self._lists.is_vague(core),
            count=not rate
            and self._lists.ends_with("count", core)
            and not self._lists.ends_with("unitless", core),
            unfit=self._find_unfit(core),
            money=self._lists.ends_with("money", core),
            prefix=text[: prefix.end()] if prefix is not None else "",
            figure=figure["number"] if figure is not None else "",
            aim=_aim(figure) if figure is not None else "",
            bare=last.start() if last is not None else 0,
            ending=(ending["number"], ending["unit"]) if ending is not None else None,
            inside=tuple(_COUNT_INSIDE.findall(core)) if figured else (),
            figures=tuple(_FIGURES.findall(plain)) if figured else (),
            brackets=brackets,
            template=self._lists.first_of("template", text, "signs"),
            mean="" if core.endswith(self._growth) else self._lists.first_of("mean", core),
            asks=self._question.search(core) is not None,
            task=self._is_task(core),
            workload=self._workload.search(core) is not None and self._own_work.search(core) is None,
        ).sorted()

    def _read_plain(self, text: str) -> Name:
        vague = self._lists.vague.fullmatch(text) is not None
        return Name(text, text, text.casefold(), vague=vague, task=self._is_task(text))

    def _is_task(self, core: str) -> bool:
        begins, ends = self._task
        if core.startswith(begins) and core.endswith(ends):
            return True
        slogan = core.startswith(self._slogan) and len(core) >= SHORTEST_SLOGAN
        return slogan and not core.endswith((*self._no_slogan, "度", "性", "个", "情况"))

    def _find_unfit(self, core: str) -> str:
        if core.endswith("人次数"):
            return "visits"  # 培训人次数 counts 人次, not 次
        if core[-1:] not in self._last["unfit"] or not core.endswith(self._unfit_heads):
            return ""
        return next((what for heads, what in self._unfit if core.endswith(heads)), "")

    def _find_higher(self, core: str) -> str:
        if not self._lists.ends_with("higher", core):
            return self._find_wanted(core)
        head = next(head for head in self._lists.heads["higher"] if core.endswith(head))
        before = core.removesuffix(head)
        turned = before.endswith(self._turned) or self._unwanted.search(before[-NEAR:]) is not None
        return "" if turned else head

    def _is_share(self, core: str) -> bool:
        """Whether a name is the share of what is done or good: never more than all."""
        return core.endswith(SHARES) and self._wanted.search(core) is not None and not self._open.search(core)

    def _find_wanted(self, core: str) -> str:
        if core[-1:] not in self._last["wanted"]:
            return ""
        found = self._wanted.search(core)
        if found is None:
            return ""
        before = core[max(0, found.start() - NEAR) : found.start()]
        return "" if self._unwanted.search(before) else found[0]

    def _find_lower(self, core: str) -> str:
        if self._lower_word.search(core) is None:
            return ""
        found = self._lower.search(core)
        if found is None:
            found = self._lower_share.search(core)
            if found is not None and any(verb in core[: found.start()] for verb in self._handled_by):
                return ""
        if found is None or any(word in core for word in self._lower_turned):
            return ""
        before = core[: found.start()]
        if found[1] in self._handled and any(verb in before for verb in self._handled_by):
            return found[0] if any(word in before for word in self._caused_by) else ""
        return found[0]


def _aim(figure: re.Match[str]) -> str:
    """Give a figure at the end of a name as a value: 达到95%以上 is ≥95%, 100% is =100%."""
    sign = figure["sign"] or ""
    sign = _SIGNS.get(sign, sign if sign in "≥≤><=" else "")
    below = figure[0].rstrip("。；;").endswith(("以下", "以内"))
    above = figure[0].rstrip("。；;").endswith("以上")
    return f"{sign or ('≤' if below else '≥' if above else '=')}{figure['number']}%"

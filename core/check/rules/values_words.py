"""What the name of an indicator says about its value: a share, a count, the lower the better.

The words are data (resources/checks/words.toml); a name is looked at once and then remembered.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.check.rules.wording_prose import Prose, either

KEPT = 2048
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

    def sort(self) -> Hashable | None:
        """Give what names of one sort share: all that is told here besides the words themselves.

        None for a name with anything unusual in it.
        """
        if not self.core.isalpha() or self.asks or self.template or self.prefix or self.brackets:
            return None
        return (
            self.rate,
            self.bounded,
            self.count,
            self.money,
            self.satisfaction,
            self.mean != "",
            self.workload,
            self.higher != "",
            self.lower != "",
        )


class Words:
    """The word lists, and what they make of names and texts."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Take the tables of ``resources/checks/words.toml``."""
        self.data = data
        self._names: dict[str, Name] = {}
        self.measured: dict[Any, Any] = {}
        """What the rules about values made of texts they met; theirs to fill and to empty."""
        self._shorts: dict[str, str] = {}
        self._gists: dict[str, str] = {}
        self._subjects: dict[str, frozenset[str]] = {}
        self._beside_aims = re.compile(either(data["aims"]["strip"]))
        self._generic = re.compile(f"[^一-鿿]+|{either(data['generic']['words'])}")
        self._proses: dict[tuple[tuple[str, ...], tuple[str, ...]], Prose] = {}
        self._any: dict[tuple[str, str], re.Pattern[str]] = {}
        self._heads = {name: tuple(table["heads"]) for name, table in data.items() if "heads" in table}
        self._unfit = tuple((tuple(table["heads"]), what) for what, table in data["unfit"].items())
        self._unfit_heads = tuple(head for heads, _ in self._unfit for head in heads)
        self._last = {name: _last_of(heads) for name, heads in self._heads.items()}
        self._last["unfit"] = _last_of(self._unfit_heads)
        self._no_rate = tuple(data["rate"]["except"])
        self._turned = tuple(data["higher"]["turned"])
        wanted = data["wanted"]
        share = f"(?:{either(wanted['words'])})(?:{either(wanted['tails'])})"
        self._wanted = re.compile(f"(?:{share}|(?:{either(wanted['money'])})率)$")
        self._last["wanted"] = _last_of((*wanted["tails"], "率"))
        self._open = re.compile(either(data["open_rates"]["words"]))
        self._unwanted = re.compile(either(wanted["turned"]))
        self._growth = tuple(data["mean"]["except"])
        lower, tails = data["lower"]["words"], data["lower"]["tails"]
        things, shares = data["lower"]["things"], data["lower"]["shares"]
        self._lower_word = re.compile(either(lower))
        self._lower = re.compile(f"({either(lower)})(?:{either(tails)})?$")
        self._lower_share = re.compile(f"({either(lower)})(?:{either(things)}){{1,2}}(?:{either(shares)})$")
        self._lower_turned = tuple(data["lower"]["turned"])
        self._handled = frozenset(data["lower"]["handled"])
        self._handled_by = tuple(data["lower"]["verbs"])
        self._caused_by = tuple(data["lower"]["caused"])
        self._counted_by = tuple(data["counted_by"]["heads"])
        self._template = re.compile(
            f"^\\s*(?:{either(data['template']['prefix'])})\\s*[0-9一二三四五六七八九十]*\\s*[:、.]"
        )
        self._vague = re.compile(f"(?:{either(data['vague']['words'])}|[，、；。的了地得和与及,;. ])+")
        self._filler = re.compile(either(data["filler"]["words"]))
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
        self.instruction = re.compile(f"[ （(【\\[〔\u3000]*(?:{either(data['instructions']['begins'])})")
        """How a text begins that a form prints to say how it is to be filled in."""

    def name(self, text: str) -> Name:
        """Give what a name says."""
        found = self._names.get(text)
        if found is None:
            if len(self._names) >= KEPT:
                self._names.clear()
            found = self._names[text] = self._read(text)
        return found

    def is_vague(self, text: str) -> bool:
        """Whether a text is made of nothing but words nobody can check (显著改善)."""
        return bool(text.strip()) and self._vague.fullmatch(text.strip()) is not None

    def without_filler(self, name: Name) -> str:
        """Give a name's key without the words that make no difference (年度, 的, 数量)."""
        short = self._shorts.get(name.key)
        if short is None:
            if len(self._shorts) >= KEPT:
                self._shorts.clear()
            short = self._shorts[name.key] = self._filler.sub("", name.key)
        return short

    def gist(self, name: Name) -> str:
        """Give what two names of the same measure have in common: their characters, in whatever order."""
        known = self._gists.get(name.key)
        if known is None:
            if len(self._gists) >= KEPT:
                self._gists.clear()
            short = self.without_filler(name)
            if "率" in short:
                short = short.replace("满意率", "满意度").replace("比率", "率")
            known = self._gists[name.key] = "".join(sorted(short))
        return known

    def without_count(self, short: str) -> str:
        """Give a short name without what it counts by (硬化村道里程 is 硬化村道), where enough is left."""
        if not short.endswith(self._counted_by):
            return short
        head = next(head for head in self._counted_by if short.endswith(head))
        return short.removesuffix(head) if len(short) - len(head) > 2 else short

    def aimed_at(self, clause: str) -> str:
        """Give what a clause of a goal counts, without 全年, 完成, 不低于 and their like."""
        return self._beside_aims.sub("", clause)

    def first_of(self, table: str, text: str, key: str = "words") -> str:
        """Give the first word of a list that stands in a text, or ``""``."""
        known = self._any.get((table, key))
        if known is None:
            known = self._any[table, key] = re.compile(either(self.data[table][key]))
        if known.search(text) is None:
            return ""
        return next((word for word in self.data[table][key] if word in text), "")

    def subject(self, text: str) -> frozenset[str]:
        """Give what a text is about as pairs of characters, without words that stand in every name."""
        found = self._subjects.get(text)
        if found is None:
            if len(self._subjects) >= KEPT:
                self._subjects.clear()
            parts = self._generic.split(text)
            found = self._subjects[text] = frozenset(
                part[place : place + 2] for part in parts for place in range(len(part) - 1)
            )
        return found

    def prose(self, typos: tuple[str, ...] = (), dated: tuple[str, ...] = ()) -> Prose:
        """Give what reads texts, with the slips and dated terms a kit adds."""
        found = self._proses.get((typos, dated))
        if found is None:
            found = self._proses[typos, dated] = Prose(self.data, typos, dated)
        return found

    def ends_with(self, table: str, text: str) -> bool:
        """Whether a text ends with one of a list's heads."""
        return text[-1:] in self._last[table] and text.endswith(self._heads[table])

    def _read(self, text: str) -> Name:
        if text.isalpha() and text[-1] not in self._ends and self._telling.search(text) is None:
            # As most names are until their last word is typed.
            vague = self._vague.fullmatch(text) is not None
            return Name(text, text, text.casefold(), vague=vague, task=self._is_task(text))
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
        bounded = self.ends_with("bounded", core) or self._is_share(core)
        # 成功率 ends like 功率 and is a share all the same.
        rate = bounded or (self.ends_with("rate", core) and not core.endswith(self._no_rate))
        return Name(
            plain=plain,
            core=core,
            key=(plain if plain.isalnum() else "".join(filter(str.isalnum, plain))).casefold(),
            rate=rate,
            bounded=bounded,
            higher=self._find_higher(core),
            lower=self._find_lower(core),
            satisfaction=self.first_of("satisfaction", core) != "",
            vague=self.is_vague(core),
            count=not rate and self.ends_with("count", core) and not self.ends_with("unitless", core),
            unfit=self._find_unfit(core),
            money=self.ends_with("money", core),
            prefix=text[: prefix.end()] if prefix is not None else "",
            figure=figure["number"] if figure is not None else "",
            aim=_aim(figure) if figure is not None else "",
            bare=last.start() if last is not None else 0,
            ending=(ending["number"], ending["unit"]) if ending is not None else None,
            inside=tuple(_COUNT_INSIDE.findall(core)) if figured else (),
            figures=tuple(_FIGURES.findall(plain)) if figured else (),
            brackets=brackets,
            template=self.first_of("template", text, "signs"),
            mean="" if core.endswith(self._growth) else self.first_of("mean", core),
            asks=self._question.search(core) is not None,
            task=self._is_task(core),
            workload=self._workload.search(core) is not None and self._own_work.search(core) is None,
        )

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
        if not self.ends_with("higher", core):
            return self._find_wanted(core)
        head = next(head for head in self._heads["higher"] if core.endswith(head))
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


def _last_of(heads: Iterable[str]) -> frozenset[str]:
    """Give the characters heads end with: a quick test at every key."""
    return frozenset(head[-1] for head in heads)


def read_words(path: Path) -> Words:
    """Read the word lists from a TOML file."""
    return Words(tomllib.loads(path.read_text(encoding="utf-8")))

"""The file name of a package: readable, and accepted by FAT32, exFAT and NTFS alike."""

import re
import unicodedata

MAX_UNIT = 60
ENDING = ".zip"
PART_ENDING = ".part"

_KEPT = "0-9A-Za-z\u4e00-\u9fa5_-"
_NOT_KEPT = re.compile(f"[^{_KEPT}]+")
_OURS = re.compile(
    rf"(?P<before>[{_KEPT}]{{1,90}})_v[0-9]{{1,6}}_[0-9A-HJKMNP-TV-Z]{{8}}(-[0-9]{{1,2}})?\.zip", re.ASCII
)
_MOST_COPIES = 99


def package_name(unit_code: str, unit_name: str, year: str, stage: str, version: int, code: str) -> str:
    """Return `<unit code, else name>_<year>_<stage>_v<n>_<8 of code>.zip` (ruling 25), at most 120
    characters.

    Characters a drive may refuse become `_`; a long name is cut here and only here (the whole one
    is inside). `code` is a check code with or without dashes. The name never equals a reserved word
    of Windows: it always ends in the code.
    """
    unit = _cleaned(unit_code, MAX_UNIT) or _cleaned(unit_name, MAX_UNIT) or "单位"
    parts = [unit, _cleaned(year, 10), _cleaned(stage, 10), f"v{version}", code.replace("-", "")[:8]]
    return "_".join(part for part in parts if part) + ENDING


def names_to_try(name: str) -> list[str]:
    """Return the name, then those to take when it is in use: `…-2.zip` up to `…-99.zip`."""
    stem = name.removesuffix(ENDING)
    return [name, *(f"{stem}-{number}{ENDING}" for number in range(2, _MOST_COPIES + 1))]


def is_leftover_of(found: str, name: str) -> bool:
    """Tell whether a file is the unfinished `.part` of a delivery by the same unit, year and stage."""
    if not found.endswith(PART_ENDING):
        return False
    earlier, mine = _OURS.fullmatch(found.removesuffix(PART_ENDING)), _OURS.fullmatch(name)
    return bool(earlier and mine and earlier["before"] == mine["before"])


def _cleaned(text: str, longest: int) -> str:
    # NFKC so that full-width letters and digits stay readable; this is a label, the text as typed
    # is in the package.
    return _NOT_KEPT.sub("_", unicodedata.normalize("NFKC", text))[:longest].strip("_-")

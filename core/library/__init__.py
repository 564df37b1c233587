"""The indicator library: what indicators there are, with sign, unit, usual range, formula and evidence.

``read_library(resources / "library")`` gives a ``Library``: found by name for checks, searched by words,
pinyin and initials for people. Data, not rules: nothing here says what is right.
"""

from core.library.entry import Entry
from core.library.library import Library
from core.library.reader import own_files, parse_library, read_library

__all__ = ["Entry", "Library", "own_files", "parse_library", "read_library"]

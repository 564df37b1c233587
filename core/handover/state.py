"""What a package turned out to be, as one closed list of words, and the one exception for
everything that is wrong with it.

The words are stable: scripts of bureaus read them from `verify --json`.
"""

from collections.abc import Iterable
from enum import Enum

from core.sheet.errors import RefusedError


class State(Enum):
    """What was found when a package was opened; each has a label `state-<value>` in the messages."""

    COMPLETE = "complete"  # every byte as it was written, every document readable
    DAMAGED = "damaged"  # written by this program, then changed
    CUT = "cut"  # the beginning of a package, the end is missing
    REZIPPED = "rezipped"  # the content is unchanged, but somebody unpacked it and packed it again
    FOREIGN = "foreign"  # not a package of this program
    NEWER = "newer"  # written by a newer version of this program
    TOO_LARGE = "too_large"  # above the limits of a package; not looked into
    INCONSISTENT = "inconsistent"  # whole, but its parts contradict each other
    UNREADABLE = "unreadable"  # whole, but a document in it cannot be read
    UNKNOWN_FORM = "unknown_form"  # whole, but this computer does not have one of its forms
    FORM_DIFFERS = "form_differs"  # whole, but filled with a different definition of the same name
    NO_FILE = "no_file"  # there is no file, or it could not be read


class PackageError(RefusedError):
    """Raised for every package that cannot be accepted: its state and the one plain reason."""

    def __init__(
        self, state: State, code: str, /, *, details: Iterable[RefusedError] = (), **params: object
    ) -> None:
        super().__init__(f"handover.{code}", details=details, **params)
        self.state = state

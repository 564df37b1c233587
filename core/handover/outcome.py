"""How a delivery ended, as one closed list, and which of these an error of the operating system means."""

import errno
from enum import Enum


class Outcome(Enum):
    """How a delivery ended; each has a sentence `outcome-<value>` in the messages that says the way out.

    Only DONE and ALREADY_THERE mean that the whole package is on the drive and was read back.
    """

    DONE = "done"
    ALREADY_THERE = "already-there"  # this very package was delivered here before; read back and equal
    NO_FOLDER = "no-folder"
    READ_ONLY = "read-only"
    NOT_ALLOWED = "not-allowed"
    NO_SPACE = "no-space"
    NAME_REFUSED = "name-refused"
    NAMES_USED_UP = "names-used-up"
    FILE_TOO_LARGE = "file-too-large"
    HELD = "held"  # another program, mostly a virus scanner, does not let go of the file
    GONE_MIDWAY = "gone-midway"
    VERIFY_FAILED = "verify-failed"
    IO_ERROR = "io-error"


# Windows tells its own number beside the errno, and often more exactly.
_WINDOWS = {
    Outcome.READ_ONLY: (19,),
    Outcome.NO_SPACE: (39, 112),
    Outcome.NAME_REFUSED: (123, 206),
    Outcome.HELD: (32, 33),
    Outcome.FILE_TOO_LARGE: (223,),
    Outcome.GONE_MIDWAY: (2, 3, 15, 21, 53, 55, 59, 64, 67, 433, 1110, 1112, 1117, 1167),
}
_POSIX = {
    Outcome.READ_ONLY: ("EROFS",),
    Outcome.NOT_ALLOWED: ("EACCES", "EPERM"),
    Outcome.NO_SPACE: ("ENOSPC", "EDQUOT"),
    Outcome.NAME_REFUSED: ("EINVAL", "ENAMETOOLONG", "EILSEQ"),
    Outcome.HELD: ("EBUSY", "ETXTBSY"),
    Outcome.FILE_TOO_LARGE: ("EFBIG",),
    Outcome.GONE_MIDWAY: (
        "ENOENT", "ENOTDIR", "ENODEV", "ENXIO", "ENOTCONN", "ENOMEDIUM", "ESTALE", "ECONNABORTED",
        "ECONNRESET", "ESHUTDOWN", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "ETIMEDOUT",
    ),
}  # fmt: skip
_BY_WINERROR = {number: outcome for outcome, numbers in _WINDOWS.items() for number in numbers}
_BY_ERRNO = {
    getattr(errno, name): outcome
    for outcome, names in _POSIX.items()
    for name in names
    if hasattr(errno, name)
}
_SCANNER = (5, 32, 33)  # access denied, sharing violation, lock violation


def outcome_of(error: OSError) -> Outcome:
    """Return what an error in the middle of a delivery means; IO_ERROR for one without a better word."""
    winerror = getattr(error, "winerror", None)
    if winerror in _BY_WINERROR:
        return _BY_WINERROR[winerror]
    return _BY_ERRNO.get(error.errno or 0, Outcome.IO_ERROR)


def is_passing(error: OSError) -> bool:
    """Tell whether Windows refused because a scanner looks at the file just now: worth another try."""
    return getattr(error, "winerror", None) in _SCANNER

"""Values as most are typed are read at once, and mean what reading them piece by piece gives."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from core.sheet.values import ValueGrammar
from core.sheet.values.model import Value

RESOURCES = Path(__file__).resolve().parents[3] / "resources"


class PieceByPiece(ValueGrammar):
    """Knows no short cut."""

    def _plain(self, text: str) -> Value | None:  # noqa: ARG002 - there is none for any text
        return None


GRAMMAR, SLOW = (kind(RESOURCES / "values.toml") for kind in (ValueGrammar, PieceByPiece))
UNITS = (
    *GRAMMAR.tables.units.names.spellings,
    "",
    "万元",
    "亿元",
    "万",
    "%%",
    "件以上",
    "左右",
    "元/人·月",
    "℃",
    "-",
)


@given(
    st.sampled_from(("", "≥", "≤", "=", "<", ">", "≥=", "＝", "约", "-")),
    st.from_regex(r"[0-9]{1,10}(\.[0-9]{1,5})?", fullmatch=True) | st.just("98.598.5"),
    st.sampled_from(UNITS),
)
def test_a_plain_value_means_what_its_pieces_say(sign: str, number: str, unit: str) -> None:
    text = sign + number + unit
    assert GRAMMAR.parse(text) == SLOW.parse(text)


@given(
    st.sampled_from(("", "≥", "=", "定性", "大于等于", "约")),
    st.from_regex(r"≥?[0-9]{1,5}(\.[0-9]{1,2})?(件|左右)?", fullmatch=True),
    st.sampled_from(UNITS),
)
def test_three_cells_mean_the_same_however_the_number_is_read(sign: str, number: str, unit: str) -> None:
    assert GRAMMAR.parse_parts(sign, number, unit) == SLOW.parse_parts(sign, number, unit)

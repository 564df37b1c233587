"""Whatever somebody did to a definition, the check answers, and what the reader refuses it calls wrong."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from core.authoring.flaw import Weight
from core.authoring.inspector import FormFolder, Inspector
from core.sheet.definition_reader import DefinitionError, parse_form
from core.sheet.messages import Messages

FORMS = sorted((Path(__file__).resolve().parents[3] / "resources/forms").glob("*/*/form.toml"))
WORDS = (
    "<",
    "^",
    "{",
    "}",
    "{goal}",
    "“",
    "，",
    "=",
    "==",
    "[",
    "]",
    '"',
    "sum(",
    "level1",
    "money",
    "-1",
    "",
)


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[str, str, str]:
    """A shipped definition, spoilt as people spoil files: lines lost, doubled, words put in or changed."""
    file = draw(st.sampled_from(FORMS))
    lines = file.read_text("utf-8").split("\n")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(("lose", "double", "put", "swap", "empty"))):
            case "lose":
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "put":
                cut = draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:cut] + draw(st.sampled_from(WORDS)) + lines[at][cut:]
            case "swap":
                old = draw(st.sampled_from(('"<"', '"^"', "money", "text", "basic", "indicators", "true")))
                lines[at] = lines[at].replace(old, draw(st.sampled_from(WORDS)))
            case "empty":
                lines[at] = lines[at].split("=")[0] + '= ""' if "=" in lines[at] else ""
        lines = lines or [""]
    return file.parent.parent.name, file.parent.name, "\n".join(lines)


@settings(max_examples=80, deadline=None)
@given(one=spoilt())
def test_a_spoilt_definition_is_answered_in_sentences(
    one: tuple[str, str, str], inspector: Inspector, messages: Messages
) -> None:
    form, edition, text = one
    flaws = inspector.inspect(FormFolder(form, edition, text.encode(), None))
    reasons = [flaw.reason(messages) for flaw in flaws]
    assert all(reasons)
    try:
        parse_form(text.encode(), "form.toml")
    except DefinitionError:
        assert any(flaw.weight is Weight.WRONG for flaw in flaws)

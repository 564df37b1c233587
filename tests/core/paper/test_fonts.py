"""Every character is shown by some bundled font, or it is known that none shows it."""

from pathlib import Path

import pytest

from core.paper.fonts import EM, SANS, SERIF, SYMBOLS, Fonts, Style
from core.paper.truetype import FontError, TrueTypeFile


@pytest.mark.parametrize(
    ("character", "style", "face"),
    [
        ("法", Style.BODY, SERIF),
        ("法", Style.LABEL, SANS),
        ("≥", Style.BODY, SERIF),
        ("㎡", Style.BODY, SERIF),
        ("☐", Style.BODY, SYMBOLS),
        ("☑", Style.LABEL, SYMBOLS),
    ],
)
def test_a_character_is_shown_by_the_font_of_its_use(
    character: str, style: Style, face: int, fonts: Fonts
) -> None:
    assert fonts.signs(style)[character].face == face


def test_a_han_character_is_as_wide_as_the_type_size(fonts: Fonts) -> None:
    assert fonts.width(Style.BODY, "法治建设") == 4 * EM


def test_a_character_no_font_has_is_known(fonts: Fonts) -> None:
    assert fonts.missing("张\ue123三\ue123\U0010abcd") == ["\ue123", "\U0010abcd"]


def test_joiners_and_direction_marks_take_no_room_and_are_not_missing(fonts: Fonts) -> None:
    text = "\u200b\u200d\u2060\ufeff\u202e\ufe0f"
    assert fonts.missing(text) == []
    assert fonts.width(Style.BODY, text) == 0


def test_every_character_we_print_ourselves_is_in_the_fonts(fonts: Fonts, resources: Path) -> None:
    files = [*resources.glob("forms/*/*/form.toml"), *resources.glob("messages/*.toml")]
    assert files
    for file in files:
        assert fonts.missing(file.read_text(encoding="utf-8").replace("\n", "")) == [], file.name


def test_the_common_characters_of_names_and_places_are_there(fonts: Fonts) -> None:
    assert fonts.missing("".join(chr(code) for code in range(0x4E00, 0x9FA6))) == []
    assert fonts.missing("𫍯𬭎𨱏𠅤龑㼆䶮") == []


def test_a_file_that_is_no_truetype_font_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.otf"
    other.write_bytes(b"OTTO" + bytes(400))
    with pytest.raises(FontError):
        TrueTypeFile(other)


def test_a_small_font_holds_the_same_glyphs_under_new_numbers(fonts: Fonts, tmp_path: Path) -> None:
    for face, text in ((fonts.faces[SERIF], "法治"), (fonts.faces[SYMBOLS], "☐Ąǅ")):
        wanted = [0, *(face.glyph_of(ord(character)) for character in text)]
        data = face.subset(wanted)
        # A subset has no names and no character map; with the face's own it is a whole file again.
        small = with_tables(data, face, tmp_path / "small.ttf")
        for number, glyph in enumerate(wanted):
            assert small.width(number) == face.width(glyph)
            assert small.outline(number) == face.outline(glyph)


def with_tables(data: bytes, face: TrueTypeFile, path: Path) -> TrueTypeFile:
    count = int.from_bytes(data[4:6], "big")
    tables = {}
    for index in range(count):
        entry = data[12 + 16 * index : 28 + 16 * index]
        start, length = int.from_bytes(entry[8:12], "big"), int.from_bytes(entry[12:16], "big")
        tables[entry[:4]] = data[start : start + length]
    tables |= {tag: face.table(tag.decode("ascii")) for tag in (b"cmap", b"name")}
    head = data[:4] + len(tables).to_bytes(2, "big") + bytes(6)
    at, directory, body = 12 + 16 * len(tables), b"", b""
    for tag, content in sorted(tables.items()):
        directory += tag + bytes(4) + at.to_bytes(4, "big") + len(content).to_bytes(4, "big")
        padded = content + bytes(-len(content) % 4)
        body += padded
        at += len(padded)
    path.write_bytes(head + directory + body)
    return TrueTypeFile(path)

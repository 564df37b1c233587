"""The PDF: its text is the sheet's text, its bytes repeat, its fonts are inside it."""

import re
from io import BytesIO

import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.paper.fonts import Fonts
from core.paper.layout import lay_out
from core.paper.lines import visible
from core.paper.pdf import Printed, Sheet, print_pdf
from core.sheet.definition import Form
from core.sheet.document import Document
from core.sheet.grid import expand
from core.sheet.messages import Messages
from tests.core.paper.making import document_of, trial_documents

RARE = "𫍯𬭎𨱏𠅤龑㎡☐☑"
INDICATORS = [
    {"level1": "产出指标", "level2": "数量指标", "name": f"调解率{n}", "value": "≥95%"} for n in range(60)
]


def text_of(printed: Printed) -> str:
    reader = pypdf.PdfReader(BytesIO(printed.data))
    return "".join(page.extract_text() for page in reader.pages)


def squeezed(text: str) -> str:
    return "".join(text.split())


def one(document: Document, fonts: Fonts, messages: Messages) -> Printed:
    return print_pdf([Sheet(document)], fonts, messages)


@given(data=st.data())
@settings(max_examples=25)
def test_the_text_of_the_pdf_is_the_text_of_the_pages_in_reading_order(
    data: st.DataObject, trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    document = data.draw(trial_documents(trial_form))
    laid = lay_out(document, fonts, messages)
    drawn = (visible(line) for page in laid.pages for box in page.boxes for line in box.lines)
    assert squeezed(text_of(one(document, fonts, messages))) == squeezed("".join(drawn))


def test_every_text_of_a_real_form_is_found_in_its_pdf_in_reading_order(
    real_document: Document, fonts: Fonts, messages: Messages
) -> None:
    text = squeezed(text_of(one(real_document, fonts, messages)))
    found = 0
    for cell in expand(real_document).cells:
        at = text.find(squeezed(cell.text), found)
        assert at >= 0, cell.text
        found = at


@pytest.mark.parametrize("character", RARE)
def test_a_rare_name_can_be_copied_out_of_the_pdf(
    character: str, trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    printed = one(document_of(trial_form, {"goal": f"张{character}三"}, {}), fonts, messages)
    assert f"张{character}三" in text_of(printed)
    document = pypdfium2.PdfDocument(printed.data)
    page = document[0]
    words = page.get_textpage()
    assert f"张{character}三" in words.get_text_bounded()
    words.close()
    page.close()
    document.close()


def test_a_font_names_its_characters_in_blocks_of_at_most_a_hundred(
    trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    many = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 950))
    printed = one(document_of(trial_form, {"goal": many}, {}), fonts, messages)
    blocks = []
    for page in pypdf.PdfReader(BytesIO(printed.data)).pages:
        for font in page["/Resources"]["/Font"].values():
            table = font.get_object()["/ToUnicode"].get_object().get_data().decode("ascii")
            blocks += [int(count) for count in re.findall(r"(\d+) beginbfchar", table)]
    assert max(blocks) == 100
    assert many in squeezed(text_of(printed))


def test_blanks_typed_in_the_middle_of_a_line_are_in_the_text(
    trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    assert "一\u3000二\u00a0三" in text_of(
        one(document_of(trial_form, {"goal": "一　二\u00a0三"}, {}), fonts, messages)
    )


def test_the_same_document_gives_the_same_bytes(trial_form: Form, fonts: Fonts, messages: Messages) -> None:
    document = document_of(trial_form, {"goal": RARE}, {"indicators": INDICATORS})
    again = Fonts(fonts.folder)
    assert one(document, fonts, messages).data == one(document, again, messages).data


def test_every_font_is_inside_the_file(trial_form: Form, fonts: Fonts, messages: Messages) -> None:
    printed = one(document_of(trial_form, {"goal": RARE}, {}), fonts, messages)
    page = pypdf.PdfReader(BytesIO(printed.data)).pages[0]
    faces = [
        font.get_object()["/DescendantFonts"][0].get_object() for font in page["/Resources"]["/Font"].values()
    ]
    assert len(faces) == 3
    assert all("/FontFile2" in face["/FontDescriptor"] for face in faces)


def test_a_viewer_is_asked_not_to_shrink_the_page(trial_form: Form, fonts: Fonts, messages: Messages) -> None:
    reader = pypdf.PdfReader(BytesIO(one(document_of(trial_form, {}, {}), fonts, messages).data))
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/PrintScaling"] == "/None"


def test_the_file_says_its_title_and_nothing_about_the_person(
    trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    reader = pypdf.PdfReader(BytesIO(one(document_of(trial_form, {}, {}), fonts, messages).data))
    assert reader.metadata is not None
    assert reader.metadata.title == "2025年度某区司法局试填表"
    assert reader.metadata.author in (None, "")


def test_the_draft_mark_is_seen_on_every_page_and_not_read(
    trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    document = document_of(trial_form, {}, {"indicators": INDICATORS})
    plain, marked = (print_pdf([Sheet(document, draft=draft)], fonts, messages) for draft in (False, True))
    assert text_of(plain) == text_of(marked)
    assert plain.pages == marked.pages > 1
    for index in range(plain.pages):
        assert dark_share(marked, index) > dark_share(plain, index) + 0.02


def dark_share(printed: Printed, index: int) -> float:
    """Give the share of a page that is not white."""
    document = pypdfium2.PdfDocument(printed.data)
    page = document[index]
    bitmap = page.render(scale=0.5, grayscale=True)
    pixels = bytes(bitmap.buffer)
    bitmap.close()
    page.close()
    document.close()
    return sum(pixel < 250 for pixel in pixels) / len(pixels)


def test_a_character_no_font_has_leaves_a_box_and_stays_in_the_text(
    trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    with_it, without = (
        one(document_of(trial_form, {"goal": text}, {}), fonts, messages)
        for text in ("\ue123" * 200, " " * 200)
    )
    assert "\ue123" * 200 in squeezed(text_of(with_it))
    assert dark_share(with_it, 0) > dark_share(without, 0) + 0.002
    assert [one.code for one in with_it.missing[0]] == ["U+E123"]


def test_printing_nothing_is_a_mistake_of_the_caller(fonts: Fonts, messages: Messages) -> None:
    with pytest.raises(ValueError, match="no sheet"):
        print_pdf([], fonts, messages)


def test_several_sheets_begin_with_a_list_of_them(trial_form: Form, fonts: Fonts, messages: Messages) -> None:
    first = document_of(
        trial_form, {"project": "法治宣传经费", "basic": "3723.19"}, {"indicators": INDICATORS}
    )
    second = document_of(trial_form, {"project": "社区矫正经费", "total": "12"}, {})
    printed = print_pdf([Sheet(first), Sheet(second)], fonts, messages)
    pages = [squeezed(page.extract_text()) for page in pypdf.PdfReader(BytesIO(printed.data)).pages]
    assert printed.first_pages[0] == 2
    for number, (project, amount) in enumerate((("法治宣传经费", "3,723.19"), ("社区矫正经费", "12.00"))):
        row = f"{project}{amount}万元{printed.first_pages[number]}{printed.codes[number]}"
        assert row in pages[0]
        start = printed.first_pages[number] - 1
        assert project in pages[start]
        assert f"校验码{printed.codes[number]}" in pages[start]
    assert "第1页共" in pages[printed.first_pages[1] - 1]


def test_the_list_of_a_hundred_sheets_goes_on_with_its_head(
    trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    document = document_of(trial_form, {"project": "法治宣传经费"}, {})
    printed = print_pdf([Sheet(document)] * 100, fonts, messages)
    pages = [squeezed(page.extract_text()) for page in pypdf.PdfReader(BytesIO(printed.data)).pages]
    assert printed.first_pages[0] > 2
    assert all("序号报表项目金额页码校验码" in page for page in pages[: printed.first_pages[0] - 1])

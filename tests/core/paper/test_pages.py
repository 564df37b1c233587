"""A sheet on pages: nothing is lost, rows stay whole, heads and labels come again."""

from hypothesis import given
from hypothesis import strategies as st

from core.paper.fonts import Fonts
from core.paper.layout import lay_out
from core.paper.rows import height_of
from core.paper.setup import SEAL
from core.sheet.definition import Form
from core.sheet.document import Document
from core.sheet.forms import FormLibrary
from core.sheet.grid import expand
from core.sheet.messages import Messages
from core.sheet.places import field_place
from tests.core.paper.making import bordered, document_of, is_whole, printed_at, texts_on, trial_documents

CLOSE = 0.02
LONG = "推进依法行政，深化公共法律服务。"


@given(data=st.data())
def test_every_character_of_every_cell_is_on_the_pages(
    data: st.DataObject, trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    document = data.draw(trial_documents(trial_form))
    laid = lay_out(document, fonts, messages)
    printed = printed_at(laid)
    for cell in expand(document).cells:
        if cell.place and cell.text:
            parts = printed[cell.place]
            assert is_whole(cell.text, parts), (document.counted(cell.place), cell.text, parts)
    free = [box for page in laid.pages for box in page.boxes if not box.border and box.y < page.height - 46]
    notes = "".join("".join(box.lines) for box in free)
    assert "注：" + document.field("note") in notes


@given(data=st.data())
def test_no_cell_runs_over_another_one_or_into_the_margin(
    data: st.DataObject, trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    laid = lay_out(data.draw(trial_documents(trial_form)), fonts, messages)
    for number, page in enumerate(laid.pages, start=1):
        boxes = bordered(laid, number)
        for box in boxes:
            assert box.x > 50
            assert box.x + box.width < page.width - 40
            assert box.y > 40
            assert box.y + box.height < page.height - 40
            assert height_of(len(box.lines)) <= box.height + CLOSE
        boxes.sort(key=lambda box: box.y)
        for index, box in enumerate(boxes):
            for other in boxes[index + 1 :]:
                if other.y >= box.y + box.height - CLOSE:
                    break
                assert other.x >= box.x + box.width - CLOSE or box.x >= other.x + other.width - CLOSE


@given(data=st.data())
def test_the_table_on_a_page_is_a_full_rectangle(
    data: st.DataObject, trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    laid = lay_out(data.draw(trial_documents(trial_form)), fonts, messages)
    for number in range(1, len(laid.pages) + 1):
        boxes = bordered(laid, number)
        if boxes:
            left, right = min(b.x for b in boxes), max(b.x + b.width for b in boxes)
            top, bottom = min(b.y for b in boxes), max(b.y + b.height for b in boxes)
            area = sum(box.width * box.height for box in boxes)
            assert abs(area - (right - left) * (bottom - top)) < 1


def indicators(count: int, name: str = "调解率") -> list[dict[str, str]]:
    return [
        {"level1": "产出指标", "level2": "数量指标", "name": f"{name}{number}", "value": "100%"}
        for number in range(1, count + 1)
    ]


def test_head_rows_and_merged_labels_are_printed_again_on_each_page(
    trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    laid = lay_out(document_of(trial_form, {}, {"indicators": indicators(70)}), fonts, messages)
    assert len(laid.pages) >= 3
    for page in range(1, len(laid.pages)):
        assert "三级指标" in texts_on(laid, page)
        for label in ("绩效指标", "产出指标", "数量指标"):
            assert texts_on(laid, page).count(label) == 1
    assert texts_on(laid, 2)[:3] == ["绩效指标", "一级指标", "二级指标"]


def test_a_label_beside_the_head_reaches_up_to_its_top_on_the_next_page(
    trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    laid = lay_out(document_of(trial_form, {}, {"indicators": indicators(70)}), fonts, messages)
    label, head = bordered(laid, 2)[:2]
    assert label.lines == ("绩效指标",)
    assert label.y == head.y
    assert label.height > head.height


def test_a_row_stays_whole(trial_form: Form, fonts: Fonts, messages: Messages) -> None:
    rows = indicators(12, LONG * 6)
    laid = lay_out(document_of(trial_form, {}, {"indicators": rows}), fonts, messages)
    assert len(laid.pages) > 1
    for place, parts in printed_at(laid).items():
        if place.column == "name":
            assert len(parts) == 1


def test_a_row_taller_than_the_page_continues_on_the_next(
    trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    goal = "".join(f"目标{number}，" for number in range(3000))
    laid = lay_out(document_of(trial_form, {"goal": goal}, {}), fonts, messages)
    parts = printed_at(laid)[field_place("goal")]
    assert len(parts) > 3
    assert "".join(parts) == goal
    assert all("总体目标" in texts_on(laid, page) for page in range(1, len(parts) + 1))


def test_a_merged_cell_longer_than_its_rows_makes_them_all_taller(
    trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    steps = [{"what": f"措施{number}"} for number in range(3)]
    laid = lay_out(
        document_of(trial_form, {}, {"tasks": [{"goal": LONG * 20, "steps": steps}]}), fonts, messages
    )
    heights = {
        round(box.height, 1)
        for page in laid.pages
        for box in page.boxes
        if "".join(box.lines).startswith("措施")
    }
    assert len(heights) == 2, "the head is as high as one line, the three steps are equally high"


def test_a_short_text_beside_rows_on_two_pages_is_on_both(
    trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    steps = [{"what": f"措施{number}"} for number in range(60)]
    task = {"name": "法治宣传", "goal": LONG * 10, "funds": "8.4", "steps": steps}
    document = document_of(trial_form, {}, {"tasks": [task]})
    printed = printed_at(lay_out(document, fonts, messages))
    name, goal = document.place("tasks[1].name"), document.place("tasks[1].goal")
    assert set(printed[name]) == {"法治宣传"}
    assert len(printed[name]) >= 2
    assert "".join(printed[goal]) == LONG * 10


def test_a_head_never_stands_last_on_a_page(trial_form: Form, fonts: Fonts, messages: Messages) -> None:
    for count in range(1, 40):
        tasks = [{"name": f"任务{number}"} for number in range(count)]
        laid = lay_out(
            document_of(trial_form, {}, {"tasks": tasks, "indicators": indicators(3)}), fonts, messages
        )
        for page in range(1, len(laid.pages) + 1):
            boxes = bordered(laid, page)
            if boxes:
                assert "三级指标" not in boxes[-2].lines + boxes[-1].lines


def test_signatures_are_never_alone_on_a_page_and_leave_a_square_for_the_seal(
    trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    for count in range(1, 45):
        laid = lay_out(document_of(trial_form, {}, {"indicators": indicators(count)}), fonts, messages)
        page = laid.pages[-1]
        assert any(box.border for box in page.boxes)
        assert page.seal is not None
        x, y, side = page.seal
        assert side == SEAL
        for box in page.boxes:
            apart = (
                box.x + box.width <= x + CLOSE
                or box.x >= x + side
                or box.y + box.height <= y
                or box.y >= y + side
            )
            assert apart, f"{box.lines} stands where the seal goes"
        assert any("填报单位（公章）：" in box.lines for box in page.boxes)


def test_each_page_says_which_it_is_of_how_many_and_carries_the_code(
    trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    laid = lay_out(document_of(trial_form, {}, {"indicators": indicators(70)}), fonts, messages)
    for number, page in enumerate(laid.pages, start=1):
        lines = [line for box in page.boxes for line in box.lines]
        assert f"第{number}页 共{len(laid.pages)}页" in lines
        assert f"校验码 {laid.code}" in lines


def test_title_number_and_lines_above_stand_on_the_first_page_only(
    trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    laid = lay_out(document_of(trial_form, {}, {"indicators": indicators(70)}), fonts, messages)
    assert texts_on(laid, 1)[:4] == [
        "表9",
        "2025年度某区司法局试填表",
        "单位：135某区司法局",
        "金额单位：万元",
    ]
    assert "表9" not in texts_on(laid, 2)


def test_amounts_stand_right_and_labels_in_the_middle(
    trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    laid = lay_out(document_of(trial_form, {"basic": "3723.19"}, {}), fonts, messages)
    aligned = {"".join(box.lines): box.align for box in bordered(laid, 1)}
    assert aligned["3,723.19"] == "right"
    assert aligned["基本支出"] == "center"


def test_a_character_no_font_has_is_named_with_its_place(
    trial_form: Form, fonts: Fonts, messages: Messages
) -> None:
    document = document_of(trial_form, {"goal": "张\ue123三", "note": "\U0010abcd"}, {})
    laid = lay_out(document, fonts, messages)
    assert {(one.code, one.place) for one in laid.missing} == {
        ("U+E123", field_place("goal")),
        ("U+10ABCD", None),
    }
    assert any("没有的字" in line for box in laid.pages[0].boxes for line in box.lines)


def test_every_bundled_form_fits_its_paper_blank_and_full(
    forms: FormLibrary, fonts: Fonts, messages: Messages
) -> None:
    for form in forms.all():
        laid = lay_out(Document(form, unit_name="某局"), fonts, messages)
        assert 1 <= len(laid.pages) <= 3, form.form

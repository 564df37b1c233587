"""File names of packages: readable, unique by their code, accepted everywhere."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.handover.names import is_leftover_of, names_to_try, package_name

CODE = "7K4D-92QM-ABCD-EFGH"
WINDOWS_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def test_the_code_of_the_unit_stands_first():
    assert (
        package_name("206001", "广州市司法局", "2025", "申报", 3, CODE) == "206001_2025_申报_v3_7K4D92QM.zip"
    )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("广州市司法局", "广州市司法局"),
        ("广州市司法局（本级）", "广州市司法局_本级"),
        ("  A&B公司 ", "A_B公司"),
        ("Ａ１局", "A1局"),
        ("../../etc", "etc"),
        ("甲:乙*丙?.", "甲_乙_丙"),
        ("🙂", "单位"),
        ("", "单位"),
        ("\u202eexe.pdf", "exe_pdf"),
    ],
)
def test_without_a_code_the_cleaned_name_stands_first(typed: str, shown: str):
    assert package_name("", typed, "2025", "申报", 1, CODE) == f"{shown}_2025_申报_v1_7K4D92QM.zip"


@given(
    st.text(max_size=90),
    st.text(max_size=90),
    st.text(max_size=20),
    st.text(max_size=20),
    st.integers(1, 999_999),
)
@settings(max_examples=100, deadline=None)
def test_every_name_is_accepted_by_every_file_system(unit_code, unit_name, year, stage, version):
    name = package_name(unit_code, unit_name, year, stage, version, CODE)
    for tried in (name, names_to_try(name)[-1], name + ".part"):
        assert re.fullmatch(r"[0-9A-Za-z一-龥_-]+\.zip(\.part)?", tried)
        assert len(tried) <= 120
        assert len(tried.encode()) <= 255
        assert not WINDOWS_RESERVED.fullmatch(tried)
    assert is_leftover_of(name + ".part", name)


def test_a_long_unit_name_is_cut_and_the_rest_of_the_name_kept():
    name = package_name("", "某" * 200, "2025", "申报", 1, CODE)
    assert name == "某" * 60 + "_2025_申报_v1_7K4D92QM.zip"


def test_only_unfinished_files_of_the_same_unit_year_and_stage_are_leftovers():
    name = package_name("206001", "", "2025", "申报", 3, CODE)
    assert is_leftover_of("206001_2025_申报_v2_00000000.zip.part", name)
    assert is_leftover_of("206001_2025_申报_v3_7K4D92QM-2.zip.part", name)
    for other in (
        "206001_2025_申报_v2_00000000.zip",
        "206002_2025_申报_v2_00000000.zip.part",
        "206001_2024_申报_v2_00000000.zip.part",
        "photo.zip.part",
        "206001_2025_申报_v2_00000000.zip.part.part",
    ):
        assert not is_leftover_of(other, name)

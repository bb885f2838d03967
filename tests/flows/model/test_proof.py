"""What a message or a file says of a paper."""

from dataclasses import replace
from typing import Any

import pytest

from flows.forms.form import Sheet, Unreadable
from flows.model.commands import Ticked
from flows.model.proof import SopApproval, claims, is_question
from tests.flows.small_office import KADIS, NOW, a_file


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("/verifikasi", True),
        (" /verifikasi@sigap_bot ini ", True),
        ("", False),
        ("verifikasi", False),
    ],
)
def test_a_file_asks_after_a_paper_by_its_caption(caption: str, expected: bool) -> None:
    assert is_question(replace(a_file(), caption=caption)) is expected


def test_the_clock_asks_after_no_paper() -> None:
    assert not is_question(Ticked(7, "tick:1"))


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ({"claim": "AB12-CD34"}, ("ab12cd34", "", "")),
        ({"sheet": Sheet("Data", (), {"dokumen": "AB12CD34"})}, ("ab12cd34", "", "")),
        ({"sheet": Sheet("Data", (), {"perintah": "7", "unit": "DAL"})}, ("", "7", "DAL")),
        ({"sheet": Sheet("Data", (), {"perintah": "-7", "unit": "DAL"})}, ("", "", "DAL")),
        ({"sheet": Sheet("Data", (), {"perintah": "７"})}, ("", "", "")),
        ({"sheet": Unreadable("not_workbook")}, ("", "", "")),
        ({}, ("", "", "")),
    ],
)
def test_a_file_claims_its_code_or_the_perintah_and_unit_of_a_form(
    file: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    assert claims(replace(a_file(), **file)) == expected


def test_the_code_of_an_approval_is_printed_in_two_groups() -> None:
    approval = SopApproval("PENGUMPULAN", 1, "ab12cd34" + "0" * 56, KADIS, "definitif", NOW)

    assert approval.code == "AB12-CD34"

"""Rows that a note names: a note for each, and those nobody picked."""

from flows.detours.named_rows import asking, not_picked, notes_by_code
from flows.dialogs.question import Choice

CODES = ("DAL-04", "DAL-05")


def test_a_note_is_for_all_rows_or_a_line_a_row() -> None:
    assert notes_by_code("Mohon dilengkapi", CODES) == dict.fromkeys(CODES, "Mohon dilengkapi")
    assert notes_by_code("dal04: bukti kurang\nDAL-05 : angka keliru", CODES) == {
        "DAL-04": "bukti kurang", "DAL-05": "angka keliru",
    }  # fmt: skip
    assert notes_by_code("Catatan: lihat DAL-04", CODES) == dict.fromkeys(
        CODES, "Catatan: lihat DAL-04"
    )
    assert notes_by_code("DAL-04:", CODES) == dict.fromkeys(CODES, "DAL-04:")


def test_no_line_of_a_note_is_dropped() -> None:
    assert notes_by_code("DAL-04, DAL-05: angka keliru", CODES) == dict.fromkeys(
        CODES, "angka keliru"
    )
    assert notes_by_code("DAL-04: angka tertukar\nlaporan 72,40", CODES) == {
        "DAL-04": "angka tertukar laporan 72,40",
    }  # fmt: skip
    assert notes_by_code("Mohon segera.\nDAL-04: bukti kurang", CODES) == {
        "DAL-04": "bukti kurang Mohon segera.", "DAL-05": "Mohon segera.",
    }  # fmt: skip
    assert notes_by_code("DAL-04: bukti kurang\nDAL-99: tidak ada", CODES) == {
        "DAL-04": "bukti kurang DAL-99: tidak ada",
    }  # fmt: skip


def test_what_is_noted_for_another_row_is_left_out() -> None:
    text = "DAL-04: bukti kurang\nDAL-05: juga keliru\nsejak Juli"

    assert notes_by_code(text, ("DAL-04",), CODES) == {"DAL-04": "bukti kurang"}
    assert notes_by_code("DAL-05: keliru", ("DAL-04",), CODES) == {"DAL-04": "DAL-05: keliru"}


def test_rows_named_and_not_picked_are_asked_about() -> None:
    text = "dal 4: bukti kurang\nDAL-05: angka tertukar"

    assert not_picked(text, CODES, ["DAL-04"]) == ["DAL-05"]
    assert not_picked(text, CODES, CODES) == []
    assert not_picked("lihat DAL-051 dan XDAL-05", CODES, []) == []
    also = Choice(True, "kembalikan_juga", args={"kode": ["DAL-05"]})
    question = asking(also, ["DAL-04"])
    assert question is not None
    assert [choice.value for choice in question.choices] == [True, False]
    assert asking(also._replace(args={"kode": []}), CODES) is None

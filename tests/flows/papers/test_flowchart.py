"""The SOP as its paper shows it, and where a perintah stands in it."""

from typing import Any

import pytest

from flows.model.perintah import Tugas
from flows.papers.flowchart import original, reconstructed, sop_files, step_standing
from tests.flows.small_office import NOW, a_turn, an_order, filling, setting, task
from tests.kantor import wita

OFFICE, WORK = setting().office, setting().calendar
SOP, REPAIR = (setting().book.newest(code) for code in ("PENGUMPULAN", "PERBAIKAN"))
FIFTH = SOP.steps[4]
LATER = wita(24, "11.00")


def test_the_paper_as_received_bears_one_marker_and_no_arrow() -> None:
    """Of all markers only Mulai in the column of the Kepala Dinas has survived."""
    rows = original(SOP)

    assert [row.nomor for row in rows] == [f"{n}." for n in range(1, 10)]
    assert [(mark.kolom, mark.rupa) for mark in rows[0].rupa] == [(0, "mulai")]
    assert [row.rupa for row in rows[1:]] == [()] * 8


def test_the_reconstruction_begins_ends_and_decides() -> None:
    headings, rows = reconstructed(SOP, OFFICE)
    shapes = [[mark.rupa for mark in row.rupa] for row in rows]

    assert list(headings) == [
        "Kepala Dinas", "Sekretaris", "Kepala Bidang", "Kasubag perencanaan dan evaluasi",
        "Jabatan Pelaksana",
    ]  # fmt: skip
    assert shapes[0] == ["mulai"]
    assert shapes[6] == ["keputusan"]
    assert shapes[-1] == ["proses", "selesai"]
    assert (rows[6].kembali, rows[6].tambahan) == (
        4, "Tidak: kembali ke langkah 5 (tambahan)",
    )  # fmt: skip


@pytest.mark.parametrize("sop", [SOP, REPAIR])
def test_every_mark_stands_in_a_column(sop: Any) -> None:
    headings, rows = reconstructed(sop, OFFICE)

    assert len(rows) == len(sop.steps)
    assert all(0 <= mark.kolom < len(headings) for row in rows for mark in row.rupa)
    assert [mark.rupa for row in rows for mark in row.rupa].count("selesai") == 1


DONE = {"state": "selesai", "finished_at": wita(24, "10.00")}


@pytest.mark.parametrize(
    ("tugas", "state", "minutes"),
    [
        ((), "belum", 0),
        ((filling(),), "berjalan", 180),
        ((filling(**DONE),), "selesai", 120),
        ((filling(**DONE), filling()), "berjalan", 180),
        ((filling(due_at=wita(24, "10.59")),), "lewat", 180),
        ((filling(state="tahan"),), "jeda", 180),
        ((filling(round=2),), "kembali", 180),
        ((filling(state="batal"), filling(state="ulang")), "belum", 0),
        ((task("6", "koordinator_data", "DAL"),), "belum", 0),
    ],
)
def test_where_a_step_stands(tugas: tuple[Tugas, ...], state: str, minutes: int) -> None:
    """Of several units the slowest counts; at 11.00, begun at 08.00."""
    standing = step_standing(an_order(*tugas), FIFTH, WORK, LATER)

    assert (standing["keadaan"], standing["menit"]) == (state, minutes)


def test_a_live_chart_shows_real_minutes_beside_the_standard() -> None:
    turn = a_turn(None, an_order(filling()), now=LATER)
    running, *_ = sop_files(turn, SOP)

    rows = running.data["isi"]["baris"]
    assert rows[4]["waktu"] == "180 / 480"
    assert rows[4]["keterangan"].startswith("berjalan 25-11")
    assert (rows[5]["waktu"], rows[5]["keterangan"]) == ("480", "")
    assert step_standing(an_order(filling(**DONE)), FIFTH, WORK, NOW)["batas"] is None


def test_without_a_perintah_nothing_runs() -> None:
    assert len(sop_files(a_turn(None), SOP)) == 2
    assert len(sop_files(a_turn(None, an_order()), SOP)) == 3

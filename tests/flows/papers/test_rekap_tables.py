"""The further sheets of a rekap: what changed, what was noted, who did what."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from flows.figures.doubts import REASON, SAME
from flows.model.perintah import Perintah
from flows.papers.rekap_tables import rekap_tables
from tests.flows.sample import isian_of
from tests.flows.small_office import (
    FILLER,
    NAMES,
    a_turn,
    an_order,
    data_of,
    filling,
    finding,
)
from tests.kantor import wita


def tables(perintah: Perintah, **view: Any) -> dict[str, list[list[Any]]]:
    made = rekap_tables(a_turn(None, perintah, **view))
    return {table.name: [list(row) for row in table.rows] for table in made}


def with_row(kode: str, **changes: Any) -> Any:
    rows = tuple(replace(r, **changes) if r.kode == kode else r for r in isian_of("DAL"))
    return data_of("DAL")._replace(version=2, rows=rows)


def test_a_correction_shows_each_changed_cell_with_its_reason_and_evidence() -> None:
    changed = with_row("DAL-04", realisasi=Decimal(55), evidence=("a" * 64,), keterangan="x")
    order = an_order(sop="PERBAIKAN", data=(data_of("DAL"), changed), temuan=(finding("DAL-04"),))

    figures, note = tables(order)["Semula-Menjadi"]
    assert figures[:2] == ["DAL", "DAL-04"]
    assert [str(cell.value) for cell in figures[3:5]] == ["48", "55"]
    assert figures[5:] == ["Tidak sesuai laporan", "1 berkas"]
    assert note[3:5] == ["", "x"]
    collected = order._replace(sop="PENGUMPULAN")
    assert "Semula-Menjadi" not in tables(collected)


def test_notes_tell_what_is_not_available_doubtful_or_left_out() -> None:
    data = with_row("DAL-04", answers={SAME: "TW II 2026", REASON: "Belum ada kampung baru"})
    notes = tables(an_order(data=(data,), skipped={"PPA": "Belum masuk"}))["Catatan"]

    assert notes[0] == ["PPA", "", "", "Rekap tanpa unit ini", "Belum masuk"]
    assert ["DAL", "DAL-03", "n/a", "Data belum tersedia (n/a)",
            "Data tahunan, menunggu rilis BPS"] in notes  # fmt: skip
    told = [row[3:] for row in notes if row[1] == "DAL-04"]
    assert told == [["Sama persis dengan TW II 2026", "Dipastikan benar"]]


def test_a_row_nobody_filled_in_is_noted() -> None:
    short = data_of("DAL")._replace(rows=isian_of("DAL")[:-1])

    assert ["DAL", "DAL-08", "", "Tidak diisi", ""] in tables(an_order(data=(short,)))["Catatan"]


def test_the_trail_counts_working_minutes_without_what_rested() -> None:
    done = filling(
        state="selesai", outcome="dikirim", finished_by=FILLER, finished_at=wita(24, "11.00"),
        pauses=((wita(24, "09.00"), wita(24, "09.30")),), round=2,
    )  # fmt: skip

    (line,) = tables(an_order(done))["Jejak"]
    assert line[:4] == ["5", "DAL", "Menyusun data kinerja (ke-2)", NAMES[FILLER]]
    assert line[5:7] == ["24-11-2026 08.00", "24-11-2026 11.00"]
    assert [str(cell.value) for cell in line[7:10]] == ["150", "30", "480"]
    assert line[10] == "dikirim"
    assert tables(an_order(filling())) == {}, "nothing is done yet"

"""Letters that follow from the state of a perintah: each made once its facts are there."""

from typing import Any

from flows.model.perintah import Dokumen, Perintah
from flows.papers.due import issue_due
from flows.papers.filing import file_name
from flows.papers.unit_forms import issue_form
from tests.flows.small_office import (
    HEAD,
    KADIS,
    KASUBAG,
    NAMES,
    OPERATOR,
    SEKRETARIS,
    a_turn,
    an_order,
    data_of,
    filling,
    task,
)
from tests.kantor import wita


def done(act: str, role: str, by: int, clock: str, unit: str | None = None, **rest: Any) -> Any:
    return task(act, role, unit, state="selesai", finished_by=by, finished_as="definitif",
                finished_at=wita(24, clock), **rest)  # fmt: skip


ISSUED = done("1", "kepala_dinas", KADIS, "08.00")
PASSED = done("2a", "sekretaris", SEKRETARIS, "09.00")
SPREAD = done("3", "kasubag_perencanaan", KASUBAG, "10.00")


def papers(perintah: Perintah, kind: str) -> list[Dokumen]:
    """Those of a kind after a turn that has changed the perintah."""
    turn = a_turn(None, perintah)
    turn.perintah = perintah._replace(arahan="Agar dilaksanakan")
    issue_due(turn)
    return [d for d in turn.perintah.dokumen if d.kind == kind]


def body(perintah: Perintah, kind: str) -> dict[str, Any]:
    isi: dict[str, Any] = papers(perintah, kind)[-1].data["isi"]
    return isi


def test_a_turn_that_changes_nothing_issues_nothing() -> None:
    turn = a_turn(None, an_order(ISSUED))
    issue_due(turn)

    assert turn.perintah.dokumen == ()


def test_the_disposisi_follows_the_order_and_each_paraf_of_its_chain() -> None:
    assert papers(an_order(), "disposisi") == []
    first, later = body(an_order(ISSUED), "disposisi"), body(an_order(ISSUED, PASSED), "disposisi")

    assert (first["agenda"], first["hal"]) == (
        "007/2026", "Pengumpulan Data Kinerja TW III 2026",
    )  # fmt: skip
    assert first["dibuat"] == "2026-11-24T00:00:00+00:00", "the moment of its last fact"
    assert later["dibuat"] == "2026-11-24T01:00:00+00:00"
    assert [p["nama"] for p in first["diteruskan"]] == ["", ""]
    assert [p["nama"] for p in later["diteruskan"]] == [NAMES[SEKRETARIS], ""]


def test_the_same_facts_give_the_same_paper() -> None:
    (made,) = papers(an_order(ISSUED), "disposisi")
    again = papers(an_order(ISSUED, dokumen=(made,)), "disposisi")

    assert again == [made]


def test_a_unit_has_its_letter_once_its_form_went_out() -> None:
    turn = a_turn(None, an_order(ISSUED, PASSED, SPREAD))
    issue_form(turn, "DAL")

    (letter,) = papers(turn.perintah, "pengantar")
    assert (letter.unit, letter.data["isi"]["jumlah"]) == ("DAL", 8)
    assert letter.data["isi"]["penerima"] == {}
    taken = task("4", "kepala_unit", "DAL", received_at=wita(24, "10.30"))
    order = turn.perintah._replace(tugas=an_order(*turn.perintah.tugas, taken).tugas)
    assert body(order, "pengantar")["penerima"]["nama"] == NAMES[HEAD]


def test_a_form_shows_the_rows_of_its_unit_empty_or_as_they_stand() -> None:
    turn = a_turn(None, an_order(data=(data_of("DAL"),)))
    empty, standing = issue_form(turn, "DAL"), issue_form(turn, "DAL", "perbaikan")

    rows = [paper.data["isi"]["rows"] for paper in (empty, standing)]
    assert [len(each) for each in rows] == [8, 8]
    assert "realisasi" not in rows[0][3]
    assert rows[1][3]["realisasi"] == {"value": "48", "desimal": 0}
    assert rows[1][2]["realisasi"] == "n/a"


def test_files_are_called_by_their_unit_and_period() -> None:
    turn = a_turn(None, an_order())

    assert file_name(turn, "form", unit="DAL", versi=1) == "Format_DAL_TW3-2026"
    assert file_name(turn, "rekap", unit=None, versi=2) == "Rekap_DP2KBP3A_TW3-2026_v2"


def test_the_berita_acara_tells_how_it_went() -> None:
    """Filling: 08.00 to 11.00 without the half hour that rested."""
    filled = filling(
        state="selesai", finished_at=wita(24, "11.00"), finished_by=7, recorded_by=OPERATOR,
        pauses=((wita(24, "09.00"), wita(24, "09.30")),),
    )  # fmt: skip
    order = an_order(
        filled, filling(state="ulang"), ISSUED, status="selesai", finished_at=wita(24, "12.00"),
        skipped={"PPA": "Belum masuk"},
    )  # fmt: skip

    assert papers(order._replace(status="berjalan"), "berita_acara") == []
    isi = body(order, "berita_acara")
    assert [(s["langkah"], s["menit"], s["standar"]) for s in isi["langkah"]] == [
        ("1", 0, None), ("5", 150, 480),
    ]  # fmt: skip
    assert (isi["lama"], isi["ulangan"], isi["tanpa_unit"]) == (240, 1, ["PPA"])
    assert isi["catatan"] == [
        f"5 (DAL): {NAMES[7]} (dicatat oleh {NAMES[OPERATOR]}) berdasarkan dokumen fisik",
        "5 (DAL): terkendala 30 menit kerja",
    ]

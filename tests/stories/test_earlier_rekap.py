"""A correction of data from before the bot: it starts from the rekap that is sent in."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from flows.forms.form import Sheet
from flows.papers.facts import Issue, RekapData
from reports.reading.sheets import read_sheet
from reports.workbooks.rekapbook import write_rekap
from storage.rows.notation import plain
from tests.conftest import Stage, Stages
from tests.kantor import Kantor, Seen
from tests.officials import (
    KADIS,
    KASUBAG,
    SEKRETARIS,
    begin,
    coordinate,
    prove_all,
    repair,
    sign,
    take_findings,
)
from tests.stories.test_stopping import stop

ORDER = "/perintah perbaikan TW III 2026"
NOTE = "Tidak sesuai rekap DP3A/KUA."
Change = Callable[[openpyxl.Workbook], None]


@pytest.fixture(scope="module")
def workbook(stages: Stages, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rekap of TW III as another copy of the bot has issued it."""
    dokumen = stages.at("signed").perintah(1).paper("rekap")
    assert dokumen is not None
    path = tmp_path_factory.mktemp("rekap") / "Rekap_TW3.xlsx"
    data = RekapData.model_validate(plain(dokumen.data["isi"]))
    write_rekap(path, data, Issue(kode=dokumen.code, sha256=dokumen.sha256))
    return path


def changed(workbook: Path, folder: Path, change: Change) -> Sheet:
    """The workbook opened and saved again, as a spreadsheet does it, values for formulas."""
    book = openpyxl.load_workbook(workbook, data_only=True)
    change(book)
    book.save(folder / "changed.xlsx")
    sheet = read_sheet(folder / "changed.xlsx")
    assert isinstance(sheet, Sheet)
    return sheet


def as_it_is(book: openpyxl.Workbook) -> None:
    """Saved, nothing else."""


def by_hand(book: openpyxl.Workbook) -> None:
    """A rekap from before the bot knows nothing of itself."""
    del book["_sigap"]
    del book["Jejak"]


def sent(kantor: Kantor, sheet: Sheet, name: str = KADIS) -> Seen:
    kantor.send(name, sheet, "Rekap_TW3.xlsx")
    return kantor.last(name)


def told(seen: Seen) -> list[tuple[str, str]]:
    """Each finding by its rule and the cell, row or matter it names."""
    return [(f["kode_aturan"], f["sel"] or f["kode"] or f["x_what"]) for f in seen.args["temuan"]]


@pytest.mark.parametrize("shape", [as_it_is, by_hand])
def test_a_correction_runs_to_its_end_from_a_rekap_sent_in(
    stage: Stage, workbook: Path, tmp_path: Path, shape: Change
) -> None:
    kantor = stage("open")
    kantor.say(KADIS, ORDER)
    assert kantor.last(KADIS).key == "tanya_rekap_lama"
    kantor.send(KADIS, changed(workbook, tmp_path, shape), "Rekap_TW3.xlsx")
    kantor.press(KADIS, "PPA", kantor.question(KADIS))
    rows = kantor.before_him(KADIS)
    kantor.say(KADIS, "PPA-06 PPA-01")
    kantor.say(KADIS, NOTE)
    kantor.press(KADIS, "terbitkan", kantor.last(KADIS))

    [sixth] = [label for label in rows.keyboard if label.startswith("☐ 06 ")]
    assert sixth.endswith(" 64")
    begun = kantor.perintah(1)
    assert (begun.nomor, begun.parent_id, begun.rekap_version) == ("001/2026", None, 1)
    assert {data.unit: len(data.rows) for data in begun.data} == {
        "SEK": 7, "DAL": 8, "KBK": 9, "PPR": 6, "PPA": 7
    }  # fmt: skip

    prove_all(kantor, 2)
    coordinate(kantor)
    take_findings(kantor, "PPA")
    repair(kantor, 1, "PPA", {"PPA-06": "46", "PPA-01": "15,20"})
    kantor.press(KASUBAG, "Ajukan")
    kantor.press(SEKRETARIS, "Paraf")
    sign(kantor)

    ended = kantor.perintah(1)
    assert (ended.status, ended.rekap_version) == ("selesai", 2)
    post = kantor.group[-1] if kantor.group[-1].key == "grup_selesai" else kantor.group[-2]
    assert (post.key, post.args["induk"]) == ("grup_selesai", None)
    rekap = ended.paper("rekap")
    assert rekap is not None
    body = rekap.data["isi"]
    figures = {unit["figures"]["kode"]: unit["figures"]["mentah"] for unit in body["units"]}
    assert figures["PPA"] == "84.95"
    table = next(table for table in body["tables"] if table["name"] == "Semula-Menjadi")
    cells = {(row[1], row[2]): (row[3], row[4]) for row in table["rows"]}
    assert cells["PPA-06", "Realisasi"] == (
        {"value": "64", "desimal": 0},
        {"value": "46", "desimal": 0},
    )


def test_the_kasubag_lends_the_rekap_and_the_kepala_dinas_marks_it(
    stage: Stage, workbook: Path, tmp_path: Path
) -> None:
    kantor = stage("open")
    kantor.say(KASUBAG, ORDER)
    summary = sent(kantor, changed(workbook, tmp_path, by_hand), KASUBAG)
    kantor.press(KASUBAG, "ajukan_konsep", summary)
    kantor.press(KADIS, "lihat_konsep", kantor.task(KADIS, "konsep_perbaikan"))
    kantor.say(KADIS, "PPR-06")
    kantor.say(KADIS, NOTE)
    kantor.press(KADIS, "terbitkan", kantor.last(KADIS))

    assert (summary.key, summary.args["jumlah"]) == ("ringkasan_rekap_lama", 37)
    assert [t.kode for t in kantor.perintah(1).temuan] == ["PPR-06"]
    ppr = kantor.perintah(1).latest("PPR")
    row = ppr.row("PPR-06") if ppr else None
    assert row is not None
    assert row.realisasi == Decimal(95)


def without_a_unit(book: openpyxl.Workbook) -> None:
    del book["PPA"]


def another_figure(book: openpyxl.Workbook) -> None:
    book["PPA"]["I7"] = 46
    book["PPA"]["J7"], book["PPA"]["K7"] = 46.67, "Sangat Rendah"


def a_better_average(book: openpyxl.Workbook) -> None:
    book["Ringkasan"]["D6"] = 95.32


def another_target(book: openpyxl.Workbook) -> None:
    book["PPR"]["H4"] = 5


def say_of_itself(book: openpyxl.Workbook, key: str, value: str) -> None:
    for name, held in book["_sigap"].iter_rows(max_col=2):
        if name.value == key:
            held.value = value


def another_period(book: openpyxl.Workbook) -> None:
    say_of_itself(book, "periode", "2026-TW2")


def another_office(book: openpyxl.Workbook) -> None:
    say_of_itself(book, "kantor", "DINSOS")


def a_lost_row(book: openpyxl.Workbook) -> None:
    book["DAL"].delete_rows(4)


def a_word_for_a_figure(book: openpyxl.Workbook) -> None:
    book["KBK"]["I4"] = "3.9l2"


def figures_agreeing_with_themselves(book: openpyxl.Workbook) -> None:
    """PPR-05 of 20 becomes 21, and all that is computed from it with it."""
    book["PPR"]["I6"], book["PPR"]["J6"] = 21, 116.67
    book["Ringkasan"]["D5"], book["Ringkasan"]["D7"] = 80.86, 87.61


def a_foreign_workbook(book: openpyxl.Workbook) -> None:
    del book["Ringkasan"]


@pytest.mark.parametrize(
    ("change", "findings"),
    [
        (a_foreign_workbook, [("E01", "rekap")]),
        (without_a_unit, [("E01", "lembar")]),
        (another_figure, [("E10", f"Ringkasan!{at}") for at in ("D6", "E6", "F6", "D7", "E7")]),
        (a_better_average, [("E10", "Ringkasan!D6")]),
        (another_target, [("E09", "PPR!H4")]),
        (another_period, [("E01", "periode")]),
        (another_office, [("E01", "kantor")]),
        (a_lost_row, [("E02", "DAL-03")]),
        (a_word_for_a_figure, [("E04", "KBK!I4")]),
        (figures_agreeing_with_themselves, [("E01", "checksum")]),
    ],
)
def test_a_rekap_that_is_not_right_is_refused_with_every_cell(
    stage: Stage,
    workbook: Path,
    tmp_path: Path,
    change: Change,
    findings: list[tuple[str, str]],
) -> None:
    kantor = stage("open")
    kantor.say(KADIS, ORDER)
    sheet = changed(workbook, tmp_path, change)

    with kantor.nothing_moves():
        refused = sent(kantor, sheet)

    assert refused.key == "rekap_ditolak"
    assert told(refused) == findings
    assert kantor.question(KADIS).key == "tanya_rekap_lama", "the right file may follow"


def test_somebody_without_the_right_is_not_asked_for_a_rekap(stage: Stage) -> None:
    kantor = stage("open")

    with kantor.nothing_moves():
        kantor.say("Wahyuni", ORDER)

    assert kantor.last("Wahyuni").key == "bukan_kewenangan"


def test_a_form_is_no_rekap(stage: Stage, workbook: Path) -> None:
    kantor = stage("open")
    kantor.say(KADIS, ORDER)
    read = read_sheet(workbook)
    assert isinstance(read, Sheet)

    with kantor.nothing_moves():
        refused = sent(kantor, replace(read, parts=()))

    assert [f["x_what"] for f in refused.args["temuan"]] == ["rekap"]


def ordered(stage: Stage, workbook: Path, folder: Path) -> Kantor:
    """The correction of the rekap sent in, as it begins."""
    kantor = stage("open")
    kantor.say(KADIS, ORDER)
    kantor.send(KADIS, changed(workbook, folder, by_hand), "Rekap_TW3.xlsx")
    kantor.say(KADIS, "PPA-06")
    kantor.say(KADIS, NOTE)
    kantor.press(KADIS, "terbitkan", kantor.last(KADIS))
    return kantor


def test_after_a_stopped_correction_the_rekap_is_asked_for_again(
    stage: Stage, workbook: Path, tmp_path: Path
) -> None:
    kantor = ordered(stage, workbook, tmp_path)
    stop(kantor)
    summary = kantor.task(SEKRETARIS, "perintah_dihentikan").text
    kantor.say(KADIS, ORDER)

    assert kantor.perintah(1).status == "batal"
    assert "tanda tangan" not in summary
    assert kantor.last(KADIS).key == "tanya_rekap_lama"


def test_a_rekap_sent_in_stays_valid_without_findings_and_is_not_asked_for_again(
    stage: Stage, workbook: Path, tmp_path: Path
) -> None:
    kantor = ordered(stage, workbook, tmp_path)
    begin(kantor, SEKRETARIS, "tidak_terbukti")
    kantor.press(SEKRETARIS, "teruskan")
    kantor.press(KADIS, "tidak_ada_kesalahan", kantor.task(KADIS, "tugas_temuan"))
    answer = kantor.before_him(KADIS).text
    kantor.say(KADIS, ORDER)
    kantor.say(KADIS, "PPR-06")
    kantor.say(KADIS, NOTE)
    kantor.press(KADIS, "terbitkan", kantor.last(KADIS))

    assert "rekap semula tetap berlaku" in answer
    assert [kantor.perintah(n).status for n in (1, 2)] == ["selesai", "berjalan"]
    assert kantor.perintah(2).latest("PPR") is not None

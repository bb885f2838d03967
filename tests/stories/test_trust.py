"""Figures people can trust: what is asked about them, kept beside them, and rests under them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from flows.forms.form import Cell, Indicator, Sheet
from flows.model.changes import Decision, TakeIndicators
from reports.reading.sheets import read_sheet
from reports.workbooks.lists import write_indicators
from tests.conftest import Stage
from tests.kantor import Kantor
from tests.officials import (
    FILLERS,
    HEADS,
    KASUBAG,
    begin,
    forward,
    hand_out,
    meet,
    order,
    put_forward,
    send_in,
    share,
    upload,
)
from tests.workbooks import first_filling

PELAKSANA = FILLERS["KBK"]


@pytest.fixture
def kantor(stage: Stage) -> Kantor:
    """KBK reported TW II; the order of TW III has come to its meeting."""
    kantor = stage("open")
    for line in ("/perintah pengumpulan TW II 2026", "/perintah pengumpulan TW III 2026"):
        order(kantor, line)
        forward(kantor)
        hand_out(kantor)
    return kantor


def report_former(kantor: Kantor, **changed: str) -> None:
    head = HEADS["KBK"]
    former = next(s for s in kantor.chat(head) if s.args.get("nomor") == "001/2026")
    begin(kantor, head, "Catat rapat", former)
    upload(kantor, 1, "KBK", **changed)
    send_in(kantor, PELAKSANA)
    put_forward(kantor, "KBK")


def sheet_of(kantor: Kantor, **changed: str) -> Sheet:
    return first_filling(kantor.setting, kantor.perintah(2), "KBK", **changed)


def test_a_figure_equal_to_the_last_period_is_asked_about_once_and_the_answer_is_kept(
    kantor: Kantor,
) -> None:
    report_former(kantor, KBK_03="3.000", KBK_08="70,00", KBK_02="12,00")
    meet(kantor, "KBK")

    kantor.send(PELAKSANA, sheet_of(kantor), "Format_KBK_TW3-2026.xlsx")
    asked = kantor.last(PELAKSANA)
    assert asked.args["tanya"]["kode"] == "KBK-04"
    assert asked.args["tanya"]["periode"] == "TW II 2026"
    assert "Kirim" not in asked.labels
    assert "tetap_kirim" not in asked.labels
    kantor.press(PELAKSANA, "pasti", asked)
    answered = kantor.before_him(PELAKSANA)
    assert answered.args["tanya"] is None
    send_in(kantor, PELAKSANA)
    put_forward(kantor, "KBK")

    validation = kantor.task(HEADS["KBK"], "tugas_validasi", "KBK")
    assert validation.args["jawaban"] == [
        {"kode": "KBK-04", "nilai": "21,10", "periode": "TW II 2026", "alasan": ""}
    ]
    data = kantor.perintah(2).latest("KBK")
    assert data is not None
    assert data.rows[3].answers == {"sama": "TW II 2026"}


def test_a_running_total_that_fell_needs_a_reason_before_it_is_sent(kantor: Kantor) -> None:
    report_former(kantor, KBK_03="4.000", KBK_04="20,00", KBK_08="70,00", KBK_02="12,00")
    meet(kantor, "KBK")
    kantor.send(PELAKSANA, sheet_of(kantor, KBK_09="99,00"), "Format.xlsx")

    kantor.press(PELAKSANA, "tetap_kirim", kantor.last(PELAKSANA))
    question = kantor.before_him(PELAKSANA)
    assert (question.key, question.args["kode"]) == ("tanya_alasan", ["KBK-03"])
    kantor.say(PELAKSANA, "Data ganda TW II telah dihapus.")

    row = next(r for r in kantor.perintah(2).parts("KBK")[0].rows if r.kode == "KBK-03")
    assert row.answers == {"alasan": "Data ganda TW II telah dihapus."}
    assert kantor.tugas(2, "5", "KBK").state == "selesai"


def test_the_next_file_is_held_against_the_refused_one(kantor: Kantor) -> None:
    meet(kantor, "KBK")
    wrong = {"KBK_01": "banyak", "KBK_02": "13.200", "KBK_03": "3.9l2"}

    with kantor.nothing_moves():
        kantor.send(PELAKSANA, sheet_of(kantor, **wrong), "Format.xlsx")
    first = kantor.last(PELAKSANA)
    kantor.send(PELAKSANA, sheet_of(kantor, KBK_02="13.200", KBK_09="x"), "Format.xlsx")
    second = kantor.last(PELAKSANA)
    kantor.send(PELAKSANA, sheet_of(kantor), "Format.xlsx")

    assert first.args["sejak"] is None
    assert second.args["sejak"] == {"dari": 3, "benar": 2, "sisa": 1, "baru": 1}
    assert kantor.last(PELAKSANA).args["sejak"] == {"dari": 2, "benar": 2, "sisa": 0, "baru": 0}


def test_a_single_marked_cell_is_spoken_of_as_one(kantor: Kantor) -> None:
    meet(kantor, "KBK")

    kantor.send(PELAKSANA, sheet_of(kantor, KBK_02="13.200"), "Format.xlsx")
    kantor.send(PELAKSANA, sheet_of(kantor, KBK_02="13.200"), "Format.xlsx")
    still = kantor.last(PELAKSANA)
    kantor.send(PELAKSANA, sheet_of(kantor), "Format.xlsx")

    assert "<b>Hal yang ditandai belum benar</b>." in still.text
    assert "<b>Hal yang ditandai sudah benar</b>." in kantor.last(PELAKSANA).text


def test_a_colleagues_rows_are_never_replaced_and_the_recap_says_who_filled_what(
    kantor: Kantor,
) -> None:
    share(kantor, "KBK", ("KBK-08", "KBK-09"))
    kantor.send("Dedi", sheet_of(kantor), "Format.xlsx")
    send_in(kantor, "Dedi")

    kantor.send(PELAKSANA, sheet_of(kantor, KBK_08="11,11"), "Format.xlsx")
    told = kantor.last(PELAKSANA)
    send_in(kantor, PELAKSANA)

    assert told.args["rekan"] == [{"nama": told.args["rekan"][0]["nama"], "baris": ["KBK-08"]}]
    recap = kantor.task(PELAKSANA, "tugas_rekap_unit", "KBK")
    assert [line["baris"][-2:] for line in recap.args["pengisi"]] == [
        ["KBK-06", "KBK-07"],
        ["KBK-08", "KBK-09"],
    ]
    row = next(
        r for part in kantor.perintah(2).parts("KBK") for r in part.rows if r.kode == "KBK-08"
    )
    assert row.realisasi == Decimal("72.40")


def test_an_album_is_one_set_and_evidence_used_before_is_pointed_out(kantor: Kantor) -> None:
    meet(kantor, "KBK")
    kantor.send(PELAKSANA, sheet_of(kantor), "Format.xlsx")

    kantor.send(PELAKSANA, None, "a.jpg", caption="KBK-03", album="x1", sha256="aa" * 32)
    kantor.send(PELAKSANA, None, "b.jpg", album="x1", sha256="bb" * 32)
    kantor.send(PELAKSANA, None, "c.jpg", album="x2", sha256="cc" * 32)
    kantor.send(PELAKSANA, None, "d.jpg", album="x2", sha256="dd" * 32)
    question = kantor.before_him(PELAKSANA)
    kantor.press(PELAKSANA, "KBK-05", question)
    kantor.send(PELAKSANA, None, "a.jpg", caption="KBK-07", sha256="aa" * 32)

    assert (question.key, question.args["banyak"]) == ("tanya_bukti_untuk", 2)
    part = kantor.perintah(2).parts("KBK")[0]
    given = {row.kode: len(row.evidence) for row in part.rows if row.evidence}
    assert given == {"KBK-03": 2, "KBK-05": 2, "KBK-07": 1}
    again = kantor.last(PELAKSANA).args["dipakai"]
    assert [(use["kode"], use["nomor"]) for use in again] == [("KBK-03", "002/2026")]


def test_lihat_data_goes_out_as_the_units_own_workbook(kantor: Kantor) -> None:
    meet(kantor, "KBK")
    kantor.send(PELAKSANA, sheet_of(kantor), "Format.xlsx")
    kantor.press(PELAKSANA, "lihat_data", kantor.last(PELAKSANA))
    seen = kantor.last(PELAKSANA)

    kantor.press(PELAKSANA, "excel", seen)
    first = kantor.last(PELAKSANA)
    kantor.press(PELAKSANA, "excel", kantor.again(PELAKSANA, seen))

    capaian = [line["capaian"] for line in seen.args["baris"]]
    assert capaian == sorted(capaian, key=lambda text: Decimal(text.replace(",", ".")))
    assert [line["kode"] for line in seen.args["baris"] if line["tanda"]] == ["KBK-05"]
    assert [file.name for file in first.files] == ["Data_KBK_TW3-2026"]
    assert kantor.last(PELAKSANA).files == first.files, "unchanged rows are not drawn again"
    paper = kantor.perintah(2).paper("isian", "KBK")
    assert paper is not None
    assert paper.data["isi"]["rows"][2]["realisasi"] == {"value": "3912", "desimal": 0}


def test_the_kasubag_alone_edits_the_master_list_and_sees_the_changes_first(
    kantor: Kantor,
) -> None:
    with kantor.nothing_moves():
        kantor.say(PELAKSANA, "/indikator")
    assert kantor.last(PELAKSANA).key == "indikator_bukan_kewenangan"

    kantor.say(KASUBAG, "/indikator")
    listed = next(s for s in kantor.chat(KASUBAG) if s.key == "daftar_indikator")
    master = listed.files[0].data["indikator"]
    kantor.send(KASUBAG, master_sheet(kantor, master, {("KBK-03", "Target TW3"): "banyak"}), "d")
    assert kantor.last(KASUBAG).key == "indikator_salah"
    kantor.send(KASUBAG, master_sheet(kantor, master, {("KBK-03", "Target TW3"): "5000"}), "d")
    summary = kantor.before_him(KASUBAG)
    assert summary.args["berubah"] == [
        {"kode": "KBK-03", "kolom": "Target TW3", "semula": "4.800", "menjadi": "5.000"}
    ]
    assert {one.kode: one for one in stored(kantor)}["KBK-03"].targets[2] == 4800
    kantor.press(KASUBAG, "simpan", summary)

    assert {one.kode: one for one in stored(kantor)}["KBK-03"].targets[2] == 5000
    assert len(stored(kantor)) == 37


def stored(kantor: Kantor) -> tuple[Indicator, ...]:
    with kantor.store.reading() as queries:
        return queries.office.indicators(2026)


def master_sheet(
    kantor: Kantor, master: Sequence[Indicator], typed: Mapping[tuple[str, str], str]
) -> Sheet:
    """The master list as it went out, with cells typed over, as the reader gives it back."""
    path = kantor.folder / "master.xlsx"
    write_indicators(path, master, kantor.setting.office)
    sheet = read_sheet(path)
    assert isinstance(sheet, Sheet)
    header = {cell.text: letter for letter, cell in sheet.rows[0][1].items()}
    rows = []
    for number, cells in sheet.rows:
        kode = cells[header["Kode"]].text
        over = {header[column]: text for (k, column), text in typed.items() if k == kode}
        changed = {at: Cell(f"{at}{number}", "text", text) for at, text in over.items()}
        rows.append((number, {**cells, **changed}))
    return replace(sheet, rows=tuple(rows))


def test_the_chat_asks_what_an_ambiguous_figure_means_and_goes_back_to_a_row(
    kantor: Kantor,
) -> None:
    report_former(kantor)
    meet(kantor, "KBK")
    kantor.press(PELAKSANA, "isi_chat", kantor.task(PELAKSANA, "tugas_isi", "KBK"))

    kantor.say(PELAKSANA, "60,48")
    kantor.say(PELAKSANA, "Pendataan Keluarga 2026")
    kantor.say(PELAKSANA, "13,20")
    kantor.say(PELAKSANA, "Laporan balai")
    kantor.say(PELAKSANA, "kembali")
    back = kantor.before_him(PELAKSANA)
    kantor.say(PELAKSANA, "13,25")
    kantor.press(PELAKSANA, "lewati_sumber")
    kantor.say(PELAKSANA, "3.912")
    kantor.press(PELAKSANA, "lewati_sumber")
    for _ in range(2):
        kantor.say(PELAKSANA, "lewati")
    kantor.say(PELAKSANA, "1.250")
    meaning = kantor.before_him(PELAKSANA)
    kantor.press(PELAKSANA, "1.250,00", meaning)

    assert (back.key, back.args["kode"]) == ("tanya_angka", "KBK-02")
    assert (meaning.key, meaning.args["kode"]) == ("tanya_arti_angka", "KBK-06")
    rows = {row.kode: row.realisasi for row in kantor.perintah(2).parts("KBK")[0].rows}
    assert rows == {
        "KBK-01": Decimal("60.48"),
        "KBK-02": Decimal("13.25"),
        "KBK-03": Decimal(3912),
        "KBK-06": Decimal("1250"),
    }


def test_figures_that_jump_are_explained_in_one_answer_shown_at_validation(
    kantor: Kantor,
) -> None:
    report_former(kantor, KBK_03="4.000", KBK_04="5,00", KBK_08="20,00", KBK_02="12,00")
    meet(kantor, "KBK")
    kantor.send(PELAKSANA, sheet_of(kantor, KBK_09="99,00"), "Format.xlsx")
    kantor.press(PELAKSANA, "tetap_kirim", kantor.last(PELAKSANA))

    question = kantor.before_him(PELAKSANA)
    kantor.say(PELAKSANA, "KBK-03: data ganda dihapus\nKBK-04: salah ketik pada TW II")
    again = kantor.before_him(PELAKSANA)
    kantor.say(PELAKSANA, "Kelompok baru terbentuk.")
    put_forward(kantor, "KBK")

    assert question.args["kode"] == ["KBK-03", "KBK-04", "KBK-08"]
    assert again.args["kode"] == ["KBK-08"], "only what was left out"
    shown = kantor.task(HEADS["KBK"], "tugas_validasi", "KBK").args["jawaban"]
    assert [(line["kode"], line["alasan"]) for line in shown] == [
        ("KBK-03", "data ganda dihapus"),
        ("KBK-04", "salah ketik pada TW II"),
        ("KBK-08", "Kelompok baru terbentuk."),
    ]


def test_instead_of_its_reason_a_wrong_figure_may_be_corrected(kantor: Kantor) -> None:
    report_former(kantor, KBK_03="4.000", KBK_04="5,00", KBK_08="72,00", KBK_02="12,00")
    meet(kantor, "KBK")
    kantor.send(PELAKSANA, sheet_of(kantor, KBK_09="99,00"), "Format.xlsx")
    kantor.press(PELAKSANA, "tetap_kirim", kantor.last(PELAKSANA))
    kantor.say(PELAKSANA, "KBK-04: salah ketik pada TW II")

    kantor.say(PELAKSANA, "KBK-03: 4.312")

    line = kantor.last(PELAKSANA).args["baru"]
    assert (line["kode"], line["semula"], line["nilai"]) == ("KBK-03", "3.912", "4.312")
    row = kantor.perintah(2).parts("KBK")[0].row("KBK-04")
    assert row is not None
    assert row.answers["alasan"] == "salah ketik pada TW II"
    assert kantor.draft(PELAKSANA) is None
    send_in(kantor, PELAKSANA)
    assert kantor.draft(PELAKSANA) is None


def test_a_figure_above_a_target_of_nought_wants_its_note_in_the_chat_too(kantor: Kantor) -> None:
    with kantor.store.transaction() as tx:
        nought = [
            replace(i, targets=(Decimal(0),) * 4) if i.kode == "KBK-02" else i
            for i in stored(kantor)
        ]
        tx.apply(Decision(changes=(TakeIndicators(2026, tuple(nought)),)), "nol", kantor.now)
    meet(kantor, "KBK")
    kantor.press(PELAKSANA, "isi_chat", kantor.task(PELAKSANA, "tugas_isi", "KBK"))
    kantor.say(PELAKSANA, "60,48")
    kantor.press(PELAKSANA, "lewati_sumber")

    kantor.say(PELAKSANA, "13,20")
    asked = kantor.before_him(PELAKSANA)
    kantor.say(PELAKSANA, "Pendataan di dua kecamatan baru")
    kantor.press(PELAKSANA, "lewati_sumber")
    kantor.press(PELAKSANA, "lanjutkan_nanti", kantor.question(PELAKSANA))

    assert (asked.key, asked.args["sebab"]) == ("tanya_keterangan", "target_nol")
    row = kantor.perintah(2).parts("KBK")[0].row("KBK-02")
    assert row is not None
    assert (str(row.realisasi), row.keterangan) == ("13.20", "Pendataan di dua kecamatan baru")
    assert kantor.draft(PELAKSANA) is None
    assert "isi_chat_lanjut" in [b.key for b in kantor.before_him(PELAKSANA).buttons]


def test_evidence_of_the_last_period_given_again_is_pointed_out(kantor: Kantor) -> None:
    head = HEADS["KBK"]
    former = next(s for s in kantor.chat(head) if s.args.get("nomor") == "001/2026")
    begin(kantor, head, "Catat rapat", former)
    upload(kantor, 1, "KBK")
    kantor.send(PELAKSANA, None, "register.jpg", caption="KBK-03", sha256="ab" * 32)
    send_in(kantor, PELAKSANA)
    meet(kantor, "KBK")
    kantor.send(PELAKSANA, sheet_of(kantor), "Format.xlsx")

    kantor.send(PELAKSANA, None, "register.jpg", caption="KBK-03", sha256="ab" * 32)

    again = kantor.last(PELAKSANA).args["dipakai"]
    assert [(use["kode"], use["nomor"], use["periode"]) for use in again] == [
        ("KBK-03", "001/2026", "TW II 2026")
    ]
    row = kantor.perintah(2).parts("KBK")[0].row("KBK-03")
    assert row is not None
    assert row.evidence == ("ab" * 32,), "it is kept all the same"


def test_a_rekap_is_no_form(kantor: Kantor) -> None:
    meet(kantor, "KBK")
    rekap = replace(sheet_of(kantor), meta={"rekap": "1", "periode": "2026-TW3"})

    with kantor.nothing_moves():
        kantor.send(PELAKSANA, rekap, "Rekap.xlsx")

    [found] = kantor.last(PELAKSANA).args["temuan"]
    assert (found["kode_aturan"], found["x_what"]) == ("E01", "bukan_format")

"""SOP Mekanisme Pengumpulan Data Kinerja, told from the order to the signature.

Langkah 1 Perintah · 2 Format permintaan · 3 Penyampaian format · 4 Rapat · 5 Penyusunan ·
6 Rekapitulasi unit · 7 Validasi · 8 Penyampaian data · 9 Rekapitulasi dinas · penutup.
"""

from datetime import datetime

from tests.conftest import Stage
from tests.kantor import Kantor, Seen, wita
from tests.officials import (
    HEADS,
    KADIS,
    KASUBAG,
    SEKRETARIS,
    accept,
    approve,
    begin,
    meet,
    put_forward,
    send_in,
    share,
    upload,
)
from tests.workbooks import FIGURES, filled, first_filling

ANALYSIS = "Capaian terendah pada PPA karena kasus perkawinan anak."


def test_a_collection_runs_from_langkah_1_to_9_and_is_closed(stage: Stage) -> None:
    kantor = stage("open")

    langkah_1_kepala_dinas_issues_the_order(kantor)
    langkah_2_sekretaris_and_kasubag_prepare_the_format(kantor)
    langkah_3_kasubag_hands_the_format_out(kantor)
    langkah_4_heads_of_unit_hold_their_meetings(kantor)
    langkah_5_pelaksana_fill_in_and_one_file_is_refused(kantor)
    langkah_6_and_7_units_recap_and_kbk_is_sent_back(kantor)
    langkah_8_all_units_deliver(kantor)
    langkah_9_kasubag_makes_the_rekap(kantor)
    penutup_paraf_and_signature(kantor)


def langkah_1_kepala_dinas_issues_the_order(kantor: Kantor) -> None:
    kantor.say(KADIS, "/perintah")
    kantor.press(KADIS, "Pengumpulan Data Kinerja")
    kantor.press(KADIS, "TW III 2026")
    kantor.press(KADIS, "ubah_isian")
    kantor.press(KADIS, "isian_sifat")
    kantor.press(KADIS, "Segera")
    kantor.now = wita(24, "08.03")
    summary = kantor.question(KADIS)
    kantor.press(KADIS, "terbitkan")

    assert (summary.args["sifat"], summary.args["menit"]) == ("Segera", 2055)
    assert moment(summary.args["target"]) == wita(30, "13.15")
    assert kantor.again(KADIS, summary).key == "selesai_perintah_terbit"
    assert [post.key for post in kantor.group] == ["grup_perintah", "papan"]
    assert kantor.tugas(1, "1").state == "selesai"


def langkah_2_sekretaris_and_kasubag_prepare_the_format(kantor: Kantor) -> None:
    order = kantor.task(SEKRETARIS, "tugas_teruskan")
    kantor.now = wita(24, "08.10")
    kantor.press(SEKRETARIS, "Teruskan")
    kantor.say(SEKRETARIS, "Mohon gunakan format baku, bagikan pagi ini.")
    task = kantor.task(KASUBAG, "tugas_format")
    kantor.now = wita(24, "08.16")
    kantor.press(KASUBAG, "Pakai format baku")

    assert order.rings
    assert kantor.tugas(1, "2a").due_at == wita(24, "08.33")
    assert kantor.tugas(1, "2b").due_at == wita(24, "08.33"), "a and b share one standard"
    assert kantor.tugas(1, "2b").note == "Mohon gunakan format baku, bagikan pagi ini."
    grown = kantor.again(KASUBAG, task)
    assert grown.key == "tugas_sebar", "langkah 3 grows out of the same message"
    assert kantor.last(KASUBAG) == grown


def langkah_3_kasubag_hands_the_format_out(kantor: Kantor) -> None:
    due = kantor.tugas(1, "3").due_at
    kantor.now = wita(24, "08.19")
    kantor.press(KASUBAG, "Kirim ke semua unit")

    assert due == wita(24, "08.31")
    for unit, head in HEADS.items():
        letter = kantor.task(head, "tugas_rapat", unit)
        assert letter.rings
        assert [file.name for file in letter.files] == [f"Format_{unit}_TW3-2026"]
        assert kantor.tugas(1, "4", unit).due_at == wita(24, "09.19")


def langkah_4_heads_of_unit_hold_their_meetings(kantor: Kantor) -> None:
    kantor.now = wita(24, "08.25")
    letter = kantor.task("Rusdin", "tugas_rapat", "DAL")
    kantor.say("Rusdin", "Terima.", reply_to=letter)
    kantor.press("Herlina", "terima")
    kantor.now = wita(24, "08.40")
    wrong_format_comes_back_for_ppr_alone(kantor)
    for unit, clock in (("SEK", "08.50"), ("PPA", "08.55")):
        kantor.now = wita(24, clock)
        meet(kantor, unit)
    kantor.now = wita(24, "09.04")
    share(kantor, "KBK", ("KBK-08", "KBK-09"))
    for unit, clock in (("DAL", "09.10"), ("PPR", "09.15")):
        kantor.now = wita(24, clock)
        meet(kantor, unit)

    assert kantor.tugas(1, "4", "DAL").received_at == wita(24, "08.25")
    assert kantor.tugas(1, "4", "KBK").received_at == wita(24, "08.25")
    assert kantor.tugas(1, "4", "SEK").received_at is None, "the meeting implies the receipt"
    dues = {unit: kantor.tugas(1, "5", unit).due_at for unit in HEADS}
    assert dues == {
        "SEK": wita(25, "09.20"),
        "DAL": wita(25, "09.40"),
        "KBK": wita(25, "09.34"),
        "PPR": wita(25, "09.45"),
        "PPA": wita(25, "09.25"),
    }
    assert kantor.task("Dedi", "tugas_isi").args["baris"] == ["KBK-08", "KBK-09"]


def wrong_format_comes_back_for_ppr_alone(kantor: Kantor) -> None:
    begin(kantor, "Fadli", "Format keliru", kantor.task("Fadli", "tugas_rapat", "PPR"))
    again = kantor.task(KASUBAG, "tugas_sebar")
    others = [kantor.tugas(1, "4", unit).is_open for unit in ("SEK", "DAL", "KBK", "PPA")]
    kantor.press(KASUBAG, "Kirim ke semua unit", again)

    assert again.args["unit_tujuan"] == ["PPR"]
    assert others == [True] * 4
    assert kantor.tugas(1, "4", "PPR").round == 2
    assert kantor.tugas(1, "4", "DAL").round == 1


def langkah_5_pelaksana_fill_in_and_one_file_is_refused(kantor: Kantor) -> None:
    kantor.now = wita(24, "10.40")
    with kantor.nothing_moves():
        refused = kbk_file(kantor, {"KBK-01": "604,8", "KBK-03": "3.9l2", "KBK-06": ""})
    kantor.now = wita(24, "11.05")
    upload(kantor, 1, "SEK")
    send_in(kantor, "Fadli")
    kantor.now = wita(24, "11.26")
    taken = kbk_file(kantor, {})
    send_in(kantor, "Wahyuni")
    kantor.now = wita(24, "11.40")
    upload(kantor, 1, "PPA")
    send_in(kantor, "Lestari")
    kantor.now = wita(24, "13.26")
    dedi_fills_in_the_chat(kantor)

    assert refused.key == "berkas_ditolak"
    told = [(f["sel"], f["kode"], f["kode_aturan"]) for f in refused.args["temuan"]]
    assert told == [("I10", "KBK-01", "E06"), ("I12", "KBK-03", "E04"), ("I15", "KBK-06", "E03")]
    assert [file.kind for file in refused.files] == ["marked"]
    assert (taken.args["terisi"], taken.args["jumlah"]) == (7, 7)
    assert kantor.tugas(1, "6", "KBK").due_at == wita(25, "13.56")


def kbk_file(kantor: Kantor, changed: dict[str, str]) -> Seen:
    own = {code: FIGURES[code] for code in sorted(FIGURES) if "KBK-01" <= code <= "KBK-07"}
    sheet = filled(kantor.setting, kantor.perintah(1), "KBK", own | changed)
    kantor.send("Wahyuni", sheet, "Format_KBK_TW3-2026.xlsx")
    return kantor.last("Wahyuni")


def dedi_fills_in_the_chat(kantor: Kantor) -> None:
    kantor.press("Dedi", "isi_chat")
    kantor.say("Dedi", "74.2")
    kantor.say("Dedi", "Laporan balai September")
    kantor.say("Dedi", "100")
    kantor.press("Dedi", "lewati_sumber")
    kantor.press("Dedi", "Kirim")


def langkah_6_and_7_units_recap_and_kbk_is_sent_back(kantor: Kantor) -> None:
    for unit, clock in (("SEK", "13.27"), ("PPA", "13.28")):
        kantor.now = wita(24, clock)
        put_forward(kantor, unit)
    for unit, clock in (("DAL", "14.00"), ("PPR", "14.04")):
        kantor.now = wita(24, clock)
        upload(kantor, 1, unit)
        send_in(kantor, {"DAL": "Irma", "PPR": "Joni"}[unit])
    kantor.now = wita(24, "14.05")
    put_forward(kantor, "KBK")
    first_due = kantor.tugas(1, "7", "KBK").due_at
    kantor.now = wita(24, "14.20")
    put_forward(kantor, "DAL")
    kantor.now = wita(24, "15.12")
    herlina_sends_two_rows_back(kantor)
    two_people_correct_their_own_rows(kantor)

    assert first_due == wita(25, "14.35")
    assert kantor.tugas(1, "7", "DAL").due_at == wita(25, "14.50")
    check = kantor.task("Herlina", "tugas_validasi", "KBK")
    assert (check.args["versi"], check.args["mentah"]) == (2, "98.74")
    assert "<b>KBK-08</b>: 74,20 → <b>72,40</b>" in check.text
    assert "semula" not in check.text
    assert kantor.tugas(1, "7", "KBK").due_at == wita(26, "07.38")


def herlina_sends_two_rows_back(kantor: Kantor) -> None:
    kantor.press("Herlina", "Kembalikan", kantor.task("Herlina", "tugas_validasi", "KBK"))
    kantor.press("Herlina", "ke_langkah")
    kantor.say("Herlina", "kbk05 kbk-08")
    kantor.say("Herlina", "KBK-05: sebutkan sumber angka 4,10.\nKBK-08: laporan balai 72,40.")
    kantor.press("Herlina", "kembalikan", kantor.last("Herlina"))

    returned = kantor.task("Dedi", "tugas_isi_kembali")
    assert returned.rings
    assert returned.args["catatan_baris"] == {"KBK-08": "laporan balai 72,40."}
    assert (returned.args["ronde"], returned.args["baris"]) == (1, ["KBK-08"])
    assert moment(returned.args["batas"]) == wita(25, "15.42")
    assert kantor.task("Wahyuni", "tugas_isi_kembali").args["baris"] == ["KBK-05"]


def two_people_correct_their_own_rows(kantor: Kantor) -> None:
    kantor.now = wita(24, "15.20")
    kantor.press("Dedi", "isi_chat", kantor.task("Dedi", "tugas_isi_kembali"))
    kantor.say("Dedi", "72,4")
    kantor.press("Dedi", "lewati_sumber")
    kantor.press("Dedi", "Kirim")
    kantor.now = wita(24, "15.36")
    kantor.press("Wahyuni", "isi_chat", kantor.task("Wahyuni", "tugas_isi_kembali"))
    kantor.say("Wahyuni", "4,10")
    kantor.say("Wahyuni", "Pendataan Keluarga 2026, tabel 7")
    send_in(kantor, "Wahyuni")
    recap = kantor.task("Wahyuni", "tugas_rekap_unit")
    kantor.now = wita(24, "15.38")
    kantor.press("Wahyuni", "Ajukan", recap)

    assert recap.key == "tugas_rekap_unit", "A6 grows out of her last Kirim"
    assert recap.text.split("\n")[1:4] == [
        "Berubah sejak dikembalikan:",
        "<b>KBK-05</b> sumber: Pendataan Keluarga 2026, tabel 7",
        "<b>KBK-08</b>: 74,20 → <b>72,40</b>",
    ]
    assert moment(recap.args["batas"]) == wita(26, "07.36")


def langkah_8_all_units_deliver(kantor: Kantor) -> None:
    for unit, delivered, accepted in (
        ("SEK", wita(24, "15.40"), wita(24, "15.45")),
        ("PPA", wita(24, "15.46"), wita(24, "15.47")),
        ("DAL", wita(25, "08.05"), wita(25, "08.12")),
        ("KBK", wita(25, "08.34"), wita(25, "08.47")),
    ):
        kantor.now = delivered
        approve(kantor, unit)
        kantor.now = accepted
        accept(kantor, unit)
    boards = [seen for seen in kantor.chat(KASUBAG) if seen.key == "papan_masuk"]
    kantor.now = wita(25, "10.24")
    put_forward(kantor, "PPR")
    approve(kantor, "PPR")
    kantor.now = wita(25, "10.26")
    accept(kantor, "PPR")

    assert len(boards) == 1, "one board for all units, edited as they come in"
    assert kantor.again(KASUBAG, boards[0]).key == "papan_lengkap"
    assert kantor.tugas(1, "8", "KBK").due_at == wita(25, "08.49")
    assert all(kantor.perintah(1).is_done("8t", unit) for unit in HEADS)


def langkah_9_kasubag_makes_the_rekap(kantor: Kantor) -> None:
    task = kantor.task(KASUBAG, "tugas_rekap")
    kantor.now = wita(25, "11.18")
    kantor.press(KASUBAG, "tambah_analisis", task)
    kantor.say(KASUBAG, ANALYSIS)
    kantor.press(KASUBAG, "Ajukan")

    assert task.rings
    assert kantor.tugas(1, "9").due_at == wita(26, "10.56")
    figures = task.args["angka"]
    assert (figures["terisi"], figures["jumlah"]) == (36, 37)
    assert (figures["mentah"], figures["dibatasi"], figures["singkat"]) == ("87.45", "85.68", "T")
    assert dict(figures["per_kategori"]) == {
        "Sangat Tinggi": 24, "Tinggi": 6, "Sedang": 2, "Rendah": 0, "Sangat Rendah": 4,
    }  # fmt: skip
    units = {u["kode"]: (u["mentah"], u["dibatasi"], u["singkat"]) for u in figures["unit"]}
    assert units == {
        "SEK": ("97.19", "97.00", "ST"),
        "DAL": ("81.77", "80.54", "T"),
        "KBK": ("98.74", "92.69", "ST"),
        "PPR": ("79.93", "78.08", "T"),
        "PPA": ("75.32", "76.98", "S"),
    }
    assert kantor.perintah(1).analysis == ANALYSIS
    rekap = kantor.perintah(1).paper("rekap")
    assert rekap is not None
    assert rekap.data["isi"]["analisis"] == ANALYSIS


def penutup_paraf_and_signature(kantor: Kantor) -> None:
    kantor.now = wita(25, "11.19")
    kantor.press(KASUBAG, "Paraf")
    asked = kantor.task(SEKRETARIS, "tugas_paraf")
    kantor.now = wita(25, "13.11")
    kantor.press(SEKRETARIS, "Paraf")
    letter = kantor.task(KADIS, "tugas_tanda_tangan")
    kantor.now = wita(25, "13.24")
    kantor.press(KADIS, "Tanda tangani")
    labels = kantor.task(KADIS, "pastikan_tanda_tangan").labels
    kantor.press(KADIS, "tanda_tangani_versi")

    assert asked.args["rangkap"] == [{"hasil": "divalidasi", "unit": "SEK"}]
    assert [p["nama"].split()[0] for p in letter.args["paraf"]] == [KASUBAG, SEKRETARIS]
    assert labels == ["batal", "tanda_tangani_versi"], "the harmless choice stands first"
    finished = kantor.perintah(1)
    assert (finished.status, finished.finished_at) == ("selesai", wita(25, "13.24"))
    assert finished.open_tugas == ()
    posts = [post.key for post in kantor.group]
    assert posts == ["grup_perintah", "papan", "grup_selesai"]
    last = kantor.group[-1]
    assert (last.args["lama"], last.args["standar"]) == (714, 2055)
    assert [(file.kind, file.format) for file in last.files] == [
        ("dokumen", "pdf"),
        ("dokumen", "xlsx"),
    ]
    with kantor.store.reading() as queries:
        assert queries.record.verify() == ()


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_warning_stands_with_whoever_answers_for_the_row_and_only_once(stage: Stage) -> None:
    kantor = stage("handed_out")
    share(kantor, "KBK", ("KBK-08", "KBK-09"))
    sheet = first_filling(kantor.setting, kantor.perintah(1), "KBK")
    for name in ("Wahyuni", "Dedi"):
        kantor.send(name, sheet, "Format_KBK_TW3-2026.xlsx")

    warned = {
        part.person_id: [warning["kode"] for warning in part.warnings]
        for part in kantor.perintah(1).parts("KBK")
    }
    assert warned[kantor.people["Wahyuni"]] == ["KBK-05"]
    assert warned[kantor.people["Dedi"]] == []

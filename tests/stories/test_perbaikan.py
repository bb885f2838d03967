"""SOP Mekanisme Perbaikan Data Kinerja, told from the findings to the new signature.

Langkah 1 Temuan · 2 Verifikasi ulang · 3 Koordinasi · 4 Rapat · 5 Perbaikan · 6 Koreksi ·
7 Penyampaian · 8 Rekap perbaikan · 9 Paraf · 10 Tanda tangan.
"""

import pytest

from tests.conftest import Stage
from tests.kantor import Kantor, wita
from tests.officials import (
    HEADS,
    KADIS,
    KASUBAG,
    SEKRETARIS,
    accept,
    begin,
    correct,
    find_wrong,
    meet,
    prove_all,
    repair,
    send_in,
    sign,
    take_findings,
)
from tests.workbooks import filled

FINDINGS = ("PPA-06", "PPA-01", "PPR-06")
NOTES = (
    "PPA-06: tidak sesuai rekap DP3A/KUA\n"
    "PPA-01: laporan bulanan 15,20\n"
    "PPR-06: pelatihan bulan September belum terhitung"
)
OBJECTION = "Daftar hadir 28 September tertulis 95 orang."
VERDICT = "Batas data 30 September; daftar hadir akhir bulan 159 orang."


def test_a_correction_runs_from_langkah_1_to_10(stage: Stage) -> None:
    kantor = stage("closing")

    langkah_1_kepala_dinas_marks_the_wrong_rows(kantor)
    langkah_2_sekretaris_verifies_every_finding(kantor)
    langkah_3_kasubag_coordinates_and_ppr_objects(kantor)
    langkah_4_heads_of_unit_hold_their_meetings(kantor)
    langkah_5_pelaksana_correct_with_evidence(kantor)
    langkah_6_ppa_is_sent_back_once(kantor)
    langkah_7_both_units_deliver(kantor)
    langkah_8_kasubag_makes_the_rekap_anew(kantor)
    langkah_9_sekretaris_gives_his_paraf(kantor)
    langkah_10_kepala_dinas_signs(kantor)


def langkah_1_kepala_dinas_marks_the_wrong_rows(kantor: Kantor) -> None:
    letter = kantor.task(KADIS, "tugas_tanda_tangan")
    kantor.now = wita(24, "13.20")
    kantor.press(KADIS, "ada_kesalahan", letter)
    kantor.say(KADIS, "ppa06 ppa-01 PPR-06")
    kantor.say(KADIS, NOTES)
    summary = kantor.last(KADIS)
    kantor.now = wita(24, "13.31")
    kantor.press(KADIS, "terbitkan", summary)

    told = {line["kode"]: line["catatan"] for line in summary.args["temuan"]}
    assert told["PPA-01"] == "laporan bulanan 15,20"
    assert tuple(told) == FINDINGS
    perbaikan = kantor.perintah(2)
    assert (perbaikan.nomor, perbaikan.parent_id) == ("002/2026", 1)
    assert kantor.perintah(1).status == "menunggu"
    assert kantor.tugas(1, "p3").state == "tahan"
    assert kantor.tugas(2, "1").state == kantor.tugas(2, "2a").state == "selesai"
    post = kantor.group[-2]
    assert (post.key, post.args["unit"]) == ("grup_perintah", []), "no unit before verification"


def langkah_2_sekretaris_verifies_every_finding(kantor: Kantor) -> None:
    task = kantor.task(SEKRETARIS, "tugas_verifikasi")
    kantor.now = wita(24, "14.06")
    kantor.press(SEKRETARIS, "terbukti", task)
    kantor.press(SEKRETARIS, "tidak_terbukti")
    kantor.say(SEKRETARIS, "Laporan Simfoni menyebut 16,20 per September.")
    kantor.press(SEKRETARIS, "terbukti")
    kantor.press(SEKRETARIS, "ubah_isian")
    for _ in FINDINGS:
        kantor.press(SEKRETARIS, "terbukti")
    kantor.press(SEKRETARIS, "teruskan")

    assert task.rings
    assert "Kepala Dinas menemukan <b>3 kesalahan</b>" in task.text
    assert kantor.tugas(2, "2b").due_at == wita(24, "14.31")
    assert [t.verdict for t in kantor.perintah(2).temuan] == ["terbukti"] * 3
    assert kantor.tugas(2, "3a").state == "selesai", "one press for both acts"


def langkah_3_kasubag_coordinates_and_ppr_objects(kantor: Kantor) -> None:
    due = kantor.tugas(2, "3b").due_at
    kantor.now = wita(24, "14.12")
    kantor.press(KASUBAG, "Kirim ke unit terdampak")
    untouched = [
        seen.key for seen in kantor.chat("Herlina") if seen.args.get("nomor") != "001/2026"
    ]
    take_findings(kantor, "PPA")
    kantor.now = wita(24, "14.26")
    fadli_objects_with_a_photo(kantor)
    the_sekretaris_upholds_the_finding(kantor)
    kantor.now = wita(24, "14.45")
    take_findings(kantor, "PPR")

    assert due == wita(24, "15.06")
    assert kantor.perintah(2).units == ("PPR", "PPA")
    assert "tugas_terima" not in untouched
    assert kantor.tugas(2, "4", "PPA").due_at == wita(25, "08.42")
    assert kantor.tugas(2, "4", "PPR").due_at == wita(25, "09.15")


def fadli_objects_with_a_photo(kantor: Kantor) -> None:
    kantor.press("Fadli", "sanggah", kantor.task("Fadli", "tugas_terima", "PPR"))
    kantor.send("Fadli", None, "daftar-hadir.jpg", caption=OBJECTION)
    kantor.press("Fadli", "kirim", kantor.last("Fadli"))

    held = kantor.tugas(2, "3t", "PPR")
    assert (held.state, held.next_at) == ("tahan", None), "the unit's clock stands still"
    passed = kantor.task(KASUBAG, "tugas_sanggah", "PPR")
    assert passed.rings
    assert [(t["kode"], t["sanggahan"]) for t in passed.args["temuan"]] == [("PPR-06", OBJECTION)]
    assert [file.kind for file in passed.files] == ["berkas"]


def the_sekretaris_upholds_the_finding(kantor: Kantor) -> None:
    kantor.now = wita(24, "14.31")
    kantor.press(KASUBAG, "Teruskan", kantor.task(KASUBAG, "tugas_sanggah", "PPR"))
    kantor.now = wita(24, "14.41")
    kantor.press(SEKRETARIS, "terbukti", kantor.task(SEKRETARIS, "tugas_putusan", "PPR"))
    kantor.say(SEKRETARIS, VERDICT)

    again = kantor.task("Fadli", "tugas_terima", "PPR")
    assert again.rings
    assert [line["jawaban"] for line in again.args["temuan"]] == [VERDICT]


def langkah_4_heads_of_unit_hold_their_meetings(kantor: Kantor) -> None:
    kantor.now = wita(24, "15.00")
    kantor.press("Nurdiana", "Catat rapat", kantor.task("Nurdiana", "tugas_rapat", "PPA"))
    kantor.press("Nurdiana", "rapat_hari_ini")
    kantor.press("Nurdiana", "lanjut")
    kantor.say("Nurdiana", "Rekap DP3A/KUA s.d. 30 September")
    summary = kantor.last("Nurdiana")
    kantor.press("Nurdiana", "Catat rapat", summary)
    meet(kantor, "PPR")

    assert [p["baris"] for p in summary.args["bagian"]] == [["PPA-06", "PPA-01"]]
    letter = kantor.task("Lestari", "tugas_isi", "PPA")
    assert [file.name for file in letter.files] == ["Perbaikan_PPA_TW3-2026"]
    wanted = {line["kode"]: (line["nilai"], line["bukti"]) for line in letter.args["temuan"]}
    assert wanted["PPA-06"] == ("64", "Rekap DP3A/KUA s.d. 30 September")
    assert kantor.tugas(2, "5", "PPA").due_at == wita(25, "15.30")


def langkah_5_pelaksana_correct_with_evidence(kantor: Kantor) -> None:
    kantor.now = wita(24, "15.10")
    sheet = filled(
        kantor.setting,
        kantor.perintah(2),
        "PPA",
        {"PPA-06": "46", "PPA-01": "15,20", "PPA-05": "62"},
        bukti={"PPA-06": "Rekap DP3A/KUA"},
    )
    kantor.send("Lestari", sheet, "Perbaikan_PPA_TW3-2026.xlsx")
    read = kantor.last("Lestari")
    kantor.press("Lestari", "pakai", read)
    taken_back = kantor.again("Lestari", read)
    kantor.send("Lestari", None, "simfoni.jpg")
    ready = kantor.last("Lestari")
    kantor.press("Lestari", "Kirim", ready)
    correct(kantor, 2, "PPR", {"PPR-06": "159"})
    send_in(kantor, "Joni")

    assert read.args["tanpa_alasan"] == ["PPA-05"], "a change beside the findings wants a reason"
    assert "Kirim" not in read.labels
    assert taken_back.args["tanpa_bukti"] == ["PPA-01"]
    assert "Kirim" not in taken_back.labels
    assert (ready.key, ready.args["tanpa_bukti"]) == ("bukti_diterima", [])


def langkah_6_ppa_is_sent_back_once(kantor: Kantor) -> None:
    check = kantor.task("Nurdiana", "tugas_validasi", "PPA")
    kantor.now = wita(24, "15.20")
    kantor.press("Nurdiana", "Kembalikan", check)
    kantor.say("Nurdiana", "PPA-01")
    kantor.say("Nurdiana", "Ekspor Simfoni belum terlampir, mohon dilengkapi.")
    kantor.press("Nurdiana", "kembalikan", kantor.last("Nurdiana"))
    again = kantor.task("Lestari", "tugas_isi_kembali", "PPA")
    kantor.send("Lestari", None, "simfoni-2.jpg", caption="PPA-01 ekspor Simfoni")
    kantor.press("Lestari", "Kirim", kantor.last("Lestari"))
    second = kantor.task("Nurdiana", "tugas_validasi", "PPA")
    kantor.press("Nurdiana", "Setujui", second)
    kantor.press("Fadli", "Setujui", kantor.task("Fadli", "tugas_validasi", "PPR"))

    assert [(c["kode"], c["semula"], c["menjadi"]) for c in check.args["berubah"]] == [
        ("PPA-01", "16,20", "15,20"),
        ("PPA-06", "64", "46"),
    ]
    assert check.args["semula"]["mentah"] == "75.32"
    assert check.args["mentah"] == "84.95"
    assert (again.args["baris"], again.args["ronde"]) == (["PPA-01"], 1)
    assert len(second.files) == 2


def langkah_7_both_units_deliver(kantor: Kantor) -> None:
    for unit in ("PPA", "PPR"):
        kantor.press(HEADS[unit], "Sampaikan", kantor.task(HEADS[unit], "tugas_sampaikan", unit))
        accept(kantor, unit)

    assert all(kantor.perintah(2).is_done("7t", unit) for unit in ("PPA", "PPR"))


def langkah_8_kasubag_makes_the_rekap_anew(kantor: Kantor) -> None:
    task = kantor.task(KASUBAG, "tugas_rekap")
    kantor.press(KASUBAG, "Ajukan", task)

    figures = task.args["angka"]
    assert (figures["terisi"], figures["jumlah"], task.args["versi"]) == (36, 37, 2)
    assert (figures["mentah"], figures["dibatasi"], figures["singkat"]) == ("90.26", "88.12", "T")
    units = {u["kode"]: (u["mentah"], u["dibatasi"], u["singkat"]) for u in figures["unit"]}
    assert units["PPR"] == ("85.54", "83.69", "T")
    assert units["PPA"] == ("84.95", "84.71", "T")
    assert (units["SEK"][0], units["DAL"][0], units["KBK"][0]) == ("97.19", "81.77", "98.74")
    assert dict(figures["per_kategori"]) == {
        "Sangat Tinggi": 24, "Tinggi": 7, "Sedang": 2, "Rendah": 0, "Sangat Rendah": 3,
    }  # fmt: skip
    assert [c["kode"] for c in task.args["berubah"]] == ["PPR-06", "PPA-01", "PPA-06"]


def langkah_9_sekretaris_gives_his_paraf(kantor: Kantor) -> None:
    due = kantor.tugas(2, "9").due_at
    kantor.press(SEKRETARIS, "Paraf", kantor.task(SEKRETARIS, "tugas_paraf"))

    assert due == wita(24, "15.50")


def langkah_10_kepala_dinas_signs(kantor: Kantor) -> None:
    letter = kantor.task(KADIS, "tugas_tanda_tangan")
    kantor.press(KADIS, "Tanda tangani", letter)
    kantor.press(KADIS, "tanda_tangani_versi")

    assert {"Tanda tangani", "Kembalikan", "ada_kesalahan"} <= set(letter.labels)
    assert kantor.perintah(2).status == kantor.perintah(1).status == "selesai"
    assert kantor.perintah(1).open_tugas == kantor.perintah(2).open_tugas == ()
    old = kantor.perintah(1).paper("rekap")
    assert old is not None
    assert (old.is_superseded, old.data["pengesahan"]["cap"]) == (True, "DIGANTIKAN")
    assert kantor.group[-1].args["induk"] == "001/2026"
    assert [p.key for p in kantor.group].count("grup_selesai") == 1
    with kantor.store.reading() as queries:
        assert queries.record.verify() == ()


def test_a_finished_collection_is_corrected_by_order(stage: Stage) -> None:
    kantor = stage("signed")

    kantor.say(KADIS, "/perintah perbaikan TW III 2026")
    kantor.press(KADIS, "PPA", kantor.last(KADIS))
    seen = kantor.question(KADIS)
    worst = next(b for b in seen.buttons if b.args.get("kode") == "06")
    kantor.press_data(KADIS, seen.id, worst.data)
    kantor.press(KADIS, "lanjut")
    kantor.say(KADIS, "tidak sesuai rekap DP3A/KUA")
    kantor.press(KADIS, "terbitkan", kantor.last(KADIS))
    prove_all(kantor, 1)
    finish_ppa(kantor, {"PPA-06": "46"})

    assert kantor.perintah(2).status == "selesai"
    parent = kantor.perintah(1)
    old = parent.paper("rekap")
    assert old is not None
    assert (parent.status, old.is_superseded) == ("selesai", True)
    assert kantor.perintah(2).rekap_version == 2


def finish_ppa(kantor: Kantor, figures: dict[str, str]) -> None:
    kantor.press(KASUBAG, "Kirim ke unit terdampak")
    take_findings(kantor, "PPA")
    repair(kantor, 2, "PPA", figures)
    kantor.press(KASUBAG, "Ajukan", kantor.task(KASUBAG, "tugas_rekap"))
    kantor.press(SEKRETARIS, "Paraf", kantor.task(SEKRETARIS, "tugas_paraf"))
    sign(kantor)


def test_the_order_asks_for_the_period_where_it_is_not_named(stage: Stage) -> None:
    kantor = stage("signed")
    kantor.say(KADIS, "/perintah")
    kantor.press(KADIS, "Perbaikan Data Kinerja")
    asked = kantor.question(KADIS)

    kantor.press(KADIS, "TW III 2026")

    assert asked.labels == ["TW III 2026", "kembali", "batal"], "only what has been collected"
    assert kantor.question(KADIS).key == "tanya_temuan_unit"


def drop(kantor: Kantor, count: int) -> None:
    for _ in range(count):
        begin(kantor, SEKRETARIS, "tidak_terbukti")
    kantor.press(SEKRETARIS, "teruskan")


def test_with_every_finding_dropped_the_collection_may_be_signed_after_all(stage: Stage) -> None:
    kantor = stage("found")

    drop(kantor, 3)
    again = kantor.task(KADIS, "tugas_temuan")
    kantor.press(KADIS, "tidak_ada_kesalahan", again)
    between = kantor.perintah(1).status, kantor.perintah(2).status
    sign(kantor)

    assert again.rings
    assert [line["kode"] for line in again.args["gugur"]] == list(FINDINGS)
    assert between == ("berjalan", "selesai")
    parent = kantor.perintah(1)
    rekap = parent.paper("rekap")
    assert rekap is not None
    assert (parent.status, rekap.is_superseded) == ("selesai", False)
    assert kantor.group[-1].key == "grup_selesai"


def test_with_every_finding_dropped_others_may_be_marked(stage: Stage) -> None:
    kantor = stage("found")
    drop(kantor, 3)

    find_wrong(kantor, "KBK-03")

    perbaikan = kantor.perintah(2)
    assert perbaikan.round == 2
    assert [(t.kode, t.verdict) for t in perbaikan.temuan if t.verdict != "selesai"] == [
        ("KBK-03", "")
    ]
    assert kantor.tugas(2, "2b").round == 2
    assert kantor.task(SEKRETARIS, "tugas_verifikasi").args["jumlah"] == 1


def object_to(kantor: Kantor, unit: str, *codes: str) -> None:
    head = HEADS[unit]
    kantor.press(head, "sanggah", kantor.task(head, "tugas_terima", unit))
    if codes:
        kantor.say(head, " ".join(codes))
    kantor.say(head, OBJECTION)
    kantor.press(head, "kirim", kantor.last(head))


def test_the_kasubag_may_explain_a_finding_himself(stage: Stage) -> None:
    kantor = stage("coordinated")
    object_to(kantor, "PPR")

    begin(kantor, KASUBAG, "jelaskan", kantor.task(KASUBAG, "tugas_sanggah"))

    again = kantor.task("Fadli", "tugas_terima", "PPR")
    assert again.rings
    assert again.args["temuan"][0]["jawaban"]
    assert [t.state for t in kantor.perintah(2).tasks("3t", "PPR")] == ["ulang", "buka"]
    assert kantor.perintah(2).tasks("3p", "PPR") == ()


def uphold(kantor: Kantor, unit: str) -> None:
    kantor.press(KASUBAG, "Teruskan", kantor.task(KASUBAG, "tugas_sanggah", unit))
    begin(kantor, SEKRETARIS, "tidak_terbukti", kantor.task(SEKRETARIS, "tugas_putusan", unit))


def test_a_unit_whose_only_finding_falls_leaves_the_join(stage: Stage) -> None:
    kantor = stage("coordinated")
    object_to(kantor, "PPR")

    uphold(kantor, "PPR")

    assert kantor.perintah(2).units == ("PPA",)
    assert kantor.task("Fadli", "temuan_gugur_unit").args["unit"] == "PPR"
    take_findings(kantor, "PPA")
    repair(kantor, 2, "PPA", {"PPA-06": "46", "PPA-01": "15,20"})
    assert kantor.tugas(2, "8").is_open


def test_the_last_unit_to_leave_after_the_others_are_in_opens_langkah_8(stage: Stage) -> None:
    kantor = stage("coordinated")
    object_to(kantor, "PPR")
    take_findings(kantor, "PPA")
    repair(kantor, 2, "PPA", {"PPA-06": "46", "PPA-01": "15,20"})

    uphold(kantor, "PPR")

    assert kantor.tugas(2, "8").is_open


def test_one_of_two_findings_may_fall_and_the_unit_goes_on(stage: Stage) -> None:
    kantor = stage("coordinated")
    object_to(kantor, "PPA", "PPA-01")

    uphold(kantor, "PPA")

    again = kantor.task("Nurdiana", "tugas_terima", "PPA")
    assert [line["kode"] for line in again.args["temuan"]] == ["PPA-06"]
    assert kantor.perintah(2).units == ("PPR", "PPA")


def test_with_no_finding_left_by_objection_it_is_langkah_1_again(stage: Stage) -> None:
    kantor = stage("coordinated")
    object_to(kantor, "PPR")
    object_to(kantor, "PPA", "PPA-06", "PPA-01")
    uphold(kantor, "PPR")

    uphold(kantor, "PPA")

    assert kantor.task(KADIS, "tugas_temuan").rings
    assert [(t.act, t.unit) for t in kantor.perintah(2).open_tugas] == [("1", None)]


def test_a_reason_that_comes_with_no_caption_is_asked_for(stage: Stage) -> None:
    kantor = stage("coordinated")
    kantor.press("Fadli", "sanggah", kantor.task("Fadli", "tugas_terima", "PPR"))

    kantor.send("Fadli", None, "daftar-hadir.jpg")
    asked = kantor.last("Fadli")
    kantor.say("Fadli", OBJECTION)
    kantor.press("Fadli", "kirim", kantor.last("Fadli"))

    assert asked.key == "tanya_sanggah_alasan"
    assert kantor.perintah(2).temuan[2].objection == OBJECTION
    assert len(kantor.perintah(2).temuan[2].objection_files) == 1


def give_back(kantor: Kantor, name: str, *answers: str) -> None:
    for answer in answers:
        kantor.press(name, answer)
    kantor.say(name, "Mohon diperiksa kembali dengan buktinya.")
    kantor.press(name, "kembalikan", kantor.last(name))


def open_acts(kantor: Kantor) -> list[tuple[str, str | None]]:
    return [(t.act, t.unit) for t in kantor.perintah(2).open_tugas]


def test_the_kasubag_returns_one_unit_of_the_board_to_langkah_6(stage: Stage) -> None:
    kantor = stage("coordinated")
    take_findings(kantor, "PPA")
    meet(kantor, "PPA")
    correct(kantor, 2, "PPA", {"PPA-06": "46", "PPA-01": "15,20"})
    send_in(kantor, "Lestari")
    kantor.press("Nurdiana", "Setujui", kantor.task("Nurdiana", "tugas_validasi", "PPA"))
    kantor.press("Nurdiana", "Sampaikan", kantor.task("Nurdiana", "tugas_sampaikan", "PPA"))

    give_back(kantor, KASUBAG, "kembalikan_unit")

    assert open_acts(kantor) == [("3t", "PPR"), ("6", "PPA")]


def test_langkah_8_returns_the_named_unit_to_langkah_6(stage: Stage) -> None:
    kantor = stage("repaired")

    kantor.press(KASUBAG, "Kembalikan", kantor.task(KASUBAG, "tugas_rekap"))
    give_back(kantor, KASUBAG, "PPA")

    assert open_acts(kantor) == [("6", "PPA")]
    assert kantor.perintah(2).is_done("7t", "PPR")


def test_langkah_9_returns_the_rekap_to_langkah_8(stage: Stage) -> None:
    kantor = stage("repaired")
    kantor.press(KASUBAG, "Ajukan", kantor.task(KASUBAG, "tugas_rekap"))
    kantor.press(SEKRETARIS, "Kembalikan", kantor.task(SEKRETARIS, "tugas_paraf"))

    give_back(kantor, SEKRETARIS, "ke_langkah")

    assert open_acts(kantor) == [("8", None)]
    assert kantor.tugas(2, "8").round == 2


def test_langkah_9_returns_wrong_data_of_one_unit_to_langkah_5(stage: Stage) -> None:
    kantor = stage("repaired")
    kantor.press(KASUBAG, "Ajukan", kantor.task(KASUBAG, "tugas_rekap"))
    kantor.press(SEKRETARIS, "Kembalikan", kantor.task(SEKRETARIS, "tugas_paraf"))
    question = kantor.question(SEKRETARIS)
    kantor.press_data(SEKRETARIS, question.id, question.buttons[1].data)
    kantor.press(SEKRETARIS, "PPA")
    kantor.say(SEKRETARIS, "PPA-06")

    give_back(kantor, SEKRETARIS)

    assert open_acts(kantor) == [("5", "PPA")]
    assert kantor.tugas(2, "5", "PPA").codes == ("PPA-06",)
    assert kantor.perintah(2).is_done("7t", "PPR")


def test_langkah_10_returns_the_rekap_to_the_sekretaris(stage: Stage) -> None:
    kantor = stage("before_signing")

    give_back(kantor, KADIS, "Kembalikan")

    assert open_acts(kantor) == [("9", None)]
    assert kantor.tugas(2, "9").round == 2
    kantor.press(SEKRETARIS, "Paraf", kantor.task(SEKRETARIS, "tugas_paraf"))
    sign(kantor)
    assert kantor.perintah(2).status == "selesai"


def test_ada_kesalahan_at_langkah_10_begins_a_new_round_at_2a(stage: Stage) -> None:
    kantor = stage("before_signing")

    find_wrong(kantor, "PPA-06")
    prove_all(kantor, 1)
    finish_ppa(kantor, {"PPA-06": "45"})

    perbaikan = kantor.perintah(2)
    assert (perbaikan.round, perbaikan.status, perbaikan.rekap_version) == (2, "selesai", 3)
    row = perbaikan.latest("PPA")
    assert row is not None
    assert str(row.row("PPA-06").realisasi) == "45"
    assert str(row.row("PPA-01").realisasi) == "15.20", "what the first round mended stays mended"
    assert [t.verdict for t in perbaikan.temuan] == ["selesai"] * 3 + ["terbukti"]
    assert kantor.perintah(1).status == "selesai"


def test_a_change_beside_the_findings_may_be_kept_with_a_reason(stage: Stage) -> None:
    kantor = stage("coordinated")
    take_findings(kantor, "PPR")
    meet(kantor, "PPR")
    correct(kantor, 2, "PPR", {"PPR-06": "159", "PPR-05": "21"})

    kantor.say("Joni", "Satu organisasi baru terdaftar pada September.")
    send_in(kantor, "Joni")

    rows = kantor.task("Fadli", "tugas_validasi", "PPR").args["berubah"]
    assert {r["kode"]: r["temuan"] for r in rows} == {"PPR-05": False, "PPR-06": True}


def test_evidence_may_be_named_in_words(stage: Stage) -> None:
    kantor = stage("coordinated")
    take_findings(kantor, "PPR")
    meet(kantor, "PPR")
    sheet = filled(kantor.setting, kantor.perintah(2), "PPR", {"PPR-06": "159"})
    kantor.send("Joni", sheet)

    kantor.say("Joni", "Daftar hadir pelatihan lengkap")

    assert kantor.last("Joni").args["tanpa_bukti"] == []
    send_in(kantor, "Joni")
    assert kantor.tugas(2, "6", "PPR").is_open


def test_whoever_validates_sees_every_file_of_evidence(stage: Stage) -> None:
    kantor = stage("coordinated")
    take_findings(kantor, "PPR")
    meet(kantor, "PPR")
    kantor.send("Joni", filled(kantor.setting, kantor.perintah(2), "PPR", {"PPR-06": "159"}))
    for n in range(7):
        kantor.send("Joni", None, f"bukti-{n}.jpg", album="bukti")

    send_in(kantor, "Joni")

    assert len(kantor.task("Fadli", "tugas_validasi", "PPR").files) == 7


def test_a_row_may_be_corrected_in_the_chat(stage: Stage) -> None:
    kantor = stage("coordinated")
    take_findings(kantor, "PPR")
    meet(kantor, "PPR")

    kantor.press("Joni", "isi_chat")
    kantor.say("Joni", "159")
    kantor.say("Joni", "Daftar hadir pelatihan")
    kantor.send("Joni", None, "daftar.jpg")
    send_in(kantor, "Joni")

    row = kantor.perintah(2).latest("PPR")
    assert row is not None
    assert str(row.row("PPR-06").realisasi) == "159"
    assert len(row.row("PPR-06").evidence) == 1


def test_a_second_file_takes_back_what_the_first_changed_beside_the_findings(stage: Stage) -> None:
    kantor = stage("coordinated")
    take_findings(kantor, "PPR")
    meet(kantor, "PPR")
    correct(kantor, 2, "PPR", {"PPR-06": "159", "PPR-05": "21"})

    second = correct(kantor, 2, "PPR", {"PPR-06": "159"})

    assert second.args["tanpa_alasan"] == []
    assert "Kirim" in second.labels


def test_the_same_correction_is_not_ordered_twice(stage: Stage) -> None:
    kantor = stage("found")

    with kantor.nothing_moves():
        kantor.say(KADIS, "/perintah perbaikan TW III 2026")

    assert kantor.last(KADIS).key == "sudah_berjalan"
    assert kantor.last(KADIS).args["nomor"] == "002/2026"


def test_a_period_still_being_collected_cannot_be_corrected(stage: Stage) -> None:
    kantor = stage("collected")

    with kantor.nothing_moves():
        kantor.say(KADIS, "/perintah perbaikan TW III 2026")

    assert kantor.last(KADIS).key == "belum_ada_rekap"


def test_a_second_correction_starts_from_what_the_first_one_made(stage: Stage) -> None:
    kantor = stage("before_signing")
    sign(kantor)
    kantor.say(KADIS, "/perintah perbaikan TW III 2026")
    kantor.say(KADIS, "DAL-08")
    question = kantor.question(KADIS)
    kantor.say(KADIS, "Dokumen sudah ditetapkan pada bulan September.")
    kantor.press(KADIS, "terbitkan", kantor.last(KADIS))

    second = kantor.perintah(3)
    ppa = second.latest("PPA")
    row = ppa.row("PPA-06") if ppa else None
    assert row is not None
    assert (second.parent_id, second.rekap_version, row.realisasi) == (2, 2, 46)
    assert [line["nilai"] for line in question.args["temuan"]] == ["0"]


def test_the_rekap_posted_before_is_exchanged_for_the_stamped_one(stage: Stage) -> None:
    kantor = stage("signed")
    post = next(seen for seen in kantor.group if seen.key == "grup_selesai")
    kantor.say("Herlina", "/rekap 1")
    own = kantor.task("Herlina", "rekap")
    kantor.say(KADIS, "/perintah perbaikan TW III 2026")
    kantor.say(KADIS, "PPR-06")
    kantor.say(KADIS, NOTES.splitlines()[-1])
    kantor.press(KADIS, "terbitkan", kantor.last(KADIS))
    prove_all(kantor, 1)
    kantor.press(KASUBAG, "Kirim ke unit terdampak")
    take_findings(kantor, "PPR")
    repair(kantor, 2, "PPR", {"PPR-06": "159"})
    kantor.press(KASUBAG, "Ajukan")
    kantor.press(SEKRETARIS, "Paraf")
    sign(kantor)

    stamped = kantor.perintah(1).paper("rekap")
    assert stamped is not None
    assert stamped.data["pengesahan"]["cap"] == "DIGANTIKAN"
    now = next(seen for seen in kantor.group if seen.id == post.id)
    for message in (now, kantor.again("Herlina", own)):
        assert [file.seq for file in message.files] == [stamped.seq] * 2


def test_one_wrong_word_among_the_findings_costs_no_other(stage: Stage) -> None:
    kantor = stage("closing")
    kantor.press(KADIS, "ada_kesalahan", kantor.task(KADIS, "tugas_tanda_tangan"))

    kantor.say(KADIS, "ppa06 kbk03 xx-9 kbk05")
    asked = kantor.question(KADIS)
    kantor.say(KADIS, "KBK-09")
    noted = kantor.question(KADIS)

    assert asked.text.startswith("XX-9 tidak dikenal; PPA-06, KBK-03, KBK-05 ditandai.")
    assert asked.keyboard[-3:] == ["Lanjut (3)", "Kembali", "Batal"]
    assert [line["kode"] for line in noted.args["temuan"]] == [
        "PPA-06", "KBK-03", "KBK-05", "KBK-09",
    ]  # fmt: skip


def test_a_note_where_findings_are_asked_for_is_not_cut_into_codes(stage: Stage) -> None:
    kantor = stage("closing")
    kantor.press(KADIS, "ada_kesalahan", kantor.task(KADIS, "tugas_tanda_tangan"))

    kantor.say(KADIS, "PPA-06 tidak sesuai dengan rekap DP3, 15 anak")

    assert kantor.last(KADIS).text == (
        "“PPA-06 tidak sesuai dengan rekap DP3, 1…” bukan kode. "
        "Mohon memilih di atas, atau mengetik kodenya saja. Contoh: PPA-06"
    )
    assert kantor.question(KADIS).key == "tanya_temuan_unit"


def test_a_row_that_only_the_note_on_the_findings_names_is_asked_about(stage: Stage) -> None:
    kantor = stage("closing")
    kantor.press(KADIS, "ada_kesalahan", kantor.task(KADIS, "tugas_tanda_tangan"))
    kantor.say(KADIS, "PPA-06")

    kantor.say(KADIS, "PPA-06: tidak sesuai rekap KUA\nKBK-08: angka tertukar")
    asked = kantor.question(KADIS)
    kantor.press(KADIS, "tandai_juga")
    kantor.press(KADIS, "terbitkan", kantor.last(KADIS))

    assert asked.keyboard == ["Tandai juga KBK-08", "Hanya PPA-06", "Kembali", "Batal"]
    assert [(t.unit, t.kode, t.note) for t in kantor.perintah(2).temuan] == [
        ("PPA", "PPA-06", "tidak sesuai rekap KUA"), ("KBK", "KBK-08", "angka tertukar"),
    ]  # fmt: skip


def test_a_finding_that_only_the_reason_of_an_objection_names_is_asked_about(
    stage: Stage,
) -> None:
    kantor = stage("closing")
    find_wrong(kantor, "PPA-06 PPA-01")
    prove_all(kantor, 2)
    kantor.press(KASUBAG, "Kirim ke unit terdampak")
    kantor.press("Nurdiana", "sanggah", kantor.task("Nurdiana", "tugas_terima", "PPA"))
    kantor.say("Nurdiana", "PPA-06")

    kantor.say("Nurdiana", "PPA-06 dan PPA-01 sesuai daftar kasus 30 September.")
    asked = kantor.question("Nurdiana")
    kantor.press("Nurdiana", "sanggah_juga")
    kantor.press("Nurdiana", "kirim", kantor.last("Nurdiana"))

    assert asked.keyboard == ["Sanggah juga PPA-01", "Hanya PPA-06", "Kembali", "Batal"]
    raised = [t.kode for t in kantor.perintah(2).temuan if t.objection]
    assert raised == ["PPA-06", "PPA-01"]


def lines_in(kantor: Kantor, name: str) -> set[str]:
    """The lines on messages of what waits for a decision, or waited."""
    return {
        seen.text
        for seen in kantor.chat(name)
        if seen.key == "akhir" and any(word in seen.text for word in ("Menunggu", "Diputuskan"))
    }


def objecting(stage: Stage) -> Kantor:
    """Nurdiana's objection lies with the Sekretaris."""
    kantor = stage("closing")
    find_wrong(kantor, "PPA-06")
    prove_all(kantor, 1)
    kantor.press(KASUBAG, "Kirim ke unit terdampak")
    kantor.press("Nurdiana", "sanggah", kantor.task("Nurdiana", "tugas_terima", "PPA"))
    kantor.say("Nurdiana", "Sesuai daftar kasus per 30 September.")
    kantor.press("Nurdiana", "kirim", kantor.last("Nurdiana"))
    kantor.press(KASUBAG, "Teruskan", kantor.task(KASUBAG, "tugas_sanggah"))
    return kantor


@pytest.mark.parametrize(
    ("verdict", "told"),
    [("terbukti", "tetap terbukti"), ("tidak_terbukti", "tidak terbukti")],
)
def test_the_message_of_an_objection_says_how_it_was_decided(
    stage: Stage, verdict: str, told: str
) -> None:
    kantor = objecting(stage)
    waiting = lines_in(kantor, "Nurdiana")
    kantor.now = wita(24, "14.41")
    kantor.press(SEKRETARIS, verdict, kantor.task(SEKRETARIS, "tugas_putusan"))
    kantor.say(SEKRETARIS, VERDICT)
    decided = lines_in(kantor, "Nurdiana")
    kantor.press(SEKRETARIS, "urungkan")

    assert [line[:36] for line in waiting] == ["⏸ Menunggu keputusan atas sanggahan "]
    assert decided == {f"Diputuskan 14.41: {told}."}
    assert lines_in(kantor, "Nurdiana") == waiting


def test_no_message_waits_for_a_correction_that_has_ended(stage: Stage) -> None:
    kantor = stage("closing")
    find_wrong(kantor, "PPA-06")
    held = lines_in(kantor, KADIS)
    prove_all(kantor, 1)
    kantor.press(KASUBAG, "Kirim ke unit terdampak")
    take_findings(kantor, "PPA")
    repair(kantor, 2, "PPA", {"PPA-06": "46"})
    kantor.press(KASUBAG, "Ajukan")
    kantor.press(SEKRETARIS, "Paraf")
    sign(kantor)

    assert any("Menunggu perbaikan" in line for line in held)
    assert not any("Menunggu perbaikan" in line for line in lines_in(kantor, KADIS))


def test_the_kepala_dinas_reads_what_became_of_her_findings(stage: Stage) -> None:
    kantor = stage("closing")
    find_wrong(kantor, "PPA-06 PPA-01 KBK-05")
    kantor.now = wita(24, "08.20")
    kantor.press(SEKRETARIS, "terbukti", kantor.task(SEKRETARIS, "tugas_verifikasi"))
    kantor.press(SEKRETARIS, "tidak_terbukti")
    kantor.say(SEKRETARIS, "Laporan Simfoni menyebut 16,20 per September.")
    kantor.press(SEKRETARIS, "terbukti")
    kantor.press(SEKRETARIS, "teruskan")

    told = [seen.text for seen in kantor.chat(KADIS) if "Verifikasi" in seen.text]
    assert told == ["✅ Perintah No. 002/2026 diterbitkan. Verifikasi 08.20: 2 terbukti, 1 tidak."]


def test_a_verification_undone_gives_her_receipt_back(stage: Stage) -> None:
    kantor = stage("closing")
    find_wrong(kantor, "PPA-06 PPA-01 KBK-05")
    receipt = kantor.task(KADIS, "selesai_perbaikan_terbit")
    prove_all(kantor, 3)
    shown = [kantor.again(KADIS, receipt).text]
    kantor.press(SEKRETARIS, "urungkan")
    shown.append(kantor.again(KADIS, receipt).text)
    kantor.pass_minutes(4)
    kantor.press(SEKRETARIS, "teruskan")
    shown.append(kantor.again(KADIS, receipt).text)
    kantor.press(SEKRETARIS, "urungkan")
    shown.append(kantor.again(KADIS, receipt).text)

    line = "✅ Perintah No. 002/2026 diterbitkan. Verifikasi 08.0{}: 3 terbukti."
    assert "3 temuan diverifikasi ulang" in receipt.text
    assert shown == [line.format(0), receipt.text, line.format(4), receipt.text]


def test_the_list_of_findings_names_the_limit_of_the_meeting(stage: Stage) -> None:
    kantor = stage("coordinated")

    asked = kantor.task("Nurdiana", "tugas_terima", "PPA")

    assert "Rapat dan catatan, batas <b>Sel 24 Nov " in asked.text
    assert "(3 jam kerja sejak Terima)." in asked.text


def test_an_objection_taken_back_does_not_say_that_the_correction_has_ended(stage: Stage) -> None:
    kantor = stage("coordinated")
    receipt = kantor.task("Fadli", "tugas_terima", "PPR")
    kantor.press("Fadli", "sanggah", receipt)
    kantor.send("Fadli", None, "daftar-hadir.jpg", caption=OBJECTION)
    kantor.press("Fadli", "kirim", kantor.last("Fadli"))
    kantor.pass_minutes(2)

    kantor.press("Fadli", "urungkan")

    assert kantor.again("Fadli", receipt).text == (
        f"↩ Sanggahan ditarik kembali {kantor.now:%H.%M}; tanda terima ada pada pesan baru."
    )
    assert "sanggah" in kantor.task("Fadli", "tugas_terima", "PPR").labels


def test_evidence_of_an_objection_may_follow_its_words_or_come_in_several_photos(
    stage: Stage,
) -> None:
    kantor = stage("coordinated")
    kantor.press("Fadli", "sanggah", kantor.task("Fadli", "tugas_terima", "PPR"))
    kantor.say("Fadli", OBJECTION)
    worded = kantor.last("Fadli")
    kantor.send("Fadli", None, "hadir-1.jpg", album="hadir", caption="Lihat halaman 2.")
    kantor.send("Fadli", None, "hadir-2.jpg", album="hadir")
    shown = kantor.last("Fadli")
    kantor.send("Fadli", None, "hadir.docx")
    refused = kantor.last("Fadli")
    kantor.press("Fadli", "kirim", shown)

    assert "Bukti (foto atau PDF) dapat dikirim sekarang." in worded.text
    assert f"{OBJECTION} Lihat halaman 2." in shown.text
    assert "Bukti (2 berkas): hadir-1.jpg, …" in shown.text
    assert refused.key == "bukti_tak_terbaca"
    passed = kantor.task(KASUBAG, "tugas_sanggah", "PPR")
    assert [file.name for file in passed.files] == ["Bukti PPR-06"] * 2
    assert "Bukti terlampir." in passed.text


def test_a_file_taken_back_by_kembali_goes_alone(stage: Stage) -> None:
    kantor = stage("coordinated")
    kantor.press("Fadli", "sanggah", kantor.task("Fadli", "tugas_terima", "PPR"))
    kantor.say("Fadli", OBJECTION)
    kantor.send("Fadli", None, "hadir-1.jpg")

    kantor.press("Fadli", "kembali", kantor.last("Fadli"))

    assert kantor.question("Fadli").key == "ringkasan_sanggah"
    assert "hadir-1.jpg" not in kantor.question("Fadli").text


def test_a_note_on_a_row_left_out_reaches_no_other_row(stage: Stage) -> None:
    kantor = stage("closing")
    kantor.press(KADIS, "ada_kesalahan")
    kantor.say(KADIS, "PPR-06")
    kantor.say(KADIS, "PPR-06: pelatihan September belum terhitung\nPPR-03: juga keliru")
    kantor.press(KADIS, "hanya_baris", kantor.last(KADIS))

    summary = kantor.question(KADIS)
    assert "pelatihan September belum terhitung" in summary.text
    assert "PPR-03" not in summary.text


def test_a_typed_reason_leaves_one_message_with_the_next_finding(stage: Stage) -> None:
    kantor = stage("closing")
    find_wrong(kantor, "PPA-06 PPA-01 PPR-06")
    task = kantor.task(SEKRETARIS, "tugas_verifikasi")
    kantor.press(SEKRETARIS, "tidak_terbukti", task)
    kantor.say(SEKRETARIS, "Laporan Simfoni menyebut 64 per September.")

    shown = [seen for seen in kantor.chat(SEKRETARIS) if "Temuan 2/3" in seen.text]
    assert len(shown) == 1
    above = kantor.again(SEKRETARIS, task)
    assert above.text == "Tugas ini dilanjutkan pada pesan di bawah."
    assert above.keyboard == ["Buka tugas"]
    assert above.files == task.files


def test_a_decision_with_its_reason_leaves_one_line(stage: Stage) -> None:
    kantor = objecting(stage)
    kantor.press(SEKRETARIS, "terbukti", kantor.task(SEKRETARIS, "tugas_putusan"))
    kantor.say(SEKRETARIS, VERDICT)

    told = [seen.text for seen in kantor.chat(SEKRETARIS) if "diputuskan" in seen.text]
    assert told == [kantor.last(SEKRETARIS).text]


def test_units_are_named_in_the_order_of_the_office(stage: Stage) -> None:
    kantor = stage("closing")
    find_wrong(kantor, "PPA-06 PPR-06")
    prove_all(kantor, 2)

    asked = kantor.task(KASUBAG, "tugas_koordinasi")
    kantor.press(KASUBAG, "Kirim ke unit terdampak", asked)

    assert "Unit terdampak: PPR dan PPA" in asked.text or "Unit terdampak: PPR, PPA" in asked.text
    kantor.press(KASUBAG, "urungkan")
    again = kantor.task(KASUBAG, "tugas_koordinasi")
    assert "(No. 002/2026): <b>2 temuan</b> terbukti, PPA-06, PPR-06." in again.text


def test_data_returned_from_the_board_come_from_nobody_but_are_to_be_checked_again(
    stage: Stage,
) -> None:
    kantor = delivered(stage)
    kantor.press(KASUBAG, "kembalikan_unit")
    kantor.say(KASUBAG, "Mohon diperiksa kembali dengan buktinya.")
    summary = kantor.last(KASUBAG)
    kantor.press(KASUBAG, "kembalikan", summary)

    assert "Dikembalikan kepada Kepala Bidang PPA</b>" in summary.text
    asked = kantor.task("Nurdiana", "tugas_validasi", "PPA").text
    assert "Data <b>PPA</b> TW III 2026 (versi 2) mohon dikoreksi kembali." in asked
    assert "Dikembalikan oleh Kasubag Perencanaan dan Evaluasi: “Mohon" in asked


def delivered(stage: Stage) -> Kantor:
    """The corrected data of PPA lie with the Kasubag, PPR has yet to meet."""
    kantor = stage("coordinated")
    take_findings(kantor, "PPA")
    meet(kantor, "PPA")
    correct(kantor, 2, "PPA", {"PPA-06": "46", "PPA-01": "15,20"})
    send_in(kantor, "Lestari")
    kantor.press("Nurdiana", "Setujui", kantor.task("Nurdiana", "tugas_validasi", "PPA"))
    kantor.press("Nurdiana", "Sampaikan", kantor.task("Nurdiana", "tugas_sampaikan", "PPA"))
    return kantor


def test_a_return_undone_on_the_board_leaves_no_line_that_tells_of_it(stage: Stage) -> None:
    kantor = delivered(stage)
    give_back(kantor, KASUBAG, "kembalikan_unit")
    told = [seen for seen in kantor.chat(KASUBAG) if "Dikembalikan kepada" in seen.text]
    board = kantor.task(KASUBAG, "papan_masuk")

    kantor.press(KASUBAG, "urungkan_unit", board)

    assert len(told) == 1
    assert not [seen for seen in kantor.chat(KASUBAG) if "Dikembalikan kepada" in seen.text]
    assert "↩ Pengembalian" in kantor.again(KASUBAG, board).text


def test_a_limit_moved_is_shown_where_the_task_stands_in_the_message_before(stage: Stage) -> None:
    kantor = stage("coordinated")
    take_findings(kantor, "PPA")
    task = kantor.task("Nurdiana", "tugas_rapat", "PPA")
    kantor.say("Nurdiana", "/perpanjangan")
    kantor.press("Nurdiana", "tambah_hari")
    kantor.say("Nurdiana", "Kepala bidang dinas luar ke Luwuk.")
    kantor.press(SEKRETARIS, "setujui")

    moved = kantor.again("Nurdiana", task)
    due = kantor.tugas(2, "4", "PPA").due_at
    assert moved.args["batas"] == (due.isoformat() if due else None) != task.args["batas"]
    kantor.press("Nurdiana", "Catat rapat", moved)
    assert kantor.question("Nurdiana").key == "tanya_rapat_waktu"


def test_findings_that_are_all_proven_leave_no_zero(stage: Stage) -> None:
    kantor = stage("closing")
    find_wrong(kantor, "PPA-06 PPR-06")
    prove_all(kantor, 2)

    [told] = [seen.text for seen in kantor.chat(KADIS) if "Verifikasi" in seen.text]
    assert told.endswith(": 2 terbukti.")


def dropping(kantor: Kantor) -> None:
    kantor.press(SEKRETARIS, "tidak_terbukti", kantor.task(SEKRETARIS, "tugas_putusan"))
    kantor.say(SEKRETARIS, VERDICT)


def test_the_last_word_on_an_objection_is_that_of_the_last_decision(stage: Stage) -> None:
    kantor = objecting(stage)
    dropping(kantor)
    decided = kantor.task(SEKRETARIS, "akhir").text
    kantor.press(SEKRETARIS, "urungkan")
    withdrawn = kantor.last("Nurdiana").text
    dropping(kantor)

    assert "diulang" not in decided
    assert "ditarik kembali" in withdrawn
    told = [seen.text for seen in kantor.chat("Nurdiana") if "putusan atas" in seen.text]
    assert told == []
    assert "Temuan PPA (No. 002/2026) gugur" in kantor.last("Nurdiana").text


def test_two_typed_reasons_leave_one_result_and_the_file_its_end(stage: Stage) -> None:
    kantor = stage("closing")
    find_wrong(kantor, "PPA-06 PPA-01")
    task = kantor.task(SEKRETARIS, "tugas_verifikasi")
    kantor.press(SEKRETARIS, "tidak_terbukti", task)
    kantor.say(SEKRETARIS, "Laporan Simfoni menyebut 64 per September.")
    kantor.press(SEKRETARIS, "tidak_terbukti", kantor.last(SEKRETARIS))
    kantor.say(SEKRETARIS, "Laporan Simfoni menyebut 16,20.")

    assert not [s for s in kantor.chat(SEKRETARIS) if "Temuan 2/2" in s.text]
    kantor.press(SEKRETARIS, "teruskan", kantor.last(SEKRETARIS))
    assert "pesan di bawah" not in kantor.again(SEKRETARIS, task).text
    assert kantor.again(SEKRETARIS, task).text.startswith("✅ Langkah 2 (verifikasi ulang)")


def test_a_new_round_is_called_so_once_it_is_verified(stage: Stage) -> None:
    kantor = stage("before_signing")
    find_wrong(kantor, "PPA-06")
    prove_all(kantor, 1)

    told = [seen.text for seen in kantor.chat(KADIS) if "Verifikasi" in seen.text]
    assert "✅ Putaran baru No. 002/2026 diterbitkan. Verifikasi" in told[-1]
    assert told[-1].endswith(": 1 terbukti.")


def test_orders_of_one_period_are_told_apart_by_their_sop(stage: Stage) -> None:
    kantor = stage("coordinated")

    kantor.say(KADIS, "/hentikan")

    assert kantor.last(KADIS).keyboard == [
        "002/2026 Perbaikan TW III 2026",
        "001/2026 Pengumpulan TW III 2026",
    ]

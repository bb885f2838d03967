"""What is sent back in a collection: to whom, which rows, and what else has to be done again."""

import pytest

from tests.conftest import Stage
from tests.kantor import Kantor, wita
from tests.officials import (
    HEADS,
    KADIS,
    KASUBAG,
    SEKRETARIS,
    SENTENCE,
    UNITS,
    accept,
    approve,
    begin,
    bring_in,
    close,
    fill,
    forward,
    meet,
    put_forward,
    send_in,
    share,
    upload,
)

NOTE = "Mohon dilengkapi dengan bukti dukung."


def send_back(kantor: Kantor, name: str, *answers: str, note: str = NOTE) -> None:
    """Kembalikan by hand: each answer is a button; at the end the note and the act."""
    for answer in answers:
        kantor.press(name, answer)
    kantor.say(name, note)
    kantor.press(name, "kembalikan", kantor.last(name))


def states(kantor: Kantor, perintah_id: int, act: str, unit: str | None = None) -> list[str]:
    return [tugas.state for tugas in kantor.perintah(perintah_id).tasks(act, unit)]


QUESTION = "Mohon arahan tentang unit yang dituju."


def ask_above(kantor: Kantor, name: str, note: str = QUESTION) -> None:
    """Mohon arahan by hand: one question."""
    kantor.press(name, "mohon_arahan")
    kantor.say(name, note)


def test_the_sekretaris_asks_the_kepala_dinas_for_a_clearer_order(stage: Stage) -> None:
    kantor = stage("ordered")
    letter = kantor.task(SEKRETARIS, "tugas_teruskan")
    assert "Mohon arahan" in letter.offered
    assert "Kembalikan" not in letter.offered

    kantor.press(SEKRETARIS, "mohon_arahan", letter)
    asked = kantor.question(SEKRETARIS).text
    kantor.say(SEKRETARIS, QUESTION)
    told = kantor.last(SEKRETARIS).text
    again = kantor.task(KADIS, "tugas_perintah")
    kantor.press(KADIS, "Terbitkan", again)
    kantor.say(KADIS, "Semua unit, data lengkap dengan bukti.")

    assert asked.startswith("Arahan apa yang dimohon dari Kepala Dinas?")
    assert told == (
        "✅ Arahan dimohon kepada Kepala Dinas pukul 08.00. Waktu tugas ini berhenti; tugasnya"
        " datang kembali bersama arahan itu."
    )
    assert again.rings
    assert "menunggu arahan Ibu.\nSekretaris memohon arahan: “Mohon arahan" in again.text
    assert "ikembalikan" not in again.text
    assert kantor.perintah(1).arahan == "Semua unit, data lengkap dengan bukti."
    assert states(kantor, 1, "2a") == ["ulang", "buka"]
    answered = kantor.task(SEKRETARIS, "tugas_teruskan").text
    assert "dari Kepala Dinas" in answered
    assert "“Semua unit, data lengkap dengan bukti.”" in answered


def test_the_kepala_dinas_may_keep_his_words(stage: Stage) -> None:
    kantor = stage("ordered")
    before = kantor.perintah(1).arahan
    ask_above(kantor, SEKRETARIS)

    kantor.press(KADIS, "Terbitkan", kantor.task(KADIS, "tugas_perintah"))
    kantor.press(KADIS, "arahan_tetap")

    assert kantor.perintah(1).arahan == before
    assert kantor.tugas(1, "2a").round == 2


def test_the_kasubag_asks_the_sekretaris_and_gets_a_full_standard_again(stage: Stage) -> None:
    kantor = stage("ordered")
    forward(kantor)
    kantor.now = wita(24, "08.20")

    ask_above(kantor, KASUBAG)

    again = kantor.tugas(1, "2a")
    assert (again.round, again.note, again.due_at) == (2, QUESTION, wita(24, "08.50"))
    assert states(kantor, 1, "2b") == ["ulang"]
    asked = kantor.task(SEKRETARIS, "tugas_teruskan").text
    assert "Kasubag Perencanaan dan Evaluasi memohon arahan" in asked
    assert "memohon arahan atas disposisi <b>No. 001/2026</b>" in asked
    forward(kantor, "Data semester I tidak diperbarui.")
    assert "“Data semester I tidak diperbarui.”" in kantor.task(KASUBAG, "tugas_format").text


def test_a_question_is_taken_back_while_nobody_has_answered(stage: Stage) -> None:
    kantor = stage("ordered")
    ask_above(kantor, SEKRETARIS)

    kantor.press(SEKRETARIS, "urungkan")

    assert states(kantor, 1, "2a")[-1] == "buka"
    assert kantor.perintah(1).open_tugas[-1].act == "2a"
    told = kantor.before_him(SEKRETARIS).text
    assert told.startswith("↩ Permohonan arahan 08.00 diurungkan 08.00.")


def test_a_button_of_a_former_version_asks_as_well(stage: Stage) -> None:
    kantor = stage("ordered")
    letter = kantor.task(SEKRETARIS, "tugas_teruskan")

    kantor.press_data(SEKRETARIS, letter.id, letter.button("mohon_arahan").data)

    assert letter.button("mohon_arahan").data.startswith("kembali:1-2:")
    assert kantor.question(SEKRETARIS).key == "tanya_mohon_arahan"


def test_a_wrong_form_is_still_called_so(stage: Stage) -> None:
    """The unit's head does not send it back to his superior."""
    kantor = stage("handed_out")

    assert "Format keliru" in kantor.task("Herlina", "tugas_rapat").offered


def test_the_koordinator_sends_one_row_back_to_whoever_filled_it(stage: Stage) -> None:
    kantor = stage("handed_out")
    share(kantor, "KBK", ("KBK-08", "KBK-09"))
    fill_kbk_by_two(kantor)
    kantor.press("Wahyuni", "Kembalikan", kantor.task("Wahyuni", "tugas_rekap_unit"))
    kantor.say("Wahyuni", "KBK-09")

    send_back(kantor, "Wahyuni")

    reopened = [(t.person_id, t.codes) for t in kantor.perintah(1).tasks("5", "KBK") if t.is_open]
    assert reopened == [(kantor.people["Dedi"], ("KBK-09",))]
    assert states(kantor, 1, "6", "KBK") == ["ulang"]
    kept = kantor.perintah(1).part("KBK", kantor.people["Wahyuni"])
    assert kept is not None
    assert len(kept.rows) == 7


def test_a_colleagues_rows_are_left_alone_by_a_whole_sheet(stage: Stage) -> None:
    kantor = stage("handed_out")
    share(kantor, "KBK", ("KBK-08", "KBK-09"))
    kantor.press("Dedi", "isi_chat")
    kantor.say("Dedi", "74,2")

    upload(kantor, 1, "KBK", KBK_08="11,10")

    dedi = kantor.perintah(1).part("KBK", kantor.people["Dedi"])
    wahyuni = kantor.perintah(1).part("KBK", kantor.people["Wahyuni"])
    assert dedi is not None
    assert wahyuni is not None
    assert [str(row.realisasi) for row in dedi.rows] == ["74.20"], "kept as soon as typed"
    assert "KBK-08" not in [row.kode for row in wahyuni.rows]


def fill_kbk_by_two(kantor: Kantor) -> None:
    upload(kantor, 1, "KBK")
    send_in(kantor, "Wahyuni")
    kantor.press("Dedi", "isi_chat")
    for figure in ("72,4", "100"):
        kantor.say("Dedi", figure)
        kantor.press("Dedi", "lewati_sumber")
    kantor.press("Dedi", "Kirim")


def test_all_rows_of_a_unit_may_be_picked_at_once(stage: Stage) -> None:
    kantor = stage("handed_out")
    bring_to_validation(kantor, "DAL")

    kantor.press("Rusdin", "Kembalikan")
    kantor.press("Rusdin", "ke_langkah")
    seen = kantor.question("Rusdin")
    kantor.press_data("Rusdin", seen.id, seen.button("semua").data)
    send_back(kantor, "Rusdin", "lanjut")

    again = kantor.tugas(1, "5", "DAL")
    assert (again.round, len(again.codes)) == (2, 8)


def test_a_pick_may_be_taken_back_and_no_row_moves(stage: Stage) -> None:
    kantor = stage("handed_out")
    bring_to_validation(kantor, "KBK")
    kantor.press("Herlina", "Kembalikan", kantor.task("Herlina", "tugas_validasi"))
    kantor.press("Herlina", "ke_langkah")

    def pick(code: str) -> list[str]:
        seen = kantor.question("Herlina")
        button = next(b for b in seen.buttons if b.args.get("kode") == code)
        kantor.press_data("Herlina", seen.id, button.data)
        return kantor.question("Herlina").keyboard

    asked = kantor.question("Herlina")
    kantor.press("Herlina", "lanjut")
    too_early = kantor.toasts[-1][0]
    pick("02")
    after = pick("03")
    pick("02")
    pick("09")
    send_back(kantor, "Herlina", "lanjut")

    assert asked.text == "Baris KBK yang dikembalikan? Dapat juga diketik kodenya."
    assert asked.keyboard == [
        "☐ Semua baris", "☐ 01 Angka prevalensi… 60,48", "☐ 02 Kebutuhan ber-KB yang… 13,20",
        "☐ 03 Jumlah peserta KB baru 3.912", "☐ 04 Peserta KB aktif MKJP 21,10",
        "☐ 05 Kehamilan yang tidak… 4,10", "☐ 06 Indeks Pembangunan… 60,10",
        "☐ 07 Keluarga berisiko… 11.853", "☐ 08 Kelompok BKB, BKR, BKL… 72,40",
        "☐ 09 Ketersediaan alat dan… 100,00", "Lanjut", "Kembali", "Batal",
    ]  # fmt: skip
    assert too_early == "tandai_dahulu"
    assert [label[1:] for label in after[:-3]] == [label[1:] for label in asked.keyboard[:-3]]
    assert after[-3:] == ["Lanjut (2)", "Kembali", "Batal"]

    assert kantor.tugas(1, "5", "KBK").codes == ("KBK-03", "KBK-09")


def test_one_wrong_word_among_the_codes_costs_no_other(stage: Stage) -> None:
    kantor = stage("handed_out")
    bring_to_validation(kantor, "KBK")
    kantor.press("Herlina", "Kembalikan", kantor.task("Herlina", "tugas_validasi"))
    kantor.press("Herlina", "ke_langkah")

    kantor.say("Herlina", "kbk05 xx-9 dan 8")
    asked = kantor.question("Herlina")
    kantor.say("Herlina", "2")
    kantor.say("Herlina", NOTE)
    kantor.press("Herlina", "kembalikan", kantor.last("Herlina"))

    assert asked.text.startswith("XX-9 tidak dikenal; KBK-05, KBK-08 ditandai.")
    assert asked.keyboard[-3:] == ["Lanjut (2)", "Kembali", "Batal"]
    assert kantor.tugas(1, "5", "KBK").codes == ("KBK-02", "KBK-05", "KBK-08")


def test_a_note_where_rows_are_asked_for_is_not_cut_into_codes(stage: Stage) -> None:
    kantor = stage("handed_out")
    bring_to_validation(kantor, "KBK")
    kantor.press("Herlina", "Kembalikan", kantor.task("Herlina", "tugas_validasi"))
    kantor.press("Herlina", "ke_langkah")

    kantor.say("Herlina", "Tidak sesuai dengan rekap DP3, 15 peserta")
    told = kantor.last("Herlina").text
    kantor.say("Herlina", "KBK-05 tidak sesuai rekap DP3, 8 peserta")

    assert told == (
        "“Tidak sesuai dengan rekap DP3, 15 peser…” bukan kode. "
        "Mohon memilih di atas, atau mengetik kodenya saja. Contoh: KBK-01, KBK-02"
    )
    assert kantor.last("Herlina").text.endswith(" Contoh: KBK-05")
    assert "Lanjut" in kantor.question("Herlina").keyboard, "nothing has been ticked"


def test_only_the_recap_may_be_asked_for_again(stage: Stage) -> None:
    kantor = stage("handed_out")
    bring_to_validation(kantor, "DAL")
    kantor.press("Rusdin", "Kembalikan")
    question = kantor.question("Rusdin")
    to_six = question.buttons[1]

    kantor.press_data("Rusdin", question.id, to_six.data)
    send_back(kantor, "Rusdin")

    assert to_six.args["langkah"] == 6
    assert states(kantor, 1, "5", "DAL") == ["selesai"]
    assert states(kantor, 1, "6", "DAL") == ["ulang", "buka"]
    put_forward(kantor, "DAL")
    data = kantor.perintah(1).latest("DAL")
    assert data is not None
    assert data.version == 1, "the same rows are the same version"


def bring_to_validation(kantor: Kantor, unit: str) -> None:
    meet(kantor, unit)
    fill(kantor, 1, unit)
    put_forward(kantor, unit)


def test_the_note_may_be_written_anew_before_it_goes_back(stage: Stage) -> None:
    kantor = stage("handed_out")
    bring_to_validation(kantor, "DAL")
    begin_return(kantor)

    kantor.press("Rusdin", "ubah_isian")
    kantor.press("Rusdin", "isian_catatan")
    kantor.press("Rusdin", "kembali")
    kantor.press("Rusdin", "ubah_isian")
    kantor.press("Rusdin", "isian_catatan")
    kantor.say("Rusdin", "Mohon diperiksa lagi angka September.")
    kantor.press("Rusdin", "kembalikan", kantor.last("Rusdin"))

    assert kantor.tugas(1, "5", "DAL").note == "Mohon diperiksa lagi angka September."


def begin_return(kantor: Kantor) -> None:
    kantor.press("Rusdin", "Kembalikan")
    kantor.press("Rusdin", "ke_langkah")
    kantor.say("Rusdin", "DAL-02")
    kantor.say("Rusdin", NOTE)


def test_the_kasubag_sends_one_unit_of_the_board_back_to_validation(stage: Stage) -> None:
    kantor = stage("handed_out")
    for unit in ("SEK", "KBK"):
        bring_in(kantor, 1, unit)
    accept(kantor, "SEK")
    board = kantor.task(KASUBAG, "papan_masuk")
    back = next(b for b in board.buttons if b.key == "kembalikan_unit" and b.args["unit"] == "KBK")

    kantor.press_data(KASUBAG, board.id, back.data)
    send_back(kantor, KASUBAG)

    assert states(kantor, 1, "7", "KBK") == ["ulang", "buka"]
    assert states(kantor, 1, "8t", "SEK") == ["selesai"]
    assert kantor.task("Herlina", "tugas_validasi", "KBK").rings
    after = kantor.task(KASUBAG, "papan_masuk")
    assert [line["keadaan"] for line in after.args["papan"] if line["unit"] == "KBK"] == [
        "berjalan"
    ]


def test_the_board_stays_while_one_of_its_units_is_being_sent_back(stage: Stage) -> None:
    kantor = stage("handed_out")
    for unit in ("SEK", "KBK"):
        bring_in(kantor, 1, unit)
    kantor.press(KASUBAG, "pilih_unit")
    board = kantor.task(KASUBAG, "papan_masuk")

    kantor.press(KASUBAG, "kembalikan_unit", board)
    question = kantor.last(KASUBAG)
    kantor.press(KASUBAG, "batal", question)
    accept(kantor, "KBK")

    assert question.key == "tanya_catatan_kembali"
    assert kantor.again(KASUBAG, question).key == "dibatalkan"
    assert "Terima SEK" in kantor.again(KASUBAG, board).labels
    assert states(kantor, 1, "8t", "KBK") == ["selesai"]


def test_the_board_survives_a_second_press_on_a_unit_taken_over(stage: Stage) -> None:
    kantor = stage("handed_out")
    for unit in ("SEK", "KBK"):
        bring_in(kantor, 1, unit)
    kantor.press(KASUBAG, "pilih_unit")
    board = kantor.task(KASUBAG, "papan_masuk")
    former = board.button("Terima SEK").data
    kantor.press(KASUBAG, "Terima SEK", board)

    kantor.press_data(KASUBAG, board.id, former)

    assert kantor.toasts[-1][0] == "sudah_diproses"
    assert "Terima KBK" in kantor.again(KASUBAG, board).labels


def test_langkah_9_reopens_only_the_named_unit_and_comes_again(stage: Stage) -> None:
    kantor = stage("collected")
    kantor.press(KASUBAG, "Kembalikan", kantor.task(KASUBAG, "tugas_rekap"))

    send_back(kantor, KASUBAG, "KBK")
    open_acts = [(t.act, t.unit) for t in kantor.perintah(1).open_tugas]
    approve(kantor, "KBK")
    accept(kantor, "KBK")

    assert open_acts == [("7", "KBK")]
    assert states(kantor, 1, "8t", "SEK") == ["selesai"]
    assert states(kantor, 1, "9") == ["ulang", "buka"]
    assert kantor.perintah(1).rekap_version == 2
    assert kantor.task(KASUBAG, "tugas_rekap").args["versi"] == 2


def test_a_paraf_denied_at_the_closing_leads_back_to_langkah_9(stage: Stage) -> None:
    kantor = stage("collected")
    kantor.press(KASUBAG, "Ajukan")
    kantor.press(KASUBAG, "Paraf")

    kantor.press(SEKRETARIS, "Kembalikan", kantor.task(SEKRETARIS, "tugas_paraf"))
    send_back(kantor, SEKRETARIS)

    assert states(kantor, 1, "9") == ["ulang", "buka"]
    assert states(kantor, 1, "p1") == ["ulang"], "the Kasubag's own paraf no longer counts"
    with kantor.store.reading() as queries:
        names = [entry.event.name for entry in queries.record.events("p1")]
    assert "SignatureVoided" in names
    close(kantor)
    assert kantor.tugas(1, "p3").is_open


def test_after_three_returns_of_a_step_the_sekretaris_learns_of_it(stage: Stage) -> None:
    kantor = stage("handed_out")
    meet(kantor, "DAL")
    upload(kantor, 1, "DAL")
    send_in(kantor, "Irma")

    for _ in range(3):
        kantor.press("Irma", "Kembalikan", kantor.task("Irma", "tugas_rekap_unit"))
        kantor.say("Irma", "DAL-02")
        send_back(kantor, "Irma")
        kantor.send("Irma", None, "foto.jpg", caption="DAL-02")
        send_in(kantor, "Irma")

    told = [seen for seen in kantor.chat(SEKRETARIS) if seen.key == "tiga_kali_kembali"]
    assert [(seen.args["langkah"], seen.args["unit"]) for seen in told] == [(5, "DAL")]


@pytest.mark.parametrize("unit", UNITS)
def test_a_wrong_format_is_served_again_to_its_unit_alone(stage: Stage, unit: str) -> None:
    kantor = stage("handed_out")
    head = HEADS[unit]

    begin(kantor, head, "Format keliru", kantor.task(head, "tugas_rapat", unit))
    open_acts = {(t.act, t.unit) for t in kantor.perintah(1).open_tugas}
    kantor.press(KASUBAG, "Kirim ke semua unit", kantor.task(KASUBAG, "tugas_sebar"))

    assert ("3", unit) in open_acts
    assert {u for act, u in open_acts if act == "4"} == set(UNITS) - {unit}
    assert kantor.tugas(1, "4", unit).round == 2
    assert [len(kantor.perintah(1).tasks("4", other)) for other in UNITS if other != unit] == [
        1, 1, 1, 1,
    ]  # fmt: skip


def test_the_head_of_unit_may_put_the_recap_forward_himself(stage: Stage) -> None:
    kantor = stage("handed_out")
    meet(kantor, "KBK")
    fill(kantor, 1, "KBK")
    kantor.say("Herlina", "/tugas")
    kantor.press("Herlina", "buka_tugas_ke")

    kantor.press("Herlina", "Ajukan")

    done = kantor.tugas(1, "6", "KBK")
    assert (done.finished_by, done.state) == (kantor.people["Herlina"], "selesai")


def test_a_returned_file_may_be_replaced_by_another(stage: Stage) -> None:
    kantor = stage("handed_out")
    meet(kantor, "DAL")
    upload(kantor, 1, "DAL")
    kantor.press("Irma", "ganti_berkas")
    asked = kantor.task("Irma", "kirim_pengganti")

    second = upload(kantor, 1, "DAL", DAL_02="35,00")

    assert asked.key == "kirim_pengganti"
    assert second.key == "isian_diterima"
    part = kantor.perintah(1).part("DAL", kantor.people["Irma"])
    assert part is not None
    assert (part.version, str(part.row("DAL-02").realisasi)) == (2, "35.00")


def test_a_return_needs_no_rows_where_a_part_has_only_one(stage: Stage) -> None:
    kantor = stage("repaired")
    kantor.press(KASUBAG, "Kembalikan", kantor.task(KASUBAG, "tugas_rekap"))
    send_back(kantor, KASUBAG, "PPR")
    kantor.press("Fadli", "Kembalikan", kantor.task("Fadli", "tugas_validasi", "PPR"))

    send_back(kantor, "Fadli", note=SENTENCE)

    again = kantor.tugas(2, "5", "PPR")
    assert (again.codes, again.note, again.round) == (("PPR-06",), SENTENCE, 2)


def returned_rows(stage: Stage) -> Kantor:
    """KBK-05 lies with Wahyuni again, KBK-08 with Dedi."""
    kantor = stage("handed_out")
    share(kantor, "KBK", ("KBK-08", "KBK-09"))
    fill_kbk_by_two(kantor)
    put_forward(kantor, "KBK")
    kantor.press("Herlina", "Kembalikan", kantor.task("Herlina", "tugas_validasi"))
    kantor.press("Herlina", "ke_langkah")
    kantor.say("Herlina", "KBK-05 KBK-08")
    send_back(kantor, "Herlina")
    return kantor


def test_a_returned_figure_may_be_corrected_by_a_reply(stage: Stage) -> None:
    kantor = returned_rows(stage)

    kantor.say("Dedi", "74,2", reply_to=kantor.task("Dedi", "tugas_isi_kembali"))
    kantor.press("Dedi", "lewati_sumber")
    send_in(kantor, "Dedi")

    part = kantor.perintah(1).part("KBK", kantor.people["Dedi"])
    assert part is not None
    assert [str(row.realisasi) for row in part.rows] == ["74.20", "100.00"]


def test_a_returned_row_may_be_explained_by_a_reply(stage: Stage) -> None:
    kantor = returned_rows(stage)
    task = kantor.task("Wahyuni", "tugas_isi_kembali")

    kantor.say("Wahyuni", "Pendataan Keluarga 2026, tabel 7", reply_to=task)

    part = kantor.perintah(1).part("KBK", kantor.people["Wahyuni"])
    assert part is not None
    assert part.row("KBK-05").keterangan == "Pendataan Keluarga 2026, tabel 7"
    assert str(part.row("KBK-05").realisasi) == "4.10"


def test_words_that_reply_to_nothing_change_no_row(stage: Stage) -> None:
    kantor = returned_rows(stage)

    with kantor.nothing_moves():
        kantor.say("Dedi", "besok baru bisa pak")
        kantor.say("Dedi", "74,2")

    assert kantor.last("Dedi").key == "pesan_tanpa_tugas"


TWO_NOTES = "KBK-05: mohon dilengkapi.\nKBK-08: angka tertukar, laporan balai 72,40."


def noting_two(stage: Stage) -> Kantor:
    """Herlina picks KBK-05; her note is about KBK-08, too."""
    kantor = stage("handed_out")
    bring_to_validation(kantor, "KBK")
    kantor.press("Herlina", "Kembalikan", kantor.task("Herlina", "tugas_validasi"))
    kantor.press("Herlina", "ke_langkah")
    kantor.say("Herlina", "KBK-05")
    kantor.say("Herlina", TWO_NOTES)
    return kantor


def test_a_row_that_only_the_note_names_is_asked_about(stage: Stage) -> None:
    kantor = noting_two(stage)
    asked = kantor.question("Herlina")

    kantor.press("Herlina", "kembalikan_juga")
    kantor.press("Herlina", "kembalikan", kantor.last("Herlina"))

    assert asked.text == "KBK-08 disebut dalam catatan tetapi belum dipilih."
    assert asked.keyboard == ["Kembalikan juga KBK-08", "Hanya KBK-05", "Kembali", "Batal"]
    assert kantor.tugas(1, "5", "KBK").codes == ("KBK-05", "KBK-08")
    told = kantor.task("Wahyuni", "tugas_isi_kembali").text
    assert "<b>KBK-08</b> = 72,40: “angka tertukar, laporan balai 72,40.”" in told


def test_a_row_that_only_the_note_names_may_stay(stage: Stage) -> None:
    kantor = noting_two(stage)

    kantor.press("Herlina", "hanya_baris")
    kantor.press("Herlina", "kembalikan", kantor.last("Herlina"))

    assert kantor.tugas(1, "5", "KBK").codes == ("KBK-05",)
    assert "angka tertukar" in kantor.task("Wahyuni", "tugas_isi_kembali").text


def test_a_note_written_anew_is_asked_about_anew(stage: Stage) -> None:
    kantor = noting_two(stage)
    kantor.press("Herlina", "hanya_baris")

    kantor.press("Herlina", "ubah_isian")
    kantor.press("Herlina", "isian_catatan")
    kantor.say("Herlina", "KBK-05 dan KBK-07 mohon dilengkapi, juga PPA-01.")
    asked = kantor.question("Herlina")
    kantor.press("Herlina", "hanya_baris")

    assert asked.text == "KBK-07 disebut dalam catatan tetapi belum dipilih."
    assert "PPA-01 disebut dalam catatan, tetapi tidak ikut dikembalikan" in (
        kantor.last("Herlina").text
    )


def test_a_return_is_to_somebody_and_not_to_a_number(stage: Stage) -> None:
    kantor = stage("handed_out")
    bring_to_validation(kantor, "DAL")
    kantor.press("Rusdin", "Kembalikan")

    asked = kantor.question("Rusdin")
    kantor.press_data("Rusdin", asked.id, asked.buttons[1].data)
    kantor.say("Rusdin", NOTE)
    summary = kantor.last("Rusdin")

    assert summary.text.startswith("<b>Dikembalikan kepada Koordinator Data (DAL)</b>")
    assert asked.text == "Kepada siapa?"
    assert asked.keyboard == ["Pelaksana: angkanya", "Koordinator Data: rekapnya", "Batal"]


def test_who_sent_it_back_reads_first_what_has_changed(stage: Stage) -> None:
    kantor = returned_rows(stage)
    kantor.pass_minutes(5)
    kantor.say("Dedi", "74,2", reply_to=kantor.task("Dedi", "tugas_isi_kembali"))
    kantor.press("Dedi", "lewati_sumber")
    send_in(kantor, "Dedi")
    task = kantor.task("Wahyuni", "tugas_isi_kembali")
    kantor.say("Wahyuni", "Pendataan Keluarga 2026, tabel 7", reply_to=task)
    send_in(kantor, "Wahyuni")
    put_forward(kantor, "KBK")
    again = kantor.task("Herlina", "tugas_validasi")
    approve(kantor, "KBK")

    assert (
        again.text.split("\n", 1)[1]
        .lstrip()
        .startswith(
            "Berubah sejak dikembalikan:\n"
            "<b>KBK-05</b> keterangan: Pendataan Keluarga 2026, tabel 7\n"
            "<b>KBK-08</b>: 72,40 → <b>74,20</b>\n"
        )
    )
    assert "Berubah" not in kantor.task(KASUBAG, "papan_masuk").text


def test_the_kasubag_reads_below_the_board_what_a_unit_has_changed(stage: Stage) -> None:
    kantor = stage("handed_out")
    bring_in(kantor, 1, "KBK")
    kantor.press(KASUBAG, "kembalikan_unit", kantor.task(KASUBAG, "papan_masuk"))
    send_back(kantor, KASUBAG)
    kantor.pass_minutes(5)
    approve(kantor, "KBK")

    assert "Sama dengan yang dikembalikan." in (kantor.task(KASUBAG, "papan_masuk").text)


def test_the_coordinator_reads_what_her_own_return_has_changed(stage: Stage) -> None:
    """Nothing had been put forward yet: what she sent back is kept by the return itself."""
    kantor = stage("handed_out")
    share(kantor, "KBK", ("KBK-05", "KBK-08"))
    kantor.press("Dedi", "isi_chat")
    for figure in ("4,10", "74,20"):
        kantor.say("Dedi", figure)
        kantor.press("Dedi", "lewati_sumber")
    send_in(kantor, "Dedi")
    fill(kantor, 1, "KBK")
    kantor.pass_minutes(5)
    first = kantor.task("Wahyuni", "tugas_rekap_unit")
    kantor.press("Wahyuni", "Kembalikan", first)
    kantor.say("Wahyuni", "KBK-08")
    kantor.say("Wahyuni", NOTE)
    kantor.press("Wahyuni", "kembalikan", kantor.last("Wahyuni"))
    kantor.pass_minutes(5)
    kantor.say("Dedi", "KBK-08 72,40")
    send_in(kantor, "Dedi")
    again = kantor.task("Wahyuni", "tugas_rekap_unit")
    put_forward(kantor, "KBK")

    assert "Berubah" not in first.text
    assert again.text.split("\n")[1:3] == [
        "Berubah sejak dikembalikan:",
        "<b>KBK-08</b>: 74,20 → <b>72,40</b>",
    ]
    # Her head has not seen the former figure.
    assert "74,20" not in kantor.task("Herlina", "tugas_validasi").text


def test_a_head_reads_what_the_kasubags_return_has_changed(stage: Stage) -> None:
    kantor = stage("handed_out")
    bring_in(kantor, 1, "DAL")
    kantor.pass_minutes(5)
    kantor.say("Irma", "DAL-04 49")
    kantor.press("Irma", "mohon_dikembalikan")
    kantor.pass_minutes(5)
    kantor.press(KASUBAG, "kembalikan_baris")
    kantor.pass_minutes(5)
    kantor.say("Irma", "DAL-04 49")
    send_in(kantor, "Irma")
    put_forward(kantor, "DAL")

    told = kantor.task("Rusdin", "tugas_validasi").text
    assert told.split("\n")[1:3] == [
        "Berubah sejak dikembalikan:",
        "<b>DAL-04</b>: 48 → <b>49</b>",
    ]

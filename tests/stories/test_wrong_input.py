"""Wrong files, words out of place and bad answers: each is told what is wrong, nothing moves."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from flows.forms.form import Cell, Sheet, Unreadable
from flows.model.commands import Sent
from tests.conftest import Stage
from tests.kantor import Kantor, wita
from tests.officials import (
    ADMIN,
    KADIS,
    KASUBAG,
    SEKRETARIS,
    meet,
    sign,
    start_collection,
    take_findings,
    upload,
)
from tests.workbooks import figures_of, filled, first_filling

NOTE = "Mohon dilengkapi dengan bukti dukung."


def filling(stage: Stage) -> Kantor:
    """Irma of DAL has her form and nothing in it."""
    kantor = stage("handed_out")
    meet(kantor, "DAL")
    return kantor


@pytest.mark.parametrize(
    "reason", ["macro", "password", "broken", "empty", "xls", "ods", "csv", "strict", "timeout"]
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(stage: Stage, reason: str) -> None:
    kantor = filling(stage)

    with kantor.nothing_moves():
        kantor.send("Irma", Unreadable(reason), f"data.{reason}")

    told = kantor.last("Irma")
    assert told.key == f"tolak_{reason}"
    assert told.args["batas"], "the limit stays as it was, and is named"
    assert not told.rings


def test_a_spreadsheet_that_was_never_read_counts_as_broken(stage: Stage) -> None:
    kantor = filling(stage)

    with kantor.nothing_moves():
        kantor.send("Irma", None, "data.ods")

    assert kantor.last("Irma").key == "tolak_broken"


def test_a_file_too_large_to_fetch(stage: Stage) -> None:
    kantor = filling(stage)

    with kantor.nothing_moves():
        kantor.do(Sent(kantor.origin("Irma"), "", "besar.xlsx", 30_000_000, "document"))

    assert kantor.last("Irma").key == "tolak_too_large"


def other_unit(kantor: Kantor) -> Sheet:
    return first_filling(kantor.setting, kantor.perintah(1), "PPR")


def other_meta(key: str, value: str) -> Callable[[Kantor], Sheet]:
    def changed(kantor: Kantor) -> Sheet:
        sheet = first_filling(kantor.setting, kantor.perintah(1), "DAL")
        return replace(sheet, meta={**sheet.meta, key: value})

    return changed


WRONG_WORKBOOKS: dict[str, Callable[[Kantor], Sheet]] = {
    "another unit": other_unit,
    "another period": other_meta("periode", "2026-TW2"),
    "an old version": other_meta("versi", "0"),
}


@pytest.mark.parametrize("which", WRONG_WORKBOOKS)
def test_the_workbook_of_something_else_is_answered_with_the_right_one(
    stage: Stage, which: str
) -> None:
    kantor = filling(stage)
    sheet = WRONG_WORKBOOKS[which](kantor)

    with kantor.nothing_moves():
        kantor.send("Irma", sheet, "lain.xlsx")

    told = kantor.last("Irma")
    assert told.key == "berkas_lain"
    assert [file.name for file in told.files] == ["Format_DAL_TW3-2026"]


def test_the_workbook_of_another_perintah_is_not_taken_for_this_one(stage: Stage) -> None:
    kantor = stage("objected")
    sheet = first_filling(kantor.setting, kantor.perintah(1), "PPR")

    with kantor.nothing_moves():
        kantor.send("Lestari", sheet, "lama.xlsx")

    assert kantor.last("Lestari").key == "berkas_lain"


def test_an_empty_workbook_is_refused_with_every_row_it_lacks(stage: Stage) -> None:
    kantor = filling(stage)
    sheet = filled(kantor.setting, kantor.perintah(1), "DAL", {})

    with kantor.nothing_moves():
        kantor.send("Irma", sheet, "kosong.xlsx")

    told = kantor.last("Irma")
    assert told.key == "berkas_ditolak"
    assert [f["kode_aturan"] for f in told.args["temuan"]] == ["E03"] * 8


@pytest.mark.parametrize("name", ["x" * 250, "\U0001f4a5" * 60, "a\nb\x00\u202e"])
def test_a_marked_file_bears_a_name_that_a_phone_can_keep(stage: Stage, name: str) -> None:
    kantor = filling(stage)
    sheet = filled(kantor.setting, kantor.perintah(1), "DAL", {})

    kantor.send("Irma", sheet, f"{name}.xlsx")

    [marked] = kantor.last("Irma").files
    assert len(f"{marked.name}.xlsx".encode()) <= 255
    assert marked.name.isprintable()
    assert marked.name.endswith(" (bertanda)")


def test_a_sheet_with_nothing_of_ours_in_it(stage: Stage) -> None:
    kantor = filling(stage)

    with kantor.nothing_moves():
        kantor.send(
            "Irma", Sheet("Sheet1", ((1, {"A": Cell("A1", "text", "belanja")}),)), "x.xlsx"
        )

    assert kantor.last("Irma").key in ("berkas_lain", "berkas_ditolak")


def test_a_photo_is_no_data(stage: Stage) -> None:
    kantor = filling(stage)

    with kantor.nothing_moves():
        kantor.send("Irma", None, "layar.jpg")

    assert kantor.last("Irma").key == "foto_bukan_data"


def test_a_file_of_somebody_without_a_task(stage: Stage) -> None:
    kantor = stage("working")
    sheet = first_filling(kantor.setting, kantor.perintah(1), "DAL")

    with kantor.nothing_moves():
        kantor.send("Dedi", sheet, "data.xlsx")

    assert kantor.last("Dedi").key == "berkas_tanpa_tugas"


def test_a_file_while_words_are_asked_for(stage: Stage) -> None:
    kantor = stage("ordered")
    kantor.press(SEKRETARIS, "Teruskan")

    with kantor.nothing_moves():
        kantor.send(SEKRETARIS, None, "memo.jpg")

    assert kantor.last(SEKRETARIS).key == "berkas_tak_diminta"


def test_plain_text_without_a_question_belongs_to_no_task(stage: Stage) -> None:
    kantor = filling(stage)

    with kantor.nothing_moves():
        kantor.say("Irma", "besok baru bisa pak")

    told = kantor.last("Irma")
    assert told.key == "pesan_tanpa_tugas"
    assert [task["langkah"] for task in told.args["tugas"]] == [5]


@pytest.mark.parametrize("words", ["siap", "Baik", "Terima kasih", "ok"])
def test_small_talk_is_answered_by_a_reaction_only(stage: Stage, words: str) -> None:
    kantor = filling(stage)
    before = list(kantor.chat("Irma"))
    reactions = len(kantor.reactions)

    with kantor.nothing_moves():
        kantor.say("Irma", words)

    assert kantor.chat("Irma") == before
    assert len(kantor.reactions) == reactions + 1


def test_words_to_somebody_who_has_nothing_to_do(stage: Stage) -> None:
    kantor = stage("working")

    with kantor.nothing_moves():
        kantor.say("Dedi", "ada yang bisa dibantu?")

    assert (kantor.last("Dedi").key, kantor.last("Dedi").args["semua"]) == ("pesan_tanpa_tugas", 0)


def test_a_reply_to_a_task_that_is_over(stage: Stage) -> None:
    kantor = stage("working")
    over = next(s for s in kantor.chat("Irma") if s.key == "akhir")

    with kantor.nothing_moves():
        kantor.say("Irma", "Angka DAL-02 masih berubah", reply_to=over)

    assert kantor.last("Irma").key == "sudah_diproses"


@pytest.mark.parametrize(
    "noun", ["voice", "video", "sticker", "contact", "location", "poll", "other"]
)
def test_what_cannot_be_read_gets_one_sentence(stage: Stage, noun: str) -> None:
    kantor = filling(stage)

    with kantor.nothing_moves():
        kantor.stray("Irma", noun)

    told = kantor.last("Irma")
    assert (told.key, told.args["jenis"]) == ("tak_dapat_dicatat", noun)
    assert told.args["bertanya"] is False


def test_a_voice_note_leaves_the_question_open(stage: Stage) -> None:
    kantor = stage("ordered")
    kantor.press(SEKRETARIS, "Teruskan")
    question = kantor.question(SEKRETARIS)

    with kantor.nothing_moves():
        kantor.stray(SEKRETARIS, "voice")

    assert kantor.last(SEKRETARIS).args["bertanya"] is True
    assert kantor.question(SEKRETARIS) == question


def test_an_edited_message_changes_no_figure(stage: Stage) -> None:
    kantor = filling(stage)
    kantor.press("Irma", "isi_chat")
    kantor.say("Irma", "2,24")

    with kantor.nothing_moves():
        kantor.stray("Irma", "edited")

    assert kantor.last("Irma").key == "suntingan"


def test_strays_in_the_group_are_passed_over(stage: Stage) -> None:
    kantor = stage("working")
    before = {chat: list(seen) for chat, seen in kantor.chats.items()}

    with kantor.nothing_moves():
        kantor.say_in_group(KADIS, "/tidakada")

    assert kantor.chats["g"] == before["g"]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("/tidakada", "perintah_tak_dikenal"),
        ("/batal", "tak_ada_dibatalkan"),
        ("/status 9", "nomor_tak_ada"),
        ("/status ²", "nomor_tak_ada"),
        ("/rekap", "rekap_belum"),
        ("/perintah belanja TW III 2026", "perintah_tak_dipahami"),
        ("/perintah pengumpulan TW III 2026", "sudah_berjalan"),
        ("/perintah perbaikan TW III 2026", "belum_ada_rekap"),
        ("/grup", "bukan_kewenangan"),
    ],
)
def test_a_command_out_of_place(stage: Stage, words: str, key: str) -> None:
    kantor = stage("working")

    before = kantor.perintah(1)
    kantor.say(KADIS, words)

    assert kantor.last(KADIS).key == key
    assert kantor.perintah(1) == before


def test_grup_in_a_private_chat(stage: Stage) -> None:
    kantor = stage("working")

    with kantor.nothing_moves():
        kantor.say(ADMIN, "/grup")

    assert kantor.last(ADMIN).key == "grup_di_pribadi"


def test_the_same_order_twice_names_the_one_that_runs(stage: Stage) -> None:
    kantor = stage("working")
    before = kantor.perintah(1)

    kantor.say(KADIS, "/perintah pengumpulan TW III 2026")

    assert kantor.last(KADIS).key == "sudah_berjalan"
    assert kantor.last(KADIS).args["nomor"] == "001/2026"
    assert kantor.perintah(1) == before
    with kantor.store.reading() as queries:
        assert len(queries.orders.heads()) == 1


def test_an_order_for_a_year_without_targets(stage: Stage) -> None:
    kantor = stage("open")
    kantor.say(KADIS, "/perintah pengumpulan TW III 2025")

    kantor.press(KADIS, "terbitkan")

    assert kantor.last(KADIS).key == "tanpa_indikator"
    with kantor.store.reading() as queries:
        assert queries.orders.heads() == ()


@pytest.mark.parametrize("words", ["TW V 2026", "kemarin", "2026"])
def test_a_period_that_is_none(stage: Stage, words: str) -> None:
    kantor = stage("open")
    kantor.say(KADIS, "/perintah pengumpulan")

    with kantor.nothing_moves():
        kantor.say(KADIS, words)

    assert kantor.last(KADIS).key == "periode_keliru"


@pytest.mark.parametrize("words", ["kemarin", "31-02-2026", "01-01-2020", "99-99-2026 16.00"])
def test_a_deadline_that_is_none(stage: Stage, words: str) -> None:
    kantor = stage("open")
    kantor.say(KADIS, "/perintah pengumpulan TW III 2026")
    kantor.press(KADIS, "ubah_isian")
    kantor.press(KADIS, "isian_tenggat")

    with kantor.nothing_moves():
        kantor.say(KADIS, words)

    assert kantor.last(KADIS).key == "tenggat_keliru"


def test_a_deadline_typed_is_taken(stage: Stage) -> None:
    kantor = stage("open")
    kantor.say(KADIS, "/perintah pengumpulan TW III 2026")
    kantor.press(KADIS, "ubah_isian")
    kantor.press(KADIS, "isian_tenggat")

    kantor.say(KADIS, "30-11-2026 pukul 15.30")
    kantor.press(KADIS, "terbitkan")

    assert kantor.perintah(1).target_at == wita(30, "15.30")


def test_words_where_only_buttons_are_offered(stage: Stage) -> None:
    kantor = stage("open")
    kantor.say(KADIS, "/perintah")

    with kantor.nothing_moves():
        kantor.say(KADIS, "yang biasa saja")

    assert kantor.last(KADIS).key == "tekan_tombol"


def test_a_button_may_be_typed(stage: Stage) -> None:
    kantor = stage("open")
    kantor.say(KADIS, "/perintah")

    kantor.say(KADIS, "pengumpulan data kinerja")

    assert kantor.question(KADIS).key == "tanya_periode"


def test_words_at_a_summary_do_not_act(stage: Stage) -> None:
    kantor = stage("open")
    kantor.say(KADIS, "/perintah pengumpulan TW III 2026")

    with kantor.nothing_moves():
        kantor.say(KADIS, "ya terbitkan")

    assert kantor.last(KADIS).key == "tekan_tombol"


def asked_for_a_note(stage: Stage) -> Kantor:
    kantor = stage("working")
    kantor.press("Herlina", "Kembalikan")
    kantor.press("Herlina", "ke_langkah")
    kantor.say("Herlina", "KBK-02")
    return kantor


@pytest.mark.parametrize("note", ["kurang", "a b c d", "   pendek   ", "\u200b" * 40])
def test_a_note_shorter_than_ten_characters(stage: Stage, note: str) -> None:
    kantor = asked_for_a_note(stage)

    with kantor.nothing_moves():
        kantor.say("Herlina", note)

    assert (kantor.last("Herlina").key, kantor.last("Herlina").args["paling_sedikit"]) == (
        "terlalu_pendek",
        10,
    )


def test_a_note_of_two_thousand_characters(stage: Stage) -> None:
    kantor = asked_for_a_note(stage)

    with kantor.nothing_moves():
        kantor.say("Herlina", "panjang " * 250)

    told = kantor.last("Herlina")
    assert (told.key, told.args["paling_banyak"], told.args["panjang"]) == (
        "terlalu_panjang",
        1000,
        1999,
    )


def test_html_in_a_note_is_kept_as_it_was_typed(stage: Stage) -> None:
    kantor = asked_for_a_note(stage)
    note = "<b>Mohon</b> dicek & <script>alert(1)</script> {{ 7 * 7 }}"

    kantor.say("Herlina", note)
    kantor.press("Herlina", "kembalikan", kantor.last("Herlina"))

    assert kantor.tugas(1, "5", "KBK").note == note
    assert kantor.task("Wahyuni", "tugas_isi_kembali").args["catatan"] == note


def test_a_row_nobody_knows_is_answered_with_the_nearest(stage: Stage) -> None:
    kantor = stage("working")
    kantor.press("Herlina", "Kembalikan")
    kantor.press("Herlina", "ke_langkah")

    with kantor.nothing_moves():
        kantor.say("Herlina", "KBK-99")

    told = kantor.last("Herlina")
    assert (told.key, told.args["nilai"]) == ("kode_tak_dikenal", "KBK-99")
    assert told.args["terdekat"].startswith("KBK-0")


@pytest.mark.parametrize("words", ["dua belas", "1.2.3", "3.9l2", "150", "-4"])
def test_a_figure_that_is_none(stage: Stage, words: str) -> None:
    kantor = filling(stage)
    kantor.press("Irma", "isi_chat")
    for _ in range(4):
        kantor.press("Irma", "lewati")

    with kantor.nothing_moves():
        kantor.say("Irma", words)

    assert kantor.last("Irma").key == "angka_keliru"
    assert kantor.last("Irma").args["kode"] == "DAL-05"


def test_batal_leaves_the_question_and_nothing_else(stage: Stage) -> None:
    kantor = asked_for_a_note(stage)
    before = kantor.perintah(1)

    kantor.say("Herlina", "/batal")

    assert kantor.draft("Herlina") is None
    assert kantor.perintah(1) == before
    told = kantor.last("Herlina")
    assert (told.key, told.args["selesai"]["key"]) == ("tugas_validasi", "dibatalkan")
    assert [s for s in kantor.chat("Herlina") if s.key.startswith("tanya_") and s.rows] == []


def test_batal_while_filling_in_keeps_what_was_typed(stage: Stage) -> None:
    kantor = filling(stage)
    kantor.press("Irma", "isi_chat")
    kantor.say("Irma", "2,24")

    kantor.say("Irma", "/batal")

    part = kantor.perintah(1).part("DAL", kantor.people["Irma"])
    assert part is not None
    assert [row.kode for row in part.rows] == ["DAL-01"]
    assert kantor.last("Irma").args["selesai"]["key"] == "isian_ditunda"


def test_batal_of_an_order_leaves_no_number_behind(stage: Stage) -> None:
    kantor = stage("open")
    kantor.say(KADIS, "/perintah pengumpulan TW III 2026")
    kantor.press(KADIS, "batal")

    assert start_collection(kantor) == 1
    assert kantor.perintah(1).nomor == "001/2026"


def test_a_correction_without_its_evidence_is_not_sent(stage: Stage) -> None:
    kantor = stage("coordinated")
    take_findings(kantor, "PPR")
    meet(kantor, "PPR")
    sheet = filled(kantor.setting, kantor.perintah(2), "PPR", {"PPR-06": "159"})
    kantor.send("Joni", sheet)
    task = kantor.last("Joni")
    forged = task.button("isi_chat")._replace(verb="ok", revision=task.buttons[-1].revision)

    with kantor.nothing_moves():
        kantor.press_data("Joni", task.id, forged.data)

    assert kantor.last("Joni").key == "belum_lengkap"
    assert kantor.last("Joni").args["tanpa_bukti"] == ["PPR-06"]


def test_an_earlier_file_is_no_longer_asked_about_after_the_part_was_sent(stage: Stage) -> None:
    kantor = filling(stage)
    upload(kantor, 1, "DAL")
    kantor.press("Irma", "Kirim")
    sheet = filled(kantor.setting, kantor.perintah(1), "DAL", figures_of("DAL"))

    with kantor.nothing_moves():
        kantor.send("Irma", sheet, "susulan.xlsx")

    assert kantor.last("Irma").key in ("berkas_tanpa_tugas", "berkas_beberapa_tugas")


def test_words_of_an_order_too_long_are_not_cut_off(stage: Stage) -> None:
    kantor = stage("open")

    with kantor.nothing_moves():
        kantor.say(KADIS, f"/perintah pengumpulan TW III 2026: {'a' * 301}")

    assert kantor.last(KADIS).text == (
        "Terlalu panjang (301 karakter). Mohon menuliskan paling banyak 300 karakter."
    )
    assert kantor.draft(KADIS) is None


@pytest.mark.parametrize("text", ["baik pak", "siap bu, terima kasih", "🙏"])
def test_small_talk_is_acknowledged_and_means_nothing(stage: Stage, text: str) -> None:
    kantor = stage("working")
    before, reactions = len(kantor.chat("Fadli")), len(kantor.reactions)

    with kantor.nothing_moves():
        kantor.say("Fadli", text)
        kantor.say("Fadli", text, reply_to=kantor.chat("Fadli")[-1])

    assert len(kantor.reactions) == reactions + 2
    assert len(kantor.chat("Fadli")) == before


def test_a_word_of_the_order_that_is_not_understood_is_named_and_asked_about(
    stage: Stage,
) -> None:
    kantor = stage("open")

    kantor.say(KADIS, "/perintah pengumpulan pegawai TW III 2026")

    asked = kantor.question(KADIS)
    assert asked.text.startswith(
        "“pegawai” pada /perintah belum dipahami. "
        "Yang dipahami: Pengumpulan Data Kinerja, TW III 2026."
    )
    assert "terbitkan" not in asked.labels
    kantor.press(KADIS, "lanjut_tanpa_kata", asked)
    assert kantor.question(KADIS).key == "ringkasan_perintah"


def test_so_is_one_of_a_correction(stage: Stage) -> None:
    kantor = stage("signed")

    kantor.say(KADIS, "/perintah perbaikan angka TW III 2026 segera")
    asked = kantor.question(KADIS)
    kantor.press(KADIS, "lanjut_tanpa_kata", asked)

    assert asked.text.startswith("“angka” pada /perintah") or "“angka segera”" in asked.text
    assert kantor.question(KADIS).key != asked.key


@pytest.mark.parametrize(
    ("line", "named", "label"),
    [
        ("/status 1 pegawai", "pegawai", "pilih_perintah"),
        ("/rekap bulanan TW III 2026", "bulanan", "pilih_perintah"),
        ("/tugas semua", "semua", "lanjut_tanpa_kata"),
        ("/panduan ringkas", "ringkas", "lanjut_tanpa_kata"),
    ],
)
def test_so_is_one_of_any_command(stage: Stage, line: str, named: str, label: str) -> None:
    kantor = stage("working")

    kantor.say(KASUBAG, line)

    told = kantor.last(KASUBAG)
    assert told.text.startswith(f"“{named}” pada {line.split()[0]} belum dipahami.")
    assert label in told.labels or [b.key for b in told.buttons] == [label]
    kantor.press_data(KASUBAG, told.id, told.buttons[0].data)
    assert kantor.last(KASUBAG).key not in ("kata_tak_dipahami", "tombol_lama")


def test_words_that_are_all_understood_are_not_asked_about(stage: Stage) -> None:
    kantor = stage("working")

    kantor.say(KASUBAG, "/status pengumpulan TW III 2026")

    assert kantor.last(KASUBAG).key == "status_gambar"


@pytest.mark.parametrize("quarter", ["TW V", "tw 5", "Triwulan IX"])
def test_a_quarter_that_does_not_exist_is_told(stage: Stage, quarter: str) -> None:
    kantor = stage("open")

    with kantor.nothing_moves():
        kantor.say(KADIS, f"/perintah pengumpulan {quarter} 2026")

    assert kantor.last(KADIS).text.startswith(f"Tidak ada {quarter}; triwulan hanya TW I, II,")
    assert kantor.draft(KADIS) is None


def test_an_order_that_runs_already_is_told_before_the_summary(stage: Stage) -> None:
    kantor = stage("ordered")

    with kantor.nothing_moves():
        kantor.say(KADIS, "/perintah pengumpulan TW III 2026")

    assert kantor.last(KADIS).key == "sudah_berjalan"
    assert kantor.draft(KADIS) is None


def test_a_signed_collection_is_told_before_the_summary(stage: Stage) -> None:
    kantor = stage("signed")

    kantor.say(KADIS, "/perintah pengumpulan TW III 2026")

    asked = kantor.question(KADIS)
    assert asked.text.startswith(
        "Pengumpulan Data Kinerja TW III 2026 sudah selesai (<b>No. 001/2026</b>, rekap versi 1)."
    )
    kantor.press(KADIS, "tetap_perintah", asked)
    assert kantor.question(KADIS).key == "ringkasan_perintah"


def test_instead_of_a_second_collection_its_correction_is_begun(stage: Stage) -> None:
    kantor = stage("before_signing")
    sign(kantor)
    kantor.say(KADIS, "/perintah pengumpulan TW III 2026")
    asked = kantor.question(KADIS)
    assert "(<b>No. 001/2026</b>, rekap versi 2)" in asked.text

    kantor.press(KADIS, "Perbaikan", asked)

    assert kantor.question(KADIS).text.startswith("Baris yang salah?")


def test_who_may_only_draft_is_offered_no_correction_of_a_signed_rekap(stage: Stage) -> None:
    kantor = stage("signed")

    kantor.say(KASUBAG, "/perintah pengumpulan TW III 2026")

    assert kantor.question(KASUBAG).labels == ["tetap_perintah", "batal"]
    assert "untuk periode yang sama?" in kantor.question(KASUBAG).text

"""A figure typed behind the code of its row, and Ubah angka: up to Kirim every row can be
corrected in the chat, by the rules of chat filling."""

from collections.abc import Callable, Iterable

import pytest

from bot.wording.wording import Wording
from tests.bot.screen import seen
from tests.conftest import Stage
from tests.kantor import Kantor, Seen
from tests.officials import (
    SENTENCE,
    fill,
    meet,
    put_forward,
    send_in,
    share,
    take_findings,
    upload,
)
from tests.workbooks import SOURCES

JONI = "Joni"
# In the wrong row: 4,90 belongs to PPR-03.
SLIPPED = ("91,02", "4,90", "4,90", "72,00", "20", "171")
WORDING = Wording()
Way = Callable[[Stage], Kantor]


def words(shown: Seen) -> str:
    return seen(WORDING.say(shown.key, shown.args, shown.rows).text)


def labels(shown: Seen) -> list[list[str]]:
    markup = WORDING.say(shown.key, shown.args, shown.rows).markup or []
    return [[key["text"] for key in row] for row in markup]


def said(kantor: Kantor, name: str = JONI) -> list[str]:
    """The lines of the newest message."""
    return words(kantor.before_him(name)).splitlines()


def figures(
    kantor: Kantor, name: str = JONI, unit: str = "PPR", perintah: int = 1
) -> dict[str, str]:
    part = kantor.perintah(perintah).part(unit, kantor.people[name])
    assert part is not None
    return {row.kode: "n/a" if row.is_na else str(row.realisasi) for row in part.rows}


def ppr(stage: Stage) -> Kantor:
    kantor = stage("handed_out")
    meet(kantor, "PPR")
    return kantor


def answer_all(kantor: Kantor, given: Iterable[str] = SLIPPED) -> None:
    kantor.press(JONI, "isi_chat")
    for figure in given:
        kantor.say(JONI, figure)
        kantor.press(JONI, "lewati_sumber")


def by_chat(stage: Stage) -> Kantor:
    kantor = ppr(stage)
    answer_all(kantor)
    return kantor


def by_file(stage: Stage) -> Kantor:
    kantor = ppr(stage)
    upload(kantor, 1, "PPR", PPR_02="4,90")
    return kantor


@pytest.mark.parametrize(
    "typed",
    [
        "PPR-02 66,75",
        "PPR-02: 66,75",
        "ppr02 = 66,75",
        "PPR 2 66,75",
        "PPR–02 66.75",
        "ppr-02=66,75",
    ],
)
@pytest.mark.parametrize("way", [by_chat, by_file])
def test_a_figure_behind_its_code_corrects_that_row(stage: Stage, way: Way, typed: str) -> None:
    kantor = way(stage)

    kantor.say(JONI, typed)

    assert said(kantor)[0] == "✅ PPR-02: 4,90 → 66,75 (capaian 98,16%)."
    assert any(label in kantor.last(JONI).labels for label in ("Kirim", "tetap_kirim"))
    assert figures(kantor)["PPR-02"] == "66.75"
    send_in(kantor, JONI)
    assert kantor.tugas(1, "6", "PPR").is_open


def test_the_correction_may_reply_to_the_task_or_to_the_last_message(stage: Stage) -> None:
    kantor = by_chat(stage)

    kantor.say(JONI, "PPR-02 66,75", reply_to=kantor.chat(JONI)[0])
    first = said(kantor)[0]
    kantor.say(JONI, "PPR-02: 66,57", reply_to=kantor.last(JONI))

    assert first == "✅ PPR-02: 4,90 → 66,75 (capaian 98,16%)."
    assert said(kantor)[0] == "✅ PPR-02: 66,75 → 66,57 (capaian 97,90%)."


def test_the_source_stays_with_a_corrected_row(stage: Stage) -> None:
    kantor = ppr(stage)
    kantor.press(JONI, "isi_chat")
    for figure in SLIPPED:
        kantor.say(JONI, figure)
        kantor.say(JONI, "Laporan bidang")

    kantor.say(JONI, "PPR-02 66,75")

    part = kantor.perintah(1).part("PPR", kantor.people[JONI])
    assert part is not None
    assert {row.sumber for row in part.rows} == {"Laporan bidang"}


def test_a_first_figure_is_taken_too(stage: Stage) -> None:
    kantor = ppr(stage)

    kantor.say(JONI, "PPR-02 66,75")

    assert said(kantor)[0] == "✅ PPR-02 = 66,75 (capaian 98,16%)."
    assert labels(kantor.last(JONI)) == [["Isi lewat chat (1/6)"]]


def test_a_button_of_what_stood_before_the_correction_sends_nothing(stage: Stage) -> None:
    kantor = by_file(stage)
    before = kantor.last(JONI)
    kantor.say(JONI, "PPR-02 66,75")

    kantor.press(JONI, next(b for b in before.labels if b in ("Kirim", "tetap_kirim")), before)

    assert kantor.tugas(1, "5", "PPR").is_open
    assert kantor.toasts[-1][0] == "tampilan_diperbarui"


def test_the_code_says_which_of_several_tasks_is_meant(stage: Stage) -> None:
    kantor = stage("handed_out")
    meet(kantor, "SEK")

    kantor.say("Fadli", "SEK-01 80,5")

    assert said(kantor, "Fadli")[0].startswith("✅ SEK-01 = 80,50 (capaian ")


def test_a_doubtful_figure_is_asked_about(stage: Stage) -> None:
    kantor = by_chat(stage)

    kantor.say(JONI, "PPR-02 1.250")
    question = kantor.question(JONI)
    kantor.press(JONI, "1,25", question)

    assert words(question) == "PPR-02: “1.250” bermakna ganda. Yang dimaksud (indeks)?"
    assert labels(question) == [["1,25", "1.250,00"], ["Batal"]]
    assert said(kantor)[0] == "✅ PPR-02: 4,90 → 1,25 (capaian 1,84%)."


def test_no_data_wants_its_note(stage: Stage) -> None:
    kantor = by_chat(stage)

    kantor.say(JONI, "PPR-02 n/a")
    asked = words(kantor.question(JONI))
    kantor.say(JONI, "data tahunan, rilis BPS")

    assert asked.startswith("PPR-02 dicatat n/a (belum ada data). Mohon menuliskan keterangannya.")
    assert said(kantor)[0] == "✅ PPR-02: 4,90 → n/a."
    assert figures(kantor)["PPR-02"] == "n/a"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            "PPR-03 150",
            "“150” belum dapat dibaca sebagai realisasi PPR-03 (%, 0 sampai 100). Mohon "
            "menuliskan angka saja. Contoh: 85,50, atau n/a bila belum ada data.",
        ),
        (
            "PPR-05 dua puluh",
            "“dua puluh” belum dapat dibaca sebagai realisasi PPR-05 (organisasi). Mohon "
            "menuliskan angka saja. Contoh: 1.250, atau n/a bila belum ada data.",
        ),
        ("PPR-09 4", "PPR-09 bukan kode baris di sini. Apakah yang dimaksud PPR-0"),
        ("XYZ-01: 4", "“XYZ-01” bukan kode baris di sini. Apakah yang dimaksud PPR-0"),
        (
            "KBK-03 4",
            "KBK-03 bukan bagian Bapak: baris KBK. Bagian Bapak: PPR-01 s.d. PPR-06. "
            "Contoh: PPR-01 85,50",
        ),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_reason(stage: Stage, typed: str, told: str) -> None:
    kantor = by_chat(stage)

    with kantor.nothing_moves():
        kantor.say(JONI, typed)

    assert told.removeprefix("“") in words(kantor.last(JONI)).replace("“PPR-09”", "PPR-09")


def test_a_colleagues_row_is_told_to_be_his(stage: Stage) -> None:
    kantor = stage("handed_out")
    share(kantor, "KBK", ("KBK-08", "KBK-09"))

    with kantor.nothing_moves():
        kantor.say("Dedi", "KBK-03 3.912")

    assert words(kantor.last("Dedi")) == (
        "KBK-03 bukan bagian Bapak: diisi Ibu Wahyuni Tamali. Bagian Bapak: KBK-08, KBK-09. "
        "Contoh: KBK-08 85,50"
    )


def test_another_row_is_corrected_while_a_figure_is_asked_for(stage: Stage) -> None:
    kantor = ppr(stage)
    answer_all(kantor, SLIPPED[:2])

    kantor.say(JONI, "PPR-02 66,75")
    shown = kantor.question(JONI)
    kantor.say(JONI, "4,90")
    kantor.press(JONI, "lewati_sumber")

    assert words(shown).startswith(
        "✅ PPR-02: 4,90 → 66,75 (capaian 98,16%).\n\nPPR-03 (3 dari 6)\nPersentase anggaran"
    )
    assert figures(kantor) == {"PPR-01": "91.02", "PPR-02": "66.75", "PPR-03": "4.90"}
    assert kantor.question(JONI).args["kode"] == "PPR-04"


def test_a_doubt_about_another_row_is_asked_and_the_question_comes_back(stage: Stage) -> None:
    kantor = ppr(stage)
    answer_all(kantor, SLIPPED[:2])

    kantor.say(JONI, "PPR-02 1.250")
    meaning = kantor.question(JONI)
    kantor.press(JONI, "1,25", meaning)

    assert meaning.key == "tanya_arti_angka"
    assert said(kantor)[0] == "✅ PPR-02: 4,90 → 1,25 (capaian 1,84%)."
    assert kantor.question(JONI).args["kode"] == "PPR-03"


def test_the_code_of_the_row_asked_for_is_its_answer(stage: Stage) -> None:
    kantor = ppr(stage)
    kantor.press(JONI, "isi_chat")

    kantor.say(JONI, "PPR-01: 91,02")

    assert words(kantor.question(JONI)) == "PPR-01: dibaca 91,02 indeks. Sumber datanya?"


def test_a_wrong_or_foreign_code_leaves_the_question_open(stage: Stage) -> None:
    kantor = ppr(stage)
    kantor.press(JONI, "isi_chat")

    with kantor.nothing_moves():
        kantor.say(JONI, "PPR-02 dua")
        wrong = words(kantor.last(JONI))
        kantor.say(JONI, "KBK-03 4")

    assert "realisasi PPR-02 (indeks)" in wrong
    assert words(kantor.last(JONI)).startswith("KBK-03 bukan bagian Bapak")


def test_a_note_that_begins_with_a_code_stays_a_note(stage: Stage) -> None:
    kantor = stage("handed_out")
    meet(kantor, "KBK")
    fill(kantor, 1, "KBK")
    put_forward(kantor, "KBK")
    kantor.press("Herlina", "Kembalikan", kantor.task("Herlina", "tugas_validasi"))
    kantor.press("Herlina", "ke_langkah")
    kantor.say("Herlina", "KBK-05 KBK-08")
    kantor.say("Herlina", "KBK-05: angka tertukar, 72,40\nKBK-08: 72,40 menurut balai")
    kantor.press("Herlina", "kembalikan", kantor.last("Herlina"))

    task = kantor.tugas(1, "5", "KBK")

    assert dict(task.row_notes) == {
        "KBK-05": "angka tertukar, 72,40",
        "KBK-08": "72,40 menurut balai",
    }


def test_a_source_that_begins_with_a_code_is_a_source(stage: Stage) -> None:
    kantor = ppr(stage)
    kantor.press(JONI, "isi_chat")
    kantor.say(JONI, "91,02")

    kantor.say(JONI, "PPR-01: laporan bidang 2026")

    part = kantor.perintah(1).part("PPR", kantor.people[JONI])
    assert part is not None
    assert part.row("PPR-01").sumber == "PPR-01: laporan bidang 2026"


def test_a_figure_behind_its_code_is_no_source(stage: Stage) -> None:
    kantor = ppr(stage)
    answer_all(kantor, SLIPPED[:2])
    kantor.say(JONI, "4,90")

    kantor.say(JONI, "PPR-02 66,75")

    assert words(kantor.question(JONI)) == (
        "✅ PPR-02: 4,90 → 66,75 (capaian 98,16%).\n\nPPR-03: dibaca 4,90 %. Sumber datanya?"
    )


@pytest.mark.parametrize("word", ["kembali", "Kembali", "sebelumnya"])
def test_kembali_at_the_source_asks_for_the_figure_again(stage: Stage, word: str) -> None:
    kantor = ppr(stage)
    kantor.press(JONI, "isi_chat")
    kantor.say(JONI, "4,90")

    kantor.say(JONI, word)

    assert said(kantor)[0] == "PPR-01, kini 4,90"
    kantor.say(JONI, "91,02")
    assert words(kantor.question(JONI)) == "PPR-01: dibaca 91,02 indeks. Sumber datanya?"


def test_words_that_move_on_are_no_data(stage: Stage) -> None:
    kantor = ppr(stage)
    kantor.press(JONI, "isi_chat")
    kantor.say(JONI, "91,02")
    kantor.say(JONI, "lewati")
    kantor.say(JONI, "n/a")
    kantor.say(JONI, "lewati")
    asked = kantor.question(JONI).args["kode"]
    kantor.say(JONI, "4,90")

    kantor.say(JONI, "batal")

    assert asked == "PPR-03"
    assert kantor.draft(JONI) is None
    assert said(kantor)[0] == "Isian ditunda; yang sudah ditulis tersimpan."
    part = kantor.perintah(1).part("PPR", kantor.people[JONI])
    assert part is not None
    assert [(row.kode, row.sumber, row.keterangan) for row in part.rows] == [
        ("PPR-01", "", ""),
        ("PPR-03", "", ""),
    ]


def test_below_the_last_row_stand_kirim_and_ubah_angka(stage: Stage) -> None:
    kantor = by_chat(stage)

    assert labels(kantor.before_him(JONI)) == [
        ["Kirim", "Ubah angka", "Ubah sumber"],
        ["Lihat data", "Ganti berkas"],
    ]


def test_ubah_angka_asks_for_the_row_and_its_figure(stage: Stage) -> None:
    kantor = by_chat(stage)

    kantor.press(JONI, "ubah_angka")
    rows = kantor.question(JONI)
    kantor.press_data(JONI, rows.id, rows.buttons[1].data)
    asked = kantor.question(JONI)
    kantor.say(JONI, "66,75")

    assert words(rows) == (
        "Angka baris mana yang diubah? Mohon menekan barisnya, atau mengetik kode dan angkanya. "
        "Contoh: PPR-01 85,50"
    )
    assert labels(rows) == [
        ["PPR-01 Indeks Pembangunan…: 91,02"],
        ["PPR-02 Indeks Pemberdayaan…: 4,90"],
        ["PPR-03 Anggaran responsif…: 4,90"],
        ["PPR-04 Perangkat daerah…: 72,00"],
        ["PPR-05 Organisasi…: 20"],
        ["PPR-06 Perempuan kepala…: 171"],
        ["Batal"],
    ]
    assert words(asked).startswith("PPR-02, kini 4,90\nIndeks Pemberdayaan Gender (IDG)\n")
    assert labels(asked) == [["Belum ada data", "Kembali"], ["Batal"]]
    assert said(kantor)[0] == "✅ PPR-02: 4,90 → 66,75 (capaian 98,16%)."
    assert "Ubah angka" in labels(kantor.last(JONI))[0]
    assert kantor.draft(JONI) is None


@pytest.mark.parametrize("typed", ["PPR-02 66,75", "ppr 2: 66,75"])
def test_a_code_with_its_figure_answers_the_list_of_rows(stage: Stage, typed: str) -> None:
    kantor = by_chat(stage)
    kantor.press(JONI, "ubah_angka")

    kantor.say(JONI, typed)

    assert said(kantor)[0] == "✅ PPR-02: 4,90 → 66,75 (capaian 98,16%)."
    assert kantor.draft(JONI) is None


def test_a_code_alone_picks_the_row(stage: Stage) -> None:
    kantor = by_chat(stage)
    kantor.press(JONI, "ubah_angka")

    kantor.say(JONI, "ppr02")

    assert said(kantor)[0] == "PPR-02, kini 4,90"


@pytest.mark.parametrize("word", ["kembali", "lewati", "batal", "/batal"])
def test_ubah_angka_is_left_without_a_change(stage: Stage, word: str) -> None:
    kantor = by_chat(stage)
    before = kantor.perintah(1)
    kantor.press(JONI, "ubah_angka")
    rows = kantor.question(JONI)
    kantor.press_data(JONI, rows.id, rows.buttons[1].data)

    kantor.say(JONI, word)
    if kantor.draft(JONI) is not None:
        assert kantor.question(JONI).key == "tanya_baris_ubah"
        kantor.say(JONI, word)

    assert kantor.draft(JONI) is None
    assert kantor.perintah(1) == before
    assert said(kantor)[0] == "Dibatalkan. Tidak ada yang berubah."
    assert "Kirim" in kantor.before_him(JONI).labels


@pytest.mark.parametrize("way", [by_chat, by_file])
def test_isi_lewat_chat_of_a_complete_part_changes_figures(stage: Stage, way: Way) -> None:
    kantor = way(stage)

    last = kantor.last(JONI)
    kantor.press_data(JONI, last.id, last.button("ubah_angka")._replace(verb="chat").data)

    assert kantor.question(JONI).key == "tanya_baris_ubah"


def test_a_bare_figure_in_reply_corrects_the_only_row(stage: Stage) -> None:
    kantor = stage("handed_out")
    share(kantor, "KBK", ("KBK-08",))
    kantor.press("Dedi", "isi_chat")
    kantor.say("Dedi", "7,42")
    kantor.press("Dedi", "lewati_sumber")

    kantor.say("Dedi", "74,2", reply_to=kantor.chat("Dedi")[0])

    assert said(kantor, "Dedi")[0] == "✅ KBK-08: 7,42 → 74,20 (capaian 92,75%)."


def test_in_a_correction_the_row_keeps_what_was_not_answered(stage: Stage) -> None:
    kantor = stage("coordinated")
    take_findings(kantor, "PPR")
    meet(kantor, "PPR")

    kantor.say(JONI, "PPR-06: 159")
    first = said(kantor)[0]
    kantor.say(JONI, "PPR-06 = 160")

    assert first == "✅ PPR-06: 95 → 159 (capaian 83,68%)."
    assert said(kantor)[0] == "✅ PPR-06: 159 → 160 (capaian 84,21%)."
    part = kantor.perintah(2).part("PPR", kantor.people[JONI])
    row = part.row("PPR-06") if part is not None else None
    assert row is not None
    assert (row.sumber, row.evidence) == (SOURCES["PPR-06"], ())
    kantor.say(JONI, SENTENCE)
    send_in(kantor, JONI)
    assert kantor.tugas(2, "6", "PPR").is_open


def test_a_photo_for_another_task_leaves_the_open_question(stage: Stage) -> None:
    kantor = stage("handed_out")
    meet(kantor, "SEK")
    kantor.press("Fadli", "isi_chat")
    kantor.say("Fadli", "85,50")
    other = kantor.task("Fadli", "tugas_rapat", "PPR")

    with kantor.nothing_moves():
        kantor.send("Fadli", None, "foto.jpg", reply_to=other)

    assert kantor.last("Fadli").key == "berkas_tak_diminta"
    kantor.press("Fadli", "lewati_sumber")
    assert kantor.before_him("Fadli").key == "tanya_angka"


def test_what_is_not_available_is_counted_apart(stage: Stage) -> None:
    kantor = ppr(stage)
    answer_all(kantor, SLIPPED[:4])
    kantor.say(JONI, "20")
    kantor.press(JONI, "lewati_sumber")
    kantor.say(JONI, "n/a")
    kantor.say(JONI, "Data tahunan, menunggu rilis BPS")

    assert "5/6 terisi, 1 n/a (belum ada data), rata-rata capaian" in words(kantor.last(JONI))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("PPR-05 nihil", "“nihil” dapat berarti nol atau belum ada data. Tulis 0, atau n/a"),
        ("PPR-05 10 orang", "“10 orang” bukan angka. Contoh yang benar: 10. Mohon"),
        ("PPR-05 2,5", "“2,5” memuat pecahan, sedangkan indikator ini dihitung bulat."),
        ("PPR-05 -5", "“-5” negatif, sedangkan organisasi tidak dapat kurang dari 0."),
        ("PPR-05 12 ribu", "“12 ribu”. Yang dimaksud (organisasi)?"),
        ("PPR-05 3,912", "“3,912” bermakna ganda. Yang dimaksud (organisasi)?"),
    ],
)
def test_the_chat_answers_as_the_form_s_check_does(stage: Stage, typed: str, told: str) -> None:
    kantor = ppr(stage)
    kantor.say(JONI, typed)

    assert told in words(kantor.last(JONI))
    assert figures(kantor) == {}


def test_a_hundredth_of_what_was_meant_is_doubted_in_the_chat_too(stage: Stage) -> None:
    kantor = ppr(stage)
    answer_all(kantor, ("91,02", "66,75", "4,90"))
    kantor.say(JONI, "0,75")
    asked = words(kantor.last(JONI))
    kantor.press(JONI, "lewati_sumber")
    for figure in ("20", "171"):
        kantor.say(JONI, figure)
        kantor.press(JONI, "lewati_sumber")

    assert "“0,75” dibaca 0,75, bukan 75. Bila keliru, ketik angka yang benar: PPR-04 75" in asked
    assert "PPR-04: “0,75” dibaca 0,75, bukan 75" in words(kantor.last(JONI))
    assert ["Tetap kirim", "Ubah angka"] in labels(kantor.last(JONI))


def test_only_the_newest_state_of_the_part_stays(stage: Stage) -> None:
    kantor = by_file(stage)
    first = kantor.chat(JONI)[-1].id

    kantor.say(JONI, "PPR-02 66,70")
    kantor.say(JONI, "PPR-02 66,75")

    states = [s for s in kantor.chat(JONI) if "Kirim" in s.labels and s.key != "tugas_isi"]
    assert [words(s).splitlines()[0] for s in states] == [
        "✅ PPR-02: 66,70 → 66,75 (capaian 98,16%)."
    ]
    assert first not in [s.id for s in kantor.chat(JONI)]


def test_the_marked_sheet_stays_while_the_rows_are_filled_in_the_chat(stage: Stage) -> None:
    kantor = ppr(stage)
    upload(kantor, 1, "PPR", PPR_02="4,9O")
    kantor.press(JONI, "isi_chat", kantor.last(JONI))

    kantor.say(JONI, "91,02")
    kantor.say(JONI, "Laporan bidang")

    marked = next(s for s in kantor.chat(JONI) if s.key == "berkas_ditolak")
    assert [file.name for file in marked.files] == ["Format_PPR_TW3-2026 (bertanda)"]
    assert "“4,9O” bukan angka" in words(marked)
    assert kantor.question(JONI).id > marked.id

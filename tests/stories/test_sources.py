"""The source of a figure in the chat: asked for, shown with its figure, and changed by itself."""

import pytest

from tests.conftest import Stage
from tests.kantor import Kantor
from tests.officials import hand_out, meet, order, send_in, share, take_findings, upload
from tests.stories.test_trust import report_former
from tests.stories.test_typed_figures import JONI, labels, ppr, said, words
from tests.workbooks import figures_of, filled

DEDI, WAHYUNI = "Dedi", "Wahyuni"


def one_row(stage: Stage) -> Kantor:
    """Dedi fills KBK-08 alone."""
    kantor = stage("handed_out")
    share(kantor, "KBK", ("KBK-08",))
    kantor.press(DEDI, "isi_chat")
    kantor.say(DEDI, "74.2")
    return kantor


def two_rows(stage: Stage) -> Kantor:
    kantor = stage("handed_out")
    share(kantor, "KBK", ("KBK-08", "KBK-09"))
    kantor.press(DEDI, "isi_chat")
    for text in ("74,20", "belum tahu bu", "100", "Laporan gudang"):
        kantor.say(DEDI, text)
    return kantor


def sources(kantor: Kantor, name: str = DEDI, unit: str = "KBK") -> dict[str, str]:
    part = kantor.perintah(1).part(unit, kantor.people[name])
    assert part is not None
    return {row.kode: row.sumber for row in part.rows}


def test_after_the_source_stand_figure_and_source_with_kirim_and_both_changes(
    stage: Stage,
) -> None:
    kantor = one_row(stage)

    kantor.say(DEDI, "belum tahu bu")

    assert said(kantor, DEDI)[:3] == [
        "✅ Isian dicatat.",
        "1/1 terisi, rata-rata capaian 92,75%",
        "KBK-08 = 74,20 % · sumber: belum tahu bu",
    ]
    assert labels(kantor.last(DEDI))[0] == ["Kirim", "Ubah angka", "Ubah sumber"]


def test_every_row_typed_is_in_view_before_kirim(stage: Stage) -> None:
    kantor = two_rows(stage)

    assert said(kantor, DEDI)[2:4] == [
        "KBK-08 = 74,20 % · sumber: belum tahu bu",
        "KBK-09 = 100,00 % · sumber: Laporan gudang",
    ]


def test_the_next_question_shows_the_row_before_with_its_source(stage: Stage) -> None:
    kantor = ppr(stage)
    kantor.press(JONI, "isi_chat")
    kantor.say(JONI, "91,02")

    kantor.say(JONI, "Rilis BPS 2026")

    assert said(kantor)[0] == "✅ PPR-01 = 91,02 (capaian 99,48%) · sumber: Rilis BPS 2026."


def test_the_source_of_the_last_period_is_the_first_button(stage: Stage) -> None:
    kantor = stage("open")
    for line in ("/perintah pengumpulan TW II 2026", "/perintah pengumpulan TW III 2026"):
        order(kantor, line)
        kantor.press("Ardin", "Teruskan")
        kantor.press("Ardin", "tanpa_catatan")
        hand_out(kantor)
    report_former(kantor)
    meet(kantor, "KBK")
    kantor.press(WAHYUNI, "isi_chat")
    kantor.say(WAHYUNI, "60,48")

    offered = labels(kantor.question(WAHYUNI))[0]
    kantor.press(WAHYUNI, "sumber_lalu")

    before = kantor.perintah(1).latest("KBK")
    assert before is not None
    assert offered[0] == f"Seperti TW II: {before.rows[0].sumber}"
    part = kantor.perintah(2).parts("KBK")[0]
    assert part.rows[0].sumber == before.rows[0].sumber


def test_ubah_sumber_changes_the_source_alone(stage: Stage) -> None:
    kantor = one_row(stage)
    kantor.say(DEDI, "belum tahu bu")

    kantor.press(DEDI, "ubah_sumber")
    asked = words(kantor.question(DEDI))
    kantor.say(DEDI, "Laporan balai")

    assert asked == "KBK-08 = 74,20 %, sumber kini: “belum tahu bu”. Sumber datanya?"
    assert said(kantor, DEDI)[0] == "✅ KBK-08, sumber: Laporan balai."
    assert "KBK-08 = 74,20 % · sumber: Laporan balai" in said(kantor, DEDI)
    assert sources(kantor) == {"KBK-08": "Laporan balai"}
    send_in(kantor, DEDI)


@pytest.mark.parametrize("by_code", [True, False])
def test_of_several_rows_the_one_is_picked(stage: Stage, by_code: bool) -> None:
    kantor = two_rows(stage)
    kantor.press(DEDI, "ubah_sumber")
    rows = kantor.question(DEDI)

    if by_code:
        kantor.say(DEDI, "kbk 8")
    else:
        kantor.press_data(DEDI, rows.id, rows.buttons[0].data)
    kantor.say(DEDI, "Laporan balai")

    assert labels(rows) == [
        ["KBK-08: belum tahu bu"],
        ["KBK-09: Laporan gudang"],
        ["Batal"],
    ]
    assert sources(kantor) == {"KBK-08": "Laporan balai", "KBK-09": "Laporan gudang"}


@pytest.mark.parametrize("word", ["kembali", "lewati", "batal", "/batal"])
def test_words_that_go_back_are_no_source(stage: Stage, word: str) -> None:
    kantor = one_row(stage)
    kantor.say(DEDI, "Laporan balai")
    kantor.press(DEDI, "ubah_sumber")

    kantor.say(DEDI, word)

    assert kantor.draft(DEDI) is None
    assert said(kantor, DEDI)[0] == "Dibatalkan. Tidak ada yang berubah."
    assert sources(kantor) == {"KBK-08": "Laporan balai"}


def test_kembali_goes_back_to_the_rows(stage: Stage) -> None:
    kantor = two_rows(stage)
    kantor.press(DEDI, "ubah_sumber")
    kantor.say(DEDI, "KBK-08")

    kantor.say(DEDI, "kembali")

    assert words(kantor.question(DEDI)).startswith("Sumber baris mana yang diubah?")


def test_a_figure_behind_its_code_is_taken_while_the_source_is_asked(stage: Stage) -> None:
    kantor = one_row(stage)
    kantor.say(DEDI, "Laporan balai")
    kantor.press(DEDI, "ubah_sumber")

    kantor.say(DEDI, "KBK-08 72,40")

    assert said(kantor, DEDI)[0] == "✅ KBK-08: 74,20 → 72,40 (capaian 90,50%)."
    assert sources(kantor) == {"KBK-08": "Laporan balai"}


def test_a_row_passed_over_is_counted_apart(stage: Stage) -> None:
    kantor = ppr(stage)
    kantor.press(JONI, "isi_chat")
    first = said(kantor)[0]

    kantor.press(JONI, "lewati")
    kantor.say(JONI, "66,75")
    kantor.press(JONI, "lewati_sumber")

    assert first == "PPR-01 (1 dari 6)"
    assert "PPR-03 (3 dari 6, 1 dilewati)" in said(kantor)


def test_a_file_with_blank_cells_keeps_the_sources_typed_before_it(stage: Stage) -> None:
    kantor = ppr(stage)
    kantor.press(JONI, "isi_chat")
    kantor.say(JONI, "91,02")
    kantor.say(JONI, "Rilis BPS 2026")
    perintah = kantor.perintah(1)
    sheet = filled(kantor.setting, perintah, "PPR", figures_of("PPR"), sumber={"PPR-02": "Rilis"})

    kantor.send(JONI, sheet, "Format_PPR_TW3-2026.xlsx")

    kept = sources(kantor, JONI, "PPR")
    assert (kept["PPR-01"], kept["PPR-02"], kept["PPR-03"]) == ("Rilis BPS 2026", "Rilis", "")


def test_a_cell_emptied_in_the_next_file_is_emptied(stage: Stage) -> None:
    kantor = ppr(stage)
    upload(kantor, 1, "PPR")
    perintah = kantor.perintah(1)

    kantor.send(JONI, filled(kantor.setting, perintah, "PPR", figures_of("PPR")), "Format.xlsx")

    assert set(sources(kantor, JONI, "PPR").values()) == {""}


def test_a_correction_by_reply_and_photo_blanks_no_cell(stage: Stage) -> None:
    kantor = stage("coordinated")
    take_findings(kantor, "PPR")
    meet(kantor, "PPR")
    before = kantor.perintah(2).latest("PPR")

    kantor.say(JONI, "159", reply_to=kantor.task(JONI, "tugas_isi"))
    kantor.send(JONI, None, "foto.jpg")
    assert not [s.text for s in kantor.chat(JONI) if "belum dikirim" in s.text]
    assert not [s.text for s in kantor.chat(JONI) if "Sumber datanya?" in s.text]
    send_in(kantor, JONI)

    after = kantor.perintah(2).latest("PPR")
    assert before is not None
    assert after is not None
    old, new = before.row("PPR-06"), after.row("PPR-06")
    assert old is not None
    assert new is not None
    assert str(new.realisasi) == "159"
    assert (new.sumber, new.bukti, new.keterangan) == (old.sumber, old.bukti, old.keterangan)
    assert new.sumber
    assert len(new.evidence) == 1


def test_lewati_keeps_the_source_of_a_returned_row(stage: Stage) -> None:
    kantor = one_row(stage)
    kantor.say(DEDI, "Laporan balai")
    send_in(kantor, DEDI)
    upload(kantor, 1, "KBK")
    send_in(kantor, WAHYUNI)
    kantor.press(WAHYUNI, "Kembalikan", kantor.task(WAHYUNI, "tugas_rekap_unit", "KBK"))
    kantor.say(WAHYUNI, "KBK-08")
    kantor.say(WAHYUNI, "angka tertukar, mohon diperiksa")
    kantor.press(WAHYUNI, "kembalikan", kantor.last(WAHYUNI))

    kantor.press(DEDI, "isi_chat")
    kantor.say(DEDI, "72,40")
    kantor.press(DEDI, "lewati_sumber")

    assert sources(kantor) == {"KBK-08": "Laporan balai"}

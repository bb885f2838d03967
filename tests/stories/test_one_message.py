"""Filling in the chat is one message: whatever is typed, only the present question stands."""

from tests.conftest import Stage
from tests.kantor import Kantor
from tests.officials import UNITS, accept, approve, bring_in, close, put_forward, send_in, sign
from tests.stories.test_typed_figures import JONI, SLIPPED, ppr, said

MOST_MESSAGES = 12
SOURCE = "Laporan bidang"


def fill_all(kantor: Kantor) -> None:
    kantor.press(JONI, "isi_chat")
    for figure in SLIPPED:
        kantor.say(JONI, figure)
        kantor.say(JONI, SOURCE)


def test_only_the_present_question_stands_below_the_task(stage: Stage) -> None:
    kantor = ppr(stage)
    before = len(kantor.chat(JONI))
    kantor.press(JONI, "isi_chat")

    for n, figure in enumerate(SLIPPED[:3], start=1):
        kantor.say(JONI, figure)
        asked = kantor.last(JONI)
        assert (asked.key, len(kantor.chat(JONI))) == ("tanya_sumber", before + 1)
        kantor.say(JONI, SOURCE)
        assert said(kantor)[2] == f"PPR-0{n + 1} ({n + 1} dari 6)"
        assert len(kantor.chat(JONI)) == before + 1


def test_after_six_rows_one_message_has_kirim_and_the_figures(stage: Stage) -> None:
    kantor = ppr(stage)
    before = len(kantor.chat(JONI))

    fill_all(kantor)
    kantor.say(JONI, "PPR-02 66,75")

    ready = [seen for seen in kantor.chat(JONI) if {"Kirim", "tetap_kirim"} & set(seen.labels)]
    assert ready[-1] == kantor.last(JONI)
    assert "PPR-02 = 66,75 indeks · sumber: Laporan bidang" in said(kantor)
    assert len(kantor.chat(JONI)) == before + 1


def test_ubah_angka_and_ubah_sumber_leave_one_message(stage: Stage) -> None:
    kantor = ppr(stage)
    fill_all(kantor)
    before = len(kantor.chat(JONI))

    kantor.press(JONI, "ubah_angka")
    kantor.say(JONI, "PPR-02")
    kantor.say(JONI, "66,75")
    kantor.press(JONI, "ubah_sumber")
    kantor.say(JONI, "PPR-02")
    kantor.say(JONI, "Rilis BPS")

    assert len(kantor.chat(JONI)) == before


def test_lanjutkan_nanti_goes_back_to_the_task(stage: Stage) -> None:
    kantor = ppr(stage)
    kantor.press(JONI, "isi_chat")
    kantor.say(JONI, "91,02")

    kantor.press(JONI, "lanjutkan_nanti")

    assert said(kantor)[0] == "Isian ditunda; yang sudah ditulis tersimpan."
    assert "isi_chat_lanjut" in kantor.before_him(JONI).labels


def test_whoever_fills_six_rows_in_the_chat_keeps_few_messages(stage: Stage) -> None:
    kantor = ppr(stage)
    fill_all(kantor)
    send_in(kantor, JONI)
    put_forward(kantor, "PPR")
    approve(kantor, "PPR")
    accept(kantor, "PPR")
    for unit in UNITS:
        if unit != "PPR":
            bring_in(kantor, 1, unit)
            accept(kantor, unit)
    close(kantor)
    sign(kantor)

    assert kantor.perintah(1).status == "selesai"
    assert len(kantor.chat(JONI)) <= MOST_MESSAGES

"""A part sent back is sent again only after an answer: a figure, a word, evidence or a file."""

import pytest

from tests.conftest import Stage
from tests.kantor import Kantor
from tests.officials import HEADS, fill, meet, put_forward, send_in
from tests.stories.test_typed_figures import labels, said, words

WAHYUNI, HERLINA = "Wahyuni", HEADS["KBK"]
NOTE = "mohon sebutkan sumber angkanya"
ASKED = "Mohon membalas dengan angka atau keterangan KBK-05."


def returned(stage: Stage, codes: str = "KBK-05") -> Kantor:
    """The head has sent these rows back to Wahyuni."""
    kantor = stage("handed_out")
    meet(kantor, "KBK")
    fill(kantor, 1, "KBK")
    put_forward(kantor, "KBK")
    kantor.press(HERLINA, "Kembalikan", kantor.task(HERLINA, "tugas_validasi"))
    kantor.press(HERLINA, "ke_langkah")
    kantor.say(HERLINA, codes)
    kantor.say(HERLINA, NOTE)
    kantor.press(HERLINA, "kembalikan", kantor.last(HERLINA))
    return kantor


def kirim(kantor: Kantor) -> bool:
    return bool({"Kirim", "tetap_kirim"} & set(kantor.before_him(WAHYUNI).labels))


def test_the_first_button_is_not_kirim_and_the_words_ask_for_an_answer(stage: Stage) -> None:
    kantor = returned(stage)

    task = kantor.task(WAHYUNI, "tugas_isi_kembali")

    assert ASKED in words(task)
    assert labels(task)[:2] == [["Isi lewat chat"], ["Lihat data"]]
    assert not {"Kirim", "tetap_kirim"} & set(task.labels)


def test_a_kirim_of_the_former_version_says_why_not(stage: Stage) -> None:
    kantor = returned(stage)
    task = kantor.task(WAHYUNI, "tugas_isi_kembali")

    with kantor.nothing_moves():
        kantor.press_data(WAHYUNI, task.id, task.button("isi_chat")._replace(verb="ok").data)

    told = said(kantor, WAHYUNI)
    assert told[0] == "Belum dapat dikirim."
    assert told[-1] == ASKED


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("KBK-05 4,20", "✅ KBK-05: 4,10 → 4,20"),
        ("KBK-05: Pendataan Keluarga 2026, tabel 7", "✅ Isian dicatat."),
        ("kbk 5 Pendataan Keluarga 2026", "✅ Isian dicatat."),
    ],
)
def test_a_figure_or_a_word_makes_it_ready(stage: Stage, typed: str, shown: str) -> None:
    kantor = returned(stage)

    kantor.say(WAHYUNI, typed)

    assert said(kantor, WAHYUNI)[0].startswith(shown)
    assert kirim(kantor)
    send_in(kantor, WAHYUNI)
    assert kantor.tugas(1, "6", "KBK").is_open


def test_evidence_makes_it_ready(stage: Stage) -> None:
    kantor = returned(stage)

    kantor.send(WAHYUNI, None, "foto.jpg", caption="KBK-05")

    assert kirim(kantor)


def test_the_same_figure_again_is_no_answer(stage: Stage) -> None:
    kantor = returned(stage)

    kantor.say(WAHYUNI, "KBK-05 4,10")

    assert ASKED in said(kantor, WAHYUNI)
    assert not kirim(kantor)


def test_of_several_rows_one_answer_suffices_and_each_takes_its_own_words(stage: Stage) -> None:
    kantor = returned(stage, "KBK-05 KBK-08")

    asked = words(kantor.task(WAHYUNI, "tugas_isi_kembali"))
    kantor.say(WAHYUNI, "KBK-08: menurut laporan balai")

    assert "Mohon membalas dengan angka atau keterangan KBK-05, KBK-08, atau mengirimkan" in asked
    assert kirim(kantor)
    part = kantor.perintah(1).parts("KBK")[0]
    row = part.row("KBK-08")
    assert row is not None
    assert row.keterangan == "menurut laporan balai"


def test_lewati_in_the_chat_is_no_answer(stage: Stage) -> None:
    kantor = returned(stage)
    kantor.press(WAHYUNI, "isi_chat")

    kantor.press(WAHYUNI, "lewati")

    assert not kirim(kantor)

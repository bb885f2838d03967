"""A button of a dialog answers the question it stood under, and no later one."""

import pytest

from tests import worded
from tests.conftest import Stage
from tests.kantor import Kantor, Seen
from tests.officials import KADIS, KASUBAG, ORDER, forward

UNKNOWN = 900_001


@pytest.fixture
def kantor(stage: Stage) -> Kantor:
    return stage("open")


@pytest.mark.parametrize("is_copy", [False, True])
def test_a_button_of_an_order_left_behind_issues_no_other_order(
    kantor: Kantor, is_copy: bool
) -> None:
    """The copy came when the bot died before it had noted the sending: nothing is known of it."""
    kantor.say(KADIS, "/perintah pengumpulan TW II 2026")
    left = kantor.question(KADIS)
    kantor.press(KADIS, "batal", left)
    kantor.pass_minutes(1)
    kantor.say(KADIS, "/perintah pengumpulan TW III 2026")

    with kantor.nothing_moves():
        number = UNKNOWN if is_copy else left.id
        kantor.press_data(KADIS, number, left.button("terbitkan").data)

    assert kantor.toasts[-1][0] == "tombol_lama"
    kantor.press(KADIS, "terbitkan")
    assert kantor.perintah(1).period.code == "2026-TW3"


def pressed_twice(kantor: Kantor, name: str, label: str) -> tuple[Seen, str]:
    """The message after a second press, and what the press is answered; the first one stands."""
    seen = next(s for s in reversed(kantor.chat(name)) if label in s.labels)
    data = seen.button(label).data
    kantor.press_data(name, seen.id, data)
    before = kantor.again(name, seen)
    kantor.pass_minutes(1)
    with kantor.nothing_moves():
        kantor.press_data(name, seen.id, data)
    after = kantor.again(name, seen)
    assert (after.key, after.labels) == (before.key, before.labels)
    key, args = kantor.toasts[-1]
    return after, worded.words().toast(key, args)


def test_a_second_press_on_terbitkan_names_who_and_when_and_overwrites_nothing(
    kantor: Kantor,
) -> None:
    kantor.say(KADIS, ORDER)

    after, told = pressed_twice(kantor, KADIS, "terbitkan")

    assert told == "Sudah diterbitkan oleh Ibu Marlina Topale, Sel 24 Nov 08.00."
    assert after.key == "selesai_perintah_terbit"


def test_so_does_one_on_kirim_ke_semua_unit(stage: Stage) -> None:
    kantor = stage("ordered")
    forward(kantor)
    kantor.press(KASUBAG, "Pakai format baku")

    task = kantor.task(KASUBAG, "tugas_sebar")
    kantor.press(KASUBAG, "Kirim ke semua unit", task)
    line = kantor.last(KASUBAG)
    with kantor.nothing_moves():
        kantor.press_data(KASUBAG, task.id, task.button("Kirim ke semua unit").data)

    key, args = kantor.toasts[-1]
    told = "Sudah disampaikan oleh Ibu Yusnita Bakari, Sel 24 Nov 08.00."
    assert worded.words().toast(key, args) == told
    assert kantor.last(KASUBAG) == line
    assert line.key == "selesai_disebar"


def test_a_second_press_leaves_urungkan_where_it_is(stage: Stage) -> None:
    after, told = pressed_twice(stage("working"), "Irma", "Ajukan")

    assert told.startswith("Sudah diajukan oleh Ibu Irma Balansa")
    assert after.labels == ["urungkan"]


@pytest.mark.parametrize("verb", ["u²", "h²", "j²"])
def test_a_forged_number_of_a_choice_means_nothing(kantor: Kantor, verb: str) -> None:
    kantor.say(KADIS, "/perintah")
    asked = kantor.question(KADIS)
    choice = asked.buttons[0]

    with kantor.nothing_moves():
        kantor.press_data(KADIS, asked.id, f"{verb}:{choice.ref}:{choice.revision}")

    assert kantor.toasts[-1][0] == "tombol_lama"


def test_a_forged_return_of_what_cannot_be_returned_means_nothing(stage: Stage) -> None:
    kantor = stage("closing")
    task = kantor.task(KADIS, "tugas_tanda_tangan")
    signs = task.button("Tanda tangani")

    with kantor.nothing_moves():
        kantor.press_data(KADIS, task.id, f"kembali:{signs.ref}:{signs.revision}")

    assert kantor.toasts[-1][0] == "tombol_lama"

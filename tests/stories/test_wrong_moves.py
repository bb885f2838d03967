"""Wrong moves: each is answered with the right words to whoever made it, and nothing moves."""

from collections.abc import Callable
from typing import Any

import pytest

from flows.model.messages import Button
from tests.conftest import Stage
from tests.kantor import Kantor, Seen
from tests.officials import (
    ADMIN,
    HEADS,
    KADIS,
    KASUBAG,
    OPERATOR,
    SEKRETARIS,
    fill,
    meet,
    put_forward,
)

STRANGER = 9_999
ACTS = ("ok", "kembali", "chat", "sah", "gugur", "salah")
NOTE = "Mohon dilengkapi dengan bukti dukung."


def stranger_reads(kantor: Kantor) -> list[str]:
    return [seen.key for seen in kantor.chats.get(f"c{STRANGER}", [])]


def holders(kantor: Kantor, button: Button) -> set[str]:
    """Whoever has a button of that tugas before him; for a unit's recap its head as well."""
    seeing = {
        name
        for name in kantor.people
        for seen in kantor.chat(name)
        if button.ref in [b.ref for b in seen.buttons]
    }
    tugas = kantor.perintah(int(button.ref.partition("-")[0])).task(button.ref)
    assert tugas is not None
    if tugas.role == "koordinator_data":
        seeing.add(HEADS[tugas.unit or ""])
    return seeing


@pytest.mark.parametrize("name", ["ordered", "working", "closing", "found", "before_signing"])
def test_nobody_acts_in_anothers_place(stage: Stage, name: str) -> None:
    kantor = stage(name)
    buttons = {
        (button.verb, button.ref): (seen, button)
        for chat in kantor.people
        for seen in kantor.chat(chat)
        for button in seen.buttons
        if "-" in button.ref
    }
    acts = [found for (verb, _), found in buttons.items() if verb in ACTS]

    with kantor.nothing_moves():
        answers = {
            key
            for seen, button in acts
            for other in sorted(set(kantor.people) - holders(kantor, button))
            for key in [answer_to(kantor, other, seen, button)]
        }

    assert acts
    assert answers == {"bukan_kewenangan"}


def answer_to(kantor: Kantor, name: str, seen: Seen, button: Button) -> str:
    kantor.press_data(name, seen.id, button.data)
    return kantor.toasts[-1][0]


@pytest.mark.parametrize("name", ["Herlina", "Fadli", "Dedi", "Irma", ADMIN])
def test_only_the_kepala_dinas_orders(stage: Stage, name: str) -> None:
    kantor = stage("open")

    with kantor.nothing_moves():
        kantor.say(name, "/perintah pengumpulan TW III 2026")

    assert kantor.last(name).key == "bukan_kewenangan"
    assert kantor.last(name).args["berwenang"] == ["Kepala Dinas"]


@pytest.mark.parametrize("name", [KADIS, KASUBAG, "Dedi", OPERATOR])
def test_only_an_admin_binds_the_group(stage: Stage, name: str) -> None:
    kantor = stage("open")

    with kantor.nothing_moves():
        kantor.say_in_group(name, "/grup")

    assert kantor.last(name).key == "bukan_kewenangan"


MOVES_OF_A_STRANGER: dict[str, Callable[[Kantor], Any]] = {
    "text": lambda kantor: kantor.say(STRANGER, "halo, ini bot apa?"),
    "command": lambda kantor: kantor.say(STRANGER, "/perintah pengumpulan TW III 2026"),
    "start": lambda kantor: kantor.say(STRANGER, "/start"),
    "file": lambda kantor: kantor.send(STRANGER, None, "foto.jpg"),
    "voice": lambda kantor: kantor.stray(STRANGER, "voice"),
    "edited": lambda kantor: kantor.stray(STRANGER, "edited"),
}


@pytest.mark.parametrize("move", MOVES_OF_A_STRANGER)
def test_a_stranger_is_told_how_to_register_and_nothing_else(stage: Stage, move: str) -> None:
    kantor = stage("working")

    with kantor.nothing_moves():
        MOVES_OF_A_STRANGER[move](kantor)

    assert stranger_reads(kantor) == ["belum_terdaftar"]
    [told] = kantor.chats[f"c{STRANGER}"]
    assert set(told.args) == {"singkatan"}


def test_a_stranger_pressing_a_button_is_refused(stage: Stage) -> None:
    kantor = stage("working")
    seen = kantor.chat("Rusdin")[0]

    with kantor.nothing_moves():
        kantor.press_data(STRANGER, seen.id, "ok:1-5:0")

    assert kantor.toasts[-1][0] == "belum_terdaftar"


def test_in_the_group_a_stranger_gets_one_line_an_hour(stage: Stage) -> None:
    kantor = stage("working")
    read = len(kantor.group)

    for _ in range(3):
        kantor.say_in_group(STRANGER, "/status")
        kantor.say_in_group(STRANGER, "halo semua")

    told = kantor.chats[f"c{-1_001_234}"]
    assert [seen.key for seen in told] == ["belum_terdaftar_grup"]
    assert len(kantor.group) == read


def test_a_used_code_and_a_wrong_one_open_nothing(stage: Stage) -> None:
    kantor = stage("open")

    kantor.say(STRANGER, "/daftar AAAAA-BBBBB")
    kantor.say_in_group(KADIS, "/daftar AAAAA-BBBBB")

    assert stranger_reads(kantor) == ["kode_tak_dikenal_undangan"]
    assert kantor.last(KADIS).key == "kode_di_grup"


def test_after_five_wrong_codes_even_a_right_one_waits(stage: Stage) -> None:
    kantor = stage("open")
    for n in range(5):
        kantor.say(STRANGER, f"/daftar AAAAA-BBBB{n}")

    with kantor.nothing_moves():
        kantor.say(STRANGER, "/daftar AAAAA-BBBBC")

    assert stranger_reads(kantor)[-1] == "kode_terlalu_sering"


ONCE = {
    "A2b": ("ordered", "Yusnita", "Pakai format baku"),
    "A3": ("ordered", "Yusnita", "Kirim ke semua unit"),
    "A6": ("working", "Irma", "Ajukan"),
    "A7": ("working", "Herlina", "Validasi"),
    "A8": ("working", "Fadli", "Sampaikan"),
    "A8t": ("working", "Yusnita", "Terima PPA"),
    "A9": ("collected", "Yusnita", "Ajukan"),
    "B2b": ("found", "Ardin", "terbukti"),
    "B3b": ("found", "Yusnita", "Kirim ke unit terdampak"),
    "B3t": ("coordinated", "Nurdiana", "Terima"),
    "B6": ("appealed", "Nurdiana", "Setujui"),
    "B8": ("repaired", "Yusnita", "Ajukan"),
}
BEFORE: dict[str, Callable[[Kantor], Any]] = {
    "A2b": lambda kantor: forward(kantor),
    "A3": lambda kantor: (forward(kantor), kantor.press(KASUBAG, "Pakai format baku")),
    "B3b": lambda kantor: prove_three(kantor),
}


def forward(kantor: Kantor) -> None:
    kantor.press(SEKRETARIS, "Teruskan")
    kantor.press(SEKRETARIS, "tanpa_catatan")


def prove_three(kantor: Kantor) -> None:
    for _ in range(3):
        kantor.press(SEKRETARIS, "terbukti")
    kantor.press(SEKRETARIS, "teruskan")


@pytest.mark.parametrize("step", ONCE)
def test_a_button_pressed_twice_acts_once(stage: Stage, step: str) -> None:
    name, official, label = ONCE[step]
    kantor = stage(name)
    BEFORE.get(step, lambda _: None)(kantor)
    seen = next(s for s in reversed(kantor.chat(official)) if label in s.labels)
    kantor.press(official, label, seen)

    with kantor.nothing_moves():
        kantor.press(official, label, seen)
        kantor.press(official, label, seen)

    assert kantor.toasts[-1][0] in ("sudah_diproses", "tampilan_diperbarui")


def test_of_two_officials_the_second_is_told_who_was_first(stage: Stage) -> None:
    kantor = stage("handed_out")
    meet(kantor, "KBK")
    fill(kantor, 1, "KBK")
    kantor.say("Herlina", "/tugas")
    kantor.press("Herlina", "buka_tugas_ke")
    hers = kantor.task("Herlina", "tugas_rekap_unit")
    put_forward(kantor, "KBK")

    with kantor.nothing_moves():
        kantor.press("Herlina", "Ajukan", hers)

    key, args = kantor.toasts[-1]
    assert key == "sudah_diproses"
    assert args["oleh"]["nama"] == "Wahyuni Tamali"
    assert kantor.again("Herlina", hers).rows == ()


def test_a_stale_button_says_who_did_it_and_goes(stage: Stage) -> None:
    kantor = stage("ordered")
    task = kantor.task(SEKRETARIS, "tugas_teruskan")
    kantor.press(SEKRETARIS, "Teruskan", task)
    kantor.press(SEKRETARIS, "tanpa_catatan")
    kantor.pass_minutes(30)

    with kantor.nothing_moves():
        kantor.press(SEKRETARIS, "Teruskan", task)

    key, args = kantor.toasts[-1]
    assert (key, args["oleh"]["nama"]) == ("sudah_diproses", "Ardin Lasimpo, S.E., M.M.")
    assert kantor.again(SEKRETARIS, task).labels == []


def test_the_buttons_of_a_question_answered_long_ago_are_dead(stage: Stage) -> None:
    kantor = stage("handed_out")
    kantor.press("Rusdin", "Catat rapat")
    question = kantor.question("Rusdin")
    kantor.press("Rusdin", "rapat_hari_ini", question)

    with kantor.nothing_moves():
        kantor.press("Rusdin", "rapat_hari_ini", question)

    assert kantor.toasts[-1][0] == "tombol_lama"


def test_a_dialog_does_not_outlive_its_tugas(stage: Stage) -> None:
    kantor = stage("handed_out")
    meet(kantor, "KBK")
    fill(kantor, 1, "KBK")
    put_forward(kantor, "KBK")
    kantor.press("Herlina", "Kembalikan")
    kantor.press("Herlina", "ke_langkah")
    kantor.say("Herlina", "KBK-02")
    kantor.say("Herlina", NOTE)
    summary = kantor.question("Herlina")
    kantor.say("Herlina", "/tugas")
    kantor.press("Herlina", "buka_tugas_ke")
    kantor.press("Herlina", "Validasi")
    before = kantor.perintah(1)

    kantor.press("Herlina", "kembalikan", summary)

    assert kantor.last("Herlina").key == "tugas_berubah"
    assert kantor.perintah(1) == before
    assert kantor.draft("Herlina") is None


FORGED = [
    "", "ok", "ok:1-3", "ok:1-3:x", "ok:1-3:-1", "::", ":::", "ok:1-99:0", "ok:99-1:0",
    "ok:999999999-999999999:0", "ok:9999999999-1:0", "ok:1-３:0", "hapus:1-3:0", "ok:p1:0",
    "tanpa:p99:0", "tanpa:p1:0", "ok:b1:0", "daftar:i1:0", "daftar:i999:0", "kirim:d1:0",
    "kirim:d4:7", "j99:d4:1", "h99:d4:1", "u99:d4:1", "ttd:1-2:0", "salah:1-1:0", "l9:1-3:0",
    "tutup:1-1:0", "buka:1-1:0", "x" * 64, "ok:1-3:99999999999999999999", "ok:\n1-3:0",
    "ulang:o1:0", "ok:-1--3:0",
]  # fmt: skip


@pytest.mark.parametrize("data", FORGED)
def test_forged_data_moves_nothing(stage: Stage, data: str) -> None:
    kantor = stage("working")
    seen = kantor.last("Rusdin")
    pressed = len(kantor.toasts)

    with kantor.nothing_moves():
        kantor.press_data("Rusdin", seen.id, data)

    answers = [key for key, _ in kantor.toasts[pressed:]]
    assert len(answers) == 1, "the press is answered once"


def test_a_draft_is_its_owners_alone(stage: Stage) -> None:
    kantor = stage("handed_out")
    kantor.press("Herlina", "Catat rapat")
    question = kantor.question("Herlina")

    with kantor.nothing_moves():
        kantor.press_data("Rusdin", question.id, question.buttons[0].data)

    assert kantor.toasts[-1][0] == "tombol_lama"
    assert kantor.question("Herlina") == question


def test_a_revision_of_the_future_only_shows_the_task_again(stage: Stage) -> None:
    kantor = stage("working")
    task = kantor.task("Herlina", "tugas_validasi")
    button = task.button("Validasi")._replace(revision=77)

    with kantor.nothing_moves():
        kantor.press_data("Herlina", task.id, button.data)

    assert kantor.toasts[-1][0] == "tampilan_diperbarui"
    assert kantor.again("Herlina", task).labels == task.labels


def test_kirim_pressed_before_everything_is_filled_in(stage: Stage) -> None:
    kantor = stage("handed_out")
    meet(kantor, "DAL")
    task = kantor.task("Irma", "tugas_isi")
    chat = task.button("isi_chat")

    with kantor.nothing_moves():
        kantor.press_data("Irma", task.id, chat._replace(verb="ok").data)

    assert kantor.last("Irma").key == "belum_lengkap"
    assert len(kantor.last("Irma").args["kurang"]) == 8

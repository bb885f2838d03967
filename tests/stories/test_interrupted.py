"""A dialog half answered that another one interrupts: it is named, and goes on."""

import pytest

from flows.engine.dialogs import DIALOGS
from tests import worded
from tests.conftest import Stage
from tests.kantor import Kantor
from tests.officials import HEADS

REASON = "Listrik padam sejak pagi di kantor bidang."


def telling(stage: Stage) -> Kantor:
    """Rusdin has told his hindrance in part; then he asks for more time."""
    kantor = stage("handed_out")
    kantor.say("Rusdin", "/kendala")
    kantor.press("Rusdin", "kendala_jaringan")
    kantor.say("Rusdin", REASON)
    kantor.say("Rusdin", "/perpanjangan")
    return kantor


def test_a_command_that_interrupts_a_question_says_so(stage: Stage) -> None:
    kantor = telling(stage)

    left = next(seen for seen in kantor.chat("Rusdin") if "Lanjutkan kendala" in seen.keyboard)
    asked = kantor.question("Rusdin")
    kantor.press("Rusdin", "batal", asked)
    kantor.press("Rusdin", "lanjutkan_dialog", left)

    assert left.text.startswith("Kendala belum dikirim.")
    draft = kantor.draft("Rusdin")
    assert draft is not None
    assert draft.dialog == "kendala"
    assert draft.answers["rincian"] == REASON
    assert "Lanjutkan kendala" not in kantor.again("Rusdin", left).keyboard


def test_each_of_two_interrupted_dialogs_goes_on(stage: Stage) -> None:
    kantor = telling(stage)
    kantor.press_data("Rusdin", kantor.question("Rusdin").id, first_choice(kantor))

    kantor.press("Rusdin", "lanjutkan_dialog")
    resumed = kantor.draft("Rusdin")
    kantor.press("Rusdin", "lanjutkan_dialog")
    other = kantor.draft("Rusdin")

    assert resumed is not None
    assert other is not None
    assert (resumed.dialog, other.dialog) == ("kendala", "perpanjangan")


def first_choice(kantor: Kantor) -> str:
    return kantor.question("Rusdin").buttons[0].data


def test_a_question_without_an_answer_is_left_without_a_word(stage: Stage) -> None:
    kantor = stage("handed_out")
    kantor.say(HEADS["DAL"], "/kendala")
    kantor.say(HEADS["DAL"], "/perpanjangan")

    labels = [label for seen in kantor.chat(HEADS["DAL"]) for label in seen.keyboard]
    assert not any(label.startswith("Lanjutkan") for label in labels)
    assert labels.count("Batal") == 1


def test_every_dialog_has_its_name() -> None:
    for name in DIALOGS:
        said = worded.words().say("dialog_terputus", {"dialog": name})
        assert said.text.endswith(" belum dikirim.")
        assert "terputus" not in said.text, name


def test_a_hindrance_resumed_waits_for_the_extension_asked_meanwhile(stage: Stage) -> None:
    """A tugas holds one request: the second must not take the place of the first unanswered."""
    kantor = telling(stage)
    kantor.press_data("Rusdin", kantor.question("Rusdin").id, first_choice(kantor))
    kantor.say("Rusdin", "Menunggu listrik di kantor bidang menyala.")
    kantor.press("Rusdin", "lanjutkan_dialog")
    kantor.press("Rusdin", "pihak_luar")
    refused = kantor.last("Rusdin")
    kantor.press("Ardin", "setujui")
    told = kantor.last("Rusdin")
    kantor.press("Rusdin", "pihak_luar")

    assert refused.text == (
        "Permohonan perpanjangan langkah 4 (rapat unit DAL) belum diputuskan; mohon menunggu "
        "keputusannya.\nKendala ini belum dikirim. Sesudah itu, mohon menekan lagi tombol di atas "
        "atau menuliskan jawabannya."
    )
    assert "<b>disetujui</b> oleh Sekretaris" in told.text
    assert kantor.before_him("Rusdin").text.startswith("✅ Kendala dicatat")
    assert "Setujui jeda" in kantor.last("Ardin").keyboard


def test_an_extension_resumed_waits_for_the_hindrance_told_meanwhile(stage: Stage) -> None:
    kantor = stage("handed_out")
    kantor.say("Rusdin", "/perpanjangan")
    kantor.press_data("Rusdin", kantor.question("Rusdin").id, first_choice(kantor))
    kantor.say("Rusdin", "/kendala")
    kantor.press("Rusdin", "kendala_jaringan")
    kantor.say("Rusdin", REASON)
    kantor.press("Rusdin", "pihak_luar")
    kantor.press("Rusdin", "lanjutkan_dialog")

    kantor.say("Rusdin", "Menunggu listrik di kantor bidang menyala.")

    assert kantor.last("Rusdin").text.startswith(
        "Kendala langkah 4 (rapat unit DAL) belum diputuskan; mohon menunggu keputusannya.\n"
        "Permohonan perpanjangan ini belum dikirim."
    )
    assert "Setujui jeda" in kantor.last("Ardin").keyboard


def refusals(kantor: Kantor, name: str) -> list[str]:
    starts = ("Terlalu singkat.", "Mohon menekan salah satu tombol")
    return [seen.text for seen in kantor.chat(name) if seen.text.startswith(starts)]


def test_a_refused_answer_leaves_no_word_behind(stage: Stage) -> None:
    kantor = stage("handed_out")
    kantor.say("Rusdin", "/kendala")
    kantor.press("Rusdin", "kendala_jaringan")
    kantor.say("Rusdin", "mati")
    kantor.say("Rusdin", "ya")
    told = refusals(kantor, "Rusdin")
    kantor.say("Rusdin", REASON)
    kantor.press("Rusdin", "pihak_luar")

    assert len(told) == 2
    assert told[0].startswith("Terlalu singkat. Mohon menuliskan paling sedikit")
    assert refusals(kantor, "Rusdin") == []
    assert any(seen.text.startswith("✅ Kendala dicatat") for seen in kantor.chat("Rusdin"))


@pytest.mark.parametrize("leaving", ["/batal", "batal"])
def test_nor_does_a_dialog_that_is_left(stage: Stage, leaving: str) -> None:
    kantor = stage("handed_out")
    kantor.say("Marlina", "/hentikan 1")
    kantor.say("Marlina", "x")
    told = refusals(kantor, "Marlina")
    kantor.say("Marlina", leaving)

    assert len(told) == 1
    assert refusals(kantor, "Marlina") == []
    assert kantor.draft("Marlina") is None

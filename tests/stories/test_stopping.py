"""/hentikan and /ubah: every answer in words; corrections and collections stopped together."""

import pytest

from tests.conftest import Stage
from tests.kantor import Kantor, wita
from tests.officials import KADIS, KASUBAG, sign

REASON = "Diganti dengan perintah yang baru."
BOTH = pytest.mark.parametrize("command", ["/hentikan", "/ubah"])


def stop(kantor: Kantor, line: str = "/hentikan 1") -> None:
    kantor.say(KADIS, line)
    kantor.say(KADIS, REASON)
    kantor.press(KADIS, "hentikan")


def refused(kantor: Kantor, line: str, name: str = KADIS) -> str:
    """What the person reads; nothing has moved."""
    with kantor.nothing_moves():
        kantor.say(name, line)
    return kantor.last(name).text


@BOTH
def test_with_no_order_running_that_is_said(stage: Stage, command: str) -> None:
    kantor = stage("open")

    for line in (command, f"{command} 77", f"{command} abc"):
        assert refused(kantor, line) == "Saat ini tidak ada perintah yang berjalan."


@BOTH
@pytest.mark.parametrize("number", ["77", "1/2025", "abc", "1 sekarang"])
def test_a_wrong_number_is_told_with_those_that_run(
    stage: Stage, command: str, number: str
) -> None:
    kantor = stage("handed_out")

    told = refused(kantor, f"{command} {number}")

    assert told == f"Perintah No. {number} tidak ada. Yang ada: 001/2026."


@BOTH
def test_a_stopped_order_is_told_with_its_end(stage: Stage, command: str) -> None:
    kantor = stage("handed_out")
    kantor.now = wita(24, "09.10")
    stop(kantor)
    kantor.now = wita(24, "09.30")

    told = refused(kantor, f"{command} 1")

    assert (
        told
        == "Perintah No. 001/2026 sudah dihentikan (Sel 24 Nov 09.10); tidak ada yang berubah."
    )
    assert refused(kantor, command) == "Saat ini tidak ada perintah yang berjalan."


@BOTH
def test_a_finished_order_is_told_with_its_end(stage: Stage, command: str) -> None:
    kantor = stage("closing")
    kantor.now = wita(24, "14.20")
    sign(kantor)
    kantor.now = wita(24, "14.30")

    told = refused(kantor, f"{command} 1/2026")

    assert (
        told == "Perintah No. 001/2026 sudah selesai (Sel 24 Nov 14.20); tidak ada yang berubah."
    )


def test_a_button_of_an_order_stopped_meanwhile_says_so(stage: Stage) -> None:
    kantor = stage("found")
    kantor.say(KADIS, "/hentikan")
    offer = kantor.last(KADIS)
    stop(kantor, "/hentikan 2")

    with kantor.nothing_moves():
        kantor.press(KADIS, offer.labels[0], offer)

    assert "sudah dihentikan" in kantor.last(KADIS).text


def test_whose_order_it_is_not_is_told_whose_it_is(stage: Stage) -> None:
    kantor = stage("handed_out")

    assert "oleh Kepala Dinas" in refused(kantor, "/hentikan 1", KASUBAG)

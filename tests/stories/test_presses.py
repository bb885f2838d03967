"""A button of a dialog answers the question it stood under, and no later one."""

import pytest

from tests.conftest import Stage
from tests.kantor import Kantor
from tests.officials import KADIS

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

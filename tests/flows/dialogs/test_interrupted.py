"""Dialogs that wait while another one is open."""

from flows.dialogs.interrupted import pause
from flows.model.conversation import Draft, packed, unpacked
from tests.flows.small_office import FILLER, NOW, a_turn

BEGUN = Draft(FILLER, "kendala", "7-1", "s", NOW, {"sebab": "jaringan"}, 9)


def test_what_waits_is_stored_with_the_open_dialog_or_alone() -> None:
    opened = BEGUN._replace(dialog="perpanjangan", answers={"menit": 60})

    assert unpacked(packed(opened, (BEGUN,))) == (opened, (BEGUN,))
    assert unpacked(packed(None, (BEGUN,))) == (None, (BEGUN,))
    assert unpacked(packed(opened, ())) == (opened, ())
    assert unpacked(packed(None, ())) == (None, ())


def test_only_what_was_begun_waits() -> None:
    turn = a_turn(FILLER, draft=BEGUN)
    pause(turn)
    pause(turn)
    assert turn.paused == (BEGUN,), "once a turn"

    for answers in ({}, {"_hal": 1}):
        fresh = a_turn(FILLER, draft=BEGUN._replace(answers=answers))
        pause(fresh)
        assert fresh.paused == ()


def test_an_answer_interrupts_nothing() -> None:
    turn = a_turn(FILLER, draft=BEGUN)
    turn.is_answering = True
    pause(turn)

    assert turn.paused == ()

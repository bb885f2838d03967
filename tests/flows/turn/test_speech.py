"""Where an answer goes, in which slot it stands and in whose name it is given."""

import pytest

from flows.model.messages import BoardDue, Message, Reaction, Removal
from flows.turn.speech import Speech
from tests.flows.small_office import FILLER, HEAD, NAMES, OPERATOR, a_file, a_turn, an_order


def messages(speech: Speech) -> list[Message]:
    return [o for o in speech.out if isinstance(o, Message)]


def test_a_person_is_answered_in_private_and_a_stranger_in_his_chat() -> None:
    assert a_turn(FILLER, command=a_file()).speech.here == "p7"
    assert a_turn(None, command=a_file(chat_id=512)).speech.here == "c512"


def test_the_clock_is_answered_to_nobody() -> None:
    with pytest.raises(LookupError):
        a_turn(None).speech.answer("bantuan", {})


def test_each_answer_stands_in_a_slot_of_its_own_by_the_command() -> None:
    speech = a_turn(FILLER, command=a_file()).speech

    slots = [speech.answer("a"), speech.answer("b", is_below=True), speech.answer("c", slot="x")]

    assert slots == ["in:1:1", "in:1:2b", "x"]
    assert [(m.key, m.to, m.slot) for m in messages(speech)] == [
        ("a", "p7", "in:1:1"), ("b", "p7", "in:1:2b"), ("c", "p7", "x"),
    ]  # fmt: skip
    assert not any(message.is_ring for message in messages(speech))


def test_a_file_is_acknowledged_on_the_persons_own_message_and_the_clock_is_not() -> None:
    by_file, by_clock = a_turn(FILLER, command=a_file()).speech, a_turn(FILLER).speech
    by_file.react()
    by_clock.react()

    assert by_file.out == [Reaction(500, 44)]
    assert by_clock.out == []


def test_words_of_an_act_written_down_for_another_name_both() -> None:
    turn = a_turn(OPERATOR, command=a_file())
    official = turn.view.roster.person(HEAD)
    assert official is not None

    turn.act_for(official)
    turn.speech.answer("selesai", {"nomor": "007/2026"})
    turn.act_for_himself()
    turn.speech.answer("selesai", {"nomor": "007/2026"})

    recorded, own = messages(turn.speech)
    assert recorded.to == own.to == f"p{OPERATOR}"
    assert recorded.args["selesai"]["args"] == {
        "pejabat": NAMES[HEAD], "operator": NAMES[OPERATOR],
    }  # fmt: skip
    assert own.args == {"nomor": "007/2026"}


def test_removals_say_what_remains_of_the_message() -> None:
    speech = a_turn(FILLER, an_order()).speech
    speech.remove_buttons("s1")
    speech.remove_buttons("s2", is_over=False)
    speech.remove_message("s3")
    speech.board(an_order())

    assert speech.out == [
        Removal("s1"), Removal("s2", is_over=False), Removal("s3", is_whole=True), BoardDue(7),
    ]  # fmt: skip


def test_nothing_is_shown_for_a_press_where_nothing_was_pressed() -> None:
    speech = a_turn(FILLER, command=a_file()).speech
    speech.toast("telah_diingatkan")
    speech.strip_copy()
    speech.conclude()

    assert speech.out == []

"""What a turn gathers: state, events and the moment an act counts as done."""

from datetime import datetime, timedelta

import pytest

from flows.model.commands import Ticked
from flows.model.messages import Message
from flows.turn.turn import bumped, is_loaded, task_button
from tests.flows.small_office import (
    FILLER,
    HEAD,
    KADIS,
    NOW,
    OPERATOR,
    a_file,
    a_turn,
    an_order,
    filling,
    task,
)

ORDER = an_order(filling(note=""), task("7", "kepala_unit", "DAL"))


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (NOW - timedelta(hours=3), NOW - timedelta(hours=3)),
        (NOW - timedelta(hours=24), NOW - timedelta(hours=24)),
        (NOW - timedelta(hours=24, seconds=1), NOW),
        (NOW + timedelta(seconds=1), NOW),
    ],
)
def test_an_act_is_done_when_it_was_sent_unless_that_is_implausible(
    sent: datetime, expected: datetime
) -> None:
    assert a_turn(FILLER, command=a_file(sent)).at == expected


def test_by_the_clock_everything_is_done_now() -> None:
    assert a_turn(command=Ticked(7, "tick:9")).at == NOW
    assert a_turn(command=Ticked(7, "tick:9")).key == "tick:9"


def test_the_day_is_that_of_the_office() -> None:
    evening = NOW.replace(hour=23, minute=59)

    assert a_turn(now=evening).day.isoformat() == "2026-11-24"
    assert a_turn(now=evening + timedelta(minutes=1)).day.isoformat() == "2026-11-25"


def test_without_perintah_or_person_the_turn_says_so() -> None:
    turn = a_turn(None)

    with pytest.raises(LookupError, match="no perintah"):
        _ = turn.perintah
    with pytest.raises(LookupError, match="no registered person"):
        _ = turn.person


def test_an_event_names_who_did_it_as_what_and_who_wrote_it_down() -> None:
    turn = a_turn(OPERATOR, ORDER)
    official = turn.view.roster.person(HEAD)
    assert official is not None
    turn.act_for(official)

    turn.record("TugasFinished", ORDER.tugas[1], outcome="disetujui")

    (event,) = turn.events
    assert (event.perintah_id, event.tugas, event.unit) == (7, "7-2", "DAL")
    assert (event.person_id, event.role, event.mandate) == (HEAD, "kepala_unit", "definitif")
    assert event.data == {"outcome": "disetujui", "recorder": OPERATOR}
    assert turn.speaker.id == OPERATOR


def test_only_a_perintah_that_has_changed_is_given_back() -> None:
    turn = a_turn(FILLER, ORDER, parent=an_order()._replace(id=3))
    assert turn.decision().perintah == ()

    turn.perintah = turn.perintah._replace(arahan="Segera")

    assert turn.decision().perintah == (turn.perintah,)
    assert turn.decision().draft is None
    assert not turn.decision().is_refused


def test_a_tugas_is_found_in_its_own_perintah() -> None:
    parent = an_order(task("p3", "kepala_dinas"))._replace(id=3)
    turn = a_turn(KADIS, ORDER, parent=parent)

    assert turn.perintah_of("3-1") == parent
    assert turn.perintah_of("7-2") == ORDER
    assert turn.perintah_of("7-3") is None
    assert is_loaded(turn, ORDER.tugas[0])
    assert not is_loaded(turn, parent.tugas[0]._replace(perintah_id=3))


def test_a_note_goes_into_what_was_just_opened() -> None:
    turn = a_turn(HEAD, ORDER)
    turn.opened = [ORDER.tugas[1]]
    turn.pass_note("Mohon dicek kembali")
    turn.pass_note("")

    assert [t.note for t in turn.perintah.tugas] == ["", "Mohon dicek kembali"]


def test_a_refusal_leaves_everything_as_it_was() -> None:
    turn = a_turn(FILLER, ORDER, command=a_file())
    turn.perintah = turn.perintah._replace(arahan="Segera")

    refused = turn.refuse("tugas_berubah", {})

    assert refused.is_refused
    assert refused.perintah == ()
    (told,) = refused.out
    assert isinstance(told, Message)
    assert (told.key, told.to) == ("tugas_berubah", f"p{FILLER}")


def test_the_end_of_a_perintah_is_recorded_with_its_moment() -> None:
    turn = a_turn(KADIS, ORDER)
    turn.end_perintah("selesai")

    assert (turn.perintah.status, turn.perintah.finished_at) == ("selesai", NOW)
    assert [(e.name, e.data["status"]) for e in turn.events] == [("PerintahFinished", "selesai")]


def test_buttons_of_a_former_state_are_told_apart_by_the_revision() -> None:
    tugas = ORDER.tugas[0]
    again = bumped(tugas, note="x")

    assert (again.revision, again.note) == (1, "x")
    former, later = task_button(tugas, "act", "ok"), task_button(again, "act", "ok")
    assert (former.ref, former.revision) == ("7-1", 0)
    assert (later.ref, later.revision) == ("7-1", 1)

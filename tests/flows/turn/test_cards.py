"""Task messages: who is shown what a turn has opened, and what becomes of those that are over."""

from flows.model.messages import BoardDue, Message
from flows.office.people import Person, Roster
from flows.turn.cards import both_pleas, conclude, plea_rows, recorder_name
from flows.turn.transitions import open_tugas
from flows.turn.turn import Turn
from tests.flows.small_office import (
    ADMIN,
    COORDINATOR,
    FILLER,
    HEAD,
    KASUBAG,
    NAMES,
    NOW,
    OPERATOR,
    PEOPLE,
    a_turn,
    an_order,
    filling,
    roster,
    task,
)


def told(turn: Turn) -> list[tuple[str, str]]:
    return [(o.key, o.to) for o in turn.speech.out if isinstance(o, Message)]


def opening(people: Roster | None = None) -> Turn:
    """The head's validation opens by the coordinator's act."""
    turn = a_turn(COORDINATOR, an_order(), people=people)
    open_tugas(turn, turn.sop.act("7"), "DAL")
    conclude(turn)
    return turn


def test_what_was_opened_rings_at_its_holder_and_the_board_is_due() -> None:
    turn = opening()

    (message,) = (o for o in turn.speech.out if isinstance(o, Message))
    assert (message.to, message.is_ring, message.about) == (f"p{HEAD}", True, "7-1")
    assert [o for o in turn.speech.out if isinstance(o, BoardDue)] == [BoardDue(7)]


def test_a_post_that_nobody_fills_is_told_to_the_admin() -> None:
    people = Roster(
        PEOPLE, tuple(p for p in roster().penugasan if p.person_id in (KASUBAG, ADMIN))
    )

    assert told(opening(people)) == [("kosong_jabatan", f"p{ADMIN}")]


def test_who_wrote_an_act_down_is_named() -> None:
    turn = a_turn(HEAD, an_order())

    assert recorder_name(turn, filling(recorded_by=OPERATOR)) == NAMES[OPERATOR]
    assert recorder_name(turn, filling()) == ""


def test_time_is_asked_for_where_a_clock_runs_and_somebody_stands_above() -> None:
    order = an_order(
        filling(), task("8t", "kasubag_perencanaan", "DAL"), task("1", "kepala_dinas", due_at=NOW)
    )
    turn = a_turn(FILLER, order)

    def keys(number: int, shown: Person) -> list[str]:
        tugas = order.tugas[number]
        card = turn.kinds[turn.act(tugas).kind].card(turn, tugas, shown)._replace(rows=(), slot="")
        return [button.key for row in plea_rows(turn, tugas, card) for button in row]

    assert keys(0, turn.person) == ["saya_terkendala", "minta_perpanjangan"]
    assert keys(1, turn.person) == []
    resting = both_pleas(filling(blocked_at=NOW))
    assert [b.key for row in resting for b in row] == ["kendala_selesai"]
    stated = both_pleas(filling(hindrance="Listrik padam"))
    assert [b.key for row in stated for b in row] == ["kendala_selesai", "minta_perpanjangan"]

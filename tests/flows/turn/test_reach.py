"""Of a holder whom Telegram does not reach his superior and the admin hear."""

from dataclasses import replace

from flows.model.messages import Message
from flows.model.view import Heads
from flows.office.people import Roster
from flows.turn import cards, reach
from flows.turn.transitions import open_tugas
from flows.turn.turn import Turn
from tests.flows.small_office import (
    ADMIN,
    COORDINATOR,
    FILLER,
    HEAD,
    PEOPLE,
    SEKRETARIS,
    a_turn,
    an_order,
    filling,
    head_of,
    roster,
)


def away(person_id: int) -> Roster:
    people = tuple(replace(p, is_reachable=p.id != person_id) for p in PEOPLE)
    return Roster(people, roster().penugasan)


def readers(turn: Turn) -> list[str]:
    out = (o for o in turn.speech.out if isinstance(o, Message))
    return [message.to for message in out if message.key == "tak_terjangkau"]


def test_when_his_task_opens() -> None:
    turn = a_turn(COORDINATOR, an_order(), people=away(HEAD))
    open_tugas(turn, turn.sop.act("7"), "DAL")
    cards.conclude(turn)
    reach.conclude(turn)

    assert readers(turn) == [f"p{SEKRETARIS}", f"p{ADMIN}"]


def test_when_anything_is_said_to_him_about_it() -> None:
    order = an_order(filling())
    turn = a_turn(HEAD, order, people=away(FILLER))
    for person in PEOPLE:
        turn.speech.tell(person, "diingatkan", {}, about=order.tugas[0].ref)
    reach.conclude(turn)

    assert readers(turn) == [f"p{HEAD}", f"p{ADMIN}"], "once, of the holder alone"


def test_when_he_is_lost_with_tasks_open() -> None:
    order = an_order(filling(), filling())
    turn = a_turn(FILLER, todo=order.tugas, heads=Heads((head_of(order),)))
    reach.tell_of(turn, turn.person)

    assert readers(turn) == [f"p{HEAD}", f"p{ADMIN}"], "once a perintah"

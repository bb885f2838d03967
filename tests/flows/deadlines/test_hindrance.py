"""What stands in the way: the clock rests only where the superior agrees."""

from collections.abc import Mapping
from typing import Any

import pytest

from flows.deadlines.hindrance import HINDERED, agree, begin, end, go_on
from flows.dialogs.dialog import new_draft
from flows.model.changes import Decision
from flows.model.messages import Message
from flows.model.perintah import Tugas
from flows.turn.turn import Turn
from tests.flows.small_office import COLLEAGUE, FILLER, HEAD, a_turn, an_order, filling
from tests.kantor import wita

SINCE = wita(24, "09.00")
ASKED: Mapping[str, Any] = {"jenis": "kendala", "saat": SINCE.isoformat(), "oleh": FILLER}


def at(clock: str, actor: int, **changes: Any) -> tuple[Turn, Tugas]:
    perintah = an_order(filling(**changes))
    return a_turn(actor, perintah, now=wita(24, clock)), perintah.tugas[0]


def is_refused(decision: Decision | None) -> bool:
    return decision is not None and decision.is_refused


def test_the_clock_rests_since_the_hindrance_was_told() -> None:
    turn, tugas = at("10.00", HEAD, hindrance="Listrik padam", wish=ASKED)

    assert agree(turn, tugas) is None
    resting = turn.perintah.tugas[0]
    assert (resting.blocked_at, resting.due_at, dict(resting.wish)) == (SINCE, None, {})
    assert resting.hindrance == "Listrik padam"


def test_without_the_pause_the_limit_stays() -> None:
    turn, tugas = at("10.00", HEAD, hindrance="Listrik padam", wish=ASKED)

    assert go_on(turn, tugas) is None
    running = turn.perintah.tugas[0]
    assert (running.blocked_at, running.due_at, dict(running.wish)) == (None, tugas.due_at, {})


def test_the_end_moves_the_limit_by_the_time_that_rested() -> None:
    turn, tugas = at("13.30", FILLER, hindrance="Listrik padam", blocked_at=SINCE, due_at=None)

    assert end(turn, tugas) is None
    running = turn.perintah.tugas[0]
    assert running.due_at == wita(25, "12.00"), "08.30 and 09.00-12.00, 13.00-13.30"
    assert (running.blocked_at, running.hindrance) == (None, "")
    assert [(e.name, e.data) for e in turn.events] == [("HindranceEnded", {"minutes": 210})]


@pytest.mark.parametrize("act", [agree, go_on])
def test_only_a_superior_decides_and_only_what_is_asked(act: Any) -> None:
    assert is_refused(act(*at("10.00", FILLER, wish=ASKED)))
    assert is_refused(act(*at("10.00", HEAD)))
    assert is_refused(act(*at("10.00", HEAD, wish={"jenis": "perpanjangan"})))
    assert is_refused(act(*at("10.00", HEAD, wish=ASKED, state="selesai")))


def test_only_the_holder_states_and_ends_his_hindrance() -> None:
    assert begin(*at("10.00", FILLER)) is None
    assert is_refused(begin(*at("10.00", COLLEAGUE)))
    assert is_refused(begin(*at("10.00", FILLER, wish=ASKED)))
    assert is_refused(begin(*at("10.00", FILLER, blocked_at=SINCE)))
    assert is_refused(end(*at("10.00", COLLEAGUE, hindrance="Listrik padam")))
    assert is_refused(end(*at("10.00", FILLER)))


def test_a_statement_about_a_task_that_has_ended_ends_its_dialog() -> None:
    turn, tugas = at("10.00", FILLER, state="selesai")
    asked = new_draft(turn, HINDERED, tugas.ref, {"sebab": "Listrik padam sejak pagi"})

    refused = HINDERED.finish(turn, asked)

    assert refused is not None
    assert [message.key for message in refused.out if isinstance(message, Message)] == [
        "tugas_berubah"
    ]
    assert (refused.is_refused, refused.has_draft, refused.draft) == (True, True, None)

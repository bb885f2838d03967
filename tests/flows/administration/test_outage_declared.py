"""Nyatakan gangguan: a past time in which the system could not be used."""

from typing import Any

import pytest

from flows.administration.outage_declared import DECLARING, begin
from flows.model.conversation import Draft
from flows.model.view import Downtime
from flows.turn.turn import Turn
from tests.flows.small_office import ADMIN, HEAD, NOW, a_turn
from tests.kantor import wita

NOON = wita(24, "12.00")
BEGIN, END = wita(24, "09.00"), wita(24, "10.00")


def declare(
    actor: int = ADMIN, first: Any = BEGIN, end: Any = END, **view: Any
) -> tuple[Turn, bool]:
    turn = a_turn(actor, now=NOON, **view)
    answers = {"mulai": first.isoformat(), "selesai": end.isoformat(), "alasan": "Listrik padam"}
    return turn, DECLARING.finish(turn, Draft(actor, "gangguan", "", "s", NOW, answers)) is None


def test_the_time_is_kept_with_who_said_so() -> None:
    turn, is_kept = declare()

    assert is_kept
    assert turn.changes == [Downtime(BEGIN, END, "Listrik padam", ADMIN)]
    assert [(e.name, e.data["minutes"]) for e in turn.events] == [("OutageDeclared", 60)]


@pytest.mark.parametrize(
    "refused",
    [
        {"first": wita(23, "17.00"), "end": wita(23, "18.00")},
        {"downtimes": (Downtime(wita(24, "09.30"), wita(24, "11.00")),)},
    ],
)
def test_out_of_hours_or_told_before_nothing_is_kept(refused: dict[str, Any]) -> None:
    turn, is_kept = declare(**refused)

    assert not is_kept
    assert turn.changes == []


def test_only_the_admin_declares() -> None:
    assert DECLARING.needs == "gangguan"
    assert begin(a_turn(ADMIN), "") is None
    refused = begin(a_turn(HEAD), "")
    assert refused is not None
    assert refused.is_refused


@pytest.mark.parametrize(
    ("text", "is_read"),
    [("24-11-2026 10.00", True), ("24-11-2026 12.01", False), ("24-11-2026 09.00", False)],
)
def test_it_ends_after_its_begin_and_not_in_the_future(text: str, is_read: bool) -> None:
    question = DECLARING.questions["selesai"](
        a_turn(ADMIN, now=NOON), {"mulai": BEGIN.isoformat()}
    )

    assert question is not None
    assert question.parse is not None
    assert (question.parse(text) is not None) is is_read

"""A concept of an order: taken up it is begun, refused its drafter hears of it."""

from collections.abc import Mapping
from typing import Any

import pytest

from flows.model.changes import Settle
from flows.model.messages import Message
from flows.model.view import Permohonan
from flows.orders.concepts import settle, use
from tests.flows.small_office import (
    HEAD,
    KADIS,
    KASUBAG,
    NAMES,
    NOW,
    OPERATOR,
    SEKRETARIS,
    a_turn,
)

CONCEPT = Permohonan(4, "konsep", KASUBAG, {"sop": "PENGUMPULAN"}, NOW)


def settled(verb: str, *, may_issue: bool = True, concept: Permohonan = CONCEPT) -> Any:
    """The turn, its refusal and what was begun."""
    turn = a_turn(KADIS, permohonan=concept)
    begun: list[Mapping[str, Any]] = []
    return turn, settle(turn, verb, may_issue, begun.append), begun


def test_who_may_draft() -> None:
    assert [n for n in NAMES if a_turn(n).authority.may("konsep")] == [
        SEKRETARIS,
        KASUBAG,
        OPERATOR,
    ]
    assert not a_turn(HEAD).authority.may("konsep")


def test_a_concept_taken_up_is_begun_as_it_was_left() -> None:
    turn, refused, begun = settled("setuju")

    assert refused is None
    assert begun == [{"sop": "PENGUMPULAN", "konsep": 4}]
    assert turn.changes == [], "not before its order is issued"
    use(turn)
    assert turn.changes == [Settle(4, "dipakai")]


def test_a_concept_refused_is_told_to_its_drafter() -> None:
    turn, _, begun = settled("tampik")

    assert begun == []
    assert turn.changes == [Settle(4, "ditolak")]
    assert [o.to for o in turn.speech.out if isinstance(o, Message)] == [
        f"p{KASUBAG}",
        f"p{KADIS}",
    ]


@pytest.mark.parametrize(
    ("verb", "may_issue", "concept"),
    [
        ("setuju", False, CONCEPT),
        ("tampik", False, CONCEPT),
        ("hapus", True, CONCEPT),
        ("setuju", True, Permohonan(4, "lain", KASUBAG, {}, NOW)),
        ("setuju", True, Permohonan(4, "konsep", KASUBAG, {}, NOW, "dipakai")),
    ],
)
def test_nothing_is_settled_twice_or_by_another(
    verb: str, may_issue: bool, concept: Permohonan
) -> None:
    turn, refused, begun = settled(verb, may_issue=may_issue, concept=concept)

    assert refused is not None
    assert refused.is_refused
    assert (turn.changes, begun) == ([], [])

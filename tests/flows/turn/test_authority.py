"""Who may act, in which post and by which right."""

from datetime import date
from typing import Any

from flows.office.people import Person, Post
from flows.turn.authority import Authority
from tests.flows.small_office import (
    ADMIN,
    COLLEAGUE,
    COORDINATOR,
    FILLER,
    HEAD,
    KADIS,
    OTHER_HEAD,
    SEKRETARIS,
    a_turn,
    acting,
    an_order,
    filling,
    roster,
    task,
)

PLH = acting(SEKRETARIS, "kepala_dinas", None, "Plh", mulai=date(2026, 11, 23))
ORDER = an_order(
    filling(), task("6", "koordinator_data", "DAL"), task("7", "kepala_unit", "SEK")
)  # fmt: skip


def ids(found: tuple[Person, ...]) -> list[int]:
    return [person.id for person in found]


def of(person_id: int | None, **view: Any) -> Authority:
    return a_turn(person_id, ORDER, **view).authority


def test_a_part_is_its_pelaksanas_and_a_post_is_whoever_holds_it() -> None:
    part, recap, head_of_sek = ORDER.tugas

    assert ids(of(None).holders(part)) == [FILLER]
    assert ids(of(None).holders(recap)) == [COORDINATOR]
    assert ids(of(None).holders(head_of_sek)) == [SEKRETARIS], "SEK is headed by the Sekretaris"


def test_an_empty_post_falls_to_the_pelaksana_and_then_to_the_head() -> None:
    recap = ORDER.tugas[1]

    assert FILLER in ids(of(None, people=roster(without=COORDINATOR)).holders(recap))


def test_only_the_holder_acts_and_a_stranger_never() -> None:
    part, recap, _ = ORDER.tugas
    turn = a_turn(COLLEAGUE, ORDER)

    assert a_turn(FILLER, ORDER).may_act(part)
    assert not turn.may_act(part)
    assert not a_turn(None, ORDER).may_act(part)
    assert not a_turn(OTHER_HEAD, ORDER).may_act(recap), "the head of another unit"
    assert a_turn(HEAD, ORDER).may_act(recap), "pengganti: [kepala_unit]"


def test_whoever_acts_for_a_post_takes_the_place_of_its_holder() -> None:
    people = roster(PLH)

    assert ids(of(None, people=people).post_holders("kepala_dinas")) == [SEKRETARIS]
    assert of(SEKRETARIS, people=people).holds("kepala_dinas", "admin")
    assert not of(KADIS, people=people).holds("kepala_dinas")


def test_a_mandate_a_n_leaves_the_post_with_its_holder() -> None:
    people = roster(acting(SEKRETARIS, "kepala_dinas", None, "a.n"))

    assert ids(of(None, people=people).post_holders("kepala_dinas")) == [KADIS, SEKRETARIS]


def test_a_post_of_a_unit_is_not_held_in_another() -> None:
    assert of(HEAD).holds("kepala_unit", unit="DAL")
    assert not of(HEAD).holds("kepala_unit", unit="PPR")
    assert not of(None).holds("kepala_unit", unit="DAL")


def test_the_right_an_act_is_done_by_is_named() -> None:
    signing = an_order(task("p3", "kepala_dinas")).tugas[0]

    assert of(KADIS).mandate(signing) == "definitif"
    assert of(SEKRETARIS, people=roster(PLH)).mandate(signing) == "Plh"
    assert of(None).mandate(signing) == "sistem"


def test_posts_of_a_person_hold_what_follows_from_them() -> None:
    assert Post("kepala_unit", "SEK") in of(None).posts_of(SEKRETARIS)
    assert of(None).posts_of(ADMIN) == (Post("admin", None),)
    assert of(None).posts_of(99) == ()

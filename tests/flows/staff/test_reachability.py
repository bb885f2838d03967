"""Whether a person or the group can still be reached."""

from dataclasses import replace
from datetime import date

from flows.model.changes import LoseGroup, SetReachable
from flows.model.messages import Message
from flows.model.view import Group
from flows.staff.registration import lost_key, record_reach
from tests.flows.small_office import ADMIN, FILLER, a_file, a_turn

PRIVATE = a_file().origin
GROUP = replace(PRIVATE, chat_id=-100, chat_kind="group")
OURS = Group(-100, None, "Grup kantor", can_pin=True)


def test_a_person_who_blocks_the_bot_is_out_of_reach_until_he_returns() -> None:
    for is_member, event in ((False, "PersonBlocked"), (True, "PersonReturned")):
        turn = a_turn(FILLER)
        record_reach(turn, PRIVATE, is_member)
        assert turn.changes == [SetReachable(FILLER, is_member)]
        assert [e.name for e in turn.events] == [event]


def test_a_lost_group_is_told_to_the_admin() -> None:
    turn = a_turn(None, group=OURS)
    record_reach(turn, GROUP, is_member=False)

    assert turn.changes == [LoseGroup(-100)]
    (told,) = (o for o in turn.speech.out if isinstance(o, Message))
    assert (told.key, told.to) == ("grup_lepas", f"p{ADMIN}")
    assert told.unique == lost_key(-100, date(2026, 11, 24)) == "grup_lepas:-100:2026-11-24"


def test_strangers_and_other_groups_change_nothing() -> None:
    for actor, origin, group, is_member in (
        (None, PRIVATE, None, False), (None, GROUP, None, False),
        (None, GROUP, OURS._replace(chat_id=-7), False), (None, GROUP, OURS, True),
    ):  # fmt: skip
        turn = a_turn(actor, group=group)
        record_reach(turn, origin, is_member)
        assert turn.changes == []

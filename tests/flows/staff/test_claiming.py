"""Registrations that wait for the admin."""

from dataclasses import replace

import pytest

from flows.model.changes import DropClaim
from flows.model.view import Invite
from flows.office.people import Roster
from flows.staff.registration import judge_claim, must_wait
from tests.flows.small_office import ADMIN, FILLER, HEAD, NOW, PEOPLE, a_turn, roster
from tests.kantor import wita

INVITE = Invite(3, FILLER, "Hadi Contoh", wita(30, "08.00"), None, 77, 78)
UNBOUND = Roster(
    tuple(replace(p, is_bound=p.id != FILLER) for p in PEOPLE), roster().penugasan
)  # fmt: skip


def test_a_second_account_waits_and_the_first_by_the_rule_of_the_office() -> None:
    assert must_wait(a_turn(None), INVITE)
    assert not must_wait(a_turn(None, people=UNBOUND), INVITE), "pendaftaran: langsung"
    assert not must_wait(a_turn(None), INVITE._replace(person_id=None))
    turn = a_turn(None, people=UNBOUND)
    office = turn.office.model_copy(update={"pendaftaran": "konfirmasi"})
    turn.view = turn.view._replace(setting=turn.view.setting._replace(office=office))
    assert must_wait(turn, INVITE)


@pytest.mark.parametrize(
    ("actor", "invite"),
    [
        (HEAD, INVITE),
        (ADMIN, None),
        (ADMIN, INVITE._replace(claimed_user=None)),
        (ADMIN, INVITE._replace(used_at=NOW)),
    ],
)
def test_only_an_admin_decides_and_only_once(actor: int, invite: Invite | None) -> None:
    turn = a_turn(actor, invite=invite)
    refused = judge_claim(turn, "setuju")

    assert refused is not None
    assert refused.is_refused
    assert turn.changes == []


def test_a_claim_refused_is_dropped() -> None:
    turn = a_turn(ADMIN, invite=INVITE)

    assert judge_claim(turn, "tampik") is None
    assert turn.changes == [DropClaim(3)]

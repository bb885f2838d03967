"""Is this paper ours, does it still hold, or was it changed outside?"""

from dataclasses import replace
from typing import Any

import pytest

from flows.enquiries.verification import answer, concerns
from flows.model.messages import Message
from flows.model.proof import Proof, SopApproval
from flows.office.period import Period
from tests.flows.small_office import FILLER, KADIS, NOW, OTHER_HEAD, a_file, a_turn

PROOF = Proof(
    7, 3, "007/2026", "PENGUMPULAN", 1, Period(2026, 3), "form", "DAL", 1, "ab12cd34" + "0" * 56,
    NOW, {"isi": {"tanda_tangan": {"nama": "Sari Contoh"}}}, True, False, 1,
)  # fmt: skip


def told(actor: int | None, proof: Proof | None, **view: Any) -> Message:
    turn = a_turn(actor, command=a_file(), proof=proof, **view)
    decision = answer(turn)
    out = decision.out if decision else turn.speech.out
    (message,) = (o for o in out if isinstance(o, Message))
    return message


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({}, "verifikasi_asli"),
        ({"is_superseded": True}, "verifikasi_digantikan"),
        ({"is_exact": False}, "verifikasi_diubah"),
        ({"is_exact": False, "is_superseded": True}, "verifikasi_diubah"),
    ],
)
def test_a_paper_holds_was_replaced_or_was_changed(changes: dict[str, Any], key: str) -> None:
    message = told(FILLER, PROOF._replace(**changes))

    assert (message.key, message.args["kode"]) == (key, "AB12-CD34")


def test_what_nobody_knows_is_said_to_be_unknown() -> None:
    assert told(FILLER, None).key == "verifikasi_tak_dikenal"


def test_differences_are_shown_to_whoever_may_see_the_figures() -> None:
    changed = PROOF._replace(is_exact=False)

    assert [f.kind for f in told(FILLER, changed).attachments] == ["beda"]
    assert [f.kind for f in told(KADIS, changed).attachments] == ["beda"]
    assert told(OTHER_HEAD, changed).attachments == ()
    assert told(None, changed).attachments == ()


def test_the_approval_of_an_sop_answers_for_its_paper() -> None:
    approval = SopApproval("PENGUMPULAN", 1, "ab12cd34" + "0" * 56, KADIS, "definitif", NOW)
    turn = a_turn(FILLER, command=replace(a_file(), claim="AB12-CD34"), approvals=(approval,))
    answer(turn)

    assert [o.key for o in turn.speech.out if isinstance(o, Message)] == ["verifikasi_sop"]


def test_a_strangers_file_concerns_us_only_where_it_is_ours() -> None:
    assert concerns(a_turn(None, command=a_file(), proof=PROOF))
    assert not concerns(a_turn(None, command=a_file()))
    assert not concerns(a_turn(FILLER, command=a_file(), proof=PROOF)), "he may be filling in"

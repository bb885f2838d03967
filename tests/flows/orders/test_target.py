"""The target of an order: usual, offered, passed."""

from datetime import datetime, timedelta

from flows.model.conversation import Draft
from flows.orders.target import ask_target, passed_target, usual_target
from tests.flows.small_office import KADIS, NOW, a_turn
from tests.kantor import wita

ANSWERS = {"sop": "PENGUMPULAN", "periode": "2026-TW3"}


def asked_at(moment: datetime, **answers: object) -> Draft:
    return Draft(KADIS, "perintah", "", "", moment, {**ANSWERS, **answers})


def test_a_target_typed_counts_as_passed_from_its_moment_on() -> None:
    turn = a_turn(KADIS)
    ahead, now = (NOW + timedelta(minutes=1)).isoformat(), NOW.isoformat()

    assert passed_target(turn, asked_at(NOW, tenggat=ahead)) is None
    assert passed_target(turn, asked_at(NOW, tenggat=now)) == NOW
    assert passed_target(turn, asked_at(NOW)) is None


def test_the_usual_target_is_ahead_however_old_the_question() -> None:
    turn = a_turn(KADIS)
    turn.set_draft(asked_at(NOW - timedelta(days=30)))

    assert usual_target(turn, ANSWERS) > NOW


def test_shorter_targets_stand_behind_those_of_the_former_version() -> None:
    question = ask_target(a_turn(KADIS), ANSWERS)

    assert question is not None
    keys = [choice.key for choice in question.choices]
    assert keys == ["tenggat_baku", *["tenggat_hari"] * 3, *["tenggat_lebih_cepat"] * 2]
    assert question.choices[-1].value < question.choices[0].value
    assert question.choices[-1].value > wita(24, "16.00").isoformat()

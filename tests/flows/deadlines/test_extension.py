"""More time as it is typed, and who is granted it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.deadlines.extension import (
    DENYING,
    EXTENDING,
    GRANTING,
    change_wish,
    day_minutes,
    deny_wish,
    grant_wish,
    read_added,
)
from flows.dialogs.question import Dialog
from flows.model.conversation import Draft
from flows.model.perintah import Tugas
from flows.turn.turn import Turn
from tests.flows.small_office import FILLER, HEAD, NOW, a_turn, an_order, filling
from tests.kantor import wita


def at(clock: str, day: int = 24, actor: int = FILLER, **changes: object) -> tuple[Turn, Tugas]:
    perintah = an_order(filling(**changes))
    turn = a_turn(actor, perintah, now=wita(day, clock), tugas=perintah.tugas[0])
    return turn, perintah.tugas[0]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90 menit", 90),
        ("90", 90),
        ("2 jam", 120),
        ("1 hari", 450),
        ("minta 3 HARI lagi", 1350),
        ("25-11-2026 10.00", 90),
        ("besok 10.00", 90),
        ("25-11-2026 08.30", None),
        ("25-11-2026 08.00", None),
        ("26-11-2020 10.00", None),
        ("0 menit", None),
        ("21 hari", None),
        ("1,5 jam", 90),
        ("1 jam 15 menit", 75),
        ("1 hari 2 jam", 570),
        ("setengah hari", 225),
        ("sejam", 60),
        ("26-11", 840),
        ("15 menit 1 jam", None),
        ("60 menit atau 90 menit", None),
        ("2-3 hari", None),
        ("1 jam 15", None),
        ("jam 25", None),
        ("30 Februari", None),
        ("secepatnya", None),
    ],
)
def test_a_span_or_a_moment_is_the_minutes_granted(text: str, minutes: int | None) -> None:
    """The limit is tomorrow at 08.30; a day of the office has 450 minutes, 20 days at most."""
    assert read_added(*at("08.00"), text) == minutes


def test_a_late_tugas_has_its_time_from_now_on() -> None:
    """An hour late: a grant of 30 minutes ends half an hour from now."""
    assert read_added(*at("09.30", day=25), "30 menit") == 90
    assert read_added(*at("09.30", day=25), "25-11-2026 10.00") == 90
    assert read_added(*at("09.30", day=25), "25-11-2026 09.00") is None


@given(st.integers(1, 9999))
def test_no_grant_is_beyond_twenty_days_of_the_office(number: int) -> None:
    assert read_added(*at("08.00"), f"{number} menit") == (number if number <= 9000 else None)


def test_a_day_is_that_of_the_office() -> None:
    assert day_minutes(a_turn(now=NOW)) == 450
    assert day_minutes(a_turn(now=wita(28, "10.00"))) == 450, "a Saturday: Monday's"
    assert day_minutes(a_turn(now=wita(27, "08.00"))) == 450, "a Friday"


WISH = {"jenis": "perpanjangan", "menit": 60, "batas": wita(25, "09.30").isoformat()}


def test_the_superior_grants_what_was_wished() -> None:
    turn, tugas = at("08.00", actor=HEAD, wish=WISH)

    assert grant_wish(turn, tugas) is None
    granted = turn.perintah.tugas[0]
    assert (granted.due_at, granted.minutes, dict(granted.wish)) == (wita(25, "09.30"), 540, {})
    assert [(e.name, e.data["outcome"]) for e in turn.events] == [("ExtensionJudged", "disetujui")]


def test_nobody_else_decides_and_nothing_is_decided_twice() -> None:
    turn, tugas = at("08.00", wish=WISH)
    for decide in (grant_wish, change_wish, deny_wish):
        decision = decide(turn, tugas)
        assert decision is not None
        assert decision.is_refused
    assert turn.perintah.tugas == (tugas,)

    turn, tugas = at("08.00", actor=HEAD)
    for decide in (grant_wish, deny_wish):
        decision = decide(turn, tugas)
        assert decision is not None
        assert decision.is_refused


def test_a_wish_whose_moment_has_passed_is_asked_for_anew() -> None:
    turn, tugas = at("10.00", day=25, actor=HEAD, wish=WISH)

    assert grant_wish(turn, tugas) is None
    assert turn.perintah.tugas == (tugas,), "no limit in the past is granted"
    assert turn.draft is not None
    assert turn.draft.answers["_usang"] == "2026-11-25T01:30:00+00:00"


@pytest.mark.parametrize(
    ("dialog", "actor"), [(EXTENDING, FILLER), (GRANTING, HEAD), (DENYING, HEAD)]
)
def test_about_a_task_that_has_ended_the_dialog_ends(dialog: Dialog, actor: int) -> None:
    turn, tugas = at("08.00", actor=actor, wish=WISH, state="selesai")
    answers = {"menit": 60, "alasan": "Data KUA belum masuk"}

    refused = dialog.finish(turn, Draft(actor, dialog.name, tugas.ref, "", NOW, answers))

    assert refused is not None
    assert (refused.is_refused, refused.has_draft, refused.draft) == (True, True, None)

"""What a superior can do about a delay."""

from flows.deadlines.escalation import HANDING, hand_over, may_remind_all, remind_all, remind_one
from flows.model.changes import Decision
from flows.model.conversation import Draft
from flows.model.messages import Message
from flows.model.perintah import Bagian
from flows.turn.turn import Turn
from tests.flows.sample import isian_of
from tests.flows.small_office import (
    COLLEAGUE,
    FILLER,
    HEAD,
    KADIS,
    KASUBAG,
    NAMES,
    NOW,
    OTHER_HEAD,
    SEKRETARIS,
    a_turn,
    an_order,
    filling,
    task,
)
from tests.kantor import wita

ROWS = tuple(row for row in isian_of("DAL") if row.kode == "DAL-04")
ORDER = an_order(
    filling(codes=("DAL-04", "DAL-05")), task("7", "kepala_unit", "PPR"),
    bagian=(
        Bagian("DAL", FILLER, ("DAL-04", "DAL-05"), ROWS), Bagian("DAL", COLLEAGUE, ("DAL-06",)),
    ),
)  # fmt: skip
PART, OF_PPR = ORDER.tugas


def at(actor: int, clock: str = "09.00") -> Turn:
    return a_turn(actor, ORDER, now=wita(24, clock), tugas=PART)


def is_refused(decision: Decision | None) -> bool:
    return decision is not None and decision.is_refused


def reminded(turn: Turn) -> list[str]:
    return [o.to for o in turn.speech.out if isinstance(o, Message) and o.key == "diingatkan"]


def test_a_superior_reminds_whom_it_concerns() -> None:
    turn = at(HEAD)
    assert remind_one(turn, PART) is None
    assert reminded(turn) == [f"p{FILLER}"]
    for actor, tugas in ((COLLEAGUE, PART), (OTHER_HEAD, PART), (HEAD, OF_PPR)):
        assert is_refused(remind_one(at(actor), tugas))
    assert is_refused(remind_one(at(HEAD), PART._replace(state="selesai")))


def test_once_a_half_day_whoever_presses_how_often() -> None:
    def key(clock: str) -> str:
        turn = at(HEAD, clock)
        remind_one(turn, PART)
        return next(o.unique for o in turn.speech.out if isinstance(o, Message))

    assert key("08.00") == key("11.59")
    assert key("12.00") == key("15.59")
    assert key("11.59") != key("12.00")


def test_all_that_are_below_are_reminded_and_never_oneself() -> None:
    for actor, expected in (
        (HEAD, [FILLER]), (OTHER_HEAD, []), (SEKRETARIS, [FILLER, OTHER_HEAD]),
        (KADIS, [FILLER, OTHER_HEAD]), (KASUBAG, [FILLER, OTHER_HEAD]), (COLLEAGUE, []),
    ):  # fmt: skip
        turn = at(actor)
        assert may_remind_all(turn) is bool(expected), NAMES[actor]
        assert is_refused(remind_all(turn)) is not bool(expected)
        assert reminded(turn) == [f"p{person}" for person in expected]


def test_a_part_goes_to_a_colleague_with_its_rows_and_its_clock() -> None:
    turn = at(HEAD)
    draft = Draft(HEAD, "alihkan", PART.ref, "s", NOW, {"orang": COLLEAGUE})

    assert HANDING.finish(turn, draft) is None
    former, _, moved = turn.perintah.tugas
    assert (former.state, former.outcome) == ("batal", "dialihkan")
    assert (moved.person_id, moved.act, moved.due_at) == (COLLEAGUE, "5", PART.due_at)
    part = turn.perintah.part("DAL", COLLEAGUE)
    assert part is not None
    assert (part.codes, part.rows) == (("DAL-06", "DAL-04", "DAL-05"), ROWS)
    assert turn.perintah.part("DAL", FILLER) is None


def test_only_a_part_is_handed_over_and_only_by_a_superior() -> None:
    assert hand_over(at(HEAD), PART) is None
    assert is_refused(hand_over(at(FILLER), PART))
    assert is_refused(hand_over(at(SEKRETARIS), OF_PPR)), "a post changes hands by /pejabat"
    assert is_refused(hand_over(at(HEAD), PART._replace(state="selesai")))


def test_handing_over_a_task_that_has_ended_ends_its_dialog() -> None:
    ended = PART._replace(state="selesai")
    turn = a_turn(HEAD, ORDER, now=wita(24, "09.00"), tugas=ended)
    asked = Draft(HEAD, HANDING.name, PART.ref, "", NOW, {"orang": COLLEAGUE})

    refused = HANDING.finish(turn, asked)

    assert refused is not None
    assert (refused.is_refused, refused.has_draft, refused.draft) == (True, True, None)

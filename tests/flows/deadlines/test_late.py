"""What a superior is told of late tugas: alone or together, and until when."""

from flows.deadlines.late import FIRST, follow, tell_superiors, told_of
from flows.model.messages import Message
from flows.model.perintah import Perintah
from tests.flows.small_office import SEKRETARIS, a_slot, a_turn, an_order, task
from tests.kantor import wita

DUE = {"minutes": 60, "clock_from": wita(24, "08.00"), "due_at": wita(24, "09.00")}
LATE = {**DUE, "reminded": ("habis", FIRST)}
DAL = task("4", "kepala_unit", "DAL", **LATE)
PPR = task("4", "kepala_unit", "PPR", **LATE)
ORDER = an_order(DAL, PPR)


def said(order: Perintah) -> list[tuple[str, str, bool]]:
    turn = a_turn(None, order, now=wita(24, "10.00"))
    tell_superiors(turn, [(t, FIRST) for t in turn.perintah.tugas])
    return [(o.key, o.to, o.is_ring) for o in turn.speech.out if isinstance(o, Message)]


def test_one_late_tugas_is_told_alone_and_several_of_a_step_together() -> None:
    to = f"p{SEKRETARIS}"
    assert said(an_order(DAL)) == [("eskalasi", to, True)]
    assert said(ORDER) == [("eskalasi_bersama", to, True)]
    other_step = an_order(DAL, task("7", "kepala_unit", "PPR", **LATE))
    assert said(other_step) == [("eskalasi", to, True)] * 2


def test_only_what_is_late_and_was_told_counts() -> None:
    turn = a_turn(None, ORDER, now=wita(24, "10.00"))
    second = turn.perintah.tugas[1]
    assert [t.unit for t, _ in told_of(turn, ORDER, "4", SEKRETARIS)] == ["DAL", "PPR"]
    for change in ({"state": "selesai"}, {"reminded": ("habis",)}, {"due_at": wita(24, "11.00")}):
        less = ORDER.with_tugas(second._replace(**change))
        assert [t.unit for t, _ in told_of(turn, less, "4", SEKRETARIS)] == ["DAL"]
    assert told_of(turn, ORDER, "7", SEKRETARIS) == ()


def test_the_message_follows_what_is_left() -> None:
    slot = a_slot(f"ingat:p7:4:x:p{SEKRETARIS}", SEKRETARIS, about="p7")
    turn = a_turn(None, ORDER, now=wita(24, "10.00"), slots=(slot,))
    for tugas, left in zip(ORDER.tugas, ("eskalasi_bersama", "eskalasi_berakhir"), strict=True):
        turn.perintah = turn.perintah.with_tugas(tugas._replace(state="selesai"))
        follow(turn)
        [message] = [o for o in turn.speech.out if isinstance(o, Message)]
        assert (message.key, message.slot) == (left, slot.name)
        turn.speech.out.clear()

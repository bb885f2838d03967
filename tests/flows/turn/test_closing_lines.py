"""Lines on messages of tugas that were held."""

from flows.model.messages import ClosingLine
from flows.turn.closing_lines import HELD, replace
from flows.turn.transitions import hold, supersede
from tests.flows.small_office import HEAD, SEKRETARIS, a_turn, an_order, task

ORDER = an_order(task("3t", "kepala_unit", "DAL"), sop="PERBAIKAN")


def lines(turn: object) -> list[ClosingLine]:
    return [o for o in turn.speech.out if isinstance(o, ClosingLine)]  # type: ignore[attr-defined]


def test_what_is_held_no_longer_says_so() -> None:
    held = ORDER.with_tugas(hold(ORDER.tugas[0], outcome="disanggah", finished_by=HEAD))
    turn = a_turn(SEKRETARIS, held)
    supersede(turn, held.tugas[0])
    replace(turn)

    (line,) = lines(turn)
    assert (line.about, line.former, line.args["hasil"]) == ("7-1", (HELD,), "_ulang")


def test_an_answer_taken_back_is_waited_for_again() -> None:
    turn = a_turn(SEKRETARIS, ORDER)
    turn.perintah = turn.perintah.with_tugas(hold(ORDER.tugas[0], outcome="disanggah"))
    replace(turn)

    (line,) = lines(turn)
    assert HELD not in line.former
    assert line.args["hasil"] == HELD


def test_an_undone_verification_asks_for_the_line_before_it() -> None:
    reporting = task("1", "kepala_dinas", state="selesai", outcome="diterbitkan")
    verifying = task("2", "sekretaris")
    done = verifying._replace(state="selesai", outcome="diverifikasi")
    turn = a_turn(SEKRETARIS, an_order(reporting, done, sop="PERBAIKAN"))
    turn.perintah = turn.perintah.with_tugas(verifying._replace(seq=2))
    replace(turn)

    (line,) = lines(turn)
    assert (line.former, line.is_undone) == (("temuan_diverifikasi",), True)
    assert line.args["hasil"] == "diterbitkan"


def test_what_stays_as_it_was_says_nothing() -> None:
    turn = a_turn(SEKRETARIS, ORDER)
    replace(turn)

    assert lines(turn) == []

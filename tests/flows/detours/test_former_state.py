"""What an act has changed besides its own tugas, kept and set up again."""

import json

from flows.detours.undo import former, restored
from tests.flows.small_office import HEAD, NOW, an_order, finding, task
from tests.kantor import wita

DONE = {"state": "selesai", "finished_at": NOW, "finished_by": HEAD, "outcome": "disetujui"}


def test_an_act_that_changes_nothing_else_keeps_nothing() -> None:
    before = an_order(task("7", "kepala_unit", "DAL"))
    after = before.with_tugas(before.tugas[0]._replace(state="selesai"))

    assert former(before, after, seq=1) == {}


def test_a_superseded_tugas_stands_again_as_it_ended() -> None:
    before = an_order(
        task("6", "koordinator_data", "DAL", **DONE), task("7", "kepala_unit", "DAL")
    )
    superseded = before.tugas[0]._replace(state="ulang", outcome="", finished_by=None, revision=3)
    after = before.with_tugas(superseded)

    kept = json.loads(json.dumps(former(before, after, seq=2)))
    again = restored(after, kept, wita(24, "08.03"), "DAL").tugas[0]

    assert again == before.tugas[0]._replace(revision=4)


def test_an_open_tugas_is_looked_at_again_at_its_limit_or_at_once() -> None:
    due, now = wita(24, "10.00"), wita(24, "08.03")
    timed = task("6", "koordinator_data", "DAL", due_at=due)
    before = an_order(timed, task("8t", "kasubag_perencanaan", "DAL"), task("9", "sekretaris"))
    after = before._replace(tugas=tuple(t._replace(state="batal") for t in before.tugas))

    kept = former(before, after, seq=3)
    first, second, third = restored(after, kept, now, None).tugas

    assert (first.state, first.next_at) == ("buka", due)
    assert (second.state, second.next_at) == ("buka", now)
    assert third.state == "batal", "the act's own tugas is set up by the undoing itself"


def test_findings_and_units_stand_again() -> None:
    told = finding("DAL-01", objection_files=("a" * 64,))
    before = an_order(task("3p", "sekretaris", "DAL"), temuan=(told,))
    dropped = told._replace(verdict="gugur", reason="Sudah benar")
    after = before.with_finding(dropped)._replace(units=("PPR",))

    kept = json.loads(json.dumps(former(before, after, seq=1)))
    again = restored(after, kept, NOW, "DAL")

    assert again.temuan == (told,)
    assert again.units == ("DAL", "PPR")


def test_an_act_of_a_unit_brings_back_no_other_that_has_left_since() -> None:
    before = an_order(task("3p", "sekretaris", "DAL"))
    kept = former(before, before._replace(units=("PPR",)), seq=1)
    since = before._replace(units=("SEK",))

    assert restored(since, kept, NOW, "DAL").units == ("DAL", "SEK")
    assert restored(since, kept, NOW, None).units == ("DAL", "PPR")

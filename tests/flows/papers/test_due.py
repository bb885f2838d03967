"""Papers due by the state: built again once what they are made from has changed."""

from dataclasses import replace

import pytest

from flows.model.perintah import Perintah
from flows.office.people import Roster
from flows.papers.due import issue_due
from flows.papers.unit_forms import issue_form
from flows.turn.turn import Turn
from tests.flows.papers.test_letters import ISSUED, PASSED, SPREAD, done
from tests.flows.small_office import (
    FILLER,
    HEAD,
    KADIS,
    KASUBAG,
    OTHER_HEAD,
    a_turn,
    an_order,
    filling,
    finding,
    roster,
)
from tests.kantor import wita

RECEIVED = done("4", "kepala_unit", HEAD, "11.00", "DAL", received_at=wita(24, "10.30"))


@pytest.fixture
def before() -> Turn:
    """After the order, its passing on and the sending out of both forms."""
    turn = a_turn(None, an_order(ISSUED, PASSED, SPREAD))
    for unit in ("DAL", "PPR"):
        issue_form(turn, unit)
    issue_due(turn)
    return turn


def filed(before: Turn, perintah: Perintah, people: Roster | None = None) -> list[str]:
    """What a further turn files that leaves the perintah so."""
    view = before.view._replace(perintah=before.perintah, roster=people or before.view.roster)
    turn = Turn(view, before.command, before.now, before.kinds)
    turn.perintah = perintah
    issue_due(turn)
    new = turn.perintah.dokumen[len(before.perintah.dokumen) :]
    return [f"{d.kind} {d.unit or ''} v{d.version}".replace("  ", " ") for d in new]


def with_tugas(turn: Turn, *tugas: object) -> Perintah:
    found = an_order(*turn.perintah.tugas, *tugas)  # type: ignore[arg-type]
    return turn.perintah._replace(tugas=found.tugas)


def test_each_paper_is_filed_once_it_is_due(before: Turn) -> None:
    kinds = [(d.kind, d.unit) for d in before.perintah.dokumen]
    assert kinds == [
        ("form", "DAL"), ("form", "PPR"),
        ("disposisi", None), ("pengantar", "DAL"), ("pengantar", "PPR"),
    ]  # fmt: skip


def test_an_act_of_which_no_paper_tells_files_none(before: Turn) -> None:
    assert filed(before, with_tugas(before, filling())) == []
    assert filed(before, before.perintah._replace(analysis="Baik.", round=2)) == []


def test_a_receipt_renews_the_letter_of_its_unit_alone(before: Turn) -> None:
    assert filed(before, with_tugas(before, RECEIVED)) == ["pengantar DAL v2"]
    other = RECEIVED._replace(unit="PPR", finished_by=OTHER_HEAD)
    assert filed(before, with_tugas(before, other)) == ["pengantar PPR v2"]


def test_what_the_perintah_itself_says_renews_the_papers_that_print_it(before: Turn) -> None:
    told = before.perintah._replace(arahan="Agar segera", temuan=(finding("DAL-01"),))
    assert filed(before, told) == ["disposisi v2"]
    later = before.perintah._replace(target_at=wita(30, "10.00"))
    assert filed(before, later) == ["disposisi v2", "pengantar DAL v2", "pengantar PPR v2"]


@pytest.mark.parametrize(
    ("person", "papers"),
    [
        (KADIS, ["disposisi v2"]),
        (KASUBAG, ["pengantar DAL v2", "pengantar PPR v2"]),
        (FILLER, []),
    ],
)
def test_another_name_renews_the_papers_that_print_it_at_the_next_act(
    before: Turn, person: int, papers: list[str]
) -> None:
    known = roster()
    people = tuple(replace(p, nama="Nama Baru") if p.id == person else p for p in known.people)
    changed = replace(known, people=people)
    assert filed(before, with_tugas(before, filling()), changed) == papers

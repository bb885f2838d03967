"""Who acted upon the rekap before, and under which other role."""

from typing import Any

from flows.papers.signatures import double_roles, paraf_lines, rekap_files
from tests.flows.small_office import (
    HEAD,
    KADIS,
    KASUBAG,
    NAMES,
    SEKRETARIS,
    a_paper,
    a_turn,
    an_order,
    task,
)
from tests.kantor import wita

DONE: dict[str, Any] = {"state": "selesai", "finished_at": wita(24, "09.00")}


def test_only_a_paraf_that_stands_is_told() -> None:
    first = task("p1", "kasubag_perencanaan", finished_by=KASUBAG, **DONE)
    order = an_order(first._replace(state="ulang"), first, task("p2", "sekretaris"))

    lines = paraf_lines(a_turn(None, order))
    assert [(line["nama"], line["peran"]) for line in lines] == [
        (NAMES[KASUBAG], "Kasubag Perencanaan dan Evaluasi")
    ]


def test_what_a_person_has_done_under_another_role_is_marked_once() -> None:
    validated = task(
        "7", "kepala_unit", "SEK", finished_by=SEKRETARIS, outcome="divalidasi", **DONE
    )
    turn = a_turn(None, an_order(validated, validated, task("p2", "sekretaris")))
    people = {n: turn.view.roster.person(n) for n in (SEKRETARIS, HEAD)}
    budi, anton = people[SEKRETARIS], people[HEAD]
    assert budi is not None
    assert anton is not None

    assert double_roles(turn, budi, "sekretaris") == [{"hasil": "divalidasi", "unit": "SEK"}]
    assert double_roles(turn, budi, "kepala_unit") == []
    assert double_roles(turn, anton, "sekretaris") == []


def test_the_rekap_goes_along_as_pdf_once_there_is_one() -> None:
    with_rekap = a_turn(None, an_order(dokumen=(a_paper("rekap", 1, 1),)))
    reader = with_rekap.view.roster.person(KADIS)
    assert reader is not None

    assert [(f.seq, f.format) for f in rekap_files(with_rekap, reader)] == [(1, "pdf")]
    assert rekap_files(a_turn(None, an_order()), reader) == ()

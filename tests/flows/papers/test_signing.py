"""Posts and titles in the words of the tata naskah."""

from datetime import date

import pytest

from flows.office.people import Post
from flows.papers.signing import day_in_words, post_of, signing_act, titles
from flows.turn.naming import full_title
from tests.flows.small_office import (
    HEAD,
    KADIS,
    SEKRETARIS,
    a_turn,
    acting,
    an_order,
    roster,
    task,
)

OFFICE = (
    "DINAS PENGENDALIAN PENDUDUK, KELUARGA BERENCANA, PEMBERDAYAAN PEREMPUAN DAN PERLINDUNGAN ANAK"
)
TURN = a_turn(None, an_order())


@pytest.mark.parametrize(
    ("role", "unit", "title"),
    [
        ("kepala_dinas", None, f"Kepala {OFFICE}"),
        ("sekretaris", None, "Sekretaris"),
        ("kepala_unit", "PPR", "Kepala Bidang Pemberdayaan Perempuan"),
        ("koordinator_data", "SEK", "Koordinator Data Sekretariat"),
    ],
)
def test_a_post_is_never_abbreviated(role: str, unit: str | None, title: str) -> None:
    assert full_title(TURN, Post(role, unit)) == title


def test_whoever_acts_writes_his_own_post_beneath() -> None:
    budi = TURN.view.roster.person(SEKRETARIS)

    assert titles(TURN, "kepala_dinas", None, "definitif", budi) == (f"KEPALA {OFFICE},",)
    assert titles(TURN, "kepala_dinas", None, "Plh", budi) == (
        f"Plh. KEPALA {OFFICE}", "SEKRETARIS,",
    )  # fmt: skip
    assert titles(TURN, "kepala_dinas", None, "a.n", None) == (f"a.n. KEPALA {OFFICE},",)


def test_a_person_is_known_by_his_post_in_the_unit_first() -> None:
    plt = acting(HEAD, "kepala_unit", "PPR", "Plt")
    turn = a_turn(None, an_order(), people=roster(plt))
    head = turn.view.roster.person(HEAD)
    assert head is not None

    assert post_of(turn, head) == "Kepala Bidang Pengendalian Penduduk"
    assert post_of(turn, head, "PPR") == "Plt. Pejabat sementara"


def test_only_a_signature_that_stands_counts() -> None:
    signed = task("p3", "kepala_dinas", state="selesai", finished_by=KADIS)
    void = signed._replace(state="ulang")

    assert signing_act(a_turn(None, an_order(void))) is None
    found = signing_act(a_turn(None, an_order(void, signed)))
    assert found is not None
    assert found.seq == 2


def test_a_day_is_written_in_words() -> None:
    assert day_in_words(date(2026, 8, 17)) == "17 Agustus 2026"

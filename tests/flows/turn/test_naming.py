"""Short names of steps, and titles of posts by the staff list."""

from dataclasses import replace

from flows.office.people import Penugasan, Post
from flows.turn.naming import (
    acting_title,
    full_title,
    held_title,
    post_args,
    post_title,
    step_args,
)
from tests.flows.small_office import (
    COLLEAGUE,
    FILLER,
    HEAD,
    OTHER_HEAD,
    SEKRETARIS,
    a_turn,
    an_order,
    roster,
    setting,
)
from tests.kantor import wita

DAL, PPR = Post("kepala_unit", "DAL"), Post("kepala_unit", "PPR")
TITLE = "Kepala Bidang Pengendalian Penduduk"


def test_a_step_is_named_by_the_act_and_told_as_its_holders_own() -> None:
    sop = setting().book.newest("PENGUMPULAN")

    assert step_args(sop, "2b") == {
        "langkah": 2,
        "singkat": "Siapkan format",
        "uraian": "membuat format permintaan data",
    }
    assert step_args(sop, "8t")["singkat"] == "Terima data"
    assert step_args(sop, "p1")["langkah"] is None
    assert step_args(sop, "p1")["singkat"] == "Paraf rekap"


def test_a_holder_bears_the_title_of_the_staff_list() -> None:
    turn = a_turn(HEAD, an_order())

    told = post_args(turn, DAL, turn.person)

    assert (told["jabatan"], told["jenis"], told["bernama"]) == (TITLE, "", False)
    assert post_title(turn, Post("kepala_unit", "SEK")) == "Sekretaris"
    filler = post_args(turn, Post("pelaksana", "DAL"), turn.view.roster.person(FILLER))
    assert (filler["jabatan"], filler["bernama"]) == ("Pengelola Data", True)


def test_whoever_acts_bears_the_title_of_the_post() -> None:
    given = Penugasan(91, SEKRETARIS, "kepala_unit", "DAL", TITLE, "Plt")
    turn = a_turn(SEKRETARIS, an_order(), people=roster(given, without=HEAD))

    told = post_args(turn, DAL, turn.person)

    assert (told["jabatan"], told["jenis"]) == (TITLE, "Plt")
    assert acting_title(turn, DAL, "Plt") == f"Plt. {TITLE}"


def test_the_bare_label_of_a_units_role_is_no_title() -> None:
    """Former versions gave a post by /pejabat under the label of the role."""
    bare = Penugasan(91, SEKRETARIS, "kepala_unit", "DAL", "Kepala Bidang", "Plh")
    turn = a_turn(SEKRETARIS, an_order(), people=roster(bare))

    assert post_title(turn, DAL, turn.person) == TITLE
    assert held_title(turn, bare) == TITLE
    assert held_title(turn, replace(bare, jabatan="Kepala Bidang Lain")) == "Kepala Bidang Lain"


def test_an_empty_post_keeps_the_title_of_its_last_holder() -> None:
    left = Penugasan(
        91, COLLEAGUE, "kepala_unit", "PPR", "Kepala Bidang PP", selesai=wita(20, "08.00").date()
    )
    turn = a_turn(HEAD, an_order(), people=roster(left, without=OTHER_HEAD))

    assert post_title(turn, PPR) == "Kepala Bidang PP"
    never = a_turn(HEAD, an_order(), people=roster(without=OTHER_HEAD))
    assert (
        post_title(never, PPR) == full_title(never, PPR) == "Kepala Bidang Pemberdayaan Perempuan"
    )


def test_a_post_that_several_hold_is_named_by_its_role() -> None:
    turn = a_turn(HEAD, an_order())

    assert post_title(turn, Post("pelaksana", "PPR")) == "Pelaksana Bidang Pemberdayaan Perempuan"

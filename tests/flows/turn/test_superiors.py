"""Who decides on what a holder asks."""

from flows.model.messages import Card, Message, Removal
from flows.model.perintah import Tugas
from flows.office.people import Person, Roster
from flows.turn.superiors import addressee, ask, close_requests, deciders, end_records, may_decide
from tests.flows.small_office import (
    COLLEAGUE,
    FILLER,
    HEAD,
    KADIS,
    KASUBAG,
    NAMES,
    OTHER_HEAD,
    SEKRETARIS,
    a_slot,
    a_turn,
    acting,
    an_order,
    filling,
    roster,
    task,
)
from tests.kantor import wita

ORDER = an_order(
    filling(), task("9", "kasubag_perencanaan"), task("p3", "kepala_dinas"),
    task("7", "kepala_unit", "SEK"),
)  # fmt: skip
PART, RECAP, SIGNATURE, HEAD_OF_SEK = ORDER.tugas
WITHIN, BEYOND = wita(30, "15.00"), wita(30, "16.01")


def asked(tugas: Tugas) -> list[int]:
    return [person.id for person in deciders(a_turn(None, ORDER), tugas)]


def test_the_first_superior_decides_and_nobody_at_the_top() -> None:
    assert asked(PART) == [HEAD]
    assert asked(RECAP) == [SEKRETARIS]
    assert asked(HEAD_OF_SEK) == [KADIS]
    assert asked(SIGNATURE) == []


def test_nobody_decides_on_his_own_request() -> None:
    both = roster(acting(FILLER, "kepala_unit", "DAL", "Plt"))

    assert [p.id for p in deciders(a_turn(None, ORDER, people=both), PART)] == [SEKRETARIS]


def test_an_empty_post_is_passed_over() -> None:
    turn = a_turn(None, ORDER, people=roster(without=HEAD))

    assert [p.id for p in deciders(turn, PART)] == [SEKRETARIS]


def test_beyond_the_limit_of_the_order_no_unit_decides() -> None:
    turn = a_turn(None, ORDER)

    assert [p.id for p in deciders(turn, PART, WITHIN)] == [HEAD]
    assert [p.id for p in deciders(turn, PART, BEYOND)] == [SEKRETARIS]


def test_who_may_decide() -> None:
    allowed = [person for person in NAMES if may_decide(a_turn(person, ORDER), PART)]
    beyond = [person for person in NAMES if may_decide(a_turn(person, ORDER), PART, BEYOND)]

    assert allowed == [KADIS, SEKRETARIS, HEAD]
    assert beyond == [KADIS, SEKRETARIS]
    assert not may_decide(a_turn(None, ORDER), PART)
    assert not may_decide(a_turn(COLLEAGUE, ORDER), RECAP)
    assert may_decide(a_turn(SEKRETARIS, ORDER), RECAP)


def test_a_request_rings_at_each_superior_and_names_him() -> None:
    turn = a_turn(FILLER, ORDER)
    people = deciders(turn, PART)

    ask(turn, PART, people, Card("mohon_perpanjangan", {"menit": 60}))

    (told,) = (o for o in turn.speech.out if isinstance(o, Message))
    assert (told.to, told.is_ring, told.about) == (f"p{HEAD}", True, "7-1")
    assert told.args["menit"] == 60
    assert told.args["yth"]["nama"] == NAMES[HEAD]


def test_every_request_that_still_stands_is_closed() -> None:
    slots = (
        a_slot("mohon:7-1:k:0:p4", HEAD), a_slot("mohon:7-1:k:0:p1", KADIS, is_live=False),
        a_slot("mohon:7-10:k:0:p5", OTHER_HEAD), a_slot("t7-1:p7", FILLER),
    )  # fmt: skip
    turn = a_turn(SEKRETARIS, ORDER, slots=slots)

    close_requests(turn, PART, "perpanjangan_diputus", {"hasil": "disetujui"})

    assert [(o.to, o.slot) for o in turn.speech.out if isinstance(o, Message)] == [
        (f"p{HEAD}", "mohon:7-1:k:0:p4")
    ]


def test_the_request_of_whoever_decides_elsewhere_goes() -> None:
    turn = a_turn(HEAD, ORDER, slots=(a_slot("mohon:7-1:k:0:p4", HEAD),))

    close_requests(turn, PART, "perpanjangan_diputus", {"hasil": "disetujui"})

    assert [type(o) for o in turn.speech.out] == [Removal]


def test_the_records_of_a_hindrance_lose_their_buttons() -> None:
    slots = (a_slot("catatan:7-1:u1:p7", FILLER), a_slot("catatan:7-10:u1:p7", FILLER))
    turn = a_turn(FILLER, ORDER, slots=slots)

    end_records(turn, PART)

    assert [(o.slot, o.is_whole) for o in turn.speech.out if isinstance(o, Removal)] == [
        ("catatan:7-1:u1:p7", False)
    ]


def test_an_official_is_addressed_by_his_highest_post() -> None:
    plh = roster(acting(SEKRETARIS, "kepala_dinas", None, "Plh"))
    behalf = roster(acting(KASUBAG, "kepala_dinas", None, "a.n"))

    def named(person_id: int, people: Roster) -> tuple[str, str]:
        turn = a_turn(person_id, ORDER, people=people)
        told = addressee(turn, turn.person)
        return told["peran"], told["jenis"]

    assert named(KADIS, roster()) == ("Kepala Dinas", "")
    assert named(SEKRETARIS, plh) == ("Kepala Dinas", "Plh")
    assert named(KASUBAG, behalf) == ("Kasubag Perencanaan dan Evaluasi", "")


def test_whoever_holds_no_post_is_addressed_by_name() -> None:
    turn = a_turn(KADIS, ORDER)
    stranger = Person(77, "Tamu Contoh", None, "")

    assert addressee(turn, stranger)["bernama"]
    assert addressee(turn, stranger)["peran"] == ""

"""Lanjut tanpa unit: who asks, who decides, what goes on."""

from flows.detours.skipping import SKIPPING, begin, may_ask, may_decide, missing_units
from flows.model.conversation import Draft
from flows.model.messages import Message
from flows.turn.turn import Turn
from tests.flows.small_office import (
    HEAD,
    KADIS,
    KASUBAG,
    NAMES,
    NOW,
    OTHER_HEAD,
    SEKRETARIS,
    a_turn,
    an_order,
    data_of,
    task,
)

ORDER = an_order(
    task("8t", "kasubag_perencanaan", "DAL", state="selesai", finished_at=NOW),
    task("7", "kepala_unit", "PPR"),
    data=(data_of("DAL"),),
)
ANSWERS = {"unit": "PPR", "alasan": "Kepala Bidang sedang cuti"}


def decide(turn: Turn, actor: int) -> bool:
    refused = SKIPPING.finish(turn, Draft(actor, "tanpa", "p7", "s", NOW, ANSWERS))
    return refused is None


def test_the_units_not_received_yet_are_missing() -> None:
    assert missing_units(a_turn(None, ORDER)) == ("PPR",)
    assert missing_units(a_turn(None, an_order())) == ("DAL", "PPR")


def test_who_asks_and_who_decides() -> None:
    asking = [person for person in NAMES if may_ask(a_turn(person, ORDER))]
    deciding = [person for person in NAMES if may_decide(a_turn(person, ORDER))]

    assert asking == [KADIS, SEKRETARIS, KASUBAG]
    assert deciding == [KADIS, SEKRETARIS]


def test_the_perintah_goes_on_without_the_unit() -> None:
    turn = a_turn(SEKRETARIS, ORDER)

    assert decide(turn, SEKRETARIS)
    assert turn.perintah.skipped == {"PPR": "Kepala Bidang sedang cuti"}
    assert turn.perintah.units == ("DAL",)
    assert not turn.perintah.tugas[1].is_open
    told = [o.to for o in turn.speech.out if isinstance(o, Message) and o.key == "unit_dilewati"]
    assert told == [f"p{OTHER_HEAD}"]


def test_the_kasubag_asks_the_sekretaris() -> None:
    turn = a_turn(KASUBAG, ORDER)

    assert decide(turn, KASUBAG)
    assert turn.perintah == ORDER
    asked = [o.to for o in turn.speech.out if isinstance(o, Message) and o.is_ring]
    assert asked == [f"p{SEKRETARIS}"]


def test_nothing_is_skipped_once_every_unit_is_in() -> None:
    received = ORDER._replace(units=("DAL",))
    turn = a_turn(SEKRETARIS, received)

    assert not decide(turn, SEKRETARIS)
    refused = begin(a_turn(HEAD, received))
    assert refused is not None
    assert refused.is_refused

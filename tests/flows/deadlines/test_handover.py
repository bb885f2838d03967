"""Requests stand before whoever decides on them today."""

from typing import Any

from flows.deadlines.handover import settle_requests
from flows.model.messages import Message
from tests.flows.small_office import FILLER, HEAD, SEKRETARIS, a_slot, a_turn, an_order, filling
from tests.kantor import wita

ASKED = {"jenis": "perpanjangan", "menit": 60, "batas": wita(25, "09.30").isoformat(),
         "alasan": "Data balai belum terbit.", "oleh": FILLER}  # fmt: skip
HINDERED = {"jenis": "kendala", "saat": wita(24, "08.30").isoformat(), "oleh": FILLER}


def said(wish: dict[str, Any], reader: int, clock: str = "09.00") -> list[tuple[str, str]]:
    order = an_order(filling(wish=wish, hindrance="Data balai belum terbit."))
    ref = order.tugas[0].ref
    slot = a_slot(f"mohon:{ref}:mohon:0:p{reader}", reader, about=ref)
    turn = a_turn(None, order, now=wita(24, clock), slots=(slot,))
    settle_requests(turn)
    return [(o.key, o.to) for o in turn.speech.out if isinstance(o, Message)]


def test_a_request_stays_before_whoever_may_decide() -> None:
    assert said(ASKED, HEAD) == []
    assert said(ASKED, SEKRETARIS) == [], "a higher superior decides, too"
    assert said({}, FILLER) == []


def test_a_request_moves_from_whoever_no_longer_decides() -> None:
    for wish, key in ((ASKED, "mohon_perpanjangan"), (HINDERED, "kendala_disampaikan")):
        assert said(wish, FILLER) == [("permohonan_dialihkan", f"p{FILLER}"), (key, f"p{HEAD}")]


def test_nothing_is_handed_over_out_of_hours() -> None:
    assert said(ASKED, FILLER, "19.00") == []

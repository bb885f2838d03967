"""Surat pengantar of a unit's form; it bears the receipt as soon as the form was taken."""

from typing import Any

from flows.figures.unit_rows import indicators_of
from flows.model.perintah import Tugas
from flows.papers.letter import done_by, iso, letter, maybe_iso, renew
from flows.papers.signing import post_of, post_title, signatory
from flows.turn.turn import Turn

Json = dict[str, Any]


def renew_pengantar(turn: Turn) -> None:
    """One a unit, once the form has gone out."""
    for act in turn.sop.acts:
        if not act.traits.spreads:
            continue
        sent = done_by(turn, act.performer, lambda kind: kind.spreads)
        for unit in turn.perintah.units if sent else ():
            if sent is not None and turn.perintah.paper("form", unit) is not None:
                renew(turn, "pengantar", unit, _body(turn, unit, sent))


def _body(turn: Turn, unit: str, sent: Tugas) -> Json:
    perintah = turn.perintah
    receipts = [
        t
        for t in perintah.tugas
        if t.unit == unit and t.received_at and turn.act(t).traits.takes_form
    ]
    received = receipts[-1] if receipts else None
    moments = [sent.finished_at, received.received_at if received else None]
    head = turn.office.seat(turn.authority.post(received)) if received else None
    return letter(
        turn,
        max((m for m in moments if m), default=perintah.issued_at),
        unit=unit,
        unit_nama=turn.office.unit(unit).nama,
        kepada=_addressee(turn, unit),
        periode=perintah.period.label,
        perintah=perintah.nomor,
        jumlah=len(indicators_of(turn, unit)),
        batas=iso(perintah.target_at),
        penerima=_receiver(turn, received) if head else {},
        tanda_tangan=signatory(turn, sent, sent.role),
    )


def _addressee(turn: Turn, unit: str) -> str:
    """The Sekretariat is headed by the Sekretaris: he is addressed by his own post."""
    receiver = next((a.receiver for a in turn.sop.acts if a.traits.spreads and a.receiver), None)
    if receiver is None:
        return turn.office.unit(unit).nama
    special = turn.office.role(receiver).special.get(unit)
    return post_title(turn, special) if special else post_title(turn, receiver, unit)


def _receiver(turn: Turn, tugas: Tugas | None) -> Json:
    if tugas is None:
        return {}
    holder = next(iter(turn.authority.holders(tugas)), None)
    person = turn.view.roster.person(tugas.finished_by) if tugas.finished_by else holder
    return {
        "nama": person.nama if person else "",
        "jabatan": post_of(turn, person, tugas.unit) if person else "",
        "waktu": maybe_iso(tugas.received_at),
    }

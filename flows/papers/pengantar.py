"""Surat pengantar of a unit's form, with the receipt once the form was received."""

from flows.figures.unit_rows import indicators_of
from flows.model.perintah import Tugas
from flows.office.people import Post
from flows.papers.filing import done_by, letter_head
from flows.papers.letter_facts import Pengantar, Receiver
from flows.papers.signing import post_of, signatory
from flows.turn.naming import full_title
from flows.turn.turn import Turn


def pengantar(turn: Turn, unit: str | None) -> Pengantar | None:
    """The facts, once the unit's form has been sent out."""
    if unit is None or turn.perintah.paper("form", unit) is None:
        return None
    handing = [act for act in turn.sop.acts if act.traits.spreads]
    done = (done_by(turn, act.performer, lambda kind: kind.spreads) for act in reversed(handing))
    sent = next((tugas for tugas in done if tugas), None)
    return _facts(turn, unit, sent) if sent else None


def _facts(turn: Turn, unit: str, sent: Tugas) -> Pengantar:
    perintah = turn.perintah
    mine = (t for t in reversed(perintah.tugas) if t.unit == unit and t.received_at)
    received = next((t for t in mine if turn.act(t).traits.takes_form), None)
    moments = [sent.finished_at, received.received_at if received else None]
    seat = turn.office.seat(turn.authority.post(received)) if received else None
    return Pengantar(
        **letter_head(turn, max((m for m in moments if m), default=perintah.issued_at)),
        unit=unit,
        unit_nama=turn.office.unit(unit).nama,
        kepada=_addressee(turn, unit),
        periode=perintah.period.label,
        perintah=perintah.nomor,
        jumlah=len(indicators_of(turn, unit)),
        batas=perintah.target_at,
        penerima=_receiver(turn, received) if received and seat else Receiver(),
        tanda_tangan=signatory(turn, sent, sent.role),
    )


def _addressee(turn: Turn, unit: str) -> str:
    """The receiver's title; for the Sekretaris, head of the Sekretariat, that of his own post."""
    receiver = next((a.receiver for a in turn.sop.acts if a.traits.spreads and a.receiver), None)
    if receiver is None:
        return turn.office.unit(unit).nama
    special = turn.office.role(receiver).special.get(unit)
    return full_title(turn, Post(special) if special else Post(receiver, unit))


def _receiver(turn: Turn, tugas: Tugas) -> Receiver:
    holder = next(iter(turn.authority.holders(tugas)), None)
    person = turn.view.roster.person(tugas.finished_by) if tugas.finished_by else holder
    return Receiver(
        nama=person.nama if person else "",
        jabatan=post_of(turn, person, tugas.unit) if person else "",
        waktu=tugas.received_at,
    )

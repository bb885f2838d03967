"""Lembar Disposisi: the order on paper, with the chain of those who have passed it on."""

from typing import Any

from flows.model.messages import Attachment
from flows.model.perintah import Tugas
from flows.papers.letter import done_by, iso, letter, maybe_iso, name_of, renew
from flows.papers.signing import signatory
from flows.turn.cards import paper
from flows.turn.turn import Turn

Json = dict[str, Any]


def renew_disposisi(turn: Turn) -> None:
    """With the order, and again as soon as the next one of the chain has given his paraf."""
    head = turn.office.lembar_disposisi.rantai_paraf[0]
    order = done_by(turn, head, lambda kind: kind.issues) or _issued(turn)
    if order is not None:
        renew(turn, "disposisi", None, _body(turn, order))


def sheet(turn: Turn) -> tuple[Attachment, ...]:
    """The sheet as it goes along with the order."""
    number = turn.perintah.nomor.replace("/", "-")
    return paper(turn, turn.perintah.paper("disposisi"), f"Disposisi_{number}", "pdf")


def _issued(turn: Turn) -> Tugas | None:
    """The order of a perintah whose first act is not called one (temuan, then perintah)."""
    first = turn.sop.first
    done = [t for t in turn.perintah.tasks(first.code) if t.state == "selesai"]
    return done[-1] if done and first.traits.issues else None


def _body(turn: Turn, order: Tugas) -> Json:
    perintah, rules = turn.perintah, turn.office.lembar_disposisi
    usual = rules.isian_bawaan
    passed = rules.rantai_paraf[1:]
    chain = {role: done_by(turn, role, lambda kind: kind.passes_on) for role in passed}
    moments = [t.finished_at for t in (order, *chain.values()) if t and t.finished_at]
    step = turn.sop.steps[-1]
    return letter(
        turn,
        max(moments, default=perintah.issued_at),
        kertas=rules.kertas,
        surat_dari=usual.surat_dari,
        nomor_surat=usual.nomor_surat,
        agenda=perintah.nomor,
        sifat=perintah.sifat,
        pilihan_sifat=list(rules.sifat),
        hal=usual.hal.format(nama=turn.sop.name, periode=perintah.period.label),
        harap=list(usual.harap),
        pilihan_harap=list(rules.harap),
        arahan=perintah.arahan,
        diterima=iso(perintah.issued_at),
        batas=maybe_iso(perintah.target_at) if step.minutes else None,
        diteruskan=[_passing(turn, role, tugas) for role, tugas in chain.items()],
        catatan=_remarks(turn),
        temuan=[{"unit": t.unit, "kode": t.kode, "catatan": t.note} for t in _doubts(turn)],
        tanda_tangan=signatory(turn, order, order.role),
    )


def _passing(turn: Turn, role: str, tugas: Tugas | None) -> Json:
    return {
        "jabatan": turn.office.role(role).label,
        "dituju": True,
        "nama": name_of(turn, tugas),
        "waktu": maybe_iso(tugas.finished_at) if tugas else None,
    }


def _doubts(turn: Turn) -> tuple[Any, ...]:
    return tuple(t for t in turn.perintah.temuan if t.verdict != "selesai")


def _remarks(turn: Turn) -> list[Json]:
    """What was written along the way: a note that came with an act of passing on."""
    remarks = []
    for tugas in turn.perintah.tugas:
        giver = turn.view.roster.person(tugas.opened_by) if tugas.opened_by else None
        kind = turn.act(tugas).traits
        is_passed = tugas.round == 1 and (kind.passes_on or kind.spreads)
        if tugas.note and giver and is_passed:
            remarks.append({"dari": giver.nama, "isi": tugas.note})
    return remarks

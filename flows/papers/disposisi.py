"""Lembar Disposisi: facts of the order's paper, with everybody who has passed it on."""

from flows.model.perintah import Tugas
from flows.office.sections import HEAD
from flows.papers.facts import Json
from flows.papers.filing import done_by, letter_head, name_of, number_of, shape
from flows.papers.letter_facts import Disposisi, Doubt, Passing, Remark
from flows.papers.signing import signatory
from flows.sops.vocabulary import Traits
from flows.turn.turn import Turn


def disposisi(turn: Turn, _unit: str | None) -> Disposisi | None:
    """The facts, once the order is given; they change with each paraf of the chain."""
    first = turn.office.lembar_disposisi.rantai_paraf[0]
    order = done_by(turn, first, lambda kind: kind.issues) or _issued(turn)
    return _facts(turn, order) if order is not None else None


def _issued(turn: Turn) -> Tugas | None:
    """The finished order; None if the SOP's first act gives no order (temuan, then perintah)."""
    first = turn.sop.first
    done = [t for t in turn.perintah.tasks(first.code) if t.state == "selesai"]
    return done[-1] if done and first.traits.issues else None


def _facts(turn: Turn, order: Tugas) -> Disposisi:
    perintah, rules = turn.perintah, turn.office.lembar_disposisi
    usual = rules.isian_bawaan
    passed = rules.rantai_paraf[1:]
    chain = {role: done_by(turn, role, lambda kind: kind.passes_on) for role in passed}
    moments = [t.finished_at for t in (order, *chain.values()) if t and t.finished_at]
    step = turn.sop.steps[-1]
    head: Json = {} if rules.kepala == HEAD else {"kepala": rules.kepala}
    drawn_as = shape("disposisi", perintah.paper("disposisi"))
    return Disposisi(
        **drawn_as,
        **letter_head(turn, max(moments, default=perintah.issued_at)),
        **head,
        kertas=rules.kertas,
        surat_dari=usual.surat_dari,
        nomor_surat=usual.nomor_surat,
        agenda=_agenda(turn),
        sifat=perintah.sifat,
        pilihan_sifat=rules.sifat,
        hal=usual.hal.format(nama=turn.sop.name, periode=perintah.period.label),
        harap=usual.harap,
        pilihan_harap=rules.harap,
        arahan=perintah.arahan,
        diterima=perintah.issued_at,
        batas=perintah.target_at if step.minutes else None,
        diteruskan=tuple(
            Passing(
                jabatan=turn.office.role(role).label,
                dituju=not drawn_as or _is_reached(turn, role),
                nama=name_of(turn, tugas),
                waktu=tugas.finished_at if tugas else None,
            )
            for role, tugas in chain.items()
        ),
        catatan=_remarks(turn),
        temuan=tuple(
            Doubt(unit=t.unit, kode=t.kode, catatan=t.note)
            for t in perintah.temuan
            if t.verdict != "selesai"
        ),
        tanda_tangan=signatory(turn, order, order.role),
    )


def _is_reached(turn: Turn, role: str) -> bool:
    """Whether the order has come to the role. The first shape ticks everybody from the start."""
    return any(
        t.role == role and t.state not in ("ulang", "batal") and passes(turn.act(t).traits)
        for t in turn.perintah.tugas
    )


def passes(kind: Traits) -> bool:
    """Whether the sheet is made from acts of the kind."""
    return kind.issues or kind.passes_on or kind.spreads


def _agenda(turn: Turn) -> str:
    """The agenda number, given with the first sheet and kept by later ones."""
    former, perintah = turn.perintah.paper("disposisi"), turn.perintah
    if former is not None:
        return str(former.data["isi"]["agenda"])
    return number_of(turn.office, "agenda", perintah.number, turn.local(perintah.issued_at))


def _remarks(turn: Turn) -> tuple[Remark, ...]:
    """Notes that came with the acts of passing on."""
    remarks = []
    for tugas in turn.perintah.tugas:
        giver = turn.view.roster.person(tugas.opened_by) if tugas.opened_by else None
        kind = turn.act(tugas).traits
        is_passed = tugas.round == 1 and (kind.passes_on or kind.spreads)
        if tugas.note and giver and is_passed:
            remarks.append(Remark(dari=giver.nama, isi=tugas.note))
    return tuple(remarks)

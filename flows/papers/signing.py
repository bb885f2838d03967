"""Signature blocks in the words of the tata naskah: definitif, Plt., Plh. or a.n."""

from datetime import date

from flows.model.perintah import Tugas
from flows.office.calendar import MONTHS
from flows.office.people import ACTING, Person, Post, by_mandate
from flows.papers.facts import SignatureBlock
from flows.papers.letter_facts import Signatory
from flows.turn.naming import full_title
from flows.turn.turn import Turn


def signatory(turn: Turn, tugas: Tugas | None, role: str, unit: str | None = None) -> Signatory:
    """The signatory of the finished act; before it is done, the present holder of the post."""
    done = tugas is not None and tugas.finished_by is not None
    person = turn.view.roster.person(tugas.finished_by) if tugas and tugas.finished_by else None
    if person is None:
        person = next(iter(turn.authority.post_holders(role, unit)), None)
    moment = tugas.finished_at if tugas and done else None
    mandate = tugas.finished_as if tugas and done else _mandate(turn, person, role, unit)
    return Signatory(
        tempat=turn.office.instansi.tempat,
        tanggal=moment,
        jabatan=titles(turn, role, unit, mandate, person),
        nama=person.nama if person else "",
        pangkat=person.pangkat if person else "",
        nip=(person.nip or "") if person else "",
        disetujui=moment,
    )


def signature_block(turn: Turn, signed: Tugas | None = None) -> SignatureBlock | None:
    """The block on the rekap: who is to sign, or who has signed and on which day."""
    act = next((a for a in turn.sop.acts if a.traits.signs), None)
    if act is None:
        return None
    block = signatory(turn, signed, act.performer)
    if not block.nama:
        return None
    place = turn.office.instansi.tempat
    when = turn.local(signed.finished_at) if signed and signed.finished_at else None
    return SignatureBlock(
        tempat_tanggal=f"{place}, {day_in_words(when)}" if when else place,
        jabatan=block.jabatan,
        nama=block.nama,
        pangkat=block.pangkat,
        nip=block.nip,
    )


def signing_act(turn: Turn) -> Tugas | None:
    """The tugas of the valid signature, if any."""
    done = (t for t in reversed(turn.perintah.tugas) if t.state == "selesai")
    return next((t for t in done if turn.act(t).traits.signs), None)


def day_in_words(local: date) -> str:
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def titles(
    turn: Turn, role: str, unit: str | None, mandate: str, person: Person | None
) -> tuple[str, ...]:
    """Title lines: the post's full name, and below it the acting person's own post."""
    title = full_title(turn, Post(role, unit)).upper()
    if mandate not in ACTING:
        return (f"{title},",)
    posts = turn.view.roster.posts(person.id, turn.day) if person else ()
    own = next((p.jabatan for p in posts if not p.is_acting), "")
    acting = by_mandate(mandate, title)
    return (acting, f"{own.upper()},") if own else (f"{acting},",)


def post_of(turn: Turn, person: Person, unit: str | None = None) -> str:
    """The person's title, by his post in the unit first."""
    posts = turn.view.roster.posts(person.id, turn.day)
    mine = next((p for p in posts if p.unit == unit), next(iter(posts), None))
    return by_mandate(mine.jenis, mine.jabatan) if mine else ""


def _mandate(turn: Turn, person: Person | None, role: str, unit: str | None) -> str:
    if person is None:
        return "definitif"
    penugasan = turn.authority.mandate_of(person.id, Post(role, unit))
    return penugasan.jenis if penugasan else "definitif"

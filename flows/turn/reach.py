"""Holders of open tugas whom Telegram does not reach: told to superior and admin."""

from typing import Any

from flows.model.addresses import person_of, to_person
from flows.model.messages import Message
from flows.model.perintah import Tugas
from flows.office.people import Person
from flows.turn.cards import task_line
from flows.turn.naming import step_args
from flows.turn.turn import Turn


def conclude(turn: Turn) -> None:
    """Tells of every holder to whom this turn says something about his open tugas in vain."""
    told: set[tuple[int, int]] = set()
    for message in tuple(turn.speech.out):
        reader = person_of(message.to) if isinstance(message, Message) else None
        person = turn.view.roster.person(reader) if reader is not None else None
        if not isinstance(message, Message) or person is None or is_reached(person):
            continue
        tugas = turn.task_of(message.about)
        if tugas is None or not tugas.is_open:
            continue
        if (tugas.perintah_id, person.id) not in told and holds(turn, tugas, person):
            told.add((tugas.perintah_id, person.id))
            _tell(turn, tugas, person)


def tell_of(turn: Turn, person: Person) -> None:
    """Tells that he is lost: his first open tugas of each perintah."""
    told: set[int] = set()
    for tugas in turn.view.todo:
        if tugas.perintah_id not in told and holds(turn, tugas, person):
            told.add(tugas.perintah_id)
            _tell(turn, tugas, person)


def is_reached(person: Person) -> bool:
    return person.is_bound and person.is_reachable


def holds(turn: Turn, tugas: Tugas, person: Person) -> bool:
    return any(holder.id == person.id for holder in turn.authority.holders(tugas))


def _tell(turn: Turn, tugas: Tugas, person: Person) -> None:
    """Once a day per act and person: an act taken back and done again opens another tugas."""
    args = {**_which(turn, tugas), "pegawai": person.nama}
    superior = turn.office.superior(turn.authority.post(tugas))
    readers = turn.authority.people_of(superior) if superior else ()
    act = f"{tugas.perintah_id}:{tugas.act}:{tugas.unit or ''}"
    key = f"takterjangkau:{act}:{to_person(person.id)}:{turn.day.isoformat()}"
    for reader in dict.fromkeys((*readers, *turn.authority.admins)):
        if reader.id != person.id:
            turn.speech.tell(reader, "tak_terjangkau", args, unique=key)


def _which(turn: Turn, tugas: Tugas) -> dict[str, Any]:
    perintah = turn.perintah_of(tugas.ref)
    if perintah is None:
        line = task_line(turn, tugas)
        return {name: line[name] for name in ("nomor", "langkah", "singkat", "uraian", "unit")}
    sop = turn.view.setting.book.sop(perintah.sop, perintah.sop_version)
    return {**step_args(sop, tugas.act), "nomor": perintah.nomor, "unit": tugas.unit}

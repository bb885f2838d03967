"""M22: messages when a mandate begins or ends, and when a Pelaksana has left his unit."""

from datetime import timedelta
from typing import Any

from flows.model.addresses import to_person
from flows.model.messages import Message
from flows.model.perintah import Tugas
from flows.office.people import Penugasan, Person
from flows.turn.cards import open_buttons, person_args, task_line
from flows.turn.command import menu_of, roles_of
from flows.turn.naming import held_title
from flows.turn.turn import Turn, task_button

# A start on a day off or during an outage is told on the next working morning.
LOOKED_BACK = timedelta(days=7)
MOST_LINES = 3


def tell_changes(turn: Turn) -> None:
    """Tells each morning what began or ended since the last one, each once."""
    for held in turn.view.roster.penugasan:
        if not held.is_acting:
            continue
        began, ended = held.mulai, held.selesai
        if (
            began is not None
            and turn.day - LOOKED_BACK < began <= turn.day
            and held.covers(turn.day)
        ):
            tell_begin(turn, held)
        if ended is not None and turn.day - LOOKED_BACK <= ended < turn.day:
            tell_end(turn, held)


def offer_parts(turn: Turn) -> None:
    """Asks the superior who gets the part of a Pelaksana that left; it is never moved unasked."""
    for tugas in turn.view.open_tasks:
        person = turn.view.roster.person(tugas.person_id) if tugas.person_id else None
        superior = turn.office.superior(turn.authority.post(tugas))
        if person is None or superior is None or _is_still_here(turn, tugas, person):
            continue
        args = {**task_line(turn, tugas), "nama": person.nama}
        rows = ((task_button(tugas, "alihkan_tugas", "xa"),),)
        for reader in turn.authority.people_of(superior):
            turn.speech.tell(
                reader,
                "bagian_ditinggal",
                args,
                rows=rows,
                about=tugas.ref,
                is_ring=True,
                unique=f"bagian:{tugas.ref}",
            )


def _is_still_here(turn: Turn, tugas: Tugas, person: Person) -> bool:
    posts = turn.authority.posts_of(person.id)
    return any(post.unit in (tugas.unit, None) for post in posts)


def tell_begin(turn: Turn, held: Penugasan) -> None:
    """Tells the new acting person with sound and the holder silently."""
    moved = _running(turn, held)
    args = {
        **_names(turn, held),
        "mulai": (held.mulai or turn.day).isoformat(),
        "surat": held.surat,
        "dialihkan": [task_line(turn, t) for t in moved[:MOST_LINES]],
        "jumlah": len(moved),
    }
    rows = open_buttons(moved[:MOST_LINES])
    # By the posts as they were before this turn, and the new one.
    roles = roles_of(turn, held.person_id) | {held.role}
    turn.speech.out.append(menu_of(turn, to_person(held.person_id), roles))
    key = f"pejabat:{held.role}:{held.unit}:{held.mulai}:{held.person_id}"
    for reader in (held.person_id, *_owners(turn, held)):
        is_acting = reader == held.person_id
        turn.speech.say(
            Message(
                "pelaksana_jabatan",
                to_person(reader),
                {**args, "sendiri": is_acting},
                rows=rows if is_acting else (),
                is_ring=is_acting,
                unique=key,
            )
        )


def tell_end(turn: Turn, held: Penugasan) -> None:
    """Tells both persons who holds the post from now on."""
    args = _names(turn, held)
    key = f"berakhir:{held.role}:{held.unit}:{held.selesai}:{held.person_id}"
    for reader in (held.person_id, *_owners(turn, held)):
        words = {**args, "sendiri": reader == held.person_id}
        turn.speech.say(Message("penugasan_berakhir", to_person(reader), words, unique=key))


def _names(turn: Turn, held: Penugasan) -> dict[str, Any]:
    return {
        **person_args(turn, held.person_id),
        "jenis": held.jenis,
        "jabatan": held_title(turn, held),
        "unit": held.unit,
        "berakhir": held.selesai.isoformat() if held.selesai else None,
    }


def _owners(turn: Turn, held: Penugasan) -> tuple[int, ...]:
    found = (
        p.person_id
        for p in turn.view.roster.penugasan
        if p.post == held.post and not p.is_acting and p.covers(turn.day)
    )
    return tuple(person for person in dict.fromkeys(found) if person != held.person_id)


def _running(turn: Turn, held: Penugasan) -> list[Tugas]:
    seat = turn.office.seat(held.post)
    return [
        t
        for t in turn.view.open_tasks
        if t.person_id is None and turn.office.seat(turn.authority.post(t)) == seat
    ]

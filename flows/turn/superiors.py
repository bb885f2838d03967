"""Superiors who decide on a holder's requests, and the messages that ask them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flows.model.addresses import is_slot, slot_name, to_person
from flows.model.changes import Decision
from flows.model.messages import Button, Card, Message, Rows
from flows.model.perintah import Tugas
from flows.office.people import ON_BEHALF, Person, Post
from flows.turn.cards import person_args, task_args
from flows.turn.naming import PostArgs, post_args
from flows.turn.turn import Turn, task_button


def deciders(turn: Turn, tugas: Tugas, until: datetime | None = None) -> tuple[Person, ...]:
    post = deciding_post(turn, tugas, until)
    return turn.authority.people_of(post) if post else ()


def deciding_post(turn: Turn, tugas: Tugas, until: datetime | None = None) -> Post | None:
    """The first superior post filled by another; for a limit beyond the target, not of a unit."""
    own = {person.id for person in turn.authority.holders(tugas)}
    is_beyond = until is not None and tugas.unit is not None and until > turn.perintah.target_at
    for post in turn.office.superiors(turn.authority.post(tugas)):
        people = turn.authority.people_of(post)
        passes_on = is_beyond and turn.office.is_per_unit(post.role)
        if people and not passes_on and not own & {p.id for p in people}:
            return post
    return None


def may_decide(turn: Turn, tugas: Tugas, until: datetime | None = None) -> bool:
    """Whether he is a superior asked, holds a top post or, without `until`, is any superior."""
    if turn.actor is None:
        return False
    allowed = [*deciders(turn, tugas, until)]
    for role in turn.office.tops:
        allowed.extend(turn.authority.post_holders(role))
    if until is None:
        for superior in turn.office.superiors(turn.authority.post(tugas)):
            allowed.extend(turn.authority.people_of(superior))
    return any(person.id == turn.actor.id for person in allowed)


def ask(turn: Turn, tugas: Tugas, people: Sequence[Person], request: Card) -> None:
    """Asks a superior for a decision, with sound; the message is open until it is made."""
    number = len(tugas.pauses) + tugas.grants
    for person in people:
        turn.speech.tell(
            person,
            request.key,
            {**request.args, "yth": addressee(turn, person)},
            rows=request.rows,
            is_ring=True,
            slot=slot_name("mohon", tugas.ref, request.key, number, to_person(person.id)),
            about=tugas.ref,
            unique=f"mohon:{tugas.ref}:{request.key}:{turn.key}",
        )


def hand_over(turn: Turn, tugas: Tugas, people: Sequence[Person], request: Card) -> None:
    """Moves an open request from whoever may no longer decide on it to today's deciders."""
    shown = [s for s in turn.view.slots if is_slot(s.name, "mohon", tugas.ref) and s.is_live]
    posts = turn.office.superiors(turn.authority.post(tugas))
    able = {to_person(p.id) for post in posts for p in turn.authority.people_of(post)}
    left = [slot for slot in shown if slot.to not in able]
    if not left or not people:
        return
    words = {**task_args(turn, tugas), "kepada": addressee(turn, people[0])}
    for slot in left:
        turn.speech.say(Message("permohonan_dialihkan", slot.to, words, slot=slot.name))
    known = {slot.to for slot in shown}
    ask(turn, tugas, [p for p in people if to_person(p.id) not in known], request)


def passing_on(tugas: Tugas) -> tuple[Button, ...]:
    """Alihkan tugas, for a Pelaksana's part: that of a post changes hands by /pejabat."""
    is_part = tugas.person_id is not None
    return (task_button(tugas, "alihkan_tugas", "xa"),) if is_part else ()


def close_requests(turn: Turn, tugas: Tugas, key: str, args: Mapping[str, Any]) -> None:
    """Edits the request of every superior asked into the answer. Whoever decides is answered
    himself: his request goes where that stands elsewhere."""
    pressed = turn.speech.pressed_slot.name if turn.speech.pressed_slot else ""
    own = to_person(turn.view.actor.id) if turn.view.actor else ""
    for slot in turn.view.slots:
        if not is_slot(slot.name, "mohon", tugas.ref) or slot.name == pressed or not slot.is_live:
            continue
        if slot.to == own:
            turn.speech.remove_message(slot.name, slot.to)
        else:
            turn.speech.say(Message(key, slot.to, args, slot=slot.name))


def end_records(turn: Turn, tugas: Tugas) -> None:
    """The records of a hindrance lose their button: it is over, or a later message has it."""
    pressed = turn.speech.pressed_slot.name if turn.speech.pressed_slot else ""
    for slot in turn.view.slots:
        if is_slot(slot.name, "catatan", tugas.ref) and slot.name != pressed and slot.is_live:
            turn.speech.remove_buttons(slot.name, slot.to)


def tell_judged(
    turn: Turn, tugas: Tugas, key: str, closing: str, args: Mapping[str, Any], rows: Rows = ()
) -> Decision | None:
    """Tells the holders what was decided on their request, and whoever else was asked."""
    for person in turn.authority.holders(tugas):
        turn.speech.tell(
            person,
            key,
            args,
            rows=rows,
            slot=slot_name("catatan", tugas.ref, turn.key, to_person(person.id)),
            is_ring=True,
            unique=f"{key}:{tugas.ref}:{turn.key}",
            about=tugas.ref,
        )
    if rows:
        end_records(turn, tugas)
    close_requests(turn, tugas, closing, args)
    return turn.close(closing, {**args, "sendiri": True})


def refuse_another(turn: Turn, tugas: Tugas, dialog: str = "") -> Decision:
    """The refusal of a request while another one on the tugas is not decided on: a tugas holds
    one. `dialog` names the half of it that is kept until then."""
    wish = "berlangsung" if tugas.blocked_at is not None else tugas.wish.get("jenis", "")
    return turn.refuse(
        "masih_diputus", {**task_args(turn, tugas), "jenis": wish, "dialog": dialog}
    )


def not_to_judge(turn: Turn, tugas: Tugas, wish: str) -> Decision | None:
    """The refusal of a decision on a request that is over, or not the actor's to decide on."""
    if not tugas.is_open or tugas.wish.get("jenis") != wish:
        return turn.refuse_toast("permohonan_selesai")
    return None if may_decide(turn, tugas) else turn.refuse_toast("bukan_kewenangan")


def addressee(turn: Turn, person: Person) -> PostArgs:
    """The person's address by the highest post he holds today."""
    posts = turn.authority.posts_of(person.id)
    by_right = {p: turn.authority.mandate_of(person.id, p) for p in posts}
    own = (p for p, held in by_right.items() if held and held.jenis != ON_BEHALF)
    post = next(own, None)
    if post is None:
        return {**person_args(turn, person.id), "peran": "", "jabatan": "", "unit": None,
                "jenis": "", "bernama": True}  # fmt: skip
    return {**post_args(turn, post, person), "bernama": False}

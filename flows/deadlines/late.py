"""What superiors are told of late tugas: of one step to one person it is one message, with a row
for each tugas; the message follows them until none is late any more."""

from collections.abc import Iterable, Sequence
from typing import Any

from flows.model.addresses import is_slot, person_of, slot_name, slot_part, to_person
from flows.model.conversation import Slot
from flows.model.messages import Message, Removal, Rows
from flows.model.perintah import Perintah, Tugas
from flows.office.people import Person, Post
from flows.turn.cards import post_name, task_args
from flows.turn.naming import PostArgs, post_args
from flows.turn.superiors import passing_on
from flows.turn.turn import Turn, task_button

FIRST, SECOND = "atasan1", "atasan2"
# A tugas and the level of the reminder.
Late = tuple[Tugas, str]


def tell_superiors(turn: Turn, late: Iterable[Late]) -> None:
    """Tells whoever stands above each of these late tugas, with sound."""
    told: dict[tuple[str, Person], list[Late]] = {}
    for tugas, level in late:
        for person, _ in _superiors(turn, tugas, level):
            told.setdefault((tugas.act, person), []).append((tugas, level))
    for (act, person), fresh in told.items():
        every = told_of(turn, turn.perintah, act, person.id)
        for tugas, _ in every:
            _withdraw(turn, person.id, tugas.ref)
        _withdraw(turn, person.id, turn.perintah.ref, act)
        if len(every) > 1:
            turn.speech.say(_together(turn, every, person, fresh))
        else:
            turn.speech.say(alone(turn, *fresh[-1], person, is_ring=True))


def told_of(turn: Turn, perintah: Perintah, act: str, person_id: int) -> tuple[Late, ...]:
    """The open late tugas of the step that the person has been told of, by their last level."""
    found = []
    for tugas in perintah.open_tugas:
        if tugas.act != act or tugas.due_at is None or tugas.due_at > turn.now:
            continue
        levels = [
            level
            for level in (FIRST, SECOND)
            if level in tugas.reminded
            and person_id in [p.id for p, _ in _superiors(turn, tugas, level)]
        ]
        found += [(tugas, level) for level in levels[-1:]]
    return tuple(found)


def alone(turn: Turn, tugas: Tugas, level: str, person: Person, *, is_ring: bool) -> Message:
    """The message about one late tugas, with the acts of a superior."""
    args = {**task_args(turn, tugas), **_how_late(turn, tugas), "kendala": tugas.hindrance}
    moved = f"+{tugas.grants}" if tugas.grants else ""
    unique = f"pengingat:{tugas.ref}:r{tugas.round}:{level}{moved}"
    return Message(
        key="eskalasi",
        to=to_person(person.id),
        args={**args, "yth": _addressee(turn, tugas, level, person)},
        rows=_rows(tugas),
        is_ring=is_ring,
        lane=2,
        slot=slot_name("ingat", tugas.ref, f"{level}{tugas.grants or ''}", to_person(person.id)),
        about=tugas.ref,
        unique=unique if is_ring else f"{unique}:{turn.key}",
    )


def settle_superiors(turn: Turn) -> None:
    """Hands what a superior was told of over to whoever fills his post today."""
    for tugas in turn.perintah.open_tugas:
        for level in (FIRST, SECOND):
            people = [person for person, _ in _superiors(turn, tugas, level)]
            shown = [
                slot
                for slot in turn.view.slots
                if slot.is_live
                and is_slot(slot.name, "ingat", tugas.ref)
                and slot_part(slot.name, 1).startswith(level)
            ]
            left = [slot for slot in shown if person_of(slot.to) not in [p.id for p in people]]
            if level not in tugas.reminded or not left or not people:
                continue
            post = _addressee(turn, tugas, level, people[0])
            words = {**task_args(turn, tugas), "kepada": post}
            for slot in left:
                turn.speech.say(Message("eskalasi_dialihkan", slot.to, words, slot=slot.name))
            for person in people:
                if to_person(person.id) not in [slot.to for slot in shown]:
                    told = alone(turn, tugas, level, person, is_ring=True)
                    unique = f"{told.unique}:{turn.day.isoformat()}"
                    turn.speech.say(told._replace(unique=unique))
    _settle_together(turn)


def _settle_together(turn: Turn) -> None:
    """As `settle_superiors`, for the messages about several late tugas of a step."""
    order = turn.perintah
    shown = [s for s in turn.view.slots if s.is_live and is_slot(s.name, "ingat", order.ref)]
    for slot in shown:
        act, level, reader = slot_part(slot.name, 1), _level_of(slot), person_of(slot.to) or 0
        if told_of(turn, order, act, reader):
            continue
        posts = {p.post for p in turn.view.roster.penugasan if p.person_id == reader}
        late = (t for t in order.open_tugas if t.act == act and level in t.reminded and t.due_at)
        heirs = {
            person: tugas
            for tugas in late
            for person, post in _superiors(turn, tugas, level)
            if post in posts
        }
        if not heirs:
            continue
        heir, first = next(iter(heirs.items()))
        kepada = _addressee(turn, first, level, heir)
        words = {**task_args(turn, first), "unit": None, "kepada": kepada}
        turn.speech.say(Message("eskalasi_dialihkan", slot.to, words, slot=slot.name))
        known = {s.to for s in shown if slot_part(s.name, 1) == act}
        for person in (p for p in heirs if to_person(p.id) not in known):
            every = told_of(turn, order, act, person.id)
            if every:
                told = _together(turn, every, person, every)
                unique = f"{told.unique}:{turn.day.isoformat()}"
                turn.speech.say(told._replace(unique=unique))


def _level_of(slot: Slot) -> str:
    """The level at which a message about several late tugas was sent."""
    return SECOND if SECOND in slot_part(slot.name, 2) else FIRST


def follow(turn: Turn) -> None:
    """Redraws the messages about several late tugas after an act that changes which are late."""
    before, now = turn.view.perintah, turn.work
    if before is None or now is None or before is now or before.id != now.id:
        return
    said = {o.slot for o in turn.speech.out if isinstance(o, Message | Removal)}
    for slot in turn.view.slots:
        person = turn.view.roster.person(person_of(slot.to) or 0)
        if not slot.is_live or person is None or not is_slot(slot.name, "ingat", now.ref):
            continue
        act = slot_part(slot.name, 1)
        former, left = (told_of(turn, p, act, person.id) for p in (before, now))
        if slot.name in said or [t.ref for t, _ in former] == [t.ref for t, _ in left]:
            continue
        if left:
            message = _together(turn, left, person, ())._replace(slot=slot.name, unique="")
        else:
            words = task_args(turn, former[-1][0])
            message = Message("eskalasi_berakhir", slot.to, words, slot=slot.name)
        turn.speech.say(message)


def _together(turn: Turn, late: Sequence[Late], person: Person, fresh: Sequence[Late]) -> Message:
    (first, level), ref = late[0], turn.perintah.ref
    units = {tugas.unit for tugas, _ in late}
    lines = [{"unit": tugas.unit, **_how_late(turn, tugas)} for tugas, _ in late]
    args = {
        **task_args(turn, first),
        "yth": _addressee(turn, first, level, person),
        "unit": None,
        "semua": len(late),
        "per_unit": len(units) == len(late) and None not in units,
        "baris": lines,
    }
    all_late = (task_button(first, "ingatkan_mereka", "xm", jumlah=len(late)),)
    each = (task_button(first, "lihat_satu", "xv"),)
    moved = ",".join(f"{t.seq}r{t.round}{level}+{t.grants}" for t, level in fresh)
    return Message(
        key="eskalasi_bersama",
        to=to_person(person.id),
        args=args,
        rows=(all_late, each) if len(late) > 1 else (each,),
        is_ring=True,
        lane=2,
        slot=slot_name("ingat", ref, first.act, moved, to_person(person.id)),
        about=ref,
        unique=f"pengingat:{ref}:{first.act}:{moved}",
    )


def _how_late(turn: Turn, tugas: Tugas) -> dict[str, Any]:
    assert tugas.due_at is not None
    late = turn.view.setting.calendar.used(tugas.due_at, turn.now)
    return {
        "batas": tugas.due_at.isoformat(),
        "lewat": late,
        "pemegang": post_name(turn, tugas),
    }


def _rows(tugas: Tugas) -> Rows:
    acts = (task_button(tugas, "ingatkan", "xi"), *passing_on(tugas))
    return (acts, (task_button(tugas, "beri_perpanjangan", "xb"),))


def _superior(turn: Turn, tugas: Tugas, level: str) -> Post | None:
    post = turn.office.superior(turn.authority.post(tugas))
    return turn.office.superior(post) if post is not None and level == SECOND else post


def _superiors(turn: Turn, tugas: Tugas, level: str) -> list[tuple[Person, Post]]:
    post = _superior(turn, tugas, level)
    return [(person, post) for person in turn.authority.people_of(post)] if post else []


def _addressee(turn: Turn, tugas: Tugas, level: str, person: Person) -> PostArgs:
    post = _superior(turn, tugas, level)
    assert post is not None
    return {**post_args(turn, post, person), "bernama": False}


def _withdraw(turn: Turn, person_id: int, *place: str) -> None:
    """Removes what stands of it in the person's chat, unless it is an open question."""
    for slot in turn.view.slots:
        is_his = person_of(slot.to) == person_id and is_slot(slot.name, "ingat", *place)
        if is_his and slot.is_live and not slot.is_asking:
            turn.speech.remove_message(slot.name)

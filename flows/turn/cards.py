"""Task messages: what they say, and whom they are sent to for tugas that a turn has opened."""

from collections.abc import Sequence
from typing import Any, TypedDict

from flows.model.addresses import is_task_slot, person_of, task_slot
from flows.model.changes import Decision
from flows.model.commands import Ticked
from flows.model.conversation import Slot
from flows.model.messages import Button, Card, Message, Rows
from flows.model.perintah import Perintah, Tugas
from flows.office.people import ACTING, Person
from flows.turn.direction import asks_above, was_asked
from flows.turn.naming import PostArgs, StepArgs, acting_title, post_args, post_title, step_args
from flows.turn.turn import Turn, button, task_button
from flows.turn.undo_window import rows_after

# Above this number of acts, or below this standard (working minutes), one button offers both.
FEW_ACTS = 2
LONG = 60


class PersonArgs(TypedDict):
    sapaan: str
    nama: str


class ActorArgs(PersonArgs):
    """Who acted; `selaku` is the post with its mandate (Plh. Kepala Dinas), empty for his own;
    `jabatan` the title by which others are told of him, empty for who is called by his name."""

    selaku: str
    jabatan: str


class TaskArgs(StepArgs):
    """Arguments of every task message; `batas` is ISO 8601, `menit` working minutes."""

    yth: PostArgs
    sop: str
    periode: str
    nomor: str
    total: int
    hasil: str
    batas: str | None
    menit: int | None
    unit: str | None
    ronde: int
    catatan: str
    catatan_baris: dict[str, str]
    dari: PersonArgs | ActorArgs
    mohon: bool
    sifat: str
    arahan: str
    label: str


def post_name(turn: Turn, tugas: Tugas, person: Person | None = None) -> PostArgs:
    """The name of a tugas' holder in messages: his post, or for a Pelaksana his name."""
    holder = person or next(iter(turn.authority.holders(tugas)), None)
    return post_args(turn, turn.authority.post(tugas), holder)


def person_args(turn: Turn, person_id: int | None) -> PersonArgs:
    person = turn.view.roster.person(person_id) if person_id is not None else None
    if person is None:
        return {"sapaan": "", "nama": "Sistem"}
    return {"sapaan": person.sapaan, "nama": person.nama}


def actor_args(turn: Turn, tugas: Tugas) -> ActorArgs:
    """Who did the act, and by which mandate unless the post is his own."""
    told = post_name(turn, tugas, turn.view.roster.person(tugas.finished_by or 0))
    title = acting_title(turn, turn.authority.post(tugas), tugas.finished_as)
    return {
        **person_args(turn, tugas.finished_by),
        "selaku": mandate_name(turn, tugas),
        "jabatan": "" if told["bernama"] or tugas.finished_by is None else title,
    }


def mandate_name(turn: Turn, tugas: Tugas) -> str:
    is_acting = tugas.finished_as in ACTING
    return acting_title(turn, turn.authority.post(tugas), tugas.finished_as) if is_acting else ""


def _sender(turn: Turn, tugas: Tugas) -> PersonArgs | ActorArgs:
    """Whose act has opened the tugas."""
    perintah = turn.perintah_of(tugas.ref) or turn.perintah
    seq = tugas.opened_from or 0
    cause = perintah.tugas[seq - 1] if 0 < seq <= len(perintah.tugas) else None
    if cause is not None and cause.finished_by == tugas.opened_by:
        return actor_args(turn, cause)
    return person_args(turn, tugas.opened_by)


def task_args(turn: Turn, tugas: Tugas, person: Person | None = None) -> TaskArgs:
    perintah = turn.perintah
    act = turn.act(tugas)
    step = turn.sop.step_of(act.code)
    return {
        **step_args(turn.sop, act.code),
        "yth": post_name(turn, tugas, person),
        "sop": turn.sop.name,
        "periode": perintah.period.label,
        "nomor": perintah.nomor,
        "total": len(turn.sop.steps),
        "hasil": step.yields if step else "",
        "batas": tugas.due_at.isoformat() if tugas.due_at else None,
        "menit": tugas.minutes,
        "unit": tugas.unit,
        "ronde": tugas.round - 1,
        "catatan": tugas.note,
        "catatan_baris": dict(tugas.row_notes),
        "dari": _sender(turn, tugas),
        "mohon": was_asked(turn, tugas),
        "sifat": perintah.sifat,
        "arahan": perintah.arahan,
        "label": act.label or "",
    }


def act_button(turn: Turn, tugas: Tugas, verb: str = "ok", **args: Any) -> Button:
    """The button of the act itself, by the SOP's own label."""
    label = turn.act(tugas).label or ""
    return task_button(tugas, "act", verb, label=label, **args)


def return_button(turn: Turn, tugas: Tugas) -> tuple[Button, ...]:
    act = turn.act(tugas)
    if not act.returns:
        return ()
    if asks_above(turn, tugas):
        return (task_button(tugas, "mohon_arahan", "kembali"),)
    return (task_button(tugas, "kembalikan", "kembali", label=act.return_label or ""),)


def card_of(turn: Turn, tugas: Tugas, person: Person) -> Card:
    """The message of a tugas for that person."""
    card = turn.kinds[turn.act(tugas).kind].card(turn, tugas, person)
    return card._replace(rows=(*card.rows, *plea_rows(turn, tugas, card)))


def offer_pleas(turn: Turn, tugas: Tugas) -> Decision | None:
    """Replaces the single button of a crowded message by the two pleas, until the next edit."""
    if (refused := turn.refuse_idle(tugas)) is not None:
        return refused
    card = card_of(turn, tugas, turn.person)
    rows = (*both_pleas(tugas), (task_button(tugas, "kembali", "tugas"),))
    return turn.answer(card.key, card.args, rows, about=tugas.ref)


def show_again(turn: Turn, tugas: Tugas) -> Decision | None:
    return turn.refuse_idle(tugas) or show(turn, tugas)


def show(turn: Turn, tugas: Tugas, *, extra: dict[str, Any] | None = None) -> Decision | None:
    """Shows the task message again as the answer to the actor: edited, or below his words."""
    card = card_of(turn, tugas, turn.person)
    args = {**card.args, **(extra or {})}
    return turn.answer(card.key, args, card.rows, about=tugas.ref, slot=card.slot)


def refresh(turn: Turn, tugas: Tugas) -> None:
    """Edits an unchanged task message to show the present limit, also where the task is shown
    in the message of the one before it."""
    current = turn.perintah.task(tugas.ref)
    holders = {person.id for person in turn.authority.holders(tugas)}
    for slot in turn.view.slots:
        is_his = slot.about == tugas.ref and person_of(slot.to) in holders
        is_shown = is_his and is_task_slot(slot.name) and slot.is_live and not slot.is_asking
        if current is not None and is_shown:
            redraw(turn, current, slot, about=tugas.ref)


def is_shared(turn: Turn, tugas: Tugas) -> bool:
    """Whether other tugas share its message: no question is asked in such a one."""
    return bool(turn.kinds[turn.act(tugas).kind].card(turn, tugas, turn.person).slot)


def conclude(turn: Turn) -> None:
    """Messages for all tugas that the turn has opened, and the line of its act; called once."""
    for tugas in turn.opened:
        current = turn.perintah.task(tugas.ref)
        if current is not None and current.is_open:
            _announce(turn, current)
    if turn.done is not None:
        undo = rows_after(turn)
        about = turn.cause.ref if turn.cause else ""
        turn.speech.answer(turn.done.key, turn.done.args, undo, about=about, slot=turn.done.slot)
        turn.done = None
    # A tick that only sets `next_at` changes neither messages nor the board.
    is_quiet = isinstance(turn.command, Ticked) and not turn.events
    for perintah in turn.changed if not is_quiet else ():
        turn.speech.board(perintah)


def announce_again(turn: Turn, perintah: Perintah, tugas: Tugas) -> None:
    """Announces a reopened tugas of another perintah than the turn's."""
    work, turn.work = turn.work, perintah
    _announce(turn, tugas, f"lagi{tugas.revision}")
    turn.work = work


def _announce(turn: Turn, tugas: Tugas, reason: str = "dibuka") -> None:
    holders = turn.authority.holders(tugas)
    if not holders:
        _tell_vacancy(turn, tugas)
    for person in holders:
        card = card_of(turn, tugas, person)
        if _grows(turn, person, card):
            done, turn.done = turn.done, None
            args = {**card.args, "selesai": {"key": done.key, "args": done.args} if done else None}
            rows = (*_by_post(turn, tugas, person, card.rows), *rows_after(turn))
            turn.speech.answer(card.key, args, rows, about=tugas.ref)
            continue
        slot = card.slot or task_slot(tugas.ref, person.id)
        is_known = any(s.name == slot and s.is_live for s in turn.view.slots)
        is_here = _is_mine(turn, person) and _is_filled(turn)
        send(turn, tugas, person, card, reason, is_ring=not (is_known or is_here))


def send(
    turn: Turn, tugas: Tugas, person: Person, card: Card, reason: str, *, is_ring: bool
) -> None:
    turn.speech.tell(
        person,
        card.key,
        card.args,
        rows=card.rows,
        slot=card.slot or task_slot(tugas.ref, person.id),
        about=tugas.ref,
        attachments=card.attachments,
        is_ring=is_ring,
        unique=f"tugas:{tugas.ref}:r{tugas.round}:{reason}",
    )


def _grows(turn: Turn, person: Person, card: Card) -> bool:
    """Whether the person's next tugas is shown in the message he has just acted in. The receipt
    of what he filled in or handed over stays for itself."""
    is_free = turn.done is not None and not turn.done.slot and not _is_filled(turn)
    return _is_mine(turn, person) and is_free and not card.attachments and not card.slot


def _is_mine(turn: Turn, person: Person) -> bool:
    return turn.actor is not None and person.id == turn.actor.id


def _is_filled(turn: Turn) -> bool:
    """Whether the act of this turn is a part handed in."""
    return any(turn.act(tugas).traits.fills for tugas in turn.finished)


def _by_post(turn: Turn, tugas: Tugas, person: Person, rows: Rows) -> Rows:
    """Names the post on the button of a next act that the person does for another post."""
    name = post_name(turn, tugas, person)
    cause = turn.cause
    if not name["jenis"] or (
        cause is not None and turn.authority.post(cause) == turn.authority.post(tugas)
    ):
        return rows
    words = {"jenis": name["jenis"], "peran": name["jabatan"]}
    return tuple(tuple(_as_other(b, words) if b.verb == "ok" else b for b in row) for row in rows)


def _as_other(act: Button, words: dict[str, Any]) -> Button:
    return button("sebagai", act.verb, act.ref, act.revision, tindakan=act.label, **words)


def redraw(turn: Turn, tugas: Tugas, slot: Slot, about: str = "") -> None:
    """Edits a message of the tugas to its present card."""
    if (person := turn.view.roster.person(person_of(slot.to) or 0)) is not None:
        card = card_of(turn, tugas, person)
        message = Message(card.key, slot.to, card.args, card.rows, slot=slot.name, about=about)
        turn.speech.say(message)


def recorder_name(turn: Turn, tugas: Tugas) -> str:
    """The operator who recorded the act; empty if the official did it himself."""
    person = turn.view.roster.person(tugas.recorded_by) if tugas.recorded_by else None
    return person.nama if person else ""


def _tell_vacancy(turn: Turn, tugas: Tugas) -> None:
    args = {**task_args(turn, tugas), "peran": post_title(turn, turn.authority.post(tugas))}
    for admin in turn.authority.admins:
        turn.speech.tell(admin, "kosong_jabatan", args, unique=f"kosong:{tugas.ref}")


def rows_of(*rows: tuple[Button, ...]) -> Rows:
    return tuple(row for row in rows if row)


def task_line(turn: Turn, tugas: Tugas) -> dict[str, Any]:
    """Arguments of one line in a list of tugas, of any loaded perintah."""
    head = next(head for head in turn.view.heads if head.id == tugas.perintah_id)
    sop = next(
        s for s in turn.view.setting.book.sops if s.code == head.sop and s.has_act(tugas.act)
    )
    return {
        **step_args(sop, tugas.act),
        "unit": tugas.unit,
        "nomor": head.nomor,
        "sop": sop.name,
        "periode": head.period.label,
        "batas": tugas.due_at.isoformat() if tugas.due_at else None,
        "lewat": tugas.due_at is not None and tugas.due_at < turn.now,
    }


def open_buttons(tugas: Sequence[Tugas], first: int = 1) -> Rows:
    """A button for each tugas of a list, with its number there, from `first` on."""
    numbered = enumerate(tugas, first)
    return tuple((task_button(t, "buka_tugas_ke", "buka", ke=n),) for n, t in numbered)


def plea_rows(turn: Turn, tugas: Tugas, card: Card) -> Rows:
    """Buttons of the pleas (hindrance, more time); none for a post without a superior."""
    is_timed = tugas.is_open and (tugas.due_at is not None or tugas.blocked_at is not None)
    if not is_timed or card.slot or turn.office.superior(turn.authority.post(tugas)) is None:
        return ()
    acts = sum(len(row) for row in card.rows)
    if acts <= FEW_ACTS and (tugas.minutes or 0) >= LONG:
        return both_pleas(tugas)
    return ((task_button(tugas, "kendala_perpanjangan", "mohon"),),)


def both_pleas(tugas: Tugas) -> Rows:
    """Both buttons; while a hindrance is told, its button ends it."""
    time = (task_button(tugas, "minta_perpanjangan", "panjang"),)
    if tugas.blocked_at is not None:
        return ((task_button(tugas, "kendala_selesai", "kb"),),)
    if tugas.hindrance:
        return ((task_button(tugas, "kendala_selesai", "kb"),), time)
    return ((task_button(tugas, "saya_terkendala", "kendala"),), time)

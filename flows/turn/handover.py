"""Handover of task messages when the holder of a post changes."""

from flows.model.addresses import is_slot, person_of, to_person
from flows.model.conversation import Slot
from flows.model.messages import Message
from flows.model.perintah import Tugas
from flows.turn.cards import card_of, post_name, send, task_args
from flows.turn.turn import Turn


def settle_holders(turn: Turn, tugas: Tugas) -> None:
    """Compares the readers of each task message with today's holders of its post."""
    current = turn.perintah.task(tugas.ref)
    if current is None or not current.is_open or current.person_id is not None:
        return
    shown = _readers(turn, tugas)
    holders = {to_person(p.id): p for p in turn.authority.holders(tugas)}
    acting = _alternates(turn, tugas)
    left = [slot for slot in shown if slot.to not in holders and slot.to not in acting]
    arrived = [p for to, p in holders.items() if to not in {slot.to for slot in shown}]
    # Not shown to anybody yet, no holder, or no change of holders.
    if not shown or not holders or not (left or arrived):
        return
    heirs = arrived or list(holders.values())
    for slot in left:
        if not is_slot(slot.name, "papan"):
            words = {"kepada": post_name(turn, tugas, heirs[0]), "saat": turn.now.isoformat()}
            args = {**task_args(turn, tugas), **words}
            turn.speech.say(Message("dialihkan", slot.to, args, slot=slot.name))
    for person in arrived:
        card, reason = card_of(turn, current, person), f"alih:{turn.day.isoformat()}"
        send(turn, current, person, card, reason, is_ring=True)
    turn.record("TugasMoved", tugas, to=[p.id for p in heirs])


def _readers(turn: Turn, tugas: Tugas) -> list[Slot]:
    return [
        slot
        for slot in turn.view.slots
        if slot.is_live
        and slot.about == tugas.ref
        and person_of(slot.to) is not None
        and not (is_slot(slot.name, "ingat") or is_slot(slot.name, "mohon"))
    ]


def _alternates(turn: Turn, tugas: Tugas) -> set[str]:
    roles = turn.act(tugas).alternates
    return {
        to_person(p.id) for role in roles for p in turn.authority.post_holders(role, tugas.unit)
    }

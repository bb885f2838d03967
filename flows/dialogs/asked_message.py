"""What becomes of the message that asked, once its dialog goes on elsewhere or is left."""

from flows.dialogs.question import Dialog
from flows.model.addresses import is_answer, task_slot
from flows.model.conversation import Draft
from flows.model.messages import Card, Message, Restored
from flows.model.perintah import Tugas
from flows.turn.cards import card_of, show
from flows.turn.turn import Turn

# The slots in which former questions stand, until the dialog ends.
ASKED = "_pesan"


def asked_in(draft: Draft | None) -> list[str]:
    """The slots of all questions of a stored draft and of those it has replaced."""
    if draft is None:
        return []
    return list(dict.fromkeys((*draft.answers.get(ASKED, ()), *filter(None, (draft.slot,)))))


def leave_behind(turn: Turn, dialog: Dialog, draft: Draft, slot: str) -> list[str]:
    """The dialog asks in `slot` now: the message that asked before loses its buttons, or goes
    whole where only one is to stand. The slots of the former questions that still do."""
    gone = {slot}
    if draft.slot and draft.slot != slot:
        if dialog.is_single and is_answer(draft.slot):
            turn.speech.remove_message(draft.slot, turn.speech.here)
            gone.add(draft.slot)
        else:
            turn.speech.remove_buttons(draft.slot, turn.speech.here, is_over=False)
    # The messages of an interrupted dialog stay: they offer to go on with it.
    before = None if turn.has_interrupted else turn.view.draft
    return [name for name in asked_in(before) if name not in gone]


def leave_task(turn: Turn, tugas: Tugas, draft: Draft, *, is_typed: bool) -> None:
    left = {"selesai": {"key": "dibatalkan", "args": {}}}
    if is_typed or draft.slot == task_slot(tugas.ref, turn.person.id):
        show(turn, tugas, extra=left)
        return
    card = card_of(turn, tugas, turn.person)
    restore(turn, draft, card._replace(args={**card.args, **left}), about=tugas.ref)


def restore(turn: Turn, draft: Draft, card: Card, about: str = "") -> None:
    to, words = turn.speech.here, (card.args, card.rows)
    otherwise = Message(card.key, to, *words, slot=draft.slot, about=about, lane=0)
    turn.speech.say(Restored(draft.ref, otherwise))

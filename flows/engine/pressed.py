"""Dispatch of pressed buttons to dialogs, commands and acts; presses that came too late."""

import re

from flows.dialogs import dialog
from flows.engine import commands, verbs
from flows.engine.dialogs import DIALOGS
from flows.filling import preview
from flows.model.addresses import is_slot
from flows.model.changes import Decision
from flows.model.commands import Pressed
from flows.model.conversation import Draft
from flows.model.meaning import paused_of
from flows.model.messages import Message
from flows.model.perintah import Tugas
from flows.staff import registration
from flows.turn import cards, endings
from flows.turn.command import by_verb
from flows.turn.turn import Turn

# These only read, or open a dialog that checks again: a button of an old revision is valid.
HARMLESS = {"chat", "ubah", "sumber", "lihat", "buka", "ganti", "tutup", "pilih"}
PAGE_VERB = re.compile(r"l(\d{1,3})")


def pressed(turn: Turn, command: Pressed) -> Decision | None:
    verb, ref = command.verb, command.ref
    if ref.target == "invite":
        return registration.confirm(turn, verb)
    if turn.actor is None:
        return turn.refuse_toast("belum_terdaftar")
    match ref.target:
        case "permohonan":
            return commands.press_wish(turn, verb)
        case "command":
            return commands.press_menu(turn, verb, ref)
        case "draft":
            return _press_draft(turn, command)
        case "perintah":
            return _press_perintah(turn, verb)
    tugas = turn.view.tugas
    if tugas is None or tugas.ref != ref.text:
        return turn.refuse_toast("tombol_lama")
    return press_task(turn, tugas, verb, command.revision)


def _press_draft(turn: Turn, command: Pressed) -> Decision | None:
    if (waiting := paused_of(command, turn.view)) is not None:
        return _resume(turn, waiting)
    draft, pressed = turn.view.draft, (command.ref.text, command.revision)
    if draft is None or (draft.ref, draft.revision) != pressed:
        slot, done = turn.speech.pressed_slot, _done_here(turn)
        if done is not None:
            return _stale(turn, done)
        is_current = draft is not None and slot is not None and slot.name == draft.slot
        if slot is not None and not is_current:
            turn.speech.remove_buttons(slot.name)
        turn.speech.toast("tombol_lama")
        return None
    return dialog.press(turn, DIALOGS[draft.dialog], draft, command.verb)


def _resume(turn: Turn, waiting: Draft) -> Decision | None:
    """Asks again what an interrupted dialog has asked last; an open one is interrupted in turn."""
    dialogue = DIALOGS[waiting.dialog]
    fresh = dialog.new_draft(turn, dialogue, waiting.about, waiting.answers)
    turn.paused = tuple(each for each in turn.paused if each != waiting)
    return dialog.proceed(turn, dialogue, fresh._replace(started_at=waiting.started_at))


def _done_here(turn: Turn) -> Tugas | None:
    """The act that the dialog in the pressed message has ended with: a second press on it."""
    slot, tugas = turn.speech.pressed_slot, turn.view.tugas
    is_its = slot is not None and tugas is not None and slot.about == tugas.ref
    return tugas if is_its and tugas is not None and tugas.finished_at is not None else None


def _press_perintah(turn: Turn, verb: str) -> Decision | None:
    act = by_verb(verb) or verbs.PERINTAH_VERBS.get(verb)
    if turn.work is None or act is None:
        return turn.refuse_toast("tombol_lama")
    return act(turn)


def press_task(turn: Turn, tugas: Tugas, verb: str, revision: int) -> Decision | None:
    page = PAGE_VERB.fullmatch(verb)
    slot = turn.speech.pressed_slot
    is_mine = slot is not None and slot.to == turn.speech.here
    if page and is_mine and turn.may_act(tugas):
        return preview.show_page(turn, tugas, int(page[1]))
    if verb == "xl" and is_mine and turn.may_act(tugas):
        return preview.as_file(turn, tugas)
    if verb == "tutup" and slot is not None and is_mine:
        turn.speech.remove_message(slot.name, slot.to)
        return None
    if verb in verbs.TASK_VERBS:
        return verbs.TASK_VERBS[verb](turn, tugas)
    if not turn.may_act(tugas):
        return turn.refuse_toast("bukan_kewenangan")
    if not tugas.is_open:
        return _stale(turn, tugas)
    if verb == "buka":
        return _reopen_message(turn, tugas)
    act = turn.kinds[turn.act(tugas).kind].verbs.get(verb)
    if act is None:
        return turn.refuse_toast("tombol_lama")
    if revision != tugas.revision and verb not in HARMLESS:
        turn.speech.toast("tampilan_diperbarui")
        return cards.show(turn, tugas)
    return act(turn, tugas)


def _stale(turn: Turn, tugas: Tugas) -> Decision | None:
    """Says who did it and when. The message is edited to that and loses its buttons, unless it
    says so already."""
    args = endings.ended(turn, tugas)
    turn.speech.toast("sudah_diproses", args)
    slot = turn.speech.pressed_slot
    is_left = slot is not None and slot.is_live and slot.about == tugas.ref
    if slot is None or not is_left or is_slot(slot.name, "papan"):
        return None
    if not endings.may_be_undone(turn, slot, tugas):
        turn.speech.say(Message("sudah_diproses", slot.to, args, slot=slot.name))
    return None


def _reopen_message(turn: Turn, tugas: Tugas) -> Decision | None:
    """Sends the task message again at the end of the chat; older copies lose their buttons."""
    card = cards.card_of(turn, tugas, turn.person)
    for slot in turn.view.slots:
        is_older = slot.about == tugas.ref and slot.to == turn.speech.here
        if is_older and not is_slot(slot.name, "papan"):
            turn.speech.remove_buttons(slot.name)
    return turn.answer(
        card.key,
        card.args,
        card.rows,
        about=tugas.ref,
        attachments=card.attachments,
        is_below=not card.slot,
        slot=card.slot,
    )

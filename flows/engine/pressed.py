"""What a press leads to."""

import re

from flows.detours import skipping
from flows.engine import commands, verbs
from flows.engine.dialogs import DIALOGS
from flows.filling import preview
from flows.model.changes import Decision
from flows.model.commands import Pressed
from flows.model.messages import Message
from flows.model.perintah import Tugas
from flows.staff import registration
from flows.turn import cards, dialog
from flows.turn.command import by_verb
from flows.turn.speech import SHARED
from flows.turn.turn import Turn

# These only look, or open a dialog that looks again: an older message may still be used.
HARMLESS = {"chat", "ubah", "lihat", "buka", "ganti", "tutup"}

PAGE_VERB = re.compile(r"l(\d{1,3})")


def pressed(turn: Turn, command: Pressed) -> Decision | None:
    verb, ref, revision = _parse(command.data)
    if ref.startswith("i") and ref[1:].isdigit():
        return registration.confirm(turn, verb)
    if turn.actor is None:
        return turn.refuse_toast("belum_terdaftar")
    if ref.startswith("m"):
        return commands.press_wish(turn, verb)
    if ref.startswith("k"):
        return commands.press_menu(turn, verb, ref)
    if ref.startswith("d"):
        return _press_draft(turn, verb, ref, revision)
    if ref.startswith("p") and ref[1:].isdigit():
        return _press_perintah(turn, verb)
    tugas = turn.view.tugas
    if tugas is None or tugas.ref != ref:
        return turn.refuse_toast("tombol_lama")
    return press_task(turn, tugas, verb, revision)


def _parse(data: str) -> tuple[str, str, int]:
    """Callback data is trusted for nothing: anything odd refers to nothing."""
    parts = data.split(":")
    if len(parts) != 3 or not (parts[2].isascii() and parts[2].isdigit()):
        return "", "", 0
    return parts[0], parts[1], int(parts[2][:9])


def _press_draft(turn: Turn, verb: str, ref: str, revision: int) -> Decision | None:
    draft = turn.view.draft
    if draft is None or draft.ref != ref or draft.revision != revision:
        slot = turn.speech.pressed_slot
        is_current = draft is not None and slot is not None and slot.name == draft.slot
        if slot is not None and not is_current:
            turn.speech.remove_buttons(slot.name)
        turn.speech.toast("tombol_lama")
        return None
    return dialog.press(turn, DIALOGS[draft.dialog], draft, verb)


def _press_perintah(turn: Turn, verb: str) -> Decision | None:
    if turn.work is None:
        return turn.refuse_toast("tombol_lama")
    show = by_verb(verb)
    if show is not None:
        return show(turn)
    if verb in verbs.PERINTAH_VERBS:
        return verbs.PERINTAH_VERBS[verb](turn)
    if verb == "tanpa":
        if not skipping.may_ask(turn):
            return turn.refuse_toast("bukan_kewenangan")
        return skipping.begin(turn)
    return turn.refuse_toast("tombol_lama")


def press_task(turn: Turn, tugas: Tugas, verb: str, revision: int) -> Decision | None:
    page = PAGE_VERB.fullmatch(verb)
    is_mine = (
        turn.speech.pressed_slot is not None and turn.speech.pressed_slot.to == turn.speech.here
    )
    if page and is_mine:
        return preview.turn_page(turn, tugas, int(page[1]))
    if verb == "xl" and is_mine and turn.may_act(tugas):
        return preview.as_file(turn, tugas)
    if verb == "tutup" and is_mine:
        turn.speech.answer("lihat_ditutup", {})
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
        cards.show(turn, tugas)
        return None
    return act(turn, tugas)


def _stale(turn: Turn, tugas: Tugas) -> Decision | None:
    """Who did it and when; the message says so from now on and has no buttons."""
    args = cards.ended(turn, tugas)
    turn.speech.toast("sudah_diproses", args)
    slot = turn.speech.pressed_slot
    if slot is not None and slot.about == tugas.ref and not slot.name.startswith(SHARED):
        turn.speech.say(Message("sudah_diproses", slot.to, args, slot=slot.name))
    return None


def _reopen_message(turn: Turn, tugas: Tugas) -> Decision | None:
    """The task message once more at the bottom; the older ones lose their buttons."""
    card = cards.card_of(turn, tugas, turn.person)
    for slot in turn.view.slots:
        is_older = slot.about == tugas.ref and slot.to == turn.speech.here
        if is_older and not slot.name.startswith(SHARED):
            turn.speech.remove_buttons(slot.name)
    turn.speech.answer(
        card.key,
        card.args,
        card.rows,
        about=tugas.ref,
        attachments=card.attachments,
        is_below=not card.slot,
        slot=card.slot,
    )
    return None

"""decide(): what a command brings about, given the state it refers to. The only way in."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime

from flows.administration import indicators, operations
from flows.deadlines import reminders
from flows.detours import skipping, undo
from flows.engine import clocked, verbs
from flows.enquiries import documents, guides, my_tasks, status, verification
from flows.filling import preview
from flows.forms.form import Unreadable
from flows.kinds.registry import DIALOGS, KINDS
from flows.model.changes import Decision, MoveGroup
from flows.model.commands import (
    Command,
    DayBegan,
    Digested,
    Membership,
    Migrated,
    Outage,
    Pressed,
    Said,
    Sent,
    Stray,
    Ticked,
)
from flows.model.conversation import Draft
from flows.model.messages import Message
from flows.model.perintah import Tugas
from flows.model.view import View
from flows.orders import closing, ordering
from flows.papers import due, notulen, voiding
from flows.staff import reachability, registration, standing_in
from flows.text import words
from flows.turn import cards, dialog
from flows.turn.cards import both_pleas
from flows.turn.turn import SHARED, Turn, is_loaded, task_button

SLASH = re.compile(r"/([A-Za-z_]+)(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
SMALL_TALK = {"siap", "baik", "ok", "oke", "terima kasih", "makasih", "siap pak", "siap bu", "ya"}
DONE_WORDS = {"selesai", "sudah", "sudah selesai"}
# These only look, or open a dialog that looks again: an older message may still be used.
HARMLESS = {"chat", "ubah", "lihat", "buka", "ganti", "tutup"}
GOOGLE_SHEET = "docs.google.com/spreadsheets"
PAGE_VERB = re.compile(r"l(\d{1,3})")


def decide(view: View, command: Command, now: datetime) -> Decision:
    """Pure: the same view, command and moment give the same decision."""
    turn = Turn(view, command, now, KINDS)
    standing_in.resume(turn)
    refused = _route(turn, command)
    if refused is not None:
        return refused
    standing_in.conclude(turn)
    due.issue_due(turn)
    if closing.has_ended(turn):
        closing.announce(turn)
    reminders.settle_clock(turn)
    undo.remember(turn)
    cards.conclude(turn)
    voiding.announce(turn)
    return turn.decision()


def _route(turn: Turn, command: Command) -> Decision | None:
    match command:
        case Ticked() | Outage() | Digested() | DayBegan():
            clocked.answer(turn, command)
            return None
        case Membership(is_member=is_member):
            return reachability.change(turn, command.origin, is_member)
        case Migrated(origin=origin, new_chat_id=new_id):
            if turn.view.group is not None and turn.view.group.chat_id == origin.chat_id:
                turn.changes.append(MoveGroup(origin.chat_id, new_id))
                turn.record("GroupMigrated")
            return None
        case Pressed():
            return _pressed(turn, command)
        case Said() | Sent() if verification.concerns(turn):
            return verification.begin(turn)
        case Said():
            return _said(turn, command)
        case Sent():
            return _sent(turn, command)
        case Stray(noun=noun):
            return _stray(turn, noun)


def _pressed(turn: Turn, command: Pressed) -> Decision | None:
    verb, ref, revision = _parse(command.data)
    if ref.startswith("i") and ref[1:].isdigit():
        return registration.confirm(turn, verb)
    if turn.actor is None:
        return turn.refuse_toast("belum_terdaftar")
    if ref.startswith("m"):
        return verbs.press_wish(turn, verb)
    if ref.startswith("k"):
        return verbs.press_menu(turn, verb, ref)
    if ref.startswith("d"):
        return _press_draft(turn, verb, ref, revision)
    if ref.startswith("p") and ref[1:].isdigit():
        return _press_perintah(turn, verb)
    tugas = turn.view.tugas
    if tugas is None or tugas.ref != ref:
        return turn.refuse_toast("tombol_lama")
    return _press_task(turn, tugas, verb, revision)


def _parse(data: str) -> tuple[str, str, int]:
    """Callback data is trusted for nothing: anything odd refers to nothing."""
    parts = data.split(":")
    if len(parts) != 3 or not (parts[2].isascii() and parts[2].isdigit()):
        return "", "", 0
    return parts[0], parts[1], int(parts[2][:9])


def _press_draft(turn: Turn, verb: str, ref: str, revision: int) -> Decision | None:
    draft = turn.view.draft
    if draft is None or draft.ref != ref or draft.revision != revision:
        slot = turn.pressed_slot
        is_current = draft is not None and slot is not None and slot.name == draft.slot
        if slot is not None and not is_current:
            turn.remove_buttons(slot.name)
        turn.toast("tombol_lama")
        return None
    return dialog.press(turn, DIALOGS[draft.dialog], draft, verb)


def _press_perintah(turn: Turn, verb: str) -> Decision | None:
    if turn.work is None:
        return turn.refuse_toast("tombol_lama")
    if verb in status.SHOWN:
        return status.SHOWN[verb](turn)
    if verb in verbs.PERINTAH_VERBS:
        return verbs.PERINTAH_VERBS[verb](turn)
    if verb == "tanpa":
        if not skipping.may_ask(turn):
            return turn.refuse_toast("bukan_kewenangan")
        return skipping.begin(turn)
    return turn.refuse_toast("tombol_lama")


def _press_task(turn: Turn, tugas: Tugas, verb: str, revision: int) -> Decision | None:
    page = PAGE_VERB.fullmatch(verb)
    is_mine = turn.pressed_slot is not None and turn.pressed_slot.to == turn.here
    if page and is_mine:
        return preview.turn_page(turn, tugas, int(page[1]))
    if verb == "xl" and is_mine and turn.may_act(tugas):
        return preview.as_file(turn, tugas)
    if verb == "tutup" and is_mine:
        turn.answer("lihat_ditutup", {})
        return None
    if verb in verbs.TASK_VERBS:
        return verbs.TASK_VERBS[verb](turn, tugas)
    if not turn.may_act(tugas):
        return turn.refuse_toast("bukan_kewenangan")
    if not tugas.is_open:
        return _stale(turn, tugas)
    if verb == "buka":
        return _reopen_message(turn, tugas)
    act = KINDS[turn.act(tugas).kind].verbs.get(verb)
    if act is None:
        return turn.refuse_toast("tombol_lama")
    if revision != tugas.revision and verb not in HARMLESS:
        turn.toast("tampilan_diperbarui")
        cards.show(turn, tugas)
        return None
    return act(turn, tugas)


def _stale(turn: Turn, tugas: Tugas) -> Decision | None:
    """Who did it and when; the message says so from now on and has no buttons."""
    args = cards.ended(turn, tugas)
    turn.toast("sudah_diproses", args)
    slot = turn.pressed_slot
    if slot is not None and slot.about == tugas.ref and not slot.name.startswith(SHARED):
        turn.say(Message("sudah_diproses", slot.to, args, slot=slot.name))
    return None


def _reopen_message(turn: Turn, tugas: Tugas) -> Decision | None:
    """The task message once more at the bottom; the older ones lose their buttons."""
    card = cards.card_of(turn, tugas, turn.person)
    for slot in turn.view.slots:
        is_older = slot.about == tugas.ref and slot.to == turn.here
        if is_older and not slot.name.startswith(SHARED):
            turn.remove_buttons(slot.name)
    turn.answer(
        card.key,
        card.args,
        card.rows,
        about=tugas.ref,
        attachments=card.attachments,
        is_below=not card.slot,
        slot=card.slot,
    )
    return None


def _said(turn: Turn, command: Said) -> Decision | None:
    slash = SLASH.fullmatch(command.text.strip())
    if slash and slash[1].lower() in ("start", "daftar") and slash[2]:
        return registration.use_code(turn, slash[2].strip())
    if turn.actor is None and _is_about_privacy(slash, command):
        return operations.privacy(turn)
    if turn.actor is None:
        return _answer_stranger(turn, command)
    if command.origin.chat_kind == "group":
        turn.react()
    if slash:
        return _command(turn, slash[1].lower(), (slash[2] or "").strip())
    draft = turn.view.draft
    if draft is not None and not _is_reply_elsewhere(turn, draft):
        return dialog.take_text(turn, DIALOGS[draft.dialog], draft, command.text)
    return _take_words(turn, command)


def _is_about_privacy(slash: re.Match[str] | None, command: Said) -> bool:
    """The one question of a stranger that is answered: it is about his own data."""
    is_private = command.origin.chat_kind == "private"
    return is_private and slash is not None and slash[1].lower() == "privasi"


def _answer_stranger(turn: Turn, command: Said) -> Decision:
    """In the group one short line with the link, at most once an hour a person."""
    origin = command.origin
    if origin.chat_kind == "private":
        return registration.stranger(turn)
    if not command.text.startswith("/"):
        return Decision(is_refused=True)
    hour = f"{turn.now:%Y%m%d%H}"
    message = Message(
        "belum_terdaftar_grup",
        f"c{origin.chat_id}",
        {"bot": turn.view.setting.bot_username},
        unique=f"tamu:{origin.user_id}:{hour}",
        reply_to=origin.message_id,
    )
    return Decision(out=(message,), is_refused=True)


def _is_reply_elsewhere(turn: Turn, draft: Draft) -> bool:
    """A reply to the message of another tugas is about that one, not about the question."""
    slot = turn.view.slot
    return slot is not None and slot.name != draft.slot and slot.about not in (draft.about, "")


def _command(turn: Turn, name: str, rest: str) -> Decision | None:
    if name == "batal":
        return _cancel(turn)
    if name == "sop" and not rest:
        return documents.show_sop(turn)
    if name in status.SHOWN:
        return status.choose(turn, rest, name)
    act = COMMANDS.get(name)
    if act is None:
        return turn.refuse("perintah_tak_dikenal", {"nilai": name[:30]})
    return act(turn, rest)


def _cancel(turn: Turn) -> Decision | None:
    draft = turn.view.draft
    if draft is None:
        return turn.refuse("tak_ada_dibatalkan", {})
    return dialog.leave(turn, DIALOGS[draft.dialog], draft, is_typed=True)


COMMANDS: Mapping[str, Callable[[Turn, str], Decision | None]] = {
    "start": lambda turn, rest: my_tasks.greet(turn),
    "daftar": lambda turn, rest: my_tasks.greet(turn),
    "perintah": ordering.begin,
    "tugas": lambda turn, rest: my_tasks.list_tasks(turn),
    "bantuan": lambda turn, rest: my_tasks.help_for(turn),
    "help": lambda turn, rest: my_tasks.help_for(turn),
    "panduan": lambda turn, rest: guides.guides(turn),
    "latihan": lambda turn, rest: guides.practice(turn),
    "grup": lambda turn, rest: registration.bind_group(turn),
    "indikator": indicators.begin,
    **verbs.COMMANDS,
    "sehat": lambda turn, rest: operations.health(turn),
    "cadangkan": lambda turn, rest: operations.backup(turn),
    "privasi": lambda turn, rest: operations.privacy(turn),
}


def _take_words(turn: Turn, command: Said) -> Decision | None:
    """Words without a question: a reply may press a button; else they belong to no tugas."""
    if GOOGLE_SHEET in command.text:
        return turn.refuse("tolak_google_link", {"nama": "", "batas": None})
    if (unit := notulen.unit_of_slot(turn)) is not None:
        return notulen.correct(turn, unit, command.text)
    plain = words.plain_words(command.text)
    tugas = turn.view.tugas
    is_reply = turn.view.slot is not None and command.origin.reply_to is not None
    if tugas is not None and tugas.is_open and turn.may_act(tugas):
        verb = _verb_said(turn, tugas, plain) if is_reply else None
        if verb is not None:
            return _press_task(turn, tugas, verb, tugas.revision)
    hindrance = verbs.hindrance_said(command.text)
    if hindrance and tugas is not None and tugas.is_open and turn.may_act(tugas):
        return verbs.state_hindrance(turn, tugas, hindrance)
    if plain in SMALL_TALK:
        turn.react()
        return None
    if tugas is not None and tugas.is_open and turn.may_act(tugas):
        take = KINDS[turn.act(tugas).kind].take_text
        if take is not None:
            return take(turn, tugas, command.text.strip())
    if tugas is not None and is_reply and not tugas.is_open:
        return turn.refuse("sudah_diproses", cards.ended(turn, tugas))
    return _unrelated(turn)


def _verb_said(turn: Turn, tugas: Tugas, plain: str) -> str | None:
    """The button whose label was typed; "selesai" means the act itself."""
    kind = KINDS[turn.act(tugas).kind]
    card = cards.card_of(turn, tugas, turn.person)
    for button in (b for row in (*card.rows, *both_pleas(tugas)) for b in row):
        labels = {words.plain_words(button.label), words.plain_words(button.key)}
        if plain in labels and (button.verb in kind.verbs or button.verb in verbs.TASK_VERBS):
            return button.verb
    return "ok" if plain in DONE_WORDS and "ok" in kind.verbs else None


def _unrelated(turn: Turn) -> Decision:
    todo = turn.view.todo
    tasks = [cards.task_args(turn, t) for t in todo if is_loaded(turn, t)]
    rows = tuple((task_button(t, "buka_tugas", "buka"),) for t in todo[:3])
    return turn.refuse("pesan_tanpa_tugas", {"tugas": tasks, "semua": len(todo)}, rows)


def _sent(turn: Turn, command: Sent) -> Decision | None:
    if turn.actor is None:
        if command.origin.chat_kind == "private":
            return registration.stranger(turn)
        return Decision(is_refused=True)
    if not command.sha256:
        reason = command.sheet.reason if isinstance(command.sheet, Unreadable) else "too_large"
        return turn.refuse(f"tolak_{reason}", {"nama": command.name, "batas": None})
    draft = turn.view.draft
    if draft is not None:
        question = dialog.current(turn, DIALOGS[draft.dialog], draft.answers)
        if question is not None and question.takes_file:
            return dialog.take_file(turn, DIALOGS[draft.dialog], draft, command)
    tugas = turn.view.tugas
    if tugas is not None and turn.may_act(tugas):
        take = KINDS[turn.act(tugas).kind].take_file
        if take is not None and tugas.is_open:
            if draft is not None and draft.about == tugas.ref:
                turn.set_draft(None)
            return take(turn, tugas, command)
    if draft is not None:
        return turn.refuse("berkas_tak_diminta", {"nama": command.name})
    if turn.view.proof is not None:
        return verification.answer(turn)
    return _file_without_task(turn, command)


def _file_without_task(turn: Turn, command: Sent) -> Decision:
    fills = [
        t
        for t in turn.view.todo
        if is_loaded(turn, t) and KINDS[turn.act(t).kind].take_file is not None
    ]
    rows = tuple((task_button(t, "buka_tugas", "buka"),) for t in turn.view.todo[:3])
    key = "berkas_beberapa_tugas" if len(turn.view.todo) > 1 else "berkas_tanpa_tugas"
    args = {"nama": command.name, "tugas": [cards.task_args(turn, t) for t in fills]}
    return turn.refuse(key, args, rows)


def _stray(turn: Turn, noun: str) -> Decision | None:
    """Voice, sticker, contact, location, an edited message: one sentence, nothing changes."""
    command = turn.command
    is_private = isinstance(command, Stray) and command.origin.chat_kind == "private"
    if not is_private:
        return Decision(is_refused=True)
    if turn.actor is None:
        return registration.stranger(turn)
    key = "suntingan" if noun == "edited" else "tak_dapat_dicatat"
    return turn.refuse(key, {"jenis": noun, "bertanya": turn.view.draft is not None})

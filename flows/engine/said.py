"""Dispatch of words, chat commands and files to dialogs, acts and enquiries."""

from flows.administration import operations
from flows.dialogs import dialog
from flows.dialogs.interrupted import pause
from flows.dialogs.question import Instead
from flows.engine import verbs
from flows.engine.dialogs import DIALOGS
from flows.engine.pressed import press_task
from flows.enquiries import verification
from flows.filling import evidence
from flows.forms.form import Unreadable
from flows.model.addresses import Ref, to_chat
from flows.model.changes import Decision
from flows.model.commands import Said, Sent, Stray
from flows.model.conversation import Draft
from flows.model.messages import Message
from flows.model.perintah import Tugas
from flows.papers import notulen
from flows.staff import registration
from flows.text import words
from flows.turn import cards, endings
from flows.turn.cards import both_pleas
from flows.turn.command import COMMANDS
from flows.turn.turn import Turn, is_loaded, task_button

DONE_WORDS = {"selesai", "sudah", "sudah selesai"}
GOOGLE_SHEET = "docs.google.com/spreadsheets"


def said(turn: Turn, command: Said) -> Decision | None:
    if command.code:
        return registration.use_code(turn)
    # The only command that a stranger may use: it is about his own data.
    is_private = command.origin.chat_kind == "private"
    if turn.actor is None and is_private and command.command == "privasi":
        return operations.privacy(turn)
    if turn.actor is None:
        return _answer_stranger(turn, command)
    if command.origin.chat_kind == "group":
        turn.speech.react()
    if command.command:
        known = COMMANDS.get(command.command)
        if known is None:
            return turn.refuse("perintah_tak_dikenal", {"nilai": command.command[:30]})
        return known.run(turn, command.rest)
    draft = turn.view.draft
    if draft is not None and not _is_reply_elsewhere(turn, draft):
        return dialog.take_text(turn, DIALOGS[draft.dialog], draft, command.text)
    return _take_words(turn, command)


def _answer_stranger(turn: Turn, command: Said) -> Decision:
    """Answers in the group with one line and the link, at most once an hour a person."""
    origin = command.origin
    if origin.chat_kind == "private":
        return registration.stranger(turn)
    if not command.command:
        return Decision(is_refused=True)
    hour = f"{turn.now:%Y%m%d%H}"
    message = Message(
        "belum_terdaftar_grup",
        to_chat(origin.chat_id),
        {"bot": turn.view.setting.bot_username},
        unique=f"tamu:{origin.user_id}:{hour}",
        reply_to=origin.message_id,
    )
    return Decision(out=(message,), is_refused=True)


def _is_reply_elsewhere(turn: Turn, draft: Draft) -> bool:
    """Whether the words reply to the message of another tugas than the open question's."""
    slot = turn.view.slot
    return slot is not None and slot.name != draft.slot and slot.about not in (draft.about, "")


def _take_words(turn: Turn, command: Said) -> Decision | None:
    """Takes words without an open question: a reply may name a button, else no tugas is meant."""
    if GOOGLE_SHEET in command.text:
        return turn.refuse("tolak_google_link", {"nama": "", "batas": None})
    if (unit := notulen.unit_of_slot(turn)) is not None:
        return notulen.correct(turn, unit, command.text)
    plain = words.plain_words(command.text)
    tugas = turn.view.tugas
    mine = tugas if tugas is not None and tugas.is_open and turn.may_act(tugas) else None
    is_reply = turn.view.slot is not None and command.origin.reply_to is not None
    if (
        plain
        and mine is not None
        and is_reply
        and (verb := _verb_said(turn, mine, plain)) is not None
    ):
        return press_task(turn, mine, verb, mine.revision)
    if mine is not None and (hindrance := verbs.hindrance_said(command.text)):
        return verbs.state_hindrance(turn, mine, hindrance)
    if words.is_small_talk(command.text):
        turn.speech.react()
        return None
    if mine is not None and (take := turn.kinds[turn.act(mine).kind].take_text) is not None:
        return take(turn, mine, command.text.strip())
    if (late := _meant_late(turn, command.text.strip())) is not None:
        return late()
    if tugas is not None and is_reply and not tugas.is_open:
        return turn.refuse("sudah_diproses", endings.ended(turn, tugas))
    return _unrelated(turn)


def _meant_late(turn: Turn, text: str) -> Instead | None:
    """What the words mean for a tugas of his that has ended."""
    tugas = turn.view.tugas
    if tugas is None or tugas.is_open or not turn.may_act(tugas):
        return None
    hear = turn.kinds[turn.act(tugas).kind].hear_late
    return hear(turn, tugas, text) if hear is not None else None


def _verb_said(turn: Turn, tugas: Tugas, plain: str) -> str | None:
    """The verb of the button whose label was typed; "selesai" means the act itself."""
    kind = turn.kinds[turn.act(tugas).kind]
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


def sent(turn: Turn, command: Sent) -> Decision | None:
    if turn.actor is None:
        if command.origin.chat_kind == "private":
            return registration.stranger(turn)
        return Decision(is_refused=True)
    if not command.sha256:
        reason = command.sheet.reason if isinstance(command.sheet, Unreadable) else "too_large"
        return turn.refuse(f"tolak_{reason}", {"nama": command.name, "batas": None})
    draft = turn.view.draft
    if draft is not None and _is_loaded_for(turn, draft):
        asking = DIALOGS[draft.dialog]
        question = dialog.current(turn, asking, draft.answers)
        is_asked = question is not None and question.takes_file
        if is_asked or asking.add_file is not None:
            return dialog.take_file(turn, asking, draft, command)
    tugas = turn.view.tugas
    if tugas is not None and turn.may_act(tugas):
        take = turn.kinds[turn.act(tugas).kind].take_file
        if take is not None and tugas.is_open:
            is_over = draft is not None and draft.about == tugas.ref
            is_sheet = command.sheet is not None
            goes_on = not is_sheet and bool(evidence.row_at_hand(turn, tugas))
            if is_over and not goes_on and evidence.asked(turn, tugas) is None:
                pause(turn)
                turn.set_draft(None)
            return take(turn, tugas, command)
    if draft is not None:
        return turn.refuse("berkas_tak_diminta", {"nama": command.name})
    if turn.view.proof is not None:
        return verification.answer(turn)
    return _file_without_task(turn, command)


def _is_loaded_for(turn: Turn, draft: Draft) -> bool:
    """Whether the view holds what the open question is about: a file may mean something else."""
    about = Ref.read(draft.about)
    if about.target == "tugas":
        return turn.view.tugas is not None and turn.view.tugas.ref == draft.about
    return about.perintah_id is None or (
        turn.work is not None and turn.work.id == about.perintah_id
    )


def _file_without_task(turn: Turn, command: Sent) -> Decision:
    fills = [
        t
        for t in turn.view.todo
        if is_loaded(turn, t) and turn.kinds[turn.act(t).kind].take_file is not None
    ]
    rows = tuple((task_button(t, "buka_tugas", "buka"),) for t in turn.view.todo[:3])
    key = "berkas_beberapa_tugas" if len(turn.view.todo) > 1 else "berkas_tanpa_tugas"
    args = {"nama": command.name, "tugas": [cards.task_args(turn, t) for t in fills]}
    return turn.refuse(key, args, rows)


def stray(turn: Turn, noun: str) -> Decision | None:
    """Answers voice, sticker, contact, location and edits with one sentence; changes nothing."""
    command = turn.command
    is_private = isinstance(command, Stray) and command.origin.chat_kind == "private"
    if not is_private:
        return Decision(is_refused=True)
    if turn.actor is None:
        return registration.stranger(turn)
    key = "suntingan" if noun == "edited" else "tak_dapat_dicatat"
    return turn.refuse(key, {"jenis": noun, "bertanya": turn.view.draft is not None})

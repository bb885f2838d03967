"""Dispatch of files to dialogs and acts; replies to contents the bot cannot use."""

from flows.engine.dialogs import DIALOGS
from flows.enquiries import verification
from flows.forms.form import Unreadable
from flows.model.changes import Decision
from flows.model.commands import Sent, Stray
from flows.staff import registration
from flows.turn import cards, dialog
from flows.turn.turn import Turn, is_loaded, task_button


def sent(turn: Turn, command: Sent) -> Decision | None:
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
        take = turn.kinds[turn.act(tugas).kind].take_file
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

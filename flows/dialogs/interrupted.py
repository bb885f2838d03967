"""Dialogs half answered when another one begins: kept, and offered in their own messages."""

from flows.model.conversation import Draft
from flows.model.messages import Line, Message, Removal, Restored
from flows.turn.turn import Turn, button

MOST = 5


def pause(turn: Turn) -> None:
    """Keeps the open dialog, which a new one is about to replace, if anything was answered.

    Its message is again what it was before, with the way back; without an answer, without one.
    """
    old = turn.view.draft
    if old is None or turn.is_answering or turn.recorder is not None or old in turn.paused:
        return
    turn.has_interrupted = True
    if not old.is_begun:
        _show_before(turn, old)
        return
    turn.paused = (*turn.paused, old)[-MOST:]
    _show_before(turn, old, Line("dialog_terputus", {"dialog": old.dialog}))


def _show_before(turn: Turn, old: Draft, line: Line | None = None) -> None:
    pressed = turn.speech.pressed_slot
    back = button("lanjutkan_dialog", "lanjutkan", old.ref, old.revision, dialog=old.dialog)
    rows = ((back,),) if line is not None else ()
    if pressed is not None and pressed.name == old.slot:
        # The new question is about to stand there.
        if line is not None:
            turn.speech.answer("dialog_terputus", line.args, rows, about=old.about, is_below=True)
        return
    to = turn.speech.here
    if line is None:
        turn.speech.say(Restored(old.ref, Removal(old.slot, is_whole=True, to=to)))
        return
    words = Message("dialog_terputus", to, line.args, rows, slot=old.slot, about=old.about, lane=0)
    turn.speech.say(Restored(old.ref, words, line, rows))

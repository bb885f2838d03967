"""A figure typed for a part already sent: it is taken back with the figure, or asked back from
whoever has built upon it. A sent figure never changes otherwise."""

from decimal import Decimal
from typing import Any

from flows.detours import undo
from flows.detours.asked_back import ask_back, built_upon, holding
from flows.dialogs.dialog import start
from flows.dialogs.question import Answers, Choice, Dialog, Instead, Question
from flows.figures.shown import figure
from flows.filling.in_chat import ask_figure, ask_meaning, ask_reason, change_row, fill_row
from flows.filling.part import part_of, touched
from flows.filling.part_state import say_state
from flows.filling.typed_figure import (
    BACK,
    NOT_AVAILABLE,
    SKIP,
    UNCLEAR,
    Typed,
    not_his,
    only_row_said,
    own_indicator,
    typed_row,
    value_said,
)
from flows.forms.numbers import format_number
from flows.model.changes import Decision
from flows.model.conversation import Draft
from flows.model.perintah import Tugas
from flows.turn.cards import post_name
from flows.turn.turn import Turn

TAKE, ASK = "tarik", "mohon"


def hear_late(turn: Turn, tugas: Tugas, text: str) -> Instead | None:
    """`KODE angka` (in reply, of a part of one row, the figure alone) after Kirim."""
    latest = _latest(turn, tugas)
    if latest is None:
        return None
    typed = typed_row(turn, latest, text) or only_row_said(turn, latest, text)
    return (lambda: _offer(turn, latest, typed)) if typed and typed.is_figure else None


def _latest(turn: Turn, tugas: Tugas) -> Tugas | None:
    """The last tugas of the part, once it is sent; None while it is open or the order over."""
    tasks = turn.perintah.tasks(tugas.act, tugas.unit)
    own = [t for t in tasks if t.person_id == tugas.person_id and t.state != "batal"]
    is_sent = bool(own) and own[-1].state == "selesai" and turn.perintah.status == "berjalan"
    return own[-1] if is_sent else None


def _offer(turn: Turn, tugas: Tugas, typed: Typed) -> Decision | None:
    if not typed.is_own:
        return not_his(turn, tugas, typed.kode)
    question = ask_figure(turn, {"_ganti": True, "_kode": typed.kode})
    assert question is not None
    assert question.parse is not None
    assert question.explain is not None
    said = question.parse(typed.words)
    if said is None:
        why = question.explain(typed.words)
        return turn.refuse(question.wrong, {**question.args, "nilai": typed.words[:60], **why})
    answers = {"_kode": typed.kode, "angka": said, "_cara": _way(turn, tugas)}
    if _shown(turn, answers) == _held(turn, tugas, typed.kode):
        words = {"kode": typed.kode, "nilai": _shown(turn, answers), **_sent(turn, tugas)}
        return turn.refuse("angka_sama", words)
    return start(turn, SENT, about=tugas.ref, answers=answers)


def _way(turn: Turn, tugas: Tugas) -> str:
    """What can still be done; empty where those who hold the data may not send them back."""
    if built_upon(turn, tugas) is None:
        return TAKE
    return ASK if holding(turn, tugas) is not None else ""


def _ask_step(turn: Turn, answers: Answers) -> Question | None:
    tugas, kode, way = turn.tugas, str(answers["_kode"]), answers["_cara"]
    built = built_upon(turn, tugas) if way != TAKE else None
    at = holding(turn, tugas) if way == ASK else None
    figures = {"kode": kode, "nilai": _shown(turn, answers)}
    offered = {
        TAKE: (Choice(TAKE, "tarik_catat", args=figures),),
        ASK: (Choice(ASK, "mohon_dikembalikan"),),
    }
    choices = offered.get(way, ())
    words = {
        **figures,
        **_sent(turn, tugas),
        "semula": _held(turn, tugas, kode),
        "oleh": post_name(turn, built) if built is not None else None,
        "pada": post_name(turn, at) if at is not None else None,
    }
    return Question("langkah", "sudah_dikirim", words, choices)


def _sent(turn: Turn, tugas: Tugas) -> dict[str, Any]:
    sent = turn.local(tugas.finished_at or turn.now)
    return {"saat": sent.isoformat(), "hari_ini": sent.date() == turn.day}


def _held(turn: Turn, tugas: Tugas, kode: str) -> str:
    return figure(turn, tugas.unit or "", part_of(turn, tugas).row(kode))


def _shown(turn: Turn, answers: Answers) -> str:
    """The figure in official notation; as typed while its reading is to be asked."""
    said = str(answers["angka"])
    if said == NOT_AVAILABLE or said.startswith(UNCLEAR):
        return said.removeprefix(UNCLEAR)
    places = own_indicator(turn, turn.tugas, str(answers["_kode"])).desimal
    return format_number(Decimal(value_said(said)), places)


def _settle(turn: Turn, answers: dict[str, Any], name: str) -> dict[str, Any]:
    given = dict(answers)
    if name == "arti":
        given["angka"] = given.pop("arti")
    elif name == "keterangan" and given[name] in (BACK, SKIP):
        del given[name]
    return given


def _finish(turn: Turn, draft: Draft) -> Decision | None:
    tugas, answers = turn.view.tugas, draft.answers
    if tugas is None or not turn.may_act(tugas) or _latest(turn, tugas) != tugas:
        return turn.refuse_changed()
    kode, way = str(answers["_kode"]), answers["langkah"]
    if way != (possible := _way(turn, tugas)):
        # Somebody has gone on since the button was shown, or has undone that.
        given = {key: said for key, said in answers.items() if key != "langkah"}
        return start(turn, SENT, about=tugas.ref, answers={**given, "_cara": possible})
    if way == ASK:
        return ask_back(turn, tugas, kode, _held(turn, tugas, kode), _shown(turn, answers))
    again = undo.reopen(turn, tugas)
    if isinstance(again, Decision):
        return again
    line = fill_row(turn, again, kode, answers)
    return say_state(turn, touched(turn, again), "angka_diubah", baru=line)


def _hear_figure(turn: Turn, draft: Draft, text: str) -> Instead | None:
    """Another figure for a row of the part: the question is put anew, by what has happened since;
    a part taken back meanwhile takes the figure at once."""
    tugas = turn.view.tugas
    if tugas is None or not turn.may_act(tugas):
        return None
    if tugas.is_open:
        typed = typed_row(turn, tugas, text)
        anew = (lambda: change_row(turn, tugas, typed)) if typed and typed.is_figure else None
    else:
        anew = hear_late(turn, tugas, text)
    if anew is not None:
        turn.speech.remove_message(draft.slot, turn.speech.here)
    return anew


SENT = Dialog(
    "sudah_dikirim",
    {"arti": ask_meaning, "keterangan": ask_reason, "langkah": _ask_step},
    _finish,
    settle=_settle,
    is_single=True,
    hear=_hear_figure,
)

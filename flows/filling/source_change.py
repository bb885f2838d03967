"""Ubah sumber: the source of one row is changed; its figure and every other cell stay."""

from dataclasses import replace
from typing import Any

from flows.dialogs.dialog import leave, of_open_task, proceed, start
from flows.dialogs.question import Answers, Choice, Dialog, Instead, Question
from flows.figures.shown import figure
from flows.filling.in_chat import change_row
from flows.filling.part import part_of, sourced_rows, take_row, touched
from flows.filling.part_state import say_state
from flows.filling.source import source_question
from flows.filling.typed_figure import BACK, WORDS, own_indicator, typed_row
from flows.model.changes import Decision
from flows.model.conversation import Draft
from flows.model.perintah import Tugas
from flows.text.words import code_said, plain_words
from flows.turn.turn import Turn


def begin_source(turn: Turn, tugas: Tugas) -> Decision | None:
    if not sourced_rows(turn, tugas):
        return turn.refuse_toast("tombol_lama")
    return start(turn, CHANGE_SOURCE, about=tugas.ref)


def _ask_row(turn: Turn, answers: Answers) -> Question | None:
    """Asks which row's source to change; not where there is only one."""
    rows = sourced_rows(turn, turn.tugas)
    if len(rows) < 2:
        return None
    choices = tuple(
        Choice(row.kode, "baris_sumber", args={"kode": row.kode, "sumber": row.sumber})
        for row in rows
    )
    codes = tuple(row.kode for row in rows)
    return Question(
        "kode",
        "tanya_baris_sumber",
        {"contoh": codes[0]},
        choices,
        longest=60,
        parse=lambda text: code_said(text, codes),
        wrong="kode_tak_dikenal",
        is_list=True,
    )


def _row_meant(turn: Turn, answers: Answers) -> str | None:
    rows = sourced_rows(turn, turn.tugas)
    return answers.get("kode") or (rows[0].kode if len(rows) == 1 else None)


def _ask_source(turn: Turn, answers: Answers) -> Question | None:
    kode = _row_meant(turn, answers)
    row = part_of(turn, turn.tugas).row(kode) if kode else None
    if kode is None or row is None:
        return None
    unit = turn.tugas.unit or ""
    words = {
        "angka": figure(turn, unit, row),
        "satuan": own_indicator(turn, turn.tugas, kode).satuan,
        "kini": row.sumber,
    }
    return source_question(turn, kode, "tanya_ubah_sumber", words)


def _hear(turn: Turn, draft: Draft, text: str) -> Instead | None:
    """Words that go back leave the dialog; `KODE angka` changes that figure instead."""
    tugas = turn.view.tugas
    if tugas is None:
        return None
    if plain_words(text) in WORDS:
        is_row_asked = "kode" in draft.answers and WORDS[plain_words(text)] == BACK
        again = draft._replace(answers={}, revision=draft.revision + 1)
        if is_row_asked:
            return lambda: proceed(turn, CHANGE_SOURCE, again)
        return lambda: leave(turn, CHANGE_SOURCE, draft, is_typed=True)
    typed = typed_row(turn, tugas, text)
    if typed is None or not (typed.is_figure and typed.is_own):
        return None
    turn.speech.remove_buttons(draft.slot)
    return lambda: change_row(turn, tugas, typed)


@of_open_task
def _finish(turn: Turn, tugas: Tugas, answers: Answers) -> Decision | None:
    kode, said = _row_meant(turn, answers), answers["sumber"]
    row = part_of(turn, tugas).row(kode) if kode else None
    if row is None:
        return turn.refuse_changed()
    take_row(turn, tugas, replace(row, sumber=str(said)))
    line: dict[str, Any] = {"kode": row.kode, "sumber": str(said)}
    return say_state(turn, touched(turn, tugas), "sumber_diubah", sumber_baru=line)


CHANGE_SOURCE = Dialog(
    "ubah_sumber",
    {"kode": _ask_row, "sumber": _ask_source},
    _finish,
    hear=_hear,
    is_single=True,
)

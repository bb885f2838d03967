"""Parsing of figures typed in the chat, with the row named by `KODE angka`."""

from decimal import Decimal
from difflib import get_close_matches
from typing import NamedTuple

from flows.figures.unit_rows import form_of, indicators_of
from flows.filling.part import part_of
from flows.forms.figure_check import Course, Remark, example, offered, read_figure, remarks
from flows.forms.form import Cell, Finding, Indicator, Role
from flows.forms.numbers import Reading, read_text
from flows.forms.row_check import LONGEST_TEXT, needs_note
from flows.model.changes import Decision
from flows.model.perintah import Tugas
from flows.text.plain import cut
from flows.text.words import plain_words, row_said, stranger_said
from flows.turn.cards import person_args, task_args
from flows.turn.turn import Turn

NOT_AVAILABLE, SKIP, BACK = "n/a", "lewati", "kembali"
# Marks an ambiguous figure until its reading has been asked.
UNCLEAR = "?"
WORDS = {"lewati": SKIP, "lewat": SKIP, "kembali": BACK, "sebelumnya": BACK}
# Reasons for which a text that begins with a code is words about the row, no figure.
ONLY_WORDS = ("text", "too_long")


def longest_of(turn: Turn, role: Role) -> int:
    """How long the text of this column may be, in the chat as in a file."""
    column = form_of(turn).column(role)
    return (column and column.max_length) or LONGEST_TEXT


def own_indicator(turn: Turn, tugas: Tugas, kode: str) -> Indicator:
    unit = tugas.unit or ""
    return next(i for i in indicators_of(turn, unit) if i.kode == kode)


def reserved(text: str) -> str:
    """The code of a word that moves between questions, never data; any other text unchanged."""
    return WORDS.get(plain_words(text), text)


def parse_figure(text: str, indicator: Indicator, quarter: int) -> str | None:
    """The typed figure as exact text, or marked as ambiguous; None if it is no figure.

    Behind a figure in unusual notation stands what was typed: "2.24 2.24%".
    """
    if plain_words(text) in WORDS:
        return WORDS[plain_words(text)]
    reading = reading_of(text, indicator, quarter)
    if reading.kind == "na":
        return NOT_AVAILABLE
    if reading.kind == "ambiguous":
        return f"{UNCLEAR}{text}" if offered(indicator, reading) else None
    if reading.value is None or _errors(indicator, reading, quarter):
        return None
    return f"{reading.value} {text}" if reading.notes else f"{reading.value}"


def value_said(said: str) -> str:
    """The figure of an answer, without the words it was typed in."""
    return said.partition(" ")[0]


def words_said(said: str) -> str:
    """The words a figure was typed in, where they can be read otherwise; else empty."""
    return said.partition(" ")[2]


def mistake(text: str, indicator: Indicator, quarter: int) -> Finding:
    """What a file's check would say of the typed text, which is no figure of the indicator."""
    reading = reading_of(text, indicator, quarter)
    found = _errors(indicator, reading, quarter)
    code, args = found[0] if found else ("E03", {"example": example(indicator.desimal)})
    return Finding(code, kode=indicator.kode, value=cut(text), args=args)


def _errors(indicator: Indicator, reading: Reading, quarter: int) -> list[Remark]:
    # Doubts are no errors: what they compare with does not matter here.
    course = Course(quarter, None, "selisih")
    return [(code, args) for code, args in remarks(indicator, reading, course) if code[0] == "E"]


def reading_of(text: str, indicator: Indicator, quarter: int) -> Reading:
    cell = Cell(address="", kind="text", text=text)
    return read_figure(indicator, cell, quarter)


def wants_note(turn: Turn, tugas: Tugas, kode: str, said: str) -> str:
    """The reason why the figure needs a note, by the rule of sheets; empty if it needs none."""
    if said in (SKIP, BACK) or said.startswith(UNCLEAR):
        return ""
    is_na = said == NOT_AVAILABLE
    value = None if is_na else Decimal(value_said(said))
    quarter = turn.perintah.period.quarter
    return needs_note(own_indicator(turn, tugas, kode), value, quarter, is_na=is_na)


class Typed(NamedTuple):
    """`KODE angka` as typed: `words` is the text after the code. `kode` is a row of the part,
    or one that is not (`is_own` False). `is_figure`: no mere words about the row."""

    kode: str
    words: str
    is_own: bool
    is_figure: bool


def typed_row(turn: Turn, tugas: Tugas, text: str) -> Typed | None:
    own = part_of(turn, tugas).codes
    known = tuple(indicator.kode for indicator in turn.view.indicators)
    said = row_said(text, own) or row_said(text, known) or stranger_said(text, known)
    if said is None:
        return None
    kode, words = said
    if kode in own:
        reading = reading_of(words, own_indicator(turn, tugas, kode), turn.perintah.period.quarter)
    else:
        reading = read_text(words, 2, None)
    is_figure = reading.kind != "wrong" or reading.reason not in ONLY_WORDS
    return Typed(kode, words, kode in own, is_figure)


def only_row(turn: Turn, tugas: Tugas) -> str | None:
    """The code of the row a reply means, if the tugas has exactly one."""
    codes = tugas.codes or part_of(turn, tugas).codes
    return codes[0] if turn.view.slot is not None and len(codes) == 1 else None


def only_row_said(turn: Turn, tugas: Tugas, text: str) -> Typed | None:
    """A figure without a code, in reply, for a tugas of one row."""
    code = only_row(turn, tugas)
    typed = typed_row(turn, tugas, f"{code} {text}") if code is not None else None
    return typed if typed is not None and typed.is_figure else None


def not_his(turn: Turn, tugas: Tugas, kode: str) -> Decision:
    part = part_of(turn, tugas)
    indicator = next((i for i in turn.view.indicators if i.kode == kode), None)
    if indicator is None:
        nearest = get_close_matches(kode, part.codes, n=1, cutoff=0)
        args = {"nilai": kode, "terdekat": nearest[0] if nearest else ""}
        return turn.refuse("kode_tak_dikenal", args, about=tugas.ref)
    parts = turn.perintah.parts(indicator.unit)
    holders = (turn.view.roster.person(p.person_id) for p in parts if kode in p.codes)
    told = {
        **task_args(turn, tugas, turn.person),
        "kode": kode,
        "bidang": indicator.unit,
        "pengisi": [person_args(turn, person.id) for person in holders if person],
        "baris": list(part.codes),
    }
    return turn.refuse("bukan_bagian", told, about=tugas.ref)

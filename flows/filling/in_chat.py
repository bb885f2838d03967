"""Filling in the chat: one indicator a question. Each answer is stored at once and the draft
holds only the position, so leaving it loses no figure. Ubah angka and a typed `KODE angka`
change one row by the same questions and rules."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from flows.dialogs.dialog import (
    PASSING,
    current,
    leave,
    new_draft,
    of_open_task,
    proceed,
    take_text,
)
from flows.dialogs.question import Answers, Ask, Choice, Dialog, Instead, Question
from flows.figures.shown import figure, row_lines
from flows.filling.part import (
    asks_again,
    finding_args,
    part_of,
    read_otherwise,
    row_held,
    take_row,
    touched,
    wanting,
)
from flows.filling.part_state import say_state, show_state
from flows.filling.source import has_sources, source_question
from flows.filling.typed_figure import (
    BACK,
    NOT_AVAILABLE,
    SKIP,
    UNCLEAR,
    WORDS,
    Typed,
    longest_of,
    mistake,
    not_his,
    own_indicator,
    parse_figure,
    reading_of,
    reserved,
    typed_row,
    value_said,
    wants_note,
    words_said,
)
from flows.forms.figure_check import offered
from flows.forms.form import Indicator, Isian, target
from flows.forms.numbers import format_number, format_plain
from flows.model.changes import Decision
from flows.model.conversation import Draft
from flows.model.perintah import Tugas
from flows.text.words import code_said, plain_words
from flows.turn.cards import show, task_args
from flows.turn.turn import Turn

LONGEST_FIGURE = 60
# Keys of the answers beside the present row (_kode): in filling, rows answered (_selesai) and
# skipped (_lewat); in changing (_ganti), the answers of the filling it interrupts and that
# resumes after it (_sela), or the line of the change that ends it (_tamat).
FILLING = ("_lewat", "_selesai")
CHANGING = ("_ganti", "_sela")


def _cursor(turn: Turn, answers: Answers) -> str | None:
    """The present row, else the next: rows without a figure first, then rows sent back."""
    if "_kode" in answers:
        return str(answers["_kode"])
    if "_ganti" in answers or "_tamat" in answers:
        return None
    tugas = turn.tugas
    passed = answers.get("_lewat", [])
    part = part_of(turn, tugas)
    wanted = tugas.codes or part.codes
    done = answers.get("_selesai", [])
    open_rows = [c for c in part.codes if part.row(c) is None and c not in passed]
    again = [c for c in wanted if c not in done and c not in passed]
    order = [*open_rows, *(again if asks_again(turn, tugas) else [])]
    return order[0] if order else None


def ask_figure(turn: Turn, answers: Answers) -> Question | None:
    kode = _cursor(turn, answers)
    if kode is None:
        return None
    indicator = own_indicator(turn, turn.tugas, kode)
    words = _words(turn, indicator, answers)
    is_change = "_ganti" in answers
    skip = () if is_change else (Choice(SKIP, "lewati"),)
    back = (Choice(BACK, "kembali"),) if is_change or _before(turn, answers, kode) else ()
    choices = (Choice(NOT_AVAILABLE, "belum_ada_data"), *skip, *back)
    return Question(
        "angka",
        "tanya_angka",
        words,
        choices,
        longest=LONGEST_FIGURE,
        parse=lambda text: parse_figure(text, indicator, turn.perintah.period.quarter),
        wrong="angka_keliru",
        explain=lambda text: {
            "temuan": finding_args(mistake(text, indicator, turn.perintah.period.quarter))
        },
    )


def _words(turn: Turn, indicator: Indicator, answers: Answers) -> dict[str, Any]:
    tugas = turn.tugas
    part = part_of(turn, tugas)
    quarter = turn.perintah.period.quarter
    held = part.row(indicator.kode)
    goal = target(indicator, quarter)
    former = turn.view.former.get(turn.perintah.period.former.code, {}).get(indicator.kode)
    before = former.realisasi if former else None
    return {
        "kode": indicator.kode,
        "indikator": indicator.indikator,
        "satuan": indicator.satuan,
        "periode": turn.perintah.period.label,
        "target": format_number(goal, indicator.desimal) if goal is not None else "-",
        "periode_lalu": turn.perintah.period.former.label,
        "lalu": format_number(before, indicator.desimal) if before is not None else None,
        "ke": part.codes.index(indicator.kode) + 1,
        "jumlah": len(part.codes),
        "dilewati": len(answers.get("_lewat", [])),
        "contoh": "1.250" if indicator.desimal == 0 else "85,50",
        "batas_angka": [format_plain(limit) for limit in indicator.limits or ()],
        "kini": figure(turn, indicator.unit, held) if held else None,
        "baru": answers.get("_baru"),
    }


def ask_meaning(turn: Turn, answers: Answers) -> Question | None:
    """Asks which of two readings of an ambiguous figure is meant."""
    said = str(answers.get("angka", ""))
    kode = _cursor(turn, answers)
    if not said.startswith(UNCLEAR) or kode is None:
        return None
    indicator = own_indicator(turn, turn.tugas, kode)
    text = said.removeprefix(UNCLEAR)
    reading = reading_of(text, indicator, turn.perintah.period.quarter)
    choices = tuple(
        Choice(f"{value}", label=format_number(value, indicator.desimal))
        for value in offered(indicator, reading)
    )
    words = {
        "kode": kode,
        "nilai": text,
        "satuan": indicator.satuan,
        "sebutan": "words" in reading.notes,
        "baru": answers.get("_baru"),
    }
    return Question("arti", "tanya_arti_angka", words, choices)


def ask_reason(turn: Turn, answers: Answers) -> Question | None:
    kode, said = _cursor(turn, answers), answers.get("angka")
    why = wants_note(turn, turn.tugas, kode, str(said)) if kode and said is not None else ""
    if not why:
        return None
    words = {"kode": kode, "sebab": why, "baru": answers.get("_baru")}
    return Question(
        "keterangan",
        "tanya_keterangan",
        words,
        shortest=5,
        longest=longest_of(turn, "keterangan"),
        parse=reserved,
    )


def _ask_source(turn: Turn, answers: Answers) -> Question | None:
    angka = answers.get("angka")
    if angka is None or angka in (NOT_AVAILABLE, SKIP) or angka.startswith(UNCLEAR):
        return None
    if "_ganti" in answers or not has_sources(turn):
        return None
    kode = _cursor(turn, answers) or ""
    indicator = own_indicator(turn, turn.tugas, kode)
    words = {
        "angka": format_number(Decimal(value_said(angka)), indicator.desimal),
        "ditulis": words_said(angka),
        "satuan": indicator.satuan,
        "ragu": read_otherwise(part_of(turn, turn.tugas), kode),
        "baru": answers.get("_baru"),
    }
    return source_question(turn, kode, "tanya_sumber", words, Choice(SKIP, "lewati_sumber"))


def _before(turn: Turn, answers: Answers, kode: str) -> str | None:
    """The code of the row answered last, else of the nearest filled row above."""
    if done := [code for code in answers.get("_selesai", []) if code != kode]:
        return str(done[-1])
    part = part_of(turn, turn.tugas)
    above = part.codes[: part.codes.index(kode)] if kode in part.codes else ()
    return next((code for code in reversed(above) if part.row(code) is not None), None)


def _go_back(turn: Turn, answers: dict[str, Any], kode: str) -> dict[str, Any]:
    before = _before(turn, answers, kode)
    kept = _kept(answers)
    if before is None:
        return kept
    done = [code for code in kept.get("_selesai", []) if code != before]
    return {**kept, "_selesai": done, "_kode": before}


def _settle(turn: Turn, answers: dict[str, Any], name: str) -> dict[str, Any]:
    """Stores a figure as soon as it is typed; moves to the next row after the last answer."""
    if name == "kode":
        return {"_ganti": True, "_kode": answers["kode"]}
    kode = _cursor(turn, answers)
    if name == "arti":
        name, answers = "angka", {**answers, "angka": answers["arti"]}
        del answers["arti"]
    angka = answers.get("angka")
    if kode is None or angka is None or angka.startswith(UNCLEAR):
        return answers
    if answers[name] in (BACK, SKIP) and not (name == "sumber" and answers[name] == SKIP):
        return _moved(turn, answers, kode, name)
    if name == "angka" and wants_note(turn, turn.tugas, kode, angka):
        return answers
    line = fill_row(turn, turn.tugas, kode, answers)
    if "_ganti" in answers:
        before = answers.get("_sela")
        return {"_tamat": line} if before is None else {**before, "_baru": line}
    if name == "angka" or (name == "keterangan" and angka != NOT_AVAILABLE):
        return {**answers, "_kode": kode}
    done = [*answers.get("_selesai", []), kode]
    return {**_kept(answers), "_selesai": done, "_baru": line}


def fill_row(turn: Turn, tugas: Tugas, kode: str, answers: Answers) -> dict[str, Any]:
    """Stores the row by these answers; what they leave out stays. The line that tells of it."""
    angka = str(answers["angka"])
    former = row_held(turn, tugas, kode)
    typed = words_said(angka)
    indicator = own_indicator(turn, tugas, kode)
    reading = reading_of(typed, indicator, turn.perintah.period.quarter)
    sumber = str(answers.get("sumber", SKIP))
    is_na = angka == NOT_AVAILABLE
    row = replace(
        former,
        realisasi=None if is_na else Decimal(value_said(angka)),
        is_na=is_na,
        notes=reading.notes,
        sumber=former.sumber if sumber == SKIP else sumber,
        keterangan=str(answers.get("keterangan", former.keterangan)),
    )
    take_row(turn, tugas, row, typed)
    told = "" if sumber == SKIP else sumber
    return {**_line(turn, former, row), "sumber": told}


def _moved(turn: Turn, answers: dict[str, Any], kode: str, name: str) -> dict[str, Any]:
    """Moves back to this row's figure or to the row before, or skips this row."""
    if answers[name] == BACK and name != "angka":
        return {**_kept(answers), "_kode": kode}
    if "_ganti" in answers:
        return dict(answers.get("_sela", {"_ganti": True}))
    if answers[name] == BACK:
        return _go_back(turn, answers, kode)
    return {**_kept(answers), "_lewat": [*answers.get("_lewat", []), kode]}


def _line(turn: Turn, former: Isian, row: Isian) -> dict[str, Any]:
    """The line of the row with its present figure, and the former one if it differs."""
    unit = turn.tugas.unit or ""
    line = next(one for one in row_lines(turn, {unit: [row]}) if one["kode"] == row.kode)
    before = figure(turn, unit, former)
    is_first = former.realisasi is None and not former.is_na
    return {**line, "semula": "" if is_first or before == line["nilai"] else before}


def _kept(answers: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in answers.items() if k in (*FILLING, *CHANGING)}


def _ask_row(turn: Turn, answers: Answers) -> Question | None:
    """Asks which row to change, each with its name and figure."""
    if "_ganti" not in answers or "_kode" in answers:
        return None
    tugas = turn.tugas
    part, unit = part_of(turn, tugas), tugas.unit or ""
    choices = tuple(
        Choice(
            code,
            "baris_angka",
            args={
                "kode": code,
                "nama": own_indicator(turn, turn.tugas, code).indikator,
                "nilai": figure(turn, unit, part.row(code)),
            },
        )
        for code in part.codes
    )
    return Question(
        "kode",
        "tanya_baris_ubah",
        {"contoh": part.codes[0], "baru": answers.get("_baru")},
        choices,
        longest=LONGEST_FIGURE,
        parse=lambda text: code_said(text, part.codes),
        wrong="kode_tak_dikenal",
        is_list=True,
    )


def change_row(turn: Turn, tugas: Tugas, typed: Typed) -> Decision | None:
    """Takes, asks about or refuses the figure of the row named; touches no other row."""
    if not typed.is_own:
        return not_his(turn, tugas, typed.kode)
    draft = new_draft(turn, CHANGE, tugas.ref, {"_ganti": True, "_kode": typed.kode})
    return take_text(turn, CHANGE, draft, typed.words)


def begin(turn: Turn, tugas: Tugas) -> Decision | None:
    """Isi lewat chat; if every row has its figure, offers to change one."""
    if current(turn, CHATFILL, {}) is None:
        return begin_change(turn, tugas)
    return proceed(turn, CHATFILL, new_draft(turn, CHATFILL, tugas.ref))


def begin_change(turn: Turn, tugas: Tugas) -> Decision | None:
    return proceed(turn, CHANGE, new_draft(turn, CHANGE, tugas.ref, {"_ganti": True}))


def _hear(turn: Turn, draft: Draft, text: str) -> Instead | None:
    """`KODE angka` changes its row and the question stays open; if the question asks for words,
    only when a figure follows the code."""
    tugas = turn.view.tugas
    dialog = CHATFILL if draft.dialog == CHATFILL.name else CHANGE
    question = current(turn, dialog, draft.answers)
    if tugas is None or question is None:
        return None
    if question.name == "kode" and plain_words(text) in WORDS:
        return lambda: leave(turn, dialog, draft, is_typed=True)
    typed = typed_row(turn, tugas, text)
    if typed is None or not (typed.is_figure or question.name in ("angka", "kode")):
        return None
    if not typed.is_own:
        return lambda: not_his(turn, tugas, typed.kode)
    if typed.kode == _cursor(turn, draft.answers):
        answers = {**_kept(dict(draft.answers)), "_kode": typed.kode}
    else:
        before = {k: v for k, v in draft.answers.items() if k not in PASSING}
        is_open = question.name != "kode"
        answers = {"_ganti": True, "_kode": typed.kode, **({"_sela": before} if is_open else {})}
    asked = draft._replace(answers=answers)
    return lambda: take_text(turn, dialog, asked, typed.words)


@of_open_task
def _finish(turn: Turn, tugas: Tugas, answers: Answers) -> Decision | None:
    """Ends after the last row: shows the part's state, with Kirim if nothing is missing."""
    if "_tamat" in answers:
        return say_state(turn, touched(turn, tugas), "angka_diubah", baru=answers["_tamat"])
    kind = turn.kinds[turn.act(tugas).kind]
    want = wanting(turn, tugas)
    card = kind.card(turn, turn.perintah.task(tugas.ref) or tugas, turn.person)
    key = "isian_dicatat" if want.is_nothing or want.evidence else "isian_sebagian"
    return show_state(turn, tugas, card._replace(key=key))


def _leave(turn: Turn, draft: Draft) -> None:
    tugas = turn.view.tugas
    if tugas is not None and tugas.is_open:
        line = {"key": "isian_ditunda", "args": task_args(turn, tugas)}
        show(turn, tugas, extra={"selesai": line})


QUESTIONS: dict[str, Ask] = {
    "kode": _ask_row,
    "angka": ask_figure,
    "arti": ask_meaning,
    "keterangan": ask_reason,
    "sumber": _ask_source,
}

CHATFILL = Dialog(
    "chat",
    QUESTIONS,
    _finish,
    leave=_leave,
    settle=_settle,
    hear=_hear,
    leave_key="lanjutkan_nanti",
    is_single=True,
)
CHANGE = Dialog("ubah_angka", QUESTIONS, _finish, settle=_settle, hear=_hear, is_single=True)

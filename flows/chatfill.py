"""Isi lewat chat: one indicator a question. Each answer is stored at once; the draft is only the
cursor, so leaving it loses nothing."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from flows.cards import show, task_args
from flows.dialog import Answers, Ask, Choice, Dialog, Question
from flows.figures import row_lines
from flows.filling import is_correction, part_of, take_row, wanting
from flows.form import Cell, Indicator, Isian, target
from flows.numbers import format_number, read_number
from flows.papers import indicators_of
from flows.perintah import Tugas
from flows.returning import stale
from flows.turn import Turn
from flows.view import Decision, Draft

NOT_AVAILABLE, SKIP = "n/a", "lewati"
LONGEST_WORDS = 500


def _tugas(turn: Turn) -> Tugas:
    if turn.view.tugas is None:
        raise LookupError("filling in the chat is about a tugas")
    return turn.view.tugas


def _indicator(turn: Turn, kode: str) -> Indicator:
    unit = _tugas(turn).unit or ""
    return next(i for i in indicators_of(turn, unit) if i.kode == kode)


def _cursor(turn: Turn, answers: Answers) -> str | None:
    """The next row to ask for: first those without a figure, then those of a return."""
    tugas = _tugas(turn)
    passed = answers.get("_lewat", [])
    part = part_of(turn, tugas)
    wanted = tugas.codes or part.codes
    done = answers.get("_selesai", [])
    open_rows = [c for c in part.codes if part.row(c) is None and c not in passed]
    again = [c for c in wanted if c not in done and c not in passed]
    needs_again = bool(tugas.note) or is_correction(turn, tugas)
    order = [*open_rows, *(again if needs_again else [])]
    return order[0] if order else None


def _ask_figure(turn: Turn, answers: Answers) -> Question | None:
    kode = _cursor(turn, answers)
    if kode is None:
        return None
    indicator = _indicator(turn, kode)
    words = _words(turn, indicator, answers)
    choices = (Choice(NOT_AVAILABLE, "belum_ada_data"), Choice(SKIP, "lewati"))
    return Question(
        "angka",
        "tanya_angka",
        words,
        choices,
        longest=60,
        parse=lambda text: _parse(text, indicator, turn.perintah.period.quarter),
        wrong="angka_keliru",
    )


def _words(turn: Turn, indicator: Indicator, answers: Answers) -> dict[str, Any]:
    tugas = _tugas(turn)
    part = part_of(turn, tugas)
    quarter = turn.perintah.period.quarter
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
        "ke": 1 + len([c for c in part.codes if part.row(c) is not None]),
        "jumlah": len(part.codes),
        "contoh": "1.250" if indicator.desimal == 0 else "85,50",
        "baru": answers.get("_baru"),
    }


def _parse(text: str, indicator: Indicator, quarter: int) -> str | None:
    """The figure typed, as exact text; None where it is none or could be read in two ways."""
    cell = Cell(address="", kind="text", text=text)
    reading = read_number(cell, indicator.desimal, target(indicator, quarter))
    if reading.kind == "na":
        return NOT_AVAILABLE
    if reading.kind != "value" or reading.value is None:
        return None
    if indicator.limits and not indicator.limits[0] <= reading.value <= indicator.limits[1]:
        return None
    return str(reading.value)


def _ask_reason(turn: Turn, answers: Answers) -> Question | None:
    if answers.get("angka") != NOT_AVAILABLE:
        return None
    kode = _cursor(turn, answers) or ""
    return Question(
        "keterangan", "tanya_keterangan", {"kode": kode}, shortest=5, longest=LONGEST_WORDS
    )


def _ask_source(turn: Turn, answers: Answers) -> Question | None:
    angka = answers.get("angka")
    if angka is None or angka in (NOT_AVAILABLE, SKIP):
        return None
    kode = _cursor(turn, answers) or ""
    indicator = _indicator(turn, kode)
    shown = format_number(Decimal(angka), indicator.desimal)
    choices = (Choice("", "lewati_sumber"),)
    words = {"kode": kode, "angka": shown, "satuan": indicator.satuan}
    return Question("sumber", "tanya_sumber", words, choices, longest=LONGEST_WORDS)


def _settle(turn: Turn, answers: dict[str, Any], name: str) -> dict[str, Any]:
    """After the last answer about a row it is stored, and the cursor moves on."""
    kode = _cursor(turn, answers)
    angka = answers.get("angka")
    if kode is None or angka is None:
        return answers
    if angka == SKIP:
        return {"_lewat": [*answers.get("_lewat", []), kode], **_kept(answers)}
    if name == "angka":
        return answers
    tugas = _tugas(turn)
    former = part_of(turn, tugas).row(kode) or Isian(kode)
    is_na = angka == NOT_AVAILABLE
    row = replace(
        former,
        realisasi=None if is_na else Decimal(angka),
        is_na=is_na,
        sumber=str(answers.get("sumber", former.sumber)),
        keterangan=str(answers.get("keterangan", former.keterangan)),
    )
    take_row(turn, tugas, row)
    line = next(one for one in row_lines(turn, tugas.unit or "", [row]) if one["kode"] == kode)
    done = [*answers.get("_selesai", []), kode]
    return {**_kept(answers), "_selesai": done, "_baru": line}


def _kept(answers: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in answers.items() if k in ("_lewat", "_selesai")}


def _finish(turn: Turn, draft: Draft) -> Decision | None:
    """All rows have been asked for: the part's state, with Kirim where nothing is wanting."""
    tugas = turn.view.tugas
    refused = stale(turn, tugas)
    if refused is not None or tugas is None:
        return refused
    kind = turn.kinds["isi"]
    want = wanting(turn, tugas)
    card = kind.card(turn, turn.perintah.task(tugas.ref) or tugas, turn.person)
    key = "isian_dicatat" if want.is_nothing or want.evidence else "isian_sebagian"
    turn.answer(key, card.args, card.rows, about=tugas.ref)
    return None


def _leave(turn: Turn, draft: Draft) -> None:
    tugas = turn.view.tugas
    if tugas is not None and tugas.is_open:
        show(
            turn,
            tugas,
            extra={"selesai": {"key": "isian_ditunda", "args": task_args(turn, tugas)}},
        )


QUESTIONS: dict[str, Ask] = {
    "angka": _ask_figure,
    "keterangan": _ask_reason,
    "sumber": _ask_source,
}

CHATFILL = Dialog("chat", QUESTIONS, _finish, leave=_leave, settle=_settle)

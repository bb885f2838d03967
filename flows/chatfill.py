"""Isi lewat chat: one indicator a question. Each answer is stored at once; the draft is only the
cursor, so leaving it loses nothing."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from flows.cards import show, task_args
from flows.dialog import Answers, Ask, Choice, Dialog, Question, plain_words
from flows.figurecheck import read_figure
from flows.figures import row_lines
from flows.filling import is_correction, part_of, take_row, wanting
from flows.form import Cell, Indicator, Isian, target
from flows.numbers import Reading, format_number, format_plain
from flows.papers import indicators_of
from flows.perintah import Tugas
from flows.returning import stale
from flows.rowcheck import needs_note
from flows.turn import Turn
from flows.view import Decision, Draft

NOT_AVAILABLE, SKIP, BACK = "n/a", "lewati", "kembali"
# A figure that may be meant in two ways, until it is said which.
UNCLEAR = "?"
WORDS = {"lewati": SKIP, "lewat": SKIP, "kembali": BACK, "sebelumnya": BACK}
LONGEST_WORDS = 500


def _tugas(turn: Turn) -> Tugas:
    if turn.view.tugas is None:
        raise LookupError("filling in the chat is about a tugas")
    return turn.view.tugas


def _indicator(turn: Turn, kode: str) -> Indicator:
    unit = _tugas(turn).unit or ""
    return next(i for i in indicators_of(turn, unit) if i.kode == kode)


def _cursor(turn: Turn, answers: Answers) -> str | None:
    """The row at hand, else the next one: first those without a figure, then those of a return."""
    if "_kode" in answers:
        return str(answers["_kode"])
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
    back = (Choice(BACK, "kembali"),) if _before(turn, answers, kode) else ()
    choices = (Choice(NOT_AVAILABLE, "belum_ada_data"), Choice(SKIP, "lewati"), *back)
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
        "batas_angka": [format_plain(limit) for limit in indicator.limits or ()],
        "baru": answers.get("_baru"),
    }


def _parse(text: str, indicator: Indicator, quarter: int) -> str | None:
    """The figure typed, as exact text or marked as unclear; None where it is none."""
    if plain_words(text) in WORDS:
        return WORDS[plain_words(text)]
    reading = _reading(text, indicator, quarter)
    if reading.kind == "na":
        return NOT_AVAILABLE
    allowed = [value for value in reading.candidates if _is_allowed(indicator, value)]
    if reading.kind == "ambiguous" and len(allowed) > 1:
        return f"{UNCLEAR}{text}"
    if reading.kind != "value" or reading.value is None:
        return None
    return str(reading.value) if _is_allowed(indicator, reading.value) else None


def _reading(text: str, indicator: Indicator, quarter: int) -> Reading:
    cell = Cell(address="", kind="text", text=text)
    return read_figure(indicator, cell, quarter)


def _is_allowed(indicator: Indicator, value: Decimal) -> bool:
    low, high = indicator.limits or (value, value)
    return low <= value <= high


def _ask_meaning(turn: Turn, answers: Answers) -> Question | None:
    """Ambiguity is asked, never guessed."""
    said = str(answers.get("angka", ""))
    kode = _cursor(turn, answers)
    if not said.startswith(UNCLEAR) or kode is None:
        return None
    indicator = _indicator(turn, kode)
    text = said.removeprefix(UNCLEAR)
    reading = _reading(text, indicator, turn.perintah.period.quarter)
    choices = tuple(
        Choice(f"{value}", label=format_number(value, indicator.desimal))
        for value in reading.candidates
        if _is_allowed(indicator, value)
    )
    words = {"kode": kode, "nilai": text, "satuan": indicator.satuan}
    return Question("arti", "tanya_arti_angka", words, choices)


def _ask_reason(turn: Turn, answers: Answers) -> Question | None:
    kode, said = _cursor(turn, answers), answers.get("angka")
    why = _wants_note(turn, kode, str(said)) if kode and said is not None else ""
    if not why:
        return None
    words = {"kode": kode, "sebab": why}
    return Question("keterangan", "tanya_keterangan", words, shortest=5, longest=LONGEST_WORDS)


def _wants_note(turn: Turn, kode: str, said: str) -> str:
    """As the check of a file would ask for it."""
    if said in (SKIP, BACK) or said.startswith(UNCLEAR):
        return ""
    is_na = said == NOT_AVAILABLE
    value = None if is_na else Decimal(said)
    quarter = turn.perintah.period.quarter
    return needs_note(_indicator(turn, kode), value, quarter, is_na=is_na)


def _ask_source(turn: Turn, answers: Answers) -> Question | None:
    angka = answers.get("angka")
    if angka is None or angka in (NOT_AVAILABLE, SKIP) or angka.startswith(UNCLEAR):
        return None
    kode = _cursor(turn, answers) or ""
    indicator = _indicator(turn, kode)
    shown = format_number(Decimal(angka), indicator.desimal)
    choices = (*_usual_source(turn, kode), Choice("", "lewati_sumber"))
    words = {"kode": kode, "angka": shown, "satuan": indicator.satuan}
    return Question("sumber", "tanya_sumber", words, choices, longest=LONGEST_WORDS)


def _usual_source(turn: Turn, kode: str) -> tuple[Choice, ...]:
    """Where the figure of the last period came from."""
    period = turn.perintah.period.former
    former = turn.view.former.get(period.code, {}).get(kode)
    if former is None or not former.sumber:
        return ()
    words = {"sumber": former.sumber, "periode": period.label}
    return (Choice(former.sumber, "sumber_lalu", args=words),)


def _before(turn: Turn, answers: Answers, kode: str) -> str | None:
    """The row answered last, else the nearest filled one above this one."""
    done = [code for code in answers.get("_selesai", []) if code != kode]
    if done:
        return str(done[-1])
    part = part_of(turn, _tugas(turn))
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
    """A figure is stored as soon as it is typed; after its last answer the cursor moves on."""
    kode = _cursor(turn, answers)
    if name == "arti":
        name, answers = "angka", {**answers, "angka": answers["arti"]}
        del answers["arti"]
    angka = answers.get("angka")
    if kode is None or angka is None or angka.startswith(UNCLEAR):
        return answers
    if angka == BACK:
        return _go_back(turn, answers, kode)
    if angka == SKIP:
        return {**_kept(answers), "_lewat": [*answers.get("_lewat", []), kode]}
    is_na = angka == NOT_AVAILABLE
    if name == "angka" and _wants_note(turn, kode, angka):
        return answers
    tugas = _tugas(turn)
    former = part_of(turn, tugas).row(kode) or Isian(kode)
    row = replace(
        former,
        realisasi=None if is_na else Decimal(angka),
        is_na=is_na,
        sumber=str(answers.get("sumber", former.sumber)),
        keterangan=str(answers.get("keterangan", former.keterangan)),
    )
    take_row(turn, tugas, row)
    if name == "angka" or (name == "keterangan" and not is_na):
        return {**answers, "_kode": kode}
    line = next(one for one in row_lines(turn, {tugas.unit or "": [row]}) if one["kode"] == kode)
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
    "arti": _ask_meaning,
    "keterangan": _ask_reason,
    "sumber": _ask_source,
}

CHATFILL = Dialog(
    "chat", QUESTIONS, _finish, leave=_leave, settle=_settle, leave_key="lanjutkan_nanti"
)

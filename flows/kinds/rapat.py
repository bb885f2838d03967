"""rapat: the unit's meeting: attendance, distribution of rows, evidence (SOP-B)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flows.dialogs.dialog import of_open_task, opener
from flows.dialogs.question import Answers, Ask, Choice, Dialog, Question, summary_of
from flows.dialogs.spans import Span, held_at, not_held, read_span
from flows.figures.pick_list import row_choices
from flows.figures.unit_rows import indicators_of
from flows.filling.part import is_correction
from flows.kinds.one_press import complete, give_back
from flows.model.changes import Decision
from flows.model.messages import Card
from flows.model.perintah import Bagian, Tugas
from flows.office.people import Person
from flows.papers.filing import files
from flows.papers.notulen import record_meeting
from flows.papers.unit_forms import issue_form
from flows.sops.vocabulary import Traits
from flows.turn.cards import act_button, person_args, return_button, rows_of, show, task_args
from flows.turn.turn import Kind, Turn, bumped, task_button

USUAL, SHORT, ROOM = timedelta(minutes=30), 10, "ruang rapat"
EVENLY, BY_HAND = "rata", "sendiri"


def _card(turn: Turn, tugas: Tugas, person: Person) -> Card:
    unit = tugas.unit or ""
    args = {
        **task_args(turn, tugas, person),
        "perbaikan": is_correction(turn, tugas),
        "diterima": tugas.received_at.isoformat() if tugas.received_at else None,
        "jumlah": len(indicators_of(turn, unit)),
        "batas_unit": turn.perintah.target_at.isoformat(),
        "temuan": [{"kode": t.kode, "catatan": t.note} for t in turn.perintah.standing(unit)],
    }
    needs_receipt = not is_correction(turn, tugas) and tugas.received_at is None
    receipt = (task_button(tugas, "terima", "terima"),) if needs_receipt else ()
    rows = rows_of((*receipt, act_button(turn, tugas)), return_button(turn, tugas))
    form = turn.perintah.paper("form", unit) if not is_correction(turn, tugas) else None
    return Card("tugas_rapat", args, rows, files(turn, form))


def _take_receipt(turn: Turn, tugas: Tugas) -> Decision | None:
    received = bumped(tugas, received_at=max(turn.at, tugas.opened_at))
    turn.perintah = turn.perintah.with_tugas(received)
    turn.record("ReceiptGiven", received)
    return show(turn, received)


def pelaksana_of(turn: Turn, unit: str) -> tuple[Person, ...]:
    """Who fills the unit's rows; a person who also compiles them comes first."""
    fillers = _performers(turn, "isi", unit)
    if len(fillers) < 2:
        return fillers
    first = {p.id for p in _performers(turn, "rekap_unit", unit)[:1]}
    return tuple(sorted(fillers, key=lambda p: p.id not in first))


def _performers(turn: Turn, kind: str, unit: str) -> tuple[Person, ...]:
    act = turn.sop.first_of_kind(kind)
    return turn.authority.post_holders(act.performer, unit) if act is not None else ()


def _ask_time(turn: Turn, answers: Answers) -> Question | None:
    usual = _usual_span(turn)
    choices: tuple[Choice, ...] = ()
    if usual is not None:
        words = {"mulai": f"{usual.begin:%H.%M}", "akhir": f"{usual.end:%H.%M}"}
        choices = (Choice(usual.text, "rapat_hari_ini", args=words),)
    return Question(
        "waktu",
        "tanya_rapat_waktu",
        choices=choices,
        shortest=5,
        longest=200,
        parse=lambda text: held_at(turn, text),
        wrong="rapat_waktu_keliru",
        explain=lambda text: not_held(turn, text),
    )


def _usual_span(turn: Turn) -> Span | None:
    """The half hour before the dialog began, but neither before the office opened nor before the
    task came; None before the office has opened."""
    tugas, draft = turn.view.tugas, turn.draft
    calendar, end = turn.view.setting.calendar, turn.local(draft.started_at if draft else turn.at)
    day = calendar.day_of(end)
    came = turn.local(tugas.opened_at) if tugas else end
    opened = turn.local(calendar.opening(day) or came)
    closed = turn.local(calendar.closing(day) or end)
    first = max(opened, came)
    if first > end:
        return None
    last = min(end, closed) if closed > first else end
    begin = max(first, last - USUAL)
    return Span(
        begin.replace(second=0, microsecond=0), last.replace(second=0, microsecond=0), ROOM
    )


def _ask_short(turn: Turn, answers: Answers) -> Question | None:
    """Whether a meeting of a few minutes is meant."""
    span = read_span(turn, str(answers.get("waktu", "")))
    if span is None or span.minutes >= SHORT:
        return None
    choices = (Choice(True, "benar"), Choice(False, "ubah_waktu_rapat"))
    return Question("singkat", "tanya_rapat_singkat", {"menit": span.minutes}, choices)


def _ask_people(turn: Turn, answers: Answers) -> Question | None:
    tugas = turn.view.tugas
    unit = tugas.unit if tugas and tugas.unit else ""
    heads = turn.authority.holders(tugas) if tugas else ()
    present = {p.id: p.nama for p in (*heads, *pelaksana_of(turn, unit))}
    choices = tuple(Choice(str(person), label=nama) for person, nama in present.items())
    preset = tuple(answers.get("peserta", [c.value for c in choices]))
    return Question("peserta", "tanya_rapat_peserta", choices=choices, is_many=True, preset=preset)


def _ask_division(turn: Turn, answers: Answers) -> Question | None:
    tugas = turn.view.tugas
    people = pelaksana_of(turn, tugas.unit) if tugas and tugas.unit else ()
    if tugas is None or tugas.unit is None or len(people) < 2 or is_correction(turn, tugas):
        return None
    whole = [Choice(str(p.id), "semua_ke", args={"nama": p.nama}) for p in people]
    choices = (*whole, Choice(EVENLY, "bagi_rata"), Choice(BY_HAND, "pilih_sendiri"))
    count = len(indicators_of(turn, tugas.unit))
    return Question("bagian", "tanya_rapat_bagian", {"jumlah": count}, choices)


def _ask_rows(turn: Turn, answers: Answers) -> Question | None:
    """Asks for the rows of each Pelaksana but the first, who gets the rest."""
    tugas = turn.view.tugas
    if answers.get("bagian") != BY_HAND or tugas is None or tugas.unit is None:
        return None
    people = pelaksana_of(turn, tugas.unit)
    place = next((n for n in range(1, len(people)) if f"untuk{n}" not in answers), 0)
    if not place:
        return None
    taken = {code for n in range(1, place) for code in answers[f"untuk{n}"]}
    free = [i.kode for i in indicators_of(turn, tugas.unit) if i.kode not in taken]
    if not free:
        return None
    choices = row_choices(turn, tugas.unit, free)
    words = {"nama": people[place].nama}
    return Question(f"untuk{place}", "tanya_rapat_baris", words, choices, is_many=True)


def _settle(turn: Turn, answers: dict[str, Any], name: str) -> dict[str, Any]:
    """Another distribution makes the rows chosen by hand void, another time its confirmation."""
    void = {"bagian": "untuk", "waktu": "singkat"}.get(name)
    kept = {k: v for k, v in answers.items() if void is None or not k.startswith(void)}
    if kept.get("singkat", True):
        return kept
    return {k: v for k, v in kept.items() if k not in ("waktu", "singkat")}


def _ask_evidence(turn: Turn, answers: Answers) -> Question | None:
    tugas = turn.view.tugas
    if tugas is None or not is_correction(turn, tugas):
        return None
    codes = [t.kode for t in turn.perintah.standing(tugas.unit)]
    return Question("bukti", "tanya_rapat_bukti", {"kode": codes}, shortest=5, longest=300)


def _ask_result(turn: Turn, answers: Answers) -> Question | None:
    tugas = turn.view.tugas
    if tugas is None or is_correction(turn, tugas):
        return None
    return Question("hasil", "tanya_rapat_hasil", shortest=10, longest=1000)


def _division(turn: Turn, unit: str, answers: Answers) -> dict[int, tuple[str, ...]]:
    people = pelaksana_of(turn, unit)
    codes = [i.kode for i in indicators_of(turn, unit)]
    wanted = answers.get("bagian")
    if wanted == EVENLY:
        size = -(-len(codes) // len(people))
        parts = {p.id: tuple(codes[n * size : (n + 1) * size]) for n, p in enumerate(people)}
    elif wanted == BY_HAND:
        parts = {p.id: tuple(answers.get(f"untuk{n}", ())) for n, p in enumerate(people) if n}
        taken = {code for rows in parts.values() for code in rows}
        parts[people[0].id] = tuple(code for code in codes if code not in taken)
    else:
        chosen = int(wanted) if wanted else people[0].id
        parts = {chosen: tuple(codes)}
    return {person_id: rows for person_id, rows in parts.items() if rows}


def _correctors(turn: Turn, unit: str) -> dict[int, tuple[str, ...]]:
    """The corrector of each row: the person who filled it, if he still is Pelaksana there."""
    people = {p.id for p in pelaksana_of(turn, unit)}
    first = pelaksana_of(turn, unit)[0].id
    data = turn.perintah.latest(unit)
    parts: dict[int, tuple[str, ...]] = {}
    for finding in turn.perintah.standing(unit):
        row = data.row(finding.kode) if data else None
        person = row.filled_by if row and row.filled_by in people else first
        parts[person or first] = (*parts.get(person or first, ()), finding.kode)
    return {person: tuple(dict.fromkeys(codes)) for person, codes in parts.items()}


def _parts(turn: Turn, tugas: Tugas, answers: Answers) -> Mapping[int, tuple[str, ...]]:
    unit = tugas.unit or ""
    if is_correction(turn, tugas):
        return _correctors(turn, unit)
    return _division(turn, unit, answers)


def _meeting_args(turn: Turn, answers: Answers) -> dict[str, Any]:
    tugas = turn.tugas
    parts = _parts(turn, tugas, answers)
    return {
        "unit": tugas.unit,
        "waktu": answers["waktu"],
        "peserta": [person_args(turn, int(p))["nama"] for p in answers["peserta"]],
        "bagian": [
            {**person_args(turn, person), "baris": list(rows)} for person, rows in parts.items()
        ],
        "hasil": answers.get("hasil", ""),
        "bukti": answers.get("bukti", ""),
        "label": turn.act(tugas).label or "",
    }


@of_open_task
def _finish(turn: Turn, tugas: Tugas, answers: Answers) -> Decision | None:
    if tugas.unit is None:
        return None
    parts = _parts(turn, tugas, answers)
    _share_out(turn, tugas, parts)
    if is_correction(turn, tugas):
        for finding in turn.perintah.standing(tugas.unit):
            noted = finding._replace(evidence_wanted=answers.get("bukti", ""))
            turn.perintah = turn.perintah.with_finding(noted)
        issue_form(turn, tugas.unit, "perbaikan")
    turn.record("MeetingRecorded", tugas)
    complete(turn, tugas, "rapat_dicatat", orang=len(parts))
    record_meeting(turn, tugas, answers, parts)
    return None


def _share_out(turn: Turn, tugas: Tugas, parts: Mapping[int, tuple[str, ...]]) -> None:
    """Distributes the unit's rows again; figures already filled in stay with their rows."""
    unit = tugas.unit or ""
    filled = {row.kode: row for part in turn.perintah.parts(unit) for row in part.rows}
    others = tuple(p for p in turn.perintah.bagian if p.unit != unit)
    mine = tuple(
        Bagian(unit, person, codes, tuple(filled[c] for c in codes if c in filled))
        for person, codes in parts.items()
    )
    turn.perintah = turn.perintah._replace(bagian=(*others, *mine))


QUESTIONS: dict[str, Ask] = {
    "waktu": _ask_time,
    "singkat": _ask_short,
    "peserta": _ask_people,
    "bagian": _ask_division,
    "baris": _ask_rows,
    "bukti": _ask_evidence,
    "hasil": _ask_result,
}

SUMMARY = summary_of("ringkasan_rapat", _meeting_args)
MEETING = Dialog(
    "rapat",
    QUESTIONS,
    _finish,
    SUMMARY,
    editable=("waktu", "peserta", "bagian", "hasil", "bukti"),
    settle=_settle,
    goes_back=True,
)

KIND = Kind(
    "rapat",
    _card,
    {"ok": opener(MEETING), "terima": _take_receipt, "kembali": give_back},
    traits=Traits(takes_form=True, numbers_paper=True),
)

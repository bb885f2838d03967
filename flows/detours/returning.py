"""Kembalikan: target step, unit, rows, and a note of at least 10 characters; Mohon arahan."""

from typing import Any

from flows.detours import named_rows
from flows.detours.named_rows import notes_by_code
from flows.dialogs.dialog import of_open_task, start
from flows.dialogs.question import Answers, Choice, Dialog, Question, summary_of
from flows.figures.freezing import freeze
from flows.figures.pick_list import every_choice, row_choices
from flows.figures.shown import merged_rows
from flows.model.changes import Decision
from flows.model.perintah import Tugas
from flows.office.people import Post
from flows.sops.sop import Act
from flows.text.plain import clean_text
from flows.text.words import codes_named
from flows.turn.cards import person_args
from flows.turn.direction import asks_above
from flows.turn.naming import is_by_name, post_title, step_args
from flows.turn.transitions import send_back
from flows.turn.turn import Turn
from flows.turn.undo_window import ASKED, RETURNED

ALL_ROWS = "*"
SHORTEST_NOTE = 10
LONGEST_NOTE = 1000
MANY_RETURNS = 3


def begin(turn: Turn, tugas: Tugas) -> Decision | None:
    """Opens the dialog for a tugas whose act may send the work back."""
    if not turn.act(tugas).returns:
        return turn.refuse_toast("tombol_lama")
    if asks_above(turn, tugas):
        return start(turn, ASKING, about=tugas.ref)
    return start(turn, RETURNING, about=tugas.ref)


def target_of(turn: Turn, tugas: Tugas, answers: Answers) -> Act:
    returns = turn.act(tugas).returns
    return turn.sop.act(answers.get("ke", returns[0]))


def unit_of(turn: Turn, tugas: Tugas, answers: Answers) -> str | None:
    """The unit a return concerns; None where an act of the office goes back to another one."""
    if tugas.unit is not None:
        return tugas.unit
    if not target_of(turn, tugas, answers).is_per_unit:
        return None
    units = turn.perintah.units
    return answers.get("unit") or (units[0] if len(units) == 1 else None)


def unit_codes(turn: Turn, unit: str) -> tuple[str, ...]:
    return tuple(code for part in turn.perintah.parts(unit) for code in part.codes)


def _ask_target(turn: Turn, answers: Answers) -> Question | None:
    tugas = turn.view.tugas
    returns = turn.act(tugas).returns if tugas else ()
    if len(returns) < 2:
        return None
    targets = [turn.sop.act(code) for code in returns]
    unit = tugas.unit if tugas else None
    choices = (Choice(act.code, "ke_langkah", args=_receiver(turn, act, unit)) for act in targets)
    return Question("ke", "tanya_ke_langkah", choices=tuple(choices))


def _receiver(turn: Turn, target: Act, unit: str | None) -> dict[str, Any]:
    """Who gets the work back, and which part of it by the SOP's own word: a post by its title,
    who is called by his name, or whose unit is not known yet, by the role."""
    post = turn.view.incumbents.post(target.performer, unit)
    is_open = target.is_per_unit and unit is None
    is_role = is_open or is_by_name(turn, turn.office.seat(post))
    label = turn.office.role(target.performer).label
    return {
        **step_args(turn.sop, target.code),
        "peran": label if is_role else post_title(turn, post),
        "hal": target.matter or "",
    }


def _ask_unit(turn: Turn, answers: Answers) -> Question | None:
    tugas = turn.view.tugas
    if tugas is None or tugas.unit is not None:
        return None
    if not target_of(turn, tugas, answers).is_per_unit or len(turn.perintah.units) < 2:
        return None
    choices = tuple(Choice(unit, label=unit) for unit in turn.perintah.units)
    return Question("unit", "tanya_unit", choices=choices)


def _ask_rows(turn: Turn, answers: Answers) -> Question | None:
    tugas = turn.view.tugas
    if tugas is None or not target_of(turn, tugas, answers).traits.fills:
        return None
    unit = unit_of(turn, tugas, answers)
    codes = unit_codes(turn, unit) if unit else ()
    if len(codes) < 2:
        return None
    filled = {row.kode: row for row in merged_rows(turn, unit or "")}
    choices = (every_choice(ALL_ROWS), *row_choices(turn, unit or "", codes, filled))
    return Question("baris", "tanya_baris_kembali", {"unit": unit}, choices, is_many=True)


def _ask_note(turn: Turn, answers: Answers) -> Question | None:
    codes = _chosen(turn, answers)
    return Question(
        "catatan",
        "tanya_catatan_kembali",
        {"kode": codes[0] if codes else "", "paling_sedikit": SHORTEST_NOTE},
        shortest=SHORTEST_NOTE,
        longest=LONGEST_NOTE,
    )


def _ask_named(turn: Turn, answers: Answers) -> Question | None:
    """Asks about rows of the unit that the note names and nobody has picked."""
    chosen = _chosen(turn, answers)
    unit = unit_of(turn, turn.tugas, answers) if chosen else None
    if unit is None:
        return None
    named = named_rows.not_picked(str(answers["catatan"]), unit_codes(turn, unit), chosen)
    return named_rows.asking(Choice(True, "kembalikan_juga", args={"kode": named}), chosen)


def _settle(turn: Turn, answers: dict[str, Any], name: str) -> dict[str, Any]:
    """Rows returned as well join those picked; another note or pick is asked about again."""
    if name == "ikut" and answers["ikut"]:
        chosen = _chosen(turn, answers)
        unit = unit_of(turn, turn.tugas, answers) or ""
        named = named_rows.not_picked(str(answers["catatan"]), unit_codes(turn, unit), chosen)
        answers["baris"] = [*chosen, *named]
    return answers if name == "ikut" else {k: v for k, v in answers.items() if k != "ikut"}


def _of_others(turn: Turn, answers: Answers, unit: str | None) -> list[str]:
    """Rows of other units that the note names: this return does not reach them."""
    own = unit_codes(turn, unit) if unit else ()
    others = (i.kode for i in turn.view.indicators if i.kode not in own)
    return list(codes_named(str(answers.get("catatan", "")), others)) if own else []


def _chosen(turn: Turn, answers: Answers) -> tuple[str, ...]:
    """The rows returned; empty where the return is not about rows."""
    tugas = turn.view.tugas
    if tugas is None or not target_of(turn, tugas, answers).traits.fills:
        return ()
    unit = unit_of(turn, tugas, answers)
    codes = unit_codes(turn, unit) if unit else ()
    picked = answers.get("baris", [ALL_ROWS])
    return codes if ALL_ROWS in picked else tuple(c for c in codes if c in picked)


def _return_args(turn: Turn, answers: Answers) -> dict[str, Any]:
    tugas = turn.tugas
    target = target_of(turn, tugas, answers)
    unit = unit_of(turn, tugas, answers)
    codes = _chosen(turn, answers)
    people = [
        {**person_args(turn, part.person_id), "baris": [c for c in part.codes if c in codes]}
        for part in (turn.perintah.parts(unit) if unit else ())
        if set(part.codes) & set(codes)
    ]
    return {
        **_receiver(turn, target, unit),
        "unit": unit,
        "orang": people,
        "catatan": clean_text(str(answers.get("catatan", ""))),
        "label": turn.act(tugas).return_label or "",
        "lain": _of_others(turn, answers, unit),
    }


@of_open_task
def _finish(turn: Turn, tugas: Tugas, answers: Answers) -> Decision | None:
    target = target_of(turn, tugas, answers)
    unit = unit_of(turn, tugas, answers)
    note = str(answers["catatan"])
    codes = _chosen(turn, answers)
    args = _return_args(turn, answers)
    reopened = give_back(
        turn, tugas, target, unit, note=note, codes=codes, row_notes=notes_by_code(note, codes)
    )
    words = {**args, "saat": turn.at.isoformat(), "ronde": reopened.round - 1}
    return turn.close("selesai_kembali", words)


def give_back(
    turn: Turn,
    tugas: Tugas,
    target: Act,
    unit: str | None,
    *,
    note: str,
    codes: tuple[str, ...],
    row_notes: dict[str, str],
) -> Tugas:
    """Ends the tugas by a return to the target, and gives what that has opened. Figures sent
    until then stay as a version."""
    _mark_returned(turn, tugas, RETURNED)
    turn.record("TugasReturned", tugas, to=target.code, unit=unit, codes=list(codes))
    if target.traits.fills and unit is not None:
        freeze(turn, unit, tugas)
    send_back(turn, target, unit, note=note, codes=codes, row_notes=row_notes)
    reopened = turn.opened[-1]
    if reopened.round == MANY_RETURNS + 1:
        _tell_many(turn, reopened)
    return reopened


def _ask_direction(turn: Turn, answers: Answers) -> Question | None:
    tugas = turn.view.tugas
    target = target_of(turn, tugas, answers) if tugas is not None else None
    return Question(
        "catatan",
        "tanya_mohon_arahan",
        {"atasan": post_title(turn, Post(target.performer)) if target else ""},
        shortest=SHORTEST_NOTE,
        longest=LONGEST_NOTE,
    )


@of_open_task
def _finish_asking(turn: Turn, tugas: Tugas, answers: Answers) -> Decision | None:
    target = target_of(turn, tugas, answers)
    _mark_returned(turn, tugas, ASKED)
    turn.record("TugasReturned", tugas, to=target.code, unit=tugas.unit, codes=[])
    send_back(turn, target, unit_of(turn, tugas, answers), note=str(answers["catatan"]))
    above = post_title(turn, Post(target.performer))
    return turn.close("selesai_arahan_dimohon", {"atasan": above, "saat": turn.at.isoformat()})


def _mark_returned(turn: Turn, tugas: Tugas, outcome: str) -> None:
    returned = tugas._replace(
        outcome=outcome,
        finished_at=max(turn.at, tugas.opened_at),
        finished_by=turn.person.id,
        finished_as=turn.authority.mandate(tugas),
        recorded_by=turn.recorder.id if turn.recorder else None,
    )
    turn.perintah = turn.perintah.with_tugas(returned)
    turn.caused_by(returned)


def _tell_many(turn: Turn, tugas: Tugas) -> None:
    """Reports three returns of the same step to those who oversee the work."""
    args = {
        **step_args(turn.sop, tugas.act),
        "unit": tugas.unit,
        "nomor": turn.perintah.nomor,
        "kali": MANY_RETURNS,
    }
    for person in turn.authority.people_with("pantau"):
        turn.speech.tell(person, "tiga_kali_kembali", args, unique=f"tigakali:{tugas.ref}")


RETURNING = Dialog(
    name="kembali",
    questions={
        "ke": _ask_target,
        "unit": _ask_unit,
        "baris": _ask_rows,
        "catatan": _ask_note,
        "ikut": _ask_named,
    },
    summary=summary_of("ringkasan_kembali", _return_args),
    finish=_finish,
    editable=("catatan",),
    settle=_settle,
    act_key="kembalikan",
    goes_back=True,
)
ASKING = Dialog("mohon_arahan", {"catatan": _ask_direction}, _finish_asking)

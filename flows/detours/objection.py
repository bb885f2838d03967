"""Sanggah: a unit objects to a finding, with evidence; its clock is paused until decided."""

from typing import Any

from flows.detours import named_rows
from flows.dialogs.dialog import of_open_task, opener
from flows.dialogs.proofs import asking, unfit
from flows.dialogs.question import Answers, Choice, Dialog, Question, summary_of
from flows.figures.pick_list import row_choices
from flows.figures.shown import attached, merged_rows
from flows.model.addresses import slot_name, to_person
from flows.model.changes import Decision
from flows.model.commands import Sent
from flows.model.messages import Attachment
from flows.model.perintah import Temuan, Tugas
from flows.office.people import Person
from flows.text.plain import clean_text
from flows.turn import transitions
from flows.turn.turn import Turn

SHORTEST = 10
LONGEST = 1000


def receipt_of(turn: Turn, tugas: Tugas) -> Tugas:
    """The held tugas of the unit an objection belongs to."""
    return next(t for t in turn.perintah.tugas if t.unit == tugas.unit and t.state == "tahan")


def disputed(turn: Turn, unit: str | None) -> tuple[Temuan, ...]:
    return tuple(t for t in turn.perintah.standing(unit) if t.objection and not t.objection_answer)


def disputed_args(turn: Turn, tugas: Tugas) -> list[dict[str, Any]]:
    return [
        {"kode": t.kode, "sanggahan": t.objection, "berkas": len(t.objection_files)}
        for t in disputed(turn, tugas.unit)
    ]


def files_of(turn: Turn, tugas: Tugas) -> tuple[Attachment, ...]:
    given = ((t.kode, sha) for t in disputed(turn, tugas.unit) for sha in t.objection_files)
    return attached(tugas.perintah_id, given)


def resume(turn: Turn, tugas: Tugas, answer: str) -> None:
    """Opens the receipt again after the decision, with the time it had left."""
    held = receipt_of(turn, tugas)
    for finding in disputed(turn, tugas.unit):
        turn.perintah = turn.perintah.with_finding(finding._replace(objection_answer=answer))
    transitions.supersede(turn, held)
    turn.record("ObjectionAnswered", tugas)
    if turn.perintah.standing(tugas.unit):
        transitions.open_tugas(turn, turn.sop.act(held.act), tugas.unit, note=answer)


def decided_slot(held: Tugas, person: Person) -> str:
    return slot_name("catatan", held.ref, "putusan", to_person(person.id))


def drop(turn: Turn, tugas: Tugas, reason: str) -> None:
    """Drops the finding; a unit without any leaves the join; with no unit left B1 opens again."""
    held = receipt_of(turn, tugas)
    for finding in disputed(turn, tugas.unit):
        fallen = finding._replace(verdict="gugur", reason=reason, objection_answer=reason)
        turn.perintah = turn.perintah.with_finding(fallen)
        turn.record("FindingJudged", tugas, finding=finding.seq, verdict="gugur")
    if turn.perintah.standing(tugas.unit):
        transitions.supersede(turn, held)
        transitions.open_tugas(turn, turn.sop.act(held.act), tugas.unit, note=reason)
        return
    turn.record("UnitCleared", tugas)
    transitions.leave_unit(turn, tugas.unit or "", "gugur")
    for person in turn.authority.holders(held):
        args = {"unit": tugas.unit, "alasan": reason, "nomor": turn.perintah.nomor}
        # One message for the decision and its withdrawal: the last word is what it says.
        slot = decided_slot(held, person)
        turn.speech.tell(person, "temuan_gugur_unit", args, slot=slot)
    if not turn.perintah.units:
        transitions.send_back(turn, turn.sop.first, None, note=reason)
    else:
        transitions.advance(turn)


def _ask_codes(turn: Turn, answers: Answers) -> Question | None:
    tugas = turn.view.tugas
    codes = [t.kode for t in turn.perintah.standing(tugas.unit)] if tugas else []
    if tugas is None or len(codes) < 2:
        return None
    unit = tugas.unit or ""
    filled = {row.kode: row for row in merged_rows(turn, unit)}
    choices = row_choices(turn, unit, codes, filled)
    return Question("kode", "tanya_sanggah_baris", choices=choices, is_many=True)


def _ask_reason(turn: Turn, answers: Answers) -> Question | None:
    given = answers.get("bukti")
    if not isinstance(given, dict) or len(given["teks"]) >= SHORTEST:
        return None
    return Question("alasan", "tanya_sanggah_alasan", shortest=SHORTEST, longest=LONGEST)


def _not_picked(turn: Turn, answers: Answers) -> list[str]:
    """Findings of the unit that the reason names and nobody has picked."""
    tugas = turn.tugas
    known = [t.kode for t in turn.perintah.standing(tugas.unit)]
    return named_rows.not_picked(_words(answers), known, _codes(turn, tugas, answers))


def _ask_named(turn: Turn, answers: Answers) -> Question | None:
    named = _not_picked(turn, answers)
    also = Choice(True, "sanggah_juga", args={"kode": named})
    return named_rows.asking(also, _codes(turn, turn.tugas, answers))


def _settle(turn: Turn, answers: dict[str, Any], name: str) -> dict[str, Any]:
    if name == "ikut" and answers["ikut"]:
        picked = _codes(turn, turn.tugas, answers)
        answers["kode"] = [*picked, *_not_picked(turn, answers)]
    return answers


def _words(answers: Answers) -> str:
    given = answers["bukti"]
    if isinstance(given, dict):
        return str(answers.get("alasan") or given["teks"])
    return str(answers.get("alasan") or given)


def _add_file(turn: Turn, answers: Answers, sent: Sent) -> dict[str, Any] | Decision | None:
    """Evidence behind the words or the first file; what is written below it joins the words."""
    if "bukti" not in answers:
        return None
    if (refused := unfit(turn, sent)) is not None:
        return refused
    words = " ".join(filter(None, (_words(answers), clean_text(sent.caption))))
    file = {"sha256": sent.sha256, "nama": sent.name}
    kept = {k: v for k, v in answers.items() if k != "ikut"} if sent.caption else answers
    told = {"alasan": words[:LONGEST]} if len(words) >= SHORTEST else {}
    return {**kept, **told, "tambahan": [*answers.get("tambahan", ()), file]}


def _files(answers: Answers) -> list[dict[str, Any]]:
    first = answers["bukti"]
    return [*((first,) if isinstance(first, dict) else ()), *answers.get("tambahan", ())]


def _codes(turn: Turn, tugas: Tugas, answers: Answers) -> list[str]:
    codes = [t.kode for t in turn.perintah.standing(tugas.unit)]
    return [code for code in codes if code in answers.get("kode", codes)]


def _objection_args(turn: Turn, answers: Answers) -> dict[str, Any]:
    return {
        "kode": _codes(turn, turn.tugas, answers),
        "alasan": _words(answers),
        "berkas": [file["nama"] for file in _files(answers)],
    }


@of_open_task
def _finish(turn: Turn, tugas: Tugas, answers: Answers) -> Decision | None:
    given = _files(answers)
    files = tuple(dict.fromkeys(file["sha256"] for file in given))
    codes = _codes(turn, tugas, answers)
    for finding in turn.perintah.standing(tugas.unit):
        if finding.kode in codes:
            raised = finding._replace(
                objection=_words(answers), objection_files=files, objection_answer=""
            )
            turn.perintah = turn.perintah.with_finding(raised)
    for file in given:
        turn.keep_file(tugas, file["sha256"], file["nama"], code=codes[0])
    held = transitions.hold(
        tugas,
        outcome="disanggah",
        finished_at=max(turn.at, tugas.opened_at),
        finished_by=turn.person.id,
        recorded_by=turn.recorder.id if turn.recorder else None,
    )
    turn.perintah = turn.perintah.with_tugas(held)
    turn.caused_by(held)
    turn.record("ObjectionRaised", held, rows=codes, files=list(files))
    steps = turn.act(tugas).options["sanggah"]
    assert isinstance(steps, tuple)
    transitions.open_tugas(turn, turn.sop.act(steps[0]), tugas.unit)
    return turn.close("selesai_disanggah", {"saat": turn.at.isoformat(), "unit": tugas.unit})


# A file with the reason as caption, or words that name the evidence.
_ask_evidence = asking("bukti", "tanya_sanggah_bukti", shortest=SHORTEST, longest=LONGEST)
OBJECTING = Dialog(
    name="sanggah",
    questions={
        "kode": _ask_codes,
        "bukti": _ask_evidence,
        "alasan": _ask_reason,
        "ikut": _ask_named,
    },
    summary=summary_of("ringkasan_sanggah", _objection_args),
    finish=_finish,
    settle=_settle,
    add_file=_add_file,
    act_key="kirim",
    goes_back=True,
)
begin = opener(OBJECTING)

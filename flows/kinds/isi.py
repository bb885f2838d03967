"""isi: a Pelaksana fills his rows, by workbook or in the chat, and sends them."""

from dataclasses import replace
from typing import Any

from flows.detours.named_rows import notes_by_code
from flows.dialogs.dialog import current, new_draft, of_open_task, start, take_text
from flows.dialogs.question import Answers, Choice, Dialog, Instead, Question
from flows.figures.doubts import REASON, unexplained
from flows.figures.shown import figure
from flows.figures.unit_rows import form_of
from flows.filling.evidence import settled, take_evidence
from flows.filling.in_chat import CHATFILL, begin, begin_change, change_row
from flows.filling.part import (
    chat_button,
    confirm_doubt,
    drop_row,
    finding_args,
    is_correction,
    old_figure,
    part_args,
    part_of,
    part_rows,
    pending_doubt,
    progress,
    read_upload,
    row_held,
    take_row,
    take_rows,
    touched,
    untouched,
    wanting,
)
from flows.filling.part_state import say_state
from flows.filling.preview import look
from flows.filling.sent_part import hear_late
from flows.filling.source_change import begin_source
from flows.filling.typed_figure import Typed, only_row, only_row_said, typed_row
from flows.forms.form import Isian, Unreadable
from flows.kinds.one_press import complete, give_back
from flows.model.changes import Decision, KeepRefusal
from flows.model.commands import Sent
from flows.model.conversation import Draft
from flows.model.messages import Attachment, Card
from flows.model.perintah import Bagian, Tugas
from flows.office.people import Person
from flows.papers.filing import files
from flows.papers.unit_forms import persons_form, rules
from flows.sops.sop import Act
from flows.sops.vocabulary import Traits
from flows.text.plain import cut
from flows.turn import transitions
from flows.turn.cards import return_button, rows_of, task_args
from flows.turn.turn import Kind, Turn

LONGEST_NAME = 56  # with the added suffix a name fits the 255 bytes of a phone's file system
SHORTEST_REASON, LONGEST_REASON = 5, 500
FELL = "W02"
SPREADSHEETS = (".xlsx", ".xls", ".xlsm", ".ods", ".csv", ".xlsb")


def _open_parts(turn: Turn, act: Act, unit: str | None) -> None:
    """Opens one tugas a part; without a meeting before, the first Pelaksana gets all rows."""
    if unit is None:
        raise ValueError(f"act {act.code!r} of kind 'isi' needs cakupan: unit")
    parts = turn.perintah.parts(unit)
    if not parts:
        person = next(iter(turn.authority.post_holders(act.performer, unit)), None)
        codes = tuple(i.kode for i in turn.view.indicators if i.unit == unit)
        if person is None:
            transitions.open_tugas(turn, act, unit, codes=codes)
            return
        parts = (Bagian(unit, person.id, codes),)
        turn.perintah = turn.perintah.with_part(parts[0])
    for part in parts:
        transitions.open_tugas(turn, act, unit, person_id=part.person_id, codes=part.codes)


def _card(turn: Turn, tugas: Tugas, person: Person) -> Card:
    part = part_of(turn, tugas)
    rows = (*part_rows(turn, tugas), return_button(turn, tugas))
    is_returned = bool(tugas.note)
    key = "tugas_isi_kembali" if is_returned else "tugas_isi"
    args = {
        **task_args(turn, tugas, person),
        **part_args(turn, tugas),
        "baris": list(tugas.codes or part.codes),
        "sudah": [_figure_line(turn, tugas, code) for code in tugas.codes] if is_returned else [],
        "temuan": _wanted_evidence(turn, tugas),
    }
    return Card(key, args, rows_of(*rows), _form_files(turn, tugas))


def _form_files(turn: Turn, tugas: Tugas) -> tuple[Attachment, ...]:
    """The form with the rows of colleagues closed; a correction may change any row."""
    if is_correction(turn, tugas):
        return files(turn, turn.perintah.paper("perbaikan", tugas.unit))
    unit = tugas.unit or ""
    others = (p for p in turn.perintah.parts(unit) if p.person_id != tugas.person_id)
    codes = {code for part in others for code in part.codes}
    return persons_form(turn, turn.perintah.paper("form", unit), codes)


def _figure_line(turn: Turn, tugas: Tugas, code: str) -> dict[str, str]:
    row = part_of(turn, tugas).row(code)
    return {"kode": code, "nilai": figure(turn, tugas.unit or "", row)}


def _wanted_evidence(turn: Turn, tugas: Tugas) -> list[dict[str, str]]:
    if not is_correction(turn, tugas):
        return []
    unit, part = tugas.unit or "", part_of(turn, tugas)
    return [
        {
            "kode": t.kode,
            "nilai": old_figure(turn, unit, t.kode),
            "kini": figure(turn, unit, row) if (row := part.row(t.kode)) is not None else "",
            "bukti": t.evidence_wanted,
            "catatan": t.note,
        }
        for t in turn.perintah.standing(unit)
        if t.kode in part.codes
    ]


def _send(turn: Turn, tugas: Tugas) -> Decision | None:
    is_ready = wanting(turn, tugas).is_nothing and pending_doubt(turn, tugas) is None
    if not is_ready:
        return turn.refuse("belum_lengkap", part_args(turn, tugas), part_rows(turn, tugas))
    if unexplained(turn, part_of(turn, tugas)):
        return start(turn, EXPLAINING, about=tugas.ref)
    return _hand_in(turn, tugas)


def _hand_in(turn: Turn, tugas: Tugas) -> Decision | None:
    part = part_of(turn, tugas)
    tasks = turn.perintah.tasks(tugas.act, tugas.unit)
    others = [t for t in tasks if t.is_open and t.seq != tugas.seq]
    waiting = [turn.view.roster.person(t.person_id) for t in others if t.person_id]
    names = [person.nama for person in waiting if person]
    codes = sorted(row.kode for row in part.rows)
    sent = [_figure_line(turn, tugas, code) for code in codes]
    return complete(turn, tugas, "dikirim", baris=codes, isian=sent, menunggu=names)


def _take_file(turn: Turn, tugas: Tugas, sent: Sent) -> Decision | None:
    if sent.sheet is None and not sent.name.lower().endswith(SPREADSHEETS):
        return take_evidence(turn, tugas, sent)
    if sent.sheet is None or isinstance(sent.sheet, Unreadable):
        reason = sent.sheet or Unreadable("broken")
        args = {"nama": sent.name, "batas": _limit(tugas), **reason.detail}
        return turn.refuse(f"tolak_{reason.reason}", args, about=tugas.ref)
    checked = read_upload(turn, tugas, sent.sheet)
    if checked.errors:
        return _refuse_sheet(turn, tugas, sent, [finding_args(f) for f in checked.errors])
    colleagues = untouched(turn, tugas, checked)
    take_rows(turn, tugas, checked, sent)
    turn.keep_file(tugas, sent.sha256, sent.name, sent.size)
    current = touched(turn, tugas)
    turn.changes.append(KeepRefusal(tugas.perintah_id, tugas.seq, ()))
    words = {
        "nama": sent.name,
        "bacaan": [finding_args(f) for f in checked.notes if f.code == "N01"],
        "sejak": progress(turn.view.refused, []),
        "rekan": colleagues,
    }
    return say_state(turn, current, "isian_diterima", **words)


def _refuse_sheet(
    turn: Turn, tugas: Tugas, sent: Sent, findings: list[dict[str, Any]]
) -> Decision:
    args = {
        **task_args(turn, tugas),
        "nama": sent.name,
        "temuan": findings,
        "batas": _limit(tugas),
        "sejak": progress(turn.view.refused, findings),
    }
    chat = (chat_button(turn, tugas),)
    if findings[0]["kode_aturan"] == "E01":
        form = _form_files(turn, tugas)
        return turn.refuse("berkas_lain", args, (chat,), form, about=tugas.ref)
    stem = cut(sent.name.rsplit(".", 1)[0].removesuffix(" (bertanda)"), LONGEST_NAME)
    data = {
        "berkas": sent.sha256,
        "form": form_of(turn).model_dump(mode="json", by_alias=True),
        "temuan": findings,
        "rules": rules(turn).body(),
        "dibuat": turn.now.isoformat(),
    }
    marked = Attachment("marked", f"{stem} (bertanda)", data=data)
    refused = turn.refuse("berkas_ditolak", args, (chat,), (marked,), about=tugas.ref)
    kept = KeepRefusal(tugas.perintah_id, tugas.seq, tuple(findings))
    return refused._replace(changes=(kept,))


def _limit(tugas: Tugas) -> str | None:
    return tugas.due_at.isoformat() if tugas.due_at else None


def _confirm(turn: Turn, tugas: Tugas) -> Decision | None:
    doubt = pending_doubt(turn, tugas)
    if doubt is None:
        return turn.refuse_toast("tombol_lama")
    confirm_doubt(turn, tugas, doubt)
    return say_state(turn, touched(turn, tugas), "isian_dipastikan", kode=doubt.codes[0])


def _ask_why(turn: Turn, answers: Answers) -> Question | None:
    tugas = turn.view.tugas
    warnings = unexplained(turn, part_of(turn, tugas)) if tugas else ()
    if not warnings:
        return None
    fell = all(warning["kode_aturan"] == FELL for warning in warnings)
    return Question(
        "alasan",
        "tanya_alasan",
        {"peringatan": [dict(w) for w in warnings], "kode": [w["kode"] for w in warnings]},
        (Choice("Koreksi atas angka periode lalu.", "koreksi_lalu"),) if fell else (),
        shortest=SHORTEST_REASON,
        longest=LONGEST_REASON,
    )


def _keep_why(turn: Turn, answers: dict[str, Any], name: str) -> dict[str, Any]:
    """Stores the reason with each figure; a row that was left out is asked for again."""
    tugas = turn.view.tugas
    if tugas is None:
        return answers
    part = part_of(turn, tugas)
    codes = tuple(warning["kode"] for warning in unexplained(turn, part))
    for code, said in notes_by_code(str(answers["alasan"]), codes).items():
        row = part.row(code)
        if row is not None:
            part = part.with_row(replace(row, answers={**row.answers, REASON: said}))
    turn.perintah = turn.perintah.with_part(part)
    return {}


def _take_text(turn: Turn, tugas: Tugas, text: str) -> Decision | None:
    """Takes `KODE angka`; else a reply: the missing reason or evidence, the figure or the note
    of a returned row."""
    typed = typed_row(turn, tugas, text)
    if typed is not None and typed.is_figure:
        return change_row(turn, tugas, typed)
    want = wanting(turn, tugas)
    part = part_of(turn, tugas)
    if want.reasons:
        row = part.row(want.reasons[0])
        assert row is not None
        take_row(turn, tugas, replace(row, keterangan=text))
    elif only := only_row_said(turn, tugas, text):
        if current(turn, CHATFILL, {}) is None:
            return change_row(turn, tugas, only)
        return take_text(turn, CHATFILL, new_draft(turn, CHATFILL, tugas.ref), text)
    elif want.evidence and len(text) >= 5:
        row = part.row(want.evidence[0])
        assert row is not None
        take_row(turn, tugas, replace(row, bukti=text))
    elif noted := _note_replied(turn, tugas, typed, text):
        take_row(turn, tugas, noted)
    elif typed is not None:
        return change_row(turn, tugas, typed)
    else:
        offered = {"tugas": [task_args(turn, tugas)]}
        return turn.refuse("pesan_tanpa_tugas", offered, part_rows(turn, tugas))
    return say_state(turn, touched(turn, tugas), "isian_dicatat")


def _note_replied(turn: Turn, tugas: Tugas, typed: Typed | None, text: str) -> Isian | None:
    """The row sent back with these words as its note: the one named, else the only one."""
    codes = tugas.codes or part_of(turn, tugas).codes
    named = typed.kode if typed is not None else only_row(turn, tugas)
    if not tugas.note or named is None or named not in codes:
        return None
    is_held = part_of(turn, tugas).row(named) is not None or is_correction(turn, tugas)
    note = typed.words if typed is not None else text
    return replace(row_held(turn, tugas, named), keterangan=note) if is_held else None


def _use_former(turn: Turn, tugas: Tugas) -> Decision | None:
    want = wanting(turn, tugas)
    if not want.reasons:
        return turn.refuse_toast("tombol_lama")
    drop_row(turn, tugas, want.reasons[0])
    return say_state(turn, touched(turn, tugas), "isian_dicatat")


def _ask_new_file(turn: Turn, tugas: Tugas) -> Decision | None:
    args = task_args(turn, tugas)
    return turn.answer("kirim_pengganti", args, part_rows(turn, tugas), about=tugas.ref)


def _hear_figure(turn: Turn, draft: Draft, text: str) -> Instead | None:
    """Takes a corrected figure where a reason was asked for; reasons given before are kept."""
    tugas = turn.view.tugas
    typed = typed_row(turn, tugas, text) if tugas is not None else None
    if tugas is None or typed is None or not (typed.is_figure and typed.is_own):
        return None
    turn.speech.remove_buttons(draft.slot)
    return lambda: change_row(turn, tugas, typed)


EXPLAINING = Dialog(
    "alasan",
    {"alasan": _ask_why},
    of_open_task(lambda turn, tugas, answers: _hand_in(turn, tugas)),
    settle=_keep_why,
    hear=_hear_figure,
)

KIND = Kind(
    "isi",
    _card,
    {
        "ok": settled(_send),
        "chat": settled(begin),
        "ubah": settled(begin_change),
        "sumber": settled(begin_source),
        "ganti": _ask_new_file,
        "pasti": _confirm,
        "pakai": _use_former,
        "lihat": look,
        "kembali": settled(give_back),
    },
    open_acts=_open_parts,
    take_file=_take_file,
    take_text=_take_text,
    hear_late=hear_late,
    traits=Traits(fills=True, prepares=True),
)

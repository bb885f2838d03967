"""isi: a Pelaksana fills his rows, by workbook or in the chat, and sends them."""

from dataclasses import replace
from typing import Any

from flows import course
from flows.cards import paper, return_button, rows_of, task_args
from flows.chatfill import CHATFILL
from flows.commands import Sent
from flows.dialog import Answers, Choice, Dialog, Question, codes_in, start
from flows.figures import figure
from flows.filling import (
    drop_row,
    finding_args,
    is_correction,
    old_figure,
    part_args,
    part_of,
    read_upload,
    take_row,
    take_rows,
    wanting,
)
from flows.form import Unreadable
from flows.kinds.plain import complete, give_back
from flows.messages import Attachment, Rows
from flows.papers import file_name, form_of, rules
from flows.people import Person
from flows.perintah import Bagian, Tugas
from flows.preview import look
from flows.returning import stale
from flows.sop import Act
from flows.turn import Card, Kind, Turn, bumped, task_button
from flows.view import Decision, Draft, KeepBerkas

SPREADSHEETS = (".xlsx", ".xls", ".xlsm", ".ods", ".csv", ".xlsb")


def _open_parts(turn: Turn, act: Act, unit: str | None) -> None:
    """One tugas a part; without a meeting before, all rows go to the unit's first Pelaksana."""
    if unit is None:
        raise ValueError(f"act {act.code!r} of kind 'isi' needs cakupan: unit")
    parts = turn.perintah.parts(unit)
    if not parts:
        person = next(iter(turn.post_holders(act.performer, unit)), None)
        codes = tuple(i.kode for i in turn.view.indicators if i.unit == unit)
        if person is None:
            course.open_tugas(turn, act, unit, codes=codes)
            return
        parts = (Bagian(unit, person.id, codes),)
        turn.perintah = turn.perintah.with_part(parts[0])
    for part in parts:
        course.open_tugas(turn, act, unit, person_id=part.person_id, codes=part.codes)


def _card(turn: Turn, tugas: Tugas, person: Person) -> Card:
    part = part_of(turn, tugas)
    rows = (*_part_rows(turn, tugas), return_button(turn, tugas))
    is_returned = bool(tugas.note)
    key = "tugas_isi_kembali" if is_returned else "tugas_isi"
    args = {
        **task_args(turn, tugas, person),
        **part_args(turn, tugas),
        "baris": list(tugas.codes or part.codes),
        "sudah": [_old_line(turn, tugas, code) for code in tugas.codes] if is_returned else [],
        "temuan": _wanted_evidence(turn, tugas),
    }
    kind = "perbaikan" if is_correction(turn, tugas) else "form"
    form = turn.perintah.paper(kind, tugas.unit)
    files = paper(turn, form, file_name(turn, kind, tugas.unit), "xlsx")
    return Card(key, args, rows_of(*rows), files)


def _old_line(turn: Turn, tugas: Tugas, code: str) -> dict[str, str]:
    row = part_of(turn, tugas).row(code)
    return {"kode": code, "nilai": figure(turn, tugas.unit or "", row)}


def _wanted_evidence(turn: Turn, tugas: Tugas) -> list[dict[str, str]]:
    if not is_correction(turn, tugas):
        return []
    unit = tugas.unit or ""
    return [
        {
            "kode": t.kode,
            "nilai": old_figure(turn, unit, t.kode),
            "bukti": t.evidence_wanted,
            "catatan": t.note,
        }
        for t in turn.perintah.standing(unit)
        if t.kode in part_of(turn, tugas).codes
    ]


def _part_rows(turn: Turn, tugas: Tugas) -> Rows:
    """Kirim as soon as nothing is wanting; else the next thing that is."""
    want = wanting(turn, tugas)
    part = part_of(turn, tugas)
    chat = task_button(tugas, "isi_chat", "chat")
    if want.reasons:
        code = want.reasons[0]
        former = old_figure(turn, tugas.unit or "", code)
        return ((task_button(tugas, "pakai", "pakai", nilai=former, kode=code),), (chat,))
    if want.rows or want.evidence:
        return ((chat,),)
    label = turn.act(tugas).label or ""
    key, label = ("tetap_kirim", "") if part.warnings else ("act", label)
    send = task_button(tugas, key, "ok", label=label)
    change = task_button(tugas, "ganti_berkas", "ganti")
    return ((send, task_button(tugas, "lihat_data", "lihat")), (change, chat))


def _send(turn: Turn, tugas: Tugas) -> Decision | None:
    want = wanting(turn, tugas)
    if not want.is_nothing:
        return turn.refuse("belum_lengkap", part_args(turn, tugas), _part_rows(turn, tugas))
    part = part_of(turn, tugas)
    others = [
        t for t in turn.perintah.tasks(tugas.act, tugas.unit) if t.is_open and t.seq != tugas.seq
    ]
    waiting = [turn.view.roster.person(t.person_id) for t in others if t.person_id]
    complete(
        turn,
        tugas,
        "dikirim",
        baris=list(part.codes),
        menunggu=[person.nama for person in waiting if person],
    )
    return None


def _take_file(turn: Turn, tugas: Tugas, sent: Sent) -> Decision | None:
    if sent.sheet is None and not sent.name.lower().endswith(SPREADSHEETS):
        return _take_evidence(turn, tugas, sent)
    if sent.sheet is None or isinstance(sent.sheet, Unreadable):
        reason = sent.sheet or Unreadable("broken")
        args = {"nama": sent.name, "batas": _limit(tugas), **reason.detail}
        return turn.refuse(f"tolak_{reason.reason}", args, about=tugas.ref)
    checked = read_upload(turn, tugas, sent.sheet)
    if checked.errors:
        return _refuse_sheet(turn, tugas, sent, [finding_args(f) for f in checked.errors])
    take_rows(turn, tugas, checked, sent)
    turn.changes.append(
        KeepBerkas(
            sent.sha256, sent.name, sent.size, tugas.perintah_id, tugas.unit, "", turn.person.id
        )
    )
    current = _touch(turn, tugas)
    notes = [finding_args(f) for f in checked.notes if f.code == "N01"]
    _say_state(turn, current, "isian_diterima", nama=sent.name, bacaan=notes)
    return None


def _refuse_sheet(
    turn: Turn, tugas: Tugas, sent: Sent, findings: list[dict[str, Any]]
) -> Decision:
    args = {
        **task_args(turn, tugas),
        "nama": sent.name,
        "temuan": findings,
        "batas": _limit(tugas),
    }
    chat = (task_button(tugas, "isi_chat", "chat"),)
    if findings[0]["kode_aturan"] == "E01":
        kind = "perbaikan" if is_correction(turn, tugas) else "form"
        form = turn.perintah.paper(kind, tugas.unit)
        files = paper(turn, form, file_name(turn, kind, tugas.unit), "xlsx")
        return turn.refuse("berkas_lain", args, (chat,), files, about=tugas.ref)
    stem = sent.name.rsplit(".", 1)[0].removesuffix(" (bertanda)")
    data = {
        "berkas": sent.sha256,
        "form": form_of(turn).model_dump(mode="json", by_alias=True),
        "temuan": findings,
        "rules": rules(turn),
        "dibuat": turn.now.isoformat(),
    }
    marked = Attachment("marked", f"{stem} (bertanda)", data=data)
    return turn.refuse("berkas_ditolak", args, (chat,), (marked,), about=tugas.ref)


def _limit(tugas: Tugas) -> str | None:
    return tugas.due_at.isoformat() if tugas.due_at else None


def _touch(turn: Turn, tugas: Tugas) -> Tugas:
    current = bumped(turn.perintah.task(tugas.ref) or tugas)
    turn.perintah = turn.perintah.with_tugas(current)
    return current


def _say_state(turn: Turn, tugas: Tugas, key: str, **more: Any) -> None:
    """Below the file or words: how far the part is, with Kirim as soon as it is ready."""
    args = {**task_args(turn, tugas), **part_args(turn, tugas), **more}
    turn.answer(key, args, _part_rows(turn, tugas), about=tugas.ref)


def _take_evidence(turn: Turn, tugas: Tugas, sent: Sent) -> Decision | None:
    """A photo or document is evidence: for the row its caption names, or the only one wanting."""
    part = part_of(turn, tugas)
    named, _ = codes_in(sent.caption, tuple(row.kode for row in part.rows) or part.codes)
    want = wanting(turn, tugas)
    codes = named or want.evidence[:1] if len(want.evidence) <= 1 or named else ()
    if not codes and not part.rows:
        chat = (task_button(tugas, "isi_chat", "chat"),)
        return turn.refuse("foto_bukan_data", {"nama": sent.name}, (chat,), about=tugas.ref)
    if not codes:
        answers = {"_sha": sent.sha256, "_nama": sent.name, "_ukuran": sent.size}
        return start(turn, EVIDENCE, about=tugas.ref, answers=answers)
    _attach(turn, tugas, codes, sent.sha256, sent.name, sent.size)
    return None


def _attach(
    turn: Turn, tugas: Tugas, codes: tuple[str, ...], sha256: str, name: str, size: int
) -> None:
    part = part_of(turn, tugas)
    for code in codes:
        row = part.row(code)
        if row is not None and sha256 not in row.evidence:
            part = part.with_row(replace(row, evidence=(*row.evidence, sha256)))
        turn.changes.append(
            KeepBerkas(sha256, name, size, tugas.perintah_id, tugas.unit, code, turn.person.id)
        )
    turn.perintah = turn.perintah.with_part(part)
    turn.record("RowsFilled", tugas, rows=list(codes), evidence=sha256)
    current = _touch(turn, tugas)
    _say_state(turn, current, "bukti_diterima", bukti=list(codes), nama=name)


def _take_text(turn: Turn, tugas: Tugas, text: str) -> Decision | None:
    """Words in reply: the reason or the evidence that is wanting, else the note of a return."""
    want = wanting(turn, tugas)
    part = part_of(turn, tugas)
    if want.reasons:
        row = part.row(want.reasons[0])
        assert row is not None
        take_row(turn, tugas, replace(row, keterangan=text))
    elif want.evidence and len(text) >= 5:
        row = part.row(want.evidence[0])
        assert row is not None
        take_row(turn, tugas, replace(row, bukti=text))
    else:
        return turn.refuse("pesan_tanpa_tugas", _offer(turn, tugas), _part_rows(turn, tugas))
    _say_state(turn, _touch(turn, tugas), "isian_dicatat")
    return None


def _offer(turn: Turn, tugas: Tugas) -> dict[str, Any]:
    return {"tugas": [task_args(turn, tugas)]}


def _use_former(turn: Turn, tugas: Tugas) -> Decision | None:
    want = wanting(turn, tugas)
    if not want.reasons:
        return turn.refuse_toast("tombol_lama")
    drop_row(turn, tugas, want.reasons[0])
    show_state(turn, tugas)
    return None


def show_state(turn: Turn, tugas: Tugas) -> None:
    _say_state(turn, _touch(turn, tugas), "isian_dicatat")


def _ask_evidence_row(turn: Turn, answers: Answers) -> Question | None:
    tugas = turn.view.tugas
    codes = [row.kode for row in part_of(turn, tugas).rows] if tugas else []
    choices = tuple(Choice(code, label=code) for code in codes)
    return Question("kode", "tanya_bukti_untuk", {"nama": answers["_nama"]}, choices)


def _finish_evidence(turn: Turn, draft: Draft) -> Decision | None:
    tugas = turn.view.tugas
    refused = stale(turn, tugas)
    if refused is not None or tugas is None:
        return refused
    said = draft.answers
    _attach(turn, tugas, (said["kode"],), said["_sha"], said["_nama"], said["_ukuran"])
    return None


def _fill_in_chat(turn: Turn, tugas: Tugas) -> Decision | None:
    return start(turn, CHATFILL, about=tugas.ref)


def _ask_new_file(turn: Turn, tugas: Tugas) -> Decision | None:
    args = task_args(turn, tugas)
    turn.answer("kirim_pengganti", args, _part_rows(turn, tugas), about=tugas.ref)
    return None


EVIDENCE = Dialog("bukti", {"kode": _ask_evidence_row}, _finish_evidence)

KIND = Kind(
    "isi",
    _card,
    {
        "ok": _send,
        "chat": _fill_in_chat,
        "ganti": _ask_new_file,
        "pakai": _use_former,
        "lihat": look,
        "kembali": give_back,
    },
    open_acts=_open_parts,
    take_file=_take_file,
    take_text=_take_text,
)

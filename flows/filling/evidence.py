"""Evidence: photos and documents by reply, caption or album; warnings of repeated use."""

from dataclasses import replace
from typing import Any

from flows.dialogs.asked_message import asked_in
from flows.dialogs.dialog import current, of_open_task, proceed, start
from flows.dialogs.proofs import unfit
from flows.dialogs.question import Answers, Choice, Dialog, Question
from flows.filling.in_chat import CHATFILL
from flows.filling.part import chat_button, part_of, touched, wanting
from flows.filling.part_state import say_state
from flows.model.changes import Decision
from flows.model.commands import Sent
from flows.model.conversation import Draft
from flows.model.messages import Line
from flows.model.perintah import Tugas
from flows.office.period import Period
from flows.text.words import codes_in
from flows.turn.turn import Press, Turn

ALL_ROWS = "*"


def take_evidence(turn: Turn, tugas: Tugas, sent: Sent) -> Decision | None:
    """Takes a file for the rows of its caption or album, or the only one without; else asks."""
    part = part_of(turn, tugas)
    known = tuple(row.kode for row in part.rows) or part.codes
    named, _ = codes_in(sent.caption, known)
    want = wanting(turn, tugas)
    only = want.evidence[:1] if len(want.evidence) == 1 else ()
    codes = named or _of_album(turn, tugas, sent) or row_at_hand(turn, tugas) or only
    if not codes and not part.rows:
        return turn.refuse(
            "foto_bukan_data", {"nama": sent.name}, ((chat_button(turn, tugas),),), about=tugas.ref
        )
    if (refused := unfit(turn, sent, tugas.ref)) is not None:
        return refused
    file = _file(turn, sent)
    if codes:
        return _attach(turn, tugas, codes, (file,))
    if (waiting := asked(turn, tugas)) is not None:
        files = waiting.answers["_berkas"]
        is_more = bool(sent.album) and files[-1]["album"] == sent.album
        slot = waiting.slot if is_more else ""
        return _ask_on(turn, waiting, slot, _berkas=[*files, file])
    return start(turn, EVIDENCE, about=tugas.ref, answers={"_berkas": [file]})


def _file(turn: Turn, sent: Sent) -> dict[str, Any]:
    used = [
        {"nomor": use.nomor, "periode": Period.parse(use.period).label, "kode": use.kode}
        for use in turn.view.uses
        if use.is_same
    ]
    return {
        "sha": sent.sha256,
        "nama": sent.name,
        "ukuran": sent.size,
        "album": sent.album,
        "dipakai": used,
    }


def _of_album(turn: Turn, tugas: Tugas, sent: Sent) -> tuple[str, ...]:
    """Rows of the album: Telegram puts the caption on its first picture only."""
    if not sent.album:
        return ()
    mine = (tugas.perintah_id, tugas.unit)
    codes = [u.kode for u in turn.view.uses if (u.perintah_id, u.unit) == mine and not u.is_same]
    return tuple(dict.fromkeys(codes))


def asked(turn: Turn, tugas: Tugas) -> Draft | None:
    """The open question about files of this tugas: their rows have not been named."""
    draft = turn.view.draft
    is_one = draft is not None and draft.dialog == EVIDENCE.name and draft.about == tugas.ref
    return draft if is_one else None


def row_at_hand(turn: Turn, tugas: Tugas) -> tuple[str, ...]:
    """The row of which the filling in the chat asks more: a file sent there is its evidence."""
    draft = turn.view.draft
    if draft is None or (draft.dialog, draft.about) != (CHATFILL.name, tugas.ref):
        return ()
    question = current(turn, CHATFILL, draft.answers)
    kode = str(draft.answers.get("_kode", ""))
    is_filled = question is not None and question.name == "sumber"
    return (kode,) if is_filled and part_of(turn, tugas).row(kode) is not None else ()


def settled(press: Press) -> Press:
    """The press, once no file waits for its row: that is asked again before anything else, as
    another dialog or Kirim would leave the file behind."""

    def pressed(turn: Turn, tugas: Tugas) -> Decision | None:
        waiting = asked(turn, tugas)
        return press(turn, tugas) if waiting is None else _ask_on(turn, waiting, _dahulu=True)

    return pressed


def _ask_on(turn: Turn, waiting: Draft, slot: str = "", **answers: Any) -> Decision | None:
    """Asks the open question again, with these answers beside those it has."""
    known = {**waiting.answers, **answers}
    again = waiting._replace(answers=known, revision=waiting.revision + 1)
    return proceed(turn, EVIDENCE, again, slot=slot)


def _attach(
    turn: Turn, tugas: Tugas, codes: tuple[str, ...], files: tuple[dict[str, Any], ...]
) -> Decision | None:
    at_hand = row_at_hand(turn, tugas)
    part = part_of(turn, tugas)
    again: list[dict[str, Any]] = []
    for file in files:
        for use in file["dipakai"]:
            is_here = use["nomor"] == turn.perintah.nomor and use["kode"] in codes
            again += [] if is_here else [use]
        for code in codes:
            row = part.row(code)
            if row is not None and file["sha"] not in row.evidence:
                part = part.with_row(replace(row, evidence=(*row.evidence, file["sha"])))
            turn.keep_file(tugas, file["sha"], file["nama"], file["ukuran"], code, file["album"])
    turn.perintah = turn.perintah.with_part(part)
    shas = [file["sha"] for file in files]
    turn.record("RowsFilled", tugas, rows=list(codes), evidence=shas)
    words = {
        "bukti": list(codes),
        "nama": files[0]["nama"],
        "banyak": len(files),
        "dipakai": again,
    }
    if at_hand and _has_all(turn, tugas, at_hand[0]):
        turn.is_answering = True
        turn.set_draft(None)
        turn.answered += asked_in(turn.view.draft)
    elif at_hand:
        return _fill_on(turn, files[-1]["album"], Line("bukti_dicatat", words))
    return say_state(turn, touched(turn, tugas), "bukti_diterima", **words)


def _has_all(turn: Turn, tugas: Tugas, kode: str) -> bool:
    """Whether Kirim may follow at once: also the source asked for is known, as in a correction,
    which begins with that of the row it corrects."""
    row = part_of(turn, tugas).row(kode)
    return row is not None and bool(row.sumber) and wanting(turn, tugas).is_nothing


def _fill_on(turn: Turn, album: str, line: Line) -> Decision | None:
    """Asks the question of the filling again below its evidence; an album is answered once."""
    draft = turn.view.draft
    assert draft is not None
    turn.is_answering = True
    is_more = bool(album) and draft.answers.get("_album") == album
    again = draft._replace(answers={**draft.answers, "_album": album}, revision=draft.revision + 1)
    return proceed(turn, CHATFILL, again, line, draft.slot if is_more else "")


def _ask_row(turn: Turn, answers: Answers) -> Question | None:
    tugas = turn.view.tugas
    codes = [row.kode for row in part_of(turn, tugas).rows] if tugas else []
    choices = tuple(Choice(code, label=code) for code in codes)
    every = (Choice(ALL_ROWS, "semua_baris"),) if len(codes) > 1 else ()
    files = answers["_berkas"]
    words = {
        "nama": files[0]["nama"],
        "banyak": len(files),
        "dahulu": answers.get("_dahulu", False),
    }
    return Question("kode", "tanya_bukti_untuk", words, (*choices, *every))


@of_open_task
def _finish(turn: Turn, tugas: Tugas, answers: Answers) -> Decision | None:
    said = answers["kode"]
    rows = tuple(row.kode for row in part_of(turn, tugas).rows)
    codes = rows if said == ALL_ROWS else (said,)
    return _attach(turn, tugas, codes, tuple(answers["_berkas"]))


EVIDENCE = Dialog("bukti", {"kode": _ask_row}, _finish)

"""/catat: the operator writes down what an official without Telegram has done on paper."""

from dataclasses import replace
from typing import Any

from flows.cards import act_button, person_args, task_args
from flows.desk import task_line
from flows.dialog import Answers, Choice, Dialog, Question, start
from flows.kinds.plain import complete
from flows.people import Person
from flows.perintah import Tugas
from flows.turn import Turn, task_button
from flows.view import Decision, Draft, KeepBerkas

MOST_TASKS = 12
# What is one press on paper too; the rest needs answers only the official can give.
RECORDABLE = {
    "teruskan": "",
    "format": "ok",
    "sebar": "ok",
    "rekap_unit": "ok",
    "validasi": "ok",
    "sampaikan": "ok",
    "terima": "ok",
    "rekap": "ok",
    "paraf": "ok",
    "tanda_tangan": "ttd",
}
# Two full working days; after that the act stands.
OBJECTION_MINUTES = 900


def begin(turn: Turn, rest: str) -> Decision | None:
    """The open tasks of officials who are not, or no longer, reached by Telegram."""
    if not _is_operator(turn):
        who = {"berwenang": [turn.office.role("operator").label], "tindakan": "catat"}
        return turn.refuse("bukan_kewenangan", who)
    found = [(t, p) for t in turn.view.open_tasks if (p := absent_holder(turn, t)) is not None]
    if not found:
        turn.answer("tak_ada_dicatat", {})
        return None
    shown = found[:MOST_TASKS]
    lines = [{**task_line(turn, t), "pejabat": p.nama} for t, p in shown]
    rows = tuple((task_button(t, "tugas_ke", "catat", ke=n),) for n, (t, _) in enumerate(shown, 1))
    turn.answer("pilih_catat", {"tugas": lines}, rows)
    return None


def absent_holder(turn: Turn, tugas: Tugas) -> Person | None:
    """Whoever answers for it, if none of the holders can be reached."""
    holders = turn.holders(tugas)
    if any(p.is_bound and p.is_reachable for p in holders):
        return None
    return next(iter(holders), None)


def open_record(turn: Turn, tugas: Tugas) -> Decision | None:
    refused = _problem(turn, tugas)
    if refused is not None:
        return refused
    return start(turn, RECORDING, about=tugas.ref)


def dispute(turn: Turn, tugas: Tugas) -> Decision | None:
    """Keberatan, by the official himself, within its time."""
    if turn.actor is None or tugas.finished_by != turn.actor.id or tugas.recorded_by is None:
        return turn.refuse_toast("bukan_kewenangan")
    done = tugas.finished_at or turn.now
    bound = turn.view.setting.calendar
    if bound.used(done, turn.now) > OBJECTION_MINUTES:
        return turn.refuse_toast("keberatan_lewat")
    return start(turn, DISPUTING, about=tugas.ref)


def _problem(turn: Turn, tugas: Tugas) -> Decision | None:
    if not _is_operator(turn):
        return turn.refuse_toast("bukan_kewenangan")
    if not tugas.is_open:
        return turn.refuse_toast("tombol_lama")
    if absent_holder(turn, tugas) is None:
        return turn.refuse("pejabat_bertelegram", task_args(turn, tugas))
    if turn.act(tugas).kind not in RECORDABLE:
        return turn.refuse("catat_tak_dapat", task_args(turn, tugas))
    return None


def _is_operator(turn: Turn) -> bool:
    return turn.actor is not None and any(
        turn.actor.id == p.id for p in turn.post_holders("operator")
    )


def _ask_act(turn: Turn, answers: Answers) -> Question | None:
    tugas = turn.view.tugas
    if tugas is None:
        return None
    holder = absent_holder(turn, tugas)
    label = act_button(turn, tugas).label
    words = {**task_args(turn, tugas), "pejabat": holder.nama if holder else ""}
    return Question("tindakan", "tanya_catat", words, (Choice(label, label=label),))


def _ask_proof(turn: Turn, answers: Answers) -> Question | None:
    return Question("bukti", "tanya_bukti_catat", takes_file=True)


def _finish(turn: Turn, draft: Draft) -> Decision | None:
    tugas = turn.view.tugas
    if tugas is None:
        return turn.refuse("tugas_berubah", {})
    refused = _problem(turn, tugas)
    official = absent_holder(turn, tugas)
    if refused is not None or official is None:
        return refused
    operator = turn.person
    turn.recorder, turn.actor = operator, official
    kind = turn.act(tugas).kind
    if kind == "teruskan":
        complete(turn, tugas, "diteruskan", penerima=_receiver(turn, tugas), bercatatan=False)
    else:
        refused = turn.kinds[kind].verbs[RECORDABLE[kind]](turn, tugas)
    done = turn.perintah.task(tugas.ref) or tugas
    proof = draft.answers["bukti"]
    turn.record("ActRecorded", done, recorder=operator.id, sha256=str(proof["sha256"]))
    turn.actor = operator
    if refused is not None:
        return refused
    turn.changes.append(
        KeepBerkas(
            str(proof["sha256"]),
            str(proof["nama"]),
            0,
            tugas.perintah_id,
            tugas.unit,
            f"catat:{tugas.seq}",
            operator.id,
        )
    )
    _tell_official(turn, done, official, str(draft.answers["tindakan"]))
    args = {
        **task_args(turn, tugas),
        "pejabat": official.nama,
        "saat": turn.at.isoformat(),
        "tindakan": str(draft.answers["tindakan"]),
    }
    turn.done = None
    turn.answer("selesai_dicatat", args)
    return None


def _receiver(turn: Turn, tugas: Tugas) -> str:
    receiver = turn.act(tugas).receiver
    return turn.office.role(receiver).label if receiver else ""


def _tell_official(turn: Turn, tugas: Tugas, official: Person, act: str) -> None:
    """M32; it waits for him until he comes to Telegram."""
    args: dict[str, Any] = {
        **task_args(turn, tugas, official),
        "operator": person_args(turn, turn.person.id),
        "tindakan": act,
        "saat": turn.at.isoformat(),
    }
    rows = ((task_button(tugas, "keberatan", "berat"),),)
    turn.tell(
        official,
        "dicatat_operator",
        args,
        rows=rows,
        about=tugas.ref,
        slot=f"keberatan:{tugas.ref}:p{official.id}",
        unique=f"catat:{tugas.ref}",
    )


def _ask_objection(turn: Turn, answers: Answers) -> Question | None:
    return Question("alasan", "tanya_keberatan", shortest=10, longest=500)


def _finish_objection(turn: Turn, draft: Draft) -> Decision | None:
    tugas = turn.view.tugas
    if tugas is None or tugas.recorded_by is None:
        return turn.refuse("tugas_berubah", {})
    turn.perintah = turn.perintah.with_tugas(replace(tugas, hindrance="keberatan"))
    turn.record("ActDisputed", tugas, recorder=tugas.recorded_by)
    args = {
        **task_args(turn, tugas),
        "pejabat": turn.person.nama,
        "operator": person_args(turn, tugas.recorded_by),
        "alasan": str(draft.answers["alasan"]),
        "saat": turn.at.isoformat(),
    }
    readers = (*turn.post_holders("sekretaris"), *turn.post_holders("kepala_dinas"))
    for reader in dict.fromkeys((*readers, *turn.post_holders("operator"))):
        if reader.id != turn.person.id:
            turn.tell(
                reader,
                "keberatan_diajukan",
                args,
                is_ring=True,
                unique=f"berat:{tugas.ref}:{turn.key}",
            )
    turn.answer("keberatan_dicatat", args)
    return None


RECORDING = Dialog("catat", {"tindakan": _ask_act, "bukti": _ask_proof}, _finish)
DISPUTING = Dialog("keberatan", {"alasan": _ask_objection}, _finish_objection)

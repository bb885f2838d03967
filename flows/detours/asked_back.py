"""Mohon dikembalikan: who has sent a figure asks for its return from where the data lie now."""

from typing import Any

from flows.detours.returning import give_back
from flows.model.addresses import slot_name, to_person
from flows.model.changes import Decision
from flows.model.perintah import Tugas
from flows.sops.sop import Act, Sop
from flows.turn.cards import post_name, task_args
from flows.turn.transitions import STANDING
from flows.turn.turn import Turn, task_button
from flows.turn.undo_window import is_untouched

WISH = "kembali"


def built_upon(turn: Turn, tugas: Tugas) -> Tugas | None:
    """The first act on the data sent with the tugas that somebody has begun or done."""
    return next((later for later in _later(turn, tugas) if not is_untouched(later)), None)


def holding(turn: Turn, tugas: Tugas) -> Tugas | None:
    """The open tugas with which the data lie, of a post that may send them back."""
    found = [
        later
        for later in _later(turn, tugas)
        if later.is_open
        and turn.authority.holders(later)
        and _may_return(turn.sop, later.role, tugas.act)
    ]
    return min(found, key=lambda later: later.unit is None, default=None)


def ask_back(turn: Turn, tugas: Tugas, kode: str, semula: str, nilai: str) -> Decision | None:
    """Asks the holders of the data, with sound, to send back this row with the figure wished."""
    at = holding(turn, tugas)
    if at is None:
        return turn.refuse_changed()
    wish = {"jenis": WISH, "kode": kode, "semula": semula, "nilai": nilai}
    asking = tugas._replace(wish=wish)
    turn.perintah = turn.perintah.with_tugas(asking)
    turn.record("ReturnAsked", tugas, to=at.act, rows=[kode])
    told: dict[str, Any] = {
        "pemohon": post_name(turn, tugas, turn.actor),
        "kode": kode,
        "semula": semula,
        "nilai": nilai,
    }
    look = (task_button(at, "lihat_data", "lihat"),)
    rows = (
        (task_button(tugas, "kembalikan_baris", "mk", kode=kode),),
        *((look,) if "lihat" in turn.kinds[turn.act(at).kind].verbs else ()),
    )
    for person in turn.authority.holders(at):
        turn.speech.tell(
            person,
            "mohon_kembali",
            {**task_args(turn, at, person), **told},
            rows=rows,
            is_ring=True,
            slot=slot_name("mohon", tugas.ref, WISH, to_person(person.id)),
            about=at.ref,
            unique=f"mohon:{tugas.ref}:{WISH}:{turn.key}",
        )
    return turn.answer("permohonan_kembali", {**told, "pada": post_name(turn, at)})


def grant_return(turn: Turn, tugas: Tugas) -> Decision | None:
    """Returns exactly the row asked back to whoever sent it, with the figure in the note."""
    wish, at = tugas.wish, holding(turn, tugas)
    if tugas.is_open or wish.get("jenis") != WISH or at is None:
        return turn.refuse_toast("permohonan_selesai")
    if not turn.may_act(at):
        return turn.refuse_toast("bukan_kewenangan")
    kode, target = str(wish["kode"]), turn.act(tugas)
    turn.perintah = turn.perintah.with_tugas(tugas._replace(wish={}))
    note = f"tertulis {wish['semula']}, seharusnya {wish['nilai']}"
    reopened = give_back(
        turn,
        at,
        target,
        tugas.unit,
        note=f"{kode}: {note}",
        codes=(kode,),
        row_notes={kode: note},
    )
    step = turn.sop.step_of(target.code)
    return turn.close(
        "selesai_kembali",
        {
            "langkah": step.number if step else None,
            "uraian": step.uraian if step else target.uraian or "",
            "unit": tugas.unit,
            "saat": turn.at.isoformat(),
            "ronde": reopened.round - 1,
        },
    )


def _later(turn: Turn, tugas: Tugas) -> tuple[Tugas, ...]:
    """What follows from the tugas in its unit and in the office, and stands."""
    acts, units = turn.sop.downstream(tugas.act), (tugas.unit, None)
    standing = (t for t in turn.perintah.tugas if t.state in STANDING)
    return tuple(t for t in standing if t.act in acts and t.unit in units)


def _may_return(sop: Sop, role: str, target: str) -> bool:
    """Whether an act of the role sends work back to the target, at once or through others."""
    own = (act for act in sop.acts if act.performer == role)
    return any(_reaches(sop, act, target, frozenset()) for act in own)


def _reaches(sop: Sop, act: Act, target: str, seen: frozenset[str]) -> bool:
    passed = seen | {act.code}
    return target in act.returns or any(
        _reaches(sop, sop.act(code), target, passed) for code in act.returns if code not in passed
    )

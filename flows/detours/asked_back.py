"""Mohon dikembalikan: who has sent a figure asks for its return from where the data lie now."""

from collections.abc import Mapping, Sequence
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
    """Asks the holders of the data, with sound, to send back this row with the figure wished,
    and with it the rows asked for before, on which nobody has decided."""
    at = holding(turn, tugas)
    if at is None:
        return turn.refuse_changed()
    wish = {"kode": kode, "semula": semula, "nilai": nilai}
    rows_asked = [*(row for row in rows_wished(tugas) if row["kode"] != kode), wish]
    asking = tugas._replace(wish=_wish_of(rows_asked))
    turn.perintah = turn.perintah.with_tugas(asking)
    turn.record("ReturnAsked", tugas, to=at.act, rows=[kode])
    told: dict[str, Any] = {
        "pemohon": post_name(turn, tugas, turn.actor),
        **wish,
        "baris": rows_asked,
    }
    codes = [row["kode"] for row in rows_asked]
    look = (task_button(at, "lihat_data", "lihat"),)
    rows = (
        (task_button(tugas, "kembalikan_baris", "mk", kode=kode, baris=codes),),
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
    """Returns exactly the rows asked back to whoever sent them, with the figures in the note."""
    rows, at = rows_wished(tugas), holding(turn, tugas)
    if tugas.is_open or not rows or at is None:
        return turn.refuse_toast("permohonan_selesai")
    if not turn.may_act(at):
        return turn.refuse_toast("bukan_kewenangan")
    target = turn.act(tugas)
    turn.perintah = turn.perintah.with_tugas(tugas._replace(wish={}))
    notes = {row["kode"]: f"tertulis {row['semula']}, seharusnya {row['nilai']}" for row in rows}
    reopened = give_back(
        turn,
        at,
        target,
        tugas.unit,
        note="\n".join(f"{kode}: {note}" for kode, note in notes.items()),
        codes=tuple(notes),
        row_notes=notes,
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


def rows_wished(tugas: Tugas) -> list[dict[str, str]]:
    """The rows asked back (`kode`, `semula`, `nilai`), in the order in which they were."""
    wish = tugas.wish
    if wish.get("jenis") != WISH:
        return []
    rows = (*wish.get("sebelum", ()), wish)
    return [{name: str(row[name]) for name in ("kode", "semula", "nilai")} for row in rows]


def _wish_of(rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """The last row stands as the only one did in former versions, those before it beside it."""
    *before, last = rows
    return {"jenis": WISH, **last, **({"sebelum": before} if before else {})}


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

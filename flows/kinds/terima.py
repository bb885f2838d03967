"""terima: the receipt. The Kasubag sees all units in one message; the head of a unit sees the
list of findings, to which he may object with evidence."""

from collections.abc import Sequence
from typing import Any

from flows.detours import objection
from flows.figures.shown import figure, unit_figures
from flows.figures.since_return import since_return
from flows.filling.preview import look
from flows.kinds.one_press import complete, give_back, task_card
from flows.model.addresses import slot_name, to_person
from flows.model.changes import Decision
from flows.model.messages import Button, Card
from flows.model.perintah import Perintah, Tugas
from flows.office.people import Person
from flows.sops.vocabulary import Traits
from flows.turn.cards import return_button, task_args
from flows.turn.turn import Kind, Turn, button, task_button
from flows.turn.undo_window import ends_at, is_open

MOST_BUTTONS = 4


def _card(turn: Turn, tugas: Tugas, person: Person) -> Card:
    if turn.act(tugas).options.get("papan"):
        return _board(turn, tugas, person)
    unit = tugas.unit or ""
    data = turn.perintah.latest(unit)
    findings = [
        {
            "kode": t.kode,
            "nama": next((i.indikator for i in turn.view.indicators if i.kode == t.kode), ""),
            "nilai": figure(turn, unit, data.row(t.kode) if data else None),
            "catatan": t.note,
            "jawaban": t.objection_answer,
        }
        for t in turn.perintah.standing(unit)
    ]
    may_object = bool(turn.act(tugas).options.get("sanggah"))
    object_to = [task_button(tugas, "sanggah", "sanggah")] if may_object else []
    words = {"temuan": findings, "lalu": _following(turn, tugas)}
    return task_card(turn, tugas, person, "tugas_terima", *object_to, **words)


def _following(turn: Turn, tugas: Tugas) -> dict[str, Any] | None:
    """The act whose time begins with this receipt, and its limit if that were given now."""
    for act in turn.sop.acts:
        step = turn.sop.step_of(act.code)
        after = (before.code for before in turn.sop.predecessors(act.code))
        if tugas.act in after and act.is_timed and not act.is_optional and step is not None:
            due = turn.view.setting.calendar.due(turn.now, step.minutes)
            return {
                "tindakan": act.label or "",
                "batas": due.isoformat(),
                "saat": turn.now.isoformat(),
                "menit": step.minutes,
            }
    return None


def _board(turn: Turn, tugas: Tugas, person: Person) -> Card:
    """One message for all units of the act, edited at each receipt."""
    perintah = turn.perintah
    lines = [_unit_line(turn, tugas.act, unit) for unit in perintah.units]
    waiting = _waiting(turn, tugas.act)
    accepted = sum(line["keadaan"] == "diterima" for line in lines)
    buttons = [*_resting_rows(turn, waiting), *_undo_rows(turn, tugas, person)]
    # Where it would be too many it comes back when Urungkan is over.
    has_room = sum(len(row) for row in buttons) < MOST_BUTTONS
    if accepted + len(waiting) < len(lines) and has_room:
        buttons.append((button("lanjut_tanpa", "tanpa", perintah.ref),))
    slot = slot_name("papan", perintah.id, tugas.act, to_person(person.id))
    if lines and accepted == len(lines):
        last = max(t.finished_at or turn.now for t in perintah.tugas if t.act == tugas.act)
        words = {"jumlah": accepted, "saat": last.isoformat()}
        return Card("papan_lengkap", words, tuple(buttons), slot=slot)
    args = {
        **task_args(turn, tugas, person),
        "papan": lines,
        "diterima": accepted,
        "baru": len(waiting),
        "dari_unit": len(lines),
        "sejak_kembali": _changes_of(turn, waiting),
        "saat": turn.now.isoformat(),
    }
    return Card("papan_masuk", args, tuple(buttons), slot=slot)


def _waiting(turn: Turn, act: str) -> list[Tugas]:
    return [t for t in turn.perintah.open_tugas if t.act == act]


def _resting_rows(turn: Turn, waiting: list[Tugas]) -> list[tuple[Button, ...]]:
    """The buttons of the only unit that waits; of several, all of them or a choice."""
    if len(waiting) < 2:
        return [row for one in waiting for row in _unit_rows(turn, one)]
    last = max(waiting, key=lambda one: one.seq)
    label = f"{turn.act(last).label} semua ({len(waiting)})"
    return [
        (task_button(last, "act", "semua", label=label),),
        (task_button(last, "pilih_unit", "pilih"),),
    ]


def _unit_rows(turn: Turn, one: Tugas) -> list[tuple[Button, ...]]:
    label = f"{turn.act(one).label} {one.unit}"
    take = task_button(one, "act", "ok", label=label)
    look = task_button(one, "lihat_unit", "lihat", unit=one.unit)
    back = [
        (task_button(one, "kembalikan_unit", "kembali", unit=one.unit),)
        for _ in return_button(turn, one)
    ]
    return [(take, look), *back]


def _pick(turn: Turn, tugas: Tugas) -> Decision | None:
    """Shows one row a unit in the same message, until it is drawn anew."""
    card = _board(turn, tugas, turn.person)
    rows = [
        tuple(each for row in _unit_rows(turn, one) for each in row)
        for one in _waiting(turn, tugas.act)
    ]
    back = (task_button(tugas, "kembali", "tugas"),)
    return turn.answer(card.key, card.args, (*rows, back), about=tugas.ref, slot=card.slot)


def _changes_of(turn: Turn, waiting: Sequence[Tugas]) -> list[dict[str, Any]] | None:
    """What the units that were sent back have changed; None where none was."""
    found = [since_return(turn, each, (each.unit or "",)) for each in waiting]
    returned = [lines for lines in found if lines is not None]
    return [line for lines in returned for line in lines] if returned else None


def _undo_rows(turn: Turn, tugas: Tugas, person: Person) -> list[tuple[Button, ...]]:
    """One undo button: of his last receipt whose undo window is open and that nobody has built
    upon; the one before is offered once that is undone."""
    his = [
        (done.finished_at, done.seq, done, ends)
        for done in turn.perintah.tugas
        if done.act == tugas.act
        and done.finished_by == person.id
        and done.finished_at is not None
        and (ends := ends_at(done, turn.sop)) is not None
        and is_open(turn.perintah, turn.sop, done, turn.now)
    ]
    if not his:
        return []
    *_, done, ends = max(his, key=lambda each: each[:2])
    words = {"unit": done.unit, "saat": ends.isoformat()}
    return [(task_button(done, "urungkan_unit", "urungkan", **words),)]


def _unit_line(turn: Turn, act: str, unit: str) -> dict[str, Any]:
    perintah = turn.perintah
    mine = [t for t in perintah.tasks(act, unit) if t.state in ("buka", "selesai")]
    if mine and mine[-1].state == "selesai":
        done = mine[-1].finished_at
        at = done.isoformat() if done else None
        return {"unit": unit, "keadaan": "diterima", "saat": at}
    if mine:
        data = perintah.latest(unit)
        mean = unit_figures(turn, unit, data.rows)["mentah"] if data else None
        version = data.version if data else 1
        return {"unit": unit, "keadaan": "baru", "versi": version, "mentah": mean}
    return {"unit": unit, **_where(turn, perintah, unit)}


def _where(turn: Turn, perintah: Perintah, unit: str) -> dict[str, Any]:
    """The present act of a unit not yet received, and its limit."""
    at_work = [t for t in perintah.open_tugas if t.unit == unit]
    if not at_work:
        return {"keadaan": "menunggu", "kolom": "", "batas": None}
    paused = next((t for t in at_work if t.blocked_at is not None), None)
    shown = paused or at_work[0]
    step, due = turn.sop.step_of(shown.act), shown.due_at
    return {
        "kolom": step.column if step else turn.sop.name_of(shown.act),
        "keadaan": "jeda" if paused else "berjalan",
        "batas": due.isoformat() if due else None,
        "lewat": due is not None and due < turn.now,
    }


def _accept(turn: Turn, tugas: Tugas) -> Decision | None:
    complete(turn, tugas, "diterima")
    return _show_board(turn, tugas) if turn.act(tugas).options.get("papan") else None


def _accept_all(turn: Turn, tugas: Tugas) -> Decision | None:
    """Accepts every unit the button counted: those that came in later wait for the next press."""
    for one in _waiting(turn, tugas.act):
        if one.seq <= tugas.seq and turn.may_act(one):
            complete(turn, one, "diterima")
    return _show_board(turn, tugas)


def _show_board(turn: Turn, tugas: Tugas) -> Decision | None:
    """The shared message shows the receipts itself: there is no other line."""
    turn.done = None
    card = _board(turn, tugas, turn.person)
    return turn.answer(card.key, card.args, card.rows, about=tugas.ref, slot=card.slot)


KIND = Kind(
    "terima",
    _card,
    {
        "ok": _accept,
        "semua": _accept_all,
        "pilih": _pick,
        "lihat": look,
        "kembali": give_back,
        "sanggah": objection.begin,
    },
    traits=Traits(receives=True),
)

"""States of a tugas: all transitions (set in no other module), and which acts open next.

from             to       by
(none)           buka     open_tugas: the flow, a return, an objection, a part handed over
buka             selesai  finish: the act is done
buka, selesai    tahan    hold: the unit's objection, or the correction of a collection
tahan            buka     release: the correction found nothing
selesai, tahan,  buka     reopen: its actor undoes it within five minutes
  ulang
buka, selesai,   ulang    supersede: a return, a new round, a part handed over, an objection
  tahan                     answered, a correction stopped
ulang            selesai  reinstate: the new round that superseded it found nothing
buka, tahan      batal    withdrawn: stopped, left out, handed over, replaced, taken back
any              former   restored_to: what an act had changed, once that act is taken back
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flows.model.messages import Line
from flows.model.perintah import Perintah, Tugas
from flows.sops.sop import Act, Sop
from flows.turn.turn import Turn, bumped
from flows.turn.undo_window import TURNED

LIVE = frozenset({"buka", "tahan"})
STANDING = LIVE | {"selesai"}
# Fields of an ending, without the clock: an act on another tugas does not change that.
ENDING = ("state", "outcome", "finished_by", "finished_as")

# States of the tugas of an act in a unit.
States = Mapping[tuple[str, str | None], set[str]]
NONE: frozenset[str] = frozenset()


def open_tugas(
    turn: Turn,
    act: Act,
    unit: str | None,
    *,
    person_id: int | None = None,
    note: str = "",
    codes: tuple[str, ...] = (),
    row_notes: dict[str, str] | None = None,
) -> Tugas:
    """Opens a tugas in the next round; its due moment follows the step's working minutes."""
    perintah = turn.perintah
    earlier = [
        t
        for t in perintah.tasks(act.code, unit)
        if t.person_id == person_id and t.outcome not in ("ditarik", "dialihkan")
    ]
    tugas = Tugas(
        perintah_id=perintah.id,
        seq=len(perintah.tugas) + 1,
        act=act.code,
        role=act.performer,
        unit=unit,
        person_id=person_id,
        round=1 + max((t.round for t in earlier), default=0),
        opened_at=turn.now,
        opened_by=turn.actor.id if turn.actor else None,
        note=note,
        codes=codes,
        row_notes=row_notes or {},
        opened_from=turn.cause.seq if turn.cause else None,
    )
    tugas = _with_clock(turn, act, tugas)
    turn.perintah = perintah.with_tugas(tugas)
    turn.opened.append(tugas)
    turn.record("TugasOpened", tugas, act=act.code, round=tugas.round)
    return tugas


def finish(turn: Turn, tugas: Tugas, outcome: str, done: Line | None = None) -> Tugas:
    """Finishes the tugas by the actor and opens the acts that follow."""
    at = max(turn.at, tugas.opened_at)
    rest = ((tugas.blocked_at, max(at, tugas.blocked_at)),) if tugas.blocked_at else ()
    finished = bumped(
        tugas,
        state="selesai",
        finished_at=at,
        finished_by=turn.actor.id if turn.actor else None,
        finished_as=turn.authority.mandate(tugas),
        is_own_work=_is_own_work(turn, tugas),
        outcome=outcome,
        next_at=None,
        pauses=(*tugas.pauses, *rest),
        blocked_at=None,
        recorded_by=turn.recorder.id if turn.recorder else None,
    )
    turn.finished.append(finished)
    turn.caused_by(finished)
    turn.perintah = turn.perintah.with_tugas(finished)
    turn.record("TugasFinished", finished, act=tugas.act, round=tugas.round, outcome=outcome)
    if done is not None:
        turn.done = done
    return finished


def advance(turn: Turn) -> None:
    """Opens every act whose predecessors are done; joins are computed from the state each time."""
    sop, states = turn.sop, _states(turn.perintah)
    for act in sop.acts:
        if act.is_optional or act.code == sop.first.code:
            continue
        for unit in _scope(turn.perintah, act):
            stands = not STANDING.isdisjoint(states.get((act.code, unit), NONE))
            if not stands and _is_due(turn.perintah, sop, states, act, unit):
                (turn.kinds[act.kind].open_acts or open_tugas)(turn, act, unit)
                states = _states(turn.perintah)
    needed = (act for act in sop.acts if not act.is_optional)
    is_complete = all(_is_complete(turn.perintah, states, act) for act in needed)
    if is_complete and turn.perintah.status == "berjalan":
        turn.end_perintah("selesai")


def send_back(
    turn: Turn,
    target: Act,
    unit: str | None,
    *,
    note: str,
    codes: tuple[str, ...] = (),
    row_notes: dict[str, str] | None = None,
) -> None:
    """Reopens `target` for the unit (None: the office) and supersedes the acts after it."""
    people = _persons_of(turn.perintah, target, unit, codes)
    _supersede_all(turn, lambda tugas: _depends_on(turn, tugas, target, unit, people))
    if target.traits.fills and unit is not None:
        for person_id, rows in people.items():
            notes = {k: v for k, v in (row_notes or {}).items() if k in rows}
            open_tugas(
                turn, target, unit, person_id=person_id, note=note, codes=rows, row_notes=notes
            )
    else:
        open_tugas(turn, target, unit, note=note, codes=codes, row_notes=row_notes)


def supersede_join(turn: Turn, act: Act) -> None:
    """Supersedes what the office did after the join, because a unit has been added."""
    again = turn.sop.downstream(act.code)
    _supersede_all(turn, lambda tugas: tugas.unit is None and tugas.act in again)


def supersede_from(turn: Turn, act: Act) -> None:
    """Begins a new round: supersedes the act and all acts after it, in every unit."""
    again = turn.sop.downstream(act.code) | {act.code}
    _supersede_all(turn, lambda tugas: tugas.act in again)


def reinstate(turn: Turn) -> None:
    """Ends a new round without a result: what was done before it stands again, seals do not.

    The units are those whose data had been taken over by then."""
    last: dict[tuple[str, str | None, int | None], Tugas] = {}
    for tugas in turn.perintah.tugas:
        act = turn.act(tugas)
        is_done = tugas.finished_at is not None and tugas.outcome not in TURNED
        if tugas.state == "ulang" and is_done and not act.traits.seals:
            last[(tugas.act, tugas.unit, tugas.person_id)] = tugas
    for tugas in last.values():
        turn.perintah = turn.perintah.with_tugas(bumped(tugas, state="selesai"))
    needed = [act for act in turn.sop.acts if act.is_per_unit and not act.is_optional]
    turn.perintah = turn.perintah._replace(
        units=tuple(
            unit
            for unit in turn.office.unit_codes
            if all(turn.perintah.is_done(act.code, unit) for act in needed)
        )
    )


def _supersede_all(turn: Turn, is_meant: Callable[[Tugas], bool]) -> None:
    for tugas in turn.perintah.tugas:
        if tugas.state in STANDING and is_meant(tugas):
            supersede(turn, tugas)


def withdraw(turn: Turn, tugas: Tugas, outcome: str) -> None:
    """Withdraws an open tugas that is no longer needed."""
    turn.perintah = turn.perintah.with_tugas(withdrawn(tugas, outcome, turn.now))
    turn.record("TugasWithdrawn", tugas, outcome=outcome)


def withdrawn(tugas: Tugas, outcome: str, now: datetime) -> Tugas:
    return bumped(tugas, state="batal", outcome=outcome, finished_at=now, next_at=None)


def hold(tugas: Tugas, **ending: Any) -> Tugas:
    """Holds the tugas and stops its clock; `ending` says who caused it and when."""
    return bumped(tugas, state="tahan", next_at=None, **ending)


def release(tugas: Tugas) -> Tugas:
    """Opens it again with the limit it had, of which its holder is reminded again."""
    return bumped(tugas, state="buka", next_at=tugas.due_at)


def reopen(tugas: Tugas, now: datetime) -> Tugas:
    """Reopens a tugas with the limit it had before."""
    return bumped(
        tugas,
        state="buka",
        finished_at=None,
        finished_by=None,
        finished_as="",
        is_own_work=False,
        outcome="",
        next_at=tugas.due_at or now,
        wish={},
    )


def ending_of(tugas: Tugas) -> dict[str, Any]:
    """The ending as JSON, restored if the act that changes it is undone."""
    moment = tugas.finished_at.isoformat() if tugas.finished_at else None
    return {**{name: getattr(tugas, name) for name in ENDING}, "finished_at": moment}


def restored_to(tugas: Tugas, ending: Mapping[str, Any], now: datetime) -> Tugas:
    """The tugas with the ending of `ending_of`; the next tick checks an open one again."""
    moment = ending["finished_at"]
    again = bumped(
        tugas,
        **{name: ending[name] for name in ENDING},
        finished_at=datetime.fromisoformat(moment) if moment else None,
    )
    return again._replace(next_at=again.due_at or now) if again.is_open else again


def premature(turn: Turn) -> tuple[Tugas, ...]:
    """Standing tugas of a running unit or the office whose predecessors are not all done."""
    sop, states = turn.sop, _states(turn.perintah)
    return tuple(
        tugas
        for tugas in turn.perintah.tugas
        if tugas.state in STANDING
        and tugas.unit in (None, *turn.perintah.units)
        and not _is_due(turn.perintah, sop, states, turn.act(tugas), tugas.unit)
    )


def leave_unit(turn: Turn, unit: str, outcome: str) -> None:
    """Continues without the unit: its tugas are withdrawn and the join does not wait for it."""
    for tugas in turn.perintah.tugas:
        if tugas.unit == unit and tugas.state in LIVE:
            withdraw(turn, tugas, outcome)
    units = tuple(u for u in turn.perintah.units if u != unit)
    turn.perintah = turn.perintah._replace(units=units)


def _scope(perintah: Perintah, act: Act) -> tuple[str | None, ...]:
    return perintah.units if act.is_per_unit else (None,)


def _states(perintah: Perintah) -> States:
    states: dict[tuple[str, str | None], set[str]] = {}
    for tugas in perintah.tugas:
        states.setdefault((tugas.act, tugas.unit), set()).add(tugas.state)
    return states


def _is_done(states: States, act: Act, unit: str | None = None) -> bool:
    """As `Perintah.is_done`."""
    found = states.get((act.code, unit), NONE)
    return "selesai" in found and LIVE.isdisjoint(found)


def _is_complete(perintah: Perintah, states: States, act: Act) -> bool:
    return all(_is_done(states, act, unit) for unit in _scope(perintah, act))


def _is_due(perintah: Perintah, sop: Sop, states: States, act: Act, unit: str | None) -> bool:
    for before in sop.predecessors(act.code):
        if not before.is_per_unit:
            reopened = not LIVE.isdisjoint(states.get((before.code, unit), NONE))
            if reopened or not _is_done(states, before):
                return False
        elif act.is_per_unit:
            if not _is_done(states, before, unit):
                return False
        elif not (perintah.units and _is_complete(perintah, states, before)):
            return False
    return True


def _with_clock(turn: Turn, act: Act, tugas: Tugas) -> Tugas:
    step = turn.sop.step_of(act.code)
    if step is None or not act.is_timed:
        wait = turn.office.lewat_batas.tanda_terima
        waited = None if step is None else turn.view.setting.calendar.due(turn.now, wait)
        return tugas._replace(next_at=waited)
    start = _step_started(turn, act, tugas)
    minutes = step.minutes
    if tugas.note and tugas.round > 1 and turn.office.sla_kembali == "separuh":
        minutes = max(1, minutes // 2)
    due = turn.view.setting.calendar.due(start, minutes)
    return tugas._replace(minutes=minutes, clock_from=start, due_at=due, next_at=due)


def _step_started(turn: Turn, act: Act, tugas: Tugas) -> datetime:
    """When the step's standard began: its acts share it, from the first opening in this round."""
    step = turn.sop.step_of(act.code)
    before = {a.code for a in turn.sop.predecessors(act.code)}
    shared = [a.code for a in step.acts if a.code in before and a.is_timed] if step else []
    for code in shared:
        former = [t for t in turn.perintah.tasks(code, tugas.unit) if t.state == "selesai"]
        if former and former[-1].clock_from is not None and not tugas.note:
            return former[-1].clock_from
    return turn.now


def _persons_of(
    perintah: Perintah, target: Act, unit: str | None, codes: tuple[str, ...]
) -> dict[int, tuple[str, ...]]:
    """The people whose parts a return to the filling concerns, with their rows."""
    if not target.traits.fills or unit is None:
        return {}
    people: dict[int, tuple[str, ...]] = {}
    for part in perintah.parts(unit):
        if rows := tuple(c for c in part.codes if not codes or c in codes):
            people[part.person_id] = rows
    return people


def _depends_on(
    turn: Turn, tugas: Tugas, target: Act, unit: str | None, people: dict[int, tuple[str, ...]]
) -> bool:
    if tugas.act == target.code:
        is_mine = tugas.unit == unit
        return is_mine and (tugas.person_id is None or tugas.person_id in people)
    if tugas.act not in turn.sop.downstream(target.code):
        return False
    return unit is None or tugas.unit in (unit, None)


def supersede(turn: Turn, tugas: Tugas) -> Tugas:
    """Supersedes a tugas; a paraf or signature given in it becomes void."""
    superseded = bumped(tugas, state="ulang", next_at=None)
    turn.perintah = turn.perintah.with_tugas(superseded)
    if tugas.state == "selesai" and turn.act(tugas).traits.seals:
        turn.record("SignatureVoided", tugas, act=tugas.act)
    return superseded


def _is_own_work(turn: Turn, tugas: Tugas) -> bool:
    """Whether the actor judges work that he did himself under another role."""
    if turn.actor is None or not turn.act(tugas).traits.judges:
        return False
    return any(
        t.finished_by == turn.actor.id and t.role != tugas.role and t.state == "selesai"
        for t in turn.perintah.tugas
        if tugas.unit is None or t.unit == tugas.unit
    )

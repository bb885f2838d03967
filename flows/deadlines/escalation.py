"""A superior's acts on a delay: remind one, remind all, hand the tugas over."""

from collections.abc import Sequence
from typing import Any

from flows.deadlines.late import alone, told_of
from flows.deadlines.reminders import withdraw_earlier
from flows.dialogs.dialog import start
from flows.dialogs.question import Answers, Choice, Dialog, Question
from flows.model.addresses import slot_name, to_person
from flows.model.changes import Decision
from flows.model.conversation import Draft
from flows.model.perintah import Bagian, Tugas
from flows.office.people import Person
from flows.text.plain import cut_words
from flows.turn import transitions
from flows.turn.cards import person_args, post_name, task_args
from flows.turn.reach import is_reached
from flows.turn.superiors import addressee, close_requests, may_decide
from flows.turn.turn import Turn, task_button

NOON = 12


def remind_one(turn: Turn, tugas: Tugas) -> Decision | None:
    """Ingatkan: at most once a half-day per tugas."""
    if not may_decide(turn, tugas):
        return turn.refuse_toast("bukan_kewenangan")
    if not tugas.is_open:
        return turn.refuse_toast("tombol_lama")
    turn.speech.toast("telah_diingatkan", _counted(_remind(turn, tugas)))
    return None


def remind_all(turn: Turn) -> Decision | None:
    """Ingatkan yang belum: the gatherer of the data reminds all, a superior those below him."""
    below = [t for t in turn.perintah.open_tugas if _is_below(turn, t)]
    if not below:
        return turn.refuse_toast("tak_ada_yang_belum")
    reminded = [person for tugas in below for person in _remind(turn, tugas)]
    turn.speech.toast("telah_diingatkan_semua", _counted(reminded))
    return None


def remind_step(turn: Turn, tugas: Tugas) -> Decision | None:
    """Ingatkan semuanya, in the message about several late tugas of one step."""
    late = [t for t, _ in told_of(turn, turn.perintah, tugas.act, turn.person.id)]
    if not late:
        return turn.refuse_toast("tak_ada_yang_belum")
    reminded = [person for each in late for person in _remind(turn, each)]
    turn.speech.toast("telah_diingatkan_semua", _counted(reminded))
    return None


def show_each(turn: Turn, tugas: Tugas) -> Decision | None:
    """Lihat satu per satu: a message for each of them, with its acts."""
    late = told_of(turn, turn.perintah, tugas.act, turn.person.id)
    if not late:
        return turn.refuse_toast("tak_ada_yang_belum")
    for each, level in late:
        turn.speech.say(alone(turn, each, level, turn.person, is_ring=False))
    return None


def may_remind_all(turn: Turn) -> bool:
    return turn.actor is not None and any(_is_below(turn, t) for t in turn.perintah.open_tugas)


def hand_over(turn: Turn, tugas: Tugas) -> Decision | None:
    """Alihkan tugas: a Pelaksana's part goes to somebody else of the unit."""
    if not may_decide(turn, tugas):
        return turn.refuse_toast("bukan_kewenangan")
    if not tugas.is_open:
        return turn.refuse_toast("tombol_lama")
    if tugas.person_id is None:
        return turn.refuse_toast("alihkan_lewat_pejabat")
    if not _others(turn, tugas):
        return turn.refuse_toast("tak_ada_pengganti")
    return start(turn, HANDING, about=tugas.ref)


def move_part(turn: Turn, tugas: Tugas, to: Person) -> Tugas:
    """Moves a part with its rows, their entries and its clock to another Pelaksana."""
    part = turn.perintah.part(tugas.unit, tugas.person_id)
    rows = tuple(part.rows) if part else ()
    codes = part.codes if part else tugas.codes
    others = tuple(p for p in turn.perintah.bagian if p is not part)
    turn.perintah = turn.perintah._replace(bagian=others)
    transitions.withdraw(turn, tugas, "dialihkan")
    mine = turn.perintah.part(tugas.unit, to.id)
    mine = mine or Bagian(tugas.unit or "", to.id, (), ())
    all_codes = tuple(dict.fromkeys((*mine.codes, *codes)))
    merged = mine._replace(codes=all_codes, rows=(*mine.rows, *rows))
    turn.perintah = turn.perintah.with_part(merged)
    for other in turn.perintah.tasks(tugas.act, tugas.unit):
        if other.person_id == to.id and other.is_open:
            transitions.withdraw(turn, other, "dialihkan")
        elif other.person_id == to.id and other.state == "selesai":
            transitions.supersede(turn, other)
    moved = transitions.open_tugas(
        turn, turn.act(tugas), tugas.unit, person_id=to.id, note=tugas.note, codes=merged.codes
    )
    kept = moved._replace(
        minutes=tugas.minutes,
        clock_from=tugas.clock_from,
        due_at=tugas.due_at or moved.due_at,
        pauses=tugas.pauses,
    )
    turn.perintah = turn.perintah.with_tugas(kept)
    turn.record("TugasMoved", kept, to=[to.id])
    return kept


def _is_below(turn: Turn, tugas: Tugas) -> bool:
    """Whether it is another's tugas and the actor may remind him of it."""
    if turn.person in turn.authority.holders(tugas):
        return False
    return turn.authority.holds(*turn.sop.gatherers) or may_decide(turn, tugas)


def _counted(reminded: Sequence[Person]) -> dict[str, Any]:
    """The number of reminders that arrive, and the names of those whom none can reach."""
    lost = dict.fromkeys(p.nama for p in reminded if not is_reached(p))
    return {"jumlah": sum(map(is_reached, reminded)), "luput": list(lost)}


def _remind(turn: Turn, tugas: Tugas) -> tuple[Person, ...]:
    """Reminds the holders of the tugas, and returns them."""
    local = turn.local(turn.now)
    half = "pagi" if local.hour < NOON else "siang"
    day_half = f"{local:%Y%m%d}{half}"
    args = {**task_args(turn, tugas), "oleh": addressee(turn, turn.person)}
    holders = turn.authority.holders(tugas)
    for person in holders:
        slot = slot_name("ingat", tugas.ref, "atasan", day_half, to_person(person.id))
        if not any(known.name == slot for known in turn.view.slots):
            withdraw_earlier(turn, tugas, person.id)
        turn.speech.tell(
            person,
            "diingatkan",
            {**args, "yth": post_name(turn, tugas, person)},
            rows=((task_button(tugas, "buka_tugas", "buka"),),),
            is_ring=True,
            lane=2,
            about=tugas.ref,
            slot=slot,
            unique=f"ingatkan:{tugas.ref}:r{tugas.round}:{local:%Y%m%d}:{half}",
        )
    turn.record("ReminderSent", tugas, level="atasan")
    return holders


def _others(turn: Turn, tugas: Tugas) -> tuple[Person, ...]:
    roles = turn.office.roles
    beside = (tugas.role, *(key for key in reversed(roles) if roles[key].is_per_unit))
    people = [p for role in beside for p in turn.authority.post_holders(role, tugas.unit)]
    return tuple(dict.fromkeys(p for p in people if p.id != tugas.person_id))


def _ask_person(turn: Turn, answers: Answers) -> Question | None:
    tugas = turn.view.tugas
    others = _others(turn, tugas) if tugas else ()
    choices = tuple(Choice(p.id, label=cut_words(p.nama.split(",")[0], 32)) for p in others)
    return Question("orang", "tanya_alihkan", choices=choices)


def _finish(turn: Turn, draft: Draft) -> Decision | None:
    tugas = turn.view.tugas
    if tugas is None or not tugas.is_open or not may_decide(turn, tugas):
        return turn.refuse_changed()
    to = turn.view.roster.person(int(draft.answers["orang"]))
    if to is None:
        return turn.refuse_changed()
    former = tugas.person_id
    moved = move_part(turn, tugas, to)
    args: dict[str, Any] = {
        **task_args(turn, moved),
        "dari_orang": person_args(turn, former),
        "kepada": person_args(turn, to.id),
        "saat": turn.at.isoformat(),
    }
    close_requests(turn, moved, "tugas_dialihkan", args)
    return turn.close("tugas_dialihkan", args)


HANDING = Dialog("alihkan", {"orang": _ask_person}, _finish)

"""Saya terkendala: a hindrance; the clock is paused if the superior agrees."""

from datetime import datetime
from typing import Any

from flows.deadlines import due_time
from flows.dialogs.dialog import start
from flows.dialogs.question import Answers, Choice, Dialog, Question, fixed
from flows.model.addresses import slot_name, task_slot, to_person
from flows.model.changes import Decision
from flows.model.conversation import Draft
from flows.model.messages import Card
from flows.model.perintah import Tugas
from flows.turn import superiors
from flows.turn.cards import post_name, refresh, rows_of, show, task_args
from flows.turn.turn import Turn, task_button

SHORTEST, LONGEST = 10, 500
CAUSES = (
    Choice("kendala_data", "kendala_data"),
    Choice("kendala_jaringan", "kendala_jaringan"),
    Choice("kendala_tugas", "kendala_tugas"),
)
SOLVERS = (
    Choice("pihak_atasan", "pihak_atasan"),
    Choice("pihak_unit", "pihak_unit"),
    Choice("pihak_luar", "pihak_luar"),
)
KNOWN = {choice.value for choice in (*CAUSES, *SOLVERS)}
CAUSE = Question("sebab", "tanya_kendala", choices=CAUSES, shortest=SHORTEST, longest=LONGEST)
SOLVER = Question("pihak", "tanya_pihak", choices=SOLVERS, shortest=3, longest=100)


def begin(turn: Turn, tugas: Tugas) -> Decision | None:
    if (refused := turn.refuse_idle(tugas)) is not None:
        return refused
    if tugas.blocked_at is not None or tugas.wish:
        return superiors.refuse_another(turn, tugas)
    return start(turn, HINDERED, about=tugas.ref)


def agree(turn: Turn, tugas: Tugas) -> Decision | None:
    """Setujui jeda: pauses the clock from the report of the hindrance on."""
    if (refused := superiors.not_to_judge(turn, tugas, "kendala")) is not None:
        return refused
    since = datetime.fromisoformat(str(tugas.wish["saat"]))
    paused = due_time.pause(turn, tugas._replace(wish={}), since)
    return _tell(turn, paused, "jeda")


def go_on(turn: Turn, tugas: Tugas) -> Decision | None:
    """Lanjutkan tanpa jeda."""
    if (refused := superiors.not_to_judge(turn, tugas, "kendala")) is not None:
        return refused
    running = tugas._replace(wish={})
    turn.perintah = turn.perintah.with_tugas(running)
    return _tell(turn, running, "tanpa_jeda")


def end(turn: Turn, tugas: Tugas) -> Decision | None:
    """Kendala selesai, by the holder: moves the limit by the paused time."""
    if (refused := turn.refuse_idle(tugas)) is not None:
        return refused
    if not (tugas.blocked_at or tugas.hindrance):
        return turn.refuse_toast("tombol_lama")
    since = tugas.blocked_at
    rested = turn.view.setting.calendar.used(since, turn.at) if since else 0
    running = due_time.resume(turn, tugas._replace(wish={}, hindrance=""))
    turn.perintah = turn.perintah.with_tugas(running)
    turn.record("HindranceEnded", running, minutes=rested)
    args = {**task_args(turn, running), "saat": turn.at.isoformat(), "lama": rested}
    superiors.close_requests(turn, running, "kendala_berakhir", args)
    superiors.end_records(turn, running)
    pressed = turn.speech.pressed_slot
    if pressed is not None and pressed.name == task_slot(tugas.ref, turn.person.id):
        return show(turn, running, extra={"selesai": {"key": "kendala_berakhir", "args": args}})
    refresh(turn, running)
    return turn.close("kendala_berakhir", args)


def _ask_detail(turn: Turn, answers: Answers) -> Question | None:
    """Asks for the details, unless the holder has typed them already."""
    cause = answers.get("sebab")
    if cause is not None and cause not in KNOWN:
        return None
    words = {"sebab": cause}
    return Question("rincian", "tanya_rincian_kendala", words, shortest=SHORTEST, longest=LONGEST)


def _finish(turn: Turn, draft: Draft) -> Decision | None:
    tugas = turn.view.tugas
    if tugas is None or not tugas.is_open or not turn.may_act(tugas):
        return turn.refuse_changed()
    if tugas.blocked_at is not None or tugas.wish:
        # Asked for between the questions; this one waits with its answers.
        return superiors.refuse_another(turn, tugas, HINDERED.name)
    reason = str(draft.answers.get("rincian") or draft.answers["sebab"])
    people = superiors.deciders(turn, tugas)
    wish: dict[str, Any] = {}
    if people and tugas.due_at is not None:
        wish = {"jenis": "kendala", "saat": turn.at.isoformat(), "oleh": turn.person.id,
                "pihak": _key(draft.answers["pihak"])}  # fmt: skip
    stated = tugas._replace(hindrance=reason, wish=wish)
    turn.perintah = turn.perintah.with_tugas(stated)
    turn.record("HindranceStated", tugas, cause=_key(draft.answers["sebab"]))
    refresh(turn, stated)
    args = {
        **task_args(turn, tugas),
        "pemohon": post_name(turn, tugas, turn.actor),
        "alasan": reason,
        "pihak": _key(draft.answers["pihak"]),
        "saat": turn.at.isoformat(),
        "kepada": superiors.addressee(turn, people[0]) if people else None,
        "jeda": bool(wish),
    }
    told = Card("kendala_disampaikan", args, rows_of(superiors.passing_on(tugas)))
    superiors.ask(turn, tugas, people, request(turn, stated) if wish else told)
    ending = ((task_button(tugas, "kendala_selesai", "kb"),),)
    record = slot_name("catatan", tugas.ref, turn.key, to_person(turn.speaker.id))
    return turn.answer("kendala_dicatat", args, ending, about=tugas.ref, slot=record)


def request(turn: Turn, tugas: Tugas) -> Card:
    """What a superior is asked while the hindrance of the tugas is not decided on."""
    person = turn.view.roster.person(int(tugas.wish["oleh"]))
    args = {
        **task_args(turn, tugas),
        "pemohon": post_name(turn, tugas, person),
        "alasan": tugas.hindrance,
        "pihak": tugas.wish.get("pihak", "lain"),
    }
    pause = (task_button(tugas, "setujui_jeda", "ks"),)
    go_on = (task_button(tugas, "tanpa_jeda", "kt"),)
    return Card("kendala_disampaikan", args, rows_of(pause, superiors.passing_on(tugas), go_on))


def _key(value: Any) -> str:
    return str(value) if value in KNOWN else "lain"


def _tell(turn: Turn, tugas: Tugas, result: str) -> Decision | None:
    turn.record("HindranceJudged", tugas, outcome=result)
    refresh(turn, tugas)
    args = {
        **task_args(turn, tugas),
        "hasil": result,
        "oleh": superiors.addressee(turn, turn.person),
        "saat": turn.at.isoformat(),
    }
    rows = ((task_button(tugas, "kendala_selesai", "kb"),),) if result == "jeda" else ()
    return superiors.tell_judged(turn, tugas, "kendala_diputus", "kendala_diputus", args, rows)


HINDERED = Dialog(
    "kendala",
    {"sebab": fixed(CAUSE), "rincian": _ask_detail, "pihak": fixed(SOLVER)},
    _finish,
    goes_back=True,
)

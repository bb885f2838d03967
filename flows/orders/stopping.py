"""/hentikan and /ubah: stops an order, changes its target, adds a unit to it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from flows.dialogs.dialog import ask_again, not_entitled, start
from flows.dialogs.moments import read_target, unreal_args
from flows.dialogs.question import Answers, Choice, Dialog, Question, after, summary_of
from flows.enquiries.my_tasks import is_numbered, number_to_type
from flows.model.changes import Decision
from flows.model.conversation import Draft
from flows.model.empty import EMPTY
from flows.model.view import Head
from flows.office.people import Person, Post
from flows.orders.correcting import give_back, waiting_parent
from flows.orders.issuing import vacancies
from flows.papers.unit_forms import issue_form
from flows.turn import transitions
from flows.turn.cards import person_args
from flows.turn.command import ChatCommand, Show, able
from flows.turn.listing import Listed
from flows.turn.naming import acting_title
from flows.turn.turn import Turn, button

SHORTEST, LONGEST = 10, 500
UNFINISHED = ("berjalan", "menunggu")
TARGET, UNIT = "tenggat", "unit"


def stop(turn: Turn) -> Decision | None:
    """Stops an order; the correction named in the summary must be the same at the last press."""
    return _begin(turn, STOPPING, {"_ikut": turn.child.nomor if turn.child else ""})


def change(turn: Turn) -> Decision | None:
    return _begin(turn, CHANGING)


def _label(turn: Turn, head: Head) -> str:
    """A correction and its collection are of one period."""
    sop = next(s for s in turn.view.setting.book.sops if s.code == head.sop)
    return f"{head.nomor} {sop.word.capitalize()} {head.period.label}"


def _chooser(name: str, verb: str, act: Show) -> Callable[..., Decision | None]:
    """The command with a number, or without one if only one order runs; its name is also that
    of the capability."""

    def choose(turn: Turn, rest: str, page: int = 0) -> Decision | None:
        if not turn.authority.may(name):
            return turn.refuse_other(name)
        meant = _running(turn, rest)
        if turn.work is not None and [h.id for h in meant] == [turn.work.id]:
            return act(turn)
        if not meant:
            return _none_meant(turn, rest, [h.nomor for h in _running(turn)])
        listed = Listed(meant, page)
        rows = tuple(
            (button("pilih_perintah", verb, h.ref, label=_label(turn, h)),) for h in listed.shown
        )
        return turn.answer("pilih_yang_diubah", {}, (*rows, *listed.turning(name, rest)))

    return choose


def _running(turn: Turn, number: str = "") -> list[Head]:
    heads = (h for h in turn.view.heads if h.status in UNFINISHED)
    return [h for h in heads if not number or is_numbered(h, number)]


def _none_meant(turn: Turn, number: str, running: list[str]) -> Decision:
    """Refuses a number of an ended or unknown order, or the command while no order runs."""
    if number and turn.work is not None and is_numbered(turn.work, number):
        return _ended(turn)
    if not running:
        return turn.refuse("tak_ada_yang_berjalan")
    return turn.refuse("nomor_tak_ada", {"nomor": number, "ada": running})


def _ended(turn: Turn) -> Decision:
    perintah = turn.perintah
    saat = (perintah.finished_at or turn.now).isoformat()
    words = {"nomor": perintah.nomor, "status": perintah.status, "saat": saat}
    return turn.refuse("perintah_berakhir", words)


def _begin(turn: Turn, dialog: Dialog, answers: Answers = EMPTY) -> Decision | None:
    if (refused := not_entitled(turn, dialog)) is not None:
        return refused
    return _refused(turn) or start(turn, dialog, turn.perintah.ref, answers)


def _refused(turn: Turn) -> Decision | None:
    """Refuses the dialog's begin and end for an ended order."""
    return None if turn.perintah.status in UNFINISHED else _ended(turn)


def _ask_reason(turn: Turn, answers: Answers) -> Question | None:
    words = {"nomor": turn.perintah.nomor}
    return Question("alasan", "tanya_alasan_henti", words, shortest=SHORTEST, longest=LONGEST)


def _stop_args(turn: Turn, answers: Answers) -> dict[str, Any]:
    """`ikut`: the number of the correction stopped along with it; `kembali`: of the collection
    that gets its signature back; `bersama`: what a correction is stopped along with."""
    work, waits = [turn.perintah, *([turn.child] if turn.child else [])], waiting_parent(turn)
    return {
        "nomor": turn.perintah.nomor,
        "sop": turn.sop.name,
        "periode": turn.perintah.period.label,
        "ikut": turn.child.nomor if turn.child else "",
        "bersama": "",
        "kembali": waits.nomor if waits is not None else "",
        "tugas": len([t for each in work for t in each.tugas if t.state in transitions.LIVE]),
        "alasan": str(answers["alasan"]),
        "oleh": {**person_args(turn, turn.person.id), "jabatan": _title(turn)},
        "saat": turn.at.isoformat(),
    }


def _title(turn: Turn) -> str:
    """The post by which the actor may stop an order, with his mandate."""
    role = turn.authority.role_that("hentikan")
    held = turn.authority.mandate_of(turn.person.id, Post(role)) if role else None
    return acting_title(turn, held.post, held.jenis) if held is not None else ""


def _finish_stop(turn: Turn, draft: Draft) -> Decision | None:
    """Stops the order and its correction; a stopped correction reopens its collection's signing.

    The holder of each tugas is told; numbers are not used again."""
    if (refused := _refused(turn)) is not None:
        return refused
    shown = draft.answers.get("_ikut", draft.answers.get("ikut", ""))
    if shown != (turn.child.nomor if turn.child else ""):
        return turn.refuse_changed()
    args = _stop_args(turn, draft.answers)
    _end(turn, args)
    if turn.child is not None:
        turn.work, turn.child = turn.child, turn.perintah
        _end(turn, {**_stop_args(turn, draft.answers), "ikut": "", "bersama": args["nomor"]})
        turn.work, turn.child = turn.child, turn.perintah
    if (waits := waiting_parent(turn)) is not None:
        turn.parent = give_back(turn, waits)
    return turn.close("selesai_dihentikan", args)


def _end(turn: Turn, args: dict[str, Any]) -> None:
    """Cancels open and held tugas and tells their holders."""
    told: dict[int, Person] = {}
    for tugas in turn.perintah.tugas:
        if tugas.state in transitions.LIVE:
            told |= {person.id: person for person in turn.authority.holders(tugas)}
            transitions.withdraw(turn, tugas, "dihentikan")
    turn.perintah = turn.perintah._replace(stop_reason=args["alasan"])
    turn.record("PerintahStopped", reason_length=len(args["alasan"]))
    turn.end_perintah("batal")
    for person in told.values():
        if person.id != turn.person.id:
            turn.speech.tell(
                person, "perintah_dihentikan", args, unique=f"henti:{turn.perintah.id}"
            )


def _ask_what(turn: Turn, answers: Answers) -> Question | None:
    late = [Choice(UNIT, "ubah_unit")] if _missing(turn) else []
    choices = (Choice(TARGET, "ubah_tenggat"), *late)
    return Question("apa", "tanya_ubah", {"nomor": turn.perintah.nomor}, choices)


def _missing(turn: Turn) -> tuple[str, ...]:
    """Units not in the order; in a correction only units with a finding."""
    if turn.sop.corrects or turn.perintah.status != "berjalan":
        return ()
    return tuple(u for u in turn.office.unit_codes if u not in turn.perintah.units)


def _ask_target(turn: Turn, answers: Answers) -> Question | None:
    return Question(
        "tenggat",
        "tanya_tenggat",
        {"contoh": _example(turn), "usang": answers.get("_usang")},
        longest=40,
        parse=lambda text: read_target(turn, text),
        wrong="tenggat_keliru",
        explain=partial(unreal_args, turn),
    )


def _example(turn: Turn) -> str:
    """The present target, or the end of the next working day if that is later."""
    calendar = turn.view.setting.calendar
    closing = calendar.closing(calendar.workday_after(turn.day))
    return max(turn.perintah.target_at, closing or turn.now).isoformat()


def _ask_unit(turn: Turn, answers: Answers) -> Question | None:
    choices = tuple(Choice(unit, label=unit) for unit in _missing(turn))
    return Question("unit", "tanya_unit_susulan", choices=choices)


def _change_args(turn: Turn, answers: Answers) -> dict[str, Any]:
    return {
        "nomor": turn.perintah.nomor,
        "semula": turn.perintah.target_at.isoformat(),
        "tenggat": answers.get("tenggat"),
        "unit": answers.get("unit"),
        "saat": turn.at.isoformat(),
    }


def _finish_change(turn: Turn, draft: Draft) -> Decision | None:
    refused = _refused(turn)
    if refused is not None:
        return refused
    args = _change_args(turn, draft.answers)
    if draft.answers["apa"] == TARGET:
        target = datetime.fromisoformat(str(draft.answers["tenggat"]))
        if target <= turn.now:
            return ask_again(turn, CHANGING, draft, target, TARGET)
        turn.perintah = turn.perintah._replace(target_at=target)
    else:
        refused = _take_in(turn, str(draft.answers["unit"]))
        if refused is not None:
            return refused
    turn.record("PerintahChanged", what=str(draft.answers["apa"]), unit=args["unit"])
    return turn.close("selesai_diubah", args)


def _take_in(turn: Turn, unit: str) -> Decision | None:
    """Adds a unit; it gets its form at once if the others have theirs."""
    if unit not in _missing(turn):
        return turn.refuse_changed()
    if missing := vacancies(turn, turn.sop, (unit,)):
        return turn.refuse("jabatan_kosong", {"kosong": missing})
    perintah = turn.perintah
    kept = {name: why for name, why in perintah.skipped.items() if name != unit}
    order = [u for u in turn.office.unit_codes if u in (*perintah.units, unit)]
    turn.perintah = perintah._replace(units=tuple(order), skipped=kept)
    spread = next((a for a in turn.sop.acts if a.traits.spreads), None)
    if spread is not None and turn.perintah.is_done(spread.code):
        transitions.supersede_join(turn, spread)
        issue_form(turn, unit)
        transitions.advance(turn)
    return None


_stop_summary = summary_of("ringkasan_henti", _stop_args)
STOPPING = Dialog(
    "hentikan",
    {"alasan": _ask_reason},
    _finish_stop,
    _stop_summary,
    act_key="hentikan",
    needs="hentikan",
)
CHANGING = Dialog(
    "ubah",
    {
        "apa": _ask_what,
        "tenggat": after("apa", TARGET, ask=_ask_target),
        "unit": after("apa", UNIT, ask=_ask_unit),
    },
    _finish_change,
    summary_of("ringkasan_ubah", _change_args),
    act_key="simpan",
    goes_back=True,
    needs="ubah",
)


def _command(name: str, verb: str, act: Show) -> ChatCommand:
    choose = _chooser(name, verb, act)
    return ChatCommand(name, choose, able(name), act, verb=verb, page=choose, example=_number)


def _number(turn: Turn) -> str | None:
    head = next((h for h in turn.view.heads if h.status == "berjalan"), None)
    return number_to_type(turn, head) if head is not None else None


STOP = _command("hentikan", "hentikan", stop)
CHANGE = _command("ubah", "ubah_p", change)

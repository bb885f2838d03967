"""Lanjut tanpa unit: requested by the Kasubag, decided by his superiors with a reason."""

from typing import Any

from flows.dialogs.dialog import start
from flows.dialogs.question import Answers, Choice, Dialog, Question, summary_of
from flows.model.addresses import slot_name
from flows.model.changes import Decision
from flows.model.conversation import Draft
from flows.office.people import Person, Post
from flows.sops.sop import Act
from flows.turn import transitions
from flows.turn.superiors import addressee
from flows.turn.turn import Turn, button


def begin(turn: Turn) -> Decision | None:
    """Pressed on the Kasubag's board, or in his request to the Sekretaris."""
    if not may_ask(turn):
        return turn.refuse_toast("bukan_kewenangan")
    if turn.perintah.status != "berjalan" or not missing_units(turn):
        return turn.refuse_toast("semua_unit_masuk")
    return _only_unit(turn) or start(turn, SKIPPING, about=turn.perintah.ref)


def _only_unit(turn: Turn) -> Decision | None:
    """The refusal where one unit is left: without any, nothing would ever open again."""
    units, stoppers = turn.perintah.units, turn.office.roles_that("hentikan")
    if len(units) > 1:
        return None
    words = {"unit": units[0], "nomor": turn.perintah.nomor}
    return turn.refuse("unit_terakhir", {**words, "penghenti": turn.office.labels(stoppers)})


def may_ask(turn: Turn) -> bool:
    """Whether the actor takes the units' data over, or is his superior."""
    receipt = next(iter(_receipts(turn)), None)
    holders = turn.authority.post_holders(receipt.performer) if receipt else ()
    return any(person == turn.actor for person in holders) or may_decide(turn)


def may_decide(turn: Turn) -> bool:
    return any(turn.actor in turn.authority.people_of(post) for post in _posts(turn))


def missing_units(turn: Turn) -> tuple[str, ...]:
    """The units the join still waits for."""
    receipts = _receipts(turn)
    return tuple(
        unit
        for unit in turn.perintah.units
        if any(not turn.perintah.is_done(act.code, unit) for act in receipts)
    )


def _receipts(turn: Turn) -> list[Act]:
    return [act for act in turn.sop.acts if act.traits.receives and act.options.get("papan")]


def _posts(turn: Turn) -> list[Post]:
    """Who decides: the roles that kantor.yaml names, else the superiors of whoever takes the
    units' data over, the nearest first."""
    found = [Post(role) for role in turn.office.roles_that("tanpa_unit")]
    receipt = next(iter(_receipts(turn)), None)
    above = turn.office.superiors(Post(receipt.performer)) if receipt and not found else ()
    return [*found, *above]


def _asked(turn: Turn) -> Post | None:
    """The first that is filled: a request goes there."""
    return next((post for post in _posts(turn) if turn.authority.people_of(post)), None)


def _heads(turn: Turn, unit: str) -> tuple[Person, ...]:
    """Whoever hands the unit's data over to be taken."""
    before = (act for receipt in _receipts(turn) for act in turn.sop.predecessors(receipt.code))
    roles = dict.fromkeys(act.performer for act in before if act.is_per_unit)
    people = (person for role in roles for person in turn.authority.post_holders(role, unit))
    return tuple(dict.fromkeys(people))


def _ask_unit(turn: Turn, answers: Answers) -> Question | None:
    choices = tuple(Choice(unit, label=unit) for unit in missing_units(turn))
    return Question("unit", "tanya_tanpa_unit", choices=choices)


def _ask_reason(turn: Turn, answers: Answers) -> Question | None:
    who = turn.office.labels(post.role for post in _posts(turn))
    words = {"unit": answers.get("unit"), "putuskan": may_decide(turn), "pemutus": who}
    return Question("alasan", "tanya_alasan_tanpa", words, shortest=10, longest=500)


def _args(turn: Turn, answers: Answers) -> dict[str, Any]:
    unit, asked = str(answers["unit"]), _asked(turn)
    left = [i for i in turn.view.indicators if i.unit in turn.perintah.units and i.unit != unit]
    every = [i for i in turn.view.indicators if i.unit in turn.perintah.units]
    return {
        "unit": unit,
        "alasan": answers["alasan"],
        "nomor": turn.perintah.nomor,
        "sisa": len(left),
        "semua": len(every),
        "putuskan": may_decide(turn),
        "pemutus": turn.office.labels([asked.role]) if asked else [],
        "saat": turn.at.isoformat(),
    }


def _finish(turn: Turn, draft: Draft) -> Decision | None:
    unit = str(draft.answers["unit"])
    if unit not in missing_units(turn):
        return turn.refuse("semua_unit_masuk", {})
    if (refused := _only_unit(turn)) is not None:
        return refused
    args = _args(turn, draft.answers)
    if not may_decide(turn):
        return _request(turn, args)
    turn.record("UnitSkipped", unit_skipped=unit, reason_length=len(str(args["alasan"])))
    skipped = {**turn.perintah.skipped, unit: str(args["alasan"])}
    turn.perintah = turn.perintah._replace(skipped=skipped)
    for person in _heads(turn, unit):
        turn.speech.tell(person, "unit_dilewati", args, unique=f"lewati:{turn.perintah.id}:{unit}")
    transitions.leave_unit(turn, unit, "tanpa_unit")
    transitions.advance(turn)
    return turn.close("selesai_tanpa", args)


def _request(turn: Turn, args: dict[str, Any]) -> Decision | None:
    """Sends the request of the gatherer to the person who decides, with a reason of his own."""
    ref = turn.perintah.ref
    asked = _asked(turn)
    for person in turn.authority.people_of(asked) if asked else ():
        turn.speech.tell(
            person,
            "mohon_lanjut_tanpa",
            {**args, "yth": addressee(turn, person), "pemohon": addressee(turn, turn.person)},
            rows=((button("lanjut_tanpa", "tanpa", ref),),),
            is_ring=True,
            slot=slot_name("tanpa", ref, turn.key),
            about=ref,
        )
    return turn.answer("permohonan_tanpa", args)


SKIPPING = Dialog(
    name="tanpa",
    questions={"unit": _ask_unit, "alasan": _ask_reason},
    summary=summary_of("ringkasan_tanpa", _args),
    finish=_finish,
    act_key="lanjut_tanpa",
    goes_back=True,
)

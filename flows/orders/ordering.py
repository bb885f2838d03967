"""/perintah: dialog of an order, of two questions and a summary that shows the defaults."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from flows.dialogs.dialog import ask_again, new_draft, proceed, start
from flows.dialogs.moments import (
    PERIODS_OFFERED,
    ended_periods,
    read_period,
    wrong_quarter,
)
from flows.dialogs.question import Answers, Ask, Choice, Dialog, Question, after, fixed
from flows.model.changes import Decision
from flows.model.conversation import CONCEPT, Draft
from flows.model.messages import Card
from flows.model.perintah import Tugas
from flows.office.people import Post
from flows.office.period import Period
from flows.orders import concepts, correcting, earlier_rekap
from flows.orders.issuing import announce_order, is_running, new_perintah, vacancies
from flows.orders.order_line import (
    STRANGE,
    ask_strange,
    example_line,
    is_ordered,
    order_words,
    orders,
    read_line,
    sop_of,
)
from flows.orders.target import ask_target, passed_target, usual_target
from flows.sops.sop import Sop
from flows.text.plain import cut_words
from flows.turn import transitions
from flows.turn.command import ChatCommand
from flows.turn.naming import post_title
from flows.turn.turn import Turn

LONGEST_ARAHAN = 300
# The answer that takes the correction instead of a second collection.
CORRECTION = "perbaikan"


def begin(turn: Turn, words: str) -> Decision | None:
    """/perintah with its arguments; what they answer is not asked again."""
    if not (may_order(turn) or turn.authority.may("konsep")):
        return turn.refuse("bukan_kewenangan", _who_may(turn))
    answers, strange = read_line(turn, words)
    arahan = str(answers.get("arahan", ""))
    if len(arahan) > LONGEST_ARAHAN:
        args = {"panjang": len(arahan), "paling_banyak": LONGEST_ARAHAN}
        return turn.refuse("terlalu_panjang", args)
    known = [sop.word for sop in turn.view.setting.book.current()]
    if quarter := wrong_quarter(words.partition(":")[0]):
        return turn.refuse("triwulan_tak_ada", {"nilai": quarter, "contoh": known})
    if words.strip() and "sop" not in answers:
        return turn.refuse("perintah_tak_dipahami", {"nilai": words[:60], "contoh": known})
    return go_on(turn, {**answers, **({STRANGE: strange} if strange else {})})


def may_order(turn: Turn) -> bool:
    sops = turn.view.setting.book.current()
    return turn.authority.holds(*(sop.first.performer for sop in sops))


def _who_may(turn: Turn) -> dict[str, Any]:
    sops = turn.view.setting.book.current()
    roles = dict.fromkeys(turn.office.role(sop.first.performer).label for sop in sops)
    return {"berwenang": list(roles), "tindakan": "perintah"}


def go_on(turn: Turn, answers: Answers) -> Decision | None:
    """Starts the order's dialog; a correction of a known collection has its own."""
    if (instead := _divert(turn, answers)) is not None:
        return instead()
    dialog = ORDERING if may_order(turn) else DRAFTING
    draft = new_draft(turn, dialog, answers=answers)
    if (passed := passed_target(turn, draft)) is not None:
        return ask_again(turn, dialog, draft, passed, "tenggat")
    return proceed(turn, dialog, draft)


def begin_with(turn: Turn, answers: dict[str, Any]) -> Decision | None:
    """Begins with the first answers from a button or a concept."""
    if not (may_order(turn) or turn.authority.may("konsep")):
        return turn.refuse_toast("bukan_kewenangan")
    if turn.view.setting.book.by_word(str(answers["sop"])) is None and not any(
        sop.code == answers["sop"] for sop in turn.view.setting.book.current()
    ):
        return turn.refuse_toast("tombol_lama")
    return go_on(turn, answers)


def _correct(turn: Turn, sop: Sop, answers: Answers) -> Decision | None:
    """Corrects the period's last collection or correction; without one, an earlier rekap."""
    period = Period.parse(str(answers["periode"]))
    running = next(
        (n for form in sop.forms if (n := is_running(turn, sop.code, period, form))), ""
    )
    if running:
        return turn.refuse("sudah_berjalan", {"nomor": running})
    if (letter := _unsigned(turn, sop, period)) is not None:
        return correcting.begin_before_signing(turn, letter)
    unsigned = {h.id for h in turn.view.heads if h.status == "berjalan"}
    heads = [
        h
        for h in turn.view.heads
        if h.sop in (sop.corrects, sop.code)
        and h.period == period
        and h.status in ("selesai", "menunggu")
        # A correction that found nothing has left its collection to be signed.
        and h.parent_id not in unsigned
    ]
    if not heads:
        if is_ordered(turn, str(sop.corrects), period) or period.year > turn.day.year:
            return turn.refuse("belum_ada_rekap", {"sop": sop.name, "periode": period.label})
        dialog = correcting.MARKING if may_order(turn) else earlier_rekap.LENDING
        kept = ("sop", "periode", "rekap", CONCEPT)
        return start(turn, dialog, answers={k: v for k, v in answers.items() if k in kept})
    if not may_order(turn):
        return turn.refuse("bukan_kewenangan", _who_may(turn))
    return correcting.begin_after(turn, heads[0].id)


def _unsigned(turn: Turn, sop: Sop, period: Period) -> Tugas | None:
    """The person's signing of a collection of the period that this SOP may still correct."""
    ids = {h.id for h in turn.view.heads if h.sop == sop.corrects and h.period == period}
    book = turn.view.setting.book
    signing = {
        act.code for s in book.sops if s.code == sop.corrects for act in s.acts
        if act.options.get("perbaikan") == sop.code
    }  # fmt: skip
    mine = (t for t in turn.view.todo if t.perintah_id in ids and t.act in signing)
    return next(mine, None)


def _ask_sop(turn: Turn, answers: Answers) -> Question | None:
    sops = turn.view.setting.book.current()
    ordered = sorted(sops, key=lambda sop: sop.corrects is not None)
    choices = tuple(Choice(sop.code, label=sop.name) for sop in ordered)
    return Question("sop", "tanya_sop", choices=choices)


def _ask_period(turn: Turn, answers: Answers) -> Question | None:
    sop = sop_of(turn, answers)
    today = turn.local(turn.now)
    periods = ended_periods(today)
    if sop is not None and sop.corrects:
        done = [
            h.period
            for h in turn.view.heads
            if h.sop in (sop.corrects, sop.code) and h.status == "selesai"
        ]
        periods = tuple(dict.fromkeys(done)) or periods
    choices = tuple(Choice(p.code, label=p.label) for p in periods[:PERIODS_OFFERED])
    return Question(
        "periode",
        "tanya_periode",
        {"sop": sop.name if sop else ""},
        choices,
        longest=40,
        parse=lambda text: period.code if (period := read_period(text, today)) else None,
        wrong="periode_keliru",
    )


def _ask_form(turn: Turn, answers: Answers) -> Question | None:
    sop = sop_of(turn, answers)
    if sop is None:
        return None
    book = turn.view.setting.book
    choices = tuple(Choice(code, label=book.form(code).name) for code in sop.forms)
    return Question("format", "tanya_format", choices=choices)


def _ask_units(turn: Turn, answers: Answers) -> Question | None:
    choices = tuple(
        Choice(u.kode, label=cut_words(f"{u.kode} {u.nama}", 32)) for u in turn.office.units
    )
    preset = tuple(answers.get("unit", turn.office.unit_codes))
    return Question("unit", "tanya_unit_perintah", choices=choices, is_many=True, preset=preset)


def _ask_sifat(turn: Turn, answers: Answers) -> Question | None:
    choices = tuple(Choice(s, label=s) for s in turn.office.lembar_disposisi.sifat)
    return Question("sifat", "tanya_sifat", choices=choices)


def _usual_arahan(turn: Turn) -> str:
    return turn.office.lembar_disposisi.isian_bawaan.arahan


def _settle(turn: Turn, answers: dict[str, Any], name: str) -> dict[str, Any]:
    return {k: v for k, v in answers.items() if not (name == "sop" and k in ("format", "tenggat"))}


def summary(turn: Turn, answers: Answers) -> Card:
    sop = sop_of(turn, answers)
    assert sop is not None
    book = turn.view.setting.book
    units = answers.get("unit", list(turn.office.unit_codes))
    target = answers.get("tenggat") or usual_target(turn, answers).isoformat()
    return Card(
        "ringkasan_perintah",
        {
            "sop": sop.name,
            "periode": Period.parse(answers["periode"]).label,
            "format": book.form(answers.get("format", sop.forms[0])).name,
            "unit": units,
            "semua": len(units) == len(turn.office.unit_codes),
            "sifat": answers.get("sifat", turn.office.lembar_disposisi.sifat[0]),
            "arahan": answers.get("arahan") or _usual_arahan(turn),
            "target": target,
            "menit": sop.total_minutes,
            "usang": answers.get("_usang"),
        },
    )


def _finish(turn: Turn, draft: Draft) -> Decision | None:
    answers = draft.answers
    sop = sop_of(turn, answers)
    if sop is None or not may_order(turn):
        return turn.refuse("bukan_kewenangan", _who_may(turn))
    period = Period.parse(str(answers["periode"]))
    form = str(answers.get("format", sop.forms[0]))
    units = tuple(
        u for u in turn.office.unit_codes if u in answers.get("unit", turn.office.unit_codes)
    )
    if (refused := _hindrance(turn, sop, period, form, units)) is not None:
        return refused
    if (passed := passed_target(turn, draft)) is not None:
        return ask_again(turn, ORDERING, draft, passed, "tenggat")
    turn.work = new_perintah(turn, sop, period, form, units, draft.started_at)._replace(
        sifat=str(answers.get("sifat", turn.office.lembar_disposisi.sifat[0])),
        arahan=str(answers.get("arahan") or _usual_arahan(turn)),
    )
    if answers.get("tenggat"):
        target = datetime.fromisoformat(str(answers["tenggat"]))
        turn.work = turn.perintah._replace(target_at=target)
    turn.record("PerintahIssued", sop=sop.code, version=sop.version, period=period.code)
    begun = transitions.open_tugas(turn, sop.first, None)._replace(opened_at=draft.started_at)
    transitions.finish(turn, begun, "diterbitkan")
    words = {
        "nomor": turn.perintah.nomor,
        "saat": turn.at.isoformat(),
        "penerima": post_title(turn, Post(sop.first.receiver)) if sop.first.receiver else "",
        "id": turn.perintah.number,
    }
    announce_order(turn, turn.perintah)
    if CONCEPT in answers:
        concepts.use(turn)
    transitions.advance(turn)
    return turn.close("selesai_perintah_terbit", words)


def _hindrance(
    turn: Turn, sop: Sop, period: Period, form: str, units: tuple[str, ...]
) -> Decision | None:
    """The refusal of an order that runs already or lacks posts or targets, else None."""
    if running := is_running(turn, sop.code, period, form):
        return turn.refuse("sudah_berjalan", {"nomor": running})
    if missing := vacancies(turn, sop, units):
        return turn.refuse("jabatan_kosong", {"kosong": missing})
    if bare := [u for u in units if not any(i.unit == u for i in turn.view.indicators)]:
        return turn.refuse("tanpa_indikator", {"unit": bare, "tahun": period.year})
    return None


def _divert(turn: Turn, answers: Answers) -> Callable[[], Decision | None] | None:
    """A correction has its own dialog; an order that runs already needs none."""
    sop = sop_of(turn, answers)
    is_asking = STRANGE in answers and "asing" not in answers
    if sop is None or "periode" not in answers or is_asking:
        return None
    if answers.get("ulang") == CORRECTION and (correction := _correction_of(turn, sop)):
        return partial(_correct, turn, correction, {**answers, "sop": correction.code})
    if sop.corrects:
        return partial(_correct, turn, sop, answers)
    period = Period.parse(str(answers["periode"]))
    forms = (str(answers["format"]),) if "format" in answers else sop.forms
    running = [is_running(turn, sop.code, period, form) for form in forms]
    return partial(turn.refuse, "sudah_berjalan", {"nomor": running[0]}) if all(running) else None


def _ask_signed(turn: Turn, answers: Answers) -> Question | None:
    """Tells of a collection of the same period that is signed, before another is ordered; whoever
    may order its correction is offered that."""
    sop = sop_of(turn, answers)
    if sop is None or sop.corrects:
        return None
    period = Period.parse(str(answers["periode"]))
    correction = _correction_of(turn, sop) if may_order(turn) else None
    family = {s.code for s in turn.view.setting.book.sops if sop.code in (s.code, s.corrects)}
    done = [h for h in turn.view.heads if h.period == period and h.status == "selesai"]
    signed = next((h for h in done if h.sop == sop.code), None)
    if signed is None:
        return None
    words = {
        "nomor": signed.nomor,
        "versi": max(h.rekap for h in done if h.sop in family),
        "sop": sop.name,
        "periode": period.label,
        "perbaikan": correction is not None,
    }
    # In this order: a button names its place, also in a question that a former version sent.
    choices = [Choice("ya", "tetap_perintah")]
    if correction is not None:
        choices.append(Choice(CORRECTION, label=correction.word.capitalize()))
    return Question("ulang", "tanya_sudah_selesai", words, tuple(choices))


def _correction_of(turn: Turn, sop: Sop) -> Sop | None:
    return next((s for s in turn.view.setting.book.current() if s.corrects == sop.code), None)


def _propose(turn: Turn, draft: Draft) -> Decision | None:
    if (passed := passed_target(turn, draft)) is not None:
        return ask_again(turn, DRAFTING, draft, passed, "tenggat")
    return concepts.propose(turn, draft, summary(turn, draft.answers))


_usual = (Choice("", "arahan_baku"),)
_arahan = Question("arahan", "tanya_arahan", choices=_usual, longest=LONGEST_ARAHAN)
# Questions with a default: asked only by "Ubah isian".
WITH_DEFAULT: Mapping[str, Ask] = {
    "format": _ask_form,
    "unit": _ask_units,
    "sifat": _ask_sifat,
    "tenggat": ask_target,
    "arahan": fixed(_arahan),
}
ORDERING = Dialog(
    name="perintah",
    questions={
        "asing": ask_strange,
        "sop": _ask_sop,
        "periode": _ask_period,
        "ulang": _ask_signed,
        **{name: after("_tanya", name, ask=ask) for name, ask in WITH_DEFAULT.items()},
    },
    summary=summary,
    finish=_finish,
    editable=tuple(WITH_DEFAULT),
    settle=_settle,
    divert=_divert,
    act_key="terbitkan",
    goes_back=True,
)
DRAFTING = replace(ORDERING, name=concepts.KIND, finish=_propose, act_key="ajukan_konsep")


ORDER = ChatCommand(
    "perintah", begin, orders, example=example_line, variant=order_words, is_ability=True
)

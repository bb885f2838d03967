"""Ada kesalahan: the Kepala Dinas picks and notes wrong rows and orders their correction."""

from typing import Any

from flows.detours import named_rows
from flows.detours.named_rows import notes_by_code
from flows.dialogs.dialog import ask_again, stale, start
from flows.dialogs.question import Answers, Choice, Dialog, Question, summary_of
from flows.figures.pick_list import row_choices
from flows.figures.shown import figure
from flows.forms.form import Isian
from flows.model.addresses import ref_to
from flows.model.changes import Decision
from flows.model.conversation import CONCEPT, Draft
from flows.model.perintah import Perintah, Temuan, Tugas
from flows.office.period import Period
from flows.orders import concepts, earlier_rekap
from flows.orders.issuing import announce_order, is_running, new_perintah
from flows.sops.sop import Sop
from flows.text.words import codes_named, codes_picked, is_sentence
from flows.turn import transitions
from flows.turn.cards import announce_again
from flows.turn.turn import Turn

SHORTEST_NOTE = 10
LONGEST_NOTE = 2000


def begin(turn: Turn, tugas: Tugas) -> Decision | None:
    """Begins from a tugas: the closing of a collection, B1 sent back, or B10."""
    code, order = turn.act(tugas).options.get("perbaikan"), turn.perintah
    if isinstance(code, str) and (running := is_running(turn, code, order.period, order.form)):
        return turn.refuse("sudah_berjalan", {"nomor": running})
    return start(turn, MARKING, about=tugas.ref)


def begin_before_signing(turn: Turn, tugas: Tugas) -> Decision | None:
    """Begins as from the tugas of a signature, by /perintah."""
    return start(turn, MARKING, about=tugas.ref)


def begin_after(turn: Turn, perintah_id: int) -> Decision | None:
    """Begins from a finished collection, by /perintah."""
    return start(turn, MARKING, about=ref_to("perintah", perintah_id))


def _is_new(turn: Turn, answers: Answers) -> bool:
    """Whether a correction is still to be created (else one is running and starts a round)."""
    if earlier_rekap.is_sent_in(answers) or turn.work is None:
        return True
    return not turn.sop.corrects or turn.perintah.status == "selesai"


def _correction(turn: Turn, answers: Answers) -> Sop:
    """The SOP that corrects the SOP of the present perintah."""
    if earlier_rekap.is_sent_in(answers):
        return earlier_rekap.sop_of(turn, answers)
    if turn.sop.corrects:
        return turn.sop
    book = turn.view.setting.book
    return next(s for s in book.current() if s.corrects == turn.perintah.sop)


def _rows(turn: Turn, answers: Answers, unit: str) -> tuple[Isian, ...]:
    if earlier_rekap.is_sent_in(answers):
        return earlier_rekap.rows_of(answers).get(unit, ())
    data = turn.perintah.latest(unit) if turn.work is not None else None
    return data.rows if data else ()


def _known(turn: Turn, answers: Answers) -> tuple[str, ...]:
    """The codes of all units' rows."""
    units = turn.office.unit_codes
    return tuple(row.kode for unit in units for row in _rows(turn, answers, unit))


def _period(turn: Turn, answers: Answers) -> Period:
    if earlier_rekap.is_sent_in(answers):
        return earlier_rekap.period_of(answers)
    return turn.perintah.period


def _ask_unit(turn: Turn, answers: Answers) -> Question | None:
    strange, picked = answers.get("tak", []), answers.get("kode", [])
    if picked and not strange and answers.get("_tanya") != "unit":
        return None
    units = turn.office.unit_codes
    on = (Choice([], "lanjut", args={"n": len(picked)}),) if strange else ()
    known = _known(turn, answers)
    return Question(
        "unit",
        "tanya_temuan_unit",
        {"tak_dikenal": strange, "ditandai": picked},
        (*(Choice(unit, label=unit) for unit in units), *on),
        longest=300,
        parse=lambda text: _typed(text, known),
        wrong="kode_diminta",
        explain=lambda text: {"contoh": (codes_named(text, known) or known)[:2]},
    )


def _typed(text: str, known: tuple[str, ...]) -> dict[str, list[str]] | None:
    found, unknown = codes_picked(text, known)
    if not found or (unknown and is_sentence(text, known)):
        return None
    return {"kode": list(found), "tak": list(unknown)}


def _ask_rows(turn: Turn, answers: Answers) -> Question | None:
    unit = answers.get("unit")
    if not isinstance(unit, str):
        return None
    rows = {row.kode: row for row in _rows(turn, answers, unit)}
    choices = row_choices(turn, unit, rows, rows)
    return Question("pilih", "tanya_temuan_baris", {"unit": unit}, choices, is_many=True)


def _ask_note(turn: Turn, answers: Answers) -> Question | None:
    lines = _lines(turn, answers)
    return Question(
        "catatan", "tanya_temuan_catatan", {"temuan": lines}, shortest=SHORTEST_NOTE,
        longest=LONGEST_NOTE,
    )  # fmt: skip


def _not_picked(turn: Turn, answers: Answers) -> list[str]:
    """The rows of any unit that the note names and nobody has picked."""
    return named_rows.not_picked(str(answers["catatan"]), _known(turn, answers), answers["kode"])


def _ask_named(turn: Turn, answers: Answers) -> Question | None:
    named = _not_picked(turn, answers)
    also = Choice(True, "tandai_juga", args={"kode": named})
    return named_rows.asking(also, answers["kode"])


def _settle(turn: Turn, answers: dict[str, Any], name: str) -> dict[str, Any]:
    """Collects the picked rows of several units into one list; asks on where a code is unknown."""
    picked = list(answers.get("kode", []))
    if name == "unit":
        answers.pop("pilih", None)
        answers.pop("tak", None)
        typed = answers["unit"]
        if isinstance(typed, dict):
            picked += typed["kode"]
            if typed["tak"]:
                answers["tak"] = typed["tak"]
                del answers["unit"]
        if not isinstance(typed, str):
            answers["pilih"] = []
    if name == "pilih":
        picked += answers["pilih"]
    if name == "ikut" and answers["ikut"]:
        picked += _not_picked(turn, answers)
    if name != "ikut":
        answers.pop("ikut", None)
    return {**answers, "kode": list(dict.fromkeys(picked))}


def _unit_of(turn: Turn, answers: Answers, kode: str) -> str:
    """The unit of a row, from the stored data: the list of targets may be of another year."""
    units = turn.office.unit_codes
    return next(u for u in units if any(r.kode == kode for r in _rows(turn, answers, u)))


def _lines(turn: Turn, answers: Answers) -> list[dict[str, Any]]:
    names = {i.kode: i.indikator for i in turn.view.indicators}
    codes = tuple(answers.get("kode", ()))
    notes = notes_by_code(str(answers.get("catatan", "")), codes, _known(turn, answers))
    lines = []
    for code in codes:
        unit = _unit_of(turn, answers, code)
        row = next((row for row in _rows(turn, answers, unit) if row.kode == code), None)
        lines.append(
            {
                "kode": code,
                "unit": unit,
                "nama": names.get(code, ""),
                "nilai": figure(turn, unit, row),
                "catatan": notes.get(code, ""),
            }
        )
    return lines


def _finding_args(turn: Turn, answers: Answers) -> dict[str, Any]:
    sop = _correction(turn, answers)
    calendar = turn.view.setting.calendar
    begun = turn.draft.started_at if turn.draft else turn.at
    return {
        "sop": sop.name,
        "periode": _period(turn, answers).label,
        "temuan": _lines(turn, answers),
        "target": calendar.due(begun, sop.total_minutes).isoformat(),
        "menit": sop.total_minutes,
        "baru": _is_new(turn, answers),
        "usang": answers.get("_usang"),
    }


def _finish(turn: Turn, draft: Draft) -> Decision | None:
    tugas = turn.view.tugas
    is_new = _is_new(turn, draft.answers)
    if tugas is not None and not earlier_rekap.is_sent_in(draft.answers):
        refused = stale(turn, tugas)
    else:
        refused = _without_right(turn, _correction(turn, draft.answers))
    if refused is not None:
        return refused
    return _order(turn, draft) if is_new else _new_round(turn, draft)


def _without_right(turn: Turn, sop: Sop) -> Decision | None:
    """Whether a correction by /perintah lacks the right to order, at the moment of the press."""
    if turn.authority.holds(sop.first.performer):
        return None
    words = {"berwenang": [turn.office.role(sop.first.performer).label], "tindakan": "perintah"}
    return turn.refuse("bukan_kewenangan", words)


def _order(turn: Turn, draft: Draft) -> Decision | None:
    """B1 and B2a in one press: a new perintah, child of the collection if that is stored here."""
    answers = draft.answers
    sop, period = _correction(turn, answers), _period(turn, answers)
    is_ours = not earlier_rekap.is_sent_in(answers)
    form = turn.perintah.form if is_ours else sop.forms[0]
    if running := is_running(turn, sop.code, period, form):
        return turn.refuse("sudah_berjalan", {"nomor": running})
    target = turn.view.setting.calendar.due(draft.started_at, sop.total_minutes)
    if target <= turn.now:
        return ask_again(turn, MARKING, draft, target)
    former = _corrected(turn) if is_ours else None
    if former is not None and former.status == "batal":
        return turn.refuse("belum_ada_rekap", {"sop": sop.name, "periode": period.label})
    turn.parent = _reopened(turn, former) if former is not None else None
    turn.work = _begun_with(
        turn, new_perintah(turn, sop, period, form, (), draft.started_at), draft
    )
    if not is_ours:
        earlier_rekap.keep(turn, turn.perintah, answers)
    _mark(turn, answers)
    parent = turn.perintah.parent_id
    turn.record("PerintahIssued", sop=sop.code, version=sop.version, parent=parent)
    # The finding and the order are both given by this press.
    begun = transitions.open_tugas(turn, sop.first, None)._replace(opened_at=draft.started_at)
    transitions.finish(turn, begun, "diterbitkan")
    _give_order(turn)
    announce_order(turn, turn.perintah)
    if CONCEPT in answers:
        concepts.use(turn)
    words = {
        "nomor": turn.perintah.nomor,
        "saat": turn.at.isoformat(),
        "induk": turn.parent.nomor if turn.parent else None,
        "jumlah": len(turn.perintah.temuan),
    }
    transitions.advance(turn)
    return turn.close("selesai_perbaikan_terbit", words)


def _corrected(turn: Turn) -> Perintah:
    """The perintah with the valid rekap: a correction that found nothing left the former valid."""
    is_without = turn.perintah.paper("rekap") is None
    return turn.parent if is_without and turn.parent is not None else turn.perintah


def _reopened(turn: Turn, parent: Perintah) -> Perintah:
    """The collection as it waits for its correction, signed or not yet signed."""
    tugas = turn.view.tugas
    turn.record("PerintahReopened", by="correction")
    if tugas is None:
        return parent
    return parent.with_tugas(transitions.hold(tugas))._replace(status="menunggu")


def _begun_with(turn: Turn, child: Perintah, draft: Draft) -> Perintah:
    """The correction with its initial figures."""
    parent = turn.parent
    if parent is None:
        data = earlier_rekap.data_of(turn, draft.answers)
        return child._replace(data=data, rekap_version=earlier_rekap.version_of(draft.answers))
    units = (parent.latest(unit) for unit in turn.office.unit_codes)
    return child._replace(
        parent_id=parent.id,
        data=tuple(data for data in units if data is not None),
        rekap_version=parent.rekap_version,
    )


def _give_order(turn: Turn) -> None:
    for act in turn.sop.acts:
        if act.traits.issues and act.code != turn.sop.first.code:
            transitions.finish(turn, transitions.open_tugas(turn, act, None), "diterbitkan")


def _mark(turn: Turn, answers: Answers) -> None:
    for line in _lines(turn, answers):
        seq, note = len(turn.perintah.temuan) + 1, line["catatan"]
        temuan = Temuan(seq=seq, unit=line["unit"], kode=line["kode"], note=note)
        turn.perintah = turn.perintah.with_finding(temuan)
    turn.record("FindingsMarked", rows=list(answers["kode"]))


def _new_round(turn: Turn, draft: Draft) -> Decision | None:
    """B1 after all findings were dropped, or "Ada kesalahan" at B10: a round from B2a."""
    tugas = turn.tugas
    for finding in turn.perintah.temuan:
        if finding.verdict != "selesai":
            turn.perintah = turn.perintah.with_finding(finding._replace(verdict="selesai"))
    _mark(turn, draft.answers)
    turn.perintah = turn.perintah._replace(units=(), round=turn.perintah.round + 1)
    words = {
        "nomor": turn.perintah.nomor,
        "saat": turn.at.isoformat(),
        "jumlah": len(draft.answers["kode"]),
    }
    if tugas.act == turn.sop.first.code:
        transitions.finish(turn, tugas, "diterbitkan")
    else:
        transitions.supersede_from(turn, next(a for a in turn.sop.acts if a.traits.issues))
    _give_order(turn)
    transitions.advance(turn)
    return turn.close("selesai_putaran_baru", words)


def waiting_parent(turn: Turn) -> Perintah | None:
    """The collection while it waits for this correction; one that has ended gets nothing back."""
    parent = turn.parent
    return parent if parent is not None and parent.status == "menunggu" else None


def uphold_parent(turn: Turn, parent: Perintah) -> None:
    """Reopens the signing of the collection if no finding stands, and shows it to who signs."""
    held = [transitions.release(t) for t in parent.tugas if t.state == "tahan"]
    for tugas in held:
        parent = parent.with_tugas(tugas)._replace(status="berjalan")
    turn.parent = parent
    for tugas in held:
        announce_again(turn, parent, tugas)


def give_back(turn: Turn, parent: Perintah) -> Perintah:
    """Reopens what the collection held for a correction now stopped, with the rekap unchanged."""
    work, turn.work = turn.work, parent._replace(status="berjalan")
    turn.record("PerintahReopened", by="stop")
    for tugas in (t for t in parent.tugas if t.state == "tahan"):
        held = transitions.supersede(turn, tugas)
        again = transitions.open_tugas(turn, turn.act(held), held.unit)
        announce_again(turn, turn.perintah, again)
    given, turn.work = turn.perintah, work
    return given


MARKING = Dialog(
    name="temuan",
    questions={
        "rekap": earlier_rekap.ask_rekap,
        "unit": _ask_unit,
        "pilih": _ask_rows,
        "catatan": _ask_note,
        "ikut": _ask_named,
    },
    summary=summary_of("ringkasan_temuan", _finding_args),
    finish=_finish,
    editable=("unit", "catatan"),
    settle=_settle,
    act_key="terbitkan",
    goes_back=True,
)

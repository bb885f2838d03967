"""verifikasi: each finding is checked against the evidence: Terbukti or Tidak terbukti."""

from functools import partial
from typing import Any

from flows.dialogs.dialog import of_open_task, opener
from flows.dialogs.question import Answers, Dialog, Question
from flows.figures.shown import figure, row_lines
from flows.filling.preview import look
from flows.kinds.koordinasi import affected_units
from flows.kinds.one_press import complete, finish
from flows.kinds.teruskan import receiver_label
from flows.model.changes import Decision
from flows.model.messages import Card
from flows.model.perintah import Temuan, Tugas, Verdict
from flows.office.people import Person
from flows.orders.issuing import giver_name
from flows.papers.filing import files
from flows.sops.vocabulary import Traits
from flows.turn import transitions
from flows.turn.cards import show, task_args
from flows.turn.turn import Kind, Turn, bumped, task_button


def _of_round(turn: Turn) -> tuple[Temuan, ...]:
    """The findings of the present round, without those settled in former rounds."""
    return tuple(t for t in turn.perintah.temuan if t.verdict != "selesai")


def _next(turn: Turn) -> Temuan | None:
    return next((t for t in turn.perintah.temuan if not t.verdict), None)


def _card(turn: Turn, tugas: Tugas, person: Person) -> Card:
    findings = _of_round(turn)
    finding = _next(turn)
    pemberi = giver_name(turn, turn.perintah)
    args = {**task_args(turn, tugas, person), "jumlah": len(findings), "pemberi": pemberi}
    if finding is None:
        return _result(turn, tugas, args)
    index = [t.seq for t in findings].index(finding.seq) + 1
    args |= {"ke": index, "temuan": _finding_args(turn, finding)}
    rows = (
        (task_button(tugas, "terbukti", "sah"), task_button(tugas, "tidak_terbukti", "gugur")),
        (task_button(tugas, "lihat_data", "lihat"),),
    )
    sheet = files(turn, turn.perintah.paper("disposisi")) if index == 1 else ()
    return Card("tugas_verifikasi", args, rows, sheet)


def _result(turn: Turn, tugas: Tugas, args: dict[str, Any]) -> Card:
    lines = [{"kode": t.kode, "putusan": t.verdict, "alasan": t.reason} for t in _of_round(turn)]
    args |= {"hasil_temuan": lines, "unit_terdampak": affected_units(turn)}
    forward = task_button(tugas, "teruskan", "ok")
    again = task_button(tugas, "ubah_isian", "ulangi")
    return Card("tugas_verifikasi_hasil", args, ((forward, again),))


def _finding_args(turn: Turn, finding: Temuan) -> dict[str, Any]:
    data = turn.perintah.latest(finding.unit)
    row = data.row(finding.kode) if data else None
    lines = row_lines(turn, {finding.unit: data.rows if data else ()})
    line = next((one for one in lines if one["kode"] == finding.kode), {})
    return {
        **line,
        "unit": finding.unit,
        "kode": finding.kode,
        "nilai": figure(turn, finding.unit, row),
        "sumber": row.sumber if row else "",
        "bukti": row.bukti if row else "",
        "berkas": len(row.evidence) if row else 0,
        "keterangan": row.keterangan if row else "",
        "catatan": finding.note,
    }


def _judge(turn: Turn, tugas: Tugas, verdict: Verdict, reason: str = "") -> Decision | None:
    finding = _next(turn)
    if finding is None:
        return None
    turn.perintah = turn.perintah.with_finding(finding._replace(verdict=verdict, reason=reason))
    turn.record("FindingJudged", tugas, finding=finding.seq, verdict=verdict)
    return _show_next(turn, tugas)


def _show_next(turn: Turn, tugas: Tugas) -> Decision | None:
    current = bumped(tugas)
    turn.perintah = turn.perintah.with_tugas(current)
    return show(turn, current)


def _ask_reason(turn: Turn, answers: Answers) -> Question | None:
    finding = _next(turn)
    words = {"kode": finding.kode if finding else ""}
    return Question("alasan", "tanya_alasan_gugur", words, shortest=10, longest=1000)


@of_open_task
def _finish(turn: Turn, tugas: Tugas, answers: Answers) -> Decision | None:
    return _judge(turn, tugas, "gugur", str(answers["alasan"]))


def _start_over(turn: Turn, tugas: Tugas) -> Decision | None:
    for finding in _of_round(turn):
        turn.perintah = turn.perintah.with_finding(finding._replace(verdict="", reason=""))
    return _show_next(turn, tugas)


def _forward(turn: Turn, tugas: Tugas) -> Decision | None:
    """Ends the verification and passes it on in one press; without a proven finding B1 reopens."""
    if _next(turn) is not None:
        return show(turn, tugas)
    if not turn.perintah.affected:
        reasons = "; ".join(f"{t.kode}: {t.reason}" for t in _of_round(turn))
        finish(turn, tugas, "gugur_semua", "selesai_gugur_semua")
        transitions.send_back(turn, turn.sop.first, None, note=reasons)
        return None
    complete(turn, tugas, "diverifikasi")
    for opened in list(turn.opened):
        is_mine = turn.actor in turn.authority.holders(opened)
        if turn.act(opened).kind == "teruskan" and opened.is_open and is_mine:
            receiver = receiver_label(turn, opened)
            complete(turn, opened, "diteruskan", penerima=receiver, bercatatan=False)
    return None


REJECTING = Dialog("gugur", {"alasan": _ask_reason}, _finish)

KIND = Kind(
    "verifikasi",
    _card,
    {
        "ok": _forward,
        "sah": partial(_judge, verdict="terbukti"),
        "gugur": opener(REJECTING),
        "ulangi": _start_over,
        "lihat": look,
    },
    traits=Traits(passes_on=True),
)

"""Rekap from before the bot: a workbook is read as the starting figures of a correction."""

from collections.abc import Mapping
from typing import Any

from flows.dialogs.question import Answers, Dialog, Question
from flows.figures.unit_rows import grading
from flows.filling.part import finding_args
from flows.forms.form import Isian, Unreadable
from flows.forms.rekap_check import ExpectedRekap, check_rekap
from flows.model.changes import Decision, KeepBerkas
from flows.model.commands import Sent
from flows.model.conversation import Draft
from flows.model.messages import Card
from flows.model.perintah import Data, Perintah
from flows.office.period import Period
from flows.orders import concepts
from flows.sops.sop import Sop
from flows.turn.turn import Turn

FIRST_VERSION = 1


def is_sent_in(answers: Answers) -> bool:
    """Whether the correction is of a rekap sent in, not of a stored collection."""
    return "periode" in answers


def rows_of(answers: Answers) -> Mapping[str, tuple[Isian, ...]]:
    rows: Mapping[str, tuple[Isian, ...]] = answers.get("rekap", {}).get("baris", {})
    return rows


def ask_rekap(turn: Turn, answers: Answers) -> Question | None:
    if not is_sent_in(answers):
        return None
    period = period_of(answers)
    return Question(
        "rekap",
        "tanya_rekap_lama",
        {"periode": period.label, "unit": list(turn.office.unit_codes)},
        takes_file=True,
        read_file=lambda sent: _read(turn, sent, sop_of(turn, answers), period),
    )


def period_of(answers: Answers) -> Period:
    return Period.parse(str(answers["periode"]))


def sop_of(turn: Turn, answers: Answers) -> Sop:
    return turn.view.setting.book.newest(str(answers["sop"]))


def data_of(turn: Turn, answers: Answers) -> tuple[Data, ...]:
    """The first data of each unit; they name no person who filled them in."""
    return tuple(
        Data(unit, FIRST_VERSION, tuple(rows), turn.now, turn.person.id)
        for unit, rows in rows_of(answers).items()
    )


def version_of(answers: Answers) -> int:
    return max(int(answers["rekap"]["versi"]), FIRST_VERSION)


def keep(turn: Turn, perintah: Perintah, answers: Answers) -> None:
    """Adds the workbook to the record."""
    sent = answers["rekap"]
    sha256 = str(sent["sha256"])
    turn.changes.append(
        KeepBerkas(sha256, sent["nama"], sent["ukuran"], perintah.id, None, "", turn.person.id)
    )
    turn.record("RekapTaken", berkas=sha256, units=list(rows_of(answers)))


def _read(turn: Turn, sent: Sent, sop: Sop, period: Period) -> dict[str, Any] | Decision:
    sheet = sent.sheet or Unreadable("not_workbook")
    if isinstance(sheet, Unreadable):
        args = {"nama": sent.name, "batas": None, **sheet.detail}
        return turn.refuse(f"tolak_{sheet.reason}", args)
    units = turn.office.unit_codes
    if bare := [u for u in units if not any(i.unit == u for i in turn.view.indicators)]:
        return turn.refuse("tanpa_indikator", {"unit": bare, "tahun": period.year})
    rows, findings = check_rekap(sheet, _shape(turn, sop, period))
    if findings:
        words = {"nama": sent.name, "periode": period.label}
        return turn.refuse("rekap_ditolak", {**words, "temuan": [*map(finding_args, findings)]})
    file: dict[str, Any] = {"sha256": sent.sha256, "nama": sent.name, "ukuran": sent.size}
    version = sheet.meta.get("rekap", "")
    file["versi"] = int(version[:4]) if version.isascii() and version.isdigit() else FIRST_VERSION
    return {**file, "baris": {unit: list(isian) for unit, isian in rows.items()}}


def _shape(turn: Turn, sop: Sop, period: Period) -> ExpectedRekap:
    return ExpectedRekap(
        period,
        turn.view.setting.book.form(sop.forms[0]),
        turn.office.unit_codes,
        turn.office.instansi.singkatan,
        turn.view.indicators,
        grading(turn),
    )


def _summary(turn: Turn, answers: Answers) -> Card:
    period = period_of(answers)
    rows = [row for isian in rows_of(answers).values() for row in isian]
    words = {
        "sop": sop_of(turn, answers).name,
        "periode": period.label,
        "unit": list(rows_of(answers)),
        "jumlah": len(rows),
        "nama": answers["rekap"]["nama"],
    }
    return Card("ringkasan_rekap_lama", words)


def _propose(turn: Turn, draft: Draft) -> Decision | None:
    return concepts.propose(turn, draft, _summary(turn, draft.answers), "konsep_perbaikan")


LENDING = Dialog(
    "konsep_perbaikan", {"rekap": ask_rekap}, _propose, summary=_summary, act_key="ajukan_konsep"
)

"""A Pelaksana's part: its rows, what is missing before it can be sent, frozen data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from flows.figures.doubts import (
    READ_AS,
    Doubt,
    confirmed,
    doubt_args,
    kept_answers,
    open_doubt,
    readings_of,
    warnings_of,
)
from flows.figures.shown import changes, figure, merged_rows, unit_figures
from flows.figures.unit_rows import baseline, form_of, grading, indicators_of
from flows.forms.form import Finding, Isian, Sheet
from flows.forms.sheet_check import Checked, Expected, check
from flows.model.commands import Sent
from flows.model.messages import Button, Rows
from flows.model.perintah import Bagian, Tugas
from flows.turn.turn import Turn, bumped, task_button


@dataclass(frozen=True, slots=True)
class Wanting:
    """What prevents sending a part: rows without figures, rows sent back of which none has been
    answered, and in a correction rows without evidence, or changed though no finding names them
    and no reason is given."""

    rows: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()

    @property
    def is_nothing(self) -> bool:
        return not (self.rows or self.evidence or self.reasons or self.returned)


def is_correction(turn: Turn, tugas: Tugas) -> bool:
    return bool(turn.act(tugas).options.get("perbaikan"))


def asks_again(turn: Turn, tugas: Tugas) -> bool:
    """Whether rows that have a figure are asked for too: after a return, or in a correction."""
    return bool(tugas.note) or is_correction(turn, tugas)


def part_of(turn: Turn, tugas: Tugas) -> Bagian:
    """The part of the tugas' holder; a tugas without one answers for its own rows."""
    part = turn.perintah.part(tugas.unit, tugas.person_id)
    return part or Bagian(tugas.unit or "", tugas.person_id or 0, tugas.codes)


def wanting(turn: Turn, tugas: Tugas) -> Wanting:
    part = part_of(turn, tugas)
    missing = tuple(code for code in part.codes if part.row(code) is None)
    if not is_correction(turn, tugas):
        return Wanting(rows=missing, returned=_unanswered(turn, tugas, part))
    before = baseline(turn.perintah, part.unit)
    found = {t.kode for t in turn.perintah.standing(part.unit)}
    evidence, reasons = [], []
    for row in part.rows:
        old = before.get(row.kode)
        if old is None or _is_same(old, row) or _is_accepted(turn, part.unit, row):
            continue
        if row.kode not in found and (not row.keterangan or row.keterangan == old.keterangan):
            reasons.append(row.kode)
        if not row.evidence and (not row.bukti or row.bukti == old.bukti):
            evidence.append(row.kode)
    returned = _unanswered(turn, tugas, part)
    return Wanting(missing, tuple(evidence), tuple(reasons), returned)


def _unanswered(turn: Turn, tugas: Tugas, part: Bagian) -> tuple[str, ...]:
    """The rows sent back, as long as each is as it was sent: neither figure nor word is new. A
    Kirim that was taken back has left a later version, which nobody has sent back."""
    sent = turn.perintah.latest(part.unit, until=tugas.opened_at)
    if not tugas.note or sent is None:
        return ()
    codes = tugas.codes or part.codes
    is_new = any(_content(part.row(c) or sent.row(c)) != _content(sent.row(c)) for c in codes)
    return () if is_new else codes


def _content(row: Isian | None) -> tuple[Any, ...]:
    """What a row says, however it was filled in."""
    if row is None:
        return ()
    texts = (row.sumber, row.bukti, row.keterangan)
    return (row.realisasi, row.is_na, *texts, row.evidence, dict(row.answers))


def pending_doubt(turn: Turn, tugas: Tugas) -> Doubt | None:
    """The doubt to ask about: of a complete part only, and never in a correction (evidence)."""
    if is_correction(turn, tugas) or not wanting(turn, tugas).is_nothing:
        return None
    return open_doubt(turn, tugas, part_of(turn, tugas))


def confirm_doubt(turn: Turn, tugas: Tugas, doubt: Doubt) -> None:
    part = confirmed(part_of(turn, tugas), doubt)
    turn.perintah = turn.perintah.with_part(part)
    turn.record("RowsFilled", tugas, rows=list(doubt.codes), berkas="", confirmed=doubt.kind)


def untouched(turn: Turn, tugas: Tugas, checked: Checked) -> list[dict[str, Any]]:
    """Colleagues whose stored rows differ from the file's (`nama`, `baris`); theirs are kept."""
    others: dict[int, list[str]] = {}
    for row in checked.others:
        for part in turn.perintah.parts(tugas.unit or ""):
            held = part.row(row.kode)
            is_theirs = row.kode in part.codes and part.person_id != tugas.person_id
            if is_theirs and held is not None and not _is_same(held, row):
                others.setdefault(part.person_id, []).append(row.kode)
    people = ((turn.view.roster.person(who), codes) for who, codes in others.items())
    return [{"nama": p.nama if p else "", "baris": codes} for p, codes in people]


def expected(turn: Turn, tugas: Tugas) -> Expected:
    perintah = turn.perintah
    return Expected(
        unit=tugas.unit or "",
        periode=perintah.period.code,
        perintah=str(perintah.id),
        versi=form_of(turn).version,
        kode=frozenset(part_of(turn, tugas).codes),
    )


def read_upload(turn: Turn, tugas: Tugas, sheet: Sheet) -> Checked:
    former = turn.view.former.get(turn.perintah.period.former.code, {})
    figures: dict[str, Decimal] = {
        kode: row.realisasi for kode, row in former.items() if row.realisasi is not None
    }
    return check(
        form_of(turn),
        indicators_of(turn, tugas.unit or ""),
        turn.perintah.period.quarter,
        sheet,
        expected(turn, tugas),
        figures,
        grading=grading(turn),
    )


def take_rows(turn: Turn, tugas: Tugas, checked: Checked, sent: Sent) -> Bagian:
    """Stores the accepted rows in the part; rows of colleagues are not changed. Changes that a
    former file made outside the part are dropped."""
    held = part_of(turn, tugas)
    part = held._replace(rows=tuple(row for row in held.rows if row.kode in held.codes))
    for row in (*checked.rows, *_own_others(turn, tugas, checked)):
        former = held.row(row.kode)
        kept = former.evidence if former else ()
        filled = replace(
            _with_texts_typed(former, row),
            filled_by=turn.person.id,
            berkas=sent.sha256,
            evidence=kept,
        )
        part = part.with_row(replace(filled, answers=kept_answers(former, row)))
    taken = {row.kode for row in part.rows}
    warnings = tuple(finding_args(f) for f in checked.warnings if not f.kode or f.kode in taken)
    part = part._replace(warnings=warnings, version=part.version + 1)
    turn.perintah = turn.perintah.with_part(part)
    codes = [row.kode for row in checked.rows]
    turn.record("RowsFilled", tugas, rows=codes, berkas=sent.sha256, version=part.version)
    return part


def _with_texts_typed(former: Isian | None, row: Isian) -> Isian:
    """The file's row, with what was typed in the chat where its cells are blank: the file never
    showed that. A note goes with the figure it is about."""
    if former is None or former.berkas:
        return row
    note = former.keterangan if _is_same(former, row) else ""
    return replace(
        row,
        sumber=row.sumber or former.sumber,
        bukti=row.bukti or former.bukti,
        keterangan=row.keterangan or note,
    )


def take_row(turn: Turn, tugas: Tugas, row: Isian, typed: str = "") -> Bagian:
    """Stores one row typed in the chat, with the same warnings as from a file.

    `typed` is how the figure was written, where that is not its plain notation.
    """
    held = part_of(turn, tugas)
    former = held.row(row.kode)
    answers = kept_answers(former, row)
    kept = replace(row, filled_by=turn.person.id, berkas="", answers={**row.answers, **answers})
    part = held.with_row(kept)
    indicator = next(i for i in indicators_of(turn, part.unit) if i.kode == row.kode)
    others = [w for w in part.warnings if w["kode"] != row.kode]
    if former is not None and _is_same(former, kept) and not typed:
        read = read_otherwise(part, row.kode)
    else:
        read = readings_of(turn, indicator, kept, typed)
    part = part._replace(warnings=(*others, *read, *warnings_of(turn, indicator, kept)))
    turn.perintah = turn.perintah.with_part(part)
    turn.record("RowsFilled", tugas, rows=[row.kode], berkas="")
    return part


def read_otherwise(part: Bagian, kode: str) -> list[dict[str, Any]]:
    """The warnings that the row's figure may have been meant otherwise."""
    about = (warning for warning in part.warnings if warning["kode"] == kode)
    return [dict(warning) for warning in about if warning["kode_aturan"] == READ_AS]


def row_held(turn: Turn, tugas: Tugas, kode: str) -> Isian:
    """The present row, for an answer that changes only some of it: a correction starts from
    the row it corrects, without the evidence given for that one."""
    held = part_of(turn, tugas).row(kode)
    if held is not None or not is_correction(turn, tugas):
        return held or Isian(kode)
    former = baseline(turn.perintah, tugas.unit or "").get(kode, Isian(kode))
    return replace(former, evidence=(), answers={}, notes=())


def drop_row(turn: Turn, tugas: Tugas, kode: str) -> None:
    """Drops a change that no finding asked for: the row is restored."""
    part = part_of(turn, tugas)
    kept = tuple(row for row in part.rows if row.kode != kode)
    turn.perintah = turn.perintah.with_part(part._replace(rows=kept))
    turn.record("RowsFilled", tugas, rows=[kode], berkas="", taken_back=True)


def finding_args(finding: Finding) -> dict[str, Any]:
    return {
        "kode_aturan": finding.code,
        "sel": finding.cell,
        "kolom": finding.column,
        "kode": finding.kode,
        "nilai": finding.value,
        **{f"x_{key}": value for key, value in finding.args.items()},
    }


def progress(
    before: Sequence[Mapping[str, Any]], findings: Sequence[Mapping[str, Any]]
) -> dict[str, int] | None:
    """Counts of the former mistakes (`dari`) corrected, left and new; None without any before."""
    if not before:
        return None
    former, now = {_about(f) for f in before}, {_about(f) for f in findings}
    left = len(former & now)
    return {
        "dari": len(former),
        "benar": len(former) - left,
        "sisa": left,
        "baru": len(now - former),
    }


def _about(finding: Mapping[str, Any]) -> tuple[str, str]:
    """Identity of a mistake: row and column, as rows may have moved; else the cell or rule."""
    if finding["kode"]:
        return finding["kode"], finding["kolom"]
    return finding["kode_aturan"], finding["sel"]


def part_args(turn: Turn, tugas: Tugas) -> dict[str, Any]:
    """Message arguments of a part's progress, for its holder."""
    part = part_of(turn, tugas)
    unit = tugas.unit or ""
    want = wanting(turn, tugas)
    mine = [row for row in part.rows if row.kode in part.codes]
    return {
        "terisi": len(mine),
        "jumlah": len(part.codes),
        "kurang": list(want.rows),
        "tanpa_bukti": list(want.evidence),
        "tanpa_alasan": list(want.reasons),
        "belum_dijawab": list(want.returned),
        "peringatan": [dict(w) for w in part.warnings],
        "tanya": doubt_args(turn, tugas, part, pending_doubt(turn, tugas)),
        "angka": unit_figures(turn, unit, mine),
        "isi": typed_lines(turn, unit, mine),
        "berubah": changes(turn, unit, merged_rows(turn, unit)) if turn.sop.corrects else [],
        "perbaikan": is_correction(turn, tugas),
    }


def typed_lines(turn: Turn, unit: str, rows: Iterable[Isian]) -> list[dict[str, str]]:
    """The rows typed in the chat, each with its figure and source."""
    units = {i.kode: i.satuan for i in indicators_of(turn, unit)}
    return [
        {
            "kode": row.kode,
            "nilai": figure(turn, unit, row),
            "satuan": "" if row.is_na else units.get(row.kode, ""),
            "sumber": row.sumber,
        }
        for row in rows
        if not row.berkas
    ]


def sourced_rows(turn: Turn, tugas: Tugas) -> tuple[Isian, ...]:
    """The part's rows of which a source may be told: those with a figure."""
    part = part_of(turn, tugas)
    if form_of(turn).column("sumber") is None:
        return ()
    return tuple(row for row in part.rows if row.kode in part.codes and not row.is_na)


def old_figure(turn: Turn, unit: str, kode: str) -> str:
    return figure(turn, unit, baseline(turn.perintah, unit).get(kode))


def _own_others(turn: Turn, tugas: Tugas, checked: Checked) -> tuple[Isian, ...]:
    """Rows outside the part: in a correction the changed ones, else those of no part."""
    unit = tugas.unit or ""
    before = baseline(turn.perintah, unit)
    taken = {code for p in turn.perintah.parts(unit) for code in p.codes}
    rows = []
    for row in checked.others:
        old = before.get(row.kode)
        if is_correction(turn, tugas):
            is_changed = old is None or not _is_same(old, row)
            rows += [row] if is_changed and row.kode not in taken else []
        elif row.kode not in taken:
            rows.append(row)
    return tuple(rows)


def _is_same(old: Isian, new: Isian) -> bool:
    return (old.realisasi, old.is_na) == (new.realisasi, new.is_na)


def _is_accepted(turn: Turn, unit: str, row: Isian) -> bool:
    """Whether the unit's data hold this figure already: its evidence was judged there."""
    data = turn.perintah.latest(unit)
    standing = data.row(row.kode) if data else None
    return standing is not None and _is_same(standing, row)


def part_rows(turn: Turn, tugas: Tugas) -> Rows:
    """Kirim if nothing is missing, else the button for the next missing thing."""
    want = wanting(turn, tugas)
    part = part_of(turn, tugas)
    chat = chat_button(turn, tugas)
    if want.reasons:
        code = want.reasons[0]
        former = old_figure(turn, tugas.unit or "", code)
        return ((task_button(tugas, "pakai", "pakai", nilai=former, kode=code),), (chat,))
    if want.rows or want.evidence:
        return ((chat,),)
    if want.returned:
        return ((chat,), (task_button(tugas, "lihat_data", "lihat"),))
    file = task_button(tugas, "ganti_berkas", "ganti")
    change = task_button(tugas, "ubah_angka", "ubah")
    if pending_doubt(turn, tugas) is not None:
        words = part_args(turn, tugas)["tanya"]
        return ((task_button(tugas, "pasti", "pasti", **words),), (file, change))
    label = turn.act(tugas).label or ""
    key, label = ("tetap_kirim", "") if part.warnings else ("act", label)
    send = task_button(tugas, key, "ok", label=label)
    look = task_button(tugas, "lihat_data", "lihat")
    again = ((chat,),) if asks_again(turn, tugas) else ()
    sourced = sourced_rows(turn, tugas)
    source = (task_button(tugas, "ubah_sumber", "sumber"),) if sourced else ()
    return ((send, change, *source), (look, file), *again)


def chat_button(turn: Turn, tugas: Tugas) -> Button:
    """The button of filling in the chat; names the progress of an interrupted filling."""
    part = part_of(turn, tugas)
    filled = sum(part.row(code) is not None for code in part.codes)
    if 0 < filled < len(part.codes):
        return task_button(tugas, "isi_chat_lanjut", "chat", ke=filled, dari=len(part.codes))
    return task_button(tugas, "isi_chat", "chat")


def touched(turn: Turn, tugas: Tugas) -> Tugas:
    """The tugas with its revision raised: buttons of the former state become stale."""
    current = bumped(turn.perintah.task(tugas.ref) or tugas)
    turn.perintah = turn.perintah.with_tugas(current)
    return current

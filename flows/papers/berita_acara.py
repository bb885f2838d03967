"""Berita acara penyelesaian: who did what, when, and against the standard."""

from flows.model.perintah import DISPUTED, Tugas
from flows.office.people import by_mandate
from flows.papers.filing import double_role, letter_head, name_of
from flows.papers.letter_facts import BeritaAcara, Initials, StepTime
from flows.papers.signing import signatory, signing_act
from flows.turn.turn import Turn


def berita_acara(turn: Turn, _unit: str | None) -> BeritaAcara | None:
    perintah = turn.perintah
    if perintah.status != "selesai":
        return None
    end = perintah.finished_at or turn.now
    rekap = perintah.paper("rekap")
    code = rekap.code if rekap else ""
    done = [t for t in perintah.tugas if t.state == "selesai"]
    order = {act.code: n for n, act in enumerate(turn.sop.acts)}
    ordered = sorted(done, key=lambda t: (order[t.act], t.unit or "", t.seq))
    return BeritaAcara(
        **letter_head(turn, end),
        sop=turn.sop.name,
        periode=perintah.period.label,
        perintah=perintah.nomor,
        terbit=perintah.issued_at,
        lama=turn.view.setting.calendar.used(perintah.started_at, end),
        standar=turn.sop.total_minutes,
        versi=perintah.rekap_version,
        rekap=code,
        tanpa_unit=tuple(perintah.skipped),
        langkah=tuple(_step(turn, t) for t in ordered),
        ulangan=sum(t.state == "ulang" for t in perintah.tugas),
        catatan=_notes(turn, done),
        paraf=tuple(
            Initials(
                jabatan=by_mandate(t.finished_as, turn.office.role(t.role).label),
                nama=name_of(turn, t),
                waktu=t.finished_at or turn.now,
                kode=code,
            )
            for t in done
            if turn.act(t).traits.initials
        ),
        tanda_tangan=signatory(turn, signing_act(turn), turn.sop.first.performer),
    )


def _step(turn: Turn, tugas: Tugas) -> StepTime:
    act = turn.act(tugas)
    step = turn.sop.step_of(act.code)
    start = tugas.clock_from or tugas.opened_at
    end = tugas.finished_at
    calendar = turn.view.setting.calendar
    used = calendar.used(start, end, tugas.pauses) if end and start <= end else 0
    return StepTime(
        langkah=act.code if step else "–",
        uraian=act.uraian or (step.uraian if step else ""),
        unit=tugas.unit or "",
        oleh=name_of(turn, tugas),
        selesai=end,
        menit=used,
        standar=tugas.minutes,
    )


def _notes(turn: Turn, done: list[Tugas]) -> tuple[str, ...]:
    """Notes: judgements of one's own work (allowed, but shown), recorded acts, paused time."""
    notes = (double_role(turn, t, name_of(turn, t)) for t in done if t.is_own_work)
    return tuple(dict.fromkeys((*notes, *_by_hand(turn, done), *_paused(turn, done))))


def _paused(turn: Turn, done: list[Tugas]) -> list[str]:
    """Working minutes in which a clock was paused: an agreed hindrance, or an outage."""
    calendar, lines = turn.view.setting.calendar, []
    for tugas in done:
        start, end = tugas.clock_from or tugas.opened_at, tugas.finished_at
        rest = calendar.used(start, end) - calendar.used(start, end, tugas.pauses) if end else 0
        if rest:
            where = f" ({tugas.unit})" if tugas.unit else ""
            lines.append(f"{turn.act(tugas).code}{where}: terkendala {rest} menit kerja")
    return lines


def _by_hand(turn: Turn, done: list[Tugas]) -> list[str]:
    """Acts recorded by the operator, and whether the official has objected to them."""
    return [
        f"{turn.act(t).code}{f' ({t.unit})' if t.unit else ''}: {name_of(turn, t)} berdasarkan "
        f"dokumen fisik{'; pejabat berkeberatan' if t.hindrance == DISPUTED else ''}"
        for t in done
        if t.recorded_by is not None
    ]

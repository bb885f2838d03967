"""Pictures of a perintah: the board, the timeline in working days, the capaian."""

from datetime import datetime

from flows.model.board import where_units_stand
from flows.model.messages import Attachment
from flows.model.perintah import Dokumen, Perintah, Tugas
from flows.office.people import Person
from flows.papers import picture_facts as drawn
from flows.papers.facts import Json
from flows.papers.filing import letter_head, printed
from flows.papers.flowchart import step_standing
from flows.sops.sop import Sop
from flows.turn.turn import Turn

MOST_DAYS = 400
STANDING = ("buka", "tahan", "selesai")


def status_picture(turn: Turn) -> Attachment:
    """Where the units stand or, once it has ended, the course over working days. The same for
    everybody until the state changes: it is drawn and uploaded once."""
    if turn.perintah.finished_at is not None:
        return printed(turn, "perjalanan", _course(turn))
    return printed(turn, "papan", _board(turn))


def stands_since(perintah: Perintah, now: datetime) -> datetime:
    """Since when (aware) the perintah stands as it does: its last act, or a limit passed since."""
    moments = [perintah.issued_at, perintah.finished_at]
    for tugas in perintah.tugas:
        moments += [tugas.opened_at, tugas.received_at, tugas.blocked_at, tugas.finished_at]
        moments += [tugas.due_at] if tugas.is_open else []
    return max(moment for moment in moments if moment is not None and moment <= now)


def capaian_picture(turn: Turn, rekap: Dokumen) -> Attachment:
    isi = rekap.data["isi"]
    facts = drawn.Capaian(
        **_head(turn, f"Capaian {turn.sop.name} {turn.perintah.period.label}", isi["dibuat"]),
        unit=tuple(_reached(unit["figures"]) for unit in isi["units"]),
        dinas=_reached(isi["dinas"]),
        kelas=tuple(level["nama"] for level in isi["rules"]["kategori"]),
    )
    return printed(turn, "capaian", facts, versi=rekap.version)


def _head(turn: Turn, title: str, made_at: datetime) -> Json:
    return {**letter_head(turn, made_at), "judul": title, "perintah": turn.perintah.nomor}


def _board(turn: Turn) -> drawn.Papan:
    perintah, sop = turn.perintah, turn.sop
    board = where_units_stand(perintah, sop, turn.now)
    return drawn.Papan(
        **_head(turn, f"{sop.name} {perintah.period.label}", stands_since(perintah, turn.now)),
        baris=tuple(_line(turn, board["langkah"], unit) for unit in board["unit"]),
        kantor=tuple(drawn.Cell(**cell) for cell in board["kantor"]),
        kolom=tuple(board["kolom"]),
    )


def _line(turn: Turn, steps: list[str], unit: Json) -> drawn.BoardLine:
    return drawn.BoardLine(
        kode=unit["kode"],
        sel=tuple(
            drawn.Cell(nama=n, tanda=mark) for n, mark in zip(steps, unit["tanda"], strict=True)
        ),
        keadaan=unit["keadaan"],
        siapa=_who(turn, unit["kode"]),
        batas=unit["batas"],
        lewat=unit["lewat"],
    )


def _who(turn: Turn, unit: str) -> str:
    """The first holder of the unit's open tugas by name, and the number of others."""
    at_work = [t for t in turn.perintah.tugas if t.unit == unit and t.state in ("buka", "tahan")]
    people = list(
        dict.fromkeys(_named(turn, t, p) for t in at_work for p in turn.authority.holders(t))
    )
    if not people:
        return ""
    rest = f" dan {len(people) - 1} lainnya" if len(people) > 1 else ""
    return f"{people[0]}{rest}"


def _named(turn: Turn, tugas: Tugas, person: Person) -> str:
    """The name without degrees, with the mandate of whoever acts for another's post."""
    held = turn.authority.mandate_of(person.id, turn.authority.post(tugas))
    name = person.nama.split(",")[0]
    return f"{name} ({held.jenis}.)" if held is not None and held.is_acting else name


def _course(turn: Turn) -> drawn.Perjalanan:
    perintah, sop = turn.perintah, turn.sop
    calendar = turn.view.setting.calendar
    end = perintah.finished_at or turn.now
    used = calendar.used(perintah.started_at, end)
    target = max(perintah.target_at, perintah.started_at)
    return drawn.Perjalanan(
        **_head(turn, f"Perjalanan {sop.name} {perintah.period.label}", end),
        bar=_bars(turn, sop),
        hari=_days(turn, max(end, target)),
        target=calendar.used(perintah.started_at, target),
        kini=used,
        lama=used,
        standar=sop.total_minutes,
        sehari=turn.office.jam_kerja.ordinary_day,
    )


def _bars(turn: Turn, sop: Sop) -> tuple[drawn.Bar, ...]:
    bars: tuple[drawn.Bar, ...] = ()
    begun = 0
    for step in sop.steps:
        standing = step_standing(turn.perintah, step, turn.view.setting.calendar, turn.now)
        ends = standing["selesai"] or (turn.now if standing["mulai"] else None)
        bar = drawn.Bar(
            nama=step.column,
            dari=_offset(turn, standing["mulai"]),
            sampai=_offset(turn, ends),
            standar_dari=begun,
            standar_sampai=begun + step.minutes,
            keadaan=standing["keadaan"],
        )
        bars = (*bars, bar)
        begun += step.minutes
    return bars if not sop.closing.acts else (*bars, _closing(turn, sop, begun))


def _closing(turn: Turn, sop: Sop, begun: int) -> drawn.Bar:
    codes = {act.code for act in sop.closing.acts}
    tugas = [t for t in turn.perintah.tugas if t.act in codes and t.state in STANDING]
    has_ended = turn.perintah.status == "selesai"
    is_over = bool(tugas) and all(t.state == "selesai" for t in tugas) and has_ended
    ends = max((t.finished_at or turn.now for t in tugas), default=None)
    return drawn.Bar(
        nama="Penutup",
        dari=_offset(turn, min((t.opened_at for t in tugas), default=None)),
        sampai=_offset(turn, ends),
        standar_dari=begun,
        standar_sampai=begun,
        keadaan="selesai" if is_over else "berjalan" if tugas else "belum",
    )


def _offset(turn: Turn, moment: datetime | None) -> int | None:
    if moment is None:
        return None
    begun = turn.perintah.started_at
    return turn.view.setting.calendar.used(begun, max(moment, begun))


def _days(turn: Turn, end: datetime) -> tuple[drawn.Tick, ...]:
    """Each working day with the working minute at which it opens."""
    calendar = turn.view.setting.calendar
    names = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")
    day = calendar.day_of(turn.perintah.started_at)
    ticks: list[drawn.Tick] = []
    while day <= calendar.day_of(end) and len(ticks) < MOST_DAYS:
        opening = calendar.opening(day)
        if opening is not None:
            minute = _offset(turn, opening) or 0
            ticks.append(drawn.Tick(menit=minute, label=f"{names[day.weekday()]} {day.day}"))
        day = calendar.workday_after(day)
    return tuple(ticks)


def _reached(figures: Json) -> drawn.Reached:
    return drawn.Reached(
        kode=figures["kode"],
        mentah=figures["mentah"],
        kategori=figures["kategori"],
        isi=f"{figures['terisi']}/{figures['jumlah']}",
    )

"""What is looked at rather than read: the board, the course over working days, the capaian."""

from datetime import datetime
from typing import Any

from flows.model.board import where_units_stand
from flows.model.messages import Attachment
from flows.model.perintah import Dokumen, Tugas
from flows.papers.filing import kop
from flows.papers.flowchart import step_standing
from flows.sops.sop import Sop
from flows.turn.turn import Turn

Json = dict[str, Any]

MOST_DAYS = 400
STANDING = ("buka", "tahan", "selesai")


def status_pictures(turn: Turn) -> tuple[Attachment, ...]:
    number = turn.perintah.nomor.replace("/", "-")
    return (
        _picture("papan", f"Papan_{number}", _board(turn)),
        _picture("perjalanan", f"Perjalanan_{number}", _course(turn)),
    )


def capaian_picture(turn: Turn, rekap: Dokumen) -> Attachment:
    isi = rekap.data["isi"]
    body = {
        **_head(turn, f"Capaian {turn.sop.name} {turn.perintah.period.label}"),
        "dibuat": isi["dibuat"],
        "unit": [_reached(unit["figures"]) for unit in isi["units"]],
        "dinas": _reached(isi["dinas"]),
        "kelas": [level["nama"] for level in isi["rules"]["kategori"]],
    }
    number = turn.perintah.nomor.replace("/", "-")
    return _picture("capaian", f"Capaian_{number}_v{rekap.version}", body)


def _picture(template: str, name: str, body: Json) -> Attachment:
    return Attachment("cetak", name, "png", data={"template": template, "isi": body})


def _head(turn: Turn, title: str) -> Json:
    return {
        "kop": kop(turn),
        "zona": str(turn.view.setting.calendar.zone),
        "dibuat": turn.now.isoformat(),
        "judul": title,
        "perintah": turn.perintah.nomor,
    }


def _board(turn: Turn) -> Json:
    perintah, sop = turn.perintah, turn.sop
    board = where_units_stand(perintah, sop, turn.now)
    return {
        **_head(turn, f"{sop.name} {perintah.period.label}"),
        "baris": [_line(turn, board["langkah"], unit) for unit in board["unit"]],
        "kantor": board["kantor"],
    }


def _line(turn: Turn, steps: list[str], unit: Json) -> Json:
    cells = [
        {"nama": name, "tanda": mark} for name, mark in zip(steps, unit["tanda"], strict=True)
    ]
    return {
        "kode": unit["kode"],
        "sel": cells,
        "keadaan": unit["keadaan"],
        "siapa": _who(turn, unit["kode"]),
        "batas": unit["batas"],
        "lewat": unit["lewat"],
    }


def _who(turn: Turn, unit: str) -> str:
    """Whoever the unit waits for now, by name; several are counted."""
    at_work = [t for t in turn.perintah.tugas if t.unit == unit and t.state in ("buka", "tahan")]
    people = list(dict.fromkeys(p.nama for t in at_work for p in turn.authority.holders(t)))
    if not people:
        return ""
    rest = f" dan {len(people) - 1} lainnya" if len(people) > 1 else ""
    return f"{people[0].split(',')[0]}{rest}"


def _course(turn: Turn) -> Json:
    perintah, sop = turn.perintah, turn.sop
    calendar = turn.view.setting.calendar
    end = perintah.finished_at or turn.now
    used = calendar.used(perintah.started_at, end)
    target = max(perintah.target_at, perintah.started_at)
    span_end = max(end, target)
    return {
        **_head(turn, f"Perjalanan {sop.name} {perintah.period.label}"),
        "bar": _bars(turn, sop),
        "hari": _days(turn, span_end),
        "target": calendar.used(perintah.started_at, target),
        "kini": used,
        "lama": used,
        "standar": sop.total_minutes,
    }


def _bars(turn: Turn, sop: Sop) -> list[Json]:
    bars, begun = [], 0
    for step in sop.steps:
        standing = step_standing(turn.perintah, step, turn.view.setting.calendar, turn.now)
        ends = standing["selesai"] or (turn.now if standing["mulai"] else None)
        bars.append(
            {
                "nama": f"Langkah {step.number}",
                "dari": _offset(turn, standing["mulai"]),
                "sampai": _offset(turn, ends),
                "standar_dari": begun,
                "standar_sampai": begun + step.minutes,
                "keadaan": standing["keadaan"],
            }
        )
        begun += step.minutes
    return bars if not sop.closing.acts else [*bars, _closing(turn, sop, begun)]


def _closing(turn: Turn, sop: Sop, begun: int) -> Json:
    codes = {act.code for act in sop.closing.acts}
    tugas = [t for t in turn.perintah.tugas if t.act in codes and t.state in STANDING]
    is_over = bool(tugas) and all(t.state == "selesai" for t in tugas) and _has_ended(turn)
    ends = max((_end(turn, t) for t in tugas), default=None)
    return {
        "nama": "Penutup",
        "dari": _offset(turn, min((t.opened_at for t in tugas), default=None)),
        "sampai": _offset(turn, ends),
        "standar_dari": begun,
        "standar_sampai": begun,
        "keadaan": "selesai" if is_over else "berjalan" if tugas else "belum",
    }


def _has_ended(turn: Turn) -> bool:
    return turn.perintah.status == "selesai"


def _end(turn: Turn, tugas: Tugas) -> datetime:
    return tugas.finished_at or turn.now


def _offset(turn: Turn, moment: datetime | None) -> int | None:
    if moment is None:
        return None
    begun = turn.perintah.started_at
    return turn.view.setting.calendar.used(begun, max(moment, begun))


def _days(turn: Turn, end: datetime) -> list[Json]:
    """Each working day with the minute at which it opens."""
    calendar = turn.view.setting.calendar
    names = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")
    day = calendar.day_of(turn.perintah.started_at)
    ticks: list[Json] = []
    while day <= calendar.day_of(end) and len(ticks) < MOST_DAYS:
        opening = calendar.opening(day)
        if opening is not None:
            minute = _offset(turn, opening) or 0
            ticks.append({"menit": minute, "label": f"{names[day.weekday()]} {day.day}"})
        day = calendar.workday_after(day)
    return ticks


def _reached(figures: Json) -> Json:
    return {
        "kode": figures["kode"],
        "mentah": figures["mentah"],
        "kategori": figures["kategori"],
        "isi": f"{figures['terisi']}/{figures['jumlah']}",
    }

"""Template input of pictures: board, course over working days, capaian of units."""

from decimal import Decimal
from typing import Any

from flows.forms.numbers import format_number
from flows.papers.picture_facts import Capaian, Drawing, Papan, Perjalanan, Reached
from reports.papers.words import brief, moment_of, whole

Json = dict[str, Any]
MOST_TICKS = 8
FULL = Decimal(100)


def papan(data: Papan) -> Json:
    lines = [
        {
            **line.model_dump(mode="json"),
            "batas": brief(line.batas, data.zona) if line.batas else "",
        }
        for line in data.baris
    ]
    return {**_common(data), "baris": lines}


def perjalanan(data: Perjalanan) -> Json:
    ends = [bar.sampai or 0 for bar in data.bar] + [bar.standar_sampai for bar in data.bar]
    span = max(*ends, data.target, data.kini, 1)
    step = -(-len(data.hari) // MOST_TICKS)
    return {
        **_common(data),
        "rentang": span,
        "hari": [tick.model_dump() for tick in data.hari[::step]],
        "lama": whole(data.lama),
        "standar": whole(data.standar),
    }


def capaian(data: Capaian) -> Json:
    known = [r.mentah for r in (*data.unit, data.dinas) if r.mentah is not None]
    widest = max([FULL, *known]) * Decimal("1.02")
    lines = [_reached(r, widest, data.kelas) for r in (*data.unit, data.dinas)]
    return {**_common(data), "baris": lines, "seratus": float(FULL / widest)}


def _reached(reached: Reached, widest: Decimal, levels: tuple[str, ...]) -> Json:
    value = reached.mentah
    share = 0.0 if value is None else float(max(value, Decimal(0)) / widest)
    return {
        "kode": reached.kode,
        "isi": reached.isi,
        "nilai": "n/a" if value is None else f"{format_number(value, 2)}%",
        "kategori": reached.kategori or "–",
        "kelas": levels.index(reached.kategori) if reached.kategori in levels else -1,
        "panjang": share,
    }


def _common(data: Drawing) -> Json:
    made = data.dibuat
    return {
        **data.model_dump(mode="json"),
        "saat": moment_of(made, data.zona),
        "tanggal": [made.year, made.month, made.day],
    }

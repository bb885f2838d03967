"""Pictures for a phone: the board, the course over working days, the capaian of the units."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic import AwareDatetime, Field

from flows.forms.numbers import format_number
from flows.papers.facts import Data
from flows.papers.letter_facts import Letter
from reports.papers.words import brief, moment_of, whole

Json = dict[str, Any]
MOST_TICKS = 8
FULL = Decimal(100)


class Cell(Data):
    nama: str
    tanda: str


class BoardLine(Data):
    """A unit: its steps, in a word where it stands, who holds it and until when."""

    kode: str
    sel: tuple[Cell, ...]
    keadaan: str
    siapa: str = ""
    batas: AwareDatetime | None = None
    lewat: bool = False


class Papan(Letter):
    judul: str
    perintah: str
    baris: tuple[BoardLine, ...]
    kantor: tuple[Cell, ...] = ()
    jejak: str = ""


class Bar(Data):
    """Offsets in working minutes from the beginning; `sampai` of a bar under way is now."""

    nama: str
    dari: int | None = None
    sampai: int | None = None
    standar_dari: int
    standar_sampai: int
    keadaan: str = "belum"


class Tick(Data):
    menit: int
    label: str


class Perjalanan(Letter):
    judul: str
    perintah: str
    bar: tuple[Bar, ...] = Field(min_length=1)
    hari: tuple[Tick, ...]
    target: int
    kini: int
    lama: int
    standar: int


class Reached(Data):
    kode: str
    mentah: Decimal | None
    kategori: str = ""
    isi: str = ""


class Capaian(Letter):
    judul: str
    perintah: str
    unit: tuple[Reached, ...]
    dinas: Reached
    kelas: tuple[str, ...]


def papan(content: Mapping[str, Any]) -> Json:
    data = Papan.model_validate(content)
    lines = [
        {
            **line.model_dump(mode="json"),
            "batas": brief(line.batas, data.zona) if line.batas else "",
        }
        for line in data.baris
    ]
    return {**_common(data), "baris": lines}


def perjalanan(content: Mapping[str, Any]) -> Json:
    data = Perjalanan.model_validate(content)
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


def capaian(content: Mapping[str, Any]) -> Json:
    data = Capaian.model_validate(content)
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


def _common(data: Letter) -> Json:
    made = data.dibuat
    return {
        **data.model_dump(mode="json"),
        "saat": moment_of(made, data.zona),
        "tanggal": [made.year, made.month, made.day],
    }

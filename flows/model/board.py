"""The board's cells: progress of every unit and of the office, as values without words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flows.model.perintah import Perintah, Tugas
from flows.office.sections import Kategori
from flows.sops.sop import Act, Sop

CLOSING = "penutup"
LIVE = ("buka", "tahan")

Json = dict[str, Any]
# Each with its name and acts.
Columns = Sequence[tuple[str, tuple[Act, ...]]]


def where_units_stand(perintah: Perintah, sop: Sop, now: datetime) -> Json:
    """Columns are the steps with an act in each unit, `kolom` the same with their names; `kantor`
    the office's steps and the closing.

    A mark is belum, berjalan, kembali, jeda or selesai. Figures are added at the end only,
    as they are in the rekap.
    """
    named = [(name, each) for name, acts in _steps(sop) if (each := _needed(acts, is_unit=True))]
    columns = [(name.partition(" ")[0], acts) for name, acts in named]
    office = [(name, own) for name, acts in _steps(sop) if (own := _needed(acts, is_unit=False))]
    figures = _figures(perintah)
    units = [_unit_line(perintah, columns, unit, now, figures) for unit in perintah.units]
    return {
        "langkah": [name for name, _ in columns],
        "kolom": [name for name, _ in named],
        "unit": units,
        "kantor": [{"nama": name, "tanda": _mark(perintah, acts)} for name, acts in office],
        "diterima": sum(line["keadaan"] == "diterima" for line in units),
        "dari_unit": len(units),
        "dilewati": list(perintah.skipped),
        "dicatat": _by_hand(perintah, sop),
    }


def _by_hand(perintah: Perintah, sop: Sop) -> list[str]:
    """The steps recorded by an operator, each with its unit."""
    done = [t for t in perintah.tugas if t.recorded_by is not None and t.state == "selesai"]
    steps = ((sop.step_of(t.act), t.unit) for t in done)
    named = (f"{step.column if step else CLOSING} {unit or ''}".strip() for step, unit in steps)
    return list(dict.fromkeys(named))


def _steps(sop: Sop) -> Columns:
    closing = sop.closing.acts if sop.closing.is_active else ()
    return [*((step.column, step.acts) for step in sop.steps), (CLOSING, closing)]


def _needed(acts: Sequence[Act], *, is_unit: bool) -> tuple[Act, ...]:
    return tuple(act for act in acts if act.is_per_unit == is_unit and not act.is_optional)


def _unit_line(
    perintah: Perintah, columns: Columns, unit: str, now: datetime, figures: dict[str, Json]
) -> Json:
    acts = [act for _, column in columns for act in column]
    running = [t for t in _at_work(perintah, unit) if t.is_open]
    ends = [t.due_at for t in running if t.due_at is not None]
    limit = min(ends, default=None)
    return {
        "kode": unit,
        "tanda": [_mark(perintah, column, unit) for _, column in columns],
        "keadaan": _state(perintah, acts, unit),
        "batas": limit.isoformat() if limit else None,
        "lewat": limit is not None and limit < now,
        "capaian": figures.get(unit),
    }


def _state(perintah: Perintah, acts: Sequence[Act], unit: str) -> str:
    at_work = _at_work(perintah, unit)
    if any(t.state == "tahan" or t.blocked_at for t in at_work):
        return "jeda"
    if any(t.due_at for t in at_work):
        return "berjalan"
    if at_work:
        boards = {act.code for act in acts if act.options.get("papan")}
        return "masuk" if any(t.act in boards for t in at_work) else "menunggu"
    is_through = all(perintah.is_done(act.code, unit) for act in acts)
    return "diterima" if is_through else "menunggu"


def _at_work(perintah: Perintah, unit: str) -> list[Tugas]:
    return [t for t in perintah.tugas if t.unit == unit and t.state in LIVE]


def _mark(perintah: Perintah, acts: Sequence[Act], unit: str | None = None) -> str:
    """The mark of one step's acts; for the office, those a unit repeats count too."""
    codes = {act.code for act in acts}
    valid = (t for t in perintah.tugas if t.act in codes and t.state in (*LIVE, "selesai"))
    standing = [t for t in valid if unit is None or t.unit == unit]
    if any(t.state == "tahan" or t.blocked_at for t in standing):
        return "jeda"
    at_work = [t for t in standing if t.is_open]
    if at_work:
        is_back = any(t.note and (t.round > 1 or t.unit != unit) for t in at_work)
        return "kembali" if is_back else "berjalan"
    done = {t.act for t in standing}
    return "selesai" if done == codes else "berjalan" if done else "belum"


def _figures(perintah: Perintah) -> dict[str, Json]:
    rekap = perintah.paper("rekap")
    if rekap is None or perintah.status != "selesai":
        return {}
    lines = [part["figures"] for part in rekap.data["isi"]["units"]]
    return {
        line["kode"]: {
            "mentah": line["mentah"],
            "singkat": Kategori(min=None, nama=line["kategori"]).kode if line["kategori"] else "-",
        }
        for line in lines
    }

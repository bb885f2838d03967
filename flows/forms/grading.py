"""Capaian, category and averages of the rekap, in exact decimals."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from flows.forms.form import Direction, Indicator, Isian, target
from flows.forms.numbers import round_half_up
from flows.office.sections import Kategori

RumusNegatif = Literal["selisih", "rasio"]
RataRata = Literal["mentah", "dibatasi_100"]

HUNDRED = Decimal(100)
PLACES = 2


class Grading(NamedTuple):
    """How the office grades (kantor.yaml): classes from the highest down, and two choices.

    `rumus_negatif`, where less is better: "selisih" is (2T − R)/T, "rasio" is T/R (R = 0: 100).
    `rata_rata`: which average decides the class of a unit.
    """

    scale: tuple[Kategori, ...]
    rumus_negatif: RumusNegatif = "selisih"
    rata_rata: RataRata = "mentah"


class Baris(NamedTuple):
    """One indicator of the rekap. `capaian` is None for n/a, an empty row or a missing target."""

    kode: str
    target: Decimal | None
    realisasi: Decimal | None
    is_na: bool
    capaian: Decimal | None
    kategori: Kategori | None


class UnitRecap(NamedTuple):
    """Averages are None while no row has a capaian. `terisi` counts figures, not n/a."""

    terisi: int
    jumlah: int
    na: int
    mentah: Decimal | None
    dibatasi: Decimal | None
    kategori: Kategori | None
    per_kategori: tuple[tuple[Kategori, int], ...]


class OfficeRecap(NamedTuple):
    """`dinas` is taken over all indicators, so a unit with more of them weighs more."""

    units: tuple[tuple[str, UnitRecap], ...]
    dinas: UnitRecap


def capaian(
    arah: Direction,
    target: Decimal | None,
    realisasi: Decimal | None,
    rumus_negatif: RumusNegatif = "selisih",
) -> Decimal | None:
    """The achievement in per cent, half-up to two places; None where it cannot be computed.

    A negative result is kept as it is. Against a target of zero only "less is better" counts.
    """
    if target is None or realisasi is None:
        return None
    if target == 0:
        return (
            None if arah == "+" else round_half_up(HUNDRED if realisasi <= 0 else target, PLACES)
        )
    if arah == "+":
        return round_half_up(realisasi * HUNDRED / target, PLACES)
    if rumus_negatif == "selisih":
        return round_half_up((2 * target - realisasi) * HUNDRED / target, PLACES)
    return round_half_up(target * HUNDRED / realisasi if realisasi else HUNDRED, PLACES)


def category(value: Decimal | None, scale: Sequence[Kategori]) -> Kategori | None:
    """The class of a capaian, decided on the rounded value: 90,995 counts as 91,00."""
    if value is None:
        return None
    rounded = round_half_up(value, PLACES)
    return next((band for band in scale if band.min is None or rounded >= band.min), None)


def grade(indicator: Indicator, isian: Isian | None, quarter: int, grading: Grading) -> Baris:
    """The row of the rekap for one indicator; `isian` None: nothing was filled in."""
    goal = target(indicator, quarter)
    realisasi = isian.realisasi if isian else None
    value = capaian(indicator.arah, goal, realisasi, grading.rumus_negatif)
    return Baris(
        kode=indicator.kode,
        target=goal,
        realisasi=realisasi,
        is_na=isian is not None and isian.is_na,
        capaian=value,
        kategori=category(value, grading.scale),
    )


def grade_all(
    indicators: Iterable[Indicator], isian: Iterable[Isian], quarter: int, grading: Grading
) -> tuple[Baris, ...]:
    """All rows of the rekap in the order of the master list."""
    filled = {row.kode: row for row in isian}
    return tuple(
        grade(indicator, filled.get(indicator.kode), quarter, grading) for indicator in indicators
    )


def unit_recap(rows: Sequence[Baris], grading: Grading) -> UnitRecap:
    values = [row.capaian for row in rows if row.capaian is not None]
    mentah = _mean(values)
    dibatasi = _mean([min(max(value, Decimal(0)), HUNDRED) for value in values])
    counts = Counter(row.kategori.nama for row in rows if row.kategori is not None)
    return UnitRecap(
        terisi=sum(row.realisasi is not None for row in rows),
        jumlah=len(rows),
        na=sum(row.is_na for row in rows),
        mentah=mentah,
        dibatasi=dibatasi,
        kategori=category(mentah if grading.rata_rata == "mentah" else dibatasi, grading.scale),
        per_kategori=tuple((band, counts[band.nama]) for band in grading.scale),
    )


def office_recap(units: Mapping[str, Sequence[Baris]], grading: Grading) -> OfficeRecap:
    """The recap of each unit in the order given, and of the whole office over all indicators."""
    return OfficeRecap(
        units=tuple((kode, unit_recap(rows, grading)) for kode, rows in units.items()),
        dinas=unit_recap([row for rows in units.values() for row in rows], grading),
    )


def _mean(values: Sequence[Decimal]) -> Decimal | None:
    """The mean of the rounded capaian, so that it can be recomputed from the sheet."""
    return round_half_up(sum(values, Decimal(0)) / len(values), PLACES) if values else None

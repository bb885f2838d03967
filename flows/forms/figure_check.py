"""Checks of one figure: readable, in range, plausible beside the last period."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from flows.forms.form import Cell, Finding, Indicator, target
from flows.forms.grading import RumusNegatif, capaian
from flows.forms.numbers import (
    PERCENT_WORDS,
    Reading,
    format_number,
    format_plain,
    is_percent,
    read_number,
    round_half_up,
)
from flows.text.plain import cut

HIGHEST_CAPAIAN = Decimal(150)
HALF = Decimal("0.5")
LEAST_SHARE = Decimal(10)
HUNDRED = Decimal(100)
THOUSAND = Decimal(1000)
LONGEST_NUMBER = 20
WHOLE_EXAMPLE = "3.912"
DECIMAL_EXAMPLE = "85,50"
ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00:00)?")
DOUBTFUL_NOTES = frozenset({"dot_decimal", "percent_format"})

# A finding's code and the arguments of its text.
Remark = tuple[str, Mapping[str, str]]


class Course(NamedTuple):
    """What a figure is compared with: period, last period's figure, formula in use."""

    quarter: int
    former: Decimal | None
    rumus_negatif: RumusNegatif


def figure_findings(
    indicator: Indicator, cell: Cell, column: str, course: Course
) -> tuple[Reading, list[Finding]]:
    """The reading of a Realisasi and its findings, except that it is empty.

    E.. refuses it, W.. is a doubt, N01 says how it was read.
    """
    reading = read_figure(indicator, cell, course.quarter)
    kode, value = indicator.kode, typed(cell)
    return reading, [
        Finding(code, cell.address, column, kode, value, args)
        for code, args in remarks(indicator, reading, course)
    ]


def read_figure(indicator: Indicator, cell: Cell, quarter: int) -> Reading:
    """A per cent sign says that another thing was measured, unless the unit is per cent."""
    reading = read_number(cell, indicator.desimal, target(indicator, quarter))
    is_figure = reading.kind in ("value", "ambiguous")
    if is_figure and not _is_share(indicator) and _has_percent(cell.text):
        return Reading("wrong", reason="percent")
    return reading


def _has_percent(text: str) -> bool:
    plain = text.casefold()
    return "%" in plain or any(word in plain for word in PERCENT_WORDS)


def offered(indicator: Indicator, reading: Reading) -> tuple[Decimal, ...]:
    """The readings of an ambiguous text that this indicator can hold, as they would be stored."""
    exact = (value for value in reading.candidates if indicator.desimal or value % 1 == 0)
    values = (round_half_up(value, indicator.desimal) for value in exact)
    return tuple(v for v in dict.fromkeys(values) if not _refusal(indicator, v))


def _is_share(indicator: Indicator) -> bool:
    return "%" in indicator.satuan or "persen" in indicator.satuan.casefold()


def remarks(indicator: Indicator, reading: Reading, course: Course) -> Iterator[Remark]:
    """The same for a reading that has no cell: an answer in the chat."""
    places = indicator.desimal
    if reading.kind == "wrong":
        yield "E04", _wrong_args(reading, places, indicator.satuan)
    elif reading.kind == "ambiguous":
        yield from _asked(indicator, reading)
    elif reading.value is not None:
        refusal = _refusal(indicator, reading.value)
        args = {"reading": format_number(reading.value, places)}
        if _is_fraction(indicator, reading.value, course.quarter):
            meant = format_plain(reading.value * HUNDRED).replace(".", ",")
            yield "W04", args | {"note": "share", "meant": meant}
        elif reading.value < 0 and refusal is None and not _may_be_negative(indicator):
            yield "W04", args | {"note": "negative"}
        else:
            yield from _told(reading, reading.value, places)
        if refusal is not None:
            yield refusal
        else:
            yield from doubts(indicator, reading.value, course)


def _asked(indicator: Indicator, reading: Reading) -> Iterator[Remark]:
    """Why an ambiguous figure is asked about; refused where no reading of it is possible."""
    places = indicator.desimal
    values = offered(indicator, reading)
    refusals = (_refusal(indicator, value) for value in reading.candidates)
    refusal = next((found for found in refusals if found is not None), None)
    if not values and refusal is not None:
        yield refusal
        return
    args = {"example": example(places)}
    if "words" in reading.notes:
        shown = " atau ".join(format_number(value, places) for value in values)
        args = {"example": shown, "words": shown}
    else:
        args |= _candidates(values or reading.candidates, places)
        if len(values) == 1:
            args["only"] = format_number(values[0], places)
    yield "E05", args


def _refusal(indicator: Indicator, value: Decimal) -> Remark | None:
    """Why the indicator can never hold this value, if so."""
    if outside := _outside(indicator, value):
        return "E06", outside
    if value < 0 and indicator.desimal == 0 and not _may_be_negative(indicator):
        args = {"reason": "negative", "satuan": indicator.satuan, "example": WHOLE_EXAMPLE}
        return "E04", args
    return None


def _may_be_negative(indicator: Indicator) -> bool:
    lowest = indicator.limits[0] if indicator.limits else Decimal(0)
    return indicator.boleh_negatif or lowest < 0


def _is_fraction(indicator: Indicator, value: Decimal, quarter: int) -> bool:
    """0,85 beside a target of 80 most likely means 85: a hundred times less than was meant."""
    goal = target(indicator, quarter)
    is_part = 0 < value <= 1 if _is_share(indicator) else 0 < value < 1
    return is_part and goal is not None and goal >= LEAST_SHARE


def doubts(indicator: Indicator, value: Decimal, course: Course) -> Iterator[Remark]:
    """W01 to W03 of a figure that can be accepted."""
    places = indicator.desimal
    args = {"reading": format_number(value, places)}
    goal = target(indicator, course.quarter)
    share = capaian(indicator.arah, goal, value, course.rumus_negatif)
    if share is not None and not 0 <= share <= HIGHEST_CAPAIAN:
        yield "W01", args | {"capaian": format_number(share, 2)}
    is_running = indicator.sifat == "kumulatif"
    # In TW I a running total starts again from zero: nothing to compare it with.
    if course.former is None or (is_running and course.quarter <= 1):
        return
    args |= {"former": format_number(course.former, places)}
    if is_running and value < course.former:
        yield "W02", args
    elif _jumps(course.former, value) and (
        not is_running or _jumps(_expected(indicator, course.former, course.quarter), value)
    ):
        yield "W03", args


def typed(cell: Cell) -> str:
    """The cell as the official sees it, at most 40 characters."""
    if cell.kind == "date":
        return cut(written_date(cell.text))
    number = cell.number
    if number is None or not number.is_finite() or abs(number.adjusted()) > LONGEST_NUMBER:
        return cut(cell.text)
    is_share = is_percent(cell.format)
    plain = format_plain(number.scaleb(2) if is_share else number)
    return cut(plain.replace("-", "−").replace(".", ",") + ("%" if is_share else ""))


def written_date(text: str) -> str:
    """30-09-2026 for 2026-09-30T00:00:00."""
    return ISO_DATE.sub(r"\3-\2-\1", text)


def example(desimal: int) -> str:
    return DECIMAL_EXAMPLE if desimal else WHOLE_EXAMPLE


def _wrong_args(reading: Reading, places: int, satuan: str) -> dict[str, str]:
    args = {"reason": reading.reason, "example": example(places)}
    if reading.reason == "percent":
        args["satuan"] = satuan
    if reading.suggestion is not None:
        args["suggestion"] = args["example"] = format_number(reading.suggestion, places)
    return args


def _candidates(values: Iterable[Decimal], places: int) -> dict[str, str]:
    """`decimal` and `thousands`: the two readings as the official would type them clearly."""
    args: dict[str, str] = {}
    for candidate in values:
        fraction = format_plain(candidate).partition(".")[2]
        is_thousands = abs(candidate) >= THOUSAND and not fraction
        shown = format_number(candidate, max(places, len(fraction)))
        args["thousands" if is_thousands else "decimal"] = shown
    return args


def _told(reading: Reading, value: Decimal, places: int) -> Iterator[Remark]:
    """How an unusual notation was read: W04 where it can be read otherwise, else N01."""
    if reading.notes:
        doubtful = [note for note in reading.notes if note in DOUBTFUL_NOTES]
        note = (*doubtful, *reading.notes)[0]
        args = {"reading": format_number(value, places), "note": note}
        yield "W04" if doubtful else "N01", args


def _outside(indicator: Indicator, value: Decimal) -> dict[str, str]:
    if indicator.limits is None or indicator.limits[0] <= value <= indicator.limits[1]:
        return {}
    lowest, highest = (format_plain(limit).replace(".", ",") for limit in indicator.limits)
    return {
        "min": lowest,
        "max": highest,
        "reading": format_number(value, indicator.desimal),
        "satuan": indicator.satuan,
        "example": example(indicator.desimal),
    }


def _jumps(before: Decimal, value: Decimal) -> bool:
    return before != 0 and abs(value - before) > HALF * abs(before)


def _expected(indicator: Indicator, former: Decimal, quarter: int) -> Decimal:
    """The running total expected when the figure grows as its target does."""
    now, before = target(indicator, quarter), target(indicator, quarter - 1)
    return former * now / before if now and before else former

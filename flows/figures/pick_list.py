"""Rows of a unit as choices of a pick list: short code, name and figure."""

from collections.abc import Iterable, Mapping

from flows.dialogs.question import Choice
from flows.figures.shown import figure
from flows.forms.form import Isian
from flows.text.words import short_codes
from flows.turn.turn import Turn


def row_choices(
    turn: Turn, unit: str, codes: Iterable[str], rows: Mapping[str, Isian] | None = None
) -> tuple[Choice, ...]:
    """A choice for each code; `rows` None: rows that have no figure yet show none."""
    codes = tuple(codes)
    short = short_codes(codes)
    names = {indicator.kode: indicator.indikator for indicator in turn.view.indicators}
    return tuple(
        Choice(
            code,
            "baris",
            args={
                "kode": short[code],
                "nama": names.get(code, ""),
                "nilai": "" if rows is None else figure(turn, unit, rows.get(code)),
            },
        )
        for code in codes
    )


def every_choice(value: str) -> Choice:
    return Choice(value, "semua")

"""Figures that look copied, from another period or from their target."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from flows.forms.form import Indicator, Isian, target

HUNDRED = Decimal(100)
# A half-yearly figure is due in TW II and TW IV; in between it rightly stays as it was.
HALF_YEAR_QUARTERS = (0, 2, 4)
SUSPICION = {"kumulatif": 0, "posisi": 1}


class Copies(NamedTuple):
    """Signs that figures were copied: the kode that equal the last period's, or their target.

    `asked` are worth a question, the most doubtful first: neither annual figures, nor half-yearly
    ones out of season, nor a full 100 per cent.
    """

    unchanged: tuple[str, ...]
    on_target: tuple[str, ...]
    asked: tuple[str, ...]
    is_all_unchanged: bool
    is_all_on_target: bool


def find_copies(
    indicators: Iterable[Indicator],
    rows: Iterable[Isian],
    former: Mapping[str, Decimal],
    quarter: int,
) -> Copies:
    """`former` holds the figures to compare with: of the last period or the same one last year."""
    filled = {row.kode: row.realisasi for row in rows if row.realisasi is not None}
    known = [indicator for indicator in indicators if indicator.kode in filled]
    unchanged = [row for row in known if former.get(row.kode) == filled[row.kode]]
    on_target = [row for row in known if target(row, quarter) == filled[row.kode]]
    asked = [row for row in unchanged if _is_doubtful(row, filled[row.kode], quarter)]
    asked.sort(key=lambda indicator: SUSPICION.get(indicator.sifat, len(SUSPICION)))
    return Copies(
        unchanged=tuple(row.kode for row in unchanged),
        on_target=tuple(row.kode for row in on_target),
        asked=tuple(row.kode for row in asked),
        is_all_unchanged=len(known) > 1 and len(unchanged) == len(known),
        is_all_on_target=len(known) > 1 and len(on_target) == len(known),
    )


def _is_doubtful(indicator: Indicator, value: Decimal, quarter: int) -> bool:
    if indicator.frekuensi == "tahunan":
        return False
    if indicator.frekuensi == "semester" and quarter not in HALF_YEAR_QUARTERS:
        return False
    return not (value == HUNDRED and target(indicator, quarter) == HUNDRED)

"""Differences between two versions of the data (semula-menjadi); figures that look copied."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flows.forms.form import Indicator, Isian, Role, target

HUNDRED = Decimal(100)
# A half-yearly figure is due in TW II and TW IV; in between it rightly stays as it was.
HALF_YEAR_QUARTERS = (0, 2, 4)
SUSPICION = {"kumulatif": 0, "posisi": 1}


@dataclass(frozen=True, slots=True)
class Change:
    """A row that is not what it was. `roles` are the columns that differ.

    `old` None: the row is new; `new` None: it is gone. `is_within`: a finding asked for it.
    """

    kode: str
    old: Isian | None
    new: Isian | None
    roles: tuple[Role, ...]
    is_within: bool

    @property
    def is_figure(self) -> bool:
        """Whether the figure itself changed, not only the text beside it."""
        return "realisasi" in self.roles


@dataclass(frozen=True, slots=True)
class Copies:
    """Signs that figures were copied: the kode that equal the last period's, or their target.

    `asked` are worth a question, the most doubtful first: neither annual figures, nor half-yearly
    ones out of season, nor a full 100 per cent.
    """

    unchanged: tuple[str, ...]
    on_target: tuple[str, ...]
    asked: tuple[str, ...]
    is_all_unchanged: bool
    is_all_on_target: bool


def changes_between(
    former: Sequence[Isian], later: Sequence[Isian], within: Collection[str] = ()
) -> tuple[Change, ...]:
    """The rows that differ, in the order of `later`, rows that are gone last.

    `within` are the kode a finding named.
    """
    old_rows = {row.kode: row for row in former}
    new_rows = {row.kode: row for row in later}
    order = [*new_rows, *(kode for kode in old_rows if kode not in new_rows)]
    changes = (_change(kode, old_rows.get(kode), new_rows.get(kode), within) for kode in order)
    return tuple(change for change in changes if change.roles)


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


def _change(kode: str, old: Isian | None, new: Isian | None, within: Collection[str]) -> Change:
    before, after = _contents(old), _contents(new)
    roles = tuple(role for role in before if before[role] != after[role])
    return Change(kode, old, new, roles, kode in within)


def _contents(row: Isian | None) -> dict[Role, object]:
    isian = row or Isian("")
    return {
        "realisasi": (isian.realisasi, isian.is_na),
        "sumber": isian.sumber,
        "bukti": (isian.bukti, isian.evidence),
        "keterangan": isian.keterangan,
    }


def _is_doubtful(indicator: Indicator, value: Decimal, quarter: int) -> bool:
    if indicator.frekuensi == "tahunan":
        return False
    if indicator.frekuensi == "semester" and quarter not in HALF_YEAR_QUARTERS:
        return False
    return not (value == HUNDRED and target(indicator, quarter) == HUNDRED)

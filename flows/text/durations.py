"""Working minutes as people count them: in days of the office, hours and minutes."""

from dataclasses import dataclass

# Working minutes of an ordinary day; fewer than IN_MINUTES are not written in hours.
ORDINARY_DAY, IN_MINUTES = 450, 120


def whole(number: int) -> str:
    """2.055"""
    return f"{number:,}".replace(",", ".")


@dataclass(frozen=True, slots=True)
class Spans:
    """Writes working minutes, by the minutes of an ordinary day of the office."""

    day: int = ORDINARY_DAY

    def menit(self, value: int) -> str:
        """60 menit kerja; 3 jam 16 menit kerja; 1 hari kerja 30 menit (480 menit)"""
        total = f" ({whole(value)} menit)" if value >= self.day else ""
        return f"{self.lama(value)}{total}"

    def beserta(self, value: int) -> str:
        """Behind a moment: " (60 menit kerja)", ", 1 hari kerja 30 menit (480 menit)"."""
        written = self.menit(value)
        return f", {written}" if value >= self.day else f" ({written})"

    def lama(self, value: int) -> str:
        """As `menit`, without the sum: 1 hari kerja 46 menit"""
        days, rest = divmod(value, self.day)
        if not days and value < IN_MINUTES:
            return f"{value} menit kerja"
        hours, minutes = divmod(rest, 60)
        parts = ((days, "hari kerja"), (hours, "jam"), (minutes, "menit"))
        written = " ".join(f"{number} {unit}" for number, unit in parts if number)
        return written if days else f"{written} kerja"

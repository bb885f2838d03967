"""A reporting period: a quarter or a year."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Period:
    """A quarter (1 to 4) or, with quarter 0, the whole year."""

    year: int
    quarter: int

    @classmethod
    def parse(cls, code: str) -> "Period":
        year, _, rest = code.partition("-")
        return cls(int(year), 0 if rest == "TAHUN" else int(rest.removeprefix("TW")))

    @property
    def code(self) -> str:
        return f"{self.year}-TW{self.quarter}" if self.quarter else f"{self.year}-TAHUN"

    @property
    def label(self) -> str:
        if not self.quarter:
            return f"Tahun {self.year}"
        return f"TW {('I', 'II', 'III', 'IV')[self.quarter - 1]} {self.year}"

    @property
    def former(self) -> "Period":
        if self.quarter > 1:
            return Period(self.year, self.quarter - 1)
        return Period(self.year - 1, 4 if self.quarter else 0)

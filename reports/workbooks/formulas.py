"""Spreadsheet formulas with the same results as flows.forms.grading."""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.papers.facts import Rules


@dataclass(frozen=True, slots=True)
class Places:
    """The cells a row's capaian is computed from; without `arah` higher is better."""

    target: str
    realisasi: str
    arah: str = ""


def capaian(places: Places, rules: Rules) -> str:
    target, real, arah = places.target, places.realisasi, places.arah
    figure = f'IF({target}=0,"n/a",ROUND({real}*100/{target},2))'
    if arah:
        lower = f"ROUND((2*{target}-{real})*100/{target},2)"
        if rules.rumus_negatif == "rasio":
            lower = f'IF({real}=0,"n/a",ROUND({target}*100/{real},2))'
        at_zero = f"IF({real}<=0,100,0)"
        figure = f'IF({arah}="+",{figure},IF({target}=0,{at_zero},{lower}))'
    is_empty = f'IF({real}="","","n/a")'
    return f'=IF(ISNUMBER({real}),IF(ISNUMBER({target}),{figure},"n/a"),{is_empty})'


def category(cell: str, rules: Rules) -> str:
    """The class of a computed capaian: empty where it is empty, "-" where it is n/a."""
    return f'=IF(ISNUMBER({cell}),{_classes(cell, rules)},IF({cell}="","","-"))'


def unit_range(sheet: str, letter: str, first: int, last: int) -> str:
    name = sheet.replace("'", "''")
    return f"'{name}'!${letter}${first}:${letter}${last}"


def filled(figures: Sequence[str]) -> str:
    return f"=COUNT({','.join(figures)})"


def all_rows(codes: Sequence[str]) -> str:
    return f"=COUNTA({','.join(codes)})"


def counted(cells: Sequence[str], text: str) -> str:
    return "=" + "+".join(f'COUNTIF({area},"{_quoted(text)}")' for area in cells)


def average(ranges: Sequence[str]) -> str:
    count = f"COUNT({','.join(ranges)})"
    return f'=IF({count}=0,"n/a",ROUND(SUM({",".join(ranges)})/{count},2))'


def clamped_average(ranges: Sequence[str]) -> str:
    """Each figure counts as at least 0 and at most 100; text (n/a) does not count."""
    count = f"COUNT({','.join(ranges)})"
    total = "+".join(f'SUMIF({r},">0")-SUMIF({r},">100")+100*COUNTIF({r},">100")' for r in ranges)
    return f'=IF({count}=0,"n/a",ROUND(({total})/{count},2))'


def _classes(cell: str, rules: Rules) -> str:
    nested = '"-"'
    for level in reversed(rules.kategori):
        name = f'"{_quoted(level.nama)}"'
        nested = name if level.min is None else f"IF({cell}>={level.min},{name},{nested})"
    return nested


def _quoted(text: str) -> str:
    return text.replace('"', '""')

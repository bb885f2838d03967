"""Comparison of a written rekap with its data, cell by cell, before it is published."""

import math
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from flows.forms.form import Role
from flows.papers.facts import Amount, Entry, RekapData, Row
from reports.reading.openbook import open_workbook
from reports.reading.sheets import unescaped
from reports.workbooks.cells import labels, printable
from reports.workbooks.columns import issued_layout, shown
from reports.workbooks.summary import headings, shown_figures

Shown = float | int | str | None


class RekapMismatch(Exception):
    """The file differs from its data and is not published."""


def reconcile(path: Path, data: RekapData) -> None:
    with warnings.catch_warnings(), path.open("rb") as stream:
        warnings.simplefilter("ignore")
        book = open_workbook(stream)
        try:
            for name, expected in _sheets(data):
                _compare(name, book[name].iter_rows(values_only=True), expected)
        finally:
            book.close()


def _sheets(data: RekapData) -> Iterator[tuple[str, list[list[Shown]]]]:
    lines = [unit.figures for unit in data.units] + [data.dinas]
    summary: list[list[Shown]] = [[*headings(data)]]
    yield labels()["rekap"]["lembar"], summary + [[*shown_figures(data, line)] for line in lines]
    titles: list[Shown] = [column.heading for column in data.form.columns]
    computed = issued_layout(data.form, data.rules).computed()
    for unit in data.units:
        rows = (_unit_row(data, row, computed) for row in unit.rows)
        yield unit.figures.kode, [titles, *rows]
    for table in data.tables:
        names: list[Shown] = [column.heading for column in table.columns]
        yield table.name, [names, *([_value(entry) for entry in row] for row in table.rows)]


def _unit_row(data: RekapData, row: Row, computed: frozenset[Role]) -> list[Shown]:
    return [
        shown(column.role, row) if column.role in computed else _value(row.get(column.role))
        for column in data.form.columns
    ]


def _value(entry: Entry) -> Shown:
    return float(entry.value) if isinstance(entry, Amount) else entry


def _compare(name: str, rows: Iterator[Sequence[Any]], expected: list[list[Shown]]) -> None:
    found = list(rows)
    if len(found) != len(expected):
        raise RekapMismatch(f"{name!r} has {len(found)} rows, not {len(expected)}")
    for number, (cells, values) in enumerate(zip(found, expected, strict=True), 1):
        padded = [*values, *[None] * (len(cells) - len(values))]
        if len(cells) < len(values) or not all(map(_is_same, cells, padded)):
            raise RekapMismatch(f"{name!r} row {number} reads {cells!r}, not {values!r}")


def _is_same(found: Any, expected: Shown) -> bool:
    if isinstance(expected, str):
        is_text = found is None or isinstance(found, str)
        return is_text and printable(expected) == unescaped(found or "")
    if expected is None:
        return found is None
    is_number = isinstance(found, int | float) and not isinstance(found, bool)
    return is_number and math.isclose(found, expected, rel_tol=1e-14, abs_tol=1e-300)

"""Ringkasan, the rekap's first sheet: its formulas with their values, its charts."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from flows.forms.form import Role
from flows.papers.facts import Figures, RekapData, UnitData
from reports.workbooks import formulas
from reports.workbooks.cells import FONT, CellStyles, Style, labels, number_format, write_text
from reports.workbooks.columns import HEADING_SIZE, TableLayout, heading_style
from reports.workbooks.heights import set_height

FIRST_ROW = 2
CLASS_WIDTH, REMARK_WIDTH = 10, 32
WIDTH, HEIGHT = 520, 300  # pixels, of a chart with few units
UNIT_WIDTH, AXIS_WIDTH = 76, 64  # two columns with their figures; axis and margins
UNIT_HEIGHT, LEGEND_HEIGHT = 24, 130
ROW_PIXELS = 20
GAP_ROWS, RIGHT = 2, 6
BLUE, PALE = "#1F4E79", "#9DC3E6"
CLASSES = ("#2E7D32", "#8BC34A", "#FBC02D", "#FB8C00", "#C62828")


class Size(NamedTuple):
    width: int
    height: int


class Summary:
    """Ringkasan: one row a unit, computed from its sheet; the last row computed from all."""

    def __init__(
        self, sheet: Any, styles: CellStyles, layout: TableLayout, data: RekapData
    ) -> None:
        self._sheet = sheet
        self._layout = layout
        self._data = data
        self._heading = heading_style(styles)
        classes = len(data.rules.kategori) + 1
        self._widths = [*labels()["rekap"]["lebar"], *[CLASS_WIDTH] * classes, REMARK_WIDTH]
        self._looks = {
            is_last: {
                "text": styles.style(border=1, text_wrap=True, bold=is_last),
                "count": styles.style(border=1, num_format="0", bold=is_last),
                "mean": styles.style(border=1, num_format=number_format(2), bold=is_last),
            }
            for is_last in (False, True)
        }

    def write(self) -> None:
        widths = self._widths
        names = headings(self._data)
        set_height(self._sheet, 0, zip(names, widths, strict=True), HEADING_SIZE, least=32)
        for index, (heading, width) in enumerate(zip(names, widths, strict=True)):
            write_text(self._sheet, 0, index, heading, self._heading)
            self._sheet.set_column(index, index, width)
        for row, unit in enumerate(self._data.units, FIRST_ROW):
            self._write_line(row, unit.figures, (unit,))
        self._write_line(FIRST_ROW + len(self._data.units), self._data.dinas, self._data.units)

    def _write_line(self, row: int, figures: Figures, units: Sequence[UnitData]) -> None:
        values = shown_figures(self._data, figures)
        sized = zip(values, self._widths, strict=True)
        texts = ((value, width) for value, width in sized if isinstance(value, str))
        set_height(self._sheet, row - 1, texts)
        sources = self._formulas(row, units)
        styles = self._styles(is_last=figures is self._data.dinas)
        for index, (value, source, style) in enumerate(zip(values, sources, styles, strict=True)):
            if source is not None:
                self._sheet.write_formula(row - 1, index, source, style.plain, value)
            elif isinstance(value, str):
                write_text(self._sheet, row - 1, index, value, style)
            else:
                self._sheet.write_number(row - 1, index, value, style.plain)

    def _formulas(self, row: int, units: Sequence[UnitData]) -> list[str | None]:
        rules = self._data.rules
        if not {"capaian", "kategori"} <= self._layout.letters.keys():
            return [None] * len(headings(self._data))
        realisasi, capaian = self._ranges(units, "realisasi"), self._ranges(units, "capaian")
        categories = self._ranges(units, "kategori")
        decisive = f"D{row}" if rules.rata_rata == "mentah" else f"E{row}"
        return [
            None,
            formulas.filled(realisasi),
            formulas.all_rows(self._ranges(units, "kode")),
            formulas.average(capaian),
            formulas.clamped_average(capaian),
            formulas.category(decisive, rules),
            None,
            *(formulas.counted(categories, level.nama) for level in rules.kategori),
            formulas.counted(realisasi, labels()["rekap"]["na"]),
            None,
        ]

    def _ranges(self, units: Sequence[UnitData], role: Role) -> list[str]:
        letter = self._layout.letters[role]
        return [
            formulas.unit_range(
                unit.figures.kode, letter, FIRST_ROW, FIRST_ROW + max(len(unit.rows) - 1, 0)
            )
            for unit in units
        ]

    def _styles(self, *, is_last: bool) -> list[Style]:
        look = self._looks[is_last]
        text, count, mean = look["text"], look["count"], look["mean"]
        counts = [count] * (len(self._data.rules.kategori) + 1)
        return [text, count, count, mean, mean, text, text, *counts, text]


def headings(data: RekapData) -> list[str]:
    words = labels()["rekap"]
    classes = [level.nama for level in data.rules.kategori]
    return [*words["kolom"], *classes, words["na"], words["keterangan"]]


def shown_figures(data: RekapData, figures: Figures) -> list[float | int | str]:
    """One line of Ringkasan as it is shown."""
    return [
        figures.kode,
        figures.terisi,
        figures.jumlah,
        _mean(figures.mentah),
        _mean(figures.dibatasi),
        figures.kategori or str(labels()["tanpa_kategori"]),
        figures.nama,
        *(figures.counts.get(level.nama, 0) for level in data.rules.kategori),
        figures.na,
        figures.keterangan,
    ]


def _mean(value: Decimal | None) -> float | str:
    return str(labels()["tanpa_angka"]) if value is None else float(value)


def add_charts(book: Any, sheet: Any, data: RekapData) -> None:
    """Below the table: the averages of each unit, and how many indicators stand in each class.

    They grow with the units, so that no figure covers another; then one stands below the other.
    """
    last = len(data.units) + 1
    below = last + 1 + GAP_ROWS
    size = Size(max(WIDTH, last * UNIT_WIDTH + AXIS_WIDTH), HEIGHT)
    averages = _averages(book, sheet.name, last, size)
    sheet.insert_chart(below, 0, averages, {"object_position": 2})
    is_wide = size.width > WIDTH
    if is_wide:
        below += size.height // ROW_PIXELS + GAP_ROWS
    classes = _classes(book, sheet.name, last, data)
    sheet.insert_chart(below, 0 if is_wide else RIGHT, classes, {"object_position": 2})


def _averages(book: Any, sheet: str, last: int, size: Size) -> Any:
    chart = book.add_chart({"type": "column"})
    labelled = {"value": True, "num_format": number_format(2), "font": _font(8)}
    shown = {"data_labels": labelled}
    for column, colour in ((3, BLUE), (4, PALE)):
        chart.add_series(_series(sheet, column, last, colour) | shown | {"gap": 40})
    chart.set_y_axis({"num_format": number_format(0), "num_font": _font(9)})
    return _finished(chart, labels()["grafik"]["rata_rata"], size)


def _classes(book: Any, sheet: str, last: int, data: RekapData) -> Any:
    """Stacked, so that each unit shows the share of its classes."""
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    first = len(labels()["rekap"]["kolom"])
    for index, _ in enumerate(data.rules.kategori):
        colour = CLASSES[index % len(CLASSES)]
        chart.add_series(_series(sheet, first + index, last - 1, colour))
    chart.set_y_axis({"reverse": True, "num_font": _font(9)})
    size = Size(WIDTH, max(HEIGHT, last * UNIT_HEIGHT + LEGEND_HEIGHT))
    return _finished(chart, labels()["grafik"]["kategori"], size)


def _series(sheet: str, column: int, last: int, colour: str) -> dict[str, Any]:
    return {
        "name": [sheet, 0, column],
        "categories": [sheet, 1, 0, last, 0],
        "values": [sheet, 1, column, last, column],
        "fill": {"color": colour},
    }


def _finished(chart: Any, title: str, size: Size) -> Any:
    chart.set_title({"name": title, "name_font": _font(11) | {"bold": True}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": _font(9)})
    chart.set_size(size._asdict())
    return chart


def _font(size: int) -> dict[str, Any]:
    return {"name": FONT, "size": size}

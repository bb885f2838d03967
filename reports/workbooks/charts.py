"""The rekap's charts, drawn by the spreadsheet itself from the cells of Ringkasan."""

from typing import Any

from flows.papers.facts import RekapData
from reports.workbooks.cells import FONT, labels

WIDTH, HEIGHT = 480, 300
GAP_ROWS, RIGHT = 2, 6
BLUE, PALE = "#1F4E79", "#9DC3E6"
CLASSES = ("#2E7D32", "#8BC34A", "#FBC02D", "#FB8C00", "#C62828")


def add_charts(book: Any, sheet: Any, data: RekapData) -> None:
    """Below the table: the averages of each unit, and how many indicators stand in each class."""
    last = len(data.units) + 1
    below = last + 1 + GAP_ROWS
    sheet.insert_chart(below, 0, _averages(book, sheet.name, last), {"object_position": 2})
    classes = _classes(book, sheet.name, last, data)
    sheet.insert_chart(below, RIGHT, classes, {"object_position": 2})


def _averages(book: Any, sheet: str, last: int) -> Any:
    chart = book.add_chart({"type": "column"})
    shown = {"data_labels": {"value": True, "num_format": "0.00", "font": _font(8)}}
    for column, colour in ((3, BLUE), (4, PALE)):
        chart.add_series(_series(sheet, column, last, colour) | shown)
    return _finished(chart, labels()["grafik"]["rata_rata"])


def _classes(book: Any, sheet: str, last: int, data: RekapData) -> Any:
    """Stacked, so that each unit shows the share of its classes."""
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    first = len(labels()["rekap"]["kolom"])
    for index, _ in enumerate(data.rules.kategori):
        colour = CLASSES[index % len(CLASSES)]
        chart.add_series(_series(sheet, first + index, last - 1, colour))
    chart.set_y_axis({"reverse": True, "num_font": _font(9)})
    return _finished(chart, labels()["grafik"]["kategori"])


def _series(sheet: str, column: int, last: int, colour: str) -> dict[str, Any]:
    return {
        "name": [sheet, 0, column],
        "categories": [sheet, 1, 0, last, 0],
        "values": [sheet, 1, column, last, column],
        "fill": {"color": colour},
    }


def _finished(chart: Any, title: str) -> Any:
    chart.set_title({"name": title, "name_font": _font(11) | {"bold": True}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": _font(9)})
    chart.set_size({"width": WIDTH, "height": HEIGHT})
    return chart


def _font(size: int) -> dict[str, Any]:
    return {"name": FONT, "size": size}

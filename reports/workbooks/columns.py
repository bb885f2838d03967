"""A form's columns on a worksheet: headings, rows, live formulas."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flows.forms.form import Column, Form, Role
from flows.papers.facts import Amount, Entry, Row, Rules
from reports.workbooks import formulas
from reports.workbooks.cells import (
    CellStyles,
    Style,
    labels,
    number_format,
    write_entry,
    write_text,
)
from reports.workbooks.heights import set_height

YELLOW = "#FFF2CC"
GREY, CLOSED = "#D9D9D9", "#EDEDED"
NARROW, LEGIBLE_WIDTH = 12.0, 195.0  # characters; the latter on one page of F4, at 8 points
HEADING_SIZE = 11.0  # bold text is about a tenth wider
RED = "#F8B4B4"
_CENTRED: frozenset[Role] = frozenset({"nomor", "kode", "arah", "kategori"})


@dataclass(frozen=True, slots=True)
class TableLayout:
    """Where the form's columns stand in the worksheet: their letters by role."""

    form: Form
    letters: Mapping[Role, str]
    rules: Rules

    def places(self, row: int) -> formulas.Places | None:
        """The cells of one row (counted from 1) that capaian is computed from.

        None for a form without target, or a sheet that lost a column.
        """
        if not ("target" in self.letters and "realisasi" in self.letters):
            return None
        arah = f"{self.letters['arah']}{row}" if "arah" in self.letters else ""
        target, real = self.letters["target"], self.letters["realisasi"]
        return formulas.Places(f"{target}{row}", f"{real}{row}", arah)

    def formula(self, role: Role, row: int) -> str | None:
        """The live formula of a computed column, if it has one."""
        if role == "capaian" and (places := self.places(row)):
            return formulas.capaian(places, self.rules)
        if role == "kategori" and "capaian" in self.letters:
            return formulas.category(f"{self.letters['capaian']}{row}", self.rules)
        return None

    def computed(self) -> frozenset[Role]:
        """The columns whose cells are live formulas."""
        columns = (column.role for column in self.form.columns if column.source == "hitung")
        return frozenset(role for role in columns if self.formula(role, 1))


def issued_layout(form: Form, rules: Rules) -> TableLayout:
    return TableLayout(
        form, {column.role: form.letter(column.role) for column in form.columns}, rules
    )


def printed_widths(form: Form) -> Mapping[Role, float]:
    """The columns' widths, the wide ones less where a page would show all of them too small."""
    widths = {column.role: column.width for column in form.columns}
    wide = sum(width for width in widths.values() if width > NARROW)
    room = LEGIBLE_WIDTH - (sum(widths.values()) - wide)
    share = min(1.0, max(room, 0) / wide) if wide else 1.0
    return {role: w if w <= NARROW else max(NARROW, w * share) for role, w in widths.items()}


def write_headings(sheet: Any, styles: CellStyles, form: Form, row: int) -> None:
    """The heading row, counted from 1, and the columns' widths."""
    style = heading_style(styles)
    widths = printed_widths(form)
    headings = ((column.heading, widths[column.role]) for column in form.columns)
    set_height(sheet, row - 1, headings, HEADING_SIZE, least=32)
    for index, column in enumerate(form.columns):
        write_text(sheet, row - 1, index, column.heading, style)
        sheet.set_column(index, index, widths[column.role])


def heading_style(styles: CellStyles) -> Style:
    return styles.style(bold=True, bg_color=GREY, border=1, text_wrap=True, align="center")


def write_rows(
    sheet: Any,
    styles: CellStyles,
    layout: TableLayout,
    rows: Sequence[Row],
    *,
    first: int,
    is_form: bool,
    own: Collection[str] | None = None,
) -> None:
    """The rows from row `first` (counted from 1); a form's columns to be filled are yellow, in
    rows that are not among the person's `own` (None: all are) grey and locked."""
    computed = layout.computed()
    columns = layout.form.columns
    looks = [_ColumnStyles(styles, column, is_form=is_form) for column in columns]
    closed = [_ColumnStyles(styles, column, is_form=is_form, is_closed=True) for column in columns]
    widths = printed_widths(layout.form)
    for offset, row in enumerate(rows):
        number = first + offset
        texts = ((text, widths[role]) for role, text in row.items() if role in widths)
        set_height(sheet, number - 1, ((t, width) for t, width in texts if isinstance(t, str)))
        is_own = own is None or row.get("kode") in own
        for index, look in enumerate(looks if is_own else closed):
            formula = layout.formula(look.role, number) if look.role in computed else None
            if formula is None:
                entry = row.get(look.role)
                write_entry(sheet, number - 1, index, entry, look.style(entry))
            else:
                cached = shown(look.role, row)
                style = look.style(row.get(look.role)).plain
                sheet.put_formula(number - 1, index, formula, style, cached)


def shown(role: Role, row: Row) -> float | str:
    """What a computed cell shows: the figure, n/a where there is none, nothing in a blank row."""
    entry = row.get(role)
    if isinstance(entry, Amount):
        return float(entry.value)
    if entry:
        return entry
    words = labels()
    missing = words["tanpa_angka"] if role == "capaian" else words["tanpa_kategori"]
    return str(missing) if row.get("realisasi") else ""


class _ColumnStyles:
    """A column's cell styles, by the number of decimals."""

    def __init__(
        self, styles: CellStyles, column: Column, *, is_form: bool, is_closed: bool = False
    ) -> None:
        self.role = column.role
        self._book_styles = styles
        self._look: dict[str, Any] = {"border": 1, "text_wrap": True}
        if column.role in _CENTRED:
            self._look["align"] = "center"
        if is_closed:
            self._look |= {"bg_color": CLOSED}
        elif is_form and column.source == "isi":
            self._look |= {"bg_color": YELLOW, "locked": False}
        self._styles: dict[int | None, Style] = {}

    def style(self, entry: Entry) -> Style:
        places = entry.desimal if isinstance(entry, Amount) else None
        if self.role == "capaian":
            places = 2
        if places not in self._styles:
            look = dict(self._look)
            if places is not None:
                look |= {"num_format": number_format(places), "align": "right"}
            self._styles[places] = self._book_styles.style(**look)
        return self._styles[places]

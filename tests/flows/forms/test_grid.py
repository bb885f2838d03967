"""The header wherever it stands, and whose row each row is."""

from flows.forms.form import Cell, Sheet
from flows.forms.grid import find_grid, sort_lines
from tests.flows.sample import indicators_of
from tests.flows.small_office import setting

FORM = setting().book.form("indikator")
LETTERS = "ABCDEFGHIJKLMNOP"
HEADINGS = [column.heading for column in FORM.columns]
KODE, NAME = (
    LETTERS[[column.role for column in FORM.columns].index(role)] for role in ("kode", "indikator")
)  # fmt: skip


def sheet(*rows: dict[str, str], at: int = 5, headings: list[str] = HEADINGS) -> Sheet:
    """The headings in row `at`, the rows below them."""
    header = dict(zip(LETTERS, headings, strict=False))
    lines = [(at + n, row) for n, row in enumerate((header, *rows))]
    return Sheet(
        "Data",
        tuple(
            (number, {c: Cell(f"{c}{number}", "text", text) for c, text in row.items()})
            for number, row in lines
        ),
    )


def test_the_header_is_found_in_the_first_forty_rows() -> None:
    for at in (1, 40):
        grid = find_grid(FORM, sheet(at=at))
        assert grid is not None
        assert (grid.row, len(grid.letters), grid.extra) == (at, len(FORM.columns), ())
    assert find_grid(FORM, sheet(at=41)) is None
    assert find_grid(FORM, sheet(headings=["Nama", "Alamat"])) is None


def test_columns_that_are_not_ours_or_stand_twice_are_told() -> None:
    grid = find_grid(FORM, sheet(headings=[*HEADINGS, "Catatan pribadi", HEADINGS[0]]))

    assert grid is not None
    assert [cell.text for cell in grid.extra] == ["Catatan pribadi"]
    assert [cell.text for cell in grid.doubled] == [HEADINGS[0]]


def test_rows_are_told_apart() -> None:
    first, second, third = indicators_of("DAL")[:3]
    numbering = {letter: str(n) for n, letter in enumerate(LETTERS[:4], start=1)}
    below: tuple[dict[str, str], ...] = (
        numbering,
        {KODE: "dal-01"},
        {KODE: first.kode},
        {NAME: second.indikator},
        {KODE: "DAL-99"},
        {NAME: "Mengetahui, Kepala Bidang"},
        {KODE: ""},
    )
    data = sheet(*below)
    grid = find_grid(FORM, data)
    assert grid is not None
    lines = sort_lines(grid, (first, second, third), data)

    assert [line.indicator.kode for line in lines.known] == ["DAL-01"]
    assert [line.row for line in lines.doubled] == [8]
    assert [line.indicator.kode for line in lines.renamed] == ["DAL-02"]
    assert [line.row for line in lines.unknown] == [10]
    assert [line.row for line in lines.strays] == [11]

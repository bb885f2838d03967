"""Values of a form: its columns, a unit's indicators, a sheet as read, findings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Direction = Literal["+", "-"]
CellKind = Literal["empty", "text", "number", "bool", "date", "error", "formula", "picture"]
IssuedRole = Literal[
    "nomor", "kode", "sasaran", "indikator", "satuan", "arah", "target_tahun", "target"
]
ReportedRole = Literal["realisasi", "capaian", "kategori", "sumber", "bukti", "keterangan"]
Role = Literal[IssuedRole, ReportedRole]
Source = Literal["terbit", "isi", "hitung"]
ErrorCode = Literal["E01", "E02", "E03", "E04", "E05", "E06", "E09", "E10", "E11", "E12", "E14"]
WarningCode = Literal["W01", "W02", "W03", "W04", "W05", "W06"]
RuleCode = Literal[ErrorCode, WarningCode]

INDISPENSABLE: frozenset[RuleCode] = frozenset({"E01", "E02", "E03", "E04", "E05"})


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the master list (`indicators`): what a unit is measured by, and its targets.

    `limits` is the closed range a figure must lie in ((0, 100) for a proportion) or None.
    `targets` holds the target up to the end of TW I..IV; None where the list leaves it open.
    `boleh_negatif`: the figure may lie below zero (a rate of growth), a count cannot.
    """

    kode: str
    unit: str
    sasaran: str
    indikator: str
    satuan: str
    arah: Direction
    frekuensi: str
    sifat: str
    desimal: int
    limits: tuple[Decimal, Decimal] | None
    target_tahun: Decimal
    targets: tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]
    boleh_negatif: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as the workbook holds it.

    `text` is what was typed (or the formula's cached text); `number` is exact, never by way of
    float; `formula` is the formula's source ("=A1/B1") or None; `format` the number format code.
    """

    address: str
    kind: CellKind
    text: str = ""
    number: Decimal | None = None
    formula: str | None = None
    format: str = "General"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first visible sheet of a workbook: its non-empty rows in order, by 1-based row number.

    A row maps the column letter to its cell; empty cells are absent. `meta` is the content of the
    hidden meta sheet (empty when the workbook has none). `sheets` names the visible sheets;
    `parts` holds them all where the workbook is a rekap, else none. `rivals` names the visible
    sheets that hold a form too, and other figures; `elsewhere` are headings on all other sheets:
    sheet, address, text.
    """

    name: str
    rows: tuple[tuple[int, Mapping[str, Cell]], ...]
    meta: Mapping[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    parts: tuple["Sheet", ...] = ()
    rivals: tuple[str, ...] = ()
    elsewhere: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file is no readable workbook: a key of texts.yaml and its arguments."""

    reason: str
    detail: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Isian:
    """What was filled in for one indicator: a figure, or n/a with its note."""

    kode: str
    realisasi: Decimal | None = None
    is_na: bool = False
    sumber: str = ""
    bukti: str = ""
    keterangan: str = ""
    notes: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()  # SHA-256 of files given for this row
    filled_by: int | None = None  # person id
    berkas: str = ""  # SHA-256 of the workbook it came from; empty: typed in the chat
    # The official's answers to doubts, by "sama" or the warning's code.
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong (E..) or doubtful (W..) with a filled sheet.

    `cell` is the address as the official sees it (or ""), `column` the heading's short name
    ("Realisasi"), `value` what stands there, `args` what the rule's sentence needs besides.
    """

    code: str
    cell: str = ""
    column: str = ""
    kode: str = ""
    value: str = ""
    args: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        return self.code.startswith("E")


def target(indicator: Indicator, quarter: int) -> Decimal | None:
    """The target up to the end of TW `quarter`; quarter 0 stands for the whole year."""
    return indicator.targets[quarter - 1] if quarter else indicator.target_tahun


def column_letter(number: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class Column(BaseModel):
    """One column: what it stands for (role), how it is headed, and who fills it.

    `source`: "terbit" is issued by us, "isi" filled by the official, "hitung" computed.
    `choices` are offered in a drop-down, and other words may be typed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    role: Role = Field(alias="peran")
    heading: str = Field(alias="judul", min_length=1)
    name: str = Field(alias="nama", min_length=1)
    source: Source = Field(alias="sumber")
    required: bool = Field(alias="wajib", default=False)
    max_length: int | None = Field(alias="panjang", default=None, ge=1, le=2000)
    width: float = Field(alias="lebar", gt=0, le=255)
    help: str = Field(alias="bantuan", default="")
    example: str = Field(alias="contoh", default="")
    choices: tuple[str, ...] = Field(alias="pilihan", default=())


class Form(BaseModel):
    """A form as forms/*.yaml defines it; everything else refers to its columns by role."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    code: str = Field(alias="kode", pattern=r"^[a-z][a-z0-9_]*$")
    version: str = Field(alias="versi", min_length=1)
    title: str = Field(alias="judul", min_length=1)
    name: str = Field(alias="nama", min_length=1)
    hint: str = Field(alias="petunjuk", default="")
    header_row: int = Field(alias="baris_judul", ge=1, le=40)
    first_row: int = Field(alias="baris_data", ge=2)
    meta_sheet: str = Field(alias="lembar_meta", pattern=r"^[\w ]{1,31}$")
    columns: tuple[Column, ...] = Field(alias="kolom", min_length=2)
    rules: frozenset[RuleCode] = Field(alias="aturan")
    reasoned: frozenset[RuleCode] = Field(alias="beralasan", default=frozenset())
    forbidden_headings: tuple[str, ...] = Field(alias="kolom_terlarang", default=())

    @field_validator("rules")
    @classmethod
    def _check_rules(cls, rules: frozenset[RuleCode]) -> frozenset[RuleCode]:
        missing = sorted(INDISPENSABLE - rules)
        if missing:
            raise ValueError(f"without the rules {missing} figures would be lost unseen")
        return rules

    @field_validator("columns")
    @classmethod
    def _check_columns(cls, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        roles = [column.role for column in columns]
        doubled = sorted({role for role in roles if roles.count(role) > 1})
        missing = sorted({"kode", "realisasi"} - set(roles))
        if doubled or missing:
            raise ValueError(f"roles given twice: {doubled}, roles missing: {missing}")
        return columns

    @model_validator(mode="after")
    def _check_rows(self) -> Self:
        if self.first_row <= self.header_row:
            raise ValueError("baris_data must come after baris_judul")
        return self

    def column(self, role: Role) -> Column | None:
        return next((column for column in self.columns if column.role == role), None)

    def letter(self, role: Role) -> str:
        """The column's letter in the workbook as it was issued; "" when the form lacks it."""
        roles = [column.role for column in self.columns]
        return column_letter(roles.index(role) + 1) if role in roles else ""


def issued(role: Role, indicator: Indicator, quarter: int) -> str | Decimal | None:
    """What stands in an issued column of the indicator's row; None where nothing does."""
    match role:
        case "target":
            return target(indicator, quarter)
        case "kode" | "sasaran" | "indikator" | "satuan" | "arah" | "target_tahun":
            value: str | Decimal = getattr(indicator, role)
            return value
        case _:
            return None

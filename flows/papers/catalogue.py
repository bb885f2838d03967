"""Catalogue of papers by kind, drawn by a template of reports/templates or a workbook writer.

<kind>.typ draws shape 1, <kind>_<shape>.typ every later one: a template that has drawn papers on
record is not changed, its successor is a new shape.
"""

from typing import Literal, NamedTuple

from flows.papers.facts import Data, FormData, RekapData
from flows.papers.letter_facts import (
    BeritaAcara,
    DaftarPeriksa,
    Disposisi,
    Notulen,
    Pengantar,
    Undangan,
)
from flows.papers.picture_facts import Capaian, Papan, Perjalanan, SopData

WORKBOOK, PDF, PICTURE = ("xlsx",), ("pdf",), ("png",)


class PaperUnknown(Exception):
    """The catalogue has no line for this kind of paper."""


class Paper(NamedTuple):
    """`name` is what the official sees the file called, of: {unit}, {nomor} (001-2026), {masa}
    (TW3-2026), {versi}, {kantor}; of an SOP {sop} and {varian}. A workbook is written by the
    writer of its facts (reports/papers/drawing.py). `shape` is that of papers filed from now on;
    a body without the key has shape 1.
    """

    kind: str
    facts: type[Data]
    name: str
    formats: tuple[str, ...]
    per: Literal["kantor", "unit"] = "kantor"
    is_archived: bool = False
    shape: int = 1


LINES = (
    Paper("form", FormData, "Format_{unit}_{masa}", WORKBOOK, "unit", is_archived=True),
    Paper("perbaikan", FormData, "Perbaikan_{unit}_{masa}", WORKBOOK, "unit", is_archived=True),
    Paper("isian", FormData, "Data_{unit}_{masa}", WORKBOOK, "unit"),
    Paper(
        "rekap",
        RekapData,
        "Rekap_{kantor}_{masa}_v{versi}",
        WORKBOOK + PDF,
        is_archived=True,
        shape=2,
    ),
    Paper("disposisi", Disposisi, "Disposisi_{nomor}", PDF, is_archived=True, shape=2),
    Paper("pengantar", Pengantar, "Pengantar_{unit}_{nomor}", PDF, "unit", is_archived=True),
    Paper("notulen", Notulen, "Notula_{unit}_{nomor}_v{versi}", PDF, "unit", True, shape=2),
    Paper("berita_acara", BeritaAcara, "Berita_Acara_{nomor}", PDF, is_archived=True),
    Paper("undangan", Undangan, "Undangan", PDF),
    Paper("daftar_periksa", DaftarPeriksa, "daftar_periksa", PDF),
    Paper("sop", SopData, "SOP_{sop}_{varian}", PDF),
    Paper("papan", Papan, "Papan_{nomor}", PICTURE),
    Paper("perjalanan", Perjalanan, "Perjalanan_{nomor}", PICTURE),
    Paper("capaian", Capaian, "Capaian_{nomor}_v{versi}", PICTURE),
)
CATALOGUE = {line.kind: line for line in LINES}


def line_of(kind: str) -> Paper:
    line = CATALOGUE.get(kind)
    if line is None:
        raise PaperUnknown(f"a paper {kind!r} has no line in flows/papers/catalogue.py")
    return line

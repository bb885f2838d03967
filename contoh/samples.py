"""Every paper and picture as PDF and PNG, and all of them on one sheet: python -m contoh.samples.

The content is invented. Without a folder they go to build/samples, the sheet to docs/samples.png
and the flow of an SOP, which the README shows, beside the guides' pictures.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typst

from bot.runtime.config import read_book, read_office
from contoh import kertas
from flows.papers.flowchart import original, reconstructed
from flows.papers.picture_facts import FlowRow
from flows.papers.sop_approval import UNAPPROVED, UNENACTED
from reports.papers.layout import paper
from reports.papers.typst import FONTS, lighter, render
from tests.reports.examples import signed_rekap

ROOT = Path(__file__).parent.parent
LETTERS = ("disposisi", "pengantar", "notulen", "berita_acara", "undangan", "daftar_periksa")
PICTURES = ("papan", "perjalanan", "capaian")
CODE = {
    "kode": "8C41-E2B7",
    "sha256": "8c41e2b7" * 8,
    "tautan": "https://t.me/sigap_contoh_bot?start=v_8c41e2b7",
}
BARE: dict[str, Any] = {"kode": "", "sha256": "0" * 64}
FLOWCHART = 2
FLOW = ROOT / "docs" / "gambar" / "alur.png"
SHEET = """
#set page(width: 420mm, height: auto, margin: 6mm)
#set text(font: "Liberation Sans", size: 9pt)
#let nama = json(bytes(sys.inputs.nama))
#grid(columns: 5, column-gutter: 5mm, row-gutter: 6mm, align: bottom,
  ..nama.map(n => align(center)[
    #box(stroke: 0.4pt + luma(150), image(n + ".png", height: 62mm, width: 76mm, fit: "contain"))
    \\ #n
  ]))
"""


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "samples"
    folder.mkdir(parents=True, exist_ok=True)
    names = list(_write(folder))
    sheet = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "docs" / "samples.png"
    sheet.write_bytes(_contact_sheet(folder, names))
    if len(sys.argv) < 2:
        FLOW.write_bytes(lighter((folder / "sop_pengumpulan_langsung.png").read_bytes()))
    print(f"{len(names)} papers and pictures in {folder}, all of them on {sheet}")


def _write(folder: Path) -> Iterator[str]:
    for name, template, content, issue in _papers():
        laid_out = paper(template, content, issue)
        render(template, laid_out, folder / f"{name}.pdf")
        if template in PICTURES:
            render(template, laid_out, folder / f"{name}.png", "png")
        else:
            (folder / f"{name}.png").write_bytes(
                _one_page(folder / f"{name}.pdf", FLOWCHART if template == "sop" else 1)
            )
        yield name


def _papers() -> Iterator[tuple[str, str, Any, dict[str, Any]]]:
    for name in LETTERS:
        issue = BARE if name in ("undangan", "daftar_periksa") else CODE
        yield name, name, getattr(kertas, name)(), issue
    yield "disposisi_A5", "disposisi", kertas.disposisi(paper="A5"), CODE
    data, issue = signed_rekap()
    acts = {**issue.model_dump(mode="json"), "tautan": CODE["tautan"]}
    yield "rekap", "rekap", data.model_dump(mode="json"), acts
    yield from _sops()
    for name in PICTURES:
        yield name, name, getattr(kertas, name)(), BARE


def _sops() -> Iterator[tuple[str, str, Any, dict[str, Any]]]:
    office = read_office(ROOT / "kantor.yaml")
    for sop in read_book(office, None).current():
        columns, rows = reconstructed(sop, office)
        live = [running(row, n, len(rows)) for n, row in enumerate(rows)]
        headings = [column.heading for column in sop.columns]
        cap = {**BARE, "cap": UNAPPROVED}
        name = f"sop_{sop.code.lower()}"
        yield f"{name}_rekonstruksi", "sop", kertas.sop(sop, "rekonstruksi", columns, rows), cap
        approved = {
            **kertas.sop(sop, "rekonstruksi", columns, rows),
            "disetujui": kertas.ratified(),
        }
        yield f"{name}_disetujui", "sop", approved, {**CODE, "cap": UNENACTED}
        yield f"{name}_asli", "sop", kertas.sop(sop, "asli", headings, original(sop)), BARE
        yield f"{name}_langsung", "sop", kertas.sop(sop, "langsung", columns, live), BARE


def running(row: FlowRow, index: int, count: int) -> FlowRow:
    """The live variant in the middle of its way."""
    state = "selesai" if index < count // 2 else "berjalan" if index == count // 2 else ""
    told = {"selesai": "selesai 24-11 10.20", "berjalan": "berjalan 25-11 15.30", "": ""}[state]
    waktu = f"{int(row.waktu) - 2} / {row.waktu}" if state else row.waktu
    now = {"keadaan": state, "keterangan": told, "tambahan": "", "waktu": waktu}
    return row.model_copy(update=now)


def _one_page(pdf: Path, page: int) -> bytes:
    source = (
        f'#set page(width: auto, height: auto, margin: 0mm)\n#image("{pdf.name}", page: {page})'
    )
    return _png(source.encode(), pdf.parent, {}, ppi=110.0)


def _contact_sheet(folder: Path, names: list[str]) -> bytes:
    return lighter(_png(SHEET.encode(), folder, {"nama": json.dumps(names)}, ppi=100.0))


def _png(source: bytes, root: Path, inputs: dict[str, str], ppi: float) -> bytes:
    main = root / ".sheet.typ"
    main.write_bytes(source)
    try:
        drawn = typst.compile(
            main, root=root, font_paths=[FONTS], format="png", ppi=ppi, sys_inputs=inputs
        )
    finally:
        main.unlink()
    assert isinstance(drawn, bytes)
    return drawn


if __name__ == "__main__":
    main()

"""The office's letters: every field in its place, whatever is written into it."""

from pathlib import Path
from typing import Any

import pytest

from contoh import kertas
from flows.papers.flowchart import original, reconstructed
from reports.papers.layout import paper
from reports.papers.typst import render
from tests.reports.examples import issue, rekap_data, signed_rekap
from tests.reports.fields import everywhere
from tests.reports.pages import needs_pdftotext, pages_of, reading_order, text_of
from tests.reports.sops import OFFICE, SOPS

LETTERS = ("disposisi", "pengantar", "notulen", "berita_acara", "undangan", "daftar_periksa")
SIDES = {"disposisi": (11, 11), "undangan": (15, 15)}
HOSTILE = (
    '#panic("x") $x$ *tebal* _miring_ <b>html</b> &amp; @b \\ ] #read("/etc/hostname")'
    "\x00\x07\x1b\u202e"
)
LONG = {
    "words": "Pengembangan kependudukan berkelanjutan " * 50,
    "one_word": "Panjangsekali" * 153,
    "hostile": HOSTILE,
    "capitals": "W" * 2000,
}
SHORT = {
    "kode": "8C41-E2B7",
    "sha256": "ab12cd34" * 8,
    "tautan": "https://t.me/x?start=v_8C41E2B7",
}


def drawn(
    target: Path, template: str, content: dict[str, Any], logo: bytes | None = None, **more: Any
) -> Path:
    render(template, paper(template, content, {**SHORT, **more}, logo), target)
    return target


@pytest.mark.parametrize("name", LETTERS)
def test_the_same_data_give_the_same_bytes(tmp_path: Path, name: str) -> None:
    content = getattr(kertas, name)()

    first = drawn(tmp_path / "a.pdf", name, content).read_bytes()

    assert first == drawn(tmp_path / "b.pdf", name, content).read_bytes()


@needs_pdftotext
@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize("text", ["", kertas.LONG_NAME, *LONG.values()], ids=str.__len__)
def test_nothing_overlaps_or_leaves_its_page(tmp_path: Path, name: str, text: str) -> None:
    left, right = SIDES.get(name, (25, 20))

    pages = pages_of(drawn(tmp_path / "a.pdf", name, getattr(kertas, name)(text)))

    assert [page.overlaps() for page in pages] == [[] for _ in pages]
    assert [page.outside(left, right) for page in pages] == [[] for _ in pages]


@needs_pdftotext
@pytest.mark.parametrize("name", LETTERS)
def test_markup_of_any_kind_is_shown_as_it_is(tmp_path: Path, name: str) -> None:
    text = reading_order(drawn(tmp_path / "a.pdf", name, getattr(kertas, name)(HOSTILE)))

    assert "$x$ *tebal* _miring_ <b>html</b> &amp; @b" in text.replace("\u200b", "")


@needs_pdftotext
def test_an_agenda_of_some_length_is_read_whole(tmp_path: Path) -> None:
    agenda = "Pembahasan pengisian format data kinerja triwulan III dan pembagian indikator"

    path = drawn(tmp_path / "a.pdf", "notulen", {**kertas.notulen(), "agenda": agenda})

    assert agenda in reading_order(path)


@needs_pdftotext
def test_minutes_are_called_notula_and_the_former_ones_notulen(tmp_path: Path) -> None:
    now = text_of(drawn(tmp_path / "a.pdf", "notulen", kertas.notulen()))
    then = text_of(drawn(tmp_path / "b.pdf", "notulen", {**kertas.notulen(), "bentuk": 1}))

    assert "NOTULA RAPAT" in now
    assert "Notula Rapat KBK" in now
    assert "otulen" not in now
    assert "NOTULEN RAPAT" in then


@needs_pdftotext
def test_sixty_people_and_rows_go_over_pages_with_their_heading(tmp_path: Path) -> None:
    path = drawn(tmp_path / "a.pdf", "notulen", kertas.notulen(people=60, rows=60))

    pages = pages_of(path)

    assert len(pages) > 2
    assert text_of(path).count("Nama Jabatan Paraf") >= 2
    assert [page.overlaps() for page in pages] == [[] for _ in pages]


@needs_pdftotext
def test_twelve_units_fit_the_berita_acara(tmp_path: Path) -> None:
    pages = pages_of(drawn(tmp_path / "a.pdf", "berita_acara", kertas.berita_acara(units=12)))

    assert [page.overlaps() for page in pages] == [[] for _ in pages]
    assert [page.outside(25, 20) for page in pages] == [[] for _ in pages]


@needs_pdftotext
def test_the_disposition_reads_in_order(tmp_path: Path) -> None:
    text = text_of(drawn(tmp_path / "a.pdf", "disposisi", kertas.disposisi()))

    wanted = (
        "PEMERINTAH KABUPATEN CONTOH", "LEMBAR DISPOSISI", "Surat dari", "No. Agenda",
        "Pengumpulan Data Kinerja",
        "Diteruskan kepada Sdr.", "Dengan hormat harap", "Catatan", "KEPALA DINAS PENGENDALIAN",
        "NIP 19700101 199503 1 001", "(kode 8C41-E2B7, SHA-256 ab12cd34…)", "Halaman 1 dari 1",
    )  # fmt: skip
    places = [text.find(part) for part in wanted]
    assert -1 not in places
    assert places == sorted(places)


@needs_pdftotext
def test_nothing_stands_between_approval_and_name_on_the_disposition(tmp_path: Path) -> None:
    [page] = pages_of(drawn(tmp_path / "a.pdf", "disposisi", kertas.disposisi()))

    rows = {word.text: word for word in page.words}
    gap = rows["M.Si."].top - next(w for w in page.words if w.text == "08.03").bottom
    assert 0 < gap < 15
    assert rows["Hal"].bottom - rows["Hal"].top > 10


@needs_pdftotext
def test_the_disposition_ticks_whom_the_order_has_reached(tmp_path: Path) -> None:
    content = kertas.disposisi()
    content["diteruskan"][1] |= {"dituju": False, "nama": "", "waktu": None}

    text = text_of(drawn(tmp_path / "a.pdf", "disposisi", content))

    assert "× Sekretaris" in text
    assert "× Kasubag" not in text


@pytest.mark.parametrize(("paper_size", "width"), [("setengah_F4_potret", 165), ("A5", 148)])
@needs_pdftotext
def test_the_disposition_has_the_size_of_the_office(
    tmp_path: Path, paper_size: str, width: int
) -> None:
    content = kertas.disposisi(paper=paper_size)

    [page] = pages_of(drawn(tmp_path / "a.pdf", "disposisi", content))

    assert round(page.width * 25.4 / 72) == width


@needs_pdftotext
def test_the_footer_stands_on_every_page_and_never_claims_a_certified_signature(
    tmp_path: Path,
) -> None:
    path = drawn(tmp_path / "a.pdf", "notulen", kertas.notulen(people=60))

    text = text_of(path)

    assert text.count("Bukan tanda tangan elektronik tersertifikasi") == len(pages_of(path))
    assert "ditandatangani secara elektronik" not in text


@needs_pdftotext
def test_what_the_office_has_not_filled_in_is_left_out(tmp_path: Path) -> None:
    bare = text_of(drawn(tmp_path / "a.pdf", "pengantar", kertas.pengantar()))
    content = kertas.pengantar()
    content["kop"] |= {"alamat": "Jalan Contoh Nomor 1", "telepon": "0461-12345"}

    full = text_of(drawn(tmp_path / "b.pdf", "pengantar", content))

    assert "Telepon" not in bare
    assert "Jalan Contoh Nomor 1, Telepon 0461-12345" in full


def test_a_logo_that_is_no_image_is_left_out(tmp_path: Path) -> None:
    content = kertas.pengantar()
    plain = drawn(tmp_path / "a.pdf", "pengantar", content).read_bytes()

    broken = drawn(tmp_path / "b.pdf", "pengantar", content, logo=b"\x89PNG\r\n\x1a\n not one")

    assert broken.read_bytes() == plain


def test_a_real_logo_is_drawn(tmp_path: Path) -> None:
    picture = tmp_path / "logo.png"
    render(
        "papan", paper("papan", kertas.papan(), issue().model_dump(mode="json")), picture, "png"
    )
    content = kertas.pengantar()
    plain = drawn(tmp_path / "a.pdf", "pengantar", content).stat().st_size

    with_logo = drawn(tmp_path / "b.pdf", "pengantar", content, logo=picture.read_bytes())

    assert with_logo.stat().st_size > plain + 5_000


@needs_pdftotext
def test_a_rekap_of_twelve_units_with_long_names_fits(tmp_path: Path) -> None:
    data = rekap_data()
    first = data.units[0]
    units = tuple(
        first.model_copy(
            update={
                "figures": first.figures.model_copy(
                    update={"kode": f"U{n:02d}", "nama": kertas.LONG_NAME * 3}
                )
            }
        )
        for n in range(12)
    )
    content = data.model_copy(update={"units": units, "analisis": "W" * 2000})

    pages = pages_of(drawn(tmp_path / "a.pdf", "rekap", content.model_dump(mode="json")))

    assert [page.overlaps() for page in pages] == [[] for _ in pages]
    assert [page.outside(25, 20) for page in pages] == [[] for _ in pages]


@needs_pdftotext
@pytest.mark.parametrize("sop", SOPS, ids=lambda sop: sop.code)
def test_both_variants_of_the_sop_keep_every_text_in_its_cell(tmp_path: Path, sop: Any) -> None:
    columns, rows = reconstructed(sop, OFFICE)
    headings = [column.heading for column in sop.columns]

    made = drawn(tmp_path / "r.pdf", "sop", kertas.sop(sop, "rekonstruksi", columns, rows))
    received = drawn(tmp_path / "a.pdf", "sop", kertas.sop(sop, "asli", headings, original(sop)))

    for path in (made, received):
        pages = pages_of(path)
        assert [page.overlaps() for page in pages] == [[] for _ in pages]
        assert [page.outside(15, 15) for page in pages] == [[] for _ in pages]
        assert text_of(path).count("Uraian Prosedur") == len(pages) - 1
    assert "Selesai" in text_of(made)
    assert "Selesai" not in text_of(received)


def test_the_reconstruction_places_the_acts_as_the_domain_reads_them() -> None:
    collection, correction = SOPS
    columns, rows = reconstructed(collection, OFFICE)

    assert columns[0] == "Kepala Dinas"
    assert [[shape.kolom for shape in row.rupa] for row in rows] == [
        [0], [1, 3], [3], [2], [4], [4], [2], [2], [3, 3],
    ]  # fmt: skip
    shapes = [row.rupa[-1].rupa for row in rows]
    assert (shapes[6], shapes[-1]) == ("keputusan", "selesai")
    _, rows = reconstructed(correction, OFFICE)
    decided = [row.nomor for row in rows for s in row.rupa if s.rupa == "keputusan"]
    assert decided == ["1.", "6.", "9."]


def full_rekap() -> dict[str, Any]:
    """With its annex over sixty rows, and every act upon it."""
    data, issued = signed_rekap()
    table = data.tables[0]
    long = table.model_copy(update={"rows": table.rows[:1] * 60})
    return {
        **data.model_copy(update={"tables": (long,)}).model_dump(mode="json"),
        "pengesahan": issued.model_dump(mode="json"),
    }


@needs_pdftotext
def test_an_annex_of_sixty_rows_goes_over_pages_with_its_heading(tmp_path: Path) -> None:
    content = full_rekap()
    acts = content.pop("pengesahan")

    path = drawn(tmp_path / "a.pdf", "rekap", content, **acts)

    pages = pages_of(path)
    annexed = [page for page in pages if "Menjadi" in [word.text for word in page.words]]
    assert text_of(path).count("Semula Menjadi") == len(annexed) >= 2
    assert [page.overlaps() for page in pages] == [[] for _ in pages]
    assert [page.outside(25, 20) for page in pages] == [[] for _ in pages]


WORDS = ("kode", "indikator", "satuan", "kategori")


def in_every_field(text: str) -> dict[str, Any]:
    """The words of the rekap: its figures, classes and form are the program's own."""
    content = full_rekap()
    written = ("kop", "judul", "periode", "perintah", "analisis", "tanda_tangan")
    told = {name: everywhere(content[name], text) for name in written}
    rows = [[text for _ in row] for row in content["tables"][0]["rows"][:6]]
    table = {**content["tables"][0], "rows": rows}
    units = [
        {
            "figures": {**u["figures"], "nama": text, "kode": text, "keterangan": text},
            "rows": [{**row, **dict.fromkeys(WORDS, text)} for row in u["rows"][:2]],
        }
        for u in content["units"]
    ]
    return {**content, **told, "tables": [table], "units": units}


@needs_pdftotext
@pytest.mark.parametrize("name", [*LETTERS, "rekap"])
@pytest.mark.parametrize("text", [*LONG.values()], ids=[*LONG])
def test_the_same_long_text_in_every_field_breaks_no_page(
    tmp_path: Path, name: str, text: str
) -> None:
    left, right = SIDES.get(name, (25, 20))
    whole = getattr(kertas, name, None)
    content = everywhere(whole(), text) if whole else in_every_field(text)
    acts = content.pop("pengesahan", {})
    acts = {"catatan": everywhere(acts.get("catatan", []), text), "nomor": text}

    pages = pages_of(drawn(tmp_path / "a.pdf", name, content, **acts))

    assert [page.overlaps() for page in pages] == [[] for _ in pages]
    assert [page.outside(left, right) for page in pages] == [[] for _ in pages]

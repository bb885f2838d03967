from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.kinds.registry import TRAITS
from flows.office.kantor import Office
from flows.sops.book import PACKAGED, SopBook, SopInvalid

KANTOR = Path(__file__).parents[3] / "kantor.yaml"


@pytest.fixture(scope="module")
def office() -> Office:
    return Office.parse(KANTOR.read_text("utf-8"), "kantor.yaml")


def step(number: int, *acts: dict[str, Any], **fields: Any) -> dict[str, Any]:
    row = {"uraian": f"Langkah {number}", "menit": 30, "masuk": "Dokumen", "keluar": "Dokumen"}
    return {"nomor": number, **row, "tindakan": list(acts), **fields}


def act(code: str, kind: str, performer: str, **fields: Any) -> dict[str, Any]:
    return {"kode": code, "jenis": kind, "pelaku": performer, "label": "Lanjut", **fields}


def small(**fields: Any) -> dict[str, Any]:
    """A sound SOP of four steps: the order, the figures of each unit, the rekap, the signature."""
    return {
        "kode": "KECIL",
        "versi": 1,
        "judul": "SOP Kecil",
        "nama": "Kecil",
        "kata": "kecil",
        "formulir": ["indikator"],
        "identitas": {
            "pemda": "PEMERINTAH KABUPATEN CONTOH",
            "perangkat_daerah": "DINAS CONTOH",
            "kabupaten": "KABUPATEN CONTOH",
            "disahkan_oleh": "Kepala Dinas",
        },
        "langkah": [
            step(1, act("1", "perintah", "kepala_dinas", penerima="sekretaris")),
            step(2, act("2", "isi", "pelaksana", cakupan="unit")),
            step(3, act("3", "rekap", "kasubag_perencanaan", kembali=["2"])),
            step(4, act("4", "tanda_tangan", "kepala_dinas")),
        ],
        **fields,
    }


def write(folder: Path, name: str, document: object) -> Path:
    path = folder / "sops" / name
    path.parent.mkdir(exist_ok=True)
    text = document if isinstance(document, str) else yaml.safe_dump(document)
    path.write_text(text, "utf-8")
    return path


def mistakes(folder: Path, office: Office) -> list[str]:
    """What is told, without the folder in front."""
    with pytest.raises(SopInvalid) as refusal:
        SopBook.read([PACKAGED, folder], office, TRAITS)
    return [line.removeprefix(f"{folder / 'sops'}/") for line in refusal.value.lines]


def first_act(document: dict[str, Any], index: int) -> dict[str, Any]:
    found: dict[str, Any] = document["langkah"][index]["tindakan"][0]
    return found


def test_the_two_sops_of_the_office_are_sound(office: Office) -> None:
    book = SopBook.read([PACKAGED], office, TRAITS)

    assert [sop.id for sop in book.sops] == [("PENGUMPULAN", 1), ("PERBAIKAN", 1)]
    assert book.newest("PERBAIKAN").corrects == "PENGUMPULAN"
    assert book.form("indikator").code == "indikator"


def test_a_word_starts_its_sop_however_it_is_written(office: Office) -> None:
    book = SopBook.read([PACKAGED], office, TRAITS)

    found = book.by_word("Pengumpulan")

    assert found is not None
    assert found.code == "PENGUMPULAN"
    assert book.by_word("lain") is None


def test_an_sop_of_a_folder_outside_the_package_is_taken(tmp_path: Path, office: Office) -> None:
    write(tmp_path, "kecil.yaml", small())

    book = SopBook.read([PACKAGED, tmp_path], office, TRAITS)

    assert book.sop("KECIL", 1).total_minutes == 120


def test_two_versions_stand_side_by_side_and_the_newest_is_begun(
    tmp_path: Path, office: Office
) -> None:
    write(tmp_path, "kecil-1.yaml", small())
    write(tmp_path, "kecil-2.yaml", small(versi=2, nama="Kecil Baru"))

    book = SopBook.read([PACKAGED, tmp_path], office, TRAITS)

    assert book.sop("KECIL", 1).name == "Kecil"
    assert book.newest("KECIL").name == "Kecil Baru"
    assert [sop.version for sop in book.current() if sop.code == "KECIL"] == [2]


def test_the_office_may_do_without_the_closing(office: Office) -> None:
    text = KANTOR.read_text("utf-8").replace("penutup: {aktif: true}", "penutup: {aktif: false}")

    book = SopBook.read([PACKAGED], Office.parse(text, "kantor.yaml"), TRAITS)

    assert book.newest("PENGUMPULAN").acts[-1].code == "9"


def test_a_folder_without_an_sop_is_told(tmp_path: Path, office: Office) -> None:
    assert "holds no *.yaml file" in mistakes(tmp_path, office)[0]


def test_yaml_that_cannot_be_read_is_told_with_its_place(tmp_path: Path, office: Office) -> None:
    write(tmp_path, "a.yaml", "kode: [")
    write(tmp_path, "b.yaml", "kode: A\nkode: B\n: [")
    write(tmp_path, "c.yaml", "")
    (tmp_path / "sops" / "d.yaml").write_bytes(b"\xff\xfe\x00")

    told = mistakes(tmp_path, office)

    assert told[0].startswith("a.yaml: line 1, column 8: ")
    assert any(line.startswith("b.yaml: line 3") for line in told)
    assert "c.yaml: is empty" in told
    assert any(line.startswith("d.yaml: cannot be read") for line in told)


def test_a_key_that_stands_twice_is_told(tmp_path: Path, office: Office) -> None:
    text = yaml.safe_dump(small())
    write(tmp_path, "a.yaml", text + "versi: 2\n")

    assert any("key 'versi' stands twice" in line for line in mistakes(tmp_path, office))


def test_an_unquoted_no_is_a_word_and_not_a_boolean(tmp_path: Path, office: Office) -> None:
    text = yaml.safe_dump(small()) + "no: 1\non: 2\n"
    write(tmp_path, "a.yaml", text)

    assert mistakes(tmp_path, office) == [
        "a.yaml: no: unknown key (its value: 1)",
        "a.yaml: on: unknown key (its value: 2)",
    ]


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path, office: Office) -> None:
    document = small(formulir=["lain"], entah=1, memperbaiki="TIADA", kata="Dua Kata")
    document["langkah"][0]["menit"] = 0
    document["langkah"][1]["uraian"] = " "
    del document["langkah"][2]["masuk"]
    first_act(document, 0)["jenis"] = "entah"
    first_act(document, 1)["pelaku"] = "juru_tulis"
    first_act(document, 2)["kembali"] = ["4", "9"]
    first_act(document, 3)["berwaktu"] = "mungkin"
    write(tmp_path, "a.yaml", document)
    write(tmp_path, "b.yaml", small(kode="LAIN", kata="lain", langkah=[]))

    places = [line.partition(": ")[2].partition(": ")[0] for line in mistakes(tmp_path, office)]

    assert sorted(places) == sorted(
        [
            "entah",
            "formulir[0]",
            "kata",
            "langkah",
            "langkah[0].menit",
            "langkah[0].tindakan[0].jenis",
            "langkah[1].tindakan[0].pelaku",
            "langkah[1].uraian",
            "langkah[2].masuk",
            "langkah[2].tindakan[0].kembali[0]",
            "langkah[2].tindakan[0].kembali[1]",
            "langkah[3].tindakan[0].berwaktu",
            "memperbaiki",
        ]
    )


@pytest.mark.parametrize(
    ("index", "fields", "expected"),
    [
        (1, {"kode": "1"}, "langkah[1].tindakan[0].kode: '1' stands twice"),
        (1, {"kode": "2 b"}, "tindakan[0].kode: '2 b': 1 to 8 digits and small letters"),
        (0, {"cakupan": "unit"}, "[0].cakupan: an act of a unit needs an act of the office"),
        (1, {"cakupan": "kantor"}, "'pelaksana' is a role of a unit, so cakupan must be unit"),
        (1, {"cakupan": "dinas"}, "tindakan[0].cakupan: 'dinas'"),
        (1, {"pelaku": "admin"}, "'admin' may not decide a step of an SOP"),
        (1, {"penerima": "siapa"}, "penerima: unknown role 'siapa'"),
        (1, {"pengganti": ["siapa"]}, "pengganti[0]: unknown role 'siapa'"),
        (1, {"sesudah": []}, "can never be reached: it follows no act"),
        (1, {"sesudah": ["3"]}, "'3' does not stand above '2': a circle may arise"),
        (1, {"sesudah": ["2"]}, "'2' does not stand above '2': a circle may arise"),
        (1, {"sesudah": ["x"]}, "sesudah[0]: 'x' is no act of this SOP"),
        (2, {"kembali": ["2", "2"]}, "kembali[1]: '2' stands twice"),
        (2, {"kembali": ["3"]}, "'3' does not lie before '3'"),
        (2, {"kembali": [], "label_kembali": "Kembalikan"}, "but kembali names no act"),
        (2, {"label": ""}, "tindakan[0].label"),
        (2, {"label": None}, "tindakan[0].label: is missing"),
        (1, {"hanya_bila": True}, "can never be reached: no opsi of an act opens it"),
        (1, {"hanya_bila": True}, "can never be reached: '2' before it is only opened at need"),
        (2, {"opsi": {"papn": True}}, "opsi.papn: unknown option 'papn'"),
        (2, {"opsi": {"papan": "besar"}}, "opsi.papan: 'besar' is neither true nor false"),
        (2, {"opsi": {"perbaikan": "TIADA"}}, "opsi.perbaikan: unknown SOP 'TIADA'"),
        (2, {"opsi": {"putaran_baru": "9"}}, "opsi.putaran_baru: '9' is no act of this SOP"),
        (2, {"opsi": {"sanggah": ["2", "1"]}}, "must name two acts with hanya_bila: true"),
        (2, {"opsi": {"sanggah": True}}, "must name two acts with hanya_bila: true"),
    ],
)
def test_a_mistake_in_an_act_is_told(
    tmp_path: Path, office: Office, index: int, fields: dict[str, Any], expected: str
) -> None:
    document = small()
    first_act(document, index).update(fields)
    write(tmp_path, "a.yaml", document)

    assert [line for line in mistakes(tmp_path, office) if expected in line]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"versi": 0}, "versi: 0: must be 1 or more"),
        ({"versi": "1"}, "versi: '1': input should be a valid integer"),
        ({"judul": " "}, "judul: is empty"),
        ({"kode": "X" * 41}, "40 bytes at most and no colon"),
        ({"formulir": []}, "formulir: names no form"),
        ({"kata": "perbaikan"}, "kata: 'perbaikan' is the word of PERBAIKAN too"),
        ({"kode": "PERBAIKAN"}, "versi: PERBAIKAN version 1 stands in"),
        ({"kolom_pelaksana": [{"judul": "A", "peran": "siapa"}]}, "unknown role 'siapa'"),
        ({"penutup": {"aktif": True}}, "penutup.tindakan: names no act"),
        (
            {"penutup": {"tindakan": [act("p1", "paraf", "sekretaris")]}},
            "penutup.tindakan[0].uraian: is missing",
        ),
    ],
)
def test_a_mistake_in_the_head_is_told(
    tmp_path: Path, office: Office, fields: dict[str, Any], expected: str
) -> None:
    write(tmp_path, "a.yaml", small(**fields))

    assert [line for line in mistakes(tmp_path, office) if expected in line]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"nomor": 1}, "langkah[1].nomor: 1 must be higher than those before it"),
        ({"menit": -5}, "langkah[1].menit: -5: must be more than 0"),
        ({"tindakan": []}, "langkah[1].tindakan: names no act"),
        ({"marker_asli": {"Lurah": "[]"}}, "marker_asli.Lurah: is no heading of kolom_pelaksana"),
    ],
)
def test_a_mistake_in_a_step_is_told(
    tmp_path: Path, office: Office, fields: dict[str, Any], expected: str
) -> None:
    document = small()
    document["langkah"][1].update(fields)
    write(tmp_path, "a.yaml", document)

    assert [line for line in mistakes(tmp_path, office) if expected in line]


def test_an_act_without_a_performer_does_not_hide_the_other_mistakes(
    tmp_path: Path, office: Office
) -> None:
    document = small()
    del first_act(document, 1)["pelaku"]
    first_act(document, 3)["jenis"] = "entah"
    write(tmp_path, "a.yaml", document)

    told = mistakes(tmp_path, office)

    assert told[0] == "a.yaml: langkah[1].tindakan[0].pelaku: is missing"
    assert told[1].startswith("a.yaml: langkah[3].tindakan[0].jenis: unknown kind of act 'entah'")
    assert len(told) == 2


def test_a_form_with_mistakes_is_refused_like_an_sop(tmp_path: Path, office: Office) -> None:
    write(tmp_path, "kecil.yaml", small())
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "a.yaml").write_text("kode: indikator", "utf-8")

    told = mistakes(tmp_path, office)

    assert any("forms/a.yaml: kolom: is missing" in line for line in told)


def test_a_form_of_a_known_code_is_refused(tmp_path: Path, office: Office) -> None:
    write(tmp_path, "kecil.yaml", small())
    (tmp_path / "forms").mkdir()
    known = (PACKAGED / "forms" / "indikator.yaml").read_text("utf-8")
    (tmp_path / "forms" / "a.yaml").write_text(known, "utf-8")

    told = mistakes(tmp_path, office)

    assert [line for line in told if "kode: 'indikator' is the code of" in line]


def test_a_closing_that_is_switched_off_may_keep_its_acts(tmp_path: Path, office: Office) -> None:
    closing = {"aktif": False, "tindakan": [act("p1", "paraf", "sekretaris", uraian="Paraf")]}
    write(tmp_path, "a.yaml", small(penutup=closing))

    book = SopBook.read([PACKAGED, tmp_path], office, TRAITS)

    assert book.sop("KECIL", 1).acts[-1].code == "4"


def test_an_act_may_follow_from_two_branches(tmp_path: Path, office: Office) -> None:
    document = small()
    document["langkah"].insert(1, step(2, act("2x", "teruskan", "sekretaris")))
    for number, row in enumerate(document["langkah"], start=1):
        row["nomor"] = number
    first_act(document, 2)["sesudah"] = ["1"]
    first_act(document, 3)["sesudah"] = ["2x", "2"]
    write(tmp_path, "a.yaml", document)

    sop = SopBook.read([PACKAGED, tmp_path], office, TRAITS).sop("KECIL", 1)

    assert [before.code for before in sop.predecessors("3")] == ["2x", "2"]
    assert sop.total_minutes == 120

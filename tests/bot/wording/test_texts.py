"""Every sentence of the chat: it exists, renders, fits a phone, and no name can break it.

A new key of texts.yaml needs a set of its arguments in tests/bot/samples.py.
"""

import re
from typing import Any

import pytest
from jinja2 import Environment

from bot.wording.wording import TEXTS, Wording
from flows.engine.commands import DECLARED
from flows.forms.form import RuleCode
from flows.model.messages import Button
from flows.text.yaml import read_yaml
from reports.reading.refusals import REASONS
from tests.bot import keys, samples, samples_data, samples_learning, samples_papers, samples_time
from tests.bot.samples import FINDINGS
from tests.bot.screen import seen

PESAN = {
    **samples.PESAN,
    **samples_time.PESAN,
    **samples_papers.PESAN,
    **samples_learning.PESAN,
    **samples_data.PESAN,
}
TOAST = {**samples.TOAST, **samples_time.TOAST, **samples_papers.TOAST, **samples_learning.TOAST}
TOMBOL_ARGS = {**samples.TOMBOL_ARGS, **samples_time.TOMBOL_ARGS}
# What the fetcher refuses comes on top of what the reader does.
REFUSALS = REASONS | {"unfetched"}
ENTRIES: dict[str, Any] = read_yaml(TEXTS.read_text("utf-8"))[0]
SETS = [(key, number) for key, sets in PESAN.items() for number in range(len(sets))]
WITH_FILE = (
    "tugas_isi",
    "tugas_isi_kembali",
    "tugas_rapat",
    "tugas_rekap",
    "tugas_paraf",
    "tugas_tanda_tangan",
    "tugas_validasi",
    "tugas_sanggah",
    "tugas_putusan",
    "berkas_ditolak",
    "berkas_lain",
    "grup_selesai",
    "rekap",
    "disposisi",
    "notulen",
    "notulen_diperbaiki",
    "notulen_semua",
    "sop",
    "arsip",
    "rekap_gambar",
    "tugas_teruskan",
    "verifikasi_diubah",
)
FILE_SETS = [(key, number) for key, number in SETS if key in WITH_FILE]
# Design section 9: what acts are called. Those of the SOPs' own acts stand in flows/sops.
LABELS = (
    "Batal",
    "Terima",
    "Isi lewat chat",
    "Kirim",
    "Ganti berkas",
    "Tetap kirim",
    "Lihat data",
    "Kembalikan",
    "Tambah analisis",
    "Lanjut tanpa unit",
    "Ada kesalahan",
    "Terbitkan",
    "Terbukti",
    "Tidak terbukti",
    "Teruskan",
    "Sanggah",
    "Jelaskan",
    "Lewati",
    "Ubah isian",
    "Kirim ulang berkas",
    "Kembali",
    "Benar, daftarkan",
)
SOP_LABELS = (
    "Terbitkan",
    "Teruskan",
    "Pakai format baku",
    "Kirim ke semua unit",
    "Catat rapat",
    "Format keliru",
    "Kirim",
    "Ajukan",
    "Validasi",
    "Kembalikan",
    "Sampaikan",
    "Terima",
    "Paraf",
    "Tanda tangani",
    "Ada kesalahan",
    "Kirim ke unit terdampak",
    "Setujui",
)
EVIL = '<b onclick="x">&amp; "Nama" </pre>'


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording()


def length(text: str) -> int:
    return len(seen(text).encode("utf-16-le")) // 2


PLAIN = re.compile(r"[\d.,:/%+−-]*|\d{4}-\d\d-\d\dT.*")
CHOSEN = {
    "hasil", "keadaan", "tanda", "status", "putusan", "tindakan", "jenis", "kode_aturan", "x_what",
    "x_reason", "key", "label", "perintah",
}  # fmt: skip
# As long as people can make them; all else keeps its length.
LONGEST = {
    "catatan": 1000, "jawaban": 1000, "alasan": 1000, "sanggahan": 1000, "keterangan": 2000,
    "sumber": 2000, "bukti": 2000, "arahan": 300, "waktu": 200, "uraian": 200, "indikator": 200,
    "nama": 120, "pegawai": 120, "judul": 128, "berkas": 120, "jabatan": 100, "peserta": 120,
    "menunggu": 120, "sop": 60, "peran": 60, "penerima": 60, "format": 60, "kolom": 60,
    "hasil_rapat": 1000, "satuan": 30, "sheet": 31, "value": 40, "nilai": 40, "x_expected": 200,
    "x_found": 40, "sapaan": 9,
}  # fmt: skip
MOST = {
    "unit": 12, "unit_terdampak": 12, "unit_tujuan": 12, "tanpa_unit": 12, "dilewati": 12,
    "papan": 12, "kantor": 9, "rangkap": 12, "jabatan": 8, "paraf": 3, "perhatian": 60, "ada": 5,
}  # fmt: skip
FIXED_LISTS = {"langkah", "tanda", "perintah", "berwenang", "contoh"}


def stretched(value: Any, name: str = "") -> Any:
    """The same arguments as long as they can get: 60 rows, 12 units, 120 characters a name."""
    match value:
        case dict():
            is_notes = name == "catatan_baris"
            return {k: stretched(part, "catatan" if is_notes else k) for k, part in value.items()}
        case list() if value and name not in FIXED_LISTS:
            item = name if name in ("peserta", "menunggu", "jabatan") else "kode"
            most = MOST.get(name, 60)
            return [stretched(part, item) for part in (value * most)[:most]]
        case str() if value and name in LONGEST and name not in CHOSEN:
            return (value + " panjang" * 300)[: max(LONGEST[name], len(value))]
        case _:
            return value


def poisoned(value: Any, name: str = "") -> Any:
    match value:
        case dict():
            return {key: poisoned(part, key) for key, part in value.items()}
        case list():
            return [poisoned(part, name) for part in value]
        case str() if value and name not in CHOSEN and not PLAIN.fullmatch(value):
            return EVIL
        case _:
            return value


def test_every_message_asked_for_has_its_text() -> None:
    asked = keys.asked(keys.PESAN) | keys.embedded()
    lines = {f"selesai_{outcome}" for outcome in keys.outcomes()}
    refusals = {f"tolak_{reason}" for reason in REFUSALS}

    missing = (asked | lines | refusals) - ENTRIES["pesan"].keys()

    assert missing == set()


def test_every_text_is_asked_for() -> None:
    asked = keys.asked(keys.PESAN) | keys.constants()
    lines = {f"selesai_{outcome}" for outcome in keys.outcomes()}
    choosers = {f"pilih_{command.name}" for command in DECLARED if command.show}
    made_up = {f"tolak_{reason}" for reason in REFUSALS} | choosers

    unused = ENTRIES["pesan"].keys() - asked - lines - made_up

    assert unused == set()


def test_toasts_and_labels_are_exactly_those_asked_for() -> None:
    editable = {f"isian_{name}" for name in keys.editable()}

    assert keys.asked(keys.TOAST) == ENTRIES["toast"].keys()
    leaving = keys.asked({"Dialog": (99, "leave_key")})
    assert keys.asked(keys.TOMBOL) | leaving | editable == ENTRIES["tombol"].keys()


def test_every_text_has_sample_arguments() -> None:
    assert PESAN.keys() == ENTRIES["pesan"].keys()
    assert TOAST.keys() == ENTRIES["toast"].keys() | {f"menu.{name}" for name in ENTRIES["menu"]}


def test_every_rule_of_a_sheet_has_its_sentence() -> None:
    told = {sample["kode_aturan"] for sample in FINDINGS}

    assert told == ENTRIES["temuan"].keys()
    assert set(RuleCode.__args__) | {"N01", "N02", "N03"} == told


@pytest.mark.parametrize(("key", "number"), SETS)
def test_a_message_renders_whole(wording: Wording, key: str, number: int) -> None:
    text = wording.say(key, PESAN[key][number]).text

    shown = seen(text)
    assert shown
    assert not re.search(r"None|Undefined|\{\{|\{%|  \n|\n\n\n|’|\bE\d\d\b", shown)
    assert text == text.strip()


def test_nothing_is_compiled_after_the_start(wording: Wording, monkeypatch, tmp_path) -> None:
    """Pieces that a message includes are ready as well; only new texts are compiled."""
    compiled: list[str] = []
    ours = Environment.compile

    def note(environment, source, name=None, *further):
        compiled.append(name)
        return ours(environment, source, name, *further)

    monkeypatch.setattr(Environment, "compile", note)

    for key, number in SETS:
        wording.say(key, PESAN[key][number])

    assert compiled == []
    new = tmp_path / "texts.yaml"
    new.write_text(TEXTS.read_text("utf-8"), "utf-8")
    assert Wording(new)
    assert len(compiled) > len(SETS)


@pytest.mark.parametrize(("key", "number"), SETS)
def test_a_message_stays_under_the_limit_of_telegram(
    wording: Wording, key: str, number: int
) -> None:
    text = wording.say(key, stretched(PESAN[key][number])).text

    assert length(text) <= 4096


@pytest.mark.parametrize(("key", "number"), FILE_SETS)
def test_a_message_with_a_file_fits_its_caption(wording: Wording, key: str, number: int) -> None:
    text = wording.say(key, stretched(PESAN[key][number])).text

    assert length(text) <= 1024


@pytest.mark.parametrize(("key", "number"), SETS)
def test_no_value_is_taken_for_html(wording: Wording, key: str, number: int) -> None:
    text = wording.say(key, poisoned(PESAN[key][number])).text

    assert "<b onclick" not in text
    assert seen(text)


@pytest.mark.parametrize("key", TOAST)
def test_a_toast_is_short_and_plain(wording: Wording, key: str) -> None:
    text = wording.toast(key, stretched(TOAST[key]))

    assert 0 < len(text) <= 200
    assert "<" not in text


@pytest.mark.parametrize("key", ENTRIES["tombol"])
def test_a_label_is_short_and_plain(wording: Wording, key: str) -> None:
    args = stretched(TOMBOL_ARGS.get(key, {}))

    markup = wording.say("tanya_sop", {}, ((Button(key, args=args),),)).markup

    assert markup is not None
    assert 0 < len(markup[0][0]["text"]) <= 60
    assert "<" not in markup[0][0]["text"]


def test_the_labels_of_the_contract_are_there_word_for_word() -> None:
    assert set(LABELS) - set(ENTRIES["tombol"].values()) == set()


@pytest.mark.parametrize("label", SOP_LABELS)
def test_the_labels_of_the_sops_are_there_word_for_word(label: str) -> None:
    sops = [path.read_text("utf-8") for path in (keys.ROOT / "flows/sops").glob("*.yaml")]

    assert any(re.search(rf"label(_kembali)?: {label}\b", text) for text in sops)


@pytest.mark.parametrize("sample", FINDINGS)
def test_a_finding_is_a_sentence_without_its_code(
    wording: Wording, sample: dict[str, Any]
) -> None:
    line = wording.sentence(sample)
    correction = wording.correction(sample)

    assert not re.search(r"None|Undefined|\{|\n|\b[EWN]\d\d\b", line + correction["perbaikan"])
    assert correction["sel"] == sample["sel"]
    assert correction["tertulis"] == sample["nilai"]
    assert correction["perbaikan"]


def test_the_tables_fit_thirty_columns(wording: Wording) -> None:
    board = seen(wording.say("papan", PESAN["papan"][0]).text)
    table = re.findall(r"^ {5}4.*|^[A-Z]{3}  .*|^1 .*", board, re.MULTILINE)

    assert len(table) == 5
    assert max(map(len, table)) <= 30

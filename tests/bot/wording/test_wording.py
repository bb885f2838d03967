"""Text and buttons out of keys and arguments; what is wrong with texts.yaml is told at once."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.wording.lengths import fitting, visible_length
from bot.wording.wording import TEXTS, TextsInvalid, Unworded, Wording
from flows.model.messages import Button
from flows.model.perintah import Dokumen, Perintah, Tugas
from flows.office.period import Period
from tests.bot.samples import (
    COLLEAGUES,
    FILLED_BY,
    PESAN,
    SAAT,
    SIGNING,
    TASK,
    TOAST,
    USED,
    finding,
)
from tests.bot.screen import seen
from tests.kantor import EXAMPLE

BEGIN = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording()


def texts_with(folder: Path, old: str, new: str) -> Path:
    copy = folder / "texts.yaml"
    source = TEXTS.read_text("utf-8")
    assert old in source
    copy.write_text(source.replace(old, new, 1), "utf-8")
    return copy


def buttons(*labels: str) -> tuple[Button, ...]:
    return tuple(Button("", "ok", "7-12", 3, label=label) for label in labels)


def labels_in(markup: list[list[dict[str, str]]] | None) -> Iterator[list[str]]:
    for row in markup or []:
        yield [key["text"] for key in row]


def test_a_refused_file_names_five_things_and_counts_the_rest(wording: Wording) -> None:
    findings = [finding("E03", example="85,50")] * 9
    args = {**TASK, "nama": "Format.xlsx", "temuan": findings, "sejak": None}

    shown = seen(wording.say("berkas_ditolak", args).text)

    assert "9 hal" in shown
    assert shown.count("Sel I12") == 5
    assert "… dan 4 hal lainnya" in shown


@pytest.mark.parametrize(
    ("key", "name", "entry", "shown", "rest"),
    [
        (
            "tugas_rekap_unit",
            "pengisi",
            FILLED_BY["pengisi"][1],
            "(percakapan)",
            "pengisi lainnya",
        ),
        ("isian_diterima", "rekan", COLLEAGUES[0], "tidak diubah oleh", "pengisi lainnya"),
        ("bukti_diterima", "dipakai", USED, "berkas yang sama", "pemakaian lainnya"),
        ("tugas_paraf", "rangkap", SIGNING["rangkap"][0], "memvalidasi data SEK", "lainnya."),
    ],
)
def test_a_list_that_is_cut_counts_what_it_leaves_out(
    wording: Wording, key: str, name: str, entry: dict[str, Any], shown: str, rest: str
) -> None:
    args = next(sample for sample in PESAN[key] if sample.get(name))
    six = seen(wording.say(key, {**args, name: [entry] * 6}).text)
    listed = six.count(shown)
    whole = seen(wording.say(key, {**args, name: [entry] * listed}).text)

    assert 1 < listed < 6
    assert f"dan {6 - listed} {rest}" in six
    assert rest not in whole


def test_the_line_of_the_act_just_done_stands_above_what_grows_out_of_it(
    wording: Wording,
) -> None:
    done = {"key": "selesai_divalidasi", "args": {**TASK, "saat": SAAT, "versi": 2}}

    text = wording.say("tugas_sampaikan", {**TASK, "versi": 2, "selesai": done}).text

    assert text.startswith("✅ Divalidasi 08.33, data KBK versi 2 terkunci.\n\nTugas Ibu: ")
    assert "(langkah 7/9)\nBatas: " in text
    assert "Yth." not in text


def test_without_such_a_line_the_holder_is_addressed(wording: Wording) -> None:
    text = wording.say("tugas_sampaikan", {**TASK, "versi": 2, "selesai": None}).text

    assert text.startswith("Yth. Ibu Kepala Bidang KBK,\n")


def test_a_row_too_wide_for_a_phone_becomes_several_in_order(wording: Wording) -> None:
    row = buttons("Isi lewat chat", "Minta perpanjangan", "Saya terkendala", "Batal")

    markup = wording.say("tanya_sop", {}, (row,)).markup

    assert list(labels_in(markup)) == [
        ["Isi lewat chat"],
        ["Minta perpanjangan"],
        ["Saya terkendala", "Batal"],
    ]


def test_a_button_carries_its_press_or_its_link(wording: Wording) -> None:
    press = Button("act", "ok", "7-12", 3, label="Validasi")
    link = Button("buka_percakapan", url="https://t.me/sigap_contoh_bot")

    markup = wording.say("tanya_sop", {}, ((press,), (link,))).markup

    assert markup == [
        [{"text": "Validasi", "callback_data": "ok:7-12:3"}],
        [{"text": "Buka percakapan", "url": "https://t.me/sigap_contoh_bot"}],
    ]


def test_without_buttons_there_is_no_keyboard(wording: Wording) -> None:
    assert wording.say("tanya_sop", {}, ()).markup is None


def test_a_label_is_not_escaped_for_it_is_no_html(wording: Wording) -> None:
    markup = wording.say("tanya_sop", {}, (buttons("Ya & <lanjut>"),)).markup

    assert markup == [[{"text": "Ya & <lanjut>", "callback_data": "ok:7-12:3"}]]


def test_control_characters_and_turned_writing_never_reach_telegram(wording: Wording) -> None:
    args = {"nilai": "a\x00b\x07c\u202ed\u2066e"}

    text = wording.say("tidak_dipahami", args).text

    assert text.startswith("“abcde” belum dipahami.")


def test_a_missing_argument_is_a_fault(wording: Wording) -> None:
    with pytest.raises(Unworded, match="paling_sedikit"):
        wording.say("terlalu_pendek", {})


def test_an_unknown_key_is_a_fault(wording: Wording) -> None:
    with pytest.raises(Unworded, match=re.escape("pesan.tak_ada: KeyError")):
        wording.say("tak_ada", {})


def test_all_broken_templates_are_told_at_once(tmp_path: Path) -> None:
    texts = texts_with(tmp_path, "Sifat perintah?", "Sifat {{ perintah?")
    broken = texts.read_text("utf-8").replace("|daftar(5)", "|tak_ada(5)")
    texts.write_text(broken.replace("'bagian.arahan'", "'bagian.arah'"), "utf-8")

    with pytest.raises(TextsInvalid) as refused:
        Wording(texts)

    told = {mistake.path for mistake in refused.value.mistakes}
    assert {"pesan.tanya_sifat", "bagian.rekap", "pesan.grup_perintah"} <= told
    assert str(texts) in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("\nmenu:\n", "\nmakanan:\n", "menu: is missing"),
        ("  tanya_sifat: Sifat perintah?", "  tanya_sifat: [Sifat]", "pesan.tanya_sifat"),
        ("  tanya_sifat: Sifat", "  tanya_sop: Sifat", "'tanya_sop' stands twice"),
        ("\nmenu:\n", "\nmenu: {\n", "line"),
    ],
)
def test_a_file_of_texts_with_mistakes_is_refused(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    texts = texts_with(tmp_path, old, new)

    with pytest.raises(TextsInvalid, match=re.escape(told)):
        Wording(texts)


def ordered() -> Perintah:
    """An order of two units whose meeting is to be held; SEK has sent its data in."""
    parts = {"perintah_id": 1, "role": "x", "round": 1, "opened_at": BEGIN}
    done = [Tugas(seq=n, act=f"{n}", unit="SEK", state="selesai", **parts) for n in range(4, 8)]
    receipt = Tugas(seq=8, act="8t", unit="SEK", state="buka", **parts)
    meeting = Tugas(seq=9, act="4", unit="KBK", due_at=BEGIN + timedelta(hours=1), **parts)
    return Perintah(
        id=1,
        number=1,
        year=2026,
        sop="PENGUMPULAN",
        sop_version=1,
        form="indikator",
        period=Period(2026, 3),
        units=("SEK", "KBK"),
        sifat="Biasa",
        arahan="",
        started_at=BEGIN,
        issued_at=BEGIN,
        issued_by=1,
        target_at=BEGIN,
        tugas=(*done, receipt, meeting),
    )


def test_the_board_shows_each_unit_at_its_step_and_its_limit(wording: Wording) -> None:
    late = BEGIN + timedelta(hours=2)

    said = wording.board(ordered(), EXAMPLE.setting(), "1b7e04a9", late)

    assert said.markup is None
    assert seen(said.text).splitlines() == [
        "Papan No. 001/2026 · Sel 24 Nov 10.00",
        "Pengumpulan Data Kinerja TW III 2026",
        "     4 5 6 7 8  batas",
        "SEK  ✓ ✓ ✓ ✓ »  masuk",
        "KBK  » · · · ·  !Sel 09.00",
        "1 perintah ·  2 format ·",
        "3 sebar ·  9 rekap ·",
        "penutup ·",
        "4 rapat · 5 isi · 6 rekap · 7 validasi · 8 kirim",
        "✓ selesai » berjalan « kembali ! lewat",
        "Diterima 0 dari 2 unit · kode catatan 1B7E-04A9",
    ]


def test_the_board_of_what_is_finished_tells_its_time_and_its_figures(wording: Wording) -> None:
    figures = {"kode": "SEK", "mentah": "97.19", "kategori": "Sangat Tinggi"}
    rekap = Dokumen(1, "rekap", None, 1, {"isi": {"units": [{"figures": figures}]}}, "0", BEGIN)
    end = BEGIN + timedelta(hours=3)
    ended = ordered()._replace(units=("SEK",), dokumen=(rekap,), status="selesai", finished_at=end)

    shown = seen(wording.board(ended, EXAMPLE.setting(), "7702fb5c", end).text).splitlines()

    assert shown[0] == "Papan No. 001/2026 · selesai Sel 24 Nov 11.00"
    assert shown[2:4] == ["     4 5 6 7 8  capaian", "SEK  ✓ ✓ ✓ ✓ »  97,19 ST"]
    assert max(map(len, shown[2:-3])) <= 30, "the table fits a phone"
    assert shown[-3] == "4 rapat · 5 isi · 6 rekap · 7 validasi · 8 kirim"
    assert shown[-2:] == [
        "3 jam kerja dari 4 hari kerja 4 jam 15 menit (2.055 menit)",
        "kode catatan 7702-FB5C",
    ]


def test_what_is_shown_can_be_read_back(wording: Wording) -> None:
    args = {"nilai": "A & B <c> \"d\" 'e'"}

    text = wording.say("tidak_dipahami", args).text

    assert html.unescape(text).startswith("“A & B <c> \"d\" 'e'” belum")


def test_a_toast_says_what_became_of_the_task(wording: Wording) -> None:
    ended = {**TOAST["sudah_diproses"], "hasil": "dikembalikan"}

    assert (
        wording.toast("sudah_diproses", ended)
        == "Sudah dikembalikan oleh Ibu Herlina Sumbolan, Sel 24 Nov 08.33."
    )
    assert "tidak diperlukan lagi" in wording.toast("sudah_diproses", {**ended, "hasil": "_batal"})


def test_the_findings_read_as_the_domain_asks(wording: Wording) -> None:
    not_a_number = finding("E04", reason="text", suggestion="3.912", example="3.912")
    ambiguous = finding("E05", example="85,50", decimal="13,20", thousands="13.200,00")
    changed = {**finding("E09", expected="23,00"), "kolom": "Target", "nilai": "21,00"}

    assert (
        wording.sentence(not_a_number)
        == "Sel I12 (Realisasi, KBK-03): “3.9l2” bukan angka. Contoh yang benar: 3.912"
    )
    assert wording.sentence(ambiguous).endswith(
        "bermakna ganda. Bila desimal: 13,20; bila ribuan: 13.200,00"
    )
    assert (
        wording.sentence(changed)
        == "Sel I12 (Target, KBK-03): target diubah menjadi 21,00. Yang benar: 23,00"
    )


@pytest.mark.parametrize("filler", ["kata ", "&amp;", "😀", "<b>x</b> "])
def test_what_is_longer_than_a_message_is_cut_with_a_word_and_its_marks_closed(
    filler: str,
) -> None:
    cut = fitting(f"<b>Judul</b>\n<code>{filler * 2000}</code>", 200, "… (dipotong)")

    assert 180 < visible_length(cut) <= 200
    assert re.search(r"… \(dipotong\)(</b>)?</code>$", cut)
    assert cut.count("<b>") == cut.count("</b>")
    assert fitting("<b>pendek</b>", 6, "…") == "<b>pendek</b>"

"""Words compared as people type them."""

import pytest

from flows.text.words import (
    codes_in,
    codes_picked,
    is_sentence,
    is_small_talk,
    plain_words,
    same_words,
    short_codes,
)

KNOWN = ("PPA-01", "PPA-06", "KBK-03")


def test_icons_case_and_spaces_do_not_count() -> None:
    assert plain_words("✅  Kirim ke-semua  Unit!") == "kirim ke semua unit"
    assert same_words("✅ Kirim", "kirim ")
    assert not same_words("Kirim", "Kirimkan")
    assert not same_words("", ""), "no label is no label"


@pytest.mark.parametrize(
    ("text", "found", "unknown"),
    [
        ("ppa06 kbk-03", ("PPA-06", "KBK-03"), ()),
        ("PPA 6, ppa-06 dan PPA-1", ("PPA-06", "PPA-01"), ()),
        ("PPA-09 ppa01", ("PPA-01",), ("PPA-09",)),
        ("foto kegiatan", (), ()),
        ("xyz-1 xyz-1", (), ("XYZ-1",)),
    ],
)
def test_codes_are_found_in_what_was_written(
    text: str, found: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    assert codes_in(text, KNOWN) == (found, unknown)


@pytest.mark.parametrize(
    "text",
    [
        "siap",
        "Baik Pak",
        "siap bu, terima kasih",
        "Terima kasih banyak, Ibu 🙏",
        "ok siap laksanakan",
        "Selamat pagi, Pak.",
        "Baik, akan segera dilaksanakan",
        "🙏",
        "👍🏽",
    ],
)
def test_small_talk_is_understood_by_words(text: str) -> None:
    assert is_small_talk(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "...",
        "terima",
        "pak",
        "baik, tetapi DAL-02 belum ada",
        "siap 85,50",
        "ya 12",
        "sudah",
    ],
)
def test_whatever_says_more_is_no_small_talk(text: str) -> None:
    assert not is_small_talk(text)


def test_codes_are_told_apart_by_their_digits() -> None:
    assert short_codes(("KBK-05", "KBK-08")) == {"KBK-05": "05", "KBK-08": "08"}
    assert short_codes(("KBK-05",)) == {"KBK-05": "KBK-05"}
    assert short_codes(("KBK-05", "PPA-05")) == {"KBK-05": "KBK-05", "PPA-05": "PPA-05"}
    assert short_codes(("SEK", "DAL")) == {"SEK": "SEK", "DAL": "DAL"}


@pytest.mark.parametrize(
    ("text", "found", "unknown"),
    [
        ("ppa06 kbk03 xx-9", ("PPA-06", "KBK-03"), ("XX-9",)),
        ("kbk 3; PPA-1", ("KBK-03", "PPA-01"), ()),
        ("6 dan 1", (), ("6", "1")),
        ("PPA-061", (), ("PPA-061",)),
    ],
)
def test_a_list_of_codes_is_read_word_by_word(
    text: str, found: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    assert codes_picked(text, KNOWN) == (found, unknown)


def test_digits_alone_name_a_row_of_one_unit() -> None:
    assert codes_picked("kbk-05, 8 dan 12", ("KBK-05", "KBK-08")) == (
        ("KBK-05", "KBK-08"), ("12",),
    )  # fmt: skip
    assert codes_picked("DAL, sek", ("SEK", "DAL")) == (("DAL", "SEK"), ())


@pytest.mark.parametrize(
    ("text", "is_note"),
    [
        ("Tidak sesuai dengan rekap DP3, 15 peserta", True),
        ("KBK-03 tidak sesuai laporan, 15 peserta belum masuk", True),
        ("ppa06 kbk03 xx-9 dan baris nomor 5", False),
        ("yang salah PPA-06 juga 7 pak", False),
        ("sec, dam", False),
    ],
)
def test_a_sentence_is_no_list_of_codes(text: str, is_note: bool) -> None:
    assert is_sentence(text, KNOWN) == is_note

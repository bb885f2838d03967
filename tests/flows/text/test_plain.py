"""Text as people type it: cleaned, cut and folded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.text.plain import (
    clean_text,
    cut,
    cut_words,
    fold,
    fold_words,
    shape,
    within_sentence,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  dua   kata ", "dua kata"),
        ("satu\r\n\r\n  dua\t tiga", "satu\ndua tiga"),
        ("a\u200bb\x00c\ufeff", "abc"),
        ("kafe\u0301", "kaf\u00e9"),
        ("👨\u200d👩", "👨\u200d👩"),
        ("\n \n", ""),
    ],
)
def test_control_and_invisible_characters_go(text: str, expected: str) -> None:
    assert clean_text(text) == expected


@given(st.text())
def test_cleaned_text_is_clean(text: str) -> None:
    cleaned = clean_text(text)

    assert clean_text(cleaned) == cleaned
    assert "\x00" not in cleaned
    assert "  " not in cleaned


@given(st.text(), st.integers(1, 50))
def test_cut_text_is_one_line_of_at_most_that_length(text: str, length: int) -> None:
    line = cut(text, length)

    assert len(line) <= length
    assert "\n" not in line


def test_what_is_cut_ends_in_an_ellipsis() -> None:
    assert cut("Laporan bidang", 14) == "Laporan bidang"
    assert cut("Laporan bidang", 13) == "Laporan bida…"


def test_headings_are_compared_by_letters_and_digits() -> None:
    assert fold("Realisasi s.d. TW III (%)") == fold("REALISASI sd TW-III") == "realisasisdtwiii"


@pytest.mark.parametrize("text", ["KBK-03", "kbk – 03", " Kbk\u221203 ", "ＫＢＫ-03"])
def test_codes_are_compared_without_case_spaces_and_kinds_of_dash(text: str) -> None:
    assert fold_words(text) == "kbk-03"


def test_other_characters_tell_codes_apart() -> None:
    assert fold_words("KBK.03") != fold_words("KBK-03")


def test_the_build_of_a_code() -> None:
    assert shape("KBK-03") == shape("PPA-7") == "a-0"
    assert shape("1.2.a") == "0.0.a"


def test_a_line_is_cut_behind_a_whole_word() -> None:
    assert cut_words("dua kata", 8) == "dua kata"
    assert cut_words("dua  kata", 7) == "dua…"
    assert cut_words("satu, dua, tiga", 11) == "satu, dua…"
    assert cut_words("satukata", 5) == "satu…"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rapat unit SEK", "rapat unit SEK"),
        ("DP2KBP3A", "DP2KBP3A"),
        ("Kepala Dinas meneliti", "Kepala Dinas meneliti"),
        ("Perintah", "perintah"),
        ("", ""),
    ],
)
def test_a_name_within_a_sentence_has_a_small_first_letter(text: str, expected: str) -> None:
    assert within_sentence(text) == expected

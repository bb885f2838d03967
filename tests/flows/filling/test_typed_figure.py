"""A figure typed in the chat: how it is read, and whose row it names."""

import pytest

from flows.filling.typed_figure import mistake, not_his, parse_figure, typed_row, wants_note
from flows.model.messages import Message
from flows.model.perintah import Bagian
from flows.turn.turn import Turn
from tests.flows.sample import INDICATORS
from tests.flows.small_office import COLLEAGUE, FILLER, NAMES, a_turn, an_order, filling

BY_CODE = {indicator.kode: indicator for indicator in INDICATORS}
ORDER = an_order(
    filling(codes=("DAL-04", "DAL-05")),
    bagian=(
        Bagian("DAL", FILLER, ("DAL-04", "DAL-05")), Bagian("DAL", COLLEAGUE, ("DAL-06",)),
    ),
)  # fmt: skip
TUGAS = ORDER.tugas[0]


def turn() -> Turn:
    return a_turn(FILLER, ORDER)


@pytest.mark.parametrize(
    ("kode", "text", "said"),
    [
        ("DAL-04", "48", "48"),
        ("KBK-03", "3.912", "3912 3.912"),
        ("DAL-05", "78,30", "78.30"),
        ("DAL-05", "n/a", "n/a"),
        ("DAL-05", "Lewati", "lewati"),
        ("DAL-05", "sebelumnya", "kembali"),
        ("DAL-05", "100,01", None),
        ("DAL-05", "-1", None),
        ("DAL-05", "belum tahu", None),
        ("KBK-03", "3,912", "?3,912"),
        ("KBK-03", "2,5", None),
        ("KBK-03", "-5", None),
        ("KBK-03", "nihil", None),
        ("KBK-03", "10 orang", None),
        ("KBK-03", "10%", None),
        ("KBK-03", "1 000", "1000 1 000"),
        ("KBK-03", "12 ribu", "?12 ribu"),
        ("DAL-05", "12 ribu", None),
        ("DAL-05", "63.800", "?63.800"),
        ("DAL-05", "85 persen", "?85 persen"),
        ("DAL-05", "78.3", "78.30 78.3"),
        ("DAL-03", "-0,5", "-0.50"),
    ],
)
def test_a_figure_is_read_as_its_indicator_wants_it(
    kode: str, text: str, said: str | None
) -> None:
    assert parse_figure(text, BY_CODE[kode], 3) == said


@pytest.mark.parametrize(
    ("kode", "text", "code", "words"),
    [
        ("KBK-03", "nihil", "E04", {"reason": "nothing"}),
        ("KBK-03", "10 orang", "E04", {"reason": "text", "suggestion": "10"}),
        ("KBK-03", "2,5", "E05", {"decimal": "2,5"}),
        ("KBK-03", "-5", "E04", {"reason": "negative", "satuan": "peserta"}),
        ("KBK-03", "85 persen", "E04", {"reason": "percent", "satuan": "peserta"}),
        ("DAL-05", "150", "E06", {"min": "0", "max": "100"}),
        ("DAL-05", "12 ribu", "E06", {"reading": "12.000,00"}),
        ("DAL-05", "'", "E03", {"example": "85,50"}),
    ],
)
def test_what_is_no_figure_is_told_as_for_a_file(
    kode: str, text: str, code: str, words: dict[str, str]
) -> None:
    found = mistake(text, BY_CODE[kode], 3)

    assert (found.code, found.kode) == (code, kode)
    assert words.items() <= found.args.items()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dal04 48", ("DAL-04", "48", True, True)),
        ("DAL-04 sudah dicek", ("DAL-04", "sudah dicek", True, False)),
        ("DAL-06 91", ("DAL-06", "91", False, True)),
        ("PPR-01 90", ("PPR-01", "90", False, True)),
        ("PPR-99 90", ("PPR-99", "90", False, True)),
    ],
)
def test_a_typed_row_is_ones_own_or_another_s(
    text: str, expected: tuple[str, str, bool, bool]
) -> None:
    assert typed_row(turn(), TUGAS, text) == expected


def test_other_words_name_no_row() -> None:
    assert typed_row(turn(), TUGAS, "selamat pagi") is None
    assert typed_row(turn(), TUGAS, "48") is None


def test_whose_row_it_is_is_told() -> None:
    refused = not_his(turn(), TUGAS, "DAL-06")

    (told,) = (o for o in refused.out if isinstance(o, Message))
    assert refused.is_refused
    assert (told.key, told.args["bidang"]) == ("bukan_bagian", "DAL")
    assert [person["nama"] for person in told.args["pengisi"]] == [NAMES[COLLEAGUE]]
    assert told.args["baris"] == ["DAL-04", "DAL-05"]


def test_a_code_that_nobody_has_is_told_with_the_nearest_of_his() -> None:
    (told,) = (o for o in not_his(turn(), TUGAS, "DAL-44").out if isinstance(o, Message))

    assert (told.key, dict(told.args)) == (
        "kode_tak_dikenal", {"nilai": "DAL-44", "terdekat": "DAL-04"},
    )  # fmt: skip


def test_only_what_is_not_available_wants_a_note() -> None:
    assert wants_note(turn(), TUGAS, "DAL-04", "n/a")
    assert not wants_note(turn(), TUGAS, "DAL-04", "55")
    assert not wants_note(turn(), TUGAS, "DAL-04", "lewati")
    assert not wants_note(turn(), TUGAS, "DAL-04", "?1.234")

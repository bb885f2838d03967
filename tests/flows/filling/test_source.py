"""The question for a source: that of the last period comes first, if there is one."""

from dataclasses import replace

import pytest

from flows.dialogs.question import Question
from flows.filling.source import has_sources, source_question
from flows.office.period import Period
from tests.flows.sample import isian_of
from tests.flows.small_office import FILLER, a_turn, an_order, filling

ROW = replace(isian_of("DAL")[3], kode="DAL-04")


def asked(period: Period, sumber: str = "Laporan balai") -> Question:
    former = {period.former.code: {"DAL-04": replace(ROW, sumber=sumber)}}
    turn = a_turn(FILLER, an_order(filling(), period=period), former=former)
    assert has_sources(turn)
    return source_question(turn, "DAL-04", "tanya_sumber", {})


@pytest.mark.parametrize(
    ("period", "name"),
    [
        (Period(2026, 3), "TW II"),
        (Period(2026, 1), "TW IV 2025"),
        (Period(2026, 0), "Tahun 2025"),
    ],
)
def test_the_former_period_is_named_without_the_present_year(period: Period, name: str) -> None:
    (first,) = asked(period).choices

    assert (first.key, first.value) == ("sumber_lalu", "Laporan balai")
    assert first.args == {"sumber": "Laporan balai", "periode": name}


def test_without_a_former_source_none_is_offered() -> None:
    assert asked(Period(2026, 3), sumber="").choices == ()


def test_words_that_move_on_are_no_source() -> None:
    parse = asked(Period(2026, 3)).parse

    assert parse is not None
    assert [parse(word) for word in ("Kembali", "lewati", "Rilis BPS")] == [
        "kembali", "lewati", "Rilis BPS",
    ]  # fmt: skip

"""The perintah as a value: what is asked of it, and how it changes."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.forms.form import Isian
from flows.model.perintah import Bagian
from tests.flows.small_office import (
    COLLEAGUE,
    FILLER,
    a_paper,
    an_order,
    data_of,
    filling,
    finding,
    task,
)


def test_the_number_has_three_digits_and_its_year() -> None:
    assert an_order().nomor == "007/2026"
    assert an_order(number=1234).nomor == "1234/2026"


@pytest.mark.parametrize(
    ("ref", "seq"),
    [
        ("7-1", 1),
        ("7-2", 2),
        ("7-3", None),
        ("7-0", None),
        ("8-1", None),
        ("7", None),
        ("7-x", None),
    ],
)
def test_a_tugas_is_found_by_its_number(ref: str, seq: int | None) -> None:
    found = an_order(filling(), task("7", "kepala_unit", "DAL")).task(ref)

    assert (found.seq if found else None) == seq


@given(st.integers(1, 5))
def test_each_tugas_is_found_by_its_own_reference(count: int) -> None:
    perintah = an_order(*[filling() for _ in range(count)])

    assert [perintah.task(t.ref) for t in perintah.tugas] == list(perintah.tugas)


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ((), False),
        (("buka",), False),
        (("selesai",), True),
        (("ulang", "selesai"), True),
        (("selesai", "buka"), False),
        (("selesai", "tahan"), False),
        (("ulang", "batal"), False),
    ],
)
def test_an_act_is_done_when_something_is_and_nothing_is_open(
    states: tuple[Any, ...], expected: bool
) -> None:
    perintah = an_order(*[filling(state=state) for state in states])

    assert perintah.is_done("5", "DAL") is expected
    assert not perintah.is_done("5", "PPR")


def test_the_latest_version_counts() -> None:
    perintah = an_order(data=(data_of("DAL", 2), data_of("DAL", 1), data_of("PPR", 3)))

    latest = perintah.latest("DAL")
    assert latest is not None
    assert latest.version == 2
    assert perintah.latest("SEK") is None


def test_the_last_paper_of_a_kind_counts() -> None:
    perintah = an_order(dokumen=(a_paper("rekap", 1, 1), a_paper("rekap", 2, 2)))

    paper = perintah.paper("rekap")
    assert paper is not None
    assert (paper.seq, paper.code) == (2, "AB12-CD34")
    assert perintah.paper("rekap", "DAL") is None


def test_findings_stand_unless_they_were_dropped_or_dealt_with() -> None:
    found = (
        finding("PPR-01", 1), finding("DAL-01", 2, verdict="terbukti"),
        finding("DAL-02", 3, verdict="gugur"), finding("SEK-01", 4, verdict="selesai"),
    )  # fmt: skip
    perintah = an_order(temuan=found)

    assert [t.seq for t in perintah.standing()] == [1, 2]
    assert [t.seq for t in perintah.standing("DAL")] == [2]
    assert perintah.affected == ("PPR", "DAL")


def test_a_changed_tugas_takes_the_place_of_the_old_one() -> None:
    perintah = an_order(filling(), filling(), filling())
    changed = perintah.tugas[1]._replace(note="x")

    assert [t.note for t in perintah.with_tugas(changed).tugas] == ["", "x", ""]
    assert len(perintah.with_tugas(changed._replace(seq=4)).tugas) == 4


def test_rows_stand_in_the_order_of_their_codes() -> None:
    part = Bagian("DAL", FILLER, ("DAL-01", "DAL-02"))
    for kode in ("DAL-02", "DAL-01", "DAL-02"):
        part = part.with_row(Isian(kode, sumber=kode))

    assert [row.kode for row in part.rows] == ["DAL-01", "DAL-02"]
    assert part.row("DAL-02") == Isian("DAL-02", sumber="DAL-02")
    assert part.row("DAL-03") is None


def test_parts_and_findings_are_replaced_by_their_owner() -> None:
    mine, other = Bagian("DAL", FILLER, ("DAL-01",)), Bagian("DAL", COLLEAGUE, ("DAL-02",))
    perintah = an_order().with_part(mine).with_part(other)
    perintah = perintah.with_part(mine._replace(version=1))

    assert perintah.part("DAL", FILLER) == mine._replace(version=1)
    assert perintah.part("DAL", COLLEAGUE) == other
    assert len(perintah.parts("DAL")) == 2
    told = finding("DAL-01")
    again = perintah.with_finding(told).with_finding(told._replace(verdict="gugur"))
    assert [t.verdict for t in again.temuan] == ["gugur"]


def test_frozen_data_is_not_changed_by_a_later_version() -> None:
    first = data_of("DAL")
    later = first._replace(version=2, rows=(replace(first.rows[0], keterangan="x"),))
    perintah = an_order().with_data(first).with_data(later)

    assert perintah.data == (first, later)
    assert first.row("DAL-01") == first.rows[0]

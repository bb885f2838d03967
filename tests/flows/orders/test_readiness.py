"""/siap: what an order needs before it is given."""

from dataclasses import replace
from typing import Any

from flows.model.messages import Message
from flows.model.view import Group
from flows.office.people import Roster
from flows.orders.readiness import show
from tests.flows.small_office import (
    ADMIN,
    FILLER,
    KADIS,
    NAMES,
    OTHER_HEAD,
    PEOPLE,
    a_turn,
    roster,
)


def shown(**view: Any) -> Message:
    turn = a_turn(ADMIN, **view)
    assert show(turn, "") is None
    (told,) = (o for o in turn.speech.out if isinstance(o, Message))
    return told


def test_people_without_an_account_are_counted_and_named() -> None:
    people = tuple(replace(p, is_bound=p.id != OTHER_HEAD) for p in PEOPLE)
    told = shown(people=Roster(people, roster().penugasan))

    assert (told.args["aktif"], told.args["semua"]) == (9, 10)
    assert told.args["belum"] == [NAMES[OTHER_HEAD]]


def test_vacant_posts_are_offered_to_be_filled() -> None:
    told = shown()

    vacant = [gap["peran"] for gap in told.args["kosong"] if gap["unit"] == "PPA"]
    assert "Kepala Bidang Perlindungan Perempuan dan Anak" in vacant
    assert not any(gap["unit"] == "DAL" for gap in told.args["kosong"])
    assert [b.key for row in told.rows for b in row] == ["tetapkan_pejabat", "periksa_lagi"]


def test_group_calendar_and_master_rows_are_told() -> None:
    told = shown(group=Group(-100, None, "Grup kantor", can_pin=False))

    assert (told.args["grup"], told.args["sematkan"]) == (True, False)
    assert (told.args["tahun"], told.args["libur"]) == (2026, 2)
    assert (told.args["indikator"], told.args["tanpa_indikator"]) == (37, [])
    assert shown(group=None).args["grup"] is False


def test_only_those_who_order_or_administer_see_it() -> None:
    assert show(a_turn(KADIS), "") is None
    refused = show(a_turn(FILLER), "")
    assert refused is not None
    assert refused.is_refused

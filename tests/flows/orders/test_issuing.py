"""A perintah comes into being: its number, its limit, the posts it needs."""

from flows.model.view import Heads
from flows.office.period import Period
from flows.orders.issuing import is_running, new_perintah, vacancies
from tests.flows.small_office import (
    KADIS,
    NOW,
    OTHER_HEAD,
    SEKRETARIS,
    a_turn,
    an_order,
    head_of,
    roster,
    setting,
)
from tests.kantor import wita

SOP = setting().book.newest("PENGUMPULAN")
PERIOD = Period(2026, 3)


def test_an_order_takes_the_next_number_and_the_critical_path_as_its_target() -> None:
    """15 + 30 + 15 + 60 + 3 x 480 + 15 + 480 minutes: 2,055, four days and 255 minutes."""
    turn = a_turn(KADIS, next_id=12, next_number=8)
    made = new_perintah(turn, SOP, PERIOD, "indikator", ("DAL",), wita(24, "07.30"))

    assert (made.id, made.nomor, made.status) == (12, "008/2026", "berjalan")
    assert (made.issued_by, made.issued_at, made.sifat) == (KADIS, NOW, "Biasa")
    assert SOP.total_minutes == 2055
    assert made.target_at == wita(30, "11.45")


def test_the_posts_nobody_fills_are_named_each_once() -> None:
    units = ("DAL", "PPR")
    assert vacancies(a_turn(None), SOP, ("DAL",)) == []
    gaps = vacancies(a_turn(None, people=roster(without=OTHER_HEAD)), SOP, units)
    assert {"peran": "Kepala Bidang Pemberdayaan Perempuan", "unit": "PPR"} in gaps
    assert {gap["unit"] for gap in gaps} == {"PPR"}
    top = vacancies(a_turn(None, people=roster(without=SEKRETARIS)), SOP, ("DAL",))
    assert top == [{"peran": "Sekretaris", "unit": None}]


def test_an_order_of_the_same_sop_period_and_form_runs_already() -> None:
    running = head_of(an_order())
    turn = a_turn(None, heads=Heads((running,)))

    assert is_running(turn, "PENGUMPULAN", PERIOD, "indikator") == "007/2026"
    assert is_running(turn, "PERBAIKAN", PERIOD, "indikator") == ""
    assert is_running(turn, "PENGUMPULAN", PERIOD.former, "indikator") == ""
    for status, number in (("menunggu", "007/2026"), ("selesai", ""), ("batal", "")):
        turn = a_turn(None, heads=Heads((head_of(an_order(status=status)),)))
        assert is_running(turn, "PENGUMPULAN", PERIOD, "indikator") == number

"""Who fills which post on one day."""

from datetime import date

from flows.office.kantor import Incumbents
from flows.office.people import Post
from tests.flows.small_office import KADIS, SEKRETARIS, acting, roster, setting

TOP = Post("kepala_dinas")
PLH = acting(
    SEKRETARIS, "kepala_dinas", None, "Plh", mulai=date(2026, 11, 24), selesai=date(2026, 11, 26)
)


def on(day: int) -> Incumbents:
    return Incumbents(setting().office, roster(PLH), date(2026, 11, day))


def test_a_plh_takes_the_post_from_his_first_day_to_his_last() -> None:
    holders = [[p.id for p in on(day).holders(TOP)] for day in (23, 24, 26, 27)]

    assert holders == [[KADIS], [SEKRETARIS], [SEKRETARIS], [KADIS]]


def test_the_right_is_that_of_the_day() -> None:
    plh, definitif = on(25).mandate(SEKRETARIS, TOP), on(27).mandate(KADIS, TOP)

    assert plh == PLH
    assert definitif is not None
    assert definitif.jenis == "definitif"
    assert on(25).mandate(KADIS, TOP) is None


def test_answers_are_the_same_when_asked_again() -> None:
    day = on(25)

    assert day.holders(TOP) is day.holders(TOP)
    assert day.posts_of(SEKRETARIS) == day.posts_of(SEKRETARIS)
    assert TOP in day.posts_of(SEKRETARIS)
    assert day.mandate(KADIS, TOP) is day.mandate(KADIS, TOP)

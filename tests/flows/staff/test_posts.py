"""Who holds a post already, where only one can."""

from datetime import date
from typing import Any

import pytest

from flows.office.people import Post
from flows.staff.posts import clash
from tests.flows.small_office import SEKRETARIS, acting, roster, setting

TOP = Post("kepala_dinas")
HELD = acting(
    SEKRETARIS, "kepala_dinas", None, "Plh", mulai=date(2026, 11, 10), selesai=date(2026, 11, 20)
)


@pytest.mark.parametrize(
    ("first", "last", "is_taken"),
    [
        (date(2026, 11, 20), None, True),
        (date(2026, 11, 21), None, False),
        (date(2026, 11, 1), date(2026, 11, 9), False),
        (date(2026, 11, 1), date(2026, 11, 10), True),
        (date(2026, 11, 12), date(2026, 11, 13), True),
    ],
)
def test_two_times_clash_on_a_day_they_share(
    first: date, last: date | None, is_taken: bool
) -> None:
    found = clash(setting().office, roster(HELD), TOP, "Plh", first, last)

    assert found == (HELD if is_taken else None)


@pytest.mark.parametrize(
    ("post", "jenis"),
    [(TOP, "Plt"), (Post("sekretaris"), "Plh"), (Post("pelaksana", "DAL"), "Plh")],
)
def test_another_right_post_or_a_role_of_many_does_not_clash(post: Post, jenis: Any) -> None:
    assert clash(setting().office, roster(HELD), post, jenis, date(2026, 11, 12), None) is None


def test_an_open_end_holds_the_post_for_ever() -> None:
    found = clash(setting().office, roster(), TOP, "definitif", date(2099, 1, 1), None)

    assert found is not None
    assert found.jabatan == "Kepala Dinas"

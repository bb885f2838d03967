"""Working minutes in days of the office, hours and minutes."""

import pytest

from flows.text.durations import Spans, whole


@pytest.mark.parametrize(
    ("minutes", "written"),
    [
        (15, "15 menit kerja"),
        (60, "60 menit kerja"),
        (120, "2 jam kerja"),
        (196, "3 jam 16 menit kerja"),
        (450, "1 hari kerja (450 menit)"),
        (480, "1 hari kerja 30 menit (480 menit)"),
        (930, "2 hari kerja 30 menit (930 menit)"),
        (2055, "4 hari kerja 4 jam 15 menit (2.055 menit)"),
    ],
)
def test_working_minutes_are_written_in_days_of_the_office(minutes: int, written: str) -> None:
    assert Spans().menit(minutes) == written


def test_minutes_behind_a_moment_have_no_brackets_within_brackets() -> None:
    assert Spans().beserta(60) == " (60 menit kerja)"
    assert Spans().beserta(480) == ", 1 hari kerja 30 menit (480 menit)"


def test_lateness_is_written_without_its_sum() -> None:
    assert Spans().lama(496) == "1 hari kerja 46 menit"
    assert Spans(420).lama(496) == "1 hari kerja 1 jam 16 menit"


def test_whole_numbers_have_points() -> None:
    assert [whole(number) for number in (45, 2055, 1200000)] == ["45", "2.055", "1.200.000"]

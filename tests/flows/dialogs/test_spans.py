"""Spans of a meeting as people write them."""

import pytest

from flows.dialogs.spans import held_at
from tests.flows.small_office import a_turn
from tests.kantor import wita


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("24-11-2026, 08.30-08.55, ruang bidang", "24-11-2026, 08.30-08.55, ruang bidang"),
        ("08.30 - 08.55 ruang bidang", "24-11-2026, 08.30-08.55, ruang bidang"),
        ("tadi jam 8 sampai 9 pagi di aula", "24-11-2026, 08.00-09.00, aula"),
        ("kemarin pukul 14.00 s.d. 15.30", "23-11-2026, 14.00-15.30"),
        ("Senin jam 2-3 sore, ruang rapat II", "23-11-2026, 14.00-15.00, ruang rapat II"),
        ("tadi pagi di aula", "tadi pagi di aula"),
        ("24-11-2026, 08.30-10.30, aula", None),
        ("24-11-2026, 09.30-09.00, aula", None),
        ("besok 08.00-09.00", None),
        ("25-11-2026, aula", None),
        ("jam 3 sore di aula", None),
        ("31-02-2026, aula", None),
        ("31-02-2026, 08.00-09.00, aula", None),
        ("30-02, 08.00-09.00, aula", None),
        ("31 Februari, 08.00-09.00, aula", None),
        ("Jumat, 24-11-2026, 08.00-09.00, aula", None),
        ("23-11 08.00-09.00, aula", "23-11-2026, 08.00-09.00, aula"),
        ("08.00-25.00, aula", None),
    ],
)
def test_a_meeting_has_ended(text: str, held: str | None) -> None:
    assert held_at(a_turn(now=wita(24, "10.00")), text) == held

"""What a line of /perintah answers, and which of its words are left over."""

import pytest

from flows.orders.order_line import STRANGE, ask_strange, read_line
from tests.flows.small_office import KADIS, a_turn

ORDER = {"sop": "PENGUMPULAN", "periode": "2026-TW3"}


@pytest.mark.parametrize(
    ("line", "answers", "strange"),
    [
        ("pengumpulan TW III 2026", ORDER, []),
        ("Pengumpulan data kinerja untuk TW 3", ORDER, []),
        (
            "pengumpulan pegawai TW III 2026",
            {"sop": "PENGUMPULAN", "periode": "2026-TW3"},
            ["pegawai"],
        ),
        (
            "TW III bulanan 2026 pengumpulan",
            {"sop": "PENGUMPULAN", "periode": "2026-TW3"},
            ["bulanan"],
        ),
        ("pengumpulan: Mohon segera.", {"sop": "PENGUMPULAN", "arahan": "Mohon segera."}, []),
    ],
)
def test_each_word_answers_or_is_left_over(
    line: str, answers: dict[str, str], strange: list[str]
) -> None:
    assert read_line(a_turn(KADIS), line) == (answers, strange)


def test_what_was_understood_is_offered() -> None:
    turn = a_turn(KADIS)

    asked = ask_strange(turn, {"sop": "PENGUMPULAN", "periode": "2026-TW3", STRANGE: ["pegawai"]})

    assert asked is not None
    assert asked.args["dipahami"] == ["Pengumpulan Data Kinerja", "TW III 2026"]
    assert ask_strange(turn, {"sop": "PENGUMPULAN"}) is None

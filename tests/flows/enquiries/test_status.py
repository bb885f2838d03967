"""Which perintah /status and its like show, and who sees the rekap."""

import pytest

from flows.enquiries.status import STATUS, show_rekap, show_status
from flows.model.changes import Decision
from flows.model.messages import Message
from flows.model.perintah import Perintah
from flows.model.view import Heads
from flows.papers.rekap import compile_rekap
from flows.turn.turn import Turn
from tests.flows.small_office import FILLER, KADIS, KASUBAG, a_turn, an_order, data_of, head_of

FIRST, SECOND = an_order(), an_order(number=8)._replace(id=8)


def asked(
    number: str, *orders: Perintah, work: Perintah | None = None
) -> tuple[Turn, Decision | None]:
    turn = a_turn(FILLER, work, heads=Heads(map(head_of, orders)))
    return turn, STATUS.run(turn, number)


def keys(turn: Turn) -> list[str]:
    return [o.key for o in turn.speech.out if isinstance(o, Message)]


def test_one_running_perintah_is_shown_without_a_number() -> None:
    ended = SECOND._replace(status="selesai")

    shown = ["status", "status_gambar"]
    assert keys(asked("", FIRST, ended, work=FIRST)[0]) == shown
    assert keys(asked("8", FIRST, SECOND, work=SECOND)[0]) == shown


def test_of_several_one_is_chosen() -> None:
    turn, _ = asked("", FIRST, SECOND)

    (told,) = (o for o in turn.speech.out if isinstance(o, Message))
    assert told.key == "pilih_status"
    assert [button.label for row in told.rows for button in row] == [
        "007/2026 Pengumpulan Data Kinerja", "008/2026 Pengumpulan Data Kinerja",
    ]  # fmt: skip


def test_a_number_nobody_has_is_told_with_those_there_are() -> None:
    _, refused = asked("9", FIRST, SECOND)

    assert refused is not None
    (told,) = (o for o in refused.out if isinstance(o, Message))
    assert dict(told.args) == {"nomor": "9", "ada": ["007/2026", "008/2026"]}
    assert keys(asked("")[0]) == ["belum_ada_perintah"]


def test_where_a_perintah_stands_is_no_secret() -> None:
    turn = a_turn(FILLER, FIRST)
    show_status(turn)

    assert keys(turn) == ["status", "status_gambar"]


@pytest.mark.parametrize(
    ("actor", "status", "key"),
    [
        (FILLER, "berjalan", "rekap_belum"),
        (KASUBAG, "berjalan", "rekap"),
        (KADIS, "berjalan", "rekap"),
        (FILLER, "selesai", "rekap"),
    ],
)
def test_before_its_end_the_rekap_is_seen_only_where_it_lies(
    actor: int, status: str, key: str
) -> None:
    turn = a_turn(actor, an_order(status=status, data=(data_of("DAL"),)))
    compile_rekap(turn, [])
    show_rekap(turn)

    assert keys(turn)[0] == key

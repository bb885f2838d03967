"""SIGKILL before and after each commit, fetch, read and send: the story ends the same."""

import random
import socket
from collections.abc import Iterator
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import pytest

from storage.store import Store
from tests.flows import sample
from tests.kill.office import SENTENCE, KilledOffice

POINTS = tuple(
    f"{what}_{when}"
    for what in ("commit", "fetch", "read", "send")
    for when in ("before", "after")
)
# Whether a story goes so fast that a kill meets its end is the machine's own affair.
SEED, RANDOM_KILLS, LEAST_KILLS = 20, 12, 4
KILLS = [
    "commit_before:2", "commit_after:4", "send_before:3", "send_after:5", "commit_after:30",
    "send_after:12", "commit_before:9", "fetch_before:1", "fetch_after:1", "read_before:1",
    "read_after:1", "send_before:2", "commit_after:3", "send_after:1", "commit_before:3",
]  # fmt: skip


pytestmark = pytest.mark.xdist_group("kill")


@pytest.fixture(scope="module", autouse=True)
def forking() -> Iterator[None]:
    """Ended and waited for: so its CPU time and that of all lives is counted as the suite's."""
    yield
    forkserver._forkserver._stop()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], set[str]]:
    """What the story comes to, and the points it passes."""
    quiet = tmp_path_factory.mktemp("quiet")
    with KilledOffice(quiet, free_port(), []) as office:
        tell(office)
        reached = office.points()
    return outcome(quiet), reached


def test_the_story_ends_the_same_whenever_the_bot_is_killed(
    tmp_path: Path, undisturbed: tuple[dict[str, Any], set[str]]
) -> None:
    wanted, reached = undisturbed

    with KilledOffice(tmp_path, free_port(), list(KILLS)) as office:
        tell(office)
        lives, left = office.lives, office.kills

    assert reached == set(POINTS)
    assert (lives, left) == (len(KILLS) + 1, [])
    assert outcome(tmp_path) == wanted


def test_the_story_ends_the_same_killed_at_random_moments(
    tmp_path: Path, undisturbed: tuple[dict[str, Any], set[str]]
) -> None:
    """Both SOPs and 200 kills: python -m tests.kill.soak."""
    lives = tell_killed(tmp_path)

    assert lives > LEAST_KILLS
    assert outcome(tmp_path) == undisturbed[0]


def test_the_same_kills_lose_what_was_confirmed_before_it_was_kept(tmp_path: Path) -> None:
    """The control: without the inbox commit Telegram drops updates that nobody has kept."""
    with pytest.raises(AssertionError, match=r"confirmed and never kept: \[\d+"):
        tell_killed(tmp_path, program="tests.kill.forgetful")


def tell_killed(folder: Path, **further: Any) -> int:
    """How many lives the story took; after each death nothing confirmed is missing."""
    chance = random.Random(SEED)
    with KilledOffice(
        folder, free_port(), [], chance=chance, random_kills=RANDOM_KILLS, **further
    ) as office:
        tell(office)
        office.check_kept()
        return office.lives


def tell(office: KilledOffice) -> None:
    """A1 to A8 of one unit, by the people's own hands."""
    office.onboarded()
    office.say("Marlina", "/perintah pengumpulan TW III 2026")
    office.press("Marlina", "Terbitkan")
    office.press("Ardin", "Teruskan")
    office.press("Ardin", "Tanpa catatan")
    office.press("Yusnita", "Pakai format baku")
    office.press("Yusnita", "Kirim ke semua unit")
    office.press("Nurdiana", "Catat rapat")
    office.press("Nurdiana", "Hari ini")
    office.press("Nurdiana", "Benar")  # it lasts less than ten minutes here
    office.press("Nurdiana", "Lanjut")
    office.asked("Nurdiana", "hasil rapat")
    office.say("Nurdiana", SENTENCE)
    office.asked("Nurdiana", "Ringkasan rapat")  # the task's own button bears the same words
    office.press("Nurdiana", "Catat rapat")
    office.upload("Lestari", {row.kode: figure(row) for row in sample.isian_of("PPA")})
    office.press("Lestari", "Tetap kirim")
    office.press("Lestari", "Ajukan")
    office.press("Nurdiana", "Validasi")
    office.press("Nurdiana", "Sampaikan")
    office.press("Yusnita", "Terima PPA")


def figure(row: Any) -> float:
    return float(row.realisasi)


def outcome(folder: Path) -> dict[str, Any]:
    """What the record says happened, in order, without the moments at which it did."""
    store = Store(f"sqlite:///{folder}/sigap.db", folder, None)
    with store.reading() as queries:
        perintah = queries.orders.find(1)
        assert perintah is not None
        assert queries.record.verify() == ()
        events = [
            (e.event.name, e.event.tugas, e.event.unit, e.event.person_id)
            for e in queries.record.events("p1")
        ]
        papers = {
            e for e in events if e[0] == "DocumentIssued"
        }  # drawn when sent, so in no fixed order
    store.close()
    return {
        "tugas": [
            (t.act, t.unit, t.person_id, t.round, t.state, t.outcome) for t in perintah.tugas
        ],
        "data": [
            (d.unit, d.version, [(r.kode, r.realisasi, r.filled_by) for r in d.rows])
            for d in perintah.data
        ],
        "bagian": sorted((b.unit, b.person_id, b.codes) for b in perintah.bagian),
        "events": [e for e in events if e[0] != "DocumentIssued"],
        "papers": papers,
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

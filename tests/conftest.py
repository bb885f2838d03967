"""Offices at the stages that stories part from: each is built once and branched for every test."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from storage.store import Store
from tests import (
    database,  # noqa: F401 # the way stores are opened here
    officials,
)
from tests.kantor import Kantor
from tests.officials import HEADS, KASUBAG, UNITS

# Machines are shared: how long an example took to make or to run says nothing about the code.
settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")

Stage = Callable[[str], Kantor]


def pytest_collection_finish() -> None:
    """Leave what stands for the whole run out of every collection of garbage, as the bot does."""
    gc.collect()
    gc.freeze()


REPAIRS = {"PPA": {"PPA-06": "46", "PPA-01": "15,20"}, "PPR": {"PPR-06": "159"}}


def _bring_all_in(kantor: Kantor) -> None:
    for unit in UNITS:
        officials.bring_in(kantor, 1, unit)
        officials.accept(kantor, unit)


def _bring_each_further(kantor: Kantor) -> None:
    """SEK fills in, DAL recaps, KBK validates, PPR has yet to deliver, PPA has delivered."""
    for unit in UNITS:
        officials.meet(kantor, unit)
    for unit in UNITS[1:]:
        officials.fill(kantor, 1, unit)
    for unit in UNITS[2:]:
        officials.put_forward(kantor, unit)
    validation = kantor.task(HEADS["PPR"], "tugas_validasi", "PPR")
    kantor.press(HEADS["PPR"], "Validasi", validation)
    officials.approve(kantor, "PPA")


def _object(kantor: Kantor) -> None:
    """PPR objects; PPA has met and corrects."""
    receipt = kantor.task(HEADS["PPR"], "tugas_terima", "PPR")
    officials.begin(kantor, HEADS["PPR"], "sanggah", receipt)
    officials.take_findings(kantor, "PPA")
    officials.meet(kantor, "PPA")


def _appeal(kantor: Kantor) -> None:
    kantor.press(KASUBAG, "Teruskan", kantor.task(KASUBAG, "tugas_sanggah"))
    officials.correct(kantor, 2, "PPA", REPAIRS["PPA"])
    officials.send_in(kantor, "Lestari")


def _coordinate(kantor: Kantor) -> None:
    officials.prove_all(kantor, 3)
    officials.coordinate(kantor)


def _repair_all(kantor: Kantor) -> None:
    for unit, figures in REPAIRS.items():
        officials.take_findings(kantor, unit)
        officials.repair(kantor, 2, unit, figures)


def _bring_to_b10(kantor: Kantor) -> None:
    kantor.press(KASUBAG, "Ajukan")
    kantor.press(HEADS["SEK"], "Paraf")


# Each stage with the one it grows out of. Perintah 1 is the collection, 2 its correction.
STAGES: dict[str, tuple[str, Callable[[Kantor], object]]] = {
    "ordered": ("open", officials.order),
    "handed_out": (
        "ordered",
        lambda kantor: (officials.forward(kantor), officials.hand_out(kantor)),
    ),
    "working": ("handed_out", _bring_each_further),
    "collected": ("handed_out", _bring_all_in),
    "closing": ("collected", officials.close),
    "signed": ("closing", officials.sign),
    "found": ("closing", lambda kantor: officials.find_wrong(kantor, "PPA-06 PPA-01 PPR-06")),
    "coordinated": ("found", _coordinate),
    "objected": ("coordinated", _object),
    "appealed": ("objected", _appeal),
    "repaired": ("coordinated", _repair_all),
    "before_signing": ("repaired", _bring_to_b10),
}


class Stages:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._built: dict[str, Kantor] = {}

    def at(self, name: str) -> Kantor:
        if name not in self._built:
            self._built[name] = self._build(name)
        return self._built[name]

    def close(self) -> None:
        for kantor in self._built.values():
            kantor.close()

    def _build(self, name: str) -> Kantor:
        folder = self._folder / f"{name}{len(list(self._folder.iterdir()))}"
        if name == "open":
            return Kantor.open(folder)
        before, happen = STAGES[name]
        kantor = self.at(before).branch(folder)
        happen(kantor)
        return kantor


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrated once, to be copied."""
    folder = tmp_path_factory.mktemp("empty")
    store = Store(f"sqlite:///{folder / 'sigap.db'}", folder, None)
    store.migrate()
    store.close()
    return folder / "sigap.db"


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stages]:
    stages = Stages(tmp_path_factory.mktemp("kantor"))
    yield stages
    stages.close()


@pytest.fixture
def stage(stages: Stages, tmp_path: Path) -> Iterator[Stage]:
    """The office at a stage, the test's own to act in."""
    branches: list[Kantor] = []

    def branch(name: str) -> Kantor:
        branches.append(stages.at(name).branch(tmp_path / f"{name}{len(branches)}"))
        return branches[-1]

    yield branch
    for kantor in branches:
        kantor.close()

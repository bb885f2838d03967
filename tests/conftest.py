"""Offices at the stages that stories part from: each is built once and branched for every test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import officials
from tests.kantor import Kantor
from tests.officials import HEADS, KASUBAG, UNITS

Stage = Callable[[str], Kantor]

REPAIRS = {"PPA": {"PPA-06": "46", "PPA-01": "15,20"}, "PPR": {"PPR-06": "159"}}


def _bring_all_in(kantor: Kantor) -> None:
    for unit in UNITS:
        officials.bring_in(kantor, 1, unit)
        officials.accept(kantor, unit)


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
    "collected": ("handed_out", _bring_all_in),
    "closing": ("collected", officials.close),
    "signed": ("closing", officials.sign),
    "found": ("closing", lambda kantor: officials.find_wrong(kantor, "PPA-06 PPA-01 PPR-06")),
    "coordinated": ("found", _coordinate),
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
        folder = self._folder / name
        if name == "open":
            return Kantor.open(folder)
        before, happen = STAGES[name]
        kantor = self.at(before).branch(folder)
        happen(kantor)
        return kantor


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

"""The office at every stage under a random walk (tests/walk.py); its promises hold throughout.

OFFICE_SEED=N plays the walks of a seed again; without it each run has its own."""

import os
import random
from pathlib import Path

from hypothesis import HealthCheck, Phase, note, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.conftest import Stages
from tests.walk import MOVES, STARTS, WEIGHTED, Walk

WALKS, ACTS = 24, 25
PICKS = st.integers(0, 2**16)


class Office(RuleBasedStateMachine):
    """One walk; the machine shrinks it to the acts that break a promise."""

    def __init__(self, stages: Stages, folder: Path) -> None:
        super().__init__()
        self._stages, self._folder = stages, folder
        self._walk: Walk | None = None

    @initialize(start=st.sampled_from(sorted(STARTS)))
    def open(self, start: str) -> None:
        stage, begin = STARTS[start]
        folder = self._folder / str(len(list(self._folder.iterdir())))
        self._walk = Walk(self._stages.at(stage).branch(folder), begin)

    @rule(move=st.sampled_from(WEIGHTED), who=PICKS, pick=PICKS)
    def act(self, move: str, who: int, pick: int) -> None:
        assert self._walk is not None
        MOVES[move][1](self._walk, who, pick)

    @invariant()
    def holds(self) -> None:
        if self._walk is not None:
            self._walk.check()

    def teardown(self) -> None:
        if self._walk is not None:
            for line in self._walk.acts:
                note(line)
            self._walk.conclude()
            self._walk.kantor.close()


def test_every_promise_holds_after_every_act(stages: Stages, tmp_path: Path) -> None:
    chosen = int(os.environ.get("OFFICE_SEED") or random.SystemRandom().randrange(1 << 32))
    # Shown by pytest where the test fails.
    print(f"OFFICE_SEED={chosen}")
    walks = settings(
        max_examples=WALKS,
        stateful_step_count=ACTS,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )

    @seed(chosen)
    def office() -> Office:
        return Office(stages, tmp_path)

    run_state_machine_as_test(office, settings=walks)

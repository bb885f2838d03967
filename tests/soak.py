"""The random walk of tests/walk.py, as long as wanted: python -m tests.soak --acts 5000 --seed 7.

The seed is told first; with it and the same number of acts the same walk is played again."""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.conftest import Stages
from tests.walk import MOVES, STARTS, WEIGHTED, Walk

LENGTH = 120
LAST = 20


def play(acts: int, seed: int) -> int:
    chance, done, begun = random.Random(seed), 0, time.monotonic()
    reached: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        stages = Stages(Path(folder) / "stages")
        (Path(folder) / "stages").mkdir()
        while done < acts:
            name = chance.choice(sorted(STARTS))
            stage, begin = STARTS[name]
            kantor = stages.at(stage).branch(Path(folder) / f"walk{done}")
            walk = Walk(kantor, begin)
            try:
                while len(walk.acts) < LENGTH:
                    move = chance.choice(WEIGHTED)
                    MOVES[move][1](walk, chance.randrange(1 << 16), chance.randrange(1 << 16))
                    walk.check()
                done += len(walk.acts)
                reached += walk.conclude()
            except Exception:
                print(f"seed {seed}, from {name!r}, after {done} acts and these:", file=sys.stderr)
                print(*walk.acts[-LAST:], sep="\n", file=sys.stderr)
                raise
            finally:
                kantor.close()
        stages.close()
    print(*(f"{name} {count}" for name, count in reached.most_common()), sep=", ")
    print(f"{done} acts, every promise kept, {time.monotonic() - begun:.0f} s")
    return done


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    play(asked.acts, asked.seed)

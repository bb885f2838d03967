"""The random walk of tests/walk.py, as long as wanted: python -m tests.soak --acts 5000 --seed 7.

The seed is told first; with it and the same number of acts the same walk is played again."""

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.conftest import STAGES, Stages
from tests.walk import MOVES, WEIGHTED, Walk

LENGTH = 60
LAST = 15


def play(acts: int, seed: int) -> int:
    chance, done, begun = random.Random(seed), 0, time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        stages = Stages(Path(folder) / "stages")
        (Path(folder) / "stages").mkdir()
        while done < acts:
            name = chance.choice(sorted(STAGES))
            kantor = stages.at(name).branch(Path(folder) / f"walk{done}")
            walk = Walk(kantor)
            try:
                for _ in range(LENGTH):
                    move = chance.choice(WEIGHTED)
                    MOVES[move][1](walk, chance.randrange(1 << 16), chance.randrange(1 << 16))
                    walk.check()
                    done += 1
                walk.conclude()
            except Exception:
                print(f"seed {seed}, from {name!r}, after {done} acts:", file=sys.stderr)
                print(*walk.acts[-LAST:], sep="\n", file=sys.stderr)
                raise
            finally:
                kantor.close()
        stages.close()
    print(f"{done} acts, every promise kept, {time.monotonic() - begun:.0f} s")
    return done


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    play(asked.acts, asked.seed)

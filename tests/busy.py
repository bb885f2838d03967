"""The tests beside four busy loops a core: `python -m tests.busy [WHAT PYTEST TAKES]`."""

import os
import subprocess
import sys

LOOPS_A_CORE = 4
# They end with whoever started them, also when he is killed.
LOOP = "import os\nparent = os.getppid()\nwhile os.getppid() == parent: pass"


def main() -> int:
    count = LOOPS_A_CORE * (os.cpu_count() or 1)
    loops = [subprocess.Popen([sys.executable, "-c", LOOP]) for _ in range(count)]
    try:
        return subprocess.call([sys.executable, "-m", "pytest", *sys.argv[1:]])
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


if __name__ == "__main__":
    sys.exit(main())

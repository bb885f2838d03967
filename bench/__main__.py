"""`python -m bench [THEME ...]`: measures every theme, a module of this folder with run()."""

import importlib
import pkgutil
import sys
from pathlib import Path

import bench
from bench.figure import Figure

FRAME = {"__main__", "figure", "uploads"}


def main(wanted: list[str]) -> int:
    """Exit code 0 when every figure is within its bound, 1 when not, 2 for an unknown theme."""
    themes = [m.name for m in pkgutil.iter_modules([str(Path(bench.__file__).parent)])]
    themes = [name for name in themes if name not in FRAME and not name.startswith("_")]
    if {"-h", "--help"} & set(wanted):
        print(f"{__doc__}\n\nThemes: {', '.join(themes)}")
        return 0
    unknown = sorted(set(wanted) - set(themes))
    if unknown:
        print(f"no such theme: {', '.join(unknown)}; known: {', '.join(themes)}", file=sys.stderr)
        return 2
    missed = 0
    for name in wanted or themes:
        module = importlib.import_module(f"bench.{name}")
        print(f"== {name}", flush=True)
        for figure in module.run() or ():
            print(figure, flush=True)
            missed += isinstance(figure, Figure) and not figure.holds
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

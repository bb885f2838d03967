"""Known weaknesses of the packages we build upon: python -m tests.security.audit (make audit).

Fails for a weakness only. Where the advisories cannot be had, as behind a mirror that has none, it
says what was not looked at.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

COMMAND = ("-m", "pip_audit", "--skip-editable", "--progress-spinner", "off", "--format", "json")
SECONDS = 300


@dataclass(frozen=True, slots=True)
class Report:
    """`weak`: one line each; `unknown`: packages nobody could be asked about."""

    looked_at: int
    weak: tuple[str, ...]
    unknown: tuple[str, ...]

    def __str__(self) -> str:
        told = f"{self.looked_at} packages audited, {len(self.weak)} known weaknesses"
        if self.unknown:
            told += f"; not audited, for no advisories could be had: {len(self.unknown)}"
        return "\n".join((told, *self.weak))


def read(text: str) -> Report:
    packages = json.loads(text)["dependencies"]
    known = [package for package in packages if "skip_reason" not in package]
    weak = tuple(line for package in known for line in _weaknesses(package))
    unknown = tuple(package["name"] for package in packages if "skip_reason" in package)
    return Report(len(known), weak, unknown)


def _weaknesses(package: dict[str, Any]) -> Iterator[str]:
    for weakness in package["vulns"]:
        better = ", ".join(weakness["fix_versions"]) or "none yet"
        yield f"{package['name']} {package['version']}: {weakness['id']} (mended in {better})"


def main() -> int:
    ended = subprocess.run(
        [sys.executable, *COMMAND], capture_output=True, text=True, timeout=SECONDS, check=False
    )
    if not ended.stdout.startswith("{"):
        reason = (ended.stderr.strip().splitlines() or ["no answer"])[-1]
        print(f"not audited: {reason}")
        return 0
    report = read(ended.stdout)
    print(report)
    return 1 if report.weak else 0


if __name__ == "__main__":
    sys.exit(main())

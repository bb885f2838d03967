"""deploy/sigap: a command for the service, with the environment that its unit reads."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.rooms import ROOT

WRAPPER = ROOT / "deploy" / "sigap"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where the program is, as on the service's machine."""
    folder = tmp_path / "opt" / ".venv" / "bin"
    folder.mkdir(parents=True)
    script = f'#!/bin/sh\ncd "{ROOT}"\nexec "{sys.executable}" "$@"\n'
    (folder / "python").write_text(script)
    (folder / "python").chmod(0o755)
    return tmp_path / "opt"


def run(home: Path, env_file: Path, *words: str) -> subprocess.CompletedProcess[str]:
    user = subprocess.check_output(["id", "-un"], text=True).strip()
    own = {"SIGAP_HOME": str(home), "SIGAP_ENV": str(env_file), "SIGAP_USER": user}
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": "elsewhere", **own}
    return subprocess.run(
        [WRAPPER, *words], env=environment, capture_output=True, text=True, timeout=180
    )


def wrote(folder: Path, *lines: str) -> Path:
    file = folder / "env"
    file.write_text("\n".join(lines) + "\n")
    file.chmod(0o600)
    return file


def test_data_of_make_run_is_moved_to_the_service(home: Path, tmp_path: Path) -> None:
    before, after = tmp_path / "data", tmp_path / "var"
    kantor, archive = f"KANTOR_FILE={ROOT}/kantor.yaml", tmp_path / "pindah.tar.gz"
    database = f"DATABASE_URL=sqlite:///{before}/sigap.db"
    first = wrote(tmp_path, kantor, f"DATA_DIR={before}", database)
    assert run(home, first, "migrate").returncode == 0
    made = run(home, first, "backup", str(archive))
    assert made.returncode == 0, made.stderr
    after.mkdir()
    (after / "audit.key").write_bytes((before / "audit.key").read_bytes())
    (after / "audit.key").chmod(0o600)
    quoted = f'DATABASE_URL="sqlite:///{after}/sigap.db"'
    second = wrote(tmp_path, "# the service", kantor, f"DATA_DIR='{after}'", quoted)

    restored = run(home, second, "restore", str(archive))

    assert restored.returncode == 0, restored.stderr
    assert restored.stdout.startswith("restored: the state of ")
    assert (after / "sigap.db").is_file()


def test_a_missing_environment_file_is_told(home: Path, tmp_path: Path) -> None:
    answer = run(home, tmp_path / "none", "check")

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.startswith(f"sigap: {tmp_path}/none cannot be read; install it")


def test_it_has_the_environment_of_the_unit() -> None:
    unit = (ROOT / "deploy" / "sigap.service").read_text("utf-8").splitlines()
    script = WRAPPER.read_text("utf-8").splitlines()
    told = [word for line in unit if line.startswith("Environment=") for word in line[12:].split()]
    given = [w for line in script if line.startswith("export ") for w in line.split()[1:]]

    assert [word for word in given if not word.startswith(('"', "SIGAP_ENV"))] == told
    assert "EnvironmentFile=/etc/sigap/env" in unit
    assert "env_file=${SIGAP_ENV:-/etc/sigap/env}" in script

"""The program as it is installed: from its wheel, far from the checkout that it was built from."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest

from contoh import kertas
from tests.house.wheel import ROOT, build_wheel

pytestmark = pytest.mark.xdist_group("installed")
ISSUE = {"kode": "8C41-E2B7", "sha256": "ab12cd34" * 8, "tautan": "https://t.me/x?start=v_1"}


class Place:
    """An environment with the wheel in it, and an empty folder to work in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "kantor"
        self.folder.mkdir()
        home = folder / "venv"
        venv.create(home)
        self.python = home / "bin" / "python"
        self.packages = Path(
            sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)})
        )
        # The libraries are those of the tests; a path named so brings no editable install along.
        shared = [path for path in sys.path if path.endswith("site-packages")]
        (self.packages / "shared.pth").write_text("\n".join(shared), "utf-8")
        self._install(build_wheel(folder / "wheel"))

    def _install(self, wheel: Path) -> None:
        command = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile"]
        subprocess.run(
            [sys.executable, *command, "--target", str(self.packages), str(wheel)],
            check=True,
            capture_output=True,
        )

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        settings = {
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": f"sqlite:///{self.folder / 'sigap.db'}",
            "KANTOR_FILE": str(ROOT / "kantor.yaml"),
        }
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "TELEGRAM", "COVERAGE"))
        }
        return subprocess.Popen(
            [str(self.python), *arguments],
            cwd=self.folder,
            env={**inherited, **settings},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, said: str = "") -> SimpleNamespace:
        process = self.start(*arguments)
        printed, errors = process.communicate(said)
        return SimpleNamespace(code=process.returncode, printed=printed, errors=errors)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("installed"))


@pytest.fixture
def page(place: Place) -> Iterator[str]:
    process = place.start("-m", "simulator", "--port", "0")
    assert process.stdout is not None
    yield process.stdout.readline().split()[1]
    process.terminate()
    process.communicate()


def test_nothing_comes_from_the_checkout(place: Place) -> None:
    names = "bot, flows, storage, reports, simulator"
    told = place.run("-c", f"import {names}; print(*[m.__file__ for m in ({names})], sep='\\n')")

    assert told.code == 0, told.errors
    assert {Path(line).parent.parent for line in told.printed.splitlines()} == {place.packages}


def test_check_finds_all_but_the_token(place: Place) -> None:
    told = place.run("-m", "bot", "check")

    failed = [line for line in told.printed.splitlines() if line.startswith("FAIL")]
    assert failed == ["FAIL token: not set; get one from @BotFather and set TELEGRAM_BOT_TOKEN"]
    assert "2 SOPs" in told.printed


def test_the_database_is_made_and_takes_the_staff_list(place: Place) -> None:
    migrated = place.run("-m", "bot", "migrate")
    taken = place.run("-m", "bot", "staff", str(ROOT / "contoh" / "staff.xlsx"))

    assert (migrated.code, taken.code) == (0, 0), migrated.errors + taken.errors
    assert migrated.printed == "the database is up to date\n"
    assert (place.folder / "sigap.db").is_file()


def test_the_worker_draws_a_paper(place: Place) -> None:
    target = place.folder / "disposisi.pdf"
    body = place.folder / "disposisi.json"
    body.write_text(json.dumps(kertas.disposisi()), "utf-8")
    paper = {"kind": "disposisi", "body": str(body), "issue": ISSUE, "logo": None}
    job = {"job": "paper", "payload": {**paper, "format": "pdf", "target": str(target)}}
    told = place.run("-P", "-m", "reports.worker", said=json.dumps(job) + "\n")

    assert json.loads(told.printed.splitlines()[-1])["done"] == {}, told.printed + told.errors
    assert target.read_bytes().startswith(b"%PDF")


def test_the_simulator_serves_its_page(page: str) -> None:
    shown = httpx.get(page, trust_env=False)

    assert shown.status_code == 200
    for script in ("app.js", "style.css"):
        assert script in shown.text
        assert httpx.get(f"{page}/static/{script}", trust_env=False).status_code == 200

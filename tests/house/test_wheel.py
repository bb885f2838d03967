"""The wheel holds every file that the program reads."""

import zipfile
from pathlib import Path

from bot.documents.documents import GUIDES
from tests.house.wheel import ROOT, build_wheel, copied
from tests.test_house import PACKAGES


def read_by_the_program() -> set[str]:
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*")]
    files += GUIDES.glob("*.pdf")
    return {
        path.relative_to(ROOT).as_posix()
        for path in files
        if path.is_file() and path.suffix != ".pyc"
    }


def test_the_wheel_holds_every_file_that_the_program_reads(tmp_path: Path) -> None:
    with zipfile.ZipFile(build_wheel(tmp_path)) as wheel:
        packed = {name for name in wheel.namelist() if ".dist-info/" not in name}

    assert "docs/panduan-pejabat.pdf" in read_by_the_program()
    missing = sorted(read_by_the_program() - packed)
    assert not missing, (
        f"the program reads {', '.join(missing[:5])} ({len(missing)} files), which the wheel"
        " leaves out: see [tool.setuptools] of pyproject.toml and the COPY lines of the Dockerfile"
    )
    assert packed - read_by_the_program() == set(), "the wheel ships what the program never reads"


def test_the_image_is_built_from_the_locked_packages() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")

    assert {"pyproject.toml", "requirements.lock", "requirements-build.lock"} <= set(copied())
    assert dockerfile.count("--require-hashes") == 2
    assert "--no-deps" in dockerfile

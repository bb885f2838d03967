"""LibreOffice as the second opinion: opens a workbook, computes every formula anew, saves it."""

import shutil
import subprocess
from pathlib import Path

import pytest

SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item></oor:items>
"""

needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed"
)


def recomputed(path: Path, folder: Path) -> Path:
    """The workbook as LibreOffice saves it after computing all formulas."""
    return _converted(path, folder, "xlsx:Calc MS Excel 2007 XML")


def printed(path: Path, folder: Path) -> Path:
    """The workbook as LibreOffice prints it, a PDF."""
    return _converted(path, folder, "pdf").with_suffix(".pdf")


def _converted(path: Path, folder: Path, kind: str) -> Path:
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, "utf-8")
    out = folder / "out"
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return out / path.name

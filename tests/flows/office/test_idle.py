"""Keys of kantor.yaml without effect are told, and refused by nobody."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.office.kantor import Office, idle_keys

TEXT = (Path(__file__).parents[3] / "kantor.yaml").read_text("utf-8")


def told(section: str, changed: dict[str, Any]) -> list[str]:
    document = yaml.safe_load(TEXT)
    document[section] |= changed
    return [str(found) for found in idle_keys(Office.parse(yaml.safe_dump(document), "k"))]


def test_the_shipped_file_has_none() -> None:
    assert told("nomor", {}) == []


@pytest.mark.parametrize(
    ("section", "changed", "start"),
    [
        ("peran", {"admin": {"label": "Admin", "ket": "catatan"}}, "peran.admin.ket: "),
        ("jam_kerja", {"periode_ramadan": []}, "jam_kerja.ramadan: "),
        ("nomor", {"disposisi": "{urut}/DISP"}, "nomor.disposisi: "),
        ("nomor", {"rekap": "{urut}/REKAP"}, "nomor.klas_bawaan.rekap: "),
        ("nomor", {"klas_bawaan": {"disposisi": "1"}}, "nomor.klas_bawaan.disposisi: "),
        ("lembar_disposisi", {"kepala": ["hal", "lain"]}, "lembar_disposisi.kepala[1]: 'lain'"),
        ("lembar_disposisi", {"harap": ["Lainnya"]}, "lembar_disposisi.isian_bawaan.harap[0]: "),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_key_without_effect_is_told(section: str, changed: dict[str, Any], start: str) -> None:
    [found] = told(section, changed)

    assert found.startswith(start)

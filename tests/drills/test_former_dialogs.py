"""The chats of an earlier program after an upgrade: open dialogs, boards, lists, pending texts."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import worded
from tests.drills.test_drills import EARLIER, earlier_office
from tests.kantor import Kantor
from tests.officials import KADIS, KASUBAG

# Says only that something is closed; deleted since.
GONE = {"lihat_ditutup"}


@pytest.fixture(scope="module")
def former(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kantor]:
    """Made by the program of commit b881261, with a dialog half answered in nearly every chat:
    Rusdin picks rows to return, Fadli the step, Wahyuni is asked for a source, the Kasubag for the
    note of a return from a board with two units, the Kepala Dinas for the target of an order,
    the admin for a role."""
    kantor = earlier_office(tmp_path_factory.mktemp("former") / "kantor", "kantor-b881261")
    yield kantor
    kantor.close()


def test_each_former_button_acts_or_says_why_not(former: Kantor, tmp_path: Path) -> None:
    silent = []
    pressed = 0
    for name in former.people:
        for seen in former.chat(name):
            for button in (b for b in seen.buttons if b.ref):
                pressed += 1
                kantor = former.branch(tmp_path / str(pressed))
                before, toasts = list(kantor.chat(name)), len(kantor.toasts)
                kantor.press_data(name, seen.id, button.data)
                is_told = any(key for key, _ in kantor.toasts[toasts:])
                if not is_told and kantor.chat(name) == before:
                    silent.append((name, seen.key, button.key))
                kantor.close()

    assert silent == []
    assert pressed > 40


@pytest.mark.parametrize(
    ("name", "words", "asked"),
    [
        ("Rusdin", "DAL-02", "tanya_catatan_kembali"),
        ("Wahyuni", "Laporan bidang", "tanya_angka"),
        (KASUBAG, "Mohon diperiksa kembali.", "ringkasan_kembali"),
        (KADIS, "30-11-2026 13.15", "ringkasan_perintah"),
        ("Rizal", "Kepala Bidang", "tanya_unit_pejabat"),
        ("Wahyuni", "kembali", "tanya_angka"),
    ],
)
def test_words_go_on_where_the_former_dialog_stopped(
    former: Kantor, tmp_path: Path, name: str, words: str, asked: str
) -> None:
    kantor = former.branch(tmp_path / "kantor")
    kantor.say(name, words)

    assert kantor.question(name).key == asked
    kantor.close()


def test_what_the_former_version_has_stored_or_queued_can_still_be_worded() -> None:
    """Batal shows again what a message said, in the arguments of the version that said it."""
    stored = json.loads(gzip.decompress((EARLIER / "messages-b881261.json.gz").read_bytes()))
    told = {key: worded.words().say(key, args, ()).text for key, args in stored if key not in GONE}

    assert len(told) > 100
    assert not [key for key, text in told.items() if not text.strip()]

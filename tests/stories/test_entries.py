"""An entry of the record answers for itself, by the code that the group's final post names."""

import pytest

from tests.conftest import Stage
from tests.kantor import Kantor, Seen
from tests.officials import HEADS
from tests.stories.test_verifying import by_hand

STRANGER = 77


@pytest.fixture
def signed(stage: Stage) -> Kantor:
    return stage("signed")


def code_of_the_last_entry(kantor: Kantor) -> str:
    post = next(seen for seen in kantor.group if seen.key == "grup_selesai")
    head = str(post.args["jejak"])
    return f"{head[:4]}-{head[4:8]}".upper()


def last(kantor: Kantor, who: str | int) -> Seen:
    return kantor.chats[f"c{who}"][-1] if isinstance(who, int) else kantor.last(who)


@pytest.mark.parametrize("who", [STRANGER, HEADS["DAL"]])
def test_the_code_of_the_final_post_answers_for_its_entry(signed: Kantor, who: str | int) -> None:
    code = code_of_the_last_entry(signed)

    signed.say(who, f"/verifikasi {code}")

    seen = last(signed, who)
    assert (seen.key, seen.args["kode"], seen.args["utuh"]) == ("verifikasi_jejak", code, True)
    assert seen.args["nomor"] == ("" if who == STRANGER else "001/2026")


def test_the_long_form_of_the_final_post_is_read_too(signed: Kantor) -> None:
    post = next(seen for seen in signed.group if seen.key == "grup_selesai")

    signed.say(STRANGER, f"/verifikasi {post.args['jejak'][:16]}")
    by_entry = last(signed, STRANGER)
    signed.say(STRANGER, f"/verifikasi {post.args['sha256'][:16]}")

    assert by_entry.key == "verifikasi_jejak"
    assert last(signed, STRANGER).key == "verifikasi_asli"


def test_an_entry_whose_rows_were_changed_stands_no_more(signed: Kantor) -> None:
    code = code_of_the_last_entry(signed)
    by_hand(signed, "UPDATE tugas SET finished_by = 2 WHERE seq = 38")

    signed.say(STRANGER, f"/verifikasi {code}")

    assert (last(signed, STRANGER).key, last(signed, STRANGER).args["utuh"]) == (
        "verifikasi_jejak", False,
    )  # fmt: skip


def test_a_code_of_nothing_is_unknown(signed: Kantor) -> None:
    signed.say(STRANGER, "/verifikasi 0000-0000")

    assert last(signed, STRANGER).key == "verifikasi_tak_dikenal"

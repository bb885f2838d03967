"""Raw updates: what they are about and whether they concern us."""

from typing import Any

import pytest

from bot.receiving.updates import (
    command_of,
    file_of,
    is_for_us,
    kind_of,
    needs,
    number,
    part,
    text,
)
from bot.transport.account import Me

ME = Me(99, "SigapBot")
MEGABYTE = 2**20


def private(**message: Any) -> dict[str, Any]:
    return {"update_id": 1, "message": {"chat": {"id": 7, "type": "private"}, **message}}


def in_group(**message: Any) -> dict[str, Any]:
    return {"update_id": 1, "message": {"chat": {"id": -7, "type": "supergroup"}, **message}}


def document(name: str = "isi.xlsx", size: int = 1000, mime: str = "") -> dict[str, Any]:
    return {"file_id": "F", "file_name": name, "file_size": size, "mime_type": mime}


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("/status", "/status"),
        ("/status@SigapBot", "/status"),
        ("/status@sigapbot 1", "/status 1"),
        ("/perintah@SigapBot pengumpulan\nTW III", "/perintah pengumpulan\nTW III"),
        ("/perintah@SigapBot\npengumpulan TW", "/perintah\npengumpulan TW"),
        ("/status@OtherBot", None),
        ("status", None),
        ("", None),
    ],
)
def test_a_command_is_ours_with_or_without_our_name(words: str, meant: str | None) -> None:
    assert command_of(words, ME) == meant


def test_the_groups_own_talk_is_not_for_us() -> None:
    assert not is_for_us(in_group(text="Selamat pagi"), ME)


def test_a_file_in_the_group_without_reply_is_not_for_us() -> None:
    assert not is_for_us(in_group(document=document(), caption="/rekap"), ME)


def test_an_edited_message_of_the_group_is_not_for_us() -> None:
    update = {"update_id": 1, "edited_message": in_group(text="halo")["message"]}

    assert not is_for_us(update, ME)


def test_a_command_in_the_group_is_for_us() -> None:
    assert is_for_us(in_group(text="/status"), ME)


def test_another_bots_command_is_not_for_us() -> None:
    assert not is_for_us(in_group(text="/status@OtherBot"), ME)


def test_a_reply_to_our_message_is_for_us() -> None:
    replied = {"message_id": 5, "from": {"id": 99}}

    assert is_for_us(in_group(text="selesai", reply_to_message=replied), ME)


def test_a_reply_to_somebody_else_is_not_for_us() -> None:
    replied = {"message_id": 5, "from": {"id": 1}}

    assert not is_for_us(in_group(text="selesai", reply_to_message=replied), ME)


def test_a_message_in_a_topic_we_opened_is_no_reply() -> None:
    replied = {"message_id": 5, "from": {"id": 99}, "forum_topic_created": {"name": "SOP"}}

    assert not is_for_us(in_group(text="selesai", reply_to_message=replied), ME)


def test_the_move_to_a_supergroup_is_for_us() -> None:
    assert is_for_us(in_group(migrate_to_chat_id=-100), ME)


def test_everything_private_is_for_us() -> None:
    assert is_for_us(private(voice={}), ME)


def test_what_we_do_not_know_is_kept() -> None:
    assert is_for_us({"update_id": 1, "something_new": {"text": "x"}}, ME)


def test_a_private_file_must_be_fetched() -> None:
    assert needs(private(document=document()), ME) == "file"


def test_a_photo_must_be_fetched() -> None:
    sizes = [{"file_id": "small", "file_size": 10}, {"file_id": "large", "file_size": 90}]
    update = private(photo=sizes)

    assert needs(update, ME) == "file"
    file = file_of(update["message"])
    assert file is not None
    assert file.file_id == "large"


@pytest.mark.parametrize(
    ("name", "size", "wanted"),
    [
        ("isi.xlsx", 5 * MEGABYTE, "file"),
        ("isi.xlsx", 5 * MEGABYTE + 1, ""),
        ("ISI.XLSX", 6 * MEGABYTE, ""),
        ("bukti.pdf", 6 * MEGABYTE, "file"),
        ("bukti.pdf", 20 * MEGABYTE, "file"),
        ("bukti.pdf", 20 * MEGABYTE + 1, ""),
    ],
)
def test_a_file_over_its_limit_is_not_fetched(name: str, size: int, wanted: str) -> None:
    assert needs(private(document=document(name, size)), ME) == wanted


def test_a_spreadsheet_without_its_ending_is_known_by_its_type() -> None:
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    file = file_of({"document": document("isi", mime=mime)})

    assert file is not None
    assert file.is_sheet


def test_an_animation_is_no_file_of_ours() -> None:
    assert file_of({"animation": {}, "document": document("a.mp4")}) is None


@pytest.mark.parametrize("words", ["/grup", "/grup@SigapBot", "/grup sekarang"])
def test_binding_the_group_needs_facts(words: str) -> None:
    assert needs(in_group(text=words), ME) == "facts"


def test_grup_in_private_needs_nothing() -> None:
    assert needs(private(text="/grup"), ME) == ""


@pytest.mark.parametrize("raw", [{}, {"message": None}, {"message": 3}, {"message": []}])
def test_a_broken_update_has_no_kind(raw: dict[str, Any]) -> None:
    assert kind_of(raw) == ""
    assert needs(raw, ME) == ""


def test_places_that_are_missing_are_empty() -> None:
    raw = {"a": {"b": 3, "c": True, "d": "x"}}

    assert number(raw, "a", "b") == 3
    assert number(raw, "a", "c") == 0
    assert number(raw, "a", "b", "z") == 0
    assert text(raw, "a", "d") == "x"
    assert text(raw, "a", "b") == ""
    assert part(raw, "a", "q", "r") == {}

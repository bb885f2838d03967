"""Every address as it stands in rows and under buttons today, built and read again."""

import pytest

from flows.model.addresses import (
    GROUP,
    Ref,
    answer_slot,
    callback_data,
    chat_of,
    command_ref,
    is_answer,
    is_slot,
    person_of,
    preview_ref,
    read_callback,
    ref_to,
    slot_name,
    slot_part,
    task_slot,
    to_chat,
    to_person,
    to_press,
    tugas_ref,
)
from flows.model.commands import command_in

LARGEST = "9" * 9


def test_whatever_is_stored_is_spelled_as_before() -> None:
    assert [to_person(31), GROUP, to_chat(-100), to_press("55x")] == ["p31", "g", "c-100", "q55x"]
    assert [ref_to("perintah", 7), ref_to("board", 7), ref_to("draft", 31)] == ["p7", "b7", "d31"]
    assert [ref_to("invite", 4), ref_to("permohonan", 3), ref_to("outbox", 9)] == [
        "i4",
        "m3",
        "o9",
    ]
    assert [tugas_ref(7, 12), command_ref("siap"), preview_ref("7-12")] == [
        "7-12",
        "ksiap",
        "lihat7-12",
    ]
    assert command_ref("pengumpulan", "2026-TW3") == "kpengumpulan.2026-TW3"
    assert callback_data("ok", "7-12", 3) == "ok:7-12:3"
    assert slot_name("papan", 7, "3b", to_person(31)) == "papan:7:3b:p31"
    assert [task_slot("7-12", 31), answer_slot("u1:5", 2)] == ["t7-12:p31", "u1:5:2"]
    assert answer_slot("u1:5", 2, is_below=True) == "u1:5:2b"


@pytest.mark.parametrize(
    ("ref", "read"),
    [
        ("7-12", Ref("7-12", "tugas", 7, 12)),
        ("p7", Ref("p7", "perintah", 7)),
        ("b7", Ref("b7", "board", 7)),
        ("d31", Ref("d31", "draft", 31)),
        ("i4", Ref("i4", "invite", 4)),
        ("m3", Ref("m3", "permohonan", 3)),
        ("o9", Ref("o9", "outbox", 9)),
        (f"p{LARGEST}", Ref(f"p{LARGEST}", "perintah", 999_999_999)),
        ("ksiap", Ref("ksiap", "command", name="siap")),
        ("kpengumpulan.2026-TW3", Ref("kpengumpulan.2026-TW3", "command", 0, 0, "pengumpulan",
                                      "2026-TW3")),
    ],
)  # fmt: skip
def test_a_ref_is_read_as_it_was_built(ref: str, read: Ref) -> None:
    assert Ref.read(ref) == read


@pytest.mark.parametrize(
    "odd",
    ["", "7", "7-", "-7", "7-12-3", "p", "px", "p-7", "p٣", "٧-١٢", f"p{LARGEST}9",
     f"7-{LARGEST}9", "k", "k.2026", "x7", " p7", "p7\n", "jam", "lihat7-12"],
)  # fmt: skip
def test_an_odd_ref_refers_to_nothing(odd: str) -> None:
    assert Ref.read(odd) == Ref(odd)
    assert Ref.read(odd).perintah_id is None


@pytest.mark.parametrize(
    ("ref", "perintah_id"),
    [("7-12", 7), ("p7", 7), ("b7", 7), ("d31", None), ("i5", None), ("m7", None), ("k7", None)],
)
def test_a_ref_tells_its_perintah(ref: str, perintah_id: int | None) -> None:
    assert Ref.read(ref).perintah_id == perintah_id


def test_callback_data_come_apart_as_they_were_put_together() -> None:
    assert read_callback("ok:7-12:3") == ("ok", Ref.read("7-12"), 3)
    assert read_callback("menu:ksiap:0") == ("menu", Ref.read("ksiap"), 0)
    assert read_callback("latihan:jam:0") == ("latihan", Ref("jam"), 0)


@pytest.mark.parametrize(
    "odd",
    ["", "ok", "ok:7-12", "ok:7-12:", "ok:7-12:x", "ok:7-12:-1", "ok:7-12:٣", "ok:7-12:3:4",
     f"ok:7-12:{LARGEST}9", "ok:7-12:3\n", "x" * 64],
)  # fmt: skip
def test_odd_callback_data_say_nothing(odd: str) -> None:
    assert read_callback(odd) == ("", Ref(), 0)


def test_a_recipient_is_a_person_a_chat_or_the_group() -> None:
    assert [person_of(to) for to in ("p31", "g", "c-100", "q5")] == [31, None, None, None]
    assert [chat_of(to) for to in ("p31", "g", "c-100", "q5")] == [None, None, -100, None]


def test_a_slot_is_known_by_its_purpose_and_its_first_parts() -> None:
    name = slot_name("ingat", "7-12", "atasan", to_person(31))

    assert is_slot(name, "ingat")
    assert is_slot(name, "ingat", "7-12")
    assert not is_slot(name, "ingat", "7-1")
    assert not is_slot(name, "mohon")
    assert not is_slot("t7-12:p31", "ingat")
    assert slot_part(slot_name("notulen", 7, "DAL", "u1:5"), 1) == "DAL"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/tugas", ("tugas", "")),
        (" /Status@sigap_bot  12/2026 \n", ("status", "12/2026")),
        ("/perintah pengumpulan TW3:\nsegera", ("perintah", "pengumpulan TW3:\nsegera")),
        ("/daftar AB-12", ("daftar", "AB-12")),
        ("tugas", ("", "")),
        ("/1,5", ("", "")),
        ("/ tugas", ("", "")),
        ("pakai /tugas", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_slash_command_is_its_name_and_what_stands_behind(
    text: str, found: tuple[str, str]
) -> None:
    assert command_in(text) == found


def test_an_answer_has_no_task_and_no_purpose() -> None:
    assert is_answer(answer_slot("u12", 1))
    assert is_answer(answer_slot("u12", 2, is_below=True))
    assert not is_answer(task_slot("7-12", 31))
    assert not is_answer(slot_name("ingat", "7-12", "p31"))
    assert not is_answer("")

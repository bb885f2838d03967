"""Whatever is sent, and in whatever mixture: Telegram's limits refuse none of it."""

import asyncio
from typing import Any

import pytest
from telegram import InputMediaDocument
from telegram.error import BadRequest

from bot.resources import House
from flows.model.messages import Attachment, Message
from tests.bot.rooms import Street
from tests.bot.test_mailroom import (
    bind_group,
    queue,
    sending,
    until_settled,
    words,
)


def papers(house: House, count: int) -> tuple[Attachment, ...]:
    return tuple(
        Attachment("berkas", f"bukti-{n}", sha256=house.store.files.keep(f"{n}".encode()))
        for n in range(count)
    )


def refused(street: Street) -> list[dict[str, Any]]:
    return [row for row in street.get("/api/log") if "Too Many Requests" in (row["error"] or "")]


async def test_an_album_after_two_messages_waits_for_its_room(
    house: House, street: Street
) -> None:
    person = street.person()
    queue(
        house, words(1, person), words(2, person), words(3, person, attachments=papers(house, 5))
    )

    async with sending(house):
        await until_settled(house)

    assert len(street.messages(person)) == 7
    assert refused(street) == []


async def test_albums_to_many_wait_for_the_room_all_share(house: House, street: Street) -> None:
    people = [street.person() for _ in range(6)]
    queue(house, *(words(1, person, attachments=papers(house, 10)) for person in people))

    async with sending(house):
        await until_settled(house)

    assert [len(street.messages(person)) for person in people] == [10] * 6
    assert refused(street) == []


async def test_a_file_and_the_words_too_long_for_its_caption_are_two(
    house: House, street: Street
) -> None:
    person = street.person()
    long = {"isi": "k" * 1025}
    queue(
        house,
        *(
            Message("ucapan", f"c{person}", long, attachments=papers(house, 1), unique=f"{n}")
            for n in range(6)
        ),
    )

    async with sending(house):
        await until_settled(house)

    assert len(street.messages(person)) == 12
    assert refused(street) == []


async def test_a_group_of_two_names_is_one_chat(house: House, street: Street) -> None:
    owner = street.person()
    group = street.group(owner, bot="administrator")
    bind_group(house, group)
    queue(house, *(Message("ucapan", "g", {"isi": f"{n}"}) for n in range(4)))
    queue(house, *(words(n, group) for n in range(4)), key="k2")

    async with sending(house):
        await until_settled(house)

    assert len(street.messages(owner, group)) == 8
    assert refused(street) == []


async def test_whoever_sends_waits_for_the_same_limits(house: House, street: Street) -> None:
    """Offices of practice have mailrooms of their own, and one bot."""
    person = street.person()
    media = [InputMediaDocument(b"a", filename=f"{n}.pdf") for n in range(4)]
    queue(house, *(words(n, person) for n in range(3)))

    async with sending(house):
        await asyncio.gather(
            house.bot.send_media_group(person, media),
            *(house.bot.send_message(person, f"sendiri {n}") for n in range(3)),
        )
        await until_settled(house)

    assert len(street.messages(person)) == 10
    assert refused(street) == []


async def test_the_answer_to_a_press_waits_for_no_message(house: House) -> None:
    for chat in range(1, 31):
        house.pace.take(chat)

    async with asyncio.timeout(5):
        with pytest.raises(BadRequest, match="Query is too old"):
            await house.bot.answer_callback_query("1")

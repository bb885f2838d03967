"""Any mixture of messages is sent without a refusal by Telegram's limits."""

import asyncio
from typing import Any

import pytest
from telegram import InputMediaDocument
from telegram.error import BadRequest

from bot.resources import Resources
from flows.model.messages import Attachment, Message
from tests.bot.rooms import Street
from tests.bot.sending.test_dispatcher import bind_group, queue, sending, until_settled, words


def papers(resources: Resources, count: int) -> tuple[Attachment, ...]:
    return tuple(
        Attachment("berkas", f"bukti-{n}", sha256=resources.store.files.keep(f"{n}".encode()))
        for n in range(count)
    )


def refused(street: Street) -> list[dict[str, Any]]:
    return [row for row in street.get("/api/log") if "Too Many Requests" in (row["error"] or "")]


async def test_an_album_after_two_messages_waits_for_its_room(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    queue(
        resources,
        words(1, person),
        words(2, person),
        words(3, person, attachments=papers(resources, 5)),
    )

    async with sending(resources):
        await until_settled(resources)

    assert len(street.messages(person)) == 7
    assert refused(street) == []


async def test_albums_to_many_wait_for_the_room_all_share(
    resources: Resources, street: Street
) -> None:
    people = [street.person() for _ in range(6)]
    queue(resources, *(words(1, person, attachments=papers(resources, 10)) for person in people))

    async with sending(resources):
        await until_settled(resources)

    assert [len(street.messages(person)) for person in people] == [10] * 6
    assert refused(street) == []


async def test_a_file_and_the_words_too_long_for_its_caption_are_two(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    long = {"isi": "k" * 1025}
    queue(
        resources,
        *(
            Message("ucapan", f"c{person}", long, attachments=papers(resources, 1), unique=f"{n}")
            for n in range(6)
        ),
    )

    async with sending(resources):
        await until_settled(resources)

    assert len(street.messages(person)) == 12
    assert refused(street) == []


async def test_a_group_of_two_names_is_one_chat(resources: Resources, street: Street) -> None:
    owner = street.person()
    group = street.group(owner, bot="administrator")
    bind_group(resources, group)
    queue(resources, *(Message("ucapan", "g", {"isi": f"{n}"}) for n in range(4)))
    queue(resources, *(words(n, group) for n in range(4)), key="k2")

    async with sending(resources):
        await until_settled(resources)

    assert len(street.messages(owner, group)) == 8
    assert refused(street) == []


async def test_whoever_sends_waits_for_the_same_limits(
    resources: Resources, street: Street
) -> None:
    """Offices of practice have mailrooms of their own, and one bot."""
    person = street.person()
    media = [InputMediaDocument(b"a", filename=f"{n}.pdf") for n in range(4)]
    queue(resources, *(words(n, person) for n in range(3)))

    async with sending(resources):
        await asyncio.gather(
            resources.bot.send_media_group(person, media),
            *(resources.bot.send_message(person, f"sendiri {n}") for n in range(3)),
        )
        await until_settled(resources)

    assert len(street.messages(person)) == 10
    assert refused(street) == []


async def test_the_answer_to_a_press_waits_for_no_message(resources: Resources) -> None:
    for chat in range(1, 31):
        resources.limiter.take(chat)

    async with asyncio.timeout(5):
        with pytest.raises(BadRequest, match="Query is too old"):
            await resources.bot.answer_callback_query("1")

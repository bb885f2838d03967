"""What cannot be worded is answered at once with its fault code, and holds nobody up."""

import asyncio
import logging

import pytest

from bot.resources import Resources
from flows.model.messages import Attachment, BoardDue, Button, Message, Toast
from tests.bot.rooms import Street, bound
from tests.bot.sending.test_dispatcher import (
    OK,
    bind_group,
    keep_perintah,
    queue,
    seen,
    sending,
    until_settled,
    words,
)
from tests.storage.world import ADMIN, bind_to

RUSAK = Button("tombol_rusak", "ok", "7-12", 1)
SENTENCE = (
    "Mohon maaf, pesan ini belum dapat ditampilkan karena gangguan Sistem; yang sudah dikirim "
    "atau diputuskan tetap tersimpan, dan Admin Sistem diberi tahu. Kode gangguan: {}"
)


def told(texts: list[str], kode: str) -> int:
    """How often the admin has been told of it."""
    return sum(f"disisihkan (kode {kode})" in text for text in texts)


@pytest.mark.parametrize(
    ("key", "further"),
    [
        ("tugas_isi", {}),
        ("tak_ada", {}),
        ("ucapan", {"rows": ((RUSAK,),)}),
        ("tugas_isi", {"rows": ((OK,),), "slot": "tugas:1", "is_ring": True}),
        ("tugas_isi", {"attachments": (Attachment("berkas", "isi.xlsx", sha256="ab" * 32),)}),
    ],
)
async def test_a_message_without_words_is_answered_with_its_code_and_the_next_one_comes(
    resources: Resources,
    street: Street,
    key: str,
    further: dict[str, object],
    caplog: pytest.LogCaptureFixture,
) -> None:
    person, admin = street.person(), street.person()
    bound(resources, admin)
    queue(resources, Message(key, f"c{person}", {"isi": "x"}, **further), words(2, person))

    with caplog.at_level(logging.ERROR):
        async with sending(resources):
            ended = await until_settled(resources)

    assert await seen(street, person) == [SENTENCE.format("o1"), "kata 2"]
    assert told(await seen(street, admin), "o1") == 1
    assert ended == {"parked": 1, "sent": 2}
    [line] = [record for record in caplog.records if record.msg == "not_worded"]
    assert line.kode == "o1"


async def test_an_edit_without_words_says_so_in_its_place_and_the_next_one_mends_it(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    queue(resources, words(1, person, slot="tugas:1", rows=((OK,),)))
    async with sending(resources):
        await until_settled(resources)
        queue(resources, Message("tugas_isi", f"c{person}", slot="tugas:1"), key="k2")
        await until_settled(resources)
        [message] = street.messages(person)
        queue(resources, words(3, person, slot="tugas:1", rows=((OK,),)), key="k3")
        ended = await until_settled(resources)

    assert (message["text"], message["keyboard"]) == (SENTENCE.format("o2"), [])
    assert await seen(street, person) == ["kata 3"]
    assert ended == {"parked": 1, "sent": 2}


async def test_a_caption_without_words_keeps_its_file(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    paper = Attachment("berkas", "isi.xlsx", sha256=resources.store.files.keep(b"isi"))
    queue(resources, words(1, person, attachments=(paper,), slot="tugas:1"))
    async with sending(resources):
        await until_settled(resources)
        queue(resources, Message("tugas_isi", f"c{person}", slot="tugas:1"), key="k2")
        await until_settled(resources)

    [message] = street.messages(person)
    assert (message["text"], message["file"]["name"]) == (SENTENCE.format("o2"), "isi.xlsx")


async def test_a_press_whose_answer_has_no_words_is_answered_with_the_code(
    resources: Resources, street: Street
) -> None:
    person, admin = street.person(), street.person()
    bound(resources, admin)
    queue(resources, words(1, person, rows=((OK,),)))
    async with sending(resources):
        await until_settled(resources)
        [message] = street.messages(person)
        street.post("/api/updates/forget")
        body = {"message": message["id"], "label": "Terima", "wait": 10}
        path = f"/api/people/{person}/chats/{person}/press"
        press = asyncio.create_task(asyncio.to_thread(street.post, path, body))
        updates = await resources.bot.get_updates(timeout=5)
        [query] = [u.callback_query for u in updates if u.callback_query]
        queue(resources, Toast(query.id, "toast_rusak", is_alert=True), key="k2")
        toast = await press
        await until_settled(resources)

    assert toast["text"] == "Mohon maaf, jawaban ini belum dapat ditampilkan. Kode gangguan: o2"
    assert toast["alert"]
    assert told(await seen(street, admin), "o2") == 1


async def test_a_board_without_words_is_told_to_the_admin_alone(
    resources: Resources, street: Street
) -> None:
    admin, owner = street.person(), street.person()
    group = street.group(owner, bot="administrator")
    keep_perintah(resources)
    bind_to(resources.store, {ADMIN: admin})
    bind_group(resources, group)
    queue(resources, BoardDue(7), Message("tugas_isi", "g"), Message("ucapan", "g", {"isi": "a"}))

    async with sending(resources, papan="{{ tiada }}"):
        ended = await until_settled(resources)

    assert await seen(street, owner, group) == ["a"]
    assert sum("disisihkan" in text for text in await seen(street, admin)) == 1
    assert ended == {"parked": 2, "sent": 2}


async def test_the_admin_is_told_once_in_an_hour(resources: Resources, street: Street) -> None:
    person, admin = street.person(), street.person()
    bound(resources, admin)
    queue(resources, *(Message("tugas_isi", f"c{person}", unique=f"{n}") for n in range(3)))

    async with sending(resources):
        ended = await until_settled(resources)

    assert await seen(street, person) == [SENTENCE.format(f"o{n}") for n in (1, 2, 3)]
    assert len(await seen(street, admin)) == 1
    assert ended == {"parked": 3, "sent": 1}

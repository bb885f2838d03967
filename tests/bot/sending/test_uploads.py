"""A file Telegram already has is sent by its id there, else as it lies here."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing

import pytest
from telegram.error import BadRequest

from bot.documents.paper import Paper
from bot.resources import Resources
from bot.sending.prepared import Contents, upload
from flows.model.messages import Attachment
from tests.bot.rooms import Street
from tests.bot.sending.test_dispatcher import queue, sending, until_settled, words


def paper(resources: Resources, name: str = "rekap.xlsx", content: bytes = b"isi") -> Attachment:
    return Attachment("berkas", name, sha256=resources.store.files.keep(content))


async def send(resources: Resources, person: int, *papers: Attachment, key: str) -> None:
    queue(resources, words(1, person, attachments=papers), key=key)
    await until_settled(resources)


def files_of(street: Street, person: int) -> list[tuple[str, bytes]]:
    return [
        (message["file"]["name"], street.file(message["file"]["url"]))
        for message in street.messages(person)
    ]


def uploads_of(street: Street, *people: int) -> int:
    """How many different files Telegram holds for what stands in these chats."""
    return len({m["file"]["url"] for person in people for m in street.messages(person)})


async def test_the_same_file_goes_to_many_but_is_uploaded_once(
    resources: Resources, street: Street
) -> None:
    people = [street.person() for _ in range(3)]

    async with sending(resources):
        for person in people:
            await send(resources, person, paper(resources), key=f"k{person}")

    assert [files_of(street, person) for person in people] == [[("rekap.xlsx", b"isi")]] * 3
    assert uploads_of(street, *people) == 1


async def test_whoever_needs_a_file_just_being_uploaded_waits_for_its_id(
    resources: Resources, street: Street
) -> None:
    people = [street.person() for _ in range(5)]
    street.fault("delay", method="sendDocument", seconds=0.3, count=1)
    queue(resources, *(words(1, person, attachments=(paper(resources),)) for person in people))

    async with sending(resources):
        await until_settled(resources)

    assert [files_of(street, person) for person in people] == [[("rekap.xlsx", b"isi")]] * 5
    assert uploads_of(street, *people) == 1


async def test_an_album_uploads_only_what_telegram_has_not(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    sheet, letter = paper(resources), paper(resources, "rekap.pdf", b"surat")

    async with sending(resources):
        await send(resources, person, sheet, key="k1")
        await send(resources, person, sheet, letter, key="k2")
        await send(resources, person, letter, key="k3")

    sheets, letters = [("rekap.xlsx", b"isi")] * 2, [("rekap.pdf", b"surat")] * 2
    assert files_of(street, person) == sheets + letters
    assert uploads_of(street, person) == 2


async def test_the_same_content_under_another_name_bears_that_name(
    resources: Resources, street: Street
) -> None:
    """To an id Telegram keeps the name it was uploaded with."""
    person = street.person()

    async with sending(resources):
        await send(resources, person, paper(resources, "lama.xlsx"), key="k1")
        await send(resources, person, paper(resources, "baru.xlsx"), key="k2")

    assert [name for name, _ in files_of(street, person)] == ["lama.xlsx", "baru.xlsx"]


async def test_where_telegram_refuses_the_id_the_file_goes_whole(
    resources: Resources, street: Street
) -> None:
    """As with a restored database and a new token: the ids were another bot's."""
    person = street.person()
    async with sending(resources):
        await send(resources, person, paper(resources), key="k1")
        with (
            closing(sqlite3.connect(resources.settings.data_dir / "sigap.db")) as database,
            database,
        ):
            changed = database.execute("UPDATE sent_file SET file_id = 'lain'").rowcount

        await send(resources, person, paper(resources), key="k2")
        await send(resources, person, paper(resources), key="k3")

    assert changed == 1
    assert files_of(street, person) == [("rekap.xlsx", b"isi")] * 3
    assert uploads_of(street, person) == 2


async def test_a_picture_that_telegram_takes_for_no_photo_goes_as_a_document(
    resources: Resources,
) -> None:
    """A photo whose header is whole and whose pixels are not: only Telegram can tell."""
    path = resources.store.files.path(resources.store.files.keep(b"rusak"))
    broken = Paper("Bukti PPA-06.jpg", path, is_picture=True, upload="lain")
    tried: list[tuple[bool, list[bytes | str]]] = []

    async def send(papers: Sequence[Paper], contents: Contents) -> str:
        tried.append((papers[0].is_picture, list(contents)))
        if papers[0].is_picture:
            raise BadRequest("IMAGE_PROCESS_FAILED")
        return papers[0].name

    assert await upload((broken,), send) == "Bukti PPA-06.jpg"
    assert tried == [(True, ["lain"]), (True, [b"rusak"]), (False, [b"rusak"])]


async def test_any_other_refusal_of_a_picture_stays_one(resources: Resources) -> None:
    path = resources.store.files.path(resources.store.files.keep(b"gambar"))

    async def send(papers: Sequence[Paper], contents: Contents) -> str:
        raise BadRequest("chat not found")

    with pytest.raises(BadRequest, match="chat not found"):
        await upload((Paper("a.png", path, is_picture=True),), send)


async def test_an_exchanged_file_is_the_new_one(resources: Resources, street: Street) -> None:
    person = street.person()
    newer = paper(resources, content=b"dua")
    async with sending(resources):
        await send(resources, person, paper(resources, content=b"satu"), key="k1")
        await send(resources, person, newer, key="k2")
        first = int(street.messages(person)[0]["id"])
        queue(resources, words(2, person, attachments=(newer,), media=first), key="k3")

        await until_settled(resources)

    assert files_of(street, person) == [("rekap.xlsx", b"dua")] * 2
    assert uploads_of(street, person) == 1

"""Files and facts are there before an item is decided."""

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from openpyxl import Workbook

from bot.operations.backups import backup_folder
from bot.receiving.fetcher import Fetcher, Reader
from bot.receiving.receiver import Receiver, Watchdog
from bot.receiving.translate import translate
from bot.resources import Resources
from flows.forms.form import Sheet, Unreadable
from flows.model.commands import Sent
from reports.reading.sheetjson import reading_from_json
from storage.maintenance.backup import backups
from storage.queues.inbox import Item
from tests.bot.rooms import NOW, Street, bound, eventually


@contextlib.asynccontextmanager
async def at_work(resources: Resources) -> AsyncIterator[list[int]]:
    """Receiver, fetcher and reader; gives the chats whose files were looked at."""
    told: list[int] = []

    async def begins(chat_id: int) -> None:
        told.append(chat_id)

    loops = (
        Receiver(resources).run(Watchdog()),
        Fetcher(resources).run(),
        Reader(resources).run(begins),
    )
    tasks = [asyncio.create_task(loop) for loop in loops]
    try:
        yield told
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def until_ready(resources: Resources, key: str, chat_id: int | None = None) -> Item:
    """The first message with such a part (in that chat) that waits for nothing any more."""

    def found() -> Item | None:
        with resources.store.transaction() as tx:
            ready = tx.inbox.pending("ready", 100)
        told = (i for i in ready if chat_id is None or i.chat_id == chat_id)
        return next((item for item in told if key in item.raw.get("message", {})), None)

    item = await eventually(found)
    assert item is not None
    return item


def workbook() -> bytes:
    book, content = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet["B3"] = "Realisasi"
    book.save(content)
    return content.getvalue()


def reading(resources: Resources, item: Item) -> Sheet | Unreadable:
    path = resources.sheets / f"{item.extra['sheet']}.json"
    return reading_from_json(path.read_text("utf-8"))


async def test_a_spreadsheet_is_fetched_kept_and_read(
    resources: Resources, street: Street
) -> None:
    person, content = street.person(), workbook()

    async with at_work(resources) as told:
        await asyncio.to_thread(street.upload, person, "isi.xlsx", content)
        item = await until_ready(resources, "document")

    sheet = reading(resources, item)
    assert isinstance(sheet, Sheet)
    assert sheet.rows[0][1]["B"].text == "Realisasi"
    assert resources.store.files.path(item.extra["sha256"]).read_bytes() == content
    assert item.extra["size"] == len(content)
    assert told == [person]


async def test_what_is_no_spreadsheet_says_why(resources: Resources, street: Street) -> None:
    person = street.person()

    async with at_work(resources):
        await asyncio.to_thread(street.upload, person, "isi.xlsx", b"%PDF-1.7 bukan lembar")
        item = await until_ready(resources, "document")

    assert reading(resources, item) == Unreadable("pdf")


async def test_the_code_a_pdf_bears_is_known_before_it_is_decided(
    resources: Resources, street: Street
) -> None:
    person, content = street.person(), b"%PDF-1.7 /Keywords (SIGAP-8C41-E2B7)"

    async with at_work(resources) as told:
        await asyncio.to_thread(street.upload, person, "rekap.pdf", content)
        item = await until_ready(resources, "document")

    command = translate(item, resources.me, None)
    assert isinstance(command, Sent)
    assert (command.claim, told) == ("8C41-E2B7", [])


async def test_other_files_are_fetched_and_not_read(resources: Resources, street: Street) -> None:
    person = street.person()

    async with at_work(resources) as told:
        await asyncio.to_thread(street.upload, person, "bukti.docx", b"PK bukti")
        item = await until_ready(resources, "document")

    assert resources.store.files.path(item.extra["sha256"]).read_bytes() == b"PK bukti"
    assert "sheet" not in item.extra
    assert told == []


async def test_a_file_too_large_is_ready_at_once(resources: Resources, street: Street) -> None:
    person, asked = street.person(), len(street.log("getFile"))

    async with at_work(resources):
        await asyncio.to_thread(street.upload, person, "isi.xlsx", bytes(5 * 2**20 + 1))
        item = await until_ready(resources, "document")

    assert item.extra == {}
    assert len(street.log("getFile")) == asked


async def test_a_file_telegram_will_not_give_is_unreadable(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    street.fault("status", method="getFile", status=400, count=1)

    async with at_work(resources):
        await asyncio.to_thread(street.upload, person, "isi.xlsx", workbook())
        item = await until_ready(resources, "document")

    assert item.extra["unreadable"] == "unfetched"


async def test_an_outage_while_fetching_is_waited_out(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    street.fault("status", method="getFile", status=502, count=2)

    async with at_work(resources):
        await asyncio.to_thread(street.upload, person, "bukti.pdf", b"%PDF-1.7 sabar")
        item = await until_ready(resources, "document")

    assert item.attempts == 0
    assert resources.store.files.has(item.extra["sha256"])


async def test_binding_a_group_learns_who_asks_and_what_we_may(
    resources: Resources, street: Street
) -> None:
    owner = street.person()
    group = street.group(owner, bot="administrator")

    async with at_work(resources):
        await asyncio.to_thread(street.say, owner, "/grup", group)
        item = await until_ready(resources, "text", group)

    assert item.extra["facts"] == {
        "member_status": "creator",
        "chat_title": "Grup Uji",
        "can_pin": "true",
    }


async def test_a_member_without_rights_is_seen_as_such(
    resources: Resources, street: Street
) -> None:
    owner, member = street.person(), street.person("Bapak Anggota")
    group = street.group(owner, members=[member])

    async with at_work(resources):
        await asyncio.to_thread(street.say, member, "/grup", group)
        item = await until_ready(resources, "text", group)

    assert item.extra["facts"]["member_status"] == "member"
    assert item.extra["facts"]["can_pin"] == "false"


async def test_sehat_and_cadangkan_look_up_what_an_administrator_asks_for(
    resources: Resources, street: Street
) -> None:
    admin = street.person()
    street.calm()
    bound(resources, admin)

    async with at_work(resources):
        await asyncio.to_thread(street.say, admin, "/cadangkan")
        made = (await until_ready(resources, "text", admin)).extra["facts"]
        with resources.store.transaction() as tx:
            tx.inbox.finish(tx.inbox.pending("ready", 1)[0].id, NOW)
        await asyncio.to_thread(street.say, admin, "/sehat")
        told = (await until_ready(resources, "text", admin)).extra["facts"]

    [archive] = backups(backup_folder(resources.settings))
    assert (made["nama"], told["cadangan"]) == (archive.name, archive.name)
    assert made["sha256"] == hashlib.sha256(archive.read_bytes()).hexdigest()
    assert (told["disisihkan"], told["masuk"]) == ("0", "1")
    assert int(told["disk"]) > 0


@pytest.mark.parametrize("question", ["/sehat", "/cadangkan"])
async def test_nothing_is_looked_up_for_whoever_is_no_administrator(
    resources: Resources, street: Street, question: str
) -> None:
    stranger = street.person()
    street.calm()

    async with at_work(resources):
        await asyncio.to_thread(street.say, stranger, question)
        item = await until_ready(resources, "text", stranger)

    assert item.extra["facts"] == {}
    assert backups(backup_folder(resources.settings)) == []


async def test_a_backup_that_fails_is_told_to_whoever_asked_for_it(
    resources: Resources, street: Street
) -> None:
    admin = street.person()
    street.calm()
    bound(resources, admin)
    backup_folder(resources.settings).write_text("no folder")

    async with at_work(resources):
        await asyncio.to_thread(street.say, admin, "/cadangkan")
        item = await until_ready(resources, "text", admin)

    assert item.extra["facts"] == {"cadangan_gagal": "FileExistsError"}

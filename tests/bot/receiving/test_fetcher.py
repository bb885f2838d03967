"""Files and facts are there before an item is decided."""

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
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
from flows.model.proof import TOO_LARGE, TOO_OFTEN
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


def official(resources: Resources, street: Street) -> int:
    """The account of somebody registered."""
    person = street.person()
    bound(resources, person)
    return person


def files_of(resources: Resources) -> int:
    return sum(path.is_file() for path in (resources.settings.data_dir / "files").rglob("*"))


async def until_all_ready(resources: Resources, chat_id: int, count: int) -> list[Item]:
    """The files of the chat, once as many wait for nothing any more."""

    def found() -> list[Item]:
        with resources.store.transaction() as tx:
            ready = [i for i in tx.inbox.pending("ready", 100) if i.chat_id == chat_id]
            for item in ready:
                tx.inbox.finish(item.id, NOW)
            done = [i for i in tx.inbox.pending("done", 100) if i.chat_id == chat_id]
        files = [item for item in done if "document" in item.raw["message"]]
        return files if len(files) >= count else []

    return await eventually(found)


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
    person, content = official(resources, street), workbook()

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
    person = official(resources, street)

    async with at_work(resources):
        await asyncio.to_thread(street.upload, person, "isi.xlsx", b"%PDF-1.7 bukan lembar")
        item = await until_ready(resources, "document")

    assert reading(resources, item) == Unreadable("pdf")


async def test_the_code_a_pdf_bears_is_known_before_it_is_decided(
    resources: Resources, street: Street
) -> None:
    person, content = official(resources, street), b"%PDF-1.7 /Keywords (SIGAP-8C41-E2B7)"

    async with at_work(resources) as told:
        await asyncio.to_thread(street.upload, person, "rekap.pdf", content)
        item = await until_ready(resources, "document")

    command = translate(item, resources.me, None)
    assert isinstance(command, Sent)
    assert (command.claim, told) == ("8C41-E2B7", [])


async def test_other_files_are_fetched_and_not_read(resources: Resources, street: Street) -> None:
    person = official(resources, street)

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
    person = official(resources, street)
    street.fault("status", method="getFile", status=400, count=1)

    async with at_work(resources):
        await asyncio.to_thread(street.upload, person, "isi.xlsx", workbook())
        item = await until_ready(resources, "document")

    assert item.extra["unreadable"] == "unfetched"


async def test_an_outage_while_fetching_is_waited_out(
    resources: Resources, street: Street
) -> None:
    person = official(resources, street)
    street.fault("status", method="getFile", status=502, count=2)

    async with at_work(resources):
        await asyncio.to_thread(street.upload, person, "bukti.pdf", b"%PDF-1.7 sabar")
        item = await until_ready(resources, "document")

    assert item.attempts == 0
    assert resources.store.files.has(item.extra["sha256"])


async def test_binding_a_group_learns_who_asks_and_what_we_may(
    resources: Resources, street: Street
) -> None:
    owner = official(resources, street)
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
    owner, member = street.person(), official(resources, street)
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


async def test_the_file_of_a_stranger_is_not_asked_for(
    resources: Resources, street: Street
) -> None:
    stranger, asked = street.person(), len(street.log("getFile"))
    with resources.store.transaction() as tx:
        tx.people.make_admin_invite("Ibu Admin", NOW)

    async with at_work(resources) as told:
        for name in ("isi.xlsx", "bukti.pdf", "besar.zip"):
            await asyncio.to_thread(street.upload, stranger, name, workbook())
        items = await until_all_ready(resources, stranger, 3)

    assert [item.extra["unreadable"] for item in items] == ["unfetched"] * 3
    assert (len(street.log("getFile")), files_of(resources), told) == (asked, 0, [])


async def test_who_has_left_the_office_is_a_stranger(resources: Resources, street: Street) -> None:
    person, asked = official(resources, street), len(street.log("getFile"))
    with resources.store.transaction() as tx:
        tx.people.take_staff([], NOW - timedelta(days=1))

    async with at_work(resources):
        await asyncio.to_thread(street.upload, person, "isi.xlsx", workbook())
        [item] = await until_all_ready(resources, person, 1)

    assert (item.extra["unreadable"], len(street.log("getFile"))) == ("unfetched", asked)


async def test_a_stranger_may_have_five_small_files_verified_in_an_hour(
    resources: Resources, street: Street
) -> None:
    stranger, asked = street.person(), len(street.log("getFile"))
    large = bytes(5 * 2**20 + 1)

    async with at_work(resources):
        upload = partial(asyncio.to_thread, street.upload, stranger)
        await upload("besar.pdf", large, caption="/verifikasi")
        for n in range(7):
            await upload(f"{n}.pdf", b"%PDF-1.7 kertas " + bytes([n]), caption="/verifikasi")
        items = await until_all_ready(resources, stranger, 8)

    reasons = [item.extra.get("unreadable", "") for item in items]
    assert reasons == [TOO_LARGE, *[""] * 5, *[TOO_OFTEN] * 2]
    assert len(street.log("getFile")) == asked + 5


async def test_a_file_that_follows_verifikasi_is_fetched(
    resources: Resources, street: Street
) -> None:
    stranger = street.person()

    async with at_work(resources):
        await asyncio.to_thread(street.say, stranger, "/verifikasi")
        await asyncio.to_thread(street.upload, stranger, "kertas.pdf", b"%PDF-1.7 kertas")
        [item] = await until_all_ready(resources, stranger, 1)

    assert resources.store.files.has(item.extra["sha256"])


async def test_the_file_of_a_stranger_is_given_up_after_ten_minutes(
    resources: Resources, street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger, fetcher = street.person(), Fetcher(resources)
    street.fault("status", method="getFile", status=502)
    poll = Receiver(resources)
    await asyncio.to_thread(street.upload, stranger, "a.pdf", b"%PDF a", caption="/verifikasi")
    await poll.keep(await poll._poll())
    async with asyncio.TaskGroup() as group:
        task = group.create_task(fetcher.run())
        await eventually(lambda: street.log("getFile"))
        later = resources.clock.now() + timedelta(minutes=11)
        monkeypatch.setattr(resources.clock, "now", lambda: later)
        [item] = await until_all_ready(resources, stranger, 1)
        task.cancel()

    assert item.extra["unreadable"] == "unfetched"

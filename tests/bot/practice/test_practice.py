"""/latihan: an office of one's own beside the real one, through a real bot and the simulator."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest

from bot.documents.documents import Documents
from bot.practice.practice import Practice, loops
from bot.practice.room import HEARD
from bot.receiving.receiver import Receiver, Watchdog
from bot.resources import Resources
from bot.runtime.loops import until_first
from bot.sending.dispatcher import Dispatcher
from bot.sending.sender import Sender
from bot.wording.wording import Wording
from flows.model.changes import Decision
from flows.model.messages import Button, Message
from storage.queues.inbox import Item
from storage.store import Store
from tests.bot.alone import Alone
from tests.bot.rooms import Street, bound, eventually

WORDING = Wording()


async def test_the_loops_of_an_office_are_made_also_where_its_folder_is_gone(
    resources: Resources,
) -> None:
    """What is lost is told by the store, in its own words, and by no folder."""
    gone = resources.settings.data_dir
    gone.rename(gone.with_name(f"{gone.name}-lain"))

    made = list(loops(resources, WORDING))

    assert len(made) == 5
    assert not gone.exists()
    for loop in made:
        loop.close()


@asynccontextmanager
async def working(resources: Resources) -> AsyncIterator[Practice]:
    """The real office's receiver and dispatcher with a practice beside them."""
    practice = Practice(resources, WORDING)
    dispatcher = Dispatcher(resources, Sender(resources, WORDING, Documents(resources, WORDING)))
    receiver = Receiver(resources, practice.take)
    task = asyncio.create_task(
        until_first(practice.run(), receiver.run(Watchdog()), dispatcher.run())
    )
    try:
        yield practice
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def with_words(street: Street, person: int, words: str) -> Callable[[], dict[str, Any] | None]:
    """The newest message of the bot that has them, as it stands."""
    return lambda: next((m for m in reversed(street.messages(person)) if words in m["text"]), None)


async def press(street: Street, person: int, message: dict[str, Any], label: str) -> Any:
    body = {"message": message["id"], "label": label}
    path = f"/api/people/{person}/chats/{person}/press"
    return await asyncio.to_thread(street.post, path, body)


def received(resources: Resources) -> tuple[Item, ...]:
    """What stands in the real office's inbox."""
    with resources.store.reading() as queries:
        return queries.inbox.pending("ready", 50)


@pytest.fixture
def official(street: Street, resources: Resources) -> int:
    person = street.person("Ibu Pejabat")
    street.post("/api/updates/forget")
    bound(resources, person, "kasubag_perencanaan")
    return person


async def begin(street: Street, person: int) -> dict[str, Any]:
    await asyncio.to_thread(street.say, person, "/latihan")
    panel = await eventually(with_words(street, person, "Selamat datang di kantor latihan"))
    assert panel is not None
    return panel


async def issue(street: Street, person: int) -> None:
    await asyncio.to_thread(street.say, person, "/perintah pengumpulan TW III 2026")
    summary = await eventually(with_words(street, person, "Ringkasan perintah"))
    assert summary is not None
    await press(street, person, summary, "Terbitkan")


async def test_one_person_plays_all_roles_and_the_real_office_knows_nothing(
    street: Street, resources: Resources, official: int
) -> None:
    async with working(resources):
        await begin(street, official)
        await issue(street, official)
        order = await eventually(with_words(street, official, "untuk Sekretaris"))
        assert order is not None
        await press(street, official, order, "Teruskan")
        await eventually(lambda: with_words(street, official, "untuk Sekretaris")() != order)

    assert all(m["text"].startswith("🎓 LATIHAN") for m in street.messages(official))
    assert received(resources) == ()
    with resources.store.reading() as queries:
        assert queries.orders.heads() == ()
        assert queries.orders.find(1) is None


async def test_one_person_alone_plays_sop_a_to_the_rekap(
    street: Street, resources: Resources, official: int
) -> None:
    async with working(resources):
        await begin(street, official)
        await asyncio.to_thread(street.say, official, "/perintah pengumpulan TW III 2026")
        over = "LATIHAN · Grup\n✅"
        end = await asyncio.to_thread(Alone(street, official).play_until, over, 240)

    assert "87,96%" in end["text"]
    refused = [row for row in street.get("/api/log") if row["chat"] == official and row["error"]]
    assert refused == []


async def test_the_practice_clock_moves_to_the_limit_and_the_reminder_comes(
    street: Street, resources: Resources, official: int
) -> None:
    async with working(resources):
        panel = await begin(street, official)
        await issue(street, official)
        await eventually(with_words(street, official, "untuk Sekretaris"))

        toast = await press(street, official, panel, "Ke tenggat berikutnya")
        late = await eventually(with_words(street, official, "melewati batas waktu"))

    assert toast["text"].startswith("Jam latihan: ")
    assert late is not None
    assert late["text"].startswith("🎓 LATIHAN · untuk Sekretaris")


async def test_ending_it_deletes_the_file_and_says_so(
    street: Street, resources: Resources, official: int
) -> None:
    folder = resources.settings.data_dir / "latihan" / str(official)
    async with working(resources):
        panel = await begin(street, official)
        existed = (folder / "sigap.db").exists()

        await press(street, official, panel, "Akhiri latihan")
        goodbye = await eventually(with_words(street, official, "Latihan diakhiri dan dihapus"))

    assert existed
    assert not folder.exists()
    assert goodbye is not None
    assert "🎓" not in goodbye["text"]


async def test_it_goes_on_after_the_bot_was_stopped_and_started(
    street: Street, resources: Resources, official: int
) -> None:
    async with working(resources):
        await begin(street, official)
        await issue(street, official)
        await eventually(with_words(street, official, "untuk Sekretaris"))

    async with working(resources):
        await asyncio.to_thread(street.say, official, "/status")
        status = await eventually(with_words(street, official, "001/2026"))

    assert status is not None
    assert received(resources) == ()


async def test_one_left_for_a_week_ends_with_one_sentence_and_without_a_file(
    street: Street, resources: Resources, official: int
) -> None:
    folder = resources.settings.data_dir / "latihan" / str(official)
    async with working(resources):
        await begin(street, official)
    store = Store(f"sqlite:///{folder / 'sigap.db'}", folder, None)
    with store.transaction() as tx:
        tx.office.set_meta(HEARD, (resources.clock.now() - timedelta(days=7)).isoformat())
    store.close()

    async with working(resources):
        told = await eventually(with_words(street, official, "tujuh hari tidak digunakan"))
        await eventually(lambda: not folder.exists())

    assert told is not None
    assert "🎓" not in told["text"]


async def test_a_broken_practice_file_does_not_hold_up_the_real_office(
    street: Street, resources: Resources, official: int
) -> None:
    folder = resources.settings.data_dir / "latihan" / str(official)
    folder.mkdir(parents=True)
    (folder / "sigap.db").write_bytes(b"bukan basis data" * 100)

    async with working(resources):
        await asyncio.to_thread(street.say, official, "/tugas")
        [item] = await eventually(lambda: received(resources))

    assert item.raw["message"]["text"] == "/tugas"
    assert not folder.exists()


async def test_a_press_on_a_message_of_the_real_office_stays_there(
    street: Street, resources: Resources, official: int
) -> None:
    real = Message("gangguan", f"c{official}", {"kode": "1"}, ((Button("batal", "batal", "x"),),))
    with resources.store.transaction() as tx:
        tx.apply(Decision(out=(real,)), "uji", resources.clock.now())
    async with working(resources):
        told = await eventually(with_words(street, official, "Kode gangguan"))
        assert told is not None
        await begin(street, official)

        body = {"message": told["id"], "label": "Batal", "wait": 0.1}
        street.post(f"/api/people/{official}/chats/{official}/press", body)
        items = await eventually(lambda: received(resources))

    assert [item.raw["callback_query"]["data"] for item in items] == ["batal:x:0"]


async def test_the_button_of_the_first_message_opens_the_practice_and_then_its_panel(
    street: Street, resources: Resources, official: int
) -> None:
    row = (Button("mulai_latihan", "menu", "klatihan"),)
    args = {"sapaan": "Ibu", "nama": "Sari", "jabatan": [], "mampu": [], "kerja": [], "tugas": 0}
    first = Message("selamat_datang", f"c{official}", args, (row,))
    with resources.store.transaction() as tx:
        tx.apply(Decision(out=(first,)), "uji", resources.clock.now())
    async with working(resources):
        told = await eventually(with_words(street, official, "Bantuan kapan saja"))
        assert told is not None
        await press(street, official, told, "Coba di kantor latihan")
        begun = await eventually(with_words(street, official, "Selamat datang di kantor latihan"))
        await press(street, official, told, "Coba di kantor latihan")
        panel = await eventually(with_words(street, official, "Berperan sebagai:"))

    assert begun is not None
    assert panel is not None
    assert received(resources) == ()


async def test_who_is_not_registered_is_answered_by_the_real_office(
    street: Street, resources: Resources
) -> None:
    stranger = street.person("Orang Luar")
    street.post("/api/updates/forget")
    async with working(resources):
        await asyncio.to_thread(street.say, stranger, "/latihan")
        [item] = await eventually(lambda: received(resources))

    assert item.raw["message"]["text"] == "/latihan"
    assert not (resources.settings.data_dir / "latihan").exists()

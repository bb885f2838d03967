"""The simulated office kept on disk: what a later process finds of it."""

from pathlib import Path

from telegram import Bot

from simulator.app import build_world
from simulator.people import archive
from simulator.world.clock import MovableClock, read_moment
from simulator.world.world import World
from tests.simulator.conftest import DEDI, OFFICE, People


def later() -> World:
    return build_world(OFFICE, MovableClock(read_moment("2026-11-24 07:30")), first_serial=9000)


async def test_chats_files_and_waiting_updates_outlive_the_process(
    bot: Bot, people: People, world: World, tmp_path: Path
) -> None:
    await people.start(DEDI)
    sent = await bot.send_document(DEDI, b"isi formulir", filename="Format.xlsx", caption="ini")
    world.clock.advance(45)
    archive.save(world, tmp_path / "kantor.bin")
    next_world = later()

    is_loaded = archive.load(next_world, tmp_path / "kantor.bin")

    message = next_world.chats[DEDI].messages[sent.message_id]
    assert is_loaded
    assert message.content.text == "ini"
    assert next_world.files[message.content.file.id].data == b"isi formulir"  # type: ignore[union-attr]
    assert next_world.clock.now() >= read_moment("2026-11-24 08:15")
    assert [update["message"]["text"] for update in next_world.updates.waiting()] == ["/start"]
    assert next(next_world.chats[DEDI].ids) > sent.message_id


def test_a_file_of_something_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "kantor.bin"
    path.write_bytes(b"no archive of ours")

    assert not archive.load(later(), path)
    assert not archive.load(later(), tmp_path / "nothing.bin")

"""The lines to Telegram that are kept for the next call."""

import asyncio
from contextlib import suppress
from pathlib import Path

from bot.account import make_bot
from tests.bot.rooms import Street, settings

ME = b'{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"S","username":"s_bot"}}'


async def test_a_line_is_given_up_before_a_server_closes_it(tmp_path: Path) -> None:
    """Servers commonly close one idle for five seconds. What is written into the closing one is
    lost, and nobody knows whether it was done."""
    lines: list[asyncio.StreamWriter] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines.append(writer)
        with suppress(asyncio.IncompleteReadError):
            while await reader.readuntil(b"\r\n\r\n"):
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(ME), ME))

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    street = Street(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    bot = make_bot(settings(street, tmp_path))

    await bot.get_me()
    await bot.get_me()
    assert len(lines) == 1  # kept
    await asyncio.sleep(4.0)
    await bot.get_me()

    assert len(lines) == 2
    await bot.request.shutdown()
    street.close()
    server.close()
    for line in lines:
        line.close()
        await line.wait_closed()

"""The connections to Telegram."""

import asyncio
from asyncio import StreamReader, StreamWriter
from pathlib import Path

from pydantic import SecretStr

from bot.runtime.config import Settings
from bot.transport.account import make_bot

ANSWER = b'{"ok": true, "result": true}'
HEAD = f"HTTP/1.1 200 OK\r\nContent-Length: {len(ANSWER)}\r\n\r\n".encode()


async def test_a_connection_is_left_before_the_other_side_closes_it(tmp_path: Path) -> None:
    """Usual servers close one that was idle for five seconds: what is sent just then is lost,
    or done without an answer, and nobody can tell."""
    opened: list[StreamWriter] = []

    async def serve(reader: StreamReader, writer: StreamWriter) -> None:
        opened.append(writer)
        while await reader.readline():
            size = 0
            while (header := await reader.readline()) not in (b"\r\n", b""):
                name, _, value = header.partition(b":")
                size = int(value) if name.lower() == b"content-length" else size
            await reader.readexactly(size)
            writer.write(HEAD + ANSWER)

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        settings = Settings(
            _env_file=None,
            telegram_bot_token=SecretStr("1:a"),
            telegram_api_url=url,
            data_dir=tmp_path,
        )
        bot = make_bot(settings)
        await bot.request.initialize()
        for pause in (0.0, 0.1, 4.0):
            await asyncio.sleep(pause)
            await bot.delete_webhook()
        await bot.request.shutdown()
        for line in opened:
            line.close()
            await line.wait_closed()

    assert len(opened) == 2

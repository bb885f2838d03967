"""A Bot API that only measures: `python -m bench._wire PORT`.

It creates updates at a constant rate and records how long each waits for its first answer.
"""

import asyncio
import json
import sys
import time
from collections import defaultdict, deque
from typing import Any
from urllib.parse import parse_qs, urlsplit

FIRST_USER = 5_000
ME = {"id": 123456, "is_bot": True, "first_name": "SIGAP", "username": "sigap_uji_bot"}
ANSWERS = ("sendMessage", "editMessageText")


class Wire:
    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.news = asyncio.Event()
        self.asked: dict[int, deque[float]] = defaultdict(deque)
        self.waits: list[float] = []
        self.delay = 0.0
        self.first_poll = 0.0
        self.sent = 0
        self.producer: asyncio.Task[None] | None = None

    async def produce(self, rate: float, count: int, people: int, text: str) -> None:
        begun = time.monotonic()
        for number in range(count):
            await asyncio.sleep(max(0.0, begun + number / rate - time.monotonic()))
            user = FIRST_USER + number % people
            self.asked[user].append(time.monotonic())
            self.updates.append(update(1 + len(self.updates), user, text))
            self.news.set()

    async def call(self, method: str, given: dict[str, str]) -> Any:
        if method == "getUpdates":
            return await self.poll(int(given.get("offset", 0)), float(given.get("timeout", 0)))
        await asyncio.sleep(self.delay)
        if method == "getMe":
            return ME
        if method not in ANSWERS:
            return True
        chat = int(given["chat_id"])
        if self.asked[chat]:
            self.waits.append(time.monotonic() - self.asked[chat].popleft())
        self.sent += 1
        return message(self.sent, ME, chat, given.get("text", ""))

    async def poll(self, offset: int, seconds: float) -> Any:
        self.first_poll = self.first_poll or time.time()
        if len(self.updates) < max(offset, 1):
            self.news.clear()
            try:
                async with asyncio.timeout(seconds):
                    await self.news.wait()
            except TimeoutError:
                return []
        return self.updates[max(offset, 1) - 1 :][:100]

    async def control(self, path: str, given: dict[str, str]) -> Any:
        if path == "/start":
            self.delay, self.waits = float(given["delay"]), []
            self.asked.clear()
            work = (float(given["rate"]), int(given["count"]), int(given["people"]), given["text"])
            self.producer = asyncio.create_task(self.produce(*work))
        is_over = self.producer is None or self.producer.done()
        waiting = sum(len(asked) for asked in self.asked.values())
        return {"first_poll": self.first_poll, "waits": self.waits, "waiting": waiting,
                "is_over": is_over}  # fmt: skip


def update(number: int, user: int, text: str) -> dict[str, Any]:
    person = {"id": user, "is_bot": False, "first_name": "Orang"}
    return {"update_id": number, "message": message(number, person, user, text)}


def message(number: int, sender: dict[str, Any], chat: int, text: str) -> dict[str, Any]:
    return {
        "message_id": number,
        "date": int(time.time()),
        "chat": {"id": chat, "type": "private", "first_name": "Orang"},
        "from": sender,
        "text": text,
    }


async def serve(wire: Wire, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while line := await reader.readline():
        path = urlsplit(line.split()[1].decode())
        size = 0
        while (header := await reader.readline()) not in (b"\r\n", b""):
            name, _, value = header.partition(b":")
            if name.lower() == b"content-length":
                size = int(value)
        body = (await reader.readexactly(size)).decode()
        given = {name: values[-1] for name, values in parse_qs(path.query or body).items()}
        is_method = path.path.startswith("/bot")
        told = (
            {"ok": True, "result": await wire.call(path.path.rpartition("/")[2], given)}
            if is_method
            else await wire.control(path.path, given)
        )
        answer = json.dumps(told).encode()
        head = (
            f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(answer)}"
        )
        writer.write(head.encode() + b"\r\n\r\n" + answer)
        await writer.drain()
    writer.close()


async def main(port: int) -> None:
    wire = Wire()
    server = await asyncio.start_server(lambda r, w: serve(wire, r, w), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))

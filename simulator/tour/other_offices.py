"""The offices beside this one: the fresh one that Peragaan plays in, the one that opened this."""

import asyncio
import socket
from collections.abc import Sequence
from contextlib import suppress

import httpx

from simulator.people.acts import ActRefused
from simulator.tour import captions

HOST = "127.0.0.1"
OPEN_SECONDS = 60.0
END_SECONDS = 5.0
LOOK_SECONDS = 0.2


class OtherOffices:
    """`command` opens an office that ends once its standard input is closed; empty: none can be
    opened. `opener`: the port of the office that opened this one, 0 where nobody did.
    """

    def __init__(self, command: Sequence[str] = (), opener: int = 0) -> None:
        self.opener = opener
        self._command = tuple(command)
        self._lock = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None

    @property
    def can_open(self) -> bool:
        return bool(self._command)

    async def open(self, sop: str) -> int:
        """Ends the former fresh office and opens another; its port, once its page answers."""
        if not self._command:
            raise ActRefused(captions.USED)
        # Two presses at once would otherwise leave two offices, one of them known to nobody.
        async with self._lock:
            await self._end()
            port = _free_port()
            with suppress(OSError):
                self._process = await asyncio.create_subprocess_exec(
                    *self._command,
                    *("--port", str(port), "--tour", sop),
                    stdin=asyncio.subprocess.PIPE,
                )
            if self._process is None or not await _answers(self._process, port):
                await self._end()
                raise ActRefused(captions.NOT_OPENED)
            return port

    async def close(self) -> None:
        async with self._lock:
            await self._end()

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            async with asyncio.timeout(END_SECONDS):
                await process.wait()
        except TimeoutError:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def _answers(process: asyncio.subprocess.Process, port: int) -> bool:
    async with httpx.AsyncClient(timeout=2.0, trust_env=False) as client:
        with suppress(TimeoutError):
            async with asyncio.timeout(OPEN_SECONDS):
                while process.returncode is None:
                    with suppress(httpx.HTTPError):
                        await client.get(f"http://{HOST}:{port}/")
                        return True
                    await asyncio.sleep(LOOK_SECONDS)
    return False


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        port: int = free.getsockname()[1]
        return port

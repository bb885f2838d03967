"""Parts of the bot's loops: wake-up signal, task pool with keys, thread of the store."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Any, ParamSpec, TypeVar, cast

from storage.faults import is_passing, told

END_SECONDS = 3.0
CLOSE_SECONDS = 1.0
LONGEST_PAUSE = 30.0
# With the wait for a lock by SQLite itself, work goes on within five seconds of its release.
STORE_PAUSE = 2.0

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)


class Signal:
    """Wakes one loop; the wait also ends after a time-out."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        self._event.set()

    async def wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return
        finally:
            self._event.clear()


class TaskPool:
    """Up to `limit` tasks at once. The caller starts no second task of a key in `keys`."""

    def __init__(self, limit: int, signal: Signal) -> None:
        self._limit = limit
        self._signal = signal
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._failure: BaseException | None = None

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(self._tasks)

    @property
    def room(self) -> int:
        return self._limit - len(self._tasks)

    def start(self, key: str, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks[key] = task
        task.add_done_callback(lambda done: self._finish(key, done))

    def check(self) -> None:
        """Raises the exception of a task that ended by one."""
        if self._failure is not None:
            raise self._failure

    async def settle(self, seconds: float) -> None:
        """Waits for the running tasks; cancels those that take longer than `seconds`."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(tuple(self._tasks.values()), timeout=seconds)
        for task in late:
            task.cancel()

    def _finish(self, key: str, task: asyncio.Task[None]) -> None:
        del self._tasks[key]
        if not task.cancelled() and task.exception() is not None:
            self._failure = task.exception()
        self._signal.ring()


async def until_first(*works: Coroutine[Any, Any, Any], seconds: float = END_SECONDS) -> None:
    """Runs all until one ends; cancels the others and raises the exception of that one."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks, timeout=seconds)
    for task in tasks:
        if task.done() and not task.cancelled():
            task.exception()  # retrieved: faults during cancellation are not reported
    for task in done:
        task.result()


async def tries(longest: float = LONGEST_PAUSE) -> AsyncIterator[None]:
    """One try at once, the others after pauses that double from a second up to `longest`."""
    pause = 1.0
    while True:
        yield
        await asyncio.sleep(pause)
        pause = min(pause * 2, longest)


async def outlasting(step: Callable[[], Awaitable[T]]) -> T:
    """What `step` returns; it is repeated while the store fails for a while."""
    async for _ in tries(STORE_PAUSE):
        try:
            return await step()
        except Exception as fault:
            if not is_passing(fault):
                raise
            log.warning("store_fails", extra={"fault": told(fault)})
    raise AssertionError("the tries never end")


class StoreThread:
    """The one thread that uses the store: transactions of this process never overlap.

    Not an executor: its handover takes as long as a small transaction (docs/performance.md).
    """

    def __init__(self) -> None:
        self._work: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name="store", daemon=True)
        self._thread.start()

    async def __call__(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._work.put(partial(_do, partial(work, *args, **kwargs), loop, future))
        return await future

    def close(self) -> None:
        """Waits for the work handed over before, at most CLOSE_SECONDS.

        Work that waits for a database locked by another program is left: uncommitted.
        """
        self._work.put(None)
        self._thread.join(CLOSE_SECONDS)

    def _run(self) -> None:
        while (work := self._work.get()) is not None:
            work()


def _do(work: Callable[[], T], loop: asyncio.AbstractEventLoop, future: asyncio.Future[T]) -> None:
    """Runs in the store's thread; skipped when the caller was cancelled meanwhile."""
    if future.cancelled():
        return
    settle: Callable[[], None]
    try:
        result = work()
    except StopIteration as fault:  # a future does not accept it
        settle = partial(_settle, future, fault=RuntimeError(repr(fault)))
    except BaseException as fault:
        settle = partial(_settle, future, fault=fault)
    else:
        settle = partial(_settle, future, result)
    with suppress(RuntimeError):  # the loop may be closed by now
        loop.call_soon_threadsafe(settle)


def _settle(
    future: asyncio.Future[T], result: T | None = None, fault: BaseException | None = None
) -> None:
    if future.cancelled():
        return
    if fault is not None:
        future.set_exception(fault)
    else:
        future.set_result(cast(T, result))

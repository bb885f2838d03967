"""Starts the real bot and kills it, by SIGKILL, at a point named in KILL_AT ("send_after:3").

The points are before and after each commit, fetch, read and send. They are wrapped around the
bot from outside; the packages know nothing of them. Every point passed is written to KILL_LOG.
"""

import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from bot.__main__ import app
from bot.receiving.fetcher import Fetcher
from bot.sending.sender import Sender
from reports.workers import Workers
from storage.store import Store

COUNTS: Counter[str] = Counter()


def pass_point(name: str) -> None:
    COUNTS[name] += 1
    with open(os.environ["KILL_LOG"], "a", encoding="ascii") as log:
        log.write(f"{name}\n")
    if os.environ.get("KILL_AT") == f"{name}:{COUNTS[name]}":
        os.kill(os.getpid(), signal.SIGKILL)


def around(owner: type, method: str, name: str) -> None:
    original = getattr(owner, method)

    async def wrapped_async(*args: Any, **kwargs: Any) -> Any:
        pass_point(f"{name}_before")
        result = await original(*args, **kwargs)
        pass_point(f"{name}_after")
        return result

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        pass_point(f"{name}_before")
        result = original(*args, **kwargs)
        pass_point(f"{name}_after")
        return result

    is_async = original.__code__.co_flags & 0x80
    setattr(owner, method, wrapped_async if is_async else wrapped)


def around_commits() -> None:
    original: Callable[..., Any] = Store.transaction

    @contextmanager
    def transaction(store: Store) -> Iterator[Any]:
        with original(store) as tx:
            yield tx
            event.listen(tx._unit.session, "before_commit", lambda _: pass_point("commit_before"))
        pass_point("commit_after")

    Store.transaction = transaction  # type: ignore[method-assign] # the point of this file


around_commits()
around(Fetcher, "_download", "fetch")
around(Workers, "read", "read")
around(Sender, "deliver", "send")

if __name__ == "__main__":
    sys.argv = ["bot", "run"]
    app()

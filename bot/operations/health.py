"""Health endpoints: /healthz, /readyz and /metrics."""

import asyncio
import logging
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.operations.backups import free_share
from bot.resources import Metrics, Resources, Watched, seconds_since
from storage.faults import StoreLost

SILENT_SECONDS = 90.0
STORE_SECONDS = 5.0
TEXT = "text/plain; version=0.0.4; charset=utf-8"
Waiting = dict[str, tuple[int, float]]

log = logging.getLogger(__name__)


class Health:
    """Answers from the start of the process, also before the resources are open."""

    def __init__(self, measured: Metrics, watched: Watched) -> None:
        self._measured = measured
        self._watched = watched

    def app(self) -> Starlette:
        paths = {"/healthz": self._alive, "/readyz": self._ready, "/metrics": self._metrics}
        return Starlette(routes=[Route(path, answer) for path, answer in paths.items()])

    async def _alive(self, _: Request) -> Response:
        """Liveness: the process answers, and its loops run."""
        silent = seconds_since(self._measured.polled_at)
        is_hung = silent is not None and silent > SILENT_SECONDS
        return _told("hangs" if is_hung else "")

    async def _ready(self, _: Request) -> Response:
        return _told(await self._trouble())

    async def _trouble(self) -> str:
        """Why an official who writes now is not answered; empty where he is."""
        if self._measured.is_refused:
            return "token refused"
        if self._watched.resources is None:
            return "not connected"
        silent = seconds_since(self._measured.polled_at)
        if silent is None or silent > SILENT_SECONDS:
            return "no getUpdates has ended"
        if self._measured.is_out:
            return "Telegram out of reach"
        try:
            await _waiting(self._watched.resources)
        except Exception as fault:  # every fault is an answer of the probe
            return f"store: {type(fault).__name__}"
        # After the read: it waits for the writing that is under way, and its outcome.
        if self._measured.is_stuck:
            return "the inbox takes nothing"
        return "store: not writable" if self._measured.is_unwritable else ""

    async def _metrics(self, _: Request) -> Response:
        registry = CollectorRegistry()
        registry.register(_Counted(self._measured))
        if self._watched.resources is not None:
            stored: tuple[Waiting, int] | None = None
            try:
                stored = await _waiting(self._watched.resources)
            except Exception:  # the other metrics are served anyway
                log.exception("store_unread")
            registry.register(_Stored(stored, self._watched.resources))
        return Response(generate_latest(registry), media_type=TEXT)


class _Counted(Collector):
    def __init__(self, measured: Metrics) -> None:
        self._measured = measured

    def collect(self) -> Iterator[Metric]:
        measured = self._measured
        yield _counter("sigap_updates", "Updates received", "kind", measured.received)
        yield _counter("sigap_decisions", "Items decided", "outcome", measured.decided)
        yield _counter("sigap_deliveries", "Parcels delivered", "kind", measured.delivered)
        yield _counter(
            "sigap_delivery_faults", "Deliveries failed", "verdict", measured.undelivered
        )
        yield CounterMetricFamily("sigap_ticks", "Ticks of the clock", value=measured.ticks)
        yield CounterMetricFamily("sigap_drawings", "Papers drawn", value=measured.drawings)


class _Stored(Collector):
    def __init__(self, found: tuple[Waiting, int] | None, resources: Resources) -> None:
        self._found, self._resources = found, resources

    def collect(self) -> Iterator[Metric]:
        crashes = self._resources.workers.crashes
        yield CounterMetricFamily("sigap_worker_crashes", "Jobs lost", value=crashes)
        free = free_share(self._resources.settings.data_dir)
        yield GaugeMetricFamily("sigap_disk_free_ratio", "Share of disk free", value=free)
        is_up = self._found is not None
        yield GaugeMetricFamily("sigap_store_up", "Whether the store answers", value=is_up)
        if self._found is None:
            return
        waiting, parked = self._found
        depth = GaugeMetricFamily("sigap_waiting", "Rows that wait", labels=["box"])
        age = GaugeMetricFamily("sigap_oldest_seconds", "Age of the oldest", labels=["box"])
        for box, (count, seconds) in waiting.items():
            depth.add_metric([box], count)
            age.add_metric([box], seconds)
        yield from (depth, age)
        yield GaugeMetricFamily("sigap_parked", "Put aside for good", value=parked)


def _counter(name: str, what: str, label: str, counted: dict[str, int]) -> Metric:
    family = CounterMetricFamily(name, what, labels=[label])
    for value, count in sorted(counted.items()):
        family.add_metric([value], count)
    return family


async def _waiting(resources: Resources) -> tuple[Waiting, int]:
    """What waits, and how many are parked; TimeoutError where the store does not answer."""
    if lost := resources.store.lost():
        raise StoreLost(lost)
    now = resources.clock.now()
    async with asyncio.timeout(STORE_SECONDS):
        return await resources.read(lambda q: (q.backlog.waiting(now), len(q.backlog.parked())))


def _told(trouble: str) -> Response:
    return PlainTextResponse(f"{trouble or 'ok'}\n", status_code=503 if trouble else 200)

"""A simulated office in this process: the world, a real telegram.Bot, and the people's client."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from telegram import Bot
from telegram.request import HTTPXRequest

from simulator.app import TOKEN, build_app, build_world
from simulator.people.office_file import Member, SimulatedOffice
from simulator.world.clock import MovableClock, read_moment
from simulator.world.world import World

OFFICE = SimulatedOffice(
    "sigap_tes_bot",
    "SIGAP",
    "Grup Kantor",
    "supergroup",
    (
        Member("Marlina Topale", "Kepala Dinas", "KODE-MARLINA", False),
        Member("Rizal Mondong", "Admin", "KODE-RIZAL", True),
        Member("Dedi Salangga", "Pelaksana", "KODE-DEDI", False),
    ),
)
MARLINA, RIZAL, DEDI = 1001, 1002, 1003
GROUP = -1_001_000_000_001


@dataclass
class People:
    """What persons do, through the JSON API only."""

    http: httpx.AsyncClient

    async def post(self, path: str, **body: Any) -> Any:
        answer = await self.http.post(path, json=body)
        return (
            answer.json() | {"status": answer.status_code} if _is_object(answer) else _rows(answer)
        )

    async def get(self, path: str, **params: Any) -> Any:
        return (await self.http.get(path, params=params)).json()

    async def start(self, person: int, payload: str = "") -> Any:
        return await self.post(f"/api/people/{person}/start", payload=payload)

    async def say(self, person: int, text: str, chat: int | None = None, **further: Any) -> Any:
        path = f"/api/people/{person}/chats/{chat or person}/text"
        return await self.post(path, text=text, **further)

    async def act(self, person: int, act: str, chat: int | None = None, **body: Any) -> Any:
        return await self.post(f"/api/people/{person}/chats/{chat or person}/{act}", **body)

    async def messages(self, person: int, chat: int | None = None) -> list[dict[str, Any]]:
        return await self.get(f"/api/people/{person}/chats/{chat or person}/messages")

    async def call(self, method: str, **body: Any) -> dict[str, Any]:
        """A Bot API call made by hand."""
        return (await self.http.post(f"/bot{TOKEN}/{method}", json=body)).json()


def _is_object(answer: httpx.Response) -> bool:
    return isinstance(answer.json(), dict)


def _rows(answer: httpx.Response) -> Any:
    return answer.json()


@pytest.fixture
def world() -> World:
    return build_world(OFFICE, MovableClock(read_moment("2026-11-24 07:30")))


@pytest.fixture
def app(world: World) -> Starlette:
    return build_app(world)


@pytest.fixture
async def people(app: Starlette) -> AsyncIterator[People]:
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as http:
        yield People(http)


@pytest.fixture
async def bot(app: Starlette) -> AsyncIterator[Bot]:
    async with connected(httpx.ASGITransport(app=app)) as made:
        yield made


def connected(transport: httpx.ASGITransport) -> Bot:
    return Bot(
        TOKEN,
        base_url="http://localhost/bot",
        base_file_url="http://localhost/file/bot",
        request=HTTPXRequest(httpx_kwargs={"transport": transport}),
        get_updates_request=HTTPXRequest(httpx_kwargs={"transport": transport}),
    )

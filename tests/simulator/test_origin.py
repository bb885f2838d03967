"""A page of another site cannot drive the simulator; its own page and programs can."""

import httpx
import pytest
from starlette.applications import Starlette

from simulator.app import TOKEN, build_app
from simulator.world.world import World
from tests.simulator.conftest import MARLINA, People

HERE = "http://localhost:8080"
ELSEWHERE = "https://jahat.example"


async def send(
    app: Starlette, method: str, path: str, *, content: str = "", **headers: str
) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=HERE) as http:
        return await http.request(method, path, content=content, headers=named)


async def test_a_cross_site_post_moves_no_clock_and_gives_no_order(
    app: Starlette, world: World
) -> None:
    before, said = world.clock.now().date(), f"/api/people/{MARLINA}/chats/{MARLINA}/text"
    plain = {"content_type": "text/plain"}

    moved = await send(
        app, "POST", "/clock", content='{"advance_minutes": 9999}', origin=ELSEWHERE, **plain
    )
    ordered = await send(app, "POST", said, content='{"text": "x"}', origin=ELSEWHERE, **plain)
    unnamed = await send(app, "POST", "/clock", content='{"advance_minutes": 9999}', **plain)

    assert (moved.status_code, moved.text) == (
        403,
        f"Origin {ELSEWHERE!r} is not that of this page\n",
    )
    assert ordered.status_code == 403
    assert (unnamed.status_code, unnamed.json()["error"]) == (
        400,
        "the body must be sent as application/json, not as 'text/plain'",
    )
    assert world.clock.now().date() == before


@pytest.mark.parametrize("host", ["jahat.example", "jahat.example:8080", "10.0.0.7:8080", "[", ""])
async def test_a_host_that_is_not_this_machines_is_refused(app: Starlette, host: str) -> None:
    answer = await send(app, "GET", "/clock", host=host)

    assert answer.status_code == 403
    assert answer.text.startswith("Host ")


@pytest.mark.parametrize(
    "host", ["localhost:8080", "LOCALHOST", "127.0.0.1:9000", "127.8.8.8", "[::1]:8080"]
)
async def test_every_name_of_this_machine_is_taken(app: Starlette, host: str) -> None:
    assert (await send(app, "GET", "/clock", host=host)).status_code == 200


@pytest.mark.parametrize(
    ("listen", "host", "status"),
    [
        ("192.168.1.5", "192.168.1.5:8080", 200),
        ("192.168.1.5", "192.168.1.6:8080", 403),
        ("simulasi.kantor", "simulasi.kantor:8080", 200),
        ("0.0.0.0", "192.168.1.6:8080", 200),
        ("0.0.0.0", "jahat.example", 403),
    ],
)
async def test_the_address_listened_on_is_taken(
    world: World, listen: str, host: str, status: int
) -> None:
    app = build_app(world, listen=listen)

    assert (await send(app, "GET", "/clock", host=host)).status_code == status


async def test_what_its_own_page_sends_is_taken(app: Starlette, world: World) -> None:
    answer = await send(
        app,
        "POST",
        "/clock",
        content='{"advance_minutes": 1}',
        content_type="application/json",
        origin=HERE,
        sec_fetch_site="same-origin",
    )

    assert answer.status_code == 200


async def test_a_picture_on_another_page_calls_no_method(app: Starlette, people: People) -> None:
    await people.start(MARLINA)

    sent = await send(
        app,
        "GET",
        f"/bot{TOKEN}/sendMessage?chat_id={MARLINA}&text=jahat",
        sec_fetch_site="cross-site",
    )
    opened = await send(app, "GET", "/", sec_fetch_site="cross-site")

    assert (sent.status_code, opened.status_code) == (403, 200)
    assert "jahat" not in str(await people.messages(MARLINA))

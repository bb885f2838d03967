"""Where Peragaan starts: here, in a fresh office, or not at all."""

from typing import Any

import httpx
import pytest

from simulator.app import build_app
from simulator.tour.other_offices import OtherOffices
from simulator.world.world import World
from tests.simulator.conftest import MARLINA, People

COMMAND = ("python", "-m", "bot", "simulate")


async def tour_of(world: World, others: OtherOffices, *said: str) -> dict[str, Any]:
    transport = httpx.ASGITransport(app=build_app(world, others=others))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as http:
        people = People(http)
        await people.start(MARLINA)
        for text in said:
            await people.say(MARLINA, text)
        found: dict[str, Any] = await people.get("/api/tour")
        started = await people.post("/api/tour", do="start") if said else {}
        return found | {"refused": started.get("error", "")}


async def test_it_starts_here_in_an_office_that_nobody_has_used(world: World) -> None:
    world.onboarding = "done"

    found = await tour_of(world, OtherOffices(COMMAND))

    assert (found["starts"], found["notice"]) == ("here", "")


@pytest.mark.parametrize(
    ("others", "starts", "notice"),
    [
        (
            OtherOffices(COMMAND),
            "anew",
            "Peragaan memakai kantor baru; kantor ini tetap seperti sekarang.",
        ),
        (
            OtherOffices(opener=8080),
            "",
            "Peragaan memakai kantor baru: mohon kembali ke kantor semula, "
            "lalu menekan Mulai di sana.",
        ),
        (
            OtherOffices(),
            "",
            "Peragaan memakai kantor baru: mohon menutup kantor ini, lalu membuka yang baru.",
        ),
    ],
)
async def test_a_used_office_says_where_it_starts_and_starts_nothing_itself(
    world: World, others: OtherOffices, starts: str, notice: str
) -> None:
    world.onboarding = "done"

    found = await tour_of(world, others, "/sop")

    assert (found["starts"], found["notice"], found["refused"]) == (starts, notice, notice)
    assert found["opener"] == others.opener


async def test_an_unknown_sop_opens_nothing(people: People) -> None:
    answer = await people.post("/api/tour", do="open", sop="--keep")

    assert answer == {"error": "unknown SOP '--keep'", "status": 400}


async def test_a_page_of_another_origin_opens_nothing(people: People) -> None:
    answer = await people.http.post(
        "/api/tour", json={"do": "open", "sop": "A"}, headers={"origin": "http://localhost:8081"}
    )

    assert answer.status_code == 403

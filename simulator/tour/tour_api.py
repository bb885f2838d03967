"""The guided tour as JSON."""

from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from simulator.people.acts import ActRefused
from simulator.people.people_api import answered
from simulator.tour.tour import READING_SECONDS, Tour, TourRefused
from simulator.world.world import World


async def read_tour(world: World, request: Request, body: dict[str, Any]) -> Any:
    return _tour(request).state.view()


async def direct(world: World, request: Request, body: dict[str, Any]) -> Any:
    tour = _tour(request)
    match body["do"]:
        case "start":
            _start(tour, str(body.get("sop") or "A"), float(body.get("seconds", READING_SECONDS)))
        case "pause" | "resume":
            tour.pause(body["do"] == "pause")
        case "next":
            tour.next()
        case "take" | "give":
            tour.take(int(body["person"]), body["do"] == "take")
        case "stop":
            await tour.stop()
        case unknown:
            raise ActRefused(f"unknown act {unknown!r}")
    return tour.state.view()


def routes() -> list[Route]:
    return [
        Route("/api/tour", answered(read_tour), methods=["GET"]),
        Route("/api/tour", answered(direct), methods=["POST"]),
    ]


def _start(tour: Tour, sop: str, seconds: float) -> None:
    try:
        tour.start(sop, seconds)
    except TourRefused as reason:
        raise ActRefused(str(reason)) from reason


def _tour(request: Request) -> Tour:
    tour: Tour = request.app.state.tour
    return tour

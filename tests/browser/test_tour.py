"""The guided tour in the real office: it plays, waits, says why, and hands a role over."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from simulator.tour import captions
from tests.browser.conftest import open_office
from tests.browser.windows import Desk, open_panel

PATIENCE = 400.0


def tour(url: str, **order: Any) -> dict[str, Any]:
    answer = httpx.post(f"{url}/api/tour", json=order) if order else httpx.get(f"{url}/api/tour")
    assert answer.status_code == 200, answer.text
    state: dict[str, Any] = answer.json()
    return state


def until(url: str, met: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE
    while not met(state := tour(url)):
        assert time.monotonic() < deadline, state
        time.sleep(0.3)
    return state


def test_the_tour_pauses_hands_a_role_over_and_goes_on_after_it(desk: Desk) -> None:
    window = desk.window("Admin Sistem")
    window.page.get_by_role("button", name="Peragaan", exact=True).click()
    window.page.get_by_role("button", name="Mulai SOP Pengumpulan", exact=True).click()

    expect(window.page.locator("#caption")).to_contain_text("Kepala Dinas (")
    window.page.get_by_role("button", name="Jeda", exact=True).click()
    waiting = until(desk.url, lambda state: state["paused"])
    time.sleep(7)
    still = tour(desk.url)
    tour(desk.url, do="next")
    moved_on = until(desk.url, lambda state: state["caption"] != waiting["caption"])
    secretary = desk.window("Sekretaris")
    tour(desk.url, do="take", person=secretary.person["id"])
    tour(desk.url, do="resume")
    until(desk.url, lambda state: state["caption"].startswith("Giliran Anda sebagai Sekretaris"))
    secretary.press("Teruskan")
    secretary.press("Tanpa catatan")
    until(desk.url, lambda state: "Kasubag Perencanaan" in state["caption"])
    tour(desk.url, do="stop")
    hour, minute = httpx.get(f"{desk.url}/clock").json()["now"][11:16].split(":")

    expect(window.page.locator("#now")).to_contain_text(f"{hour}.{minute}")
    assert still["caption"] == waiting["caption"]
    assert "\n" in moved_on["caption"]
    expect(window.page.locator("#caption")).to_contain_text("Peragaan diakhiri")


def test_a_used_office_stays_as_it_is_and_the_tour_plays_in_a_fresh_one(desk: Desk) -> None:
    """The office of the test before, or one in which somebody has asked for his tasks."""
    chief = desk.window("Kepala Bidang KBK")
    chief.say("/sop")
    chief.sees("Pengumpulan Data Kinerja")
    watcher = desk.window("Admin Sistem")
    before = talk(desk.url)

    open_panel(watcher.page, "Peragaan")
    expect(watcher.page.locator("#notice")).to_have_text(captions.ANEW)
    watcher.page.get_by_role("button", name="Mulai SOP Pengumpulan", exact=True).click()
    watcher.page.wait_for_url(re.compile(r"^(?!" + re.escape(desk.url) + ")"))
    expect(watcher.page.locator("#tour")).to_be_visible()
    expect(watcher.page.locator("#caption")).to_contain_text("Kepala Dinas (")
    expect(watcher.page.locator(".next-press")).to_be_visible()

    assert talk(desk.url) == before
    assert not tour(desk.url)["running"]
    watcher.page.get_by_role("button", name="Akhiri", exact=True).click()
    expect(watcher.page.locator("#notice")).to_have_text(captions.BACK)
    expect(watcher.page.get_by_role("button", name="Mulai SOP Pengumpulan")).to_be_hidden()
    watcher.page.get_by_role("button", name="Kembali ke kantor semula", exact=True).click()
    watcher.page.wait_for_url(f"{desk.url}/**")
    assert talk(desk.url) == before


def talk(url: str) -> dict[str, list[tuple[int, str]]]:
    """Every message of the office's private chats."""
    people = httpx.get(f"{url}/api/people").json()
    places = [f"{url}/api/people/{one['id']}/chats/{one['id']}/messages" for one in people]
    return {
        place: [(message["id"], message["text"]) for message in httpx.get(place).json()]
        for place in places
    }


def press_by_hand(url: str, person: int, *labels: str) -> None:
    """The newest button with each of these words, one after another."""
    place = f"{url}/api/people/{person}/chats/{person}"
    for label in labels:
        deadline = time.monotonic() + 30
        while not (found := buttons(place, label)):
            assert time.monotonic() < deadline, label
            time.sleep(0.2)
        message, data = found[-1]
        httpx.post(f"{place}/press", json={"message": message, "data": data}, timeout=30)


def buttons(place: str, label: str) -> list[tuple[int, str]]:
    return [
        (message["id"], button["data"])
        for message in httpx.get(f"{place}/messages").json()
        for row in message["keyboard"]
        for button in row
        if label in button["text"]
    ]


def rekaps_in_group(url: str) -> list[str]:
    group = httpx.get(f"{url}/api/state").json()["group"]
    messages = httpx.get(f"{url}/api/people/1001/chats/{group}/messages").json()
    names = [message["file"]["name"] for message in messages if message["file"]]
    return [name for name in names if name.startswith("Rekap_") and name.endswith(".xlsx")]


@pytest.mark.parametrize(("sop", "acts"), [("A", "Tanda tangani"), ("AB", "Setujui")])
def test_the_tour_plays_on_to_the_rekap_after_a_role_was_played_by_hand(
    tmp_path: Path, sop: str, acts: str
) -> None:
    said: list[str] = []

    def is_over(state: dict[str, Any]) -> bool:
        if said[-1:] != [state["caption"]]:
            said.append(state["caption"])
        return not state["running"]

    with open_office(tmp_path / "kantor") as url:
        people = httpx.get(f"{url}/api/people").json()
        secretary = next(one["id"] for one in people if one["note"].startswith("Sekretaris"))
        tour(url, do="start", sop=sop, seconds=0)
        tour(url, do="take", person=secretary)
        until(url, lambda state: state["caption"].startswith("Giliran Anda sebagai Sekretaris"))
        press_by_hand(url, secretary, "Teruskan", "Tanpa catatan")
        tour(url, do="give", person=secretary)
        until(url, is_over)
        rekaps = rekaps_in_group(url)

    assert said[-1] == captions.OVER
    assert any(f"“{acts}" in caption for caption in said)
    assert any("Sekretaris (" in caption and "“Paraf" in caption for caption in said)
    assert len(rekaps) == 1

"""The guided tour in the real office: it plays, waits, says why, and hands a role over."""

import time
from collections.abc import Callable
from typing import Any

import httpx
from playwright.sync_api import expect

from tests.browser.windows import Desk

PATIENCE = 240.0


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

    expect(window.page.locator("#caption")).to_contain_text("Kepala Dinas (", timeout=20_000)
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

    assert still["caption"] == waiting["caption"]
    assert "\n" in moved_on["caption"]
    expect(window.page.locator("#caption")).to_contain_text("Peragaan diakhiri")

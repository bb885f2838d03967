"""The page on a phone: what opens also closes, and nothing is squeezed out of reach."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import open_simulator
from tests.browser.windows import PATIENCE

OFFICE = {
    "bot": {"username": "sigap_tes_bot", "name": "SIGAP"},
    "group": {"title": "Grup Kantor", "bot_admin": True},
    "people": [
        {"name": "Marlina Topale", "note": "Kepala Dinas"},
        {"name": "Rizal Mondong", "note": "Admin", "admin": True},
        {"name": "Joni Matorang", "note": "Pengelola Pemberdayaan Perempuan"},
    ],
}
PHONES = [(390, 844), (360, 640)]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    people = tmp_path_factory.mktemp("ponsel") / "people.json"
    people.write_text(json.dumps(OFFICE), encoding="utf-8")
    with open_simulator("--people", str(people), "--start", "2026-11-24 08:00") as url:
        httpx.post(f"{url}/api/people/1001/start", json={})
        yield url


@pytest.fixture(params=PHONES, ids=lambda size: f"{size[0]}x{size[1]}")
def phone(request: Any, browser: Browser, url: str) -> Iterator[Page]:
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(f"{url}/?saya=1001")
    expect(page.locator("body")).to_have_attribute("data-live", "true")
    yield page
    context.close()
    assert faults == []


@pytest.mark.parametrize("way", ["cross", "escape", "beside"])
def test_the_people_are_closed_by_cross_escape_and_a_tap_beside(phone: Page, way: str) -> None:
    people = phone.locator("#orang")
    phone.get_by_role("button", name="Orang").click()
    expect(people).to_be_in_viewport()
    width, height = phone.viewport_size["width"], phone.viewport_size["height"]  # type: ignore[index]

    if way == "cross":
        phone.get_by_role("button", name="Tutup daftar orang").click()
    elif way == "escape":
        phone.keyboard.press("Escape")
    else:
        phone.mouse.click(width - 10, height / 2)

    expect(people).to_be_hidden()
    expect(phone.locator("#whoami")).to_have_text("Marlina Topale, Kepala Dinas")
    expect(phone.get_by_role("button", name="Orang")).to_be_focused()


def squeezed(group: Locator) -> list[str]:
    """Its buttons that are cut off or lower than a finger needs."""
    found: list[str] = group.evaluate("""(group) => {
      const whole = group.getBoundingClientRect();
      return [...group.querySelectorAll("button")].filter((key) => {
        const { left, right, top, bottom, height } = key.getBoundingClientRect();
        const isInside = left >= whole.left && right <= whole.right + 0.5
          && top >= whole.top && bottom <= whole.bottom + 0.5;
        return height && (height < 44 || !isInside);
      }).map((key) => key.textContent);
    }""")
    return found


@pytest.mark.parametrize(
    ("panel", "group"), [("Gangguan", "Buat gangguan"), ("Peragaan", "Kendali peragaan")]
)
def test_the_buttons_of_a_panel_wrap(phone: Page, panel: str, group: str) -> None:
    phone.get_by_role("button", name=panel, exact=True).click()
    buttons = phone.get_by_role("group", name=group)
    expect(buttons).to_be_visible()

    assert squeezed(buttons) == []
    last = buttons.get_by_role("button").last
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport(ratio=1)


def test_gangguan_breaks_and_mends_the_line_on_a_phone(phone: Page) -> None:
    phone.get_by_role("button", name="Gangguan", exact=True).click()
    phone.get_by_role("button", name="Pembaruan ganda").click()
    expect(phone.locator("#broken")).to_contain_text("pembaruan ganda")

    phone.get_by_role("button", name="Pulihkan semua").click()
    expect(phone.locator("#broken")).to_contain_text("Tidak ada gangguan")

"""The page on a phone: what opens also closes, and nothing is squeezed out of reach."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from simulator.app import TOKEN
from tests.browser.conftest import open_simulator
from tests.browser.windows import PATIENCE, open_panel

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
    open_panel(phone, panel)
    buttons = phone.get_by_role("group", name=group)
    expect(buttons).to_be_visible()

    assert squeezed(buttons) == []
    last = buttons.get_by_role("button").last
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport(ratio=1)


def test_gangguan_breaks_and_mends_the_line_on_a_phone(phone: Page) -> None:
    open_panel(phone, "Gangguan")
    phone.get_by_role("button", name="Pembaruan ganda").click()
    expect(phone.locator("#broken")).to_contain_text("pembaruan ganda")

    phone.get_by_role("button", name="Pulihkan semua").click()
    expect(phone.locator("#broken")).to_contain_text("Tidak ada gangguan")


def test_most_of_the_height_is_messages(phone: Page) -> None:
    """The hint, which is there once, is closed; on the tall phone it may even stay."""
    height = phone.viewport_size["height"]  # type: ignore[index]
    if height < 800:
        phone.get_by_role("button", name="Tutup petunjuk").click()

    box = phone.locator("#messages").bounding_box()
    assert box is not None
    assert box["height"] >= 0.7 * height


@pytest.mark.parametrize("panel", ["Gangguan", "Peragaan"])
def test_half_of_the_height_stays_beside_an_open_panel(phone: Page, panel: str) -> None:
    """A panel scrolls in itself, and the hint waits until it is closed."""
    open_panel(phone, panel)
    expect(phone.locator("#hint")).to_be_hidden()

    height = phone.viewport_size["height"]  # type: ignore[index]
    box = phone.locator("#messages").bounding_box()
    assert box is not None
    assert box["height"] >= 0.35 * height
    phone.keyboard.press("Escape")
    expect(phone.locator("#hint")).to_be_visible()


def test_the_hint_is_one_line_above_its_buttons(phone: Page) -> None:
    lines = phone.locator("#hint p").evaluate("(p) => p.clientHeight / 13")
    assert lines < 2
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_clock_is_moved_in_its_panel(phone: Page) -> None:
    expect(phone.locator("#now")).to_be_hidden()
    phone.get_by_role("button", name="Jam kantor").click()

    moves = phone.get_by_role("group", name="Majukan jam")
    assert squeezed(moves) == []
    phone.get_by_role("button", name="Hari kerja berikutnya").click()
    expect(phone.locator("#now")).to_contain_text("pukul 07.30 WITA")
    expect(phone.locator("#hour")).to_contain_text("07.30")

    phone.keyboard.press("Escape")
    expect(phone.locator("#now")).to_be_hidden()


def test_every_button_in_sight_is_as_large_as_a_finger(phone: Page, url: str) -> None:
    phone.locator("#isian").fill("selamat pagi")
    phone.get_by_role("button", name="Kirim", exact=True).click()
    expect(phone.locator(".bubble.mine .text").last).to_have_text("selamat pagi")

    small = phone.evaluate("""() => [...document.querySelectorAll("button, summary")]
      .map((key) => [key.ariaLabel || key.textContent, key.getBoundingClientRect()])
      .filter(([, box]) => box.width && box.height && box.right > 0)
      .filter(([, box]) => box.width < 40 || box.height < 40).map(([name]) => name)""")
    assert small == []


def test_escape_and_a_tap_beside_close_the_command_list_and_the_menu(
    phone: Page, url: str
) -> None:
    commands = [{"command": "tugas", "description": "Tugas saya"}]
    httpx.post(f"{url}/bot{TOKEN}/setMyCommands", json={"commands": commands})
    opened = phone.get_by_role("button", name="Daftar perintah")
    for close in (lambda: phone.keyboard.press("Escape"), lambda: phone.mouse.click(60, 300)):
        opened.click()
        expect(phone.locator("#menu")).to_be_visible()
        close()
        expect(phone.locator("#menu")).to_be_hidden()
        phone.locator("summary").click()
        expect(phone.get_by_role("button", name="Kirim stiker")).to_be_visible()
        close()
        expect(phone.get_by_role("button", name="Kirim stiker")).to_be_hidden()


def test_a_long_name_wraps_in_the_bar_and_the_group_is_one_tap_away(phone: Page) -> None:
    phone.get_by_role("button", name="Orang").click()
    phone.get_by_role("button", name="Joni Matorang").click()
    whoami = phone.locator("#whoami")
    expect(whoami).to_have_text("Joni Matorang, Pengelola Pemberdayaan Perempuan")
    assert whoami.evaluate("(part) => part.scrollWidth <= part.clientWidth")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")

    phone.get_by_role("button", name="Grup Kantor").click()
    expect(phone.locator("#title")).to_have_text("Grup Kantor")
    phone.get_by_role("button", name="Pribadi").click()
    expect(phone.locator("#title")).to_have_text("SIGAP")


def test_a_date_stands_between_the_messages_of_two_days(phone: Page, url: str) -> None:
    for day in (1, 2):
        httpx.post(f"{url}/clock", json={"set": f"2027-03-0{day}T08:00:00+08:00", "rate": 0})
        httpx.post(f"{url}/bot{TOKEN}/sendMessage", json={"chat_id": 1001, "text": f"hari {day}"})
    expect(phone.locator(".day").last).to_have_text("Selasa, 2 Maret 2027")

    phone.reload()
    expect(phone.locator(".bubble .text").last).to_have_text("hari 2")
    marks = phone.locator(".day").all_inner_texts()
    assert marks[-2:] == ["Senin, 1 Maret 2027", "Selasa, 2 Maret 2027"]


def test_the_tour_is_off_until_the_office_is_ready(phone: Page) -> None:
    """The bot of this office never comes, so its officials go on registering."""
    phone.get_by_role("button", name="Tonton dahulu").click()

    expect(phone.locator("#caption")).to_have_text("Kantor sedang disiapkan …")
    expect(phone.get_by_role("button", name="Mulai SOP Pengumpulan")).to_be_disabled()


def test_the_tour_can_be_started_once_everybody_has_registered(
    browser: Browser, office: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(office)
    expect(page.locator("#hint p")).to_contain_text("orang, semua boleh dicoba.")
    page.get_by_role("button", name="Tonton dahulu").click()

    page.get_by_role("button", name="Mulai SOP Pengumpulan", exact=True).click()
    expect(page.locator("#caption")).to_contain_text("Kepala Dinas (")
    page.get_by_role("button", name="Akhiri", exact=True).click()
    expect(page.locator("#caption")).to_contain_text("Peragaan diakhiri")
    page.close()

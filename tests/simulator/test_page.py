"""The web chat: what it loads, and a real browser using it where one is installed."""

import json
import re
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from simulator.app import STATIC, TOKEN
from tests.browser.windows import PATIENCE
from tests.simulator.conftest import People
from tests.simulator.test_process import launch

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
OFFICE = {
    "bot": {"username": "sigap_tes_bot", "name": "SIGAP"},
    "group": {"title": "Grup Kantor"},
    "people": [
        {"name": "Marlina <b>Topale</b>", "note": "Kepala Dinas"},
        {"name": "Rizal Mondong", "note": "Admin", "admin": True},
    ],
}


def test_the_page_is_small_and_loads_nothing_from_outside() -> None:
    files = sorted(STATIC.iterdir())
    text = "".join(file.read_text(encoding="utf-8") for file in files)

    addresses = set(re.findall(r"https?://[^\s\"'`)]+", text))
    assert sum(file.stat().st_size for file in files) < 150_000
    assert addresses <= {"http://www.w3.org/2000/svg", "https://${link}`"[:-1], "https://${link}"}


def test_no_icon_of_the_page_needs_a_font() -> None:
    """Arrows, dingbats and emoji are empty boxes on a plain server; all of them are drawings."""
    pictures = re.compile("[\u2190-\u21ff\u2300-\u2bff\U0001f000-\U0001faff]|\u22ee")
    found = {file.name: pictures.findall(file.read_text("utf-8")) for file in STATIC.iterdir()}

    assert {name: signs for name, signs in found.items() if signs} == {}


def test_every_icon_named_is_in_the_sprite() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in sorted(STATIC.iterdir()))
    drawn = set(re.findall(r'<symbol id="i-(\w+)"', text))

    assert set(re.findall(r'href="#i-(\w+)"', text)) <= drawn
    assert set(re.findall(r'icon\("(\w+)"\)', text)) <= drawn


async def test_the_page_is_served_with_a_policy_against_foreign_code(people: People) -> None:
    page = await people.http.get("/")
    script = await people.http.get("/static/app.js")

    assert page.headers["content-security-policy"] == "default-src 'self'"
    assert '<html lang="id">' in page.text
    assert script.headers["content-type"].startswith("text/javascript")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("kantor") / "people.json"
    path.write_text(json.dumps(OFFICE), encoding="utf-8")
    process = launch("--port", "0", "--people", str(path))
    assert process.stdout is not None
    url = process.stdout.readline().split()[1]
    httpx.post(f"{url}/api/people/1001/start", json={})
    yield url
    process.terminate()
    process.communicate(timeout=120)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if BROWSER is None:
        pytest.skip("no chromium on this machine (.ci/run installs it)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def pages(browser: Browser, url: str) -> Iterator[Any]:
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    yield lambda query, **size: opened(context.new_page(), f"{url}/{query}", size)
    context.close()


def opened(page: Page, address: str, size: dict[str, int]) -> Page:
    page.faults = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda fault: page.faults.append(str(fault)))  # type: ignore[attr-defined]
    if size:
        page.set_viewport_size({"width": size["width"], "height": 720})
    page.goto(address)
    expect(page.locator("body")).to_have_attribute("data-live", "true")
    return page


def call(url: str, method: str, **body: Any) -> Any:
    """Waits as a bot does where the tests before have used up what a chat takes at once."""
    while (answer := httpx.post(f"{url}/bot{TOKEN}/{method}", json=body).json())["ok"] is False:
        time.sleep(answer["parameters"]["retry_after"])
    return answer["result"]


def test_the_first_hint_sends_perintah_as_kepala_dinas(pages: Any, url: str) -> None:
    page = pages("?saya=1002")
    expect(page.locator("#hint p")).to_have_text("Kantor contoh: 2 orang, semua boleh dicoba.")

    page.get_by_role("button", name="Coba sendiri").click()

    expect(page.locator(".bubble.mine .text").last).to_have_text("/perintah")
    expect(page.locator("#whoami")).to_have_text("Marlina <b>Topale</b>, Kepala Dinas")
    expect(page.locator("#hint")).to_be_hidden()
    assert page.faults == []


def test_the_hint_opens_the_tour_and_leaves_when_perintah_was_typed(pages: Any, url: str) -> None:
    watched = pages("?saya=1001", width=390)
    watched.get_by_role("button", name="Tonton dahulu").click()
    expect(watched.locator("#tour")).to_be_visible()
    expect(watched.locator("#hint")).to_be_hidden()

    typed = pages("?saya=1001", width=390)
    expect(typed.locator("#hint")).to_be_visible()
    typed.locator("#isian").fill("/perintah pengumpulan")
    typed.keyboard.press("Enter")
    expect(typed.locator("#hint")).to_be_hidden()
    assert watched.faults == typed.faults == []


def test_a_message_comes_live_and_its_button_shows_the_toast(pages: Any, url: str) -> None:
    httpx.post(f"{url}/api/people/1001/start", json={})
    page = pages("?saya=1001")
    keyboard = {"inline_keyboard": [[{"text": "Teruskan", "callback_data": "terus:1:1"}]]}

    sent = call(
        url,
        "sendMessage",
        chat_id=1001,
        text="<b>Disposisi</b> <i>1 & 2</i>".replace("&", "&amp;"),
        parse_mode="HTML",
        reply_markup=keyboard,
    )
    button = page.locator(f"#m{sent['message_id']}").get_by_role("button", name="Teruskan")
    button.click()
    query = call(url, "getUpdates", offset=-1, timeout=5)[0]["callback_query"]
    call(url, "answerCallbackQuery", callback_query_id=query["id"], text="Diteruskan.")
    call(url, "editMessageText", chat_id=1001, message_id=sent["message_id"], text="✅ selesai")

    expect(page.locator("#toast")).to_have_text("Diteruskan.")
    expect(page.locator(f"#m{sent['message_id']} .text")).to_have_text("✅ selesai")
    expect(page.locator(f"#m{sent['message_id']} .edited")).to_have_text("disunting")
    expect(button).to_have_count(0)
    assert query["data"] == "terus:1:1"
    assert page.faults == []


def test_two_windows_are_two_persons_in_one_group(pages: Any, url: str) -> None:
    group = httpx.get(f"{url}/api/state").json()["group"]
    head, admin = pages(f"?saya=1001&chat={group}"), pages(f"?saya=1002&chat={group}")

    head.locator("#isian").fill("Selamat pagi <script>alert(1)</script>")
    head.keyboard.press("Enter")

    theirs = admin.locator(".bubble.theirs").last
    expect(theirs.locator(".text")).to_have_text("Selamat pagi <script>alert(1)</script>")
    expect(theirs.locator(".sender")).to_have_text("Marlina <b>Topale</b>")
    expect(theirs.locator(".sender")).to_be_visible()
    expect(head.locator(".bubble.mine").last).to_be_visible()
    assert head.faults == admin.faults == []


def test_seven_windows_of_one_browser_are_live_at_once(pages: Any, url: str) -> None:
    group = httpx.get(f"{url}/api/state").json()["group"]
    windows = [pages(f"?saya={1001 + n % 2}&chat={group}") for n in range(7)]

    call(url, "sendMessage", chat_id=group, text="untuk semua jendela")

    for window in windows:
        expect(window.locator(".bubble .text").last).to_have_text("untuk semua jendela")


def test_a_file_goes_up_and_comes_down_again(pages: Any, url: str, tmp_path: Path) -> None:
    source = tmp_path / "Format_KBK.xlsx"
    source.write_bytes(b"PK isi formulir")
    page = pages("?saya=1001")

    page.locator("#files").set_input_files(source)
    page.locator("#isian").fill("isian KBK")
    page.get_by_role("button", name="Kirim", exact=True).click()
    link = page.locator(".bubble.mine .file").last
    with page.expect_download() as download:
        link.click()

    assert download.value.suggested_filename == "Format_KBK.xlsx"
    assert Path(download.value.path()).read_bytes() == b"PK isi formulir"
    assert page.faults == []


def test_the_clock_moves_in_indonesian_words(pages: Any, url: str) -> None:
    httpx.post(f"{url}/clock", json={"set": "2026-11-27T16:00:00+08:00", "rate": 0})
    page = pages("?saya=1001")
    expect(page.locator("#now")).to_have_text("Jumat, 27 November 2026 pukul 16.00 WITA")

    page.get_by_role("button", name="+ 15 menit").click()
    expect(page.locator("#now")).to_have_text("Jumat, 27 November 2026 pukul 16.15 WITA")
    page.get_by_role("button", name="Hari kerja berikutnya").click()

    expect(page.locator("#now")).to_have_text("Senin, 30 November 2026 pukul 07.30 WITA")
    assert page.faults == []


def test_a_narrow_window_needs_no_sideways_scrolling(pages: Any, url: str) -> None:
    board = "<pre>" + "KBK ✓ ✓ ✓ · · · · · · · · · · · · · · · · · · · · · · ·" + "</pre>"
    text = f"{board}\n{'a' * 300}"
    httpx.post(f"{url}/api/people/1001/start", json={})
    call(url, "sendMessage", chat_id=1001, text=text, parse_mode="HTML")
    page = pages("?saya=1001", width=360)

    page.get_by_role("button", name="Orang").click()
    page.get_by_role("button", name="Rizal Mondong").click()
    page.get_by_role("button", name="Orang").click()
    page.get_by_role("button", name="Marlina").click()

    expect(page.locator(".text pre").last).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.faults == []


def test_a_person_presses_start_before_he_can_write(pages: Any, url: str) -> None:
    made = httpx.post(f"{url}/api/people", json={"name": "Dedi Salangga"}).json()
    page = pages(f"?saya={made['id']}")
    expect(page.locator("#isian")).to_be_hidden()

    page.get_by_role("button", name="START").click()

    expect(page.locator(".bubble.mine .text")).to_have_text("/start")
    expect(page.locator("#isian")).to_be_visible()
    assert page.faults == []


def test_the_command_menu_and_the_pinned_board_are_shown(pages: Any, url: str) -> None:
    commands = [{"command": "tugas", "description": "Tugas saya"}]
    call(url, "setMyCommands", commands=commands)
    httpx.post(f"{url}/api/people/1001/start", json={})
    board = call(url, "sendMessage", chat_id=1001, text="Papan 001/2026")
    call(url, "pinChatMessage", chat_id=1001, message_id=board["message_id"])
    page = pages("?saya=1001")
    expect(page.locator("#pinned")).to_have_text("Papan 001/2026")

    page.locator("#isian").fill("/tu")
    page.get_by_role("button", name="/tugas").click()

    expect(page.locator(".bubble.mine .text").last).to_have_text("/tugas")
    assert page.faults == []


def test_an_open_page_finds_its_way_after_a_restart(browser: Browser) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    url = f"http://127.0.0.1:{port}"
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    with running("--port", port):
        page = opened(context.new_page(), f"{url}/?saya=1001", {})
    expect(page.locator("#link")).to_be_visible(timeout=15_000)

    with running("--port", port):
        expect(page.locator("#link")).to_be_hidden(timeout=15_000)
        httpx.post(f"{url}/api/people/1001/start", json={"payload": "LAGI"})
        expect(page.locator(".bubble .text").last).to_have_text("/start LAGI")
        context.close()


@contextmanager
def running(*arguments: str) -> Iterator[None]:
    process = launch(*arguments)
    assert process.stdout is not None
    process.stdout.readline()
    yield
    process.terminate()
    process.communicate(timeout=120)

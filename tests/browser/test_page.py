"""What the page promises whoever uses it: reach, phone layout, and no trust in names."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from simulator.app import TOKEN
from tests.browser.conftest import open_simulator
from tests.browser.windows import PATIENCE, open_panel

EVIL = '<img src=x onerror="document.title=1"> <script>alert(1)</script>'
OFFICE = {
    "bot": {"username": "sigap_tes_bot", "name": "SIGAP"},
    "group": {"title": f"Grup {EVIL}"},
    "people": [
        {"name": f"Marlina {EVIL}", "note": "Kepala Dinas"},
        {"name": "Rizal Mondong", "note": "Admin", "admin": True},
    ],
}
CHANGES = """() => {
  window.changes = 0;
  new MutationObserver((all) => { window.changes += all.length; })
    .observe(document.getElementById("messages"), { childList: true, subtree: true });
}"""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("halaman")
    people = folder / "people.json"
    people.write_text(json.dumps(OFFICE), encoding="utf-8")
    with open_simulator("--people", str(people)) as url:
        yield url


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    httpx.delete(f"{url}/api/faults")
    httpx.post(f"{url}/api/people/1001/start", json={})
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    visit(page, f"{url}/?saya=1001")
    yield page
    context.close()
    assert faults == []


def visit(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("body")).to_have_attribute("data-live", "true")


def send(url: str, text: str, **further: Any) -> Any:
    body = {"chat_id": 1001, "text": text, **further}
    return httpx.post(f"{url}/bot{TOKEN}/sendMessage", json=body).json()["result"]


def without_limits(url: str) -> None:
    """As fast as it is sent: how Telegram slows a bot down is not what is measured."""
    httpx.post(f"{url}/api/faults", json={"kind": "unlimited"})


def serious(page: Page) -> list[str]:
    """What axe-core finds serious or critical on the page as it stands."""
    axe = pytest.importorskip("axe_playwright_python", reason="axe-core comes with `make setup`")
    page.evaluate((Path(axe.__path__[0]) / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")
    return [
        f"{fault['id']}: {fault['nodes'][0]['html'][:120]}"
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault_on_the_page_and_its_panels(
    page: Page, url: str, scheme: Any
) -> None:
    page.emulate_media(color_scheme=scheme)
    keys = {"inline_keyboard": [[{"text": "Teruskan", "callback_data": "a:1:1"}]]}
    text = "<b>Langkah</b> /tugas <pre>KBK ✓</pre><blockquote>kutipan</blockquote>"
    send(url, text, parse_mode="HTML", reply_markup=keys)
    for panel in ("Peragaan", "Gangguan"):
        open_panel(page, panel)
    page.get_by_role("button", name="Daftar perintah").or_(page.locator("#isian")).first.focus()

    assert serious(page) == []


def test_axe_finds_no_serious_fault_on_a_phone_with_the_people_open(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    page.get_by_role("button", name="Orang").click()
    page.wait_for_timeout(300)

    assert serious(page) == []


def test_the_page_loads_under_200_kilobytes_and_only_from_here(browser: Browser, url: str) -> None:
    page = browser.new_context().new_page()
    loaded: dict[str, int] = {}
    page.on("response", lambda answer: loaded.update({answer.url: _size(answer)}))
    visit(page, f"{url}/?saya=1002")

    assert all(address.startswith(url) for address in loaded)
    assert sum(loaded.values()) < 200_000
    page.context.close()


def _size(answer: Any) -> int:
    if "events" in answer.url and "static" not in answer.url:
        return 0
    return len(answer.body())


def test_a_message_is_seen_without_a_question_of_the_page(page: Page, url: str) -> None:
    without_limits(url)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    for number in range(30):
        sent = send(url, f"pesan {number}")
    page.wait_for_selector(f"#m{sent['message_id']}")

    assert [request for request in asked if "/messages" in request] == []


def test_scrolling_500_messages_loads_and_builds_nothing(browser: Browser, url: str) -> None:
    without_limits(url)
    for number in range(500):
        send(url, f"<b>Langkah {number}</b>\n" + "kata " * 30, parse_mode="HTML")
    page = browser.new_context(viewport={"width": 900, "height": 700}).new_page()
    visit(page, f"{url}/?saya=1001")
    for _ in range(4):
        count = page.locator(".bubble").count()
        page.locator("#earlier").click()
        page.wait_for_function("(n) => document.querySelectorAll('.bubble').length > n", arg=count)
    page.evaluate(CHANGES)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.evaluate("document.getElementById('messages').scrollTop = 0")
    page.locator("#messages").hover()
    for _ in range(60):
        page.mouse.wheel(0, 800)
        page.wait_for_timeout(16)

    assert page.locator(".bubble").count() >= 500
    assert page.evaluate("document.getElementById('messages').scrollTop") > 5000
    assert page.evaluate("window.changes") == 0
    assert asked == []
    page.context.close()


@pytest.mark.parametrize("panel", ["", "Peragaan", "Gangguan"])
def test_a_window_of_360_pixels_needs_no_sideways_scrolling(
    page: Page, url: str, panel: str
) -> None:
    send(url, "a" * 300 + "\n<pre>" + "KBK ✓ " * 30 + "</pre>", parse_mode="HTML")
    page.set_viewport_size({"width": 360, "height": 640})
    if panel:
        open_panel(page, panel)

    page.wait_for_timeout(200)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    overflowing = "[...document.querySelectorAll('header, section, main, form')]"
    assert page.evaluate(f"{overflowing}.every((e) => e.getBoundingClientRect().right <= 361)")


def test_html_in_names_titles_and_messages_stays_text(page: Page, url: str) -> None:
    page.locator("#isian").fill(EVIL)
    page.keyboard.press("Enter")

    expect(page.locator(".bubble.mine .text").last).to_have_text(EVIL)
    expect(page.locator("#people")).to_contain_text(EVIL)
    expect(page.locator("#chats")).to_contain_text(EVIL)
    assert page.locator("#messages img, #people img, script:not([src])").count() == 0


def test_a_text_of_4096_characters_goes_in_one_and_a_longer_one_in_two(page: Page) -> None:
    before = page.locator(".bubble.mine").count()

    page.locator("#isian").fill("x" * 4096)
    page.keyboard.press("Enter")
    expect(page.locator(".bubble.mine")).to_have_count(before + 1)
    page.locator("#isian").fill("y" * 4097)
    page.keyboard.press("Enter")

    expect(page.locator(".bubble.mine")).to_have_count(before + 3)
    assert len(page.locator(".bubble.mine .text").last.inner_text()) == 1


def test_a_file_of_25_megabytes_goes_up_and_the_bot_is_refused_it(
    page: Page, url: str, tmp_path: Path
) -> None:
    source = tmp_path / "besar.bin"
    source.write_bytes(bytes(25 * 2**20))

    page.locator("#files").set_input_files(source)
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.locator(".bubble.mine .file").last).to_contain_text("25,0 MB")

    [update] = httpx.post(f"{url}/bot{TOKEN}/getUpdates", json={"offset": -1}).json()["result"]
    file_id = update["message"]["document"]["file_id"]
    refused = httpx.post(f"{url}/bot{TOKEN}/getFile", json={"file_id": file_id}).json()
    assert refused["description"] == "Bad Request: file is too big"


def test_two_windows_of_one_person_show_the_same(page: Page, url: str) -> None:
    second = page.context.new_page()
    visit(second, f"{url}/?saya=1001")
    keys = {"inline_keyboard": [[{"text": "Teruskan", "callback_data": "a:1:1"}]]}
    sent = send(url, "Disposisi", reply_markup=keys)

    page.locator("#isian").fill("dari jendela pertama")
    page.keyboard.press("Enter")
    httpx.post(
        f"{url}/bot{TOKEN}/editMessageText",
        json={"chat_id": 1001, "message_id": sent["message_id"], "text": "✅ diteruskan"},
    )

    for window in (page, second):
        expect(window.locator(".bubble.mine .text").last).to_have_text("dari jendela pertama")
        expect(window.locator(f"#m{sent['message_id']}")).to_contain_text("✅ diteruskan")
        expect(window.locator(f"#m{sent['message_id']} .keyboard")).to_have_count(0)


def test_the_faults_panel_breaks_and_mends_the_line(page: Page, url: str) -> None:
    page.get_by_role("button", name="Gangguan", exact=True).click()
    page.get_by_role("button", name="Telegram mati").click()
    expect(page.locator("#broken")).to_contain_text("Telegram mati")

    with pytest.raises(httpx.HTTPError):
        httpx.post(f"{url}/bot{TOKEN}/getMe")
    failed = page.locator("#calls .failed").filter(has_text="getMe")
    expect(failed.first).to_contain_text("simulated: down")
    page.get_by_role("button", name="Pulihkan semua").click()

    expect(page.locator("#broken")).to_contain_text("Tidak ada gangguan")
    assert httpx.post(f"{url}/bot{TOKEN}/getMe").json()["ok"]


def test_the_keyboard_alone_reaches_a_message_and_its_button(page: Page, url: str) -> None:
    keys = {"inline_keyboard": [[{"text": "Teruskan", "callback_data": "a:1:1"}]]}
    sent = send(url, "Disposisi", reply_markup=keys)
    button = page.locator(f"#m{sent['message_id']} .keyboard button")
    expect(button).to_be_visible()
    page.locator("#messages").focus()

    for _ in range(400):
        page.keyboard.press("Tab")
        if button.evaluate("(key) => key === document.activeElement"):
            break
    with page.expect_response("**/press"):
        page.keyboard.press("Enter")

    query = httpx.post(f"{url}/bot{TOKEN}/getUpdates", json={"offset": -1}).json()["result"][0]
    assert query["callback_query"]["data"] == "a:1:1"


def test_a_kept_office_stopped_and_started_shows_what_was_missed(
    browser: Browser, tmp_path: Path
) -> None:
    kept = str(tmp_path / "percakapan.bin")
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    with open_simulator("--archive", kept) as url:
        port = re.findall(r":(\d+)$", url)[0]
        httpx.post(f"{url}/api/people/1001/start", json={})
        visit(page, f"{url}/?saya=1001")
        send(url, "sebelum berhenti")
        expect(page.locator(".bubble .text").last).to_have_text("sebelum berhenti")
    expect(page.locator("#link")).to_be_visible(timeout=20_000)

    with open_simulator("--archive", kept, "--port", port) as url:
        send(url, "selama terputus")
        expect(page.locator("#link")).to_be_hidden(timeout=20_000)
        expect(page.locator(".bubble .text").last).to_have_text("selama terputus")
        expect(page.locator("#messages")).to_contain_text("sebelum berhenti")
    context.close()

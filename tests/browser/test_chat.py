"""What people do in a messenger all day: read, reply, drop a file, look at what is pinned."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from simulator.app import TOKEN
from tests.browser.conftest import open_simulator
from tests.browser.windows import PATIENCE

MARLINA, RIZAL, DEDI = 1001, 1002, 1003
OFFICE = {
    "bot": {"username": "sigap_tes_bot", "name": "SIGAP"},
    "group": {"title": "Grup Kantor", "bot_admin": True},
    "people": [
        {"name": "Marlina Topale", "note": "Kepala Dinas"},
        {"name": "Rizal Mondong", "note": "Admin", "admin": True},
        {"name": "Dedi Salangga", "note": "Pelaksana"},
    ],
    "days_off": ["2026-11-30"],
}
PICTURE = Path(__file__).parents[2] / "docs" / "gambar" / "pelaksana-format.png"
DROP = """([name, text]) => {
  const given = new DataTransfer();
  given.items.add(new File([text], name, { type: "text/plain" }));
  const main = document.querySelector("main");
  for (const kind of ["dragover", "drop"]) {
    main.dispatchEvent(new DragEvent(kind, { dataTransfer: given, bubbles: true }));
  }
}"""


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    people = tmp_path / "people.json"
    people.write_text(json.dumps(OFFICE), encoding="utf-8")
    with open_simulator("--people", str(people), "--start", "2026-11-27 15:50") as url:
        for person in (MARLINA, DEDI):
            httpx.post(f"{url}/api/people/{person}/start", json={})
        yield url


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{url}/?saya={MARLINA}")
    expect(page.locator("body")).to_have_attribute("data-live", "true")
    yield page
    context.close()


def call(url: str, method: str, **body: Any) -> Any:
    answer = httpx.post(f"{url}/bot{TOKEN}/{method}", json=body).json()
    assert answer["ok"], answer
    return answer["result"]


def updates(url: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = call(url, "getUpdates", offset=-1)
    return found


def group_of(url: str) -> int:
    group: int = httpx.get(f"{url}/api/state").json()["group"]
    return group


def test_what_others_have_not_read_is_counted_beside_their_name(page: Page, url: str) -> None:
    for number in range(2):
        call(url, "sendMessage", chat_id=DEDI, text=f"Tugas {number}")
    call(url, "sendMessage", chat_id=MARLINA, text="Disposisi")
    dedi = page.locator("#people li").filter(has_text="Dedi")

    expect(dedi.locator(".badge")).to_have_text("2")
    expect(page.locator(".bubble .text").last).to_have_text("Disposisi")
    dedi.get_by_role("button").click()

    expect(page.locator(".bubble .text").last).to_have_text("Tugas 1")
    expect(dedi.locator(".badge")).to_have_count(0)


def test_the_pinned_board_stands_on_top_and_follows_its_edits(page: Page, url: str) -> None:
    group = group_of(url)
    board = call(url, "sendMessage", chat_id=group, text="Papan: 1 dari 5")["message_id"]
    call(url, "pinChatMessage", chat_id=group, message_id=board, disable_notification=True)
    page.get_by_role("button", name="Grup Kantor").click()
    expect(page.locator("#pinned")).to_contain_text("Papan: 1 dari 5")

    call(url, "editMessageText", chat_id=group, message_id=board, text="Papan: 2 dari 5")

    expect(page.locator("#pinned")).to_contain_text("Papan: 2 dari 5")
    expect(page.locator(f"#m{board}")).to_contain_text("disunting")
    page.locator("#pinned").click()
    expect(page.locator(f"#m{board}")).to_be_in_viewport()


def test_a_reply_quotes_its_message_and_reaches_the_bot_as_one(page: Page, url: str) -> None:
    task = call(url, "sendMessage", chat_id=MARLINA, text="Mohon diteruskan")["message_id"]
    page.locator(f"#m{task}").get_by_role("button", name="Balas pesan ini").click()

    page.keyboard.type("kendala: surat belum ada")
    page.keyboard.press("Enter")

    mine = page.locator(".bubble.mine").last
    expect(mine.locator(".quote")).to_contain_text("Mohon diteruskan")
    [update] = updates(url)
    assert update["message"]["reply_to_message"]["message_id"] == task


def test_a_dropped_file_is_sent_with_the_words_typed_beside_it(page: Page, url: str) -> None:
    page.evaluate(DROP, ["bukti.txt", "isi bukti"])
    expect(page.locator("#tray")).to_contain_text("bukti.txt")
    page.locator("#isian").fill("bukti rapat")
    page.keyboard.press("Enter")

    expect(page.locator(".bubble.mine .file").last).to_contain_text("bukti.txt")
    [update] = updates(url)
    assert update["message"]["document"]["file_name"] == "bukti.txt"
    assert update["message"]["caption"] == "bukti rapat"


def test_a_picture_is_shown_and_a_document_downloaded(page: Page, url: str) -> None:
    path = f"{url}/bot{TOKEN}"
    data = PICTURE.read_bytes()
    for method, field in (("sendPhoto", "photo"), ("sendDocument", "document")):
        files = {field: ("papan.png", data, "image/png")}
        httpx.post(f"{path}/{method}", data={"chat_id": str(MARLINA)}, files=files)

    shown = page.locator(".bubble .picture img")
    expect(shown).to_be_visible()
    page.wait_for_function("document.querySelector('.picture img').naturalWidth > 0")
    with page.expect_download() as download:
        page.locator(".bubble .file").last.click()
    assert Path(download.value.path()).read_bytes() == data


def test_the_clock_goes_on_by_a_quarter_and_to_the_next_day_of_work(page: Page) -> None:
    page.get_by_role("button", name="+ 15 menit").click()
    expect(page.locator("#now")).to_contain_text("Jumat, 27 November 2026 pukul 16.05 WITA")

    page.get_by_role("button", name="Hari kerja berikutnya").click()

    # Over the weekend, and over Monday, which is a day off.
    expect(page.locator("#now")).to_contain_text("Selasa, 1 Desember 2026 pukul 07.30 WITA")
    page.get_by_role("button", name="×60").click()
    expect(page.locator("#now")).to_contain_text("07.32")


def test_what_the_phone_or_the_night_asks_for_is_what_one_sees(page: Page) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    page.emulate_media(color_scheme="light")
    light = page.evaluate(ground)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(ground)
    page.set_viewport_size({"width": 360, "height": 640})

    assert light != dark
    expect(page.locator("#orang")).to_be_hidden()
    page.get_by_role("button", name="Orang").click()
    page.locator("#people li").filter(has_text="Dedi").get_by_role("button").click()
    expect(page.locator("#whoami")).to_contain_text("Dedi Salangga")
    expect(page.locator("#orang")).to_be_hidden()

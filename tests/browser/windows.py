"""Windows of the simulated office: each is one person, who sees, presses, types and sends."""

import re
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, Locator, Page, TimeoutError, expect

# Milliseconds in which whatever is waited for comes, on a machine with much else to do.
PATIENCE = 120_000
expect.set_options(timeout=PATIENCE)


def open_panel(page: Page, name: str) -> None:
    """By its button in the bar; on a phone it stands in the menu ⋮."""
    button = page.get_by_role("button", name=name, exact=True)
    if not button.is_visible():
        page.locator("summary").click()
    button.click()


class Window:
    def __init__(self, page: Page, url: str, person: dict[str, Any]) -> None:
        self.page = page
        self.person = person
        self.faults: list[str] = []
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        page.goto(f"{url}/?saya={person['id']}")
        expect(page.locator("body")).to_have_attribute("data-live", "true")

    def last(self, words: str = "") -> Locator:
        """The newest message of the bot with these words."""
        return self.page.locator(".bubble.theirs").filter(has_text=words).last

    def press(self, *labels: str, within: str = "") -> None:
        """The newest button whose label begins so, whatever icon stands before it."""
        begins = re.compile(rf"^\W*(?:{'|'.join(map(re.escape, labels))})(?!\w)")
        place = self.last(within) if within else self.page.locator("#messages")
        key = place.locator(".keyboard button").filter(has_text=begins).last
        try:
            key.wait_for()
        except TimeoutError:
            shown = self.page.locator(".bubble").last.inner_text()
            raise AssertionError(f"no button {labels}; the last message: {shown}") from None
        key.click()

    def sees(self, words: str) -> None:
        expect(self.last(words)).to_be_visible()

    def say(self, text: str) -> None:
        self.page.locator("#isian").fill(text)
        self.page.keyboard.press("Enter")

    def send(self, path: Path) -> None:
        self.page.locator("#files").set_input_files(path)
        self.page.get_by_role("button", name="Kirim", exact=True).click()

    def download(self, words: str | re.Pattern[str], folder: Path) -> Path:
        """The file under the newest message with these words."""
        link = self.page.locator(".bubble.theirs .file").filter(has_text=words).last
        with self.page.expect_download() as download:
            link.click()
        target = folder / download.value.suggested_filename
        download.value.save_as(target)
        return target

    def group(self) -> None:
        self.page.locator("#chats button").last.click()


class Desk:
    """The windows of one test; all are closed at its end."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.url = url
        self.context = browser.new_context(accept_downloads=True)
        self.context.set_default_timeout(PATIENCE)
        self.windows: list[Window] = []

    def window(self, note: str) -> Window:
        """Opened as the first person with that in his posts (or his name)."""
        people = httpx.get(f"{self.url}/api/people").json()
        person = next(one for one in people if note in f"{one['note']} {one['name']}")
        self.windows.append(Window(self.context.new_page(), self.url, person))
        return self.windows[-1]

    def close(self) -> None:
        faults = [fault for window in self.windows for fault in window.faults]
        self.context.close()
        assert faults == []

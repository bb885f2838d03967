"""The chat page of the simulator in a browser: when a message is seen, how it scrolls."""

import statistics
import time
from collections.abc import Iterator

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from bench.figure import Figure
from tests.browser.conftest import CHROMIUM, FLAGS, open_simulator
from tests.browser.test_page import send, visit, without_limits

# The one the simulator has without a list of people, with whom `send` speaks.
PERSON = 1001
MESSAGES, SHOWN = 30, 500
WATCH = """() => {
  window.seen = {};
  new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes) {
      if (node.id) window.seen[node.id] = Date.now();
    }
  }).observe(document.getElementById("messages"), { childList: true });
}"""
LONG_TASKS = """() => {
  window.long = [0];
  new PerformanceObserver((list) => window.long.push(...list.getEntries().map((e) => e.duration)))
    .observe({ type: "longtask" });
  document.getElementById("messages").scrollTop = 0;
}"""


def run() -> Iterator[Figure | str]:
    if CHROMIUM is None:
        yield "page: no chromium on this machine"
        return
    with sync_playwright() as playwright, open_simulator() as url:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        without_limits(url)
        httpx.post(f"{url}/api/people/{PERSON}/start", json={})
        yield Figure("a message is seen after", _delay(_page(browser, url), url), "ms", 150)
        yield Figure("longest task while 500 messages scroll", _longest(browser, url), "ms", 50)
        browser.close()


def _page(browser: Browser, url: str) -> Page:
    page = browser.new_context(viewport={"width": 900, "height": 700}).new_page()
    visit(page, f"{url}/?saya={PERSON}")
    return page


def _delay(page: Page, url: str) -> float:
    """The median time from the bot's call being answered to the message standing in the page."""
    page.evaluate(WATCH)
    answered: dict[str, float] = {}
    for number in range(MESSAGES):
        sent = send(url, f"pesan {number}")
        answered[f"m{sent['message_id']}"] = time.time() * 1000
        time.sleep(0.05)
    page.wait_for_function(f"Object.keys(window.seen).length >= {MESSAGES}")
    seen = page.evaluate("window.seen")
    return statistics.median(max(0.0, seen[id] - moment) for id, moment in answered.items())


def _longest(browser: Browser, url: str) -> float:
    for number in range(SHOWN):
        send(url, f"<b>Langkah {number}</b>\n" + "kata " * 30, parse_mode="HTML")
    page = _page(browser, url)
    while page.locator(".bubble").count() < SHOWN:
        count = page.locator(".bubble").count()
        page.locator("#earlier").click()
        page.wait_for_function("(n) => document.querySelectorAll('.bubble').length > n", arg=count)
    page.evaluate(LONG_TASKS)
    page.locator("#messages").hover()
    for _ in range(60):
        page.mouse.wheel(0, 800)
        page.wait_for_timeout(16)
    return float(page.evaluate("Math.max(...window.long)"))

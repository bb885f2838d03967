"""make guides: the pictures of the guides, taken from the real thing, and the guides as PDF."""

import html
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS, ROOT, open_office
from tests.browser.test_sop_in_windows import fill_in, hold_meeting, issue_for_kbk
from tests.browser.windows import Desk, Window

DOCS = ROOT / "docs"
PICTURES = DOCS / "gambar"
GUIDES = ("panduan-pejabat", "panduan-admin")
PHONE = {"width": 400, "height": 720}
SCREEN = {"width": 1180, "height": 760}
STYLE = """body { font: 11pt/1.45 Arial, sans-serif; } h1 { font-size: 20pt; }
h2 { font-size: 14pt; break-before: page; } h2:first-of-type { break-before: auto; }
img { max-width: 62%; max-height: 95mm; border: 1px solid #bbb; border-radius: 6px; }
code { background: #eee; padding: 0 3px; } figure { margin: 8px 0; break-inside: avoid; }"""


def main() -> None:
    if CHROMIUM is None:
        raise SystemExit("no chromium on this machine (.ci/run installs it)")
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with open_office(Path(folder) / "kantor") as url:
            desk = Desk(browser, url)
            _play(desk, Path(folder))
            desk.close()
        for guide in GUIDES:
            _print(browser, guide)
        browser.close()


def _play(desk: Desk, folder: Path) -> None:
    """SOP-A once through; each role's picture where his guide speaks of it."""
    head, secretary = _phone(desk, "Kepala Dinas"), _phone(desk, "Sekretaris")
    kasubag, chief = _phone(desk, "Kasubag Perencanaan"), _phone(desk, "Kepala Bidang KBK")
    coordinator, officer = _phone(desk, "Wahyuni"), _phone(desk, "Dedi")
    _admin(desk)
    head.say("/perintah pengumpulan TW III 2026")
    _shoot(head, "kepala-dinas-terbitkan", "Ringkasan perintah")
    head.press("Batal")
    issue_for_kbk(head)
    _shoot(secretary, "sekretaris-disposisi", "Batas:")
    secretary.press("Teruskan")
    secretary.press("Tanpa catatan")
    kasubag.press("Pakai format baku")
    _shoot(kasubag, "kasubag-kirim", "Kirim ke semua unit")
    kasubag.press("Kirim ke semua unit")
    _shoot(chief, "kepala-bidang-rapat", "Catat rapat")
    hold_meeting(chief)
    _fill(officer, coordinator, folder)
    _shoot(coordinator, "koordinator-ajukan", "Ajukan")
    coordinator.press("Ajukan")
    _shoot(chief, "kepala-bidang-validasi", "Validasi")
    _close(desk, head, secretary, kasubag, chief)


def _fill(officer: Window, coordinator: Window, folder: Path) -> None:
    _shoot(officer, "pelaksana-format", "Format_")
    fill_in(officer, folder, wrong="3.9l2")
    _shoot(officer, "pelaksana-temuan", "3.9l2")
    for window in (officer, coordinator):
        fill_in(window, folder / str(window.person["id"]))
        window.press("Kirim", "Tetap kirim")


def _close(desk: Desk, head: Window, secretary: Window, kasubag: Window, chief: Window) -> None:
    chief.press("Validasi")
    chief.press("Sampaikan")
    _shoot(kasubag, "kasubag-papan", "Terima KBK")
    _office(desk)
    kasubag.press("Terima")
    kasubag.press("Ajukan")
    kasubag.press("Paraf")
    secretary.press("Paraf")
    _shoot(head, "kepala-dinas-tanda-tangan", "Tanda tangani")
    head.press("Tanda tangani")
    head.press("Tanda tangani versi 1")
    head.group()
    _shoot(head, "grup-rekap", "Rekap_")


def _admin(desk: Desk) -> None:
    admin = _phone(desk, "Admin Sistem")
    for command, words in (("siap", "iap"), ("sehat", "Keadaan Sistem")):
        admin.say(f"/{command}")
        _shoot(admin, f"admin-{command}", words)


def _office(desk: Desk) -> None:
    """The whole page as a developer opens it, with the guided tour's panel."""
    screen = desk.window("Kasubag Perencanaan")
    screen.page.set_viewport_size(SCREEN)
    screen.page.get_by_role("button", name="Tutup petunjuk").click()
    screen.page.get_by_role("button", name="Peragaan", exact=True).click()
    _shoot(screen, "kantor-simulasi", "Terima KBK")


def _phone(desk: Desk, note: str) -> Window:
    window = desk.window(note)
    window.page.set_viewport_size(PHONE)
    window.page.locator("#hint").evaluate("(part) => { part.style.display = 'none'; }")
    return window


def _shoot(window: Window, name: str, words: str) -> None:
    """What stands on his screen once these words do."""
    bubble = window.page.locator(".bubble").filter(has_text=words).last
    bubble.wait_for()
    bubble.evaluate("(part) => part.scrollIntoView({ block: 'end' })")
    window.page.wait_for_timeout(400)
    window.page.screenshot(path=PICTURES / f"{name}.png")


def _print(browser: Browser, guide: str) -> None:
    source = (DOCS / f"{guide}.md").read_text(encoding="utf-8")
    page = browser.new_page()
    draft = DOCS / f".{guide}.html"
    body = "\n".join(blocks(source))
    draft.write_text(f"<meta charset=utf-8><style>{STYLE}</style>{body}", encoding="utf-8")
    page.goto(draft.as_uri())
    margins = dict.fromkeys(("top", "bottom", "left", "right"), "18mm")
    page.pdf(path=DOCS / f"{guide}.pdf", format="A4", margin=margins)
    draft.unlink()
    page.close()


def blocks(source: str) -> Iterator[str]:
    """The little Markdown that the guides use, as HTML."""
    for block in source.strip().split("\n\n"):
        picture = re.fullmatch(r"!\[(.+)\]\((.+)\)", block)
        heading = re.fullmatch(r"(#+) (.+)", block)
        if picture:
            yield f'<figure><img src="{picture[2]}" alt="{html.escape(picture[1])}"></figure>'
        elif heading:
            yield f"<h{len(heading[1])}>{_inline(heading[2])}</h{len(heading[1])}>"
        elif block.startswith("- "):
            yield f"<ul>{_items(block, '- ')}</ul>"
        elif block.startswith("1. "):
            yield f"<ol>{_items(block, '[0-9]+[.] ')}</ol>"
        else:
            yield f"<p>{_inline(block)}</p>"


def _items(block: str, mark: str) -> str:
    lines = (re.sub(f"^{mark}", "", line) for line in block.splitlines())
    return "".join(f"<li>{_inline(line)}</li>" for line in lines)


def _inline(text: str) -> str:
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", html.escape(text))
    return re.sub(r"`(.+?)`", r"<code>\1</code>", text)


if __name__ == "__main__":
    main()

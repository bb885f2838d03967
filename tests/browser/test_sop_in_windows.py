"""SOP-A in a real browser: six roles in six windows, from the order to the rekap on disk."""

import re
from pathlib import Path

import openpyxl

from simulator.players.figures import REALISASI, Form, fill, read_figures, read_form
from simulator.tour.tour import FIGURES
from tests.browser.windows import Desk, Window

UNITS = ("SEK", "DAL", "PPR", "PPA")
REPORTED = read_figures(FIGURES).reported


def form_of(window: Window, folder: Path) -> tuple[Path, Form]:
    path = window.download("Format_", folder)
    form = read_form(path.read_bytes())
    assert form is not None
    return path, form


def fill_in(window: Window, folder: Path, wrong: str = "") -> None:
    """The form he got, filled with the example's figures; one of them mistyped on demand."""
    path, form = form_of(window, folder)
    entries = {code: dict(REPORTED[code]) for code in form.rows}
    if wrong:
        entries[next(iter(entries))][REALISASI] = wrong
    path.write_bytes(fill(form, entries))
    window.send(path)


def issue_for_kbk(head: Window) -> None:
    head.say("/perintah pengumpulan TW III 2026")
    head.press("Ubah isian")
    head.press("Unit")
    for unit in UNITS:
        head.press(f"☑ {unit}")
    head.press("Lanjut (1)")
    head.sees("KBK")
    head.press("Terbitkan")


def hold_meeting(head_of_unit: Window) -> None:
    """The usual answer of each question, up to the summary."""
    head_of_unit.press("Catat rapat")
    head_of_unit.press("Hari ini")
    head_of_unit.press("Benar")  # it lasts less than ten minutes here
    head_of_unit.press("Lanjut")
    head_of_unit.press("Bagi rata")
    head_of_unit.sees("hasil rapat")
    head_of_unit.say("Semua data sampai dengan akhir triwulan.")
    head_of_unit.press("Catat rapat", within="Ringkasan rapat")


def test_six_roles_in_six_windows_play_sop_a(desk: Desk, tmp_path: Path) -> None:
    head, secretary = desk.window("Kepala Dinas"), desk.window("Sekretaris")
    kasubag, head_of_unit = desk.window("Kasubag Perencanaan"), desk.window("Kepala Bidang KBK")
    coordinator, officer = desk.window("Wahyuni"), desk.window("Dedi")

    issue_for_kbk(head)
    secretary.sees("Batas:")
    secretary.page.get_by_role("button", name="Tenggat berikutnya").click()
    secretary.sees("melewati batas waktu")
    assert "Ardin Lasimpo" in head.page.locator("#due li").first.inner_text()
    secretary.press("Teruskan", within="Batas:")
    secretary.press("Tanpa catatan")
    kasubag.press("Pakai format baku")
    kasubag.press("Kirim ke semua unit")
    hold_meeting(head_of_unit)

    fill_in(officer, tmp_path, wrong="3.9l2")
    officer.sees("3.9l2")
    marked = officer.download("Format_", tmp_path)
    assert openpyxl.load_workbook(marked).sheetnames[0] == "Perbaikan"
    for window in (officer, coordinator):
        fill_in(window, tmp_path / window.person["name"][:4])
        window.press("Kirim", "Tetap kirim")
    coordinator.press("Ajukan")
    head_of_unit.press("Validasi")
    head_of_unit.press("Sampaikan")
    kasubag.press("Terima")
    kasubag.press("Ajukan")
    kasubag.press("Paraf")
    secretary.press("Paraf")
    head.press("Tanda tangani")
    head.press("Tanda tangani versi 1")

    officer.group()
    rekap = officer.download(re.compile(r"Rekap_.*\.xlsx"), tmp_path)
    book = openpyxl.load_workbook(rekap)
    assert {"Ringkasan", "KBK"} <= set(book.sheetnames)
    assert officer.page.locator(".bubble").filter(has_text="selesai").count() >= 1

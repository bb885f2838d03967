"""The players of simulate --auto: what they read, what they fill in, and what they bring about."""

import asyncio
import io
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest
from openpyxl.workbook import Workbook
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from simulator.app import build_app, build_world
from simulator.people.office_file import Member, SimulatedOffice
from simulator.players import person as play_person
from simulator.players.day import OfficeDay, asking, last_quarter, next_working_moment
from simulator.players.figures import Figures, FiguresInvalid, fill, read_figures, read_form
from simulator.players.labels import act_of, choice, is_question, says
from simulator.players.person import Player
from simulator.players.players import Performance, Stuck, prepare
from simulator.players.story import SENTENCE, Story
from simulator.world.clock import WITA, MovableClock
from simulator.world.world import Button, Content, Message, World
from tests.simulator.conftest import DEDI, MARLINA

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "contoh" / "realisasi.xlsx"
FIGURES = Figures(
    {"KBK-03": {"Realisasi s.d. TW": 3912, "Sumber Data": "Register"}, "KBK-04": {}},
    {"PPA-06": {"Realisasi s.d. TW": 46, "Bukti Dukung": "Rekap DP3A/KUA"}},
)
HEADINGS = ("No", "Kode", "Realisasi s.d. TW III", "Sumber Data", "Bukti Dukung", "Keterangan")

BEFORE = {
    "SEK": (7, 7, 97.19, 97.00, "Sangat Tinggi"),
    "DAL": (7, 8, 81.77, 80.54, "Tinggi"),
    "KBK": (9, 9, 98.74, 92.69, "Sangat Tinggi"),
    "PPR": (6, 6, 79.93, 78.08, "Tinggi"),
    "PPA": (7, 7, 75.32, 76.98, "Sedang"),
    "DP2KBP3A": (36, 37, 87.45, 85.68, "Tinggi"),
}
AFTER = BEFORE | {
    "PPR": (6, 6, 85.54, 83.69, "Tinggi"),
    "PPA": (7, 7, 84.95, 84.71, "Tinggi"),
    "DP2KBP3A": (36, 37, 90.26, 88.12, "Tinggi"),
}
TEN_OTHERS = {
    "SEK-01": 72,
    "SEK-06": 12,
    "DAL-02": 30,
    "DAL-04": 55,
    "DAL-07": 69,
    "KBK-03": "4.800",
    "KBK-08": "80,00",
    "PPR-04": 75,
    "PPR-05": 18,
    "PPA-03": 100,
}
OTHER_BEFORE = {
    "SEK": (7, 7, 102.26, 97.31, "Sangat Tinggi"),
    "DAL": (7, 8, 86.27, 85.45, "Tinggi"),
    "KBK": (9, 9, 101.85, 95.80, "Sangat Tinggi"),
    "PPR": (6, 6, 82.75, 82.75, "Tinggi"),
    "PPA": (7, 7, 76.07, 77.74, "Tinggi"),
    "DP2KBP3A": (36, 37, 90.70, 88.39, "Tinggi"),
}
OTHER_AFTER = OTHER_BEFORE | {
    "PPR": (6, 6, 88.36, 88.36, "Tinggi"),
    "PPA": (7, 7, 85.70, 85.46, "Tinggi"),
    "DP2KBP3A": (36, 37, 93.51, 90.83, "Sangat Tinggi"),
}
UNITS = {"SEK", "DAL", "KBK", "PPR", "PPA"}


def shown(*rows: tuple[str, ...], text: str = "Mohon perkenan.") -> Message:
    """A message of the bot with these buttons."""
    keyboard = tuple(tuple(Button(label, "callback", label) for label in row) for row in rows)
    moment = datetime(2026, 11, 24, 8, 0, tzinfo=WITA)
    return Message(1, MARLINA, 1, moment, Content("text", text), keyboard)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Teruskan", "Teruskan"),
        ("✅ Paraf", "Paraf"),
        ("☐ KBK-01 60,48", "KBK-01"),
        ("Terima KBK", "Terima"),
        ("Tanda tangani versi 2", "Tanda tangani"),
        ("▸ SETUJUI", "Setujui"),
    ],
)
def test_an_icon_before_a_label_and_words_after_it_do_not_matter(text: str, label: str) -> None:
    assert says(text, label)


@pytest.mark.parametrize(
    ("text", "label"),
    [("Kembalikan", "Kembali"), ("Tidak terbukti", "Terbukti"), ("Ajukannya", "Ajukan")],
)
def test_a_label_is_whole_words_at_the_beginning(text: str, label: str) -> None:
    assert not says(text, label)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Kirim", "Kirim"),
        ("📨 Kirim ke semua unit", "Kirim ke semua unit"),
        ("Kirim ke unit terdampak (2)", "Kirim ke unit terdampak"),
        ("Kirim ulang berkas", None),
        ("Lihat data", None),
        ("Kembalikan", None),
    ],
)
def test_of_several_acts_that_fit_the_longest_is_meant(text: str, act: str | None) -> None:
    assert act_of(Button(text, "callback", "x")) == act


def test_only_a_way_out_makes_a_message_a_question() -> None:
    assert is_question(shown(("Tanpa catatan",), ("✖️ Batal",)))
    assert not is_question(shown(("Paraf", "Kembalikan")))


@pytest.mark.parametrize(
    ("rows", "label", "chosen"),
    [
        ((("Ubah isian", "Catat rapat"), ("Batal",)), "Catat rapat", "Catat rapat"),
        ((("Batal",), ("Hari ini", "Besok")), "Catat rapat", "Hari ini"),
        ((("Kembali", "Batal"),), "Catat rapat", None),
    ],
)
def test_the_general_rule_takes_the_act_else_the_first_way_on(
    rows: tuple[tuple[str, ...], ...], label: str, chosen: str | None
) -> None:
    found = choice(shown(*rows), label)

    assert (found.text if found else None) == chosen


def test_the_figures_are_read_with_source_note_and_evidence() -> None:
    figures = read_figures(EXAMPLE)

    assert len(figures.reported) == 37
    assert figures.reported["DAL-03"] == {
        "Realisasi s.d. TW": "n/a",
        "Keterangan": "Data tahunan, menunggu rilis BPS",
    }
    assert list(figures.corrected) == ["PPA-06", "PPA-01", "PPR-06"]
    assert figures.corrected["PPA-06"] == {
        "Realisasi s.d. TW": 46,
        "Bukti Dukung": "Rekap DP3A/KUA",
    }


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda book: book.remove(book["Perbaikan"]), "there is no sheet 'Perbaikan'"),
        (lambda book: book["Realisasi"].delete_cols(2), "has no column 'Realisasi'"),
        (lambda book: book["Perbaikan"].delete_rows(2, 3), "'Perbaikan' names no row"),
    ],
)
def test_figures_that_cannot_be_used_are_named_with_file_and_place(
    tmp_path: Path, spoil: Callable[[Workbook], None], reason: str
) -> None:
    book = openpyxl.load_workbook(EXAMPLE)
    spoil(book)
    book.save(tmp_path / "angka.xlsx")

    with pytest.raises(FiguresInvalid, match=reason) as refused:
        read_figures(tmp_path / "angka.xlsx")
    assert str(tmp_path / "angka.xlsx") in str(refused.value)


def test_a_file_that_is_no_workbook_is_named() -> None:
    with pytest.raises(FiguresInvalid, match=r"realisasi\.txt: no readable workbook"):
        read_figures(ROOT / "contoh" / "realisasi.txt")


def a_form(*codes: str) -> bytes:
    """A workbook as the bot sends it: perhaps another sheet first, titles above the headings."""
    book = openpyxl.Workbook()
    book.active.title = "Perbaikan"
    book.active.append(["Sel", "Kode", "Tertulis"])
    sheet = book.create_sheet("KBK")
    sheet.append(["FORMULIR DATA KINERJA"])
    sheet.append([])
    sheet.append(HEADINGS)
    for number, code in enumerate(codes, 1):
        sheet.append([number, code])
    book.create_sheet("_sigap").sheet_state = "veryHidden"
    return saved(book)


def saved(book: Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_a_form_is_found_by_its_headings_and_filled_row_by_row() -> None:
    form = read_form(a_form("KBK-03", "KBK-04"))
    assert form is not None

    filled = fill(form, {"KBK-04": {"Realisasi s.d. TW": "21,10", "Keterangan": "tetap"}})

    book = openpyxl.load_workbook(io.BytesIO(filled))
    assert [cell.value for cell in book["KBK"][5]] == [2, "KBK-04", "21,10", None, None, "tetap"]
    assert [cell.value for cell in book["KBK"][4]][2:] == [None, None, None, None]
    assert book["_sigap"].sheet_state == "veryHidden"


def test_a_workbook_without_the_headings_is_no_form() -> None:
    assert read_form(EXAMPLE.read_bytes()) is None


@pytest.mark.parametrize(
    ("moment", "working"),
    [
        ("2026-11-24 07:00", "2026-11-24 07:30"),
        ("2026-11-24 11:59", "2026-11-24 11:59"),
        ("2026-11-24 12:00", "2026-11-24 13:00"),
        ("2026-11-24 16:00", "2026-11-25 07:30"),
        ("2026-11-27 11:30", "2026-11-27 13:00"),
        ("2026-11-27 16:29", "2026-11-27 16:29"),
        ("2026-11-27 16:30", "2026-11-30 07:30"),
        ("2026-11-28 10:00", "2026-11-30 07:30"),
    ],
)
def test_the_day_stays_in_working_hours(moment: str, working: str) -> None:
    assert next_working_moment(datetime.fromisoformat(moment)) == datetime.fromisoformat(working)


@pytest.mark.parametrize(
    ("today", "quarter"),
    [
        ("2026-11-24", "TW III 2026"),
        ("2026-10-01", "TW III 2026"),
        ("2026-09-30", "TW II 2026"),
        ("2027-01-04", "TW IV 2026"),
    ],
)
def test_the_quarter_ordered_is_the_one_that_is_over(today: str, quarter: str) -> None:
    assert last_quarter(datetime.fromisoformat(today)) == quarter


async def test_the_clock_moves_on_by_what_was_done_when_the_bot_looks_at_it(world: World) -> None:
    day = OfficeDay(world.clock)
    transport = httpx.ASGITransport(app=asking(build_app(world), day))

    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as bot:
        before = (await bot.get("/clock")).json()["now"][:16]
        day.act()
        unseen = world.clock.now().isoformat()[:16]
        after = (await bot.get("/clock")).json()["now"][:16]
        still = (await bot.get("/clock")).json()["now"][:16]

    assert (before, unseen) == ("2026-11-24T07:30", "2026-11-24T07:30")
    assert (after, still) == ("2026-11-24T07:32", "2026-11-24T07:32")


@dataclass
class Scene:
    """One player at his chat, and the real telegram.Bot that writes to him."""

    world: World
    bot: Bot
    lines: list[str] = field(default_factory=list)

    def player(self, id: int) -> Player:
        story = Story(self.world, FIGURES, self.lines.append, OfficeDay(self.world.clock))
        return Player(self.world, self.world.people[id], story)

    async def write(self, id: int, text: str, *rows: tuple[str, ...]) -> int:
        markup = keys(*rows) if rows else None
        return (await self.bot.send_message(id, text, reply_markup=markup)).message_id

    async def send_form(self, id: int, data: bytes, *row: str, text: str = "") -> int:
        sent = await self.bot.send_document(
            id, data, filename="Format.xlsx", caption=text, reply_markup=keys(row)
        )
        return sent.message_id

    async def next_update(self, player: Player) -> dict[str, Any]:
        """Let him play until the bot hears of it."""
        playing = asyncio.create_task(player.play())
        try:
            [update] = await self.bot.get_updates(timeout=5)
        finally:
            playing.cancel()
        return update.to_dict()

    async def confirmed(self, update: dict[str, Any]) -> None:
        await self.bot.get_updates(offset=update["update_id"] + 1, timeout=0)


def keys(*rows: tuple[str, ...]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(b, callback_data=b) for b in row] for row in rows]
    )


@pytest.fixture
async def scene(world: World, bot: Bot) -> Scene:
    for person in world.people.values():
        person.has_started = True
    return Scene(world, bot)


async def test_a_player_presses_the_act_that_stands_before_him(scene: Scene) -> None:
    player = scene.player(DEDI)
    await scene.write(DEDI, "Mohon diperiksa.", ("Lihat data", "✅ Paraf"), ("Kembalikan",))

    update = await scene.next_update(player)

    assert update["callback_query"]["data"] == "✅ Paraf"
    assert scene.lines == ["07.30 Pelaksana: Paraf"]


async def test_a_player_answers_a_question_before_anything_else(scene: Scene) -> None:
    player = scene.player(DEDI)
    await scene.write(DEDI, "Mohon diperiksa.", ("Paraf",))
    await scene.write(DEDI, "Catatan?", ("Tanpa catatan",), ("Batal",))

    update = await scene.next_update(player)

    assert update["callback_query"]["data"] == "Tanpa catatan"


async def test_a_player_writes_a_sentence_where_nothing_can_be_pressed(scene: Scene) -> None:
    player = scene.player(DEDI)
    await scene.write(DEDI, "Mohon menuliskan hasil rapat.", ("Batal",))

    update = await scene.next_update(player)

    assert update["message"]["text"] == SENTENCE
    assert 10 <= len(SENTENCE) <= 200


async def test_a_player_fills_the_form_he_got_and_first_mistypes_one_figure(scene: Scene) -> None:
    player = scene.player(DEDI)
    await scene.send_form(DEDI, a_form("KBK-03", "KBK-04"), "Isi lewat chat")

    update = await scene.next_update(player)

    document = update["message"]["document"]
    assert document["file_name"] == "Format.xlsx"
    file = await scene.bot.get_file(document["file_id"])
    form = read_form(bytes(await file.download_as_bytearray()))
    assert form is not None
    assert form.sheet.cell(form.rows["KBK-03"], 3).value == "3.9l2"
    assert form.sheet.cell(form.rows["KBK-03"], 4).value == "Register"


async def test_a_form_is_filled_once_though_it_comes_again_and_its_limit_moves(
    scene: Scene,
) -> None:
    player = scene.player(DEDI)
    wish = "Yth. Bapak Dedi,\nMohon mengisi format terlampir.\nBatas: {}"
    form = a_form("KBK-03")
    await scene.send_form(DEDI, form, "Isi lewat chat", text=wish.format("09.00"))
    await scene.confirmed(await scene.next_update(player))
    await scene.send_form(DEDI, form, "Isi lewat chat", text=wish.format("09.30"))
    await scene.write(DEDI, wish.format("10.00"), ("Isi lewat chat",))
    await scene.write(DEDI, "Mohon diperiksa.", ("Paraf",))

    update = await scene.next_update(player)

    assert update["callback_query"]["data"] == "Paraf"


async def test_a_form_that_came_back_is_filled_again(scene: Scene) -> None:
    player = scene.player(DEDI)
    form = a_form("KBK-03")
    await scene.send_form(DEDI, form, "Isi lewat chat", text="Yth. Bapak Dedi,\nMohon mengisi.")
    await scene.confirmed(await scene.next_update(player))
    back = "Yth. Bapak Dedi,\nData KBK dikembalikan."
    await scene.send_form(DEDI, form, "Isi lewat chat", text=back)

    update = await scene.next_update(player)

    assert update["message"]["document"]["file_name"] == "Format.xlsx"


async def test_a_player_asks_once_more_for_a_file_that_may_be_lost(scene: Scene) -> None:
    player = scene.player(DEDI)
    note = await scene.write(DEDI, "Berkas mungkin belum sampai.", ("Kirim ulang berkas",))

    update = await scene.next_update(player)

    assert update["callback_query"]["data"] == "Kirim ulang berkas"
    assert update["callback_query"]["message"]["message_id"] == note


async def test_a_player_asks_for_a_file_though_another_lies_before_him(scene: Scene) -> None:
    player = scene.player(DEDI)
    await scene.send_form(DEDI, a_form("KBK-03"), "Lihat data")
    note = "Berkas “Format (bertanda)” mungkin belum sampai."
    await scene.write(DEDI, note, ("Kirim ulang berkas",))

    update = await scene.next_update(player)

    assert update["callback_query"]["data"] == "Kirim ulang berkas"


async def test_a_player_asks_for_no_file_that_lies_before_him(scene: Scene) -> None:
    player = scene.player(DEDI)
    form = await scene.send_form(DEDI, a_form("KBK-03"), "Paraf")
    await scene.write(DEDI, "Berkas “Format” mungkin belum sampai.", ("Kirim ulang berkas",))

    update = await scene.next_update(player)

    assert update["callback_query"]["data"] == "Paraf"
    assert update["callback_query"]["message"]["message_id"] == form


async def test_the_head_of_the_office_first_finds_errors_in_what_he_is_to_sign(
    scene: Scene,
) -> None:
    player = scene.player(MARLINA)
    await scene.write(MARLINA, "Mohon persetujuan.", ("Tanda tangani",), ("Ada kesalahan",))

    update = await scene.next_update(player)

    assert update["callback_query"]["data"] == "Ada kesalahan"


async def test_a_head_of_unit_returns_the_data_once(scene: Scene) -> None:
    player = scene.player(MARLINA)
    await scene.write(MARLINA, "Data KBK menunggu.", ("Validasi", "Kembalikan"))
    first = await scene.next_update(player)
    await scene.confirmed(first)
    await scene.bot.edit_message_text(
        "Sudah.", MARLINA, first["callback_query"]["message"]["message_id"]
    )
    await scene.write(MARLINA, "Data KBK menunggu lagi.", ("Validasi ", "Kembalikan"))

    second = await scene.next_update(player)

    assert first["callback_query"]["data"] == "Kembalikan"
    assert second["callback_query"]["data"] == "Validasi "


async def test_a_player_who_waits_for_an_answer_presses_nothing_else_there(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(play_person, "ANSWER_SECONDS", 0.1)
    player = scene.player(MARLINA)
    await scene.write(MARLINA, "Data KBK menunggu.", ("Validasi", "Kembalikan"))
    first = await scene.next_update(player)

    playing = asyncio.create_task(player.play())
    await asyncio.sleep(0.5)
    playing.cancel()

    assert first["callback_query"]["data"] == "Kembalikan"
    assert len(scene.world.updates) == 1


async def test_what_he_means_to_return_he_returns_though_the_message_was_drawn_anew(
    scene: Scene,
) -> None:
    player = scene.player(MARLINA)
    version = "Data KBK TW III 2026 (versi {}) dari Dedi menunggu."
    at = await scene.write(MARLINA, version.format(1), ("Validasi", "Kembalikan"))
    await scene.confirmed(await scene.next_update(player))
    await scene.bot.edit_message_reply_markup(
        MARLINA, at, reply_markup=keys(("Validasi ", "Kembalikan "))
    )

    again = await scene.next_update(player)
    await scene.confirmed(again)
    await scene.bot.edit_message_text("Sudah.", MARLINA, at)
    await scene.write(MARLINA, version.format(2), ("Validasi", "Kembalikan"))
    later = await scene.next_update(player)

    assert again["callback_query"]["data"] == "Kembalikan "
    assert later["callback_query"]["data"] == "Validasi"


async def test_errors_are_found_in_the_first_rekap_however_often_it_comes_and_in_no_other(
    scene: Scene,
) -> None:
    player = scene.player(MARLINA)
    pressed = []
    for sop in ("Pengumpulan", "Pengumpulan", "Perbaikan"):
        text = f"Rekap {sop} Data Kinerja TW III 2026 (versi 1)."
        await scene.write(MARLINA, text, ("Tanda tangani", "Ada kesalahan"))
        update = await scene.next_update(player)
        pressed.append(update["callback_query"]["data"])
        await scene.confirmed(update)
        at = update["callback_query"]["message"]["message_id"]
        await scene.bot.edit_message_text("Sudah.", MARLINA, at)

    assert pressed == ["Ada kesalahan", "Ada kesalahan", "Tanda tangani"]


async def test_a_player_whose_press_is_answered_in_words_goes_on(scene: Scene) -> None:
    player = scene.player(DEDI)
    await scene.write(DEDI, "Mohon diperiksa.", ("Paraf",))
    await scene.write(DEDI, "Mohon diperiksa juga.", ("Terima",))

    playing = asyncio.create_task(player.play())
    [first] = await scene.bot.get_updates(timeout=5)
    await first.callback_query.answer("Sudah diparaf.")
    [second] = await scene.bot.get_updates(offset=first.update_id + 1, timeout=5)
    playing.cancel()

    assert (first.callback_query.data, second.callback_query.data) == ("Paraf", "Terima")


async def test_a_player_does_nothing_else_while_the_bot_is_away(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(play_person, "ANSWER_SECONDS", 0.0)
    scene.world.updates.began_at = time.monotonic() + 10
    player = scene.player(DEDI)
    await scene.write(DEDI, "Mohon diperiksa.", ("Paraf",))
    await scene.write(DEDI, "Mohon diperiksa juga.", ("Terima",))

    playing = asyncio.create_task(player.play())
    await asyncio.sleep(0.3)
    playing.cancel()

    assert len(scene.world.updates) == 1


async def test_when_nothing_moves_it_is_said_who_waits_for_what(tmp_path: Path) -> None:
    office = SimulatedOffice(
        "b", "B", "G", "supergroup", (Member("Ibu A", "Kepala Dinas", None, False),)
    )
    world = build_world(office, MovableClock(datetime(2026, 11, 24, 7, 0, tzinfo=WITA)))
    world.onboarding = "done"
    lines: list[str] = []
    day = OfficeDay(world.clock)
    play = Performance(world, day, FIGURES, tmp_path, lines.append, still_seconds=0.2)

    with pytest.raises(Stuck, match=r"Kepala Dinas waits for an answer to '/perintah pengump"):
        await play.run()

    assert lines == ["07.30 Kepala Dinas: /perintah pengumpulan TW III 2026"]


async def test_an_office_that_cannot_register_is_named(world: World, tmp_path: Path) -> None:
    world.onboarding = "failed: no answer to Rizal Mondong"
    stage = prepare(world, build_app(world), EXAMPLE, tmp_path)

    with pytest.raises(Stuck, match="could not register with the bot: failed: no answer to Riz"):
        await stage.performance.run()


def played(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """The command as it is typed, on a port and in a folder of its own."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    command = [sys.executable, "-m", "bot", "simulate", "--auto", "--port", str(port)]
    environment = os.environ | {"DATA_DIR": str(folder), "LOG_LEVEL": "WARNING"}
    return subprocess.run(
        [*command, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
    )


def summary_of(folder: Path, name: str) -> dict[str, tuple[Any, ...]]:
    book = openpyxl.load_workbook(folder / "simulasi" / "hasil" / name, data_only=True)
    lines = book["Ringkasan"].iter_rows(min_row=2, max_col=6, values_only=True)
    return {str(line[0]): tuple(line[1:]) for line in lines}


def realisasi_of(folder: Path, name: str, code: str) -> Any:
    data = (folder / "simulasi" / "hasil" / name).read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    sheet = book[code.partition("-")[0]]
    headings = [cell.value for cell in sheet[1]]
    at, value = headings.index("Kode"), headings.index("Realisasi s.d. TW")
    return next(row[value].value for row in sheet.iter_rows() if row[at].value == code)


def paper_of(folder: Path, name: str) -> str:
    path = folder / "simulasi" / "hasil" / name
    command = ["pdftotext", "-layout", str(path), "-"]
    found = subprocess.run(command, check=True, capture_output=True, timeout=60)
    return " ".join(found.stdout.decode().split())


@pytest.fixture(scope="module")
def office_day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    folder = tmp_path_factory.mktemp("auto")
    result = played(folder)
    assert result.returncode == 0, result.stderr + result.stdout
    # Nothing was sent faster than Telegram takes it, and the bot left before the simulator did.
    assert "not_delivered" not in result.stderr
    assert "telegram_unreachable" not in result.stderr
    return folder, result.stdout.splitlines()


@pytest.mark.xdist_group("auto")
def test_both_sops_play_to_the_end_and_the_rekap_has_the_figures_of_the_example(
    office_day: tuple[Path, list[str]],
) -> None:
    folder, _ = office_day

    assert summary_of(folder, "A-rekap.xlsx") == BEFORE
    assert summary_of(folder, "B-rekap.xlsx") == AFTER


@pytest.mark.xdist_group("auto")
def test_a_rejected_upload_two_returns_and_three_findings_are_among_the_acts(
    office_day: tuple[Path, list[str]],
) -> None:
    _, lines = office_day
    told = "\n".join(lines)

    assert "Kepala Bidang KBK: Kembalikan" in told
    assert "Kepala Bidang PPA: Kembalikan" in told
    assert told.count(": Kembalikan") == 2
    assert told.count("Sekretaris: Terbukti") == 3
    assert told.count(" (bertanda).xlsx") == 1
    assert told.count("Kepala Dinas: Ada kesalahan") == 1
    # One by one or several at once, as they come in; a count that has changed is asked again.
    taken = re.findall(r"Kasubag Perencanaan dan Evaluasi: Terima (\w+)", told)
    assert "semua" in taken or (len(taken) >= 7 and set(taken) == UNITS)
    assert set(taken) <= UNITS | {"semua"}
    assert told.count("Kepala Dinas: Tanda tangani") == 1


@pytest.mark.xdist_group("auto")
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_the_papers_show_the_same_figures_as_the_workbooks(
    office_day: tuple[Path, list[str]],
) -> None:
    folder, _ = office_day

    assert "DP2KBP3A 36/37 87,45 85,68 Tinggi" in paper_of(folder, "A-rekap.pdf")
    assert "DP2KBP3A 36/37 90,26 88,12 Tinggi" in paper_of(folder, "B-rekap.pdf")


def test_with_ten_other_figures_the_rekap_follows(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(EXAMPLE)
    sheet = book["Realisasi"]
    rows = {row[0].value: row[1] for row in sheet.iter_rows(min_row=2)}
    for code, figure in TEN_OTHERS.items():
        rows[code].value = figure
    book.save(tmp_path / "lain.xlsx")

    result = played(tmp_path, "--data", str(tmp_path / "lain.xlsx"))

    assert result.returncode == 0, result.stderr + result.stdout
    assert summary_of(tmp_path, "A-rekap.xlsx") == OTHER_BEFORE
    assert summary_of(tmp_path, "B-rekap.xlsx") == OTHER_AFTER
    assert realisasi_of(tmp_path, "A-rekap.xlsx", "KBK-03") == 4800
    assert realisasi_of(tmp_path, "B-rekap.xlsx", "PPA-06") == 46


def test_figures_without_corrections_end_the_simulation_with_one_line(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(EXAMPLE)
    book.remove(book["Perbaikan"])
    book.save(tmp_path / "angka.xlsx")

    result = played(tmp_path, "--data", str(tmp_path / "angka.xlsx"))

    assert result.returncode == 1
    assert "angka.xlsx: there is no sheet 'Perbaikan'" in result.stderr
    assert result.stderr.count("\n") == 1

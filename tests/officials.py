"""What the officials do, each act by the buttons, words and files they have before them."""

from collections.abc import Iterable

from tests.kantor import Kantor, Seen
from tests.workbooks import filled, first_filling

KADIS, SEKRETARIS, KASUBAG = "Marlina", "Ardin", "Yusnita"
OPERATOR, ADMIN = "Taufik", "Rizal"
HEADS = {"SEK": "Ardin", "DAL": "Rusdin", "KBK": "Herlina", "PPR": "Fadli", "PPA": "Nurdiana"}
FILLERS = {"SEK": "Fadli", "DAL": "Irma", "KBK": "Wahyuni", "PPR": "Joni", "PPA": "Lestari"}
UNITS = tuple(HEADS)
SENTENCE = "Semua data sampai dengan 30 September dari laporan bidang."
ORDER = "/perintah pengumpulan TW III 2026"
HARMLESS = ("batal", "kembali")
MOST_MOVES = 60


def follow(kantor: Kantor, name: str, label: str) -> None:
    """Anybody's way through a dialog: the act's label where it stands, else the first button that
    is neither Batal nor Kembali, else a sentence; until no question is open."""
    for _ in range(MOST_MOVES):
        if kantor.draft(name) is None:
            return
        seen = kantor.question(name)
        offered = [b for b in seen.buttons if b.key not in HARMLESS]
        act = [b for b in offered if label in (b.label, b.key)]
        ready = [b for b in offered if b.key == "lanjut" and b.args["n"]]
        if offered:
            kantor.press_data(name, seen.id, (act or ready or offered)[0].data)
        else:
            kantor.say(name, SENTENCE)
    raise AssertionError(f"{name} is still asked {kantor.question(name).key}")


def begin(kantor: Kantor, name: str, label: str, seen: Seen | None = None) -> None:
    """Presses a button that opens a dialog, and goes through it as anybody would."""
    opening = kantor.press(name, label, seen)
    assert not opening.is_refused
    follow(kantor, name, label)


def order(kantor: Kantor, line: str = ORDER) -> int:
    """A1. The number of the perintah."""
    kantor.say(KADIS, line)
    decision = kantor.press(KADIS, "terbitkan")
    return decision.perintah[0].id


def forward(kantor: Kantor, note: str = "") -> None:
    """A2a."""
    kantor.press(SEKRETARIS, "Teruskan")
    if note:
        kantor.say(SEKRETARIS, note)
    else:
        kantor.press(SEKRETARIS, "tanpa_catatan")


def hand_out(kantor: Kantor) -> None:
    """A2b and A3."""
    kantor.press(KASUBAG, "Pakai format baku")
    kantor.press(KASUBAG, "Kirim ke semua unit")


def meet(kantor: Kantor, unit: str) -> None:
    """A4 and B4."""
    head = HEADS[unit]
    begin(kantor, head, "Catat rapat", kantor.task(head, "tugas_rapat", unit))


def share(kantor: Kantor, unit: str, codes: tuple[str, ...]) -> None:
    """A4 with parts shared by hand: these rows go to the second Pelaksana."""
    head = HEADS[unit]
    kantor.press(head, "Catat rapat", kantor.task(head, "tugas_rapat", unit))
    kantor.press(head, "rapat_hari_ini")
    if kantor.question(head).key == "tanya_rapat_singkat":
        kantor.press(head, "benar")
    kantor.press(head, "lanjut")
    kantor.press(head, "pilih_sendiri")
    kantor.say(head, " ".join(codes))
    kantor.say(head, SENTENCE)
    kantor.press(head, "Catat rapat", kantor.last(head))


def upload(kantor: Kantor, perintah_id: int, unit: str, **changed: str) -> Seen:
    """A5: the whole form with the sample's figures. What the Pelaksana sees then."""
    perintah = kantor.perintah(perintah_id)
    sheet = first_filling(kantor.setting, perintah, unit, **changed)
    kantor.send(FILLERS[unit], sheet, f"Format_{unit}_TW3-2026.xlsx")
    return kantor.last(FILLERS[unit])


def send_in(kantor: Kantor, name: str) -> None:
    """Kirim, or Tetap kirim where the file was warned of."""
    ready = ("Kirim", "tetap_kirim")
    seen = max((s for s in kantor.chat(name) if set(ready) & set(s.labels)), key=_touched)
    kantor.press(name, next(label for label in ready if label in seen.labels), seen)


def put_forward(kantor: Kantor, unit: str) -> None:
    """A6."""
    name = FILLERS[unit]
    kantor.press(name, "Ajukan", kantor.task(name, "tugas_rekap_unit", unit))


def approve(kantor: Kantor, unit: str, label: str = "Validasi") -> None:
    """A7 and A8 (B6 and B7) of the head of unit."""
    head = HEADS[unit]
    kantor.press(head, label, kantor.task(head, "tugas_validasi", unit))
    kantor.press(head, "Sampaikan", kantor.task(head, "tugas_sampaikan", unit))


def accept(kantor: Kantor, unit: str) -> None:
    """A8t and B7t; where several units wait, by Pilih unit."""
    board = kantor.task(KASUBAG, "papan_masuk")
    if "pilih_unit" in board.labels:
        kantor.press(KASUBAG, "pilih_unit", board)
    kantor.press(KASUBAG, f"Terima {unit}")


def bring_in(kantor: Kantor, perintah_id: int, unit: str) -> None:
    """A4 to A8 of a unit."""
    meet(kantor, unit)
    fill(kantor, perintah_id, unit)
    put_forward(kantor, unit)
    approve(kantor, unit)


def fill(kantor: Kantor, perintah_id: int, unit: str) -> None:
    upload(kantor, perintah_id, unit)
    send_in(kantor, FILLERS[unit])


def start_collection(kantor: Kantor) -> int:
    """A1 to A3."""
    perintah_id = order(kantor)
    forward(kantor)
    hand_out(kantor)
    return perintah_id


def collect(kantor: Kantor) -> int:
    """A1 to A8t of all units: the rekap lies before the Kasubag."""
    perintah_id = start_collection(kantor)
    for unit in UNITS:
        bring_in(kantor, perintah_id, unit)
        accept(kantor, unit)
    return perintah_id


def close(kantor: Kantor) -> None:
    """A9 and both parafs: the rekap lies before the Kepala Dinas."""
    kantor.press(KASUBAG, "Ajukan")
    kantor.press(KASUBAG, "Paraf")
    kantor.press(SEKRETARIS, "Paraf")


def conclude(kantor: Kantor, units: Iterable[str] = UNITS) -> None:
    """A collection to its end, with what these units still have to bring in."""
    for unit in units:
        bring_in(kantor, 1, unit)
        accept(kantor, unit)
    close(kantor)
    sign(kantor)


def sign(kantor: Kantor) -> None:
    kantor.press(KADIS, "Tanda tangani")
    kantor.press(KADIS, "tanda_tangani_versi")


def find_wrong(kantor: Kantor, codes: str, note: str = "tidak sesuai dengan laporannya") -> int:
    """B1 and B2a from the closing of a collection (or a new round)."""
    kantor.press(KADIS, "ada_kesalahan")
    kantor.say(KADIS, codes)
    kantor.say(KADIS, note)
    decision = kantor.press(KADIS, "terbitkan")
    return decision.perintah[0].id


def prove_all(kantor: Kantor, count: int) -> None:
    """B2b and B3a."""
    for _ in range(count):
        kantor.press(SEKRETARIS, "terbukti")
    kantor.press(SEKRETARIS, "teruskan")


def coordinate(kantor: Kantor) -> None:
    """B3b."""
    kantor.press(KASUBAG, "Kirim ke unit terdampak")


def take_findings(kantor: Kantor, unit: str) -> None:
    """The receipt of B3b."""
    kantor.press(HEADS[unit], "Terima", kantor.task(HEADS[unit], "tugas_terima", unit))


def correct(kantor: Kantor, perintah_id: int, unit: str, figures: dict[str, str]) -> Seen:
    """B5: the corrected workbook, each changed row with its evidence in words."""
    perintah = kantor.perintah(perintah_id)
    evidence = dict.fromkeys(figures, "Rekap DP3A/KUA s.d. 30 September")
    sheet = filled(kantor.setting, perintah, unit, figures, bukti=evidence)
    kantor.send(FILLERS[unit], sheet, f"Perbaikan_{unit}_TW3-2026.xlsx")
    return kantor.last(FILLERS[unit])


def repair(kantor: Kantor, perintah_id: int, unit: str, figures: dict[str, str]) -> None:
    """B4 to B7t of a unit."""
    meet(kantor, unit)
    correct(kantor, perintah_id, unit, figures)
    send_in(kantor, FILLERS[unit])
    approve(kantor, unit, "Setujui")
    accept(kantor, unit)


def _touched(seen: Seen) -> int:
    return seen.touched

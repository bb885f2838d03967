"""The Kasubag's board of receipts: the buttons that stand on it, and what each takes over."""

from tests.conftest import Stage
from tests.kantor import Kantor, Seen, wita
from tests.officials import (
    HEADS,
    KASUBAG,
    UNITS,
    accept,
    begin,
    bring_in,
    meet,
    take_findings,
)
from tests.stories.test_meetings import read_buttons
from tests.stories.test_stopping import stop

MOST_BUTTONS = 4


def with_units_in(stage: Stage, *units: str) -> Kantor:
    kantor = stage("handed_out")
    for unit in units:
        bring_in(kantor, 1, unit)
    return kantor


def board(kantor: Kantor) -> Seen:
    return kantor.task(KASUBAG, "papan_masuk")


def received(kantor: Kantor) -> list[str]:
    return [unit for unit in UNITS if kantor.perintah(1).is_done("8t", unit)]


def test_the_board_offers_one_way_back_the_last_receipt_first(stage: Stage) -> None:
    kantor = with_units_in(stage, "KBK", "DAL")
    for unit in ("KBK", "DAL"):
        accept(kantor, unit)
    shown = board(kantor)
    both = [label for label in read_buttons(shown) if label.startswith("Urungkan")]
    kantor.press(KASUBAG, "urungkan_unit", shown)
    one = [label for label in read_buttons(kantor.again(KASUBAG, shown)) if "Urungkan" in label]

    assert [label.split(" (")[0] for label in both] == ["Urungkan DAL"]
    assert [label.split(" (")[0] for label in one] == ["Urungkan KBK"]


def test_of_one_unit_that_waits_the_board_offers_its_acts(stage: Stage) -> None:
    kantor = with_units_in(stage, "KBK")

    assert read_buttons(board(kantor)) == [
        "Terima KBK", "Lihat data KBK", "Kembalikan KBK", "Lanjut tanpa unit",
    ]  # fmt: skip


def test_of_several_units_a_row_each_stands_only_inside_pilih(stage: Stage) -> None:
    kantor = with_units_in(stage, "KBK", "DAL", "PPA")
    resting = read_buttons(board(kantor))
    kantor.press(KASUBAG, "pilih_unit", board(kantor))
    picking = board(kantor)
    kantor.press(KASUBAG, "Terima DAL", picking)
    taken = read_buttons(board(kantor))
    kantor.press(KASUBAG, "pilih_unit", board(kantor))
    kantor.press(KASUBAG, "kembali", board(kantor))

    assert resting == ["Terima semua (3)", "Pilih unit", "Lanjut tanpa unit"]
    assert len(picking.rows) == 4
    assert [b.label for b in picking.rows[1]][:1] == ["Terima DAL"]
    assert received(kantor) == ["DAL"]
    assert taken[:2] == ["Terima semua (2)", "Pilih unit"]
    assert [label.split(" (")[0] for label in taken[2:]] == ["Urungkan DAL", "Lanjut tanpa unit"]
    assert read_buttons(board(kantor)) == taken, "Kembali shows the board at rest"


def test_terima_semua_takes_over_what_it_counted(stage: Stage) -> None:
    kantor = with_units_in(stage, "KBK", "DAL")
    counted = board(kantor)
    bring_in(kantor, 1, "PPA")

    kantor.press_data(KASUBAG, counted.id, counted.button("Terima semua (2)").data)
    after = read_buttons(board(kantor))

    assert received(kantor) == ["DAL", "KBK"]
    assert after[:3] == ["Terima PPA", "Lihat data PPA", "Kembalikan PPA"]
    assert len(after) <= MOST_BUTTONS


def test_what_terima_semua_took_over_is_taken_back_one_by_one(stage: Stage) -> None:
    kantor = with_units_in(stage, *UNITS)

    kantor.press(KASUBAG, "Terima semua (5)")
    whole = kantor.task(KASUBAG, "papan_lengkap")
    taken = received(kantor)
    rekap = kantor.task(KASUBAG, "tugas_rekap")
    kantor.press(KASUBAG, "urungkan_unit", whole)
    first = received(kantor)
    kantor.press(KASUBAG, "urungkan_unit")
    kantor.press(KASUBAG, "Terima semua (2)")

    assert len(whole.buttons) == 1
    assert taken == list(UNITS)
    assert len(first) == 4
    assert rekap.rings
    assert received(kantor) == list(UNITS)
    assert kantor.tugas(1, "9").is_open


def test_a_button_of_the_former_board_still_acts(stage: Stage) -> None:
    """Its rows stood on the board itself, with the same references."""
    kantor = with_units_in(stage, "KBK", "DAL")
    tugas = kantor.tugas(1, "8t", "KBK")

    kantor.press_data(KASUBAG, board(kantor).id, f"ok:{tugas.ref}:{tugas.revision}")

    assert received(kantor) == ["KBK"]


def test_the_kasubag_reads_who_has_received_the_form(stage: Stage) -> None:
    kantor = stage("handed_out")
    line = kantor.task(KASUBAG, "selesai_disebar")
    for unit in ("SEK", "DAL", "KBK", "PPA"):
        head = HEADS[unit]
        kantor.press(head, "terima", kantor.task(head, "tugas_rapat", unit))
    four = kantor.again(KASUBAG, line)
    meet(kantor, "PPR")
    all_five = kantor.again(KASUBAG, line)

    assert "Menunggu tanda terima." in line.text
    assert "Tanda terima 4/5, belum: PPR." in four.text
    assert "Tanda terima 5/5, lengkap." in all_five.text, "the meeting implies the receipt"
    assert (all_five.rings, all_five.id) == (False, line.id)


def test_the_head_reads_when_his_data_were_received(stage: Stage) -> None:
    kantor = with_units_in(stage, "DAL")
    line = kantor.task(HEADS["DAL"], "selesai_disampaikan")
    kantor.now = wita(24, "08.55")
    accept(kantor, "DAL")
    received_then = kantor.again(HEADS["DAL"], line)
    kantor.press(KASUBAG, "urungkan_unit", kantor.task(KASUBAG, "papan_masuk"))

    assert "Menunggu tanda terima." in line.text
    assert "Diterima Kasubag Perencanaan dan Evaluasi 08.55." in received_then.text
    assert not received_then.rings
    assert "Menunggu tanda terima." in kantor.again(HEADS["DAL"], line).text


def test_a_receipt_of_another_day_names_the_day(stage: Stage) -> None:
    kantor = with_units_in(stage, "DAL")
    line = kantor.task(HEADS["DAL"], "selesai_disampaikan")
    kantor.now = wita(25, "07.55")
    accept(kantor, "DAL")

    text = kantor.again(HEADS["DAL"], line).text
    assert "Diterima Kasubag Perencanaan dan Evaluasi Rab 25 Nov 07.55." in text


def test_the_findings_of_a_correction_are_counted_alike(stage: Stage) -> None:
    kantor = stage("coordinated")
    line = kantor.task(KASUBAG, "selesai_dikoordinasikan")
    take_findings(kantor, "PPA")

    assert "Tanda terima 1/2, belum: PPR." in kantor.again(KASUBAG, line).text


def test_data_sent_back_wait_for_no_receipt(stage: Stage) -> None:
    kantor = with_units_in(stage, "DAL")
    line = kantor.task(HEADS["DAL"], "selesai_disampaikan")
    kantor.pass_minutes(2)
    kantor.press(KASUBAG, "kembalikan_unit", board(kantor))
    kantor.say(KASUBAG, "Mohon dilengkapi dengan bukti dukung.")
    kantor.press(KASUBAG, "kembalikan", kantor.before_him(KASUBAG))
    sent_back = kantor.again(HEADS["DAL"], line)
    kantor.press(KASUBAG, "urungkan")
    taken_back = kantor.again(HEADS["DAL"], line)

    assert sent_back.text == "✅ Data DAL (versi 1) disampaikan 08.00. Terima kasih."
    assert not sent_back.rings
    assert "disampaikan 08.00. Menunggu tanda terima. Terima kasih." in taken_back.text


def test_a_receipt_given_stays_when_the_data_are_sent_back_later(stage: Stage) -> None:
    kantor = with_units_in(stage, *UNITS)
    line = kantor.task(HEADS["DAL"], "selesai_disampaikan")
    kantor.press(KASUBAG, "Terima semua (5)")
    received_then = kantor.again(HEADS["DAL"], line).text
    begin(kantor, KASUBAG, "kembalikan", kantor.task(KASUBAG, "tugas_rekap"))

    assert "Diterima Kasubag Perencanaan dan Evaluasi 08.00." in received_then
    assert kantor.again(HEADS["DAL"], line).text == received_then


def test_of_a_stopped_order_no_receipt_is_awaited(stage: Stage) -> None:
    kantor = stage("handed_out")
    line = kantor.task(KASUBAG, "selesai_disebar")
    for unit in UNITS[:4]:
        kantor.press(HEADS[unit], "terima", kantor.task(HEADS[unit], "tugas_rapat", unit))
    waiting = kantor.again(KASUBAG, line).text
    stop(kantor)

    assert f"Tanda terima 4/5, belum: {UNITS[4]}." in waiting
    assert "Tanda terima 4/5.\n" in kantor.again(KASUBAG, line).text

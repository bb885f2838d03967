"""Late tugas: the holder is told first, his superiors in one message a step."""

from datetime import datetime

from tests.conftest import Stage
from tests.kantor import Kantor, wita
from tests.officials import HEADS, KADIS, KASUBAG, SEKRETARIS, bring_in, meet


def jumped(kantor: Kantor, moment: datetime) -> Kantor:
    """The clock is moved there at once."""
    kantor.now = moment
    kantor.tick()
    return kantor


def test_after_a_jump_of_the_clock_the_holder_is_told_with_his_superiors(stage: Stage) -> None:
    kantor = stage("handed_out")
    meet(kantor, "DAL")
    jumped(kantor, wita(26, "15.00"))

    [told] = [s for s in kantor.chat("Irma") if s.key == "lewat_batas"]
    assert told.rings
    assert "telah melewati batas waktu" in told.text
    assert "Langkah 5 (isi data DAL) telah melewati" in told.text
    assert kantor.task("Rusdin", "eskalasi", "DAL").rings
    assert kantor.task(SEKRETARIS, "eskalasi", "DAL").rings
    for head in (HEADS["PPR"], HEADS["PPA"]):
        [own] = [s for s in kantor.chat(head) if s.key == "lewat_batas"]
        assert "Langkah 4 (rapat unit " in own.text


def test_late_units_of_one_step_are_one_message_to_one_superior(stage: Stage) -> None:
    kantor = jumped(stage("handed_out"), wita(24, "14.30"))

    [told] = [s for s in kantor.chat(SEKRETARIS) if s.key.startswith("eskalasi")]
    assert told.rings
    first, *rows, last = told.text.split("\n")[1:]
    assert first == "Untuk menjadi perhatian: 4 unit melewati batas langkah 4 (rapat unit)."
    assert [row.partition(" – ")[0] for row in rows] == ["DAL", "KBK", "PPR", "PPA"]
    assert all("Sel 24 Nov 0" in row for row in rows)
    assert last == "Mohon arahan Bapak."
    assert told.labels == ["ingatkan_mereka", "lihat_satu"]

    kantor.press(SEKRETARIS, "ingatkan_mereka", told)
    for head in (HEADS["KBK"], HEADS["DAL"]):
        assert "mengingatkan" in kantor.task(head, "diingatkan").text
    meet(kantor, "DAL")
    now = kantor.again(SEKRETARIS, told)
    assert "3 unit melewati batas" in now.text
    assert "DAL" not in now.text
    kantor.press(SEKRETARIS, "lihat_satu", now)
    each = [s for s in kantor.chat(SEKRETARIS) if s.key == "eskalasi"]
    assert [s.args["unit"] for s in each] == ["KBK", "PPR", "PPA"]
    assert not any(s.rings for s in each)
    kantor.press(SEKRETARIS, "beri_perpanjangan", each[0])
    for unit in ("KBK", "PPR", "PPA"):
        meet(kantor, unit)
    assert kantor.again(SEKRETARIS, told).text.startswith("✅ Langkah 4 (rapat unit): ")
    assert kantor.again(SEKRETARIS, told).text.endswith(": tidak ada lagi yang melewati batas.")


def test_a_unit_that_is_late_later_joins_the_others(stage: Stage) -> None:
    kantor = stage("handed_out")
    kantor.wait_until(wita(24, "14.30"), step=1)
    told = [s for s in kantor.chat(SEKRETARIS) if s.key.startswith("eskalasi")]
    assert [s.args.get("semua") for s in told] == [4]
    jumped(kantor, wita(25, "15.00"))

    above = [s for s in kantor.chat(KADIS) if s.key.startswith("eskalasi")]
    assert len([s for s in above if s.args["langkah"] == 4]) == 1
    assert len([s for s in kantor.chat(SEKRETARIS) if s.key.startswith("eskalasi")]) == 1


def test_minutes_of_more_than_a_day_are_told_in_days(stage: Stage) -> None:
    kantor = stage("handed_out")
    meet(kantor, "DAL")
    assert "</b>, 1 hari kerja 30 menit (480 menit)" in kantor.task("Irma", "tugas_isi").text
    jumped(kantor, wita(26, "15.00"))

    assert "(terlambat 1 hari kerja" in kantor.task("Irma", "lewat_batas").text
    assert "(terlambat 2 hari kerja" in kantor.task(HEADS["PPR"], "lewat_batas").text


def test_a_granted_extension_is_shown_in_the_task_itself(stage: Stage) -> None:
    kantor = stage("handed_out")
    meet(kantor, "DAL")
    own = kantor.task("Irma", "tugas_isi", "DAL")
    kantor.say("Irma", "/perpanjangan")
    kantor.press("Irma", "tambah_hari")
    kantor.say("Irma", "Laporan 4 kecamatan baru masuk pagi ini.")
    kantor.press("Rusdin", "ubah_waktu")
    kantor.say("Rusdin", "besok 15.00")
    kantor.press("Rusdin", "beri_perpanjangan")

    until = "Rabu, 25 November 2026 pukul 15.00 WITA"
    assert until not in own.text
    assert f"Batas: <b>{until}</b>" in kantor.again("Irma", own).text
    told = kantor.task("Irma", "hasil_perpanjangan").text
    assert "Perpanjangan langkah 5 (isi data DAL) <b>disetujui dengan perubahan</b> oleh" in told
    assert until in told


def test_only_a_part_is_offered_to_be_handed_over(stage: Stage) -> None:
    """The tugas of a post changes hands by /pejabat, which not every superior may use."""
    kantor = stage("handed_out")
    for unit in ("SEK", "KBK", "DAL", "PPR"):
        meet(kantor, unit)
    jumped(kantor, wita(25, "15.00"))
    of_post = kantor.task(KADIS, "eskalasi", "PPA")
    assert of_post.labels == ["ingatkan", "beri_perpanjangan"]
    of_part = kantor.task("Rusdin", "eskalasi", "DAL")
    assert of_part.labels == ["ingatkan", "alihkan_tugas", "beri_perpanjangan"]

    kantor.say(HEADS["PPA"], "/kendala")
    kantor.say(HEADS["PPA"], "Listrik padam di kantor sejak pagi.")
    kantor.press(HEADS["PPA"], "pihak_luar")
    hindered = kantor.task(SEKRETARIS, "kendala_disampaikan", "PPA")
    assert hindered.labels == ["setujui_jeda", "tanpa_jeda"]


def test_the_board_of_what_came_in_shows_a_pause(stage: Stage) -> None:
    kantor = stage("handed_out")
    bring_in(kantor, 1, "SEK")
    meet(kantor, "DAL")
    kantor.say("Irma", "/kendala")
    kantor.press("Irma", "kendala_data")
    kantor.say("Irma", "Angka menunggu laporan kecamatan.")
    kantor.press("Irma", "pihak_luar")
    kantor.press("Rusdin", "setujui_jeda")

    board = kantor.task(KASUBAG, "papan_masuk").text
    assert "DAL = jeda, 5 isi" in board
    kantor.press("Irma", "kendala_selesai")
    assert "DAL » 5 isi, batas" in kantor.task(KASUBAG, "papan_masuk").text


def test_what_waits_for_a_decision_says_for_which(stage: Stage) -> None:
    def waiting(kantor: Kantor, name: str) -> list[str]:
        return [s.text for s in kantor.chat(name) if "⏸" in s.text]

    of_head, of_kadis = waiting(stage("objected"), HEADS["PPR"]), waiting(stage("found"), KADIS)

    assert "⏸ Menunggu keputusan atas sanggahan sejak " in of_head[0]
    assert "⏸ Menunggu perbaikan sejak " in of_kadis[0]
    assert "itahan" not in "".join((*of_head, *of_kadis))


def test_units_that_wait_for_a_receipt_are_reminded_of_once(stage: Stage) -> None:
    kantor = stage("handed_out")
    for unit in ("DAL", "KBK", "PPR"):
        bring_in(kantor, 1, unit)
        kantor.pass_minutes(7)
    kantor.wait_until(wita(26, "09.00"), step=5)

    told = [s for s in kantor.chat(KASUBAG) if s.key == "tanda_terima_ditunggu"]
    assert [s.text.split("\n", 1)[1] for s in told] == [
        "Mengingatkan: tugas menerima data kinerja unit (DAL, KBK, PPR), No. 001/2026, menunggu "
        "tindakan Ibu. Terima kasih."
    ]

"""Time in the office: more of it, what stands in the way, taking back, words before the limit."""

from datetime import datetime, timedelta

from flows.model.commands import Digested, Outage
from tests.conftest import Stage
from tests.kantor import WITA, Kantor, wita
from tests.officials import (
    HEADS,
    KADIS,
    KASUBAG,
    SEKRETARIS,
    accept,
    approve,
    bring_in,
    conclude,
    fill,
    meet,
    put_forward,
    send_in,
    upload,
)

REASON = "Laporan 4 kecamatan baru masuk pagi ini."


def filling(stage: Stage, unit: str = "DAL") -> Kantor:
    kantor = stage("handed_out")
    kantor.now = wita(24, "09.10")
    meet(kantor, unit)
    return kantor


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_the_holder_is_reminded_before_the_limit_and_then_his_superiors_hear(stage: Stage) -> None:
    kantor = filling(stage)
    due = kantor.tugas(1, "5", "DAL").due_at
    told = []
    for moment in (wita(24, "15.00"), wita(25, "09.00"), wita(26, "15.30")):
        kantor.wait_until(moment)
        words = [s for s in kantor.chat("Irma") if s.key in ("pengingat", "lewat_batas")]
        assert len(words) == 1, "the one before is gone when the next comes"
        told.append((words[0].key, words[0].rings))

    assert due == wita(25, "09.40")
    assert told == [("pengingat", False), ("pengingat", True), ("lewat_batas", True)]
    assert kantor.task("Rusdin", "eskalasi", "DAL").rings
    assert kantor.task(SEKRETARIS, "eskalasi", "DAL").rings
    assert not [s for s in kantor.chat(KADIS) if s.args.get("unit") == "DAL"]


def test_a_question_that_stands_in_a_reminder_is_left_alone_by_the_next(stage: Stage) -> None:
    kantor = filling(stage)
    kantor.wait_until(wita(25, "09.00"))
    kantor.press("Irma", "minta_perpanjangan", kantor.task("Irma", "pengingat"))
    asked = kantor.question("Irma")
    kantor.wait_until(wita(25, "10.00"))

    assert kantor.task("Irma", "lewat_batas")
    assert kantor.again("Irma", asked).labels == asked.labels


def test_a_short_step_never_escalates_alone(stage: Stage) -> None:
    kantor = stage("ordered")
    kantor.wait_until(wita(26, "15.30"), step=15)

    assert kantor.task(SEKRETARIS, "lewat_batas")
    assert not [s for s in kantor.chat(KADIS) if s.key == "eskalasi"]
    kantor.now = wita(27, "07.45")
    kantor.do(Digested(kantor.people[KADIS], "d1"))
    late = kantor.last(KADIS)
    assert late.key == "ringkasan_pagi"
    assert [line["langkah"] for line in late.args["terlambat"]] == [2]
    assert late.text.split("\n") == [
        "Selamat pagi. <b>Tugas bawahan yang lewat batas</b> (Jumat, 27 November 2026):",
        "! Teruskan perintah pada Bapak Ardin Lasimpo, sejak Sel 24 Nov 08.30",
        "Lewat batas: 1. Terima kasih.",
    ]


def test_more_time_is_asked_decided_and_reminded_of_anew(stage: Stage) -> None:
    kantor = filling(stage)
    kantor.wait_until(wita(25, "08.45"))
    kantor.press("Irma", "minta_perpanjangan")
    kantor.press("Irma", "tambah_setengah")
    kantor.say("Irma", REASON)
    asked = kantor.task("Rusdin", "mohon_perpanjangan")
    before = kantor.tugas(1, "5", "DAL").due_at
    kantor.press("Rusdin", "setujui")

    assert asked.rings
    assert asked.args["alasan"] == REASON
    assert before == wita(25, "09.40"), "the limit stays until it is decided"
    assert kantor.tugas(1, "5", "DAL").due_at == wita(25, "14.25")
    answer = kantor.task("Irma", "hasil_perpanjangan")
    assert (answer.args["hasil"], moment(answer.args["batas"])) == ("disetujui", wita(25, "14.25"))
    assert not [s for s in kantor.chat("Irma") if s.key == "pengingat" and s.id > answer.id]
    kantor.wait_until(wita(25, "13.30"))
    assert [s for s in kantor.chat("Irma") if s.key == "pengingat" and s.id > answer.id]


def test_a_task_itself_says_how_to_ask_for_time_or_tell_what_is_in_the_way(stage: Stage) -> None:
    kantor = filling(stage)
    form = kantor.task("Irma", "tugas_isi", "DAL")
    kantor.press("Irma", "saya_terkendala", form)
    kantor.say("Irma", "/batal")
    meeting = kantor.task("Herlina", "tugas_rapat", "KBK")
    kantor.press("Herlina", "kendala_perpanjangan", meeting)
    asked = kantor.again("Herlina", meeting)
    kantor.press("Herlina", "kembali", asked)
    back = kantor.again("Herlina", meeting)
    kantor.say("Herlina", "Minta perpanjangan", reply_to=meeting)

    assert form.labels[-2:] == ["saya_terkendala", "minta_perpanjangan"]
    assert len(meeting.buttons) <= 4, "a crowded message has one button for the two"
    assert asked.labels == ["saya_terkendala", "minta_perpanjangan", "kembali"]
    assert back.labels == meeting.labels
    assert kantor.question("Herlina").key == "tanya_perpanjangan"


def test_the_superior_may_give_another_time_or_none(stage: Stage) -> None:
    kantor = filling(stage)
    kantor.say("Irma", "/perpanjangan")
    kantor.press("Irma", "tambah_hari")
    kantor.say("Irma", REASON)
    kantor.press("Rusdin", "ubah_waktu")
    kantor.say("Rusdin", "90 menit")
    kantor.press("Rusdin", "beri_perpanjangan")
    assert kantor.tugas(1, "5", "DAL").due_at == wita(25, "11.10")
    kantor.say("Irma", "/perpanjangan")
    kantor.press("Irma", "tambah_hari")
    kantor.say("Irma", REASON)
    kantor.press("Rusdin", "tolak")
    kantor.say("Rusdin", "Batas data unit tidak dapat bergeser.")

    assert kantor.tugas(1, "5", "DAL").due_at == wita(25, "11.10")
    assert kantor.task("Irma", "hasil_perpanjangan").args["hasil"] == "ditolak"


def test_beyond_the_units_limit_the_sekretaris_decides(stage: Stage) -> None:
    kantor = filling(stage)
    kantor.say("Irma", "/perpanjangan")
    kantor.say("Irma", "5 hari")
    kantor.say("Irma", REASON)

    assert kantor.task(SEKRETARIS, "mohon_perpanjangan")
    assert not [s for s in kantor.chat("Rusdin") if s.key == "mohon_perpanjangan"]


def test_who_gives_too_much_time_is_told_whose_it_is(stage: Stage) -> None:
    kantor = filling(stage)
    kantor.say("Irma", "/perpanjangan")
    kantor.press("Irma", "tambah_hari")
    kantor.say("Irma", REASON)
    kantor.press("Rusdin", "ubah_waktu")
    kantor.say("Rusdin", "5 hari")

    told = kantor.last("Rusdin").text
    assert told.endswith("perpanjangan melewati batas itu diputuskan Sekretaris.")
    assert kantor.tugas(1, "5", "DAL").wish


def test_nobody_else_decides_on_more_time(stage: Stage) -> None:
    kantor = filling(stage)
    kantor.say("Irma", "/perpanjangan")
    kantor.press("Irma", "tambah_menit")
    kantor.say("Irma", REASON)
    asked = kantor.task("Rusdin", "mohon_perpanjangan")

    with kantor.nothing_moves():
        kantor.press_data("Herlina", asked.id, asked.button("setujui").data)
        kantor.press_data("Irma", asked.id, asked.button("setujui").data)

    assert [key for key, _ in kantor.toasts[-2:]] == ["bukan_kewenangan"] * 2


def test_a_hindrance_stops_the_clock_once_the_superior_agrees(stage: Stage) -> None:
    kantor = filling(stage, "PPR")
    first = kantor.tugas(1, "5", "PPR").due_at
    kantor.now = wita(24, "13.30")
    kantor.say("Joni", "/kendala")
    kantor.press("Joni", "kendala_data")
    kantor.say("Joni", "Angka ARG menunggu BPKAD, dijanjikan besok pagi")
    kantor.press("Joni", "pihak_luar")
    told = kantor.task("Fadli", "kendala_disampaikan")
    kantor.now = wita(24, "13.36")
    kantor.press("Fadli", "setujui_jeda")
    paused = kantor.tugas(1, "5", "PPR")
    board = kantor.group[-1].args["unit"]
    kantor.wait_until(wita(25, "08.15"), step=30)
    kantor.press("Joni", "kendala_selesai")

    assert told.args["alasan"].startswith("Angka ARG")
    assert (paused.due_at, paused.blocked_at) == (None, wita(24, "13.30"))
    assert next(u for u in board if u["kode"] == "PPR")["keadaan"] == "jeda"
    assert not [s for s in kantor.chat("Joni") if s.key in ("pengingat", "lewat_batas")]
    assert first == wita(25, "09.40")
    assert kantor.tugas(1, "5", "PPR").due_at == wita(25, "13.55"), "195 minutes later"


def test_one_button_ends_a_hindrance_and_the_task_shows_its_limit(stage: Stage) -> None:
    kantor = filling(stage, "PPR")
    kantor.say("Joni", "/kendala")
    kantor.press("Joni", "kendala_data")
    kantor.say("Joni", "Angka ARG menunggu BPKAD.")
    kantor.press("Joni", "pihak_luar")
    told = [s for s in kantor.chat("Joni") if "kendala_selesai" in s.labels]
    kantor.press("Fadli", "setujui_jeda")
    paused = [s.key for s in kantor.chat("Joni") if "kendala_selesai" in s.labels]
    kantor.pass_minutes(75)
    kantor.press("Joni", "kendala_selesai", kantor.task("Joni", "kendala_diputus"))

    assert [s.key for s in told] == ["tugas_isi", "kendala_dicatat"]
    assert paused == ["tugas_isi", "kendala_diputus"]
    assert not [s for s in kantor.chat("Joni") if "kendala_selesai" in s.labels]
    due = kantor.tugas(1, "5", "PPR").due_at
    assert due is not None
    assert f"pukul {due.astimezone(WITA):%H.%M} WITA" in kantor.task("Joni", "tugas_isi").text


def test_a_hindrance_ended_in_the_task_message_leaves_the_task(stage: Stage) -> None:
    kantor = filling(stage, "PPR")
    task = kantor.task("Joni", "tugas_isi")
    kantor.press("Joni", "saya_terkendala", task)
    kantor.press("Joni", "kendala_data")
    kantor.say("Joni", "Angka ARG menunggu BPKAD.")
    kantor.press("Joni", "pihak_luar")
    kantor.press("Fadli", "setujui_jeda")
    kantor.pass_minutes(75)

    kantor.press("Joni", "kendala_selesai", kantor.again("Joni", task))

    left = kantor.again("Joni", task)
    assert left.text.startswith("✅ Kendala selesai")
    assert "Mohon mengisi" in left.text
    assert "Isi lewat chat" in left.keyboard


def test_the_time_a_superior_types_leaves_one_answer_in_his_chat(stage: Stage) -> None:
    kantor = filling(stage, "DAL")
    kantor.press("Irma", "minta_perpanjangan", kantor.task("Irma", "tugas_isi"))
    kantor.press("Irma", "tambah_menit")
    kantor.say("Irma", "Laporan 4 kecamatan baru masuk pagi ini.")
    kantor.press("Rusdin", "ubah_waktu")
    kantor.say("Rusdin", "besok jam 3 sore")
    kantor.press("Rusdin", "beri_perpanjangan")

    answers = [s.text for s in kantor.chat("Rusdin") if "erpanjangan" in s.text]
    assert answers == [
        "✅ Perpanjangan langkah 5 (isi data DAL) disetujui dengan perubahan. "
        "Batas berlaku: Rab 25 Nov 15.00."
    ]


def test_time_that_was_blocked_is_told_apart_in_the_account(stage: Stage) -> None:
    kantor = filling(stage, "PPR")
    kantor.say("Joni", "/kendala")
    kantor.press("Joni", "kendala_data")
    kantor.say("Joni", "Angka ARG menunggu BPKAD.")
    kantor.press("Joni", "pihak_luar")
    kantor.press("Fadli", "setujui_jeda")
    kantor.now += timedelta(minutes=75)
    kantor.press("Joni", "kendala_selesai")
    fill(kantor, 1, "PPR")
    put_forward(kantor, "PPR")
    approve(kantor, "PPR")
    accept(kantor, "PPR")
    conclude(kantor, [unit for unit in HEADS if unit != "PPR"])

    account, rekap = (kantor.perintah(1).paper(kind) for kind in ("berita_acara", "rekap"))
    assert account is not None
    assert rekap is not None
    assert "5 (PPR): terkendala 75 menit kerja" in str(account.data)
    assert "Terkendala" in str(rekap.data)


def test_without_a_pause_the_clock_runs_on(stage: Stage) -> None:
    kantor = filling(stage)
    kantor.say("Irma", "/kendala")
    kantor.say("Irma", "Listrik padam di kantor sejak pagi.")
    kantor.press("Irma", "pihak_luar")
    kantor.press("Rusdin", "tanpa_jeda")

    tugas = kantor.tugas(1, "5", "DAL")
    assert (tugas.due_at, tugas.blocked_at) == (wita(25, "09.40"), None)
    assert tugas.hindrance.startswith("Listrik")


def test_an_act_is_taken_back_within_five_minutes(stage: Stage) -> None:
    kantor = filling(stage)
    fill(kantor, 1, "DAL")
    put_forward(kantor, "DAL")
    kantor.now += timedelta(minutes=10)
    due = kantor.tugas(1, "7", "DAL").due_at
    kantor.press("Rusdin", "Validasi", kantor.task("Rusdin", "tugas_validasi", "DAL"))
    kantor.now += timedelta(minutes=2)
    kantor.press("Rusdin", "urungkan")

    again = kantor.tugas(1, "7", "DAL")
    assert (again.state, again.due_at, again.round) == ("buka", due, 1)
    assert kantor.tugas(1, "8", "DAL").outcome == "ditarik"
    shown = kantor.before_him("Rusdin")
    assert shown.key == "tugas_validasi"
    assert shown.args["selesai"]["key"] == "diurungkan"
    approve(kantor, "DAL")
    assert kantor.tugas(1, "8", "DAL").round == 1
    with kantor.store.reading() as queries:
        names = [entry.event.name for entry in queries.record.events("p1")]
        assert queries.record.verify() == ()
    assert names.count("TugasUndone") == 1


def test_taking_back_ends_when_somebody_goes_on_or_five_minutes_pass(stage: Stage) -> None:
    kantor = filling(stage)
    upload(kantor, 1, "DAL")
    send_in(kantor, "Irma")
    old = next(s for s in reversed(kantor.chat("Irma")) if "urungkan" in s.labels)
    data = old.button("urungkan").data
    kantor.wait_until(kantor.now + timedelta(minutes=6), step=1)
    assert "urungkan" not in [label for s in kantor.chat("Irma") for label in s.labels]
    with kantor.nothing_moves():
        kantor.press_data("Irma", old.id, data)
    assert kantor.toasts[-1][0] == "urungkan_lewat"


def test_what_went_out_to_all_units_is_not_taken_back(stage: Stage) -> None:
    kantor = stage("handed_out")

    assert "urungkan" not in kantor.before_him(KASUBAG).labels


def test_an_outage_counts_for_nobody_and_is_told_once(stage: Stage) -> None:
    kantor = filling(stage)
    meet(kantor, "KBK")
    before = kantor.tugas(1, "5", "DAL").due_at
    kantor.now = wita(30, "09.00")
    kantor.do(Outage(1, "o1", wita(26, "15.00"), kantor.now))
    late = kantor.tugas(1, "5", "DAL").due_at
    assert late == before, "what was late before the outage stays late"

    fresh = filling(stage)
    fresh.now = wita(24, "10.50")
    fresh.do(Outage(1, "o2", wita(24, "10.00"), fresh.now))
    assert fresh.tugas(1, "5", "DAL").due_at == wita(25, "10.30")
    [word] = [s for s in fresh.chat("Irma") if s.key == "batas_bergeser"]
    assert (word.args["menit"], word.rings) == (50, False)


def test_what_was_pressed_while_the_system_was_away_is_done(stage: Stage) -> None:
    """The press waits in the inbox, and the outage is counted before it."""
    kantor = stage("handed_out")
    shown = kantor.task(HEADS["DAL"], "tugas_rapat", "DAL")
    kantor.now = wita(24, "08.40")
    kantor.do(Outage(1, "o1", wita(24, "08.10"), kantor.now))

    kantor.press_data(HEADS["DAL"], shown.id, shown.button("Catat rapat").data)

    assert kantor.tugas(1, "4", "DAL").due_at == wita(24, "09.30")
    assert kantor.question(HEADS["DAL"]).key == "tanya_rapat_waktu"


def test_the_morning_brings_one_silent_message_with_what_is_open(stage: Stage) -> None:
    kantor = filling(stage)
    kantor.now = wita(25, "07.45")
    kantor.do(Digested(kantor.people["Irma"], "d1"))
    kantor.do(Digested(kantor.people["Irma"], "d2"))
    kantor.do(Digested(kantor.people["Rizal"], "d3"))

    [digest] = [s for s in kantor.chat("Irma") if s.key == "ringkasan_pagi"]
    assert not digest.rings
    assert digest.text.endswith("\nTerima kasih."), "nothing is late, and no line says so"
    assert [line["langkah"] for line in digest.args["tugas"]] == [5]
    assert not [s for s in kantor.chat("Rizal") if s.key == "ringkasan_pagi"]


def test_a_late_part_is_handed_to_somebody_else_of_the_unit(stage: Stage) -> None:
    kantor = filling(stage, "KBK")
    kantor.wait_until(wita(25, "11.00"), step=15)
    due = kantor.tugas(1, "5", "KBK").due_at
    kantor.press("Herlina", "alihkan_tugas", kantor.task("Herlina", "eskalasi", "KBK"))
    to = kantor.before_him("Herlina").buttons[0].label
    kantor.press("Herlina", to)

    parts = kantor.perintah(1).parts("KBK")
    assert len(parts) == 1
    open_parts = [t for t in kantor.perintah(1).open_tugas if t.act == "5"]
    assert len(open_parts) == 1
    assert open_parts[0].due_at == due


def test_those_who_are_late_are_reminded_in_one_tap_once_a_half_day(stage: Stage) -> None:
    kantor = filling(stage)
    kantor.wait_until(wita(25, "11.00"), step=15)
    word = kantor.task("Rusdin", "eskalasi", "DAL")
    kantor.press("Rusdin", "ingatkan", word)
    kantor.press("Rusdin", "ingatkan", word)
    [first] = [s for s in kantor.chat("Irma") if s.key == "diingatkan"]
    kantor.now = wita(25, "13.30")
    kantor.press("Rusdin", "ingatkan", word)
    [second] = [s for s in kantor.chat("Irma") if s.key == "diingatkan"]
    assert second.id > first.id, "said anew in the next half-day; the one before is gone"


def test_the_kasubag_reminds_all_units_in_one_tap(stage: Stage) -> None:
    kantor = filling(stage)
    kantor.say("Irma", "/status")
    kantor.say(KASUBAG, "/status")
    board = kantor.task(KASUBAG, "status")
    kantor.press(KASUBAG, "ingatkan_semua", board)
    kantor.press(KASUBAG, "ingatkan_semua", board)

    assert "ingatkan_semua" not in kantor.task("Irma", "status").labels
    reminded = [n for n in kantor.people for s in kantor.chat(n) if s.key == "diingatkan"]
    assert sorted(reminded) == sorted(["Irma", "Ardin", "Herlina", "Fadli", "Nurdiana"])


def test_nothing_is_said_outside_working_time_or_of_what_is_done(stage: Stage) -> None:
    kantor = filling(stage)
    meet(kantor, "KBK")
    fill(kantor, 1, "DAL")
    seen_before = {name: len(kantor.chat(name)) for name in ("Irma", "Rusdin")}
    kantor.now = wita(24, "17.00")
    kantor.wait_until(wita(25, "07.25"), step=30)
    assert {name: len(kantor.chat(name)) for name in seen_before} == seen_before
    kantor.wait_until(wita(26, "15.00"), step=30)
    assert not [
        s for s in kantor.chat("Irma") if s.key == "lewat_batas" and s.args["langkah"] == 5
    ]


def test_three_returns_of_one_step_are_told_to_the_sekretaris(stage: Stage) -> None:
    kantor = stage("handed_out")
    bring_in(kantor, 1, "DAL")
    for _ in range(3):
        kantor.press(KASUBAG, "kembalikan_unit")
        kantor.say(KASUBAG, "Mohon diperiksa kembali sumber datanya.")
        kantor.press(KASUBAG, "kembalikan", kantor.before_him(KASUBAG))
        approve(kantor, "DAL")

    assert kantor.task(HEADS["SEK"], "tiga_kali_kembali").args["kali"] == 3

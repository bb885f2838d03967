"""People come and go: acting officials, two posts, a new phone, an operator, a blocked bot."""

from datetime import UTC, datetime, timedelta

from flows.model.board import where_units_stand
from flows.model.changes import Decision
from flows.model.commands import DayBegan, Membership, Migrated, Origin
from tests import worded
from tests.conftest import Stage
from tests.kantor import ACCOUNTS, GROUP, Kantor, wita
from tests.officials import (
    ADMIN,
    HEADS,
    KADIS,
    KASUBAG,
    OPERATOR,
    ORDER,
    SEKRETARIS,
    begin,
    bring_in,
    close,
    conclude,
    fill,
    follow,
    forward,
    hand_out,
    meet,
    order,
    put_forward,
    sign,
    take_findings,
)
from tests.workbooks import first_filling

LETTER = "800.1.11/61/BKPSDM, 20 November 2026"


def appoint(
    kantor: Kantor, role: str, person: str, jenis: str, first: str, last: str, unit: str = ""
) -> Decision:
    """/pejabat by the admin, to the last button."""
    kantor.say(ADMIN, "/pejabat")
    kantor.press(ADMIN, "tetapkan_pejabat")
    kantor.press(ADMIN, role)
    if unit:
        kantor.press(ADMIN, unit)
    kantor.say(ADMIN, person)
    kantor.press(ADMIN, jenis)
    kantor.say(ADMIN, first)
    if last:
        kantor.say(ADMIN, last)
    else:
        kantor.press(ADMIN, "belum_ditentukan")
    kantor.say(ADMIN, LETTER)
    return kantor.press(ADMIN, "simpan")


def open_day(kantor: Kantor, day: int) -> None:
    kantor.now = wita(day, "07.30")
    kantor.do(DayBegan(f"hari{day}"))
    kantor.now = wita(day, "07.31")
    kantor.tick()


def test_a_plh_of_the_kepala_dinas_signs_and_is_named_as_such(stage: Stage) -> None:
    kantor = stage("collected")
    appoint(kantor, "Kepala Dinas", "Ardin", "Plh.", "25-11-2026", "27-11-2026")
    open_day(kantor, 25)
    close(kantor)
    letter = kantor.task(SEKRETARIS, "tugas_tanda_tangan")
    kantor.press(SEKRETARIS, "sebagai", letter)
    kantor.press(SEKRETARIS, "tanda_tangani_versi")

    signed = kantor.tugas(1, "p3")
    assert kantor.perintah(1).status == "selesai"
    assert (signed.finished_as, signed.is_own_work) == ("Plh", True)
    assert letter.args["yth"]["jenis"] == "Plh"
    assert letter.button("sebagai").args["tindakan"] == "Tanda tangani", (
        "one tap by the other post"
    )
    assert kantor.task(KADIS, "pelaksana_jabatan").args["jenis"] == "Plh"
    assert "Disetujui Bapak Ardin Lasimpo (Plh. Kepala Dinas)." in kantor.group[-1].text


def test_an_order_of_a_plh_says_so_in_the_group_and_to_whom_it_goes(stage: Stage) -> None:
    kantor = stage("open")
    appoint(kantor, "Kepala Dinas", "Ardin", "Plh.", "25-11-2026", "27-11-2026")
    open_day(kantor, 25)

    kantor.say(SEKRETARIS, ORDER)
    kantor.press(SEKRETARIS, "terbitkan")

    post = next(seen for seen in kantor.group if seen.key == "grup_perintah")
    assert post.text.startswith("📣 <b>Perintah Plh. Kepala Dinas No. 001/2026</b>")
    task = kantor.task(SEKRETARIS, "tugas_teruskan")
    assert "dari Plh. Kepala Dinas, hal" in task.text

    forward(kantor)
    kantor.say(SEKRETARIS, "/hentikan 1")
    kantor.say(SEKRETARIS, "Perintah ini keliru periodenya.")
    kantor.press(SEKRETARIS, "hentikan")
    told = kantor.task(KASUBAG, "perintah_dihentikan")
    assert "oleh Plh. Kepala Dinas," in told.text


def test_the_boards_name_the_mandate_of_whoever_is_at_work(stage: Stage) -> None:
    kantor = stage("handed_out")

    kantor.say(KASUBAG, "/status 1")

    words, picture = kantor.chat(KASUBAG)[-2:]
    assert "Rapat unit PPR: Bapak Fadli Onggali (Plt. Kepala Bidang PP), sejak" in words.text
    lines = picture.files[0].data["isi"]["baris"]
    assert [line["siapa"] for line in lines if line["kode"] == "PPR"] == ["Fadli Onggali (Plt.)"]


def test_the_paraf_on_a_correction_tells_of_double_roles_in_the_collection(stage: Stage) -> None:
    kantor = stage("repaired")

    kantor.press(KASUBAG, "Ajukan")

    card = kantor.task(SEKRETARIS, "tugas_paraf")
    assert {"hasil": "divalidasi", "unit": "SEK"} in card.args["rangkap"]
    assert "Rangkap peran dicatat: Bapak juga memvalidasi data SEK" in card.text


def test_an_escalation_moves_to_whoever_acts_from_today(stage: Stage) -> None:
    kantor = stage("handed_out")
    meet(kantor, "KBK")
    kantor.wait_until(wita(25, "15.00"), step=15)
    told = kantor.task("Herlina", "eskalasi", "KBK")
    appoint(kantor, "Kepala Bidang", "Nurdiana", "Plh.", "26-11-2026", "26-11-2026", "KBK")
    open_day(kantor, 26)
    kantor.tick()

    assert kantor.again("Herlina", told).text.startswith(
        "Sejak hari ini dilaksanakan Plh. Kepala Bidang KBK, Ibu Nurdiana"
    )
    handed = kantor.task("Nurdiana", "eskalasi", "KBK")
    assert handed.rings
    kantor.press("Nurdiana", "ingatkan", handed)
    assert kantor.toasts[-1][0] == "telah_diingatkan"


def acting_for_rusdin(kantor: Kantor) -> None:
    appoint(kantor, "Kepala Bidang", "Nurdiana", "Plh.", "25-11-2026", "25-11-2026", "DAL")
    open_day(kantor, 25)
    kantor.now = wita(25, "08.00")
    kantor.tick()


def test_a_request_for_more_time_moves_to_whoever_acts_and_back(stage: Stage) -> None:
    kantor = stage("handed_out")
    meet(kantor, "DAL")
    kantor.say("Irma", "/perpanjangan")
    kantor.press("Irma", "tambah_hari")
    kantor.say("Irma", "Data balai belum terbit.")
    asked = kantor.task("Rusdin", "mohon_perpanjangan")
    acting_for_rusdin(kantor)
    handed = kantor.task("Nurdiana", "mohon_perpanjangan")
    told = kantor.again("Rusdin", asked).text
    open_day(kantor, 26)
    kantor.now = wita(26, "08.00")
    kantor.tick()
    kantor.press("Rusdin", "setujui", kantor.task("Rusdin", "mohon_perpanjangan"))

    assert told.startswith("Sejak hari ini dilaksanakan Plh. Kepala Bidang Dalduk, Ibu Nurdiana")
    assert told.endswith("menunggu keputusannya.")
    assert handed.rings
    assert "Alasan: “Data balai belum terbit.”" in handed.text
    assert "disetujui" in kantor.task("Irma", "hasil_perpanjangan").text


def test_a_hindrance_is_decided_on_by_whoever_acts(stage: Stage) -> None:
    kantor = stage("handed_out")
    meet(kantor, "DAL")
    kantor.say("Irma", "/kendala")
    kantor.press("Irma", "kendala_data")
    kantor.say("Irma", "Data balai belum terbit.")
    kantor.press("Irma", "pihak_luar")
    asked = kantor.task("Rusdin", "kendala_disampaikan").text
    acting_for_rusdin(kantor)
    handed = kantor.task("Nurdiana", "kendala_disampaikan")
    kantor.press("Nurdiana", "setujui_jeda", handed)

    assert handed.text.split("\n")[1:] == asked.split("\n")[1:]
    assert (
        "disetujui oleh Plh. Kepala Bidang Dalduk" in kantor.task("Irma", "kendala_diputus").text
    )


def test_escalations_of_several_units_move_together(stage: Stage) -> None:
    kantor = stage("handed_out")
    kantor.wait_until(wita(25, "15.30"), step=30)
    told = kantor.task(SEKRETARIS, "eskalasi_bersama")
    appoint(kantor, "Sekretaris", "Nurdiana", "Plh.", "26-11-2026", "26-11-2026")
    open_day(kantor, 26)
    kantor.now = wita(26, "08.00")
    kantor.tick()

    assert kantor.again(SEKRETARIS, told).text.startswith(
        "Sejak hari ini dilaksanakan Plh. Sekretaris, Ibu Nurdiana"
    )
    handed = kantor.task("Nurdiana", "eskalasi_bersama")
    assert (handed.rings, handed.args["semua"]) == (True, told.args["semua"])
    kantor.press("Nurdiana", "ingatkan_mereka", handed)
    assert kantor.toasts[-1][0] == "telah_diingatkan_semua"


def test_tasks_move_at_the_start_and_come_back_at_the_end(stage: Stage) -> None:
    kantor = stage("handed_out")
    appoint(kantor, "Kepala Bidang", "Nurdiana", "Plh.", "25-11-2026", "25-11-2026", "KBK")
    assert not [s for s in kantor.chat("Nurdiana") if s.args.get("unit") == "KBK"]
    open_day(kantor, 25)
    notice = kantor.task("Nurdiana", "pelaksana_jabatan")
    told = kantor.task("Herlina", "pelaksana_jabatan")
    moved = kantor.task("Nurdiana", "tugas_rapat", "KBK")
    former = kantor.task("Herlina", "dialihkan", "KBK")
    with kantor.nothing_moves():
        kantor.press_data("Herlina", former.id, moved.button("Catat rapat").data)
    assert kantor.toasts[-1][0] == "bukan_kewenangan"
    open_day(kantor, 26)
    kantor.do(DayBegan("hari26 sekali lagi"))

    assert notice.rings
    assert not told.rings, "the absent one stays informed"
    assert [line["unit"] for line in notice.args["dialihkan"]] == ["KBK"]
    assert notice.labels == ["buka_tugas_ke"]
    for name in ("Nurdiana", "Herlina"):
        assert [s.key for s in kantor.chat(name)].count("penugasan_berakhir") == 1
    assert moved.rings
    assert kantor.task("Nurdiana", "dialihkan", "KBK")
    meet(kantor, "KBK")
    assert kantor.tugas(1, "4", "KBK").finished_as == "definitif"


def test_wrong_appointments_are_named_and_nothing_is_taken(stage: Stage) -> None:
    kantor = stage("open")
    appoint(kantor, "Kepala Dinas", "Ardin", "Plh.", "25-11-2026", "27-11-2026")
    with kantor.nothing_moves():
        kantor.say("Herlina", "/pejabat")
    kantor.say(ADMIN, "/pejabat")
    kantor.press(ADMIN, "tetapkan_pejabat")
    kantor.press(ADMIN, "Kepala Dinas")
    kantor.say(ADMIN, "Yusnita")
    kantor.press(ADMIN, "Plh.")
    kantor.say(ADMIN, "01-11-2026")
    assert kantor.last(ADMIN).key == "tanggal_keliru"
    kantor.say(ADMIN, "26-11-2026")
    kantor.say(ADMIN, "25-11-2026")
    assert kantor.last(ADMIN).key == "selesai_sebelum_mulai"
    kantor.say(ADMIN, "28-11-2026")
    kantor.say(ADMIN, "-")
    assert kantor.last(ADMIN).key == "terlalu_pendek", "a Plh needs a letter"
    kantor.say(ADMIN, LETTER)
    decision = kantor.press(ADMIN, "simpan")

    assert decision.is_refused
    assert kantor.last(ADMIN).key == "dua_pemegang"
    with kantor.store.reading() as queries:
        assert len([p for p in queries.office.roster().penugasan if p.jenis == "Plh"]) == 1


def test_the_part_of_a_pelaksana_who_leaves_is_handed_on_by_his_superior(stage: Stage) -> None:
    kantor = stage("handed_out")
    meet(kantor, "KBK")
    due = kantor.tugas(1, "5", "KBK").due_at
    for place in range(2):
        kantor.say(ADMIN, "/pejabat")
        kantor.press(ADMIN, "akhiri_penugasan")
        held = [b.label for b in kantor.before_him(ADMIN).buttons if "Wahyuni" in b.label]
        kantor.press(ADMIN, held[place])
        kantor.press(ADMIN, "sampai_hari_ini")
        kantor.press(ADMIN, "simpan")
    open_day(kantor, 25)
    open_day(kantor, 26)
    told = [s for s in kantor.chat("Herlina") if s.key == "bagian_ditinggal"]
    kantor.press("Herlina", "alihkan_tugas", told[0])
    kantor.press("Herlina", kantor.before_him("Herlina").buttons[0].label)

    assert [s.args["nama"] for s in told] == ["Wahyuni Tamali"]
    moved = kantor.tugas(1, "5", "KBK")
    assert (moved.person_id, moved.due_at) == (kantor.people["Dedi"], due)


def test_a_unit_whose_head_is_vacant_stops_the_order_until_it_is_mended(stage: Stage) -> None:
    kantor = stage("open")
    kantor.say(ADMIN, "/pejabat")
    kantor.press(ADMIN, "akhiri_penugasan")
    label = next(b.label for b in kantor.before_him(ADMIN).buttons if "Rusdin" in b.label)
    kantor.press(ADMIN, label)
    kantor.press(ADMIN, "sampai_hari_ini")
    kantor.press(ADMIN, "simpan")
    kantor.now = wita(25, "08.00")
    kantor.say(KADIS, "/perintah pengumpulan TW III 2026")
    refused = kantor.press(KADIS, "terbitkan")
    kantor.say(ADMIN, "/siap")
    ready = kantor.last(ADMIN)

    assert refused.is_refused
    assert [k["unit"] for k in ready.args["kosong"]] == ["DAL"]
    assert ready.labels == ["tetapkan_pejabat", "periksa_lagi"]
    kantor.press(ADMIN, "tetapkan_pejabat", ready)
    kantor.say(ADMIN, "/batal")
    appoint(kantor, "Kepala Bidang", "Herlina", "Plt.", "25-11-2026", "", "DAL")
    order(kantor)
    assert kantor.perintah(1).status == "berjalan"


def test_an_official_with_two_posts_is_addressed_by_each(stage: Stage) -> None:
    kantor = stage("handed_out")

    letter = kantor.task("Fadli", "tugas_rapat", "PPR")
    meet(kantor, "SEK")
    part = kantor.task("Fadli", "tugas_isi", "SEK")

    assert (letter.args["yth"]["peran"], letter.args["yth"]["jenis"]) == ("Kepala Bidang", "Plt")
    assert part.args["yth"]["peran"] == "Pelaksana"


def test_a_plt_is_warned_of_at_75_and_90_days(stage: Stage) -> None:
    kantor = stage("open")
    appoint(kantor, "Kepala Bidang", "Herlina", "Plt.", "24-11-2026", "", "DAL")
    for days in (74, 75, 76, 90):
        kantor.now = datetime(2026, 11, 24, 0, 0, tzinfo=UTC) + timedelta(days=days)
        kantor.do(DayBegan(f"plt{days}"))

    told = [s.args["hari"] for s in kantor.chat(SEKRETARIS) if s.key == "plt_lama"
            and "Herlina" in s.args["nama"]]  # fmt: skip
    assert told == [75, 90]


def test_the_operator_records_with_proof_and_the_official_objects(stage: Stage) -> None:
    kantor = stage("handed_out")
    bring_in(kantor, 1, "KBK")
    bring_in(kantor, 1, "DAL")
    leave(kantor, KASUBAG)
    kantor.say("Herlina", "/catat")
    assert kantor.last("Herlina").key == "bukan_kewenangan"
    kantor.say(OPERATOR, "/catat")
    kantor.press(OPERATOR, "tugas_ke")
    kantor.press(OPERATOR, "Terima")
    kantor.say(OPERATOR, "sudah ditandatangani di kertas")
    assert kantor.draft(OPERATOR) is not None, "words are no proof"
    kantor.send(OPERATOR, None, "lembar.jpg")

    done = next(t for t in kantor.perintah(1).tugas if t.recorded_by is not None)
    assert (done.finished_by, done.recorded_by) == (
        kantor.people[KASUBAG],
        kantor.people[OPERATOR],
    )
    come_back(kantor, KASUBAG)
    notice = kantor.task(KASUBAG, "dicatat_operator")
    kantor.press(KASUBAG, "keberatan", notice)
    kantor.say(KASUBAG, "Saya belum pernah menerima data itu.")
    assert kantor.task(SEKRETARIS, "keberatan_diajukan").rings
    answered = kantor.task(KASUBAG, "keberatan_dicatat").text
    assert "disampaikan kepada Sekretaris dan Kepala Dinas." in answered
    with kantor.store.reading() as queries:
        names = [entry.event.name for entry in queries.record.events("p1")]
        assert queries.record.verify() == ()
    assert {"ActRecorded", "ActDisputed"} <= set(names)


def record(kantor: Kantor, unit: str, act: str) -> None:
    """/catat, the task of the unit, the act and the scan."""
    kantor.say(OPERATOR, "/catat")
    lines = kantor.last(OPERATOR).args["tugas"]
    place = next(n for n, line in enumerate(lines) if line["unit"] == unit)
    shown = kantor.last(OPERATOR)
    kantor.press_data(OPERATOR, shown.id, shown.buttons[place].data)
    kantor.press(OPERATOR, act)
    kantor.send(OPERATOR, None, "lembar.jpg")


def recorded(kantor: Kantor, perintah_id: int) -> list[tuple[str, str]]:
    with kantor.store.reading() as queries:
        assert queries.record.verify() == ()
    operator = kantor.people[OPERATOR]
    return [
        (t.act, t.outcome)
        for t in kantor.perintah(perintah_id).tugas
        if t.recorded_by == operator and not t.is_open
    ]


def test_the_operator_goes_through_the_dialogs_of_an_absent_official(stage: Stage) -> None:
    kantor = stage("handed_out")
    for name in ("Rusdin", "Irma"):
        leave(kantor, name)
    record(kantor, "DAL", "Catat rapat")
    asked = kantor.question(OPERATOR)
    follow(kantor, OPERATOR, "Catat rapat")
    assert asked.args["selesai"]["key"] == "atas_nama", "he reads in whose name he acts"
    assert kantor.tugas(1, "4", "DAL").finished_by == kantor.people["Rusdin"]
    record(kantor, "DAL", "catat_berkas")
    sheet = first_filling(kantor.setting, kantor.perintah(1), "DAL")
    kantor.send(OPERATOR, sheet, "Format_DAL.xlsx")
    kantor.press(OPERATOR, "tetap_kirim" if "tetap_kirim" in kantor.last(OPERATOR).labels
                 else "Kirim")  # fmt: skip
    record(kantor, "DAL", "Ajukan")
    record(kantor, "DAL", "Kembalikan")
    kantor.press(OPERATOR, "ke_langkah", kantor.question(OPERATOR))
    follow(kantor, OPERATOR, "kembalikan")

    assert recorded(kantor, 1) == [
        ("4", "rapat_dicatat"),
        ("5", "dikirim"),
        ("6", "diajukan"),
        ("7", "dikembalikan"),
    ]
    assert kantor.tugas(1, "5", "DAL").is_open
    assert not [s for s in kantor.chat("Rusdin") if s.key == "dicatat_operator"]
    come_back(kantor, "Rusdin")
    told = [s.args["hasil"] for s in kantor.chat("Rusdin") if s.key == "dicatat_operator"]
    assert told == ["rapat_dicatat", "dikembalikan"]


def test_the_operator_objects_to_a_finding_in_the_heads_name(stage: Stage) -> None:
    kantor = stage("coordinated")
    leave(kantor, "Fadli")
    record(kantor, "PPR", "sanggah")
    kantor.send(OPERATOR, None, "register.jpg", caption="Register 28 September tertulis 3.912")
    kantor.press(OPERATOR, "kirim", kantor.last(OPERATOR))

    assert recorded(kantor, 2) == [("3t", "disanggah")]
    assert kantor.task(KASUBAG, "tugas_sanggah", "PPR").rings


def test_what_is_recorded_leaves_one_line_with_the_operator_and_names_posts(stage: Stage) -> None:
    kantor = stage("coordinated")
    leave(kantor, "Fadli")
    record(kantor, "PPR", "Terima")
    told = [s.text for s in kantor.chat(OPERATOR) if "iterima" in s.text or "Terima" in s.text]
    come_back(kantor, "Fadli")
    kantor.press("Fadli", "keberatan", kantor.task("Fadli", "dicatat_operator"))
    kantor.say("Fadli", "Saya belum menerima daftar temuan itu.")

    assert len(told) == 1
    assert told[0].startswith("✅ Terima atas nama Fadli Onggali dicatat ")
    above = kantor.task(SEKRETARIS, "keberatan_diajukan").text
    assert above.startswith(
        "⚠️ Plt. Kepala Bidang PP berkeberatan atas tindakan yang dicatat Bapak"
    )
    own = kantor.task(OPERATOR, "keberatan_diajukan").text
    assert "atas tindakan yang Bapak catat: langkah 3" in own


def test_an_official_out_of_reach_is_told_of_once_for_an_act_done_again(stage: Stage) -> None:
    kantor = stage("coordinated")
    leave(kantor, "Lestari")
    take_findings(kantor, "PPA")
    for again in (False, True):
        begin(kantor, "Nurdiana", "Catat rapat", kantor.task("Nurdiana", "tugas_rapat", "PPA"))
        if not again:
            kantor.press("Nurdiana", "urungkan")

    told = [s.text for s in kantor.chat("Nurdiana") if s.key == "tak_terjangkau"]
    assert len(told) == 1


def test_an_objection_comes_within_its_time_or_not_at_all(stage: Stage) -> None:
    kantor = stage("handed_out")
    leave(kantor, "Rusdin")
    record(kantor, "DAL", "Catat rapat")
    follow(kantor, OPERATOR, "Catat rapat")
    come_back(kantor, "Rusdin")
    notice = kantor.task("Rusdin", "dicatat_operator")
    kantor.now = datetime.fromisoformat(notice.args["sampai"]) + timedelta(minutes=2)
    with kantor.nothing_moves():
        kantor.press("Rusdin", "keberatan", notice)

    assert kantor.toasts[-1][0] == "keberatan_lewat"


def test_what_the_operator_wrote_down_is_named_so_everywhere(stage: Stage) -> None:
    kantor = stage("collected")
    kantor.press(KASUBAG, "Ajukan")
    kantor.press(KASUBAG, "Paraf")
    leave(kantor, SEKRETARIS)
    kantor.say(OPERATOR, "/catat")
    kantor.press(OPERATOR, "tugas_ke")
    kantor.press(OPERATOR, "Paraf")
    kantor.send(OPERATOR, None, "lembar.jpg")
    come_back(kantor, SEKRETARIS)
    notice = kantor.task(SEKRETARIS, "dicatat_operator")
    kantor.press(SEKRETARIS, "keberatan", notice)
    kantor.say(SEKRETARIS, "Saya belum pernah memaraf rekap itu.")
    heard = kantor.task(KADIS, "keberatan_diajukan")
    answered = kantor.task(SEKRETARIS, "keberatan_dicatat").text
    assert "disampaikan kepada Kepala Dinas." in answered
    sign(kantor)

    assert heard.rings, "his superior sees the objection"
    operator = "(dicatat oleh Taufik Ranggo"
    closing = next(s for s in kantor.chat(SEKRETARIS) if s.key == "akhir" and
                   s.args["hasil"] == "diparaf")  # fmt: skip
    assert closing.args["oleh"]["pencatat"] == "Taufik Ranggo"
    perintah = kantor.perintah(1)
    account, rekap = perintah.paper("berita_acara"), perintah.paper("rekap")
    assert account is not None
    assert rekap is not None
    assert operator in str(account.data)
    assert "pejabat berkeberatan" in str(account.data)
    assert operator in str(rekap.data)
    with kantor.store.reading() as queries:
        entries = queries.record.events("p1")
    board = where_units_stand(perintah, kantor.setting.book.sop("PENGUMPULAN", 1), kantor.now)
    assert board["dicatat"] == ["penutup"]
    hands = [e.event.data.get("recorder") for e in entries if e.event.name == "ParafGiven"]
    assert kantor.people[OPERATOR] in hands


def test_the_operator_does_not_act_for_who_has_telegram(stage: Stage) -> None:
    kantor = stage("handed_out")
    kantor.say(OPERATOR, "/catat")

    assert kantor.last(OPERATOR).key == "tak_ada_dicatat"
    data = f"catat:{kantor.tugas(1, '4', 'DAL').ref}:0"
    kantor.press_data(OPERATOR, kantor.last(OPERATOR).id, data)
    assert kantor.last(OPERATOR).key == "pejabat_bertelegram"


def leave(kantor: Kantor, name: str) -> None:
    kantor.do(Membership(kantor.origin(name), False))


def come_back(kantor: Kantor, name: str) -> None:
    kantor.do(Membership(kantor.origin(name), True))


def test_a_person_who_blocks_the_bot_while_he_holds_a_task_is_told_of(stage: Stage) -> None:
    kantor = stage("ordered")
    leave(kantor, KASUBAG)
    forward(kantor)

    assert kantor.task(ADMIN, "tak_terjangkau").args["pegawai"].startswith(KASUBAG)
    come_back(kantor, KASUBAG)
    assert kantor.task(KASUBAG, "tugas_format")


def told_lost(kantor: Kantor, name: str) -> list[tuple[str, str | None]]:
    """The task and unit of each word about Irma, who fills in for DAL."""
    seen = (s for s in kantor.chat(name) if s.key == "tak_terjangkau")
    return [(s.args["nomor"], s.args["unit"]) for s in seen if "Irma" in s.args["pegawai"]]


def test_whoever_blocks_the_bot_with_a_task_open_is_told_to_superior_and_admin(
    stage: Stage,
) -> None:
    kantor = stage("handed_out")
    meet(kantor, "DAL")

    leave(kantor, "Irma")

    assert told_lost(kantor, "Rusdin") == told_lost(kantor, ADMIN) == [("001/2026", "DAL")]


def test_a_reminder_that_reaches_nobody_is_told_and_not_counted(stage: Stage) -> None:
    kantor = stage("handed_out")
    for unit in ("DAL", "KBK"):
        meet(kantor, unit)
    leave(kantor, "Irma")
    kantor.now = wita(25, "08.30")
    kantor.say(KASUBAG, "/status")

    kantor.press(KASUBAG, "ingatkan_semua")

    key, args = kantor.toasts[-1]
    words = worded.words().toast(key, args)
    assert words.startswith("4 pengingat disampaikan")
    assert words.endswith("Belum terjangkau: Irma Balansa.")
    assert len(told_lost(kantor, "Rusdin")) == 2, "once a day"


def test_a_return_to_whoever_blocked_the_bot_is_told(stage: Stage) -> None:
    kantor = stage("handed_out")
    meet(kantor, "DAL")
    fill(kantor, 1, "DAL")
    put_forward(kantor, "DAL")
    leave(kantor, "Irma")
    assert told_lost(kantor, "Rusdin") == [], "nothing waits for her"

    begin(kantor, "Rusdin", "Kembalikan", kantor.task("Rusdin", "tugas_validasi", "DAL"))

    assert told_lost(kantor, "Rusdin") == told_lost(kantor, ADMIN) == [("001/2026", "DAL")]


def test_a_group_that_becomes_a_supergroup_goes_on_where_it_was(stage: Stage) -> None:
    kantor = stage("ordered")
    origin = Origin("pindah", GROUP, "group", ACCOUNTS + 1, kantor.now, 1)
    kantor.do(Migrated(origin, -100_999))
    forward(kantor)
    hand_out(kantor)

    with kantor.store.reading() as queries:
        group = queries.office.group()
    assert group is not None
    assert group.chat_id == -100_999
    assert [post.key for post in kantor.group].count("papan") == 2, "a new board in the new chat"

    conclude(kantor)

    assert kantor.perintah(1).status == "selesai"
    assert [post.key for post in kantor.group].count("papan") == 2, "the same one to the end"
    assert kantor.group[-1].key == "grup_selesai"


def test_the_kepala_dinas_stops_an_order_with_a_reason(stage: Stage) -> None:
    kantor = stage("handed_out")
    with kantor.nothing_moves():
        kantor.say("Herlina", "/hentikan 1")
    kantor.say(KADIS, "/hentikan 1")
    kantor.say(KADIS, "Diganti dengan perintah yang baru.")
    kantor.press(KADIS, "hentikan")

    stopped = kantor.perintah(1)
    assert (stopped.status, stopped.open_tugas) == ("batal", ())
    assert stopped.stop_reason.startswith("Diganti")
    assert kantor.task("Rusdin", "perintah_dihentikan")
    kantor.say(KADIS, "/hentikan 1")
    assert order(kantor) == 2
    assert kantor.perintah(2).nomor == "002/2026", "the number stays batal"


def test_a_target_moves_and_a_late_unit_joins(stage: Stage) -> None:
    kantor = stage("open")
    kantor.say(KADIS, "/perintah pengumpulan TW III 2026")
    kantor.press(KADIS, "ubah_isian")
    kantor.press(KADIS, "isian_unit")
    picking = kantor.before_him(KADIS)
    ppr = next(b for b in picking.buttons if "PPR" in str(b.args))
    kantor.press_data(KADIS, picking.id, ppr.data)
    kantor.press(KADIS, "lanjut")
    kantor.press(KADIS, "terbitkan")
    forward(kantor)
    hand_out(kantor)
    kantor.say(KADIS, "/ubah 1")
    kantor.press(KADIS, "ubah_unit")
    kantor.press(KADIS, "PPR")
    kantor.press(KADIS, "simpan")
    kantor.say(KADIS, "/ubah 1")
    kantor.press(KADIS, "ubah_tenggat")
    kantor.say(KADIS, "02-12-2026 16.00")
    kantor.press(KADIS, "simpan")

    perintah = kantor.perintah(1)
    assert perintah.units == tuple(HEADS)
    assert kantor.tugas(1, "4", "PPR").is_open
    assert kantor.task("Fadli", "tugas_rapat", "PPR").files
    assert perintah.target_at == datetime(2026, 12, 2, 8, 0, tzinfo=UTC)


def test_a_concept_of_the_kasubag_is_issued_by_the_kepala_dinas_alone(stage: Stage) -> None:
    kantor = stage("open")
    kantor.say(KASUBAG, "/perintah pengumpulan TW III 2026 segera: Agar lengkap dengan bukti.")
    kantor.press(KASUBAG, "ajukan_konsep")
    concept = kantor.task(KADIS, "konsep_perintah")
    with kantor.nothing_moves():
        kantor.press_data(KASUBAG, concept.id, concept.button("lihat_konsep").data)
    kantor.press(KADIS, "lihat_konsep", concept)
    decision = kantor.press(KADIS, "terbitkan")

    assert concept.rings
    perintah = decision.perintah[0]
    assert (perintah.sifat, perintah.arahan) == ("Segera", "Agar lengkap dengan bukti.")
    assert perintah.issued_by == kantor.people[KADIS]


def test_a_local_day_off_moves_limits_only_on_the_admins_word(stage: Stage) -> None:
    kantor = stage("handed_out")
    meet(kantor, "DAL")
    before = kantor.tugas(1, "5", "DAL").due_at
    kantor.say(ADMIN, "/libur")
    kantor.press(ADMIN, "ubah_libur")
    kantor.press(ADMIN, "tambah_libur")
    kantor.say(ADMIN, "01-01-2020")
    assert kantor.last(ADMIN).key == "tanggal_keliru"
    kantor.say(ADMIN, "25-11-2026")
    kantor.say(ADMIN, "Hari jadi kabupaten")
    kantor.say(ADMIN, "SE Bupati 800/15/2026")
    summary = kantor.before_him(ADMIN)
    kantor.press(ADMIN, "simpan")
    kantor.tick()
    unmoved = kantor.tugas(1, "5", "DAL").due_at
    kantor.press(ADMIN, "hitung_ulang")
    kantor.tick()

    assert before is not None
    assert summary.args["semua"] >= 1
    assert unmoved == before
    moved = kantor.tugas(1, "5", "DAL").due_at
    assert moved == before + timedelta(days=1)
    with kantor.store.reading() as queries:
        assert queries.record.verify() == ()


def test_a_new_phone_waits_for_the_admin_and_the_old_one_is_revoked(stage: Stage) -> None:
    kantor = stage("open")
    with kantor.store.transaction() as tx:
        everybody = frozenset(person.id for person in tx.office.roster().people)
        codes = dict(tx.people.make_invites(kantor.now, only=everybody))
    code = next(c for p, c in codes.items() if p.nama.startswith("Herlina"))
    kantor.say(77, f"/start {code}")
    [question] = kantor.chats["c77"]
    kantor.press_data(77, question.id, question.buttons[0].data)
    waiting = kantor.task(ADMIN, "pendaftaran_menunggu")
    with kantor.store.reading() as queries:
        assert queries.office.person_of(77) is None
    kantor.press(ADMIN, "konfirmasi", waiting)

    assert waiting.args["ganti"] is True
    old_phone = kantor.chats[f"c{ACCOUNTS + kantor.people['Herlina']}"]
    assert [s.key for s in old_phone] == ["akun_dicabut"], "told where the account was"
    with kantor.store.reading() as queries:
        assert queries.office.person_of(77) == kantor.people["Herlina"]
        assert queries.office.person_of(ACCOUNTS + kantor.people["Herlina"]) is None


def test_everybody_sees_the_commands_of_his_own_roles(stage: Stage) -> None:
    kantor = stage("open")
    seen = {}
    for name in (KADIS, KASUBAG, "Dedi", OPERATOR, ADMIN):
        kantor.say(name, "/bantuan")
        kantor.press(name, "perintah_lainnya")
        lines = kantor.last(name).args["baris"]
        seen[name] = {line["contoh"].removeprefix("/") for line in lines}

    assert {"perintah", "hentikan", "ubah"} <= seen[KADIS]
    assert "perintah" in seen[KASUBAG]
    assert {"kendala", "perpanjangan"} <= seen["Dedi"]
    assert not {"perintah", "pejabat", "hentikan"} & seen["Dedi"]
    assert "catat" in seen[OPERATOR]
    assert {"pejabat", "libur", "siap"} <= seen[ADMIN]


def test_the_operator_acts_for_who_has_telegram_only_where_the_admin_marked_him(
    stage: Stage,
) -> None:
    kantor = stage("handed_out")
    meeting = kantor.task(HEADS["DAL"], "tugas_rapat", "DAL")
    kantor.say(OPERATOR, "/catat")
    unmarked = kantor.last(OPERATOR).key

    kantor.say(ADMIN, "/pegawai")
    kantor.press(ADMIN, "dicatat_operator", kantor.task(ADMIN, "daftar_pegawai"))
    kantor.say(ADMIN, "Rusdin")
    kantor.say(OPERATOR, "/catat")
    offered = kantor.last(OPERATOR)

    assert unmarked == "tak_ada_dicatat"
    marked = kantor.task(ADMIN, "dicatatkan").text
    assert marked.startswith("✅ Rusdin")
    assert marked.endswith(": Operator kini dapat mencatat atas namanya (08.00).")
    assert kantor.task(HEADS["DAL"], "boleh_dicatat")
    assert [line["unit"] for line in offered.args["tugas"]] == ["DAL"]
    assert kantor.press(HEADS["DAL"], "Catat rapat", meeting).is_refused is False, (
        "he acts himself"
    )

    kantor.say(HEADS["DAL"], "/batal")
    kantor.say(ADMIN, "/pegawai")
    kantor.press(ADMIN, "dicatat_operator", kantor.task(ADMIN, "daftar_pegawai"))
    kantor.say(ADMIN, "Rusdin")
    kantor.say(OPERATOR, "/catat")

    assert "Operator tidak lagi mencatat atas namanya" in kantor.task(ADMIN, "dicatatkan").text
    assert kantor.last(OPERATOR).key == "tak_ada_dicatat"

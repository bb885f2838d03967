"""A dinas is set up by its own IT person: the staff list in the chat, codes, konfirmasi."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from flows.forms.staff_list import StaffRow
from flows.office.kantor import Office
from reports.reading.sheets import read_sheet
from reports.workbooks.lists import read_staff, write_staff
from tests.conftest import Stage
from tests.kantor import ROOT, Kantor
from tests.officials import ADMIN, KADIS, KASUBAG, OPERATOR, SEKRETARIS, SENTENCE
from tests.stories.test_capabilities import allow

Edit = Callable[[list[StaffRow]], list[StaffRow]]


def send_list(kantor: Kantor, folder: Path, edit: Edit) -> None:
    """The example office's list, edited, as the administrator would send it."""
    office = kantor.setting.office
    rows = list(read_staff(ROOT / "contoh" / "staff.xlsx", office))
    path = folder / "pegawai.xlsx"
    write_staff(path, edit(rows), office)
    kantor.say(ADMIN, "/pegawai")
    kantor.send(ADMIN, read_sheet(path), "pegawai.xlsx")


def at(rows: list[StaffRow], name: str) -> int:
    return next(n for n, row in enumerate(rows) if row.nama.startswith(name))


def test_the_same_list_once_more_changes_nothing(stage: Stage, tmp_path: Path) -> None:
    kantor = stage("open")
    send_list(kantor, tmp_path, lambda rows: rows)

    summary = kantor.last(ADMIN)
    assert summary.key == "ringkasan_pegawai"
    assert (summary.args["baru"], summary.args["berubah"], summary.args["akhiri"]) == ([], [], [])
    assert summary.args["penugasan_baru"] == 0


def test_a_second_list_shows_its_difference_before_it_is_taken(
    stage: Stage, tmp_path: Path
) -> None:
    kantor = stage("open")

    def edit(rows: list[StaffRow]) -> list[StaffRow]:
        dedi = rows.pop(at(rows, "Dedi"))
        new = replace(dedi, nama="Sari Malonda, S.K.M.", nip="199203042018012003")
        return [*rows, new]

    with kantor.nothing_moves():
        kantor.say("Herlina", "/pegawai")
    send_list(kantor, tmp_path, edit)
    summary = kantor.last(ADMIN)
    with kantor.store.reading() as queries:
        before = len(queries.office.roster().people)
    kantor.press(ADMIN, "simpan")

    assert summary.args["baru"] == ["Sari Malonda, S.K.M."]
    assert summary.args["akhiri"] == ["Dedi Salangga (Pelaksana)"] or summary.args["akhiri"]
    assert before == 14
    with kantor.store.reading() as queries:
        roster = queries.office.roster()
    assert len(roster.people) == 15
    kantor.say(ADMIN, "/pegawai")
    listed = kantor.task(ADMIN, "daftar_pegawai")
    assert listed.args["belum"] == ["Sari Malonda, S.K.M."]
    kantor.press(ADMIN, "buat_undangan", listed)
    letter = kantor.task(ADMIN, "undangan_dibuat")
    assert [file.format for file in letter.files] == ["pdf"]


def test_a_new_phone_gets_a_letter_of_its_own(stage: Stage) -> None:
    kantor = stage("open")
    kantor.say(ADMIN, "/pegawai Herlina")
    letter = kantor.task(ADMIN, "undangan_dibuat")
    kantor.say(ADMIN, "/pegawai a")

    assert letter.args["jumlah"] == 1
    assert kantor.last(ADMIN).key == "orang_tak_dikenal"


def test_all_mistakes_of_a_list_are_named_at_once_and_nothing_is_taken(
    stage: Stage, tmp_path: Path
) -> None:
    kantor = stage("open")

    def edit(rows: list[StaffRow]) -> list[StaffRow]:
        herlina = at(rows, "Herlina")
        rows[at(rows, "Dedi")] = replace(rows[at(rows, "Dedi")], role="staf")
        double = replace(rows[herlina], nama="Orang Lain")
        plt = replace(
            rows[herlina], nama="Rusdin Dua", nip="197001011995031001", jenis="Plt", surat=""
        )
        last = date(2026, 1, 1)
        backwards = replace(rows[at(rows, "Irma")], mulai=last, selesai=last - timedelta(days=1))
        return [*rows, double, plt, backwards]

    with kantor.nothing_moves():
        send_list(kantor, tmp_path, edit)
        kantor.say(ADMIN, "/batal")

    refused = next(s for s in reversed(kantor.chat(ADMIN)) if s.key == "pegawai_salah")
    rules = {line["aturan"] for line in refused.args["salah"]}
    assert refused.args["jumlah"] >= 4
    assert {"unknown_role", "nip_two_names", "letter_required"} <= rules
    assert all(line["sel"] for line in refused.args["salah"])


def test_with_konfirmasi_nobody_is_bound_before_the_admin_says_so(
    stage: Stage, tmp_path: Path
) -> None:
    kantor = stage("open")
    office: Office = kantor.setting.office
    stricter = office.model_copy(update={"pendaftaran": "konfirmasi"})
    kantor.setting = kantor.setting._replace(office=stricter)

    def edit(rows: list[StaffRow]) -> list[StaffRow]:
        dedi = rows[at(rows, "Dedi")]
        return [*rows, replace(dedi, nama="Sari Malonda", nip="199203042018012003")]

    send_list(kantor, tmp_path, edit)
    kantor.press(ADMIN, "simpan")
    with kantor.store.transaction() as tx:
        [(person, code)] = tx.people.make_invites(kantor.now)
    kantor.say(78, f"/start {code}")
    question = kantor.chats["c78"][-1]
    kantor.press_data(78, question.id, question.buttons[0].data)
    assert kantor.chats["c78"][-1].key == "menunggu_konfirmasi"
    with kantor.store.reading() as queries:
        assert queries.office.person_of(78) is None
    with kantor.nothing_moves():
        waiting = kantor.task(ADMIN, "pendaftaran_menunggu")
        kantor.press_data(KADIS, waiting.id, waiting.button("konfirmasi").data)
    kantor.press(ADMIN, "konfirmasi", waiting)

    with kantor.store.reading() as queries:
        assert queries.office.person_of(78) == person.id
    kantor.say(79, f"/start {code}")
    assert kantor.chats["c79"][-1].key == "kode_sudah_dipakai", "a forwarded link"


@pytest.mark.parametrize(
    ("name", "told", "offered"),
    [
        (
            KADIS,
            "Selamat datang, Ibu Marlina Topale (Kepala Dinas).\n"
            "Ibu dapat menerbitkan perintah sekarang.\n"
            "Tugas Ibu: menandatangani rekap; datang sendiri ke sini.\n"
            "Saat ini tidak ada tugas yang menunggu.\nBantuan kapan saja: /bantuan",
            ["Buat perintah", "Lihat kemajuan", "Coba di kantor latihan"],
        ),
        (
            SEKRETARIS,
            "Bapak dapat menyiapkan konsep perintah dan menetapkan pejabat, Plt., dan Plh. "
            "sekarang.\nTugas Bapak: meneruskan perintah, mencatat rapat, memvalidasi data unit, "
            "menyampaikan data unit, dan lainnya; datang sendiri ke sini.\n",
            ["Siapkan konsep perintah", "Lihat kemajuan", "Coba di kantor latihan"],
        ),
        (
            KASUBAG,
            "Ibu dapat menyiapkan konsep perintah dan memperbarui daftar indikator sekarang.\n"
            "Tugas Ibu: menyiapkan format, membagikan format, menerima kiriman, menyusun rekap, "
            "dan lainnya; datang",
            ["Siapkan konsep perintah", "Lihat kemajuan", "Coba di kantor latihan"],
        ),
        (
            "Dedi",
            "(Penyuluh Keluarga Berencana).\n"
            "Tugas Bapak: mengisi angka; datang sendiri ke sini.\nSaat ini",
            ["Lihat kemajuan", "Coba di kantor latihan"],
        ),
        (
            OPERATOR,
            "Bapak dapat menyiapkan konsep perintah dan mencatat tindakan pejabat yang belum "
            "menggunakan Telegram sekarang.\nBantuan kapan saja: /bantuan",
            ["Siapkan konsep perintah", "Lihat kemajuan", "Coba di kantor latihan"],
        ),
        (
            ADMIN,
            "Bapak dapat mengelola daftar pegawai dan undangan, menetapkan pejabat, Plt., dan Plh."
            " dan mengatur kalender sekarang.\nBantuan kapan saja: /bantuan",
            ["Daftar pegawai", "Lihat kemajuan", "Coba di kantor latihan"],
        ),
    ],
)
def test_start_says_what_the_person_may_do_and_what_comes_to_him(
    stage: Stage, name: str, told: str, offered: list[str]
) -> None:
    kantor = stage("open")

    kantor.say(name, "/start")

    assert told in kantor.last(name).text
    assert kantor.last(name).offered == offered


def test_the_buttons_of_the_first_message_act(stage: Stage) -> None:
    kantor = stage("ordered")
    kantor.say(KADIS, "/start")
    shown = kantor.last(KADIS)
    kantor.press(KADIS, "mulai_status", shown)
    assert kantor.task(KADIS, "status").args["nomor"] == "001/2026"
    kantor.press(KADIS, "mulai_perintah", shown)
    assert kantor.question(KADIS).text.endswith("SOP yang akan dijalankan?")

    kantor.say(SEKRETARIS, "/start")
    shown = kantor.last(SEKRETARIS)
    assert "Tugas yang menunggu: <b>1</b>.\n" in shown.text
    assert shown.offered[:2] == ["Siapkan konsep perintah", "Lihat tugas"]
    kantor.press(SEKRETARIS, "mulai_tugas", shown)
    assert kantor.task(SEKRETARIS, "daftar_tugas")


def test_a_new_pelaksana_reads_first_what_his_task_is(stage: Stage, tmp_path: Path) -> None:
    kantor = stage("open")

    def edit(rows: list[StaffRow]) -> list[StaffRow]:
        dedi = rows[at(rows, "Dedi")]
        return [*rows, replace(dedi, nama="Sari Malonda, S.K.M.", nip="199203042018012003")]

    send_list(kantor, tmp_path, edit)
    kantor.press(ADMIN, "simpan")
    with kantor.store.transaction() as tx:
        [(_, code)] = tx.people.make_invites(kantor.now)
    kantor.say(78, f"/start {code}")
    kantor.press_data(78, kantor.chats["c78"][-1].id, kantor.chats["c78"][-1].buttons[0].data)

    told = kantor.chats["c78"][-1]
    assert told.text == (
        "✅ Akun aktif: Ibu Sari Malonda, Penyuluh Keluarga Berencana.\n"
        "Tugas Ibu: mengisi angka; datang sendiri ke sini.\n"
        "Bantuan kapan saja: /bantuan"
    )
    assert told.offered == ["Lihat kemajuan", "Coba di kantor latihan"]


def test_an_office_that_gives_its_rights_otherwise_is_told_the_truth(stage: Stage) -> None:
    kantor = stage("open")
    allow(kantor, sekretaris=[], operator=["indikator"], admin=["pegawai"])

    for name in (SEKRETARIS, OPERATOR):
        kantor.say(name, "/start")

    assert " dapat " not in kantor.last(SEKRETARIS).text
    assert "Bapak dapat memperbarui daftar indikator sekarang." in kantor.last(OPERATOR).text
    assert kantor.last(OPERATOR).offered[0] == "Daftar indikator"


def test_a_forwarded_link_binds_nobody_else_and_the_admin_hears_of_it(stage: Stage) -> None:
    kantor = stage("open")
    with kantor.store.transaction() as tx:
        everybody = frozenset(person.id for person in tx.office.roster().people)
        codes = dict(tx.people.make_invites(kantor.now, only=everybody))
    code = next(c for p, c in codes.items() if p.nama.startswith("Joni"))
    kantor.say(91, f"/start {code}")
    kantor.say(92, f"/start {code}")
    own, other = (kantor.chats[f"c{user}"][-1] for user in (91, 92))
    assert own.args["nama"].startswith("Joni"), "he reads whose invitation it is"
    digits = own.args["nip"].replace(" ", "")
    assert f"NIP ********{digits[8:14]} {digits[14]} {digits[15:]}\n" in own.text
    assert digits[:8] not in own.text
    assert "Apakah data ini benar milik " in own.text
    kantor.press_data(92, other.id, other.button("bukan_saya").data)
    kantor.press_data(91, own.id, own.button("benar_daftarkan").data)
    waiting = kantor.task(ADMIN, "pendaftaran_menunggu")
    kantor.press(ADMIN, "konfirmasi", waiting)
    for _ in range(2):
        kantor.say(93, f"/start {code}")

    assert kantor.chats["c93"][-1].key == "kode_sudah_dipakai"
    told = [s for s in kantor.chat(ADMIN) if s.key == "undangan_dibuka_lagi"]
    assert [s.args["nama"].split()[0] for s in told] == ["Joni"]
    with kantor.store.reading() as queries:
        assert (
            queries.office.person_of(91),
            queries.office.person_of(92),
            queries.office.person_of(93),
        ) == (
            kantor.people["Joni"],
            None,
            None,
        )


def test_rows_are_shared_by_hand_as_long_as_any_are_left(stage: Stage, tmp_path: Path) -> None:
    """Ten more Pelaksana at a unit of nine rows: the last of them has none to be asked about."""
    kantor = stage("handed_out")

    def edit(rows: list[StaffRow]) -> list[StaffRow]:
        dedi = rows[at(rows, "Dedi")]
        more = [
            replace(dedi, nama=f"{name} Malonda", nip=f"199203042018012{n:03d}")
            for n, name in enumerate(
                ["Ani", "Budi", "Citra", "Dewi", "Eka", "Fani", "Gita", "Hani", "Ida", "Juli"]
            )
        ]
        return [*rows, *more]

    send_list(kantor, tmp_path, edit)
    kantor.press(ADMIN, "simpan")
    kantor.press("Herlina", "Catat rapat", kantor.task("Herlina", "tugas_rapat"))
    kantor.press("Herlina", "rapat_hari_ini")
    kantor.press("Herlina", "benar")
    kantor.press("Herlina", "lanjut")

    kantor.press("Herlina", "pilih_sendiri")
    for n in range(1, 10):
        assert kantor.question("Herlina").key == "tanya_rapat_baris"
        kantor.say("Herlina", f"KBK-0{n}")
    assert kantor.question("Herlina").key == "tanya_rapat_hasil"
    kantor.say("Herlina", SENTENCE)
    kantor.press("Herlina", "Catat rapat", kantor.last("Herlina"))

    shared = kantor.perintah(1).tasks("5", "KBK")
    assert sorted(t.codes for t in shared) == [(f"KBK-0{n}",) for n in range(1, 10)]
    assert kantor.people["Wahyuni"] not in {t.person_id for t in shared}

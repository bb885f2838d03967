"""What officials read: the terms of the office and of the law, rendered."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests import worded
from tests.conftest import Stage
from tests.officials import (
    ADMIN,
    KADIS,
    KASUBAG,
    OPERATOR,
    SEKRETARIS,
    forward,
    meet,
    sign,
)
from tests.stories.test_people import appoint, come_back, leave, open_day


def test_findings_of_a_plh_are_called_his(stage: Stage) -> None:
    kantor = stage("closing")
    appoint(kantor, "Kepala Dinas", "Ardin", "Plh.", "25-11-2026", "27-11-2026")
    open_day(kantor, 25)

    kantor.press(SEKRETARIS, "ada_kesalahan")
    kantor.say(SEKRETARIS, "PPA-06")
    kantor.say(SEKRETARIS, "tidak sesuai dengan laporannya")
    kantor.press(SEKRETARIS, "terbitkan")

    task = kantor.task(SEKRETARIS, "tugas_verifikasi")
    assert "Plh. Kepala Dinas menemukan <b>1 kesalahan</b>" in task.text
    assert "Catatan Plh. Kepala Dinas: “tidak sesuai dengan laporannya”" in task.text


def test_an_objection_of_the_kepala_dinas_is_told_to_the_operator_only(stage: Stage) -> None:
    kantor = stage("closing")
    leave(kantor, KADIS)
    kantor.say(OPERATOR, "/catat")
    kantor.press(OPERATOR, "tugas_ke")
    kantor.press(OPERATOR, "Tanda tangani")
    kantor.send(OPERATOR, None, "lembar.jpg")
    kantor.press(OPERATOR, "tanda_tangani_versi")
    come_back(kantor, KADIS)
    kantor.press(KADIS, "keberatan", kantor.task(KADIS, "dicatat_operator"))
    kantor.say(KADIS, "Saya belum pernah menandatangani rekap itu.")

    answered = kantor.task(KADIS, "keberatan_dicatat").text
    assert answered.startswith("✅ Keberatan dicatat ")
    assert answered.endswith(" dan disampaikan kepada Operator.")


def test_an_objection_of_a_unit_waits_for_a_decision(stage: Stage) -> None:
    kantor = stage("objected")
    card = kantor.task(KASUBAG, "tugas_sanggah")
    kantor.press(KASUBAG, "Teruskan", card)

    asked = kantor.task(SEKRETARIS, "tugas_putusan")
    assert "Mohon keputusan Bapak." in asked.text
    kantor.press(SEKRETARIS, "terbukti", asked)
    assert "Mohon menuliskan alasan keputusan terbukti" in kantor.question(SEKRETARIS).text
    kantor.say(SEKRETARIS, "Batas data 30 September sudah lewat.")

    told = kantor.task(SEKRETARIS, "selesai_putusan").text
    assert " diputuskan " in told
    who = {"sapaan": "Bapak", "nama": "Ardin Lasimpo, S.E."}
    ended = {"hasil": "diputus_terbukti", "oleh": who, "saat": kantor.now.isoformat()}
    line = worded.words().say("akhir", ended).text
    assert line.startswith("✅ Temuan tetap terbukti, diputuskan oleh Bapak Ardin Lasimpo, ")


def test_a_note_is_asked_for_in_one_grammar(stage: Stage) -> None:
    kantor = stage("ordered")

    kantor.press(SEKRETARIS, "Teruskan")

    assert "Mohon dituliskan, atau tekan Tanpa catatan." in kantor.question(SEKRETARIS).text


def test_an_order_is_to_be_stopped_until_it_is(stage: Stage) -> None:
    kantor = stage("ordered")

    kantor.say(KADIS, "/hentikan 1")

    assert kantor.question(KADIS).text.startswith("Perintah No. 001/2026 akan dihentikan. Mohon")


def test_a_new_order_asks_for_the_sop_to_be_executed(stage: Stage) -> None:
    kantor = stage("open")

    kantor.say(KADIS, "/perintah")

    assert "SOP yang akan dijalankan?" in kantor.question(KADIS).text


def test_what_the_operator_records_is_called_an_act(stage: Stage) -> None:
    kantor = stage("open")
    kantor.say(ADMIN, "/pegawai")
    kantor.press(ADMIN, "dicatat_operator")
    assert kantor.question(ADMIN).text.startswith(
        "Tindakan siapa yang boleh dicatat Operator walaupun yang bersangkutan menggunakan "
    )
    kantor.say(ADMIN, "Rusdin")
    assert "mencatat tindakan Bapak selaku" in kantor.task("Rusdin", "boleh_dicatat").text


def test_dates_of_a_post_are_asked_and_shown_in_one_form(stage: Stage) -> None:
    kantor = stage("open")
    kantor.say(ADMIN, "/pejabat")
    kantor.press(ADMIN, "tetapkan_pejabat")
    assert kantor.question(ADMIN).text == "Mohon memilih jabatan."
    kantor.press(ADMIN, "Kepala Dinas")
    assert kantor.question(ADMIN).text == "Mohon memilih pejabatnya, atau mengetik namanya."
    kantor.say(ADMIN, "Ardin")
    kantor.press(ADMIN, "Plh.")
    assert kantor.question(ADMIN).text == (
        "Mohon menuliskan tanggal mulai."
        " Contoh: 25-11-2026, besok, atau 25-11-2026 s.d. 27-11-2026"
    )
    kantor.say(ADMIN, "25-11-2026")
    assert kantor.question(ADMIN).text == "Mohon menuliskan tanggal terakhir. Contoh: 25-11-2026"


REFUSED: dict[str, Any] = {"nama": "Format.xlsx", "batas": None, "sheet": "Isian", "cell": "A1"}


@pytest.mark.parametrize(
    ("key", "args", "told"),
    [
        (
            "undangan",
            {"nama": "Sari Malonda, S.K.M.", "jabatan": ["Plh."], "nip": "", "sapaan": "Ibu"},
            "Apakah data ini benar milik Ibu?",
        ),
        (
            "cadangan_selesai",
            {"nama": "sigap.tar", "ukuran": "2.9", "berkas": 3},
            "(2,9 MB, 3 berkas)",
        ),
        ("gangguan_berkas", {"jumlah": 2}, "tidak lagi sama dengan sidik digitalnya."),
        (
            "kendala_diputus",
            {
                "hasil": "lanjut",
                "langkah": 5,
                "uraian": "Menyusun data kinerja",
                "unit": "PPA",
                "saat": "2026-11-24T09:00:00+08:00",
                "oleh": {"sapaan": "Ibu", "nama": "Marlina"},
            },
            "dilanjutkan tanpa jeda atas keputusan Ibu Marlina",
        ),
        (
            "cadangan_selesai",
            {"nama": "sigap.tar", "ukuran": "2.9", "berkas": 3},
            "kunci segel (audit.key) tidak ada di dalamnya",
        ),
        ("tolak_doctype", REFUSED, "memuat bagian yang tidak lazim pada buku kerja"),
        ("tolak_password", REFUSED, "(File, Info, Protect Workbook/Proteksi Buku Kerja)"),
        ("tolak_merge", REFUSED, "(Unmerge Cells, Pisahkan Sel)"),
        ("tolak_no_sheet", REFUSED, "lalu Unhide/Perlihatkan"),
        ("tolak_not_workbook", REFUSED, "PC: File, Save As (Simpan Sebagai), jenis"),
        (
            "tanya_rapat_hasil",
            {},
            "Data bulan September diambil dari laporan balai, diselesaikan 25 November.",
        ),
        (
            "konsep_ditolak",
            {
                "dari": {"sapaan": "Bapak", "nama": "Ardin"},
                "oleh": {"sapaan": "Ibu", "nama": "Marlina"},
            },
            "tidak digunakan atas keputusan Ibu Marlina.",
        ),
    ],
)
def test_a_sentence_reads_as_an_office_writes_it(
    key: str, args: dict[str, Any], told: str
) -> None:
    assert told in worded.words().say(key, args).text


def test_a_name_that_ends_with_a_stop_takes_no_second_one() -> None:
    args = {
        **{"mulai": "2026-11-25", "berakhir": "", "jenis": "definitif", "jabatan": "Kasubag"},
        **{"unit": "", "surat": "", "nama": "Fadli Onggali, S.Pd., M.Si.", "jumlah": 0},
        "dialihkan": [],
    }

    told = worded.words().say("pelaksana_jabatan", args).text

    assert "dilaksanakan oleh Fadli Onggali, S.Pd., M.Si.\n" in told


def test_the_final_post_tells_how_it_is_checked_in_plain_words(stage: Stage) -> None:
    kantor = stage("closing")
    sign(kantor)

    post = next(seen for seen in reversed(kantor.group) if seen.key == "grup_selesai")
    code, entry = post.args["kode"], post.args["jejak"][:8].upper()
    assert post.text.endswith(
        f"Kode keaslian <code>{code}</code> · kode catatan <code>{entry[:4]}-{entry[4:]}</code>. "
        "Periksa: kirim berkasnya, atau <code>/verifikasi</code> diikuti salah satu kode."
    )
    assert "SHA" not in post.text
    kantor.say(KADIS, "/arsip 1")
    assert "Cara memeriksa: BACA_SAYA.txt." in kantor.last(KADIS).text


FORMER = (
    *("Plt, Plh", "bukti yang valid", "sidik isinya", "kunci jejak", "perintah tersembunyi"),
    *("Tetap (tidak terbukti)", "selesai besok", "Tugas berjalan dialihkan: "),
    *("Pejabat, Plt. dan Plh.", "kantor yang kemarin", "Tidak perlu apa-apa", "hilang selain"),
    *("Kunci yang tidak dikenal disebut semuanya sekaligus", "admin kantor", "Admin kantor"),
)
ROOT = Path(__file__).parents[2]
# What officials and admins read beside the SOPs, whose wording is that of the paper.
READ = (ROOT / "bot" / "texts.yaml", *sorted((ROOT / "docs").glob("panduan-*.md")))


@pytest.mark.parametrize("former", FORMER)
def test_a_former_wording_is_nowhere_left(former: str) -> None:
    assert [path.name for path in READ if former in path.read_text(encoding="utf-8")] == []


def test_the_signature_of_a_correction_tells_what_was_not_proven(stage: Stage) -> None:
    kantor = stage("before_signing")

    told = kantor.task(KADIS, "tugas_tanda_tangan", None)
    again = worded.words().say(told.key, {**told.args, "gugur": ["PPA-01"]}).text
    assert "Tidak diubah karena temuan tidak terbukti: PPA-01." in again


def test_the_command_of_posts_is_named_with_its_commas() -> None:
    assert worded.words().toast("menu.pejabat", {}) == "Pejabat, Plt., dan Plh."


def test_a_chat_is_called_percakapan_but_in_the_label_of_the_contract() -> None:
    texts = READ[0].read_text(encoding="utf-8").partition("\n")[2]

    assert re.findall(r"\bchat\b", re.sub(r"#.*|Isi lewat chat|'chat':", "", texts)) == []


def test_the_guide_calls_the_signature_an_internal_approval() -> None:
    guide = (ROOT / "docs" / "panduan-pejabat.md").read_text(encoding="utf-8")

    assert "persetujuan elektronik internal" in guide
    assert "Mengesahkan" not in guide


def test_a_proxy_of_a_post_is_told_how_many_tasks_move() -> None:
    args = {
        **{"mulai": "2026-11-25", "berakhir": "2026-11-27", "jenis": "Plh", "surat": ""},
        **{"jabatan": "Sekretaris", "unit": "", "nama": "Ardin", "jumlah": 2, "dialihkan": []},
    }

    assert "Tugas berjalan yang dialihkan: 2" in worded.words().say("pelaksana_jabatan", args).text


def test_a_superior_is_told_of_by_his_post(stage: Stage) -> None:
    kantor = stage("ordered")

    task = kantor.task(SEKRETARIS, "tugas_teruskan").text

    assert "Disposisi <b>No. 001/2026</b> (<b>Biasa</b>) dari Kepala Dinas, hal" in task
    assert "Marlina" not in task


def test_whoever_did_it_himself_is_not_told_his_own_name(stage: Stage) -> None:
    kantor = stage("handed_out")
    own = kantor.task("Fadli", "tugas_rapat", "PPR")
    meet(kantor, "PPR")
    kantor.pass_minutes(6)
    kantor.tick()

    line = "✅ Langkah 4 (rapat unit PPR): dicatat Sel 24 Nov 08.00."
    assert kantor.again("Fadli", own).text == line


def test_a_superior_reads_his_own_decision_without_his_name(stage: Stage) -> None:
    kantor = stage("handed_out")
    meet(kantor, "DAL")
    kantor.say("Irma", "/perpanjangan")
    kantor.press("Irma", "tambah_hari")
    kantor.say("Irma", "Laporan 4 kecamatan baru masuk pagi ini.")
    kantor.press("Rusdin", "setujui")

    closed = kantor.task("Rusdin", "perpanjangan_diputus").text
    assert closed.startswith("✅ Perpanjangan langkah 5 (isi data DAL) disetujui. Batas berlaku: ")
    told = kantor.task("Irma", "hasil_perpanjangan").text
    assert "<b>disetujui</b> oleh Kepala Bidang Dalduk." in told


def test_who_is_appointed_is_told_so_in_the_second_person(stage: Stage) -> None:
    kantor = stage("open")
    appoint(kantor, "Kepala Bidang", "Nurdiana", "Plh.", "25-11-2026", "27-11-2026", "KBK")
    open_day(kantor, 25)

    told = kantor.task("Nurdiana", "pelaksana_jabatan").text
    assert "Ibu ditetapkan selaku <b>Plh. Kepala Bidang KBK</b>" in told
    assert "Nurdiana" not in told
    owner = kantor.task("Herlina", "pelaksana_jabatan").text
    assert "tugas Kepala Bidang KBK dilaksanakan oleh Nurdiana Lambuto, S.Psi. selaku" in owner


def test_a_post_for_one_day_names_it_once(stage: Stage) -> None:
    kantor = stage("open")
    appoint(kantor, "Kepala Bidang", "Nurdiana", "Plh.", "25-11-2026", "25-11-2026", "KBK")
    open_day(kantor, 25)

    told = kantor.task("Nurdiana", "pelaksana_jabatan").text
    assert told.startswith("Pemberitahuan: pada Rab 25 Nov 2026 Ibu ditetapkan selaku")


def test_a_task_is_worded_as_the_act_of_its_holder(stage: Stage) -> None:
    kantor = stage("ordered")
    forward(kantor)

    task = kantor.task(KASUBAG, "tugas_format").text

    assert "\nTugas Ibu: membuat format permintaan data (langkah 2/9)\n" in task


def test_where_the_bot_knows_it_says_ibu(stage: Stage) -> None:
    kantor = stage("open")
    kantor.say(KADIS, "/tugas")

    assert "menunggu tindakan Ibu." in kantor.last(KADIS).text


def test_a_long_name_of_a_unit_is_cut_behind_a_word(stage: Stage) -> None:
    kantor = stage("open")
    kantor.say(KADIS, "/perintah pengumpulan TW III 2026")
    kantor.press(KADIS, "ubah_isian")
    kantor.press(KADIS, "isian_unit")

    labels = " ".join(str(b.label or b.args) for b in kantor.question(KADIS).buttons)
    assert "PPA Bidang Perlindungan…" in labels


def test_names_stand_beside_the_steps_of_the_board_and_its_picture(stage: Stage) -> None:
    kantor = stage("handed_out")
    kantor.say(KASUBAG, "/status 1")

    words, seen = kantor.chat(KASUBAG)[-2:]
    columns = ("4 rapat", "5 isi", "6 rekap", "7 validasi", "8 kirim")
    assert " · ".join(columns) in words.text
    assert "\nRapat unit SEK: Bapak Ardin Lasimpo, sejak" in words.text
    board = seen.files[0].data["isi"]
    assert tuple(board["kolom"]) == columns
    assert [cell["nama"] for cell in board["kantor"]][:2] == ["1 perintah", "2 format"]

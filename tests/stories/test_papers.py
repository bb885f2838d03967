"""Paper and proof: what is issued by whom, handed out, corrected, and found true or changed."""

import hashlib
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.operations.verify import audit
from flows.forms.form import Sheet, Unreadable
from flows.model.commands import Sent
from flows.model.messages import Attachment
from flows.model.perintah import Dokumen
from flows.model.proof import TOO_LARGE, TOO_OFTEN
from reports.papers.layout import paper
from storage.rows.notation import plain
from tests import officials
from tests.conftest import Stage
from tests.kantor import Kantor, Seen, wita
from tests.officials import ADMIN, HEADS, KADIS, KASUBAG, OPERATOR, SEKRETARIS

STRANGER = 77


@pytest.fixture
def kantor(stage: Stage) -> Kantor:
    return stage("open")


def kinds(seen: Seen) -> list[tuple[str, str]]:
    return [(file.kind, file.format) for file in seen.files]


def laid_out(dokumen: Dokumen) -> dict[str, Any]:
    """As the template would get it: the data are complete and in order."""
    issue = {"kode": dokumen.code, "sha256": dokumen.sha256, **plain(dokumen.data["pengesahan"])}
    return paper(dokumen.kind, plain(dokumen.data["isi"]), issue)


def drawn(kantor: Kantor, dokumen: Dokumen, content: bytes, form: str = "pdf") -> str:
    """The paper's file on record, as the sender leaves it."""
    sha256 = kantor.store.files.keep(content)
    with kantor.store.transaction() as tx:
        tx.record.add_rendition(1, dokumen.seq, form, sha256, kantor.now)
    return sha256


def forward_file(kantor: Kantor, who: str | int, sha256: str, **further: Any) -> Seen:
    sent = Sent(kantor.origin(who), sha256, "rekap.pdf", 1000, "document", **further)
    kantor.do(sent)
    chat = f"c{who}" if isinstance(who, int) else f"p{kantor.people[who]}"
    return kantor.chats[chat][-1]


def test_the_order_goes_out_with_its_disposition_sheet(kantor: Kantor) -> None:
    officials.order(kantor)

    seen = kantor.task(SEKRETARIS, "tugas_teruskan")
    disposisi = kantor.perintah(1).paper("disposisi")
    assert kinds(seen) == [("dokumen", "pdf")]
    assert disposisi is not None
    assert seen.files[0].seq == disposisi.seq
    assert laid_out(disposisi)["tanda_tangan"]["jabatan"][0].startswith(
        "KEPALA DINAS PENGENDALIAN"
    )
    assert ticked(disposisi) == [True, False]


def ticked(sheet: Dokumen) -> list[bool]:
    """Sekretaris and Kasubag, in the order of the sheet."""
    return [one["dituju"] for one in laid_out(sheet)["diteruskan"]]


def test_every_paraf_of_the_chain_makes_the_next_version(kantor: Kantor) -> None:
    officials.order(kantor)
    officials.forward(kantor, "Mohon format memuat kolom bukti dukung.")

    sheet = kantor.perintah(1).paper("disposisi")
    assert sheet is not None
    assert sheet.version == 2
    first, second = laid_out(sheet)["diteruskan"]
    assert first["nama"].startswith("Ardin")
    assert first["waktu"]
    assert second["waktu"] == ""
    assert ticked(sheet) == [True, True]
    assert laid_out(sheet)["catatan"][0]["isi"] == "Mohon format memuat kolom bukti dukung."


def test_the_same_state_issues_no_new_paper(kantor: Kantor) -> None:
    officials.order(kantor)
    before = len(kantor.perintah(1).dokumen)

    kantor.say(KADIS, "/status 1")
    kantor.press(SEKRETARIS, "Teruskan")

    assert len(kantor.perintah(1).dokumen) == before


def test_the_receipt_stands_on_the_letter_of_that_unit_alone(kantor: Kantor) -> None:
    officials.start_collection(kantor)
    kantor.press(HEADS["KBK"], "terima", kantor.task(HEADS["KBK"], "tugas_rapat", "KBK"))

    taken, open_one = (kantor.perintah(1).paper("pengantar", unit) for unit in ("KBK", "DAL"))
    assert taken is not None
    assert open_one is not None
    assert (taken.version, open_one.version) == (2, 1)
    assert laid_out(taken)["penerima"]["nama"].startswith("Herlina")
    assert laid_out(open_one)["penerima"]["waktu"] == ""


def test_a_meeting_leaves_complete_notulen(kantor: Kantor) -> None:
    officials.start_collection(kantor)
    officials.meet(kantor, "KBK")

    found = kantor.perintah(1).paper("notulen", "KBK")
    assert found is not None
    told = laid_out(found)
    assert told["hari_tanggal"] == "Selasa, 24 November 2026"
    assert told["pimpinan"].startswith("Herlina")
    assert [p["nama"].split()[0] for p in told["peserta"]] == ["Herlina", "Wahyuni", "Dedi"]
    assert all(p["jabatan"] for p in told["peserta"])
    assert told["tindak_lanjut"][0]["baris"][0] == "KBK-01"
    assert told["tindak_lanjut"][0]["batas"]


def test_notulen_are_corrected_by_a_reply(kantor: Kantor) -> None:
    officials.start_collection(kantor)
    officials.meet(kantor, "KBK")
    kantor.say("Herlina", "/notulen 1")
    shown = kantor.last("Herlina")

    kantor.say("Herlina", "tempat: Ruang rapat II", reply_to=shown)

    found = kantor.perintah(1).paper("notulen", "KBK")
    assert found is not None
    told = laid_out(found)
    assert (found.version, told["tempat"]) == (2, "Ruang rapat II")
    assert told["koreksi"][0]["medan"] == "tempat"
    assert kantor.last("Herlina").text.startswith("✅ Notula <b>KBK</b> diperbaiki: versi 2, kode")
    assert kantor.last("Herlina").files[0].seq == found.seq


def test_papers_are_numbered_at_issue_and_a_correction_keeps_its_number(kantor: Kantor) -> None:
    officials.start_collection(kantor)
    officials.meet(kantor, "KBK")
    officials.meet(kantor, "DAL")
    kantor.say("Herlina", "/notulen 1")
    kantor.say("Herlina", "tempat: Ruang rapat II", reply_to=kantor.last("Herlina"))

    first, second = (kantor.perintah(1).paper("notulen", unit) for unit in ("KBK", "DAL"))
    assert first is not None
    assert second is not None
    assert laid_out(first)["nomor"] == "000.8/1/DP2KBP3A/XI/2026"
    assert laid_out(second)["nomor"] == "000.8/2/DP2KBP3A/XI/2026"


def test_a_rekap_bears_its_number_from_the_signature_on(stage: Stage) -> None:
    kantor = stage("closing")
    before = kantor.perintah(1).paper("rekap")
    officials.sign(kantor)

    signed = kantor.perintah(1).paper("rekap")
    assert before is not None
    assert signed is not None
    assert laid_out(before)["nomor"] == ""
    assert laid_out(signed)["nomor"] == "000.8/1/DP2KBP3A/XI/2026"


def test_the_rekap_of_a_correction_shows_what_its_rows_were(stage: Stage) -> None:
    kantor = stage("before_signing")
    collected, corrected = (kantor.perintah(n).paper("rekap") for n in (1, 2))
    assert collected is not None
    assert corrected is not None

    rows = [row for unit in laid_out(corrected)["rincian"]["unit"] for row in unit["baris"]]
    changed = {row["sel"][0]: row["semula"] for row in rows if row["diperbaiki"]}

    [table] = [t for t in laid_out(corrected)["tabel"] if t["nama"] == "Semula-Menjadi"]
    assert changed == {line[1]: line[3] for line in table["baris"] if line[2] == "Realisasi"}
    former = [unit["baris"] for unit in laid_out(collected)["rincian"]["unit"]]
    assert len(rows) == sum(map(len, former)) == 37
    assert not any(row["diperbaiki"] for unit in former for row in unit)


def test_a_reply_that_names_no_field_changes_nothing(kantor: Kantor) -> None:
    officials.start_collection(kantor)
    officials.meet(kantor, "KBK")
    kantor.say("Herlina", "/notulen 1")
    shown = kantor.last("Herlina")

    with kantor.nothing_moves():
        kantor.say("Herlina", "kurang lengkap", reply_to=shown)

    assert kantor.last("Herlina").key == "notulen_tak_dipahami"


def test_a_correction_too_long_is_not_cut_off(kantor: Kantor) -> None:
    officials.start_collection(kantor)
    officials.meet(kantor, "KBK")
    kantor.say("Herlina", "/notulen 1")
    shown = kantor.last("Herlina")

    with kantor.nothing_moves():
        kantor.say("Herlina", f"hasil: {'a' * 1001}", reply_to=shown)

    assert kantor.last("Herlina").text.startswith("Terlalu panjang (1.001 karakter).")


def test_a_pelaksana_sees_the_notulen_but_does_not_correct_them(kantor: Kantor) -> None:
    officials.start_collection(kantor)
    officials.meet(kantor, "KBK")
    kantor.say("Dedi", "/notulen 1")
    shown = kantor.last("Dedi")

    with kantor.nothing_moves():
        kantor.say("Dedi", "hasil: semuanya sudah benar", reply_to=shown)

    assert kinds(shown) == [("dokumen", "pdf")]
    assert kantor.last("Dedi").key == "bukan_kewenangan_notulen"


def test_the_end_leaves_a_berita_acara_of_every_step(stage: Stage) -> None:
    kantor = stage("collected")
    officials.close(kantor)
    officials.sign(kantor)

    found = kantor.perintah(1).paper("berita_acara")
    assert found is not None
    told = laid_out(found)
    assert {step["langkah"] for step in told["langkah"]} >= {"1", "2a", "5", "9", "–"}
    assert told["persetujuan"].startswith("Disetujui secara elektronik (internal)")
    assert len(told["paraf"]) == 2


def test_the_final_post_bears_witness_of_record_and_rekap(stage: Stage) -> None:
    kantor = stage("collected")
    officials.close(kantor)
    officials.sign(kantor)

    post = next(seen for seen in kantor.group if seen.key == "grup_selesai")
    rekap = kantor.perintah(1).paper("rekap")
    assert rekap is not None
    assert post.args["sha256"] == rekap.sha256
    assert not _doubted(kantor, post.args["jejak"][:16])
    assert _doubted(kantor, "0" * 16)


def _doubted(kantor: Kantor, head: str) -> bool:
    return any(told.startswith("witness") for told in audit(kantor.store, (head,)).breaks)


def test_status_is_answered_in_words_and_one_picture_follows(kantor: Kantor) -> None:
    officials.start_collection(kantor)

    kantor.say(KASUBAG, "/status 1")

    words, seen = kantor.chat(KASUBAG)[-2:]
    assert (words.key, words.files) == ("status", ())
    assert (seen.key, kinds(seen)) == ("status_gambar", [("cetak", "png")])
    board = paper("papan", plain(seen.files[0].data["isi"]), {"kode": "", "sha256": "0" * 64})
    assert [line["kode"] for line in board["baris"]] == ["SEK", "DAL", "KBK", "PPR", "PPA"]
    assert board["baris"][2]["siapa"] == "Herlina Sumbolan"


def test_the_picture_is_the_same_for_all_until_the_state_changes(kantor: Kantor) -> None:
    def picture(name: str) -> Attachment:
        kantor.say(name, "/status 1")
        [file] = kantor.last(name).files
        return file

    officials.start_collection(kantor)
    first = picture(KASUBAG)
    kantor.pass_minutes(7)
    assert picture("Dedi") == picture("Irma") == first
    kantor.now = wita(24, "10.00")
    late = picture("Irma")
    assert late != first, "limits have passed"
    kantor.pass_minutes(7)
    assert picture(KASUBAG) == late
    officials.meet(kantor, "DAL")
    assert picture(KASUBAG) != late


def test_the_sop_is_handed_out_with_and_without_an_order(kantor: Kantor) -> None:
    kantor.say(KASUBAG, "/sop")
    assert len(kantor.last(KASUBAG).files) == 4

    officials.order(kantor)
    kantor.say(KASUBAG, "/sop")

    names = [file.name for file in kantor.last(KASUBAG).files]
    assert names[0] == "SOP_Pengumpulan_Data_Kinerja_langsung"
    assert len(names) == 3


@pytest.mark.parametrize(
    ("who", "units"), [(KADIS, []), (SEKRETARIS, []), (OPERATOR, []), ("Herlina", ["KBK"])]
)
def test_the_archive_is_for_those_above_and_in_part_for_a_head(
    kantor: Kantor, who: str, units: list[str]
) -> None:
    officials.order(kantor)

    kantor.say(who, "/arsip 1")

    [file] = kantor.last(who).files
    assert (file.kind, list(file.data["unit"])) == ("arsip", units)


@pytest.mark.parametrize("who", ["Dedi", ADMIN])
def test_nobody_else_gets_the_archive(kantor: Kantor, who: str) -> None:
    officials.order(kantor)

    with kantor.nothing_moves():
        kantor.say(who, "/arsip 1")

    assert kantor.last(who).key == "arsip_bukan_kewenangan"


def test_a_paper_of_a_perintah_without_one_is_told(kantor: Kantor) -> None:
    officials.order(kantor)

    kantor.say(KASUBAG, "/notulen 1")

    assert kantor.last(KASUBAG).key == "dokumen_belum"


def test_a_code_is_verified_by_anybody_and_tells_a_stranger_little(kantor: Kantor) -> None:
    officials.order(kantor)
    disposisi = kantor.perintah(1).paper("disposisi")
    assert disposisi is not None

    kantor.say(STRANGER, f"/start v_{disposisi.sha256[:8]}")
    kantor.say("Dedi", f"/verifikasi {disposisi.code}")

    outside, inside = kantor.chats[f"c{STRANGER}"][-1], kantor.last("Dedi")
    assert (outside.key, inside.key) == ("verifikasi_asli", "verifikasi_asli")
    assert (outside.args["terdaftar"], inside.args["terdaftar"]) == (False, True)
    assert outside.args["penanda"].startswith("Marlina")


@pytest.mark.parametrize("code", ["0000-0000", "ZZZZ-ZZZZ", "v_1", "8C41" * 500, "<b>"])
def test_a_code_that_does_not_exist_is_told(kantor: Kantor, code: str) -> None:
    officials.order(kantor)
    before = kantor.perintah(1)

    kantor.say("Dedi", f"/verifikasi {code}")

    assert kantor.last("Dedi").key in ("verifikasi_tak_dikenal", "tanya_verifikasi")
    assert kantor.perintah(1) == before


def test_the_qr_of_a_paper_that_does_not_exist_is_told(kantor: Kantor) -> None:
    officials.order(kantor)

    kantor.say(STRANGER, "/start v_00000000")

    assert kantor.chats[f"c{STRANGER}"][-1].key == "verifikasi_tak_dikenal"


def test_an_older_version_is_told_as_replaced(kantor: Kantor) -> None:
    officials.order(kantor)
    old = kantor.perintah(1).paper("disposisi")
    officials.forward(kantor)
    assert old is not None

    kantor.say(STRANGER, f"/verifikasi {old.code}")

    seen = kantor.chats[f"c{STRANGER}"][-1]
    assert (seen.key, seen.args["versi_baru"]) == ("verifikasi_digantikan", 2)


def test_a_forwarded_file_of_ours_is_true_without_a_question(kantor: Kantor) -> None:
    officials.order(kantor)
    disposisi = kantor.perintah(1).paper("disposisi")
    assert disposisi is not None
    sha256 = drawn(kantor, disposisi, b"%PDF ours")

    assert forward_file(kantor, STRANGER, sha256).key == "verifikasi_asli"
    assert forward_file(kantor, "Dedi", sha256).key == "verifikasi_asli"


def test_a_file_changed_outside_is_found_by_the_code_it_bears(kantor: Kantor) -> None:
    officials.order(kantor)
    disposisi = kantor.perintah(1).paper("disposisi")
    assert disposisi is not None
    kantor.say("Dedi", "/verifikasi")

    seen = forward_file(kantor, "Dedi", "9" * 64, claim=disposisi.code)

    assert (seen.key, seen.args["beda"]) == ("verifikasi_diubah", False)
    assert kantor.draft("Dedi") is None


def test_a_changed_workbook_comes_with_what_differs(stage: Stage) -> None:
    kantor = stage("collected")
    rekap = kantor.perintah(1).paper("rekap")
    assert rekap is not None
    sheet = Sheet("SEK", (), {"dokumen": rekap.code})
    sent = Sent(
        kantor.origin(KASUBAG), "9" * 64, "rekap.xlsx", 900, "document", "/verifikasi", sheet
    )

    kantor.do(sent)

    seen = kantor.last(KASUBAG)
    assert (seen.key, kinds(seen)) == ("verifikasi_diubah", [("beda", "xlsx")])


def test_the_figures_of_an_unapproved_rekap_are_not_told_by_a_difference(stage: Stage) -> None:
    kantor = stage("collected")
    rekap = kantor.perintah(1).paper("rekap")
    assert rekap is not None
    sheet = Sheet("SEK", (), {"dokumen": rekap.code})
    sent = Sent(kantor.origin("Dedi"), "9" * 64, "a.xlsx", 900, "document", "/verifikasi", sheet)

    kantor.do(sent)

    assert (kantor.last("Dedi").key, kantor.last("Dedi").files) == ("verifikasi_diubah", ())


def test_a_strangers_unknown_file_gets_the_usual_answer(kantor: Kantor) -> None:
    seen = forward_file(kantor, STRANGER, hashlib.sha256(b"x").hexdigest())

    assert seen.key == "belum_terdaftar"


def test_the_audit_finds_nothing_wrong_with_an_honest_office(stage: Stage) -> None:
    kantor = stage("handed_out")

    found = audit(kantor.store)

    assert found.breaks == ()
    assert found.told[-1].startswith("2 chains, 1")


def test_the_audit_names_a_paper_whose_data_were_changed(kantor: Kantor) -> None:
    officials.order(kantor)
    _tamper(kantor.folder, "UPDATE dokumen SET data = replace(data, 'Marlina', 'Mirlina')")

    found = audit(kantor.store).breaks
    assert found[0] == "p1 entry 1: row dokumen 1/1 was changed"
    assert "its data do not match" in found[1]


def test_the_audit_misses_a_record_that_is_gone_whole(kantor: Kantor) -> None:
    officials.order(kantor)
    with sqlite3.connect(kantor.folder / "sigap.db") as connection:
        connection.execute("DROP TRIGGER event_no_DELETE")
        connection.execute("DELETE FROM event WHERE chain = 'p1'")
        connection.execute("DELETE FROM chain WHERE chain = 'p1'")
    connection.close()

    assert audit(kantor.store).breaks == ("p1: its chain is gone",)


def test_the_audit_names_files_missing_and_changed(kantor: Kantor) -> None:
    officials.order(kantor)
    disposisi = kantor.perintah(1).paper("disposisi")
    assert disposisi is not None
    sha256 = drawn(kantor, disposisi, b"%PDF ours")
    path = kantor.store.files.path(sha256)

    path.write_bytes(b"%PDF theirs")
    changed = audit(kantor.store).breaks
    path.unlink()
    missing = audit(kantor.store).breaks

    assert changed[0].endswith("was changed")
    assert missing[0].endswith("is missing")


def _tamper(folder: Path, statement: str) -> None:
    with sqlite3.connect(folder / "sigap.db") as connection:
        assert connection.execute(statement).rowcount
    connection.close()


def test_a_stranger_is_asked_for_a_code_where_he_gives_none(kantor: Kantor) -> None:
    kantor.say(STRANGER, "/verifikasi")

    assert kantor.chats[f"c{STRANGER}"][-1].key == "tanya_verifikasi"


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (TOO_LARGE, "Berkas yang diperiksa paling besar 5 MB."),
        (TOO_OFTEN, "Pemeriksaan berkas paling banyak lima kali dalam satu jam."),
    ],
)
def test_a_stranger_is_told_why_his_file_is_not_verified(
    kantor: Kantor, reason: str, words: str
) -> None:
    sent = Sent(kantor.origin(STRANGER), "", "rekap.pdf", 9, "document", sheet=Unreadable(reason))

    kantor.do(sent)

    assert words in kantor.chats[f"c{STRANGER}"][-1].text


def test_a_file_too_large_to_verify_is_not_called_unknown(kantor: Kantor) -> None:
    for who in (STRANGER, "Dedi"):
        kantor.do(Sent(kantor.origin(who), "", "rekap.pdf", 30 * 2**20, "document", "/verifikasi"))

    assert kantor.chats[f"c{STRANGER}"][-1].key == "tolak_verify_too_large"
    assert kantor.last("Dedi").key == "tolak_too_large"


def test_in_the_group_a_stranger_learns_nothing_of_a_paper(kantor: Kantor) -> None:
    officials.order(kantor)
    disposisi = kantor.perintah(1).paper("disposisi")
    assert disposisi is not None
    origin = replace(kantor.origin(STRANGER), chat_kind="group", chat_id=-1_001_234)

    sent = Sent(origin, "9" * 64, "a.pdf", 9, "document", "/verifikasi", claim=disposisi.code)

    assert kantor.do(sent).is_refused

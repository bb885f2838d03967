"""Who signs: the holder, whoever acts for him, and whoever signs in his name (a.n.)."""

from typing import Any

import pytest

from reports.papers.layout import paper
from storage.rows.notation import plain
from tests import officials
from tests.conftest import Stage
from tests.kantor import Kantor, wita
from tests.officials import ADMIN, KADIS, KASUBAG, SEKRETARIS
from tests.stories.test_people import LETTER, appoint, open_day

HEAD = "KEPALA DINAS PENGENDALIAN PENDUDUK"


def laid_out(kantor: Kantor, kind: str) -> dict[str, Any]:
    found = kantor.perintah(1).paper(kind)
    assert found is not None
    acts = plain(found.data["pengesahan"])
    issue = {"kode": found.code, "sha256": found.sha256, **acts}
    return paper(kind, plain(found.data["isi"]), issue)


def sign(kantor: Kantor, name: str) -> None:
    kantor.press(name, "Tanda tangani", kantor.task(name, "tugas_tanda_tangan"))
    kantor.press(name, "tanda_tangani_versi")


def mandate(kantor: Kantor, who: str = ADMIN) -> None:
    """The Sekretaris may sign in the name of the Kepala Dinas, by letter and from today on."""
    kantor.say(who, "/pejabat")
    kantor.press(who, "tetapkan_pejabat")
    kantor.press(who, "Kepala Dinas")
    kantor.say(who, SEKRETARIS)
    kantor.press(who, "a.n.")
    kantor.press(who, "mulai_hari_ini")
    kantor.press(who, "belum_ditentukan")
    kantor.say(who, LETTER)
    kantor.press(who, "simpan")


def end_post(kantor: Kantor, words: str) -> None:
    """The penugasan whose button has these words ends today."""
    kantor.say(ADMIN, "/pejabat")
    kantor.press(ADMIN, "akhiri_penugasan")
    kantor.press(ADMIN, next(b for b in kantor.before_him(ADMIN).labels if words in b))
    kantor.press(ADMIN, "sampai_hari_ini")
    kantor.press(ADMIN, "simpan")


def test_a_rekap_names_its_signer_and_day_even_if_another_held_the_post_when_it_was_compiled(
    stage: Stage,
) -> None:
    kantor = stage("closing")
    before = kantor.perintah(1).paper("rekap")
    appoint(kantor, "Kepala Dinas", "Ardin", "Plh.", "25-11-2026", "27-11-2026")
    open_day(kantor, 25)

    sign(kantor, SEKRETARIS)

    block, signed = laid_out(kantor, "rekap")["tanda_tangan"], kantor.perintah(1).paper("rekap")
    assert block["jabatan"][0].startswith(f"Plh. {HEAD}")
    assert block["jabatan"][1] == "SEKRETARIS,"
    assert block["nama"].startswith("Ardin")
    assert block["tempat_tanggal"] == "Luwuk, 25 November 2026"
    assert before is not None
    assert signed is not None
    assert signed.code == before.code
    kantor.say(77, f"/verifikasi {signed.code}")
    assert kantor.chats["c77"][-1].args["penanda"].startswith("Ardin")


def test_an_unsigned_rekap_has_no_day_beside_its_place(stage: Stage) -> None:
    block = laid_out(stage("closing"), "rekap")["tanda_tangan"]

    assert block["tempat_tanggal"] == "Luwuk"
    assert block["nama"].startswith("Marlina")


def test_the_sekretaris_signs_in_the_name_of_the_kepala_dinas(stage: Stage) -> None:
    kantor = stage("closing")
    mandate(kantor)
    kantor.tick()
    letter = kantor.task(SEKRETARIS, "tugas_tanda_tangan")

    sign(kantor, SEKRETARIS)

    signed = kantor.tugas(1, "p3")
    assert (signed.finished_as, signed.is_own_work) == ("a.n", True)
    assert letter.args["yth"]["jenis"] == "a.n"
    receipt = kantor.task(SEKRETARIS, "selesai_ditandatangani").text
    assert receipt.startswith("✅ Disetujui a.n. Kepala Dinas, ")
    assert kantor.task(KADIS, "akhir").args["oleh"]["selaku"] == "a.n. Kepala Dinas"
    assert kantor.task(KADIS, "pelaksana_jabatan").args["jenis"] == "a.n"
    for kind in ("rekap", "berita_acara"):
        block = laid_out(kantor, kind)["tanda_tangan"]
        assert block["jabatan"][0].startswith(f"a.n. {HEAD}")
        assert block["jabatan"][1] == "SEKRETARIS,"
        assert block["nama"].startswith("Ardin")


def test_who_gave_a_mandate_may_still_sign_himself(stage: Stage) -> None:
    kantor = stage("closing")
    mandate(kantor)
    kantor.tick()

    sign(kantor, KADIS)

    assert kantor.tugas(1, "p3").finished_as == "definitif"
    assert laid_out(kantor, "rekap")["tanda_tangan"]["jabatan"][0].startswith(HEAD)
    told = kantor.last(SEKRETARIS)
    assert (told.key, told.args["hasil"]) == ("akhir", "ditandatangani")


def test_the_task_leaves_the_chat_of_whoever_may_sign_no_more(stage: Stage) -> None:
    kantor = stage("closing")
    mandate(kantor)
    kantor.tick()
    end_post(kantor, "a.n.")

    open_day(kantor, 25)

    assert kantor.task(SEKRETARIS, "dialihkan").args["kepada"]["nama"].startswith("Marlina")
    assert kantor.task(KADIS, "tugas_tanda_tangan").labels


def test_a_mandate_is_nothing_while_nobody_holds_the_post(stage: Stage) -> None:
    kantor = stage("closing")
    mandate(kantor)
    kantor.tick()
    end_post(kantor, "Marlina")
    letter = kantor.task(SEKRETARIS, "tugas_tanda_tangan")
    open_day(kantor, 25)

    decision = kantor.press(SEKRETARIS, "Tanda tangani", letter)

    assert decision.is_refused


@pytest.mark.parametrize("who", ["Yusnita", "Wahyuni"])
def test_only_an_official_right_below_is_offered_to_sign_in_the_name(
    stage: Stage, who: str
) -> None:
    kantor = stage("open")
    kantor.say(ADMIN, "/pejabat")
    kantor.press(ADMIN, "tetapkan_pejabat")
    kantor.press(ADMIN, "Kepala Dinas")

    kantor.say(ADMIN, who)

    assert kantor.question(ADMIN).labels == ["Plh.", "Plt.", "Definitif", "kembali", "batal"]


def test_the_sekretaris_enters_the_mandate_and_the_kepala_dinas_reads_of_it(stage: Stage) -> None:
    kantor = stage("open")

    mandate(kantor, SEKRETARIS)

    told = kantor.last(KADIS)
    assert (told.key, told.args["surat"]) == ("pelaksana_jabatan", LETTER)


def test_the_staff_list_neither_names_a_mandate_nor_ends_it(stage: Stage) -> None:
    kantor = stage("open")
    mandate(kantor)

    kantor.say(ADMIN, "/pegawai")

    rows = next(f for seen in kantor.chat(ADMIN) for f in seen.files).data["baris"]
    assert {row["jenis"] for row in rows} == {"definitif", "Plt"}


def test_an_order_in_the_name_of_the_kepala_dinas_says_so(stage: Stage) -> None:
    kantor = stage("open")
    mandate(kantor)

    kantor.say(SEKRETARIS, officials.ORDER)
    kantor.press(SEKRETARIS, "terbitkan")

    block = laid_out(kantor, "disposisi")["tanda_tangan"]
    assert block["jabatan"][0].startswith(f"a.n. {HEAD}")


def test_a_paraf_of_the_day_before_is_shown_with_its_day(stage: Stage) -> None:
    kantor = stage("collected")
    kantor.press(KASUBAG, "Ajukan")
    kantor.press(KASUBAG, "Paraf")
    kantor.now = wita(25, "08.10")
    kantor.press(SEKRETARIS, "Paraf")

    letter = kantor.task(KADIS, "tugas_tanda_tangan").text
    assert (
        "diparaf Kasubag Perencanaan dan Evaluasi (Sel 24 Nov 08.00), Sekretaris (08.10)."
        in letter
    )

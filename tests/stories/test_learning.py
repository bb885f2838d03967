"""/panduan brings the guides, /bantuan what the person may do, each line with its example."""

from dataclasses import replace

import pytest

from bot.documents.documents import GUIDES
from flows.engine.commands import facts_of
from flows.model.commands import Said
from flows.model.messages import Menu
from tests.bot.samples import HEALTH
from tests.conftest import Stage
from tests.kantor import Kantor, Seen
from tests.officials import ADMIN, KADIS, KASUBAG, OPERATOR, SEKRETARIS
from tests.stories.test_people import appoint

STRANGER = 987654
EVERYBODY = (KADIS, SEKRETARIS, KASUBAG, "Herlina", "Wahyuni", "Dedi", OPERATOR, ADMIN)
# Answers that say only that there is nothing to see.
NOTHING_THERE = {"belum_ada_perintah", "rekap_belum", "tak_ada_dicatat"}
# What the bot looks up before it decides these commands.
FACTS = {
    "condition": {name: str(value) for name, value in HEALTH.items() if name != "saat"},
    "backup": {"nama": "sigap.tar", "ukuran": "2.9", "berkas": "3", "sha256": "a" * 64},
}


def test_an_official_gets_his_guide_and_the_admin_both(stage: Stage) -> None:
    kantor = stage("open")

    kantor.say(KADIS, "/panduan")
    kantor.say(ADMIN, "/panduan")

    his, theirs = kantor.last(KADIS).files, kantor.last(ADMIN).files
    assert [file.name for file in his] == ["panduan-pejabat"]
    assert [file.name for file in theirs] == ["panduan-pejabat", "panduan-admin"]
    assert all((GUIDES / f"{file.name}.{file.format}").is_file() for file in theirs)


def help_of(kantor: Kantor, name: str) -> Seen:
    kantor.say(name, "/bantuan")
    return kantor.last(name)


@pytest.mark.parametrize("at", ["open", "ordered", "working", "signed", "before_signing"])
@pytest.mark.parametrize("name", EVERYBODY)
def test_each_line_of_help_works_when_typed(stage: Stage, at: str, name: str) -> None:
    kantor = stage(at)
    lines = [line["contoh"] for line in help_of(kantor, name).args["baris"]]

    assert 4 <= len(lines) <= 6, lines
    for line in lines:
        facts = FACTS.get(facts_of(line.removeprefix("/").partition(" ")[0]))
        decision = kantor.do(Said.read(replace(kantor.origin(name), facts=facts), line))
        assert not decision.is_refused, (name, line)
        assert kantor.before_him(name).key not in NOTHING_THERE, (name, line)
        kantor.say(name, "/batal")


def test_the_kepala_dinas_reads_what_she_may_do(stage: Stage) -> None:
    kantor = stage("open")

    assert help_of(kantor, KADIS).text == (
        "<b>Bantuan</b> · Kepala Dinas\n"
        "<code>/perintah pengumpulan TW III 2026</code> – Menerbitkan perintah\n"
        "/tugas – Tugas yang menunggu\n"
        "/siap – Memeriksa kesiapan\n"
        "/sop – SOP dengan bagan alirnya\n"
        "/verifikasi – Memeriksa keaslian dokumen\n"
        "/panduan – Panduan bergambar (PDF)\n\n"
        "Tugas dijawab dengan tombol, dengan membalas pesannya, atau dengan berkas."
    )
    assert kantor.last(KADIS).offered == ["Perintah lainnya"]


def test_who_may_only_draft_an_order_reads_so(stage: Stage) -> None:
    kantor = stage("ordered")

    told = help_of(kantor, OPERATOR).text
    assert "<b>Bantuan</b> · Operator\n<code>/perintah pengumpulan TW II 2026</code>" in told
    assert "– Menyiapkan konsep perintah\n" in told
    assert "Menerbitkan perintah" not in told
    kantor.press(OPERATOR, "perintah_lainnya")
    assert "/perintah – Menyiapkan konsep perintah\n" in kantor.last(OPERATOR).text


def test_the_sekretaris_is_headed_by_his_own_post_only(stage: Stage) -> None:
    assert help_of(stage("open"), SEKRETARIS).text.startswith("<b>Bantuan</b> · Sekretaris\n")


def test_all_other_commands_are_those_that_the_person_may_use(stage: Stage) -> None:
    kantor = stage("working")

    help_of(kantor, "Dedi")
    kantor.press("Dedi", "perintah_lainnya")
    told = kantor.last("Dedi").text
    help_of(kantor, "Herlina")
    kantor.press("Herlina", "perintah_lainnya")

    assert told.startswith("<b>Semua perintah</b> yang dapat digunakan\n/tugas – ")
    assert "/panduan – " in told
    assert "/latihan – " in told
    assert "/arsip" not in told
    assert "/arsip – Berkas unit pada perintah (berkas arsip)\n" in kantor.last("Herlina").text


def test_a_plh_reads_what_both_posts_may_do(stage: Stage) -> None:
    kantor = stage("ordered")
    decision = appoint(kantor, "Kepala Dinas", "Ardin", "Plh.", "24-11-2026", "27-11-2026")

    menus = [out.commands for out in decision.out if isinstance(out, Menu)]
    lines = [line["contoh"] for line in help_of(kantor, SEKRETARIS).args["baris"]]
    assert any({"perintah", "hentikan", "pejabat", "kendala"} <= set(menu) for menu in menus)
    assert lines[:2] == ["/perintah pengumpulan TW II 2026", "/pejabat"]
    assert "Plh. Kepala Dinas" in kantor.last(SEKRETARIS).text
    kantor.press(SEKRETARIS, "perintah_lainnya")
    assert "– Menerbitkan perintah\n" in kantor.last(SEKRETARIS).text


def test_anybody_may_ask_what_is_kept_and_is_answered_in_private(stage: Stage) -> None:
    kantor = stage("open")

    kantor.say(KADIS, "/privasi")
    kantor.say(STRANGER, "/privasi")
    kantor.say_in_group(KADIS, "/privasi")

    assert [seen.key for seen in kantor.chat(KADIS)][-2:] == ["privasi", "privasi"]
    [told] = kantor.chats[f"c{STRANGER}"]
    assert (told.key, told.args["terdaftar"]) == ("privasi", False)
    assert "<b>Pengendali data</b>: DINAS PENGENDALIAN PENDUDUK" in told.text
    assert "dasar: pelaksanaan tugas kedinasan (UU 27/2022)." in told.text
    assert "hanya dilihat unit, atasannya, dan Kasubag Perencanaan dan Evaluasi." in told.text
    assert kantor.group == []

"""/panduan brings the guides: everybody his, administrators theirs besides."""

from bot.documents.documents import GUIDES
from tests.conftest import Stage
from tests.officials import ADMIN, KADIS

STRANGER = 987654


def test_an_official_gets_his_guide_and_the_admin_both(stage: Stage) -> None:
    kantor = stage("open")

    kantor.say(KADIS, "/panduan")
    kantor.say(ADMIN, "/panduan")

    his, theirs = kantor.last(KADIS).files, kantor.last(ADMIN).files
    assert [file.name for file in his] == ["panduan-pejabat"]
    assert [file.name for file in theirs] == ["panduan-pejabat", "panduan-admin"]
    assert all((GUIDES / f"{file.name}.{file.format}").is_file() for file in theirs)


def test_help_names_the_guide_and_the_practice(stage: Stage) -> None:
    kantor = stage("open")

    kantor.say(KADIS, "/bantuan")

    assert {"panduan", "latihan"} <= set(kantor.last(KADIS).args["perintah"])


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

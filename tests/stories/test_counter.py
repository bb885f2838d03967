"""The counter: what anybody may ask at any time, and nothing moves by asking."""

import pytest

from tests.conftest import Stage
from tests.kantor import GROUP, wita
from tests.officials import ADMIN, KADIS, KASUBAG, OPERATOR, SEKRETARIS, order


@pytest.mark.parametrize("name", [KADIS, "Fadli", "Dedi", OPERATOR, ADMIN])
@pytest.mark.parametrize("words", ["/start", "/tugas", "/status", "/bantuan", "/help", "/daftar"])
def test_everybody_may_ask(stage: Stage, name: str, words: str) -> None:
    kantor = stage("working")
    said = len(kantor.chat(name))

    with kantor.nothing_moves():
        kantor.say(name, words)

    assert len(kantor.chat(name)) > said
    assert not kantor.last(name).rings


def test_the_tasks_stand_in_the_order_of_their_limits(stage: Stage) -> None:
    kantor = stage("working")
    kantor.say("Fadli", "/tugas")

    listed = kantor.task("Fadli", "daftar_tugas")

    limits = [line["batas"] for line in listed.args["tugas"]]
    assert limits == sorted(limits)
    assert {line["unit"] for line in listed.args["tugas"]} >= {"SEK", "PPR"}
    assert len(listed.buttons) >= 2


def test_a_task_is_brought_down_and_the_old_message_is_dead(stage: Stage) -> None:
    kantor = stage("working")
    old = kantor.task("Herlina", "tugas_validasi")
    kantor.say("Herlina", "/tugas")

    kantor.press("Herlina", "buka_tugas_ke")

    new = kantor.task("Herlina", "tugas_validasi")
    assert new.id != old.id
    assert "Validasi" in new.labels
    assert kantor.again("Herlina", old).rows == ()
    kantor.press("Herlina", "Validasi", new)
    assert kantor.tugas(1, "7", "KBK").state == "selesai"


def test_who_has_no_task_is_told_so(stage: Stage) -> None:
    kantor = stage("working")

    kantor.say(OPERATOR, "/tugas")

    assert kantor.last(OPERATOR).key == "tanpa_tugas"


def test_an_overdue_task_is_marked(stage: Stage) -> None:
    kantor = stage("ordered")
    kantor.now = wita(24, "10.00")

    kantor.say(SEKRETARIS, "/tugas")

    [line] = kantor.task(SEKRETARIS, "daftar_tugas").args["tugas"]
    assert (line["langkah"], line["lewat"]) == (2, True)


def test_the_status_names_limits_and_holders_but_no_figure(stage: Stage) -> None:
    kantor = stage("working")

    kantor.say("Dedi", "/status 1")

    told = kantor.task("Dedi", "status")
    assert told.args["nomor"] == "001/2026"
    assert {t["unit"] for t in told.args["tugas"]} == {"SEK", "DAL", "KBK", "PPR", "PPA"}
    assert "98,74" not in str(told.args)
    assert "98.74" not in str(told.args)


@pytest.mark.parametrize("command", ["status", "rekap"])
def test_of_several_orders_one_is_chosen_by_button(stage: Stage, command: str) -> None:
    kantor = stage("found")
    kantor.say(KADIS, f"/{command}")
    choice = kantor.last(KADIS)

    kantor.press_data(KADIS, choice.id, choice.buttons[-1].data)

    assert choice.key == f"pilih_{command}"
    assert len(choice.buttons) == 2
    assert kantor.task(KADIS, command).args["nomor"] == "001/2026"


def test_an_order_is_found_by_its_number_and_year(stage: Stage) -> None:
    kantor = stage("found")

    kantor.say(KADIS, "/status 2/2026")

    assert kantor.task(KADIS, "status").args["nomor"] == "002/2026"


def test_before_any_order_there_is_nothing_to_show(stage: Stage) -> None:
    kantor = stage("open")

    kantor.say(KADIS, "/status")

    assert kantor.last(KADIS).key == "belum_ada_perintah"


def test_before_it_is_posted_the_rekap_is_for_those_it_lies_with(stage: Stage) -> None:
    kantor = stage("closing")

    for name in (KASUBAG, "Dedi"):
        kantor.say(name, "/rekap 1")

    shown = kantor.task(KASUBAG, "rekap")
    assert [file.format for file in shown.files] == ["pdf", "xlsx"]
    assert shown.args["selesai_perintah"] is False
    assert not [seen for seen in kantor.chat("Dedi") if seen.key == "rekap"]


def test_after_it_is_posted_the_rekap_is_for_everybody(stage: Stage) -> None:
    kantor = stage("signed")

    kantor.say("Dedi", "/rekap 1")

    assert len(kantor.task("Dedi", "rekap").files) == 2


def test_while_a_newer_order_runs_the_last_rekap_is_a_button(stage: Stage) -> None:
    kantor = stage("signed")
    order(kantor, "/perintah pengumpulan TW II 2026")

    kantor.say("Dedi", "/rekap")
    told = kantor.last("Dedi")
    kantor.press("Dedi", "rekap_terakhir", told)

    assert told.text == (
        "Rekap No. 002/2026 belum tersedia. Kemajuan: /status"
        " Rekap terakhir yang ada dapat dibuka di bawah."
    )
    assert told.offered == ["Rekap No. 001/2026 TW III 2026"]
    shown = kantor.task("Dedi", "rekap")
    assert shown.text.startswith("Rekap No. 001/2026 TW III 2026, versi 1, kode ")
    assert len(shown.files) == 2


def test_without_any_rekap_no_button_is_offered(stage: Stage) -> None:
    kantor = stage("working")

    kantor.say("Dedi", "/rekap")

    told = kantor.last("Dedi")
    assert (told.text, told.labels) == ("Rekap No. 001/2026 belum tersedia. Kemajuan: /status", [])


def test_a_number_nobody_gave_is_answered_with_those_there_are(stage: Stage) -> None:
    kantor = stage("working")

    with kantor.nothing_moves():
        kantor.say("Dedi", "/status 7")

    assert kantor.last("Dedi").args["ada"] == ["001/2026"]


def test_the_nine_rows_of_a_unit_are_looked_at_on_one_page_and_shut(stage: Stage) -> None:
    kantor = stage("working")
    task = kantor.task("Herlina", "tugas_validasi")

    with kantor.nothing_moves():
        kantor.press("Herlina", "lihat_data", task)
        shown = kantor.task("Herlina", "lihat_data")
        kantor.press("Herlina", "tutup", shown)

    assert shown.text.startswith("<b>Data KBK TW III 2026</b>\n<pre>")
    assert shown.text.count("\nKBK-") == 8, "nine rows and no second page"
    assert shown.keyboard == ["Excel", "Tutup"]
    assert "lihat_data" not in [seen.key for seen in kantor.chat("Herlina")]
    assert kantor.again("Herlina", task) == task


def test_in_the_group_a_question_is_answered_in_private(stage: Stage) -> None:
    kantor = stage("working")
    read = list(kantor.group)

    kantor.say_in_group("Dedi", "/status 1")

    assert kantor.task("Dedi", "status").args["nomor"]
    assert kantor.group == read
    assert kantor.reactions[-1][0] < 0


def test_binding_the_group_is_acknowledged_once(stage: Stage) -> None:
    kantor = stage("open")

    assert [chat for chat, _ in kantor.reactions] == [GROUP]

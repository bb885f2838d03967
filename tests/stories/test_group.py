"""The group: what is replied or sent there counts as in private, and only of who is registered."""

from dataclasses import replace

from flows.model.commands import Membership, Origin, Said, Sent
from tests.conftest import Stage
from tests.kantor import ACCOUNTS, GROUP, Kantor, Seen
from tests.officials import ADMIN, KADIS, meet
from tests.workbooks import first_filling


def in_group(kantor: Kantor, name: str | int, reply_to: Seen | None = None) -> Origin:
    origin = kantor.origin(name)
    reply = reply_to.id if reply_to is not None else None
    return replace(origin, chat_id=GROUP, chat_kind="group", reply_to=reply)


def filling(stage: Stage) -> Kantor:
    kantor = stage("handed_out")
    meet(kantor, "DAL")
    return kantor


def test_a_file_in_reply_to_the_board_counts_as_in_private(stage: Stage) -> None:
    kantor = filling(stage)
    board = kantor.group[-1]
    sheet = first_filling(kantor.setting, kantor.perintah(1), "DAL")
    origin = in_group(kantor, "Irma", board)
    kantor.do(Sent(origin, "a" * 64, "Format_DAL.xlsx", 1000, "document", "", sheet))

    part = kantor.perintah(1).parts("DAL")[0]
    assert len(part.rows) == 8
    assert kantor.last("Irma").key == "isian_diterima", "answered in private"
    assert [post.key for post in kantor.group] == ["grup_perintah", "papan"]


def test_words_in_reply_in_the_group_state_a_hindrance(stage: Stage) -> None:
    kantor = filling(stage)
    words = "kendala: listrik padam di kantor sejak pagi"
    kantor.do(Said.read(in_group(kantor, "Irma", kantor.group[-1]), words))
    kantor.press("Irma", "pihak_luar")

    assert kantor.tugas(1, "5", "DAL").hindrance.startswith("listrik padam")
    assert kantor.task("Rusdin", "kendala_disampaikan")


def test_a_strangers_reply_in_the_group_counts_for_nothing(stage: Stage) -> None:
    kantor = filling(stage)
    board = kantor.group[-1]
    sheet = first_filling(kantor.setting, kantor.perintah(1), "DAL")
    with kantor.nothing_moves():
        origin = in_group(kantor, 4242, board)
        kantor.do(Sent(origin, "b" * 64, "Format_DAL.xlsx", 1000, "document", "", sheet))
        kantor.do(Said.read(in_group(kantor, 4242, board), "selesai"))
        kantor.do(Said.read(in_group(kantor, 4242), "siapa kepala dinas di sini?"))


def test_a_bot_thrown_out_tells_the_admin_once_and_goes_on_in_private(stage: Stage) -> None:
    kantor = filling(stage)
    origin = Origin("keluar", GROUP, "group", ACCOUNTS + kantor.people[ADMIN], kantor.now, 1)
    kantor.do(Membership(origin, False))
    kantor.do(Membership(replace(origin, key="keluar2"), False))
    meet(kantor, "KBK")

    assert len([s for s in kantor.chat(ADMIN) if s.key == "grup_lepas"]) == 1
    assert kantor.task("Wahyuni", "tugas_isi")
    assert kantor.say(KADIS, "/status").is_refused is False

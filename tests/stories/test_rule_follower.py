"""Whoever follows the one rule gets through every dialog: the label of the act where it stands,
else the first button that is neither Batal nor Kembali, else a sentence."""

from pathlib import Path

import pytest

from flows.orders.ordering import ORDERING
from tests.conftest import Stage, Stages
from tests.kantor import Kantor
from tests.officials import (
    ADMIN,
    KADIS,
    KASUBAG,
    OPERATOR,
    SEKRETARIS,
    begin,
    follow,
    meet,
    send_in,
    take_findings,
    upload,
)

# Which dialogs a button of somebody's chat opens at each stage.
OPENED = {
    "ordered": {"teruskan", "mohon_arahan"},
    "handed_out": {"rapat", "kembali"},
    "working": {"chat", "kembali", "tanpa"},
    "collected": {"analisis", "kembali"},
    "closing": {"temuan"},
    "found": {"gugur"},
    "coordinated": {"sanggah"},
    "objected": {"chat", "jelaskan"},
    "appealed": {"putusan", "kembali"},
    "repaired": {"analisis", "kembali"},
    "before_signing": {"kembali", "temuan"},
}


def openings(kantor: Kantor) -> list[tuple[str, int, str]]:
    """Every button of every message somebody has before him: who, which message, what it says.
    Of messages alike in several chats it is one."""
    found = {
        (seen.key, button.key, button.label.partition(" ")[0]): (
            name,
            seen.id,
            button.data,
        )
        for name in kantor.people
        for seen in kantor.chat(name)
        for button in seen.buttons
    }
    return list(found.values())


@pytest.mark.parametrize("name", OPENED)
def test_every_dialog_of_a_stage_leads_to_its_end(
    stages: Stages, tmp_path: Path, name: str
) -> None:
    opened = set()

    for index, (person, message_id, data) in enumerate(openings(stages.at(name))):
        kantor = stages.at(name).branch(tmp_path / str(index))
        kantor.press_data(person, message_id, data)
        draft = kantor.draft(person)
        if draft is not None:
            opened.add(draft.dialog)
            facts = kantor.facts()[0]
            follow(kantor, person, data)
            assert kantor.facts()[0] != facts, f"{data} of {person} has come to nothing"
        kantor.close()

    assert OPENED[name] <= opened


def test_an_order_is_issued(stage: Stage) -> None:
    kantor = stage("open")

    kantor.say(KADIS, "/perintah")
    follow(kantor, KADIS, "terbitkan")

    assert kantor.perintah(1).sop == "PENGUMPULAN"


@pytest.mark.parametrize("field", ORDERING.editable)
def test_every_field_of_an_order_may_be_changed_first(stage: Stage, field: str) -> None:
    kantor = stage("open")
    kantor.say(KADIS, "/perintah pengumpulan TW III 2026")
    kantor.press(KADIS, "ubah_isian")

    kantor.press(KADIS, f"isian_{field}")
    asked = kantor.question(KADIS)
    follow(kantor, KADIS, "terbitkan")

    assert asked.key.startswith("tanya_")
    assert "kembali" in asked.labels
    assert kantor.perintah(1).status == "berjalan"


def test_a_correction_is_ordered_from_a_finished_collection(stage: Stage) -> None:
    kantor = stage("signed")

    kantor.say(KADIS, "/perintah perbaikan TW III 2026")
    follow(kantor, KADIS, "terbitkan")

    assert kantor.perintah(2).parent_id == 1
    assert kantor.perintah(2).temuan


def test_an_order_sent_back_is_issued_again(stage: Stage) -> None:
    kantor = stage("ordered")
    begin(kantor, SEKRETARIS, "mohon_arahan")

    begin(kantor, KADIS, "Terbitkan", kantor.task(KADIS, "tugas_perintah"))

    assert kantor.tugas(1, "2a").round == 2


def test_a_photo_finds_its_row(stage: Stage) -> None:
    kantor = stage("handed_out")
    meet(kantor, "DAL")
    upload(kantor, 1, "DAL")

    kantor.send("Irma", None, "laporan.jpg")
    asked = kantor.question("Irma")
    follow(kantor, "Irma", "Kirim")

    part = kantor.perintah(1).part("DAL", kantor.people["Irma"])
    assert asked.key == "tanya_bukti_untuk"
    assert part is not None
    assert [row.kode for row in part.rows if row.evidence] == ["DAL-01"]
    send_in(kantor, "Irma")


@pytest.mark.parametrize("choice", ["semua_ke", "bagi_rata", "pilih_sendiri"])
def test_rows_are_shared_in_each_way(stage: Stage, choice: str) -> None:
    kantor = stage("handed_out")
    kantor.press("Herlina", "Catat rapat", kantor.task("Herlina", "tugas_rapat"))
    kantor.press("Herlina", "rapat_hari_ini")
    kantor.press("Herlina", "benar")
    kantor.press("Herlina", "lanjut")

    kantor.press("Herlina", choice)
    follow(kantor, "Herlina", "Catat rapat")

    codes = sorted(c for t in kantor.perintah(1).tasks("5", "KBK") for c in t.codes)
    assert codes == [f"KBK-0{n}" for n in range(1, 10)]
    people = {"semua_ke": 1, "bagi_rata": 2, "pilih_sendiri": 2}[choice]
    assert len(kantor.perintah(1).tasks("5", "KBK")) == people


def test_a_whole_part_may_be_filled_in_the_chat(stage: Stage) -> None:
    kantor = stage("handed_out")
    meet(kantor, "PPR")

    begin(kantor, "Joni", "isi_chat")
    send_in(kantor, "Joni")

    assert kantor.tugas(1, "6", "PPR").is_open


def test_rows_passed_over_are_asked_for_again(stage: Stage) -> None:
    kantor = stage("handed_out")
    meet(kantor, "PPR")
    kantor.press("Joni", "isi_chat")
    for _ in range(6):
        kantor.press("Joni", "lewati")
    state = kantor.before_him("Joni")

    kantor.press("Joni", "isi_chat")

    assert state.key == "isian_sebagian"
    assert kantor.question("Joni").args["kode"] == "PPR-01"


def test_every_stage_leaves_the_operator_and_the_admin_alone(stage: Stage) -> None:
    kantor = stage("before_signing")

    assert kantor.chat(OPERATOR) == []
    assert [seen for seen in kantor.chat(ADMIN) if seen.rings] == []


def test_a_correction_without_objection_takes_the_shortest_way(stage: Stage) -> None:
    kantor = stage("coordinated")
    take_findings(kantor, "PPR")

    begin(kantor, "Fadli", "Catat rapat", kantor.task("Fadli", "tugas_rapat", "PPR"))

    assert kantor.tugas(2, "5", "PPR").person_id == kantor.people["Joni"]
    assert kantor.task(KASUBAG, "selesai_dikoordinasikan").labels == []

"""The form of whoever fills some of a unit's rows: his are open, those of colleagues closed."""

from tests.conftest import Stage
from tests.kantor import Kantor
from tests.officials import meet, send_in, share
from tests.workbooks import first_filling

DEDI, WAHYUNI = "Dedi", "Wahyuni"


def open_rows(kantor: Kantor, name: str) -> list[str]:
    (file,) = kantor.task(name, "tugas_isi").files
    assert file.name == "Format_KBK_TW3-2026"
    return list(file.data["isi"]["milik"])


def shared(stage: Stage) -> Kantor:
    kantor = stage("handed_out")
    share(kantor, "KBK", ("KBK-08", "KBK-09"))
    return kantor


def test_each_gets_his_own_rows_open(stage: Stage) -> None:
    kantor = shared(stage)

    assert open_rows(kantor, DEDI) == ["KBK-08", "KBK-09"]
    assert open_rows(kantor, WAHYUNI) == [f"KBK-0{n}" for n in range(1, 8)]


def test_who_fills_all_rows_gets_the_form_as_filed(stage: Stage) -> None:
    kantor = stage("handed_out")
    meet(kantor, "DAL")

    (file,) = kantor.task("Irma", "tugas_isi").files

    assert file.kind == "dokumen"


def test_the_unit_s_form_of_the_former_version_is_still_taken(stage: Stage) -> None:
    kantor = shared(stage)

    kantor.send(DEDI, first_filling(kantor.setting, kantor.perintah(1), "KBK"), "Format.xlsx")
    send_in(kantor, DEDI)

    part = kantor.perintah(1).part("KBK", kantor.people[DEDI])
    assert part is not None
    assert [row.kode for row in part.rows] == ["KBK-08", "KBK-09"]

"""What officials read: the terms of the office and of the law, rendered."""

from tests.conftest import Stage
from tests.officials import (
    KADIS,
    OPERATOR,
    SEKRETARIS,
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

"""`boleh` of kantor.yaml at work: who may, who is told whose it is, and the menus."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.model.messages import Menu
from flows.office.kantor import Office
from tests.conftest import Stage
from tests.kantor import ROOT, Blueprint, Kantor
from tests.officials import ADMIN, KADIS, KASUBAG, OPERATOR, SEKRETARIS
from tests.stories.test_without_a_unit import ask, four_units_in

FORMER = ROOT / "tests" / "flows" / "office" / "former" / "kantor.yaml"
EVERYBODY = (
    *("status", "rekap", "disposisi", "sop", "verifikasi", "panduan", "latihan", "bantuan"),
    *("batal", "privasi"),
)
ACTING = ("tugas", "arsip", "notulen")
MENUS = {
    KADIS: ("perintah", *ACTING, "hentikan", "ubah", "siap"),
    SEKRETARIS: ("perintah", "pejabat", *ACTING, "kendala", "perpanjangan", "siap"),
    KASUBAG: ("perintah", "indikator", *ACTING, "kendala", "perpanjangan", "siap"),
    OPERATOR: ("perintah", "catat", *ACTING),
    ADMIN: ("pegawai", "pejabat", "libur", "siap", "sehat", "cadangkan", "grup"),
}


def allow(kantor: Kantor, **boleh: list[str]) -> None:
    document: dict[str, Any] = yaml.safe_load((ROOT / "kantor.yaml").read_text("utf-8"))
    for role, capabilities in boleh.items():
        document["peran"][role]["boleh"] = capabilities
    office = Office.parse(yaml.safe_dump(document, sort_keys=False), "kantor.yaml")
    kantor.setting = kantor.setting._replace(office=office)


def refused(kantor: Kantor, name: str, line: str) -> str:
    with kantor.nothing_moves():
        kantor.say(name, line)
    return kantor.last(name).text


def menu(kantor: Kantor, name: str) -> tuple[str, ...]:
    decision = kantor.say(name, "/start")
    return next(out.commands for out in decision.out if isinstance(out, Menu))


def test_the_order_is_stopped_by_whoever_kantor_yaml_names(stage: Stage) -> None:
    kantor = stage("handed_out")
    allow(kantor, kepala_dinas=["ubah"], sekretaris=["hentikan"])

    told = refused(kantor, KADIS, "/hentikan 1")
    kantor.say(SEKRETARIS, "/hentikan 1")
    kantor.say(SEKRETARIS, "Diganti dengan perintah yang baru.")
    kantor.press(SEKRETARIS, "hentikan")

    assert "tindakan ini hanya dapat dilakukan oleh Sekretaris." in told
    assert kantor.perintah(1).status == "batal"


def test_a_change_is_another_capability_than_a_stop(stage: Stage) -> None:
    kantor = stage("handed_out")
    allow(kantor, kepala_dinas=["ubah"], sekretaris=["hentikan"])

    assert "oleh Kepala Dinas." in refused(kantor, SEKRETARIS, "/ubah 1")
    kantor.say(KADIS, "/ubah 1")
    assert kantor.question(KADIS).key == "tanya_ubah"


def test_what_nobody_may_is_said_without_a_name(stage: Stage) -> None:
    kantor = stage("handed_out")
    allow(kantor, kepala_dinas=[], kasubag_perencanaan=[])

    assert "oleh pejabat yang diberi kewenangan itu." in refused(kantor, KADIS, "/hentikan 1")
    told = refused(kantor, KASUBAG, "/indikator")
    assert told == "Daftar indikator dikelola pejabat yang diberi kewenangan itu."


def test_the_list_of_indicators_may_be_another_role_s(stage: Stage) -> None:
    kantor = stage("open")
    allow(kantor, kasubag_perencanaan=[], operator=["indikator"])

    assert refused(kantor, KASUBAG, "/indikator") == "Daftar indikator dikelola Operator."
    kantor.say(OPERATOR, "/indikator")
    assert kantor.draft(OPERATOR) is not None


def test_going_on_without_a_unit_is_asked_of_the_role_named(stage: Stage) -> None:
    kantor = four_units_in(stage)
    allow(kantor, kepala_dinas=["tanpa_unit"])

    ask(kantor, KASUBAG)

    assert "disampaikan kepada Kepala Dinas pukul" in kantor.last(KASUBAG).text
    ask(kantor, KADIS)
    assert set(kantor.perintah(1).skipped) == {"PPR"}


def test_the_menu_follows_the_capabilities(stage: Stage) -> None:
    kantor = stage("open")
    allow(kantor, operator=["indikator", "libur"], admin=["pegawai"])

    assert set(menu(kantor, OPERATOR)) == {"indikator", "libur", *EVERYBODY}
    assert set(menu(kantor, ADMIN)) == {"pegawai", *EVERYBODY, "sehat", "cadangkan"}


def test_the_archive_names_whose_it_is(stage: Stage) -> None:
    kantor = stage("handed_out")

    assert refused(kantor, "Joni", "/arsip 1") == (
        "Mohon maaf, arsip hanya untuk Kepala Dinas, Sekretaris, Kasubag Perencanaan dan "
        "Evaluasi, Operator, dan Kepala Bidang (bagian unitnya)."
    )


@pytest.mark.parametrize("source", [FORMER, ROOT / "kantor.yaml"])
def test_an_office_that_does_not_say_works_as_it_always_did(source: Path, tmp_path: Path) -> None:
    kantor = Kantor.open(tmp_path / "kantor", Blueprint(source))

    menus = {name: menu(kantor, name) for name in MENUS}
    told = refused(kantor, KASUBAG, "/pejabat")
    kantor.close()

    assert {name: set(own) for name, own in menus.items()} == {
        name: {*own, *EVERYBODY} for name, own in MENUS.items()
    }
    assert menus[KADIS][:3] == ("perintah", "tugas", "status")
    assert "oleh Admin Sistem atau Sekretaris." in told

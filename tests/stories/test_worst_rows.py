"""The worst rows stand first wherever rows are named, with the count of those left out."""

import re
from decimal import Decimal

import pytest

from bot.wording.wording import Wording
from flows.office.sections import Kategori
from tests.bot.screen import seen
from tests.conftest import Stage
from tests.kantor import Seen
from tests.officials import KADIS, KASUBAG, SEKRETARIS


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording()


def attention(wording: Wording, message: Seen) -> str:
    shown = seen(wording.say(message.key, message.args).text)
    return next(line for line in shown.splitlines() if line.startswith("Perhatian:"))


def codes(wording: Wording, page: Seen) -> list[str]:
    """The codes of the rows on this page of Lihat data."""
    return re.findall(r"^([A-Z]{3}-\d\d) ", seen(wording.say(page.key, page.args).text), re.M)


def test_who_makes_parafs_and_signs_the_rekap_reads_the_worst_of_all_units_and_the_count(
    stage: Stage, wording: Wording
) -> None:
    """DAL-03 is n/a: what has no figure comes after every figure, so it is among the others."""
    kantor = stage("collected")
    made = kantor.task(KASUBAG, "tugas_rekap")
    kantor.press(KASUBAG, "Ajukan")
    own = kantor.task(KASUBAG, "tugas_paraf")
    kantor.press(KASUBAG, "Paraf")
    second = kantor.task(SEKRETARIS, "tugas_paraf")
    kantor.press(SEKRETARIS, "Paraf")
    letter = kantor.task(KADIS, "tugas_tanda_tangan")

    assert {attention(wording, message) for message in (made, own, second, letter)} == {
        "Perhatian: PPA-06 −13,33%; DAL-08 0,00%; PPR-03 49,00%; dan 2 lainnya"
    }


def test_the_lowest_class_is_the_last_of_kantor_yaml_whatever_its_name(
    stage: Stage, wording: Wording
) -> None:
    """With 0 as the lower end of "Cukup" only the negative figure and n/a are named."""
    kantor = stage("collected")
    classes = (Kategori(min=Decimal(0), nama="Cukup"), Kategori(min=None, nama="Kurang"))
    office = kantor.setting.office.model_copy(update={"kategori": classes})
    kantor.setting = kantor.setting._replace(office=office)
    kantor.press(KASUBAG, "Ajukan")

    card = kantor.task(KASUBAG, "tugas_paraf")

    assert attention(wording, card) == "Perhatian: PPA-06 −13,33%; DAL-03 n/a (belum ada data)"


def test_lihat_data_of_the_office_begins_with_the_worst_of_all_units(
    stage: Stage, wording: Wording
) -> None:
    kantor = stage("collected")
    kantor.press(KASUBAG, "lihat_data", kantor.task(KASUBAG, "tugas_rekap"))
    first = kantor.task(KASUBAG, "lihat_data")
    for _ in range(first.args["dari_hal"] - 1):
        kantor.press(KASUBAG, "sesudah", kantor.again(KASUBAG, first))
    last = kantor.again(KASUBAG, first)

    assert codes(wording, first)[:4] == ["PPA-06", "DAL-08", "PPR-03", "PPR-06"]
    assert codes(wording, last)[-1] == "DAL-03"

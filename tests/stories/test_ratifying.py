"""The Kepala Dinas approves the reconstruction of an SOP; its paper and its code say so."""

import sqlite3
from typing import Any

import pytest

from bot.operations.verify import audit
from flows.model.messages import Attachment
from flows.sops.book import SopBook
from reports.papers.layout import paper
from tests import officials
from tests.conftest import Stage
from tests.kantor import Kantor
from tests.officials import KADIS, KASUBAG, SEKRETARIS

BUTTON = "setujui_rekonstruksi"


@pytest.fixture
def kantor(stage: Stage) -> Kantor:
    return stage("open")


def approve(kantor: Kantor) -> None:
    """The first of the two SOPs, asked once more."""
    kantor.say(KADIS, "/sop")
    kantor.press(KADIS, BUTTON, kantor.last(KADIS))
    kantor.press(KADIS, "setujui")


def reconstructions(kantor: Kantor, name: str = KASUBAG) -> list[Attachment]:
    kantor.say(name, "/sop")
    return [f for f in kantor.last(name).files if f.name.endswith("rekonstruksi")]


def laid_out(file: Attachment) -> dict[str, Any]:
    issue = {name: file.data.get(name, "") for name in ("kode", "cap")}
    sha256 = file.data.get("sha256", "0" * 64)
    return paper("sop", dict(file.data["isi"]), {**issue, "sha256": sha256})


def test_a_reconstruction_loses_its_stamp_once_it_is_approved(kantor: Kantor) -> None:
    before = laid_out(reconstructions(kantor)[0])
    approve(kantor)

    approved, waiting = (laid_out(file) for file in reconstructions(kantor))

    assert before["penerbitan"]["cap"] == waiting["penerbitan"]["cap"] != ""
    assert (before["disetujui"], waiting["disetujui"]) == (None, None)
    assert approved["penerbitan"]["cap"] == ""
    assert approved["penerbitan"]["kode"]
    assert approved["disetujui"]["nama"].startswith("Marlina")
    assert approved["disetujui"]["waktu"].startswith("24 November 2026")
    told = kantor.last(KASUBAG).args
    assert [one["sop"] for one in told["disahkan"]] == ["Pengumpulan Data Kinerja"]
    assert told["belum"] == ["Perbaikan Data Kinerja"]


def test_nothing_is_approved_before_it_was_asked_once_more(kantor: Kantor) -> None:
    kantor.say(KADIS, "/sop")
    kantor.press(KADIS, BUTTON, kantor.last(KADIS))

    assert kantor.question(KADIS).labels == ["setujui", "batal"]
    kantor.press(KADIS, "batal")
    assert laid_out(reconstructions(kantor)[0])["disetujui"] is None


def test_the_approval_stands_in_the_record_of_the_office(kantor: Kantor) -> None:
    officials.order(kantor)
    with kantor.store.reading() as queries:
        before = len(queries.record.raw_entries("p1"))

    approve(kantor)

    with kantor.store.reading() as queries:
        last, own = queries.record.raw_entries("kantor")[-1], queries.record.raw_entries("p1")
    assert "SopApproved" in last.body
    assert len(own) == before


def test_an_approval_put_there_by_hand_is_found_by_the_audit(kantor: Kantor) -> None:
    approve(kantor)
    assert audit(kantor.store).breaks == ()

    with sqlite3.connect(kantor.folder / "sigap.db") as connection:
        connection.execute("UPDATE sop_approval SET person_id = person_id + 1")
    connection.close()

    assert audit(kantor.store).breaks == (
        "approval of SOP PENGUMPULAN 1: the record has none like it",
    )


@pytest.mark.parametrize("who", [SEKRETARIS, KASUBAG])
def test_nobody_else_is_offered_it_or_may_press_it(kantor: Kantor, who: str) -> None:
    kantor.say(KADIS, "/sop")
    data = kantor.last(KADIS).button(BUTTON).data
    kantor.say(who, "/sop")

    assert BUTTON not in kantor.last(who).labels
    with kantor.nothing_moves():
        kantor.press_data(who, kantor.last(who).id, data)
    assert kantor.toasts[-1][0] == "bukan_kewenangan"


def test_a_second_press_finds_it_approved(kantor: Kantor) -> None:
    kantor.say(KADIS, "/sop")
    shown = kantor.last(KADIS)
    kantor.press(KADIS, BUTTON, shown)
    kantor.press(KADIS, "setujui")

    with kantor.nothing_moves():
        kantor.press_data(KADIS, shown.id, shown.button(BUTTON).data)

    assert kantor.toasts[-1][0] == "tombol_lama"


def test_a_changed_sop_is_unapproved_again(kantor: Kantor) -> None:
    approve(kantor)
    code = laid_out(reconstructions(kantor)[0])["penerbitan"]["kode"]
    book = kantor.setting.book
    first, *others = book.sops
    changed = first.model_copy(update={"title": f"{first.title} (perubahan)"})
    kantor.setting = kantor.setting._replace(book=SopBook((changed, *others), book.forms))

    assert laid_out(reconstructions(kantor)[0])["disetujui"] is None
    kantor.say(77, f"/verifikasi {code}")
    assert not kantor.chats["c77"][-1].args["berlaku"]


def test_its_code_is_verified_by_anybody(kantor: Kantor) -> None:
    approve(kantor)
    code = laid_out(reconstructions(kantor)[0])["penerbitan"]["kode"]

    kantor.say(77, f"/verifikasi {code}")
    kantor.say("Dedi", "/verifikasi")
    kantor.say("Dedi", code)

    assert kantor.chats["c77"][-1].key == "verifikasi_sop"
    assert kantor.chats["c77"][-1].args["oleh"]["nama"].startswith("Marlina")
    assert kantor.last("Dedi").key == "verifikasi_sop"

"""The Kepala Dinas approves the reconstruction of an SOP; its paper and its code say so."""

import sqlite3
from datetime import date
from typing import Any

import pytest

from bot.operations.verify import audit
from flows.model.messages import Attachment
from flows.papers.sop_approval import accepted, fingerprints
from flows.sops.book import SopBook
from flows.sops.sop import Sop
from reports.papers.layout import paper
from tests import officials
from tests.conftest import Stage
from tests.kantor import Kantor
from tests.officials import KADIS, KASUBAG, SEKRETARIS

ASK, BUTTON = "/sop sahkan", "setujui_rekonstruksi"
# Of the shipped SOPs by the first version: whoever adds a field leaves it out of that version.
FORMER = {
    "PENGUMPULAN": "653fefa2df8744dee3f7ba261adecf20cfd4f46f453d3736afda7bbcffb81efc",
    "PERBAIKAN": "c3de98db02d8726e860b114378bd10ed9017c1ff1097e91797d242b8332b03a4",
}
PRESENT = {
    "PENGUMPULAN": "174ca93530bd40713d4587aa1765f4f746c82ad93c459dcbb9de026ba46b5211",
    "PERBAIKAN": "51220c18bb72ab6a02611cfe67cb88c8ef332c195b39cf729bab4e7e8facbf48",
}


@pytest.fixture
def kantor(stage: Stage) -> Kantor:
    return stage("open")


def approve(kantor: Kantor) -> None:
    """The first of the two SOPs, asked once more."""
    kantor.say(KADIS, ASK)
    kantor.press(KADIS, BUTTON, kantor.last(KADIS))
    kantor.press(KADIS, "setujui")


def reconstructions(kantor: Kantor, name: str = KASUBAG) -> list[Attachment]:
    kantor.say(name, "/sop")
    return [f for f in kantor.last(name).files if f.name.endswith("rekonstruksi")]


def laid_out(file: Attachment) -> dict[str, Any]:
    issue = {name: file.data.get(name, "") for name in ("kode", "cap")}
    sha256 = file.data.get("sha256", "0" * 64)
    return paper("sop", dict(file.data["isi"]), {**issue, "sha256": sha256})


def test_an_approved_reconstruction_is_stamped_as_not_enacted(kantor: Kantor) -> None:
    before = laid_out(reconstructions(kantor)[0])
    approve(kantor)

    approved, waiting = (laid_out(file) for file in reconstructions(kantor))

    assert before["penerbitan"]["cap"] == waiting["penerbitan"]["cap"] != ""
    assert (before["disetujui"], waiting["disetujui"]) == (None, None)
    assert approved["penerbitan"]["cap"] == "DISETUJUI INTERNAL – BELUM DITETAPKAN"
    assert approved["penerbitan"]["kode"]
    assert approved["disetujui"]["nama"].startswith("Marlina")
    assert approved["disetujui"]["waktu"].startswith("24 November 2026")
    told = kantor.last(KASUBAG).args
    assert [one["sop"] for one in told["disahkan"]] == ["Pengumpulan Data Kinerja"]
    assert told["belum"] == ["Perbaikan Data Kinerja"]


def test_who_looks_at_the_sops_is_not_asked_to_approve_one(kantor: Kantor) -> None:
    for who in (KADIS, KASUBAG):
        kantor.say(who, "/sop")

    shown, read = kantor.last(KADIS), kantor.last(KASUBAG).text
    assert shown.labels == []
    assert shown.text == (
        "SOP Pengumpulan Data Kinerja, Perbaikan Data Kinerja: usulan bagan yang dibetulkan dan"
        " bagan sesuai naskah. Usulan bagan belum disahkan. Untuk mengesahkannya: /sop sahkan"
    )
    assert read == shown.text.removesuffix(" Untuk mengesahkannya: /sop sahkan")


def test_one_sop_is_approved_by_its_word_and_the_last_one_without(kantor: Kantor) -> None:
    kantor.say(KADIS, "/sop sahkan perbaikan")
    asked = kantor.question(KADIS).text
    kantor.press(KADIS, "setujui")
    kantor.say(KADIS, "/sop sahkan perbaikan")
    refused = kantor.last(KADIS).text
    kantor.say(KADIS, ASK)
    last = kantor.question(KADIS).text
    kantor.press(KADIS, "setujui")
    kantor.say(KADIS, ASK)

    about = "persetujuan atas usulan bagan alir yang dibetulkan untuk <b>SOP "
    assert about + "Perbaikan Data Kinerja</b>" in asked
    assert refused == (
        "“perbaikan” bukan SOP yang menunggu pengesahan. Contoh: /sop sahkan pengumpulan"
    )
    assert about + "Pengumpulan Data Kinerja</b>" in last
    assert kantor.last(KADIS).text.startswith("Usulan bagan semua SOP sudah disetujui.")


def test_the_stamp_stays_until_the_sop_has_its_number_and_date(kantor: Kantor) -> None:
    book = kantor.setting.book
    first, *others = book.sops
    given = {"number": "01/SOP/2026", "effective_on": date(2026, 11, 1)}
    enacted = first.model_copy(update={"identity": first.identity.model_copy(update=given)})
    kantor.setting = kantor.setting._replace(book=SopBook((enacted, *others), book.forms))

    approve(kantor)

    assert laid_out(reconstructions(kantor)[0])["penerbitan"]["cap"] == ""


def test_nothing_is_approved_before_it_was_asked_once_more(kantor: Kantor) -> None:
    kantor.say(KADIS, ASK)
    kantor.press(KADIS, BUTTON, kantor.last(KADIS))

    assert kantor.question(KADIS).labels == ["setujui", "batal"]
    asked = kantor.question(KADIS).text
    assert "bertanda “DISETUJUI INTERNAL – BELUM DITETAPKAN” sampai nomor" in asked
    assert "elektronik internal, bukan TTE tersertifikasi" in asked
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

    changed, unrecorded = audit(kantor.store).breaks
    assert changed.endswith("row sop_approval PENGUMPULAN/1 was changed")
    assert unrecorded == "approval of SOP PENGUMPULAN 1: the record has none like it"


@pytest.mark.parametrize("who", [SEKRETARIS, KASUBAG])
def test_nobody_else_is_offered_it_or_may_press_it(kantor: Kantor, who: str) -> None:
    kantor.say(KADIS, ASK)
    data = kantor.last(KADIS).button(BUTTON).data
    kantor.say(who, ASK)

    assert kantor.last(who).text == (
        "Mohon maaf, tindakan ini hanya dapat dilakukan oleh Kepala Dinas."
        " Bila keliru, mohon menghubungi Admin Sistem."
    )
    with kantor.nothing_moves():
        kantor.press_data(who, kantor.last(who).id, data)
    assert kantor.toasts[-1][0] == "bukan_kewenangan"


def test_a_second_press_finds_it_approved(kantor: Kantor) -> None:
    kantor.say(KADIS, ASK)
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


class LongerSop(Sop):
    """As a later release may define it."""

    further: str = "bawaan"


@pytest.mark.parametrize(
    "told",
    [
        {"name": "Pengumpulan"},
        {"word": "kumpul"},
        {"anomalies": ("Catatan baru.",)},
        {"source": "Naskah yang dipindai ulang."},
        {"original_labels": {}},
    ],
    ids=lambda told: next(iter(told)),
)
def test_what_is_told_about_an_sop_is_no_part_of_its_fingerprint(
    kantor: Kantor, told: dict[str, Any]
) -> None:
    approve(kantor)
    book = kantor.setting.book
    first, *others = book.sops
    changed = first.model_copy(update=told)
    kantor.setting = kantor.setting._replace(book=SopBook((changed, *others), book.forms))

    assert fingerprints(changed)[1] != fingerprints(first)[1]
    assert laid_out(reconstructions(kantor)[0])["disetujui"] is not None


def test_a_further_field_with_a_default_is_no_part_of_it(kantor: Kantor) -> None:
    for sop in kantor.setting.book.sops:
        longer = LongerSop.model_validate(sop.model_dump(by_alias=True))

        assert fingerprints(longer)[2] == fingerprints(sop)[2]


def test_names_for_the_chat_are_part_of_no_fingerprint(kantor: Kantor) -> None:
    for sop in kantor.setting.book.sops:
        document = sop.model_dump(by_alias=True)
        for step in document["langkah"]:
            step["singkat"] = "Lain"
            for act in step["tindakan"]:
                act |= {"singkat": "Lain", "tugas": "mengerjakan yang lain"}

        assert fingerprints(Sop.model_validate(document)) == fingerprints(sop)


def test_a_changed_act_or_word_of_the_paper_is_part_of_it(kantor: Kantor) -> None:
    sop = kantor.setting.book.sops[0]
    act, step = sop.steps[0].acts[0], sop.steps[0]
    other_act = step.model_copy(
        update={"acts": (act.model_copy(update={"performer": "sekretaris"}), *step.acts[1:])}
    )
    longer = step.model_copy(update={"minutes": step.minutes + 1})
    changed = [
        sop.model_copy(update={"steps": (other_act, *sop.steps[1:])}),
        sop.model_copy(update={"steps": (longer, *sop.steps[1:])}),
        sop.model_copy(update={"warning": (*sop.warning, "Satu lagi.")}),
        sop.model_copy(update={"closing": sop.closing.model_copy(update={"is_active": False})}),
    ]

    assert len({fingerprints(one)[2] for one in (sop, *changed)}) == len(changed) + 1


def test_the_fingerprints_of_the_shipped_sops_stay(kantor: Kantor) -> None:
    found = {sop.code: fingerprints(sop) for sop in kantor.setting.book.sops}

    assert all(FORMER[sop.code] in accepted(sop) for sop in kantor.setting.book.sops)
    assert {code: one[2] for code, one in found.items()} == PRESENT


def test_its_code_is_verified_by_anybody(kantor: Kantor) -> None:
    approve(kantor)
    code = laid_out(reconstructions(kantor)[0])["penerbitan"]["kode"]

    kantor.say(77, f"/verifikasi {code}")
    kantor.say("Dedi", "/verifikasi")
    kantor.say("Dedi", code)

    assert kantor.chats["c77"][-1].key == "verifikasi_sop"
    assert kantor.chats["c77"][-1].args["oleh"]["nama"].startswith("Marlina")
    assert kantor.last("Dedi").key == "verifikasi_sop"

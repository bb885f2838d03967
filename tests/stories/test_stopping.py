"""/hentikan and /ubah: every answer in words; corrections and collections stopped together."""

import pytest

from flows.model.changes import Decision
from tests.conftest import Stage
from tests.kantor import Kantor, wita
from tests.officials import (
    HEADS,
    KADIS,
    KASUBAG,
    SEKRETARIS,
    find_wrong,
    sign,
)
from tests.stories.test_people import appoint, open_day

REASON = "Diganti dengan perintah yang baru."
BOTH = pytest.mark.parametrize("command", ["/hentikan", "/ubah"])


def stop(kantor: Kantor, line: str = "/hentikan 1") -> None:
    kantor.say(KADIS, line)
    kantor.say(KADIS, REASON)
    kantor.press(KADIS, "hentikan")


def refused(kantor: Kantor, line: str, name: str = KADIS) -> str:
    """What the person reads; nothing has moved."""
    with kantor.nothing_moves():
        kantor.say(name, line)
    return kantor.last(name).text


@BOTH
def test_with_no_order_running_that_is_said(stage: Stage, command: str) -> None:
    kantor = stage("open")

    for line in (command, f"{command} 77", f"{command} abc"):
        assert refused(kantor, line) == "Saat ini tidak ada perintah yang berjalan."


@BOTH
@pytest.mark.parametrize("number", ["77", "1/2025", "abc", "1 sekarang"])
def test_a_wrong_number_is_told_with_those_that_run(
    stage: Stage, command: str, number: str
) -> None:
    kantor = stage("handed_out")

    told = refused(kantor, f"{command} {number}")

    assert told == f"Perintah No. {number} tidak ada. Yang ada: 001/2026."


@BOTH
def test_a_stopped_order_is_told_with_its_end(stage: Stage, command: str) -> None:
    kantor = stage("handed_out")
    kantor.now = wita(24, "09.10")
    stop(kantor)
    kantor.now = wita(24, "09.30")

    told = refused(kantor, f"{command} 1")

    assert (
        told
        == "Perintah No. 001/2026 sudah dihentikan (Sel 24 Nov 09.10); tidak ada yang berubah."
    )
    assert refused(kantor, command) == "Saat ini tidak ada perintah yang berjalan."


@BOTH
def test_a_finished_order_is_told_with_its_end(stage: Stage, command: str) -> None:
    kantor = stage("closing")
    kantor.now = wita(24, "14.20")
    sign(kantor)
    kantor.now = wita(24, "14.30")

    told = refused(kantor, f"{command} 1/2026")

    assert (
        told == "Perintah No. 001/2026 sudah selesai (Sel 24 Nov 14.20); tidak ada yang berubah."
    )


def test_a_button_of_an_order_stopped_meanwhile_says_so(stage: Stage) -> None:
    kantor = stage("found")
    kantor.say(KADIS, "/hentikan")
    offer = kantor.last(KADIS)
    stop(kantor, "/hentikan 2")

    with kantor.nothing_moves():
        kantor.press(KADIS, offer.labels[0], offer)

    assert "sudah dihentikan" in kantor.last(KADIS).text


def test_whose_order_it_is_not_is_told_whose_it_is(stage: Stage) -> None:
    kantor = stage("handed_out")

    assert "oleh Kepala Dinas" in refused(kantor, "/hentikan 1", KASUBAG)


def record_is_whole(kantor: Kantor) -> bool:
    with kantor.store.reading() as queries:
        return queries.record.verify() == ()


def entries(kantor: Kantor, perintah_id: int) -> list[str]:
    with kantor.store.reading() as queries:
        return [entry.event.name for entry in queries.record.events(f"p{perintah_id}")]


def test_a_stopped_correction_gives_its_collection_the_signature_back(stage: Stage) -> None:
    kantor = stage("coordinated")
    held = next(seen for seen in kantor.chat(KADIS) if seen.files)
    before = len(entries(kantor, 1))
    kantor.say(KADIS, "/hentikan 2")
    kantor.say(KADIS, REASON)
    summary = kantor.last(KADIS).text
    kantor.press(KADIS, "hentikan")

    collection, correction = kantor.perintah(1), kantor.perintah(2)
    assert "Rekap semula (No. 001/2026) kembali menunggu tanda tangan." in summary
    assert (collection.status, correction.status) == ("berjalan", "batal")
    assert [(t.act, t.round, t.revision) for t in collection.open_tugas] == [("p3", 2, 0)]
    assert correction.open_tugas == ()
    letter = kantor.task(KADIS, "tugas_tanda_tangan")
    rekap = collection.paper("rekap")
    assert rekap is not None
    assert letter.rings
    assert "(versi 1)" in letter.text
    assert [(file.perintah_id, file.seq) for file in letter.files] == [(1, rekap.seq)]
    assert "kembali menunggu tanda tangan" in kantor.before_him(KADIS).text
    assert kantor.again(KADIS, held).text.startswith("↩ Langkah ini diulang")
    for head in (HEADS["PPR"], HEADS["PPA"]):
        told = kantor.task(head, "perintah_dihentikan").text
        assert "No. 002/2026" in told
        assert "Rekap semula (No. 001/2026) kembali menunggu tanda tangan." in told
        assert "dihentikan" in kantor.task(head, "akhir").text
    assert entries(kantor, 1)[before:] == ["PerintahReopened", "TugasOpened"]
    assert entries(kantor, 2)[-2:] == ["PerintahStopped", "PerintahFinished"]

    sign(kantor)

    assert kantor.perintah(1).status == "selesai"
    assert kantor.perintah(2).status == "batal"
    assert "Perintah No." not in kantor.group[-1].text
    assert record_is_whole(kantor)


def test_after_a_stopped_correction_another_may_be_ordered(stage: Stage) -> None:
    kantor = stage("found")
    stop(kantor, "/hentikan 2")

    assert find_wrong(kantor, "KBK-03") == 3

    assert kantor.perintah(1).status == "menunggu"
    assert kantor.perintah(3).parent_id == 1
    stop(kantor, "/hentikan 3")
    assert [(t.act, t.round) for t in kantor.perintah(1).open_tugas] == [("p3", 3)]


def test_a_waiting_collection_is_stopped_with_its_correction(stage: Stage) -> None:
    kantor = stage("coordinated")
    kantor.say(KADIS, "/hentikan 1")
    kantor.say(KADIS, REASON)
    summary = kantor.last(KADIS).text
    kantor.now = wita(24, "15.00")
    kantor.press(KADIS, "hentikan")

    collection, correction = kantor.perintah(1), kantor.perintah(2)
    assert "Perbaikan No. 002/2026 ikut dihentikan." in summary
    assert (collection.status, correction.status) == ("batal", "batal")
    assert collection.stop_reason == correction.stop_reason == REASON
    assert {t.state for p in (collection, correction) for t in p.tugas} <= {"selesai", "batal"}
    assert "No. 001/2026 dan perbaikannya, No. 002/2026," in kantor.before_him(KADIS).text
    for head in (HEADS["PPR"], HEADS["PPA"]):
        told = kantor.task(head, "perintah_dihentikan").text
        assert "No. 002/2026" in told
        assert "bersama perintah No. 001/2026" in told
        ended = kantor.task(head, "akhir")
        assert ended.text.startswith("⏹ Perintah No. 002/2026 dihentikan")
        assert ended.labels == []
    for perintah_id in (1, 2):
        assert entries(kantor, perintah_id)[-2:] == ["PerintahStopped", "PerintahFinished"]
    assert record_is_whole(kantor)
    assert refused(kantor, "/hentikan") == "Saat ini tidak ada perintah yang berjalan."


def test_nobody_goes_on_with_a_correction_stopped_with_its_collection(stage: Stage) -> None:
    kantor = stage("before_signing")
    letter = kantor.task(KADIS, "tugas_tanda_tangan")
    stop(kantor)

    assert kantor.again(KADIS, letter).text.startswith("⏹ Perintah No. 002/2026 dihentikan")
    with kantor.nothing_moves():
        kantor.press_data(KADIS, letter.id, letter.button("Tanda tangani").data)
    assert [kantor.perintah(n).status for n in (1, 2)] == ["batal", "batal"]


def test_a_correction_of_a_finished_collection_is_stopped_alone(stage: Stage) -> None:
    kantor = stage("signed")
    finished = kantor.perintah(1)
    kantor.say(KADIS, "/perintah perbaikan TW III 2026")
    kantor.say(KADIS, "PPA-06")
    kantor.say(KADIS, "tidak sesuai rekap DP3A/KUA")
    kantor.press(KADIS, "terbitkan", kantor.last(KADIS))
    kantor.say(KADIS, "/hentikan")
    kantor.say(KADIS, REASON)
    summary = kantor.last(KADIS).text
    kantor.press(KADIS, "hentikan")

    assert "tanda tangan" not in summary
    assert kantor.perintah(1) == finished
    assert kantor.perintah(2).status == "batal"
    assert "tanda tangan" not in kantor.task(SEKRETARIS, "perintah_dihentikan").text
    assert record_is_whole(kantor)


def test_a_correction_begun_since_the_summary_is_not_stopped_unnamed(stage: Stage) -> None:
    """The Plh. orders it while the Kepala Dinas, who was about to stop the collection, is away."""
    kantor = stage("closing")
    appoint(kantor, "Kepala Dinas", "Ardin", "Plh.", "25-11-2026", "25-11-2026")
    kantor.say(KADIS, "/hentikan 1")
    kantor.say(KADIS, REASON)
    summary = kantor.last(KADIS)
    open_day(kantor, 25)
    kantor.press(SEKRETARIS, "ada_kesalahan")
    kantor.say(SEKRETARIS, "PPA-06")
    kantor.say(SEKRETARIS, "tidak sesuai rekap DP3A/KUA")
    kantor.press(SEKRETARIS, "terbitkan", kantor.last(SEKRETARIS))

    open_day(kantor, 26)
    kantor.press(KADIS, "hentikan", summary)

    assert "Tidak ada yang disimpan" in kantor.last(KADIS).text
    assert [kantor.perintah(n).status for n in (1, 2)] == ["menunggu", "berjalan"]
    stop(kantor)
    assert [kantor.perintah(n).status for n in (1, 2)] == ["batal", "batal"]


def test_a_stopped_collection_stays_stopped_when_a_correction_of_it_ends(stage: Stage) -> None:
    """As the former version left them: the collection stopped, its correction still running."""
    kantor = stage("before_signing")
    stopped = kantor.perintah(1)
    held = stopped.tugas[-1]._replace(state="batal", outcome="dihentikan")
    with kantor.store.transaction() as tx:
        left = stopped.with_tugas(held)._replace(status="batal", finished_at=kantor.now)
        tx.apply(Decision(perintah=(left,)), "lama", kantor.now)
    stopped = kantor.perintah(1)

    sign(kantor)

    assert kantor.perintah(2).status == "selesai"
    assert kantor.perintah(1) == stopped
    assert "turut selesai" not in kantor.group[-1].text
    assert record_is_whole(kantor)


def test_the_status_of_a_stopped_order_is_that_it_was_stopped(stage: Stage) -> None:
    kantor = stage("ordered")
    stop(kantor)

    for line in ("/status 1", "/rekap 1/2026"):
        assert refused(kantor, line, SEKRETARIS) == (
            "⏹ Perintah No. 001/2026 (Pengumpulan Data Kinerja TW III 2026) dihentikan "
            f"Sel 24 Nov 08.00. Alasan: “{REASON}”"
        )
    assert (
        refused(kantor, "/status", SEKRETARIS) == "Belum ada perintah yang berjalan atau selesai."
    )


def test_the_command_typed_twice_leaves_no_question_behind(stage: Stage) -> None:
    kantor = stage("ordered")
    kantor.say(KADIS, "/hentikan 1")

    stop(kantor)

    labels = [label for seen in kantor.chat(KADIS) for label in seen.keyboard]
    assert not [label for label in labels if label.startswith("Lanjutkan")]

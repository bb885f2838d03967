"""A collection and its corrections: what happens to one leaves no other stuck or lost."""

from collections.abc import Callable

import pytest

from flows.model.commands import Outage
from tests.conftest import REPAIRS, Stage
from tests.kantor import Kantor, Seen, open_store_in, wita
from tests.officials import (
    HEADS,
    KADIS,
    KASUBAG,
    SEKRETARIS,
    SENTENCE,
    accept,
    approve,
    bring_in,
    close,
    coordinate,
    correct,
    find_wrong,
    meet,
    prove_all,
    repair,
    send_in,
    sign,
    take_findings,
)
from tests.stories.test_people import appoint, open_day
from tests.stories.test_perbaikan import drop
from tests.stories.test_stopping import REASON, record_is_whole, stop

CORRECT = "/perintah perbaikan TW III 2026"


def standing(kantor: Kantor, *ids: int) -> list[tuple[str, list[str]]]:
    """The status of each, and what is open in it."""
    found = [kantor.perintah(perintah_id) for perintah_id in ids]
    return [(each.status, [t.act for t in each.open_tugas]) for each in found]


def find_nothing(kantor: Kantor, count: int) -> None:
    """Every finding is dropped, and the Kepala Dinas agrees."""
    drop(kantor, count)
    kantor.press(KADIS, "tidak_ada_kesalahan", kantor.task(KADIS, "tugas_temuan"))


def mark(kantor: Kantor, codes: str) -> None:
    """Answers the dialog of a correction already begun."""
    kantor.say(KADIS, codes)
    kantor.say(KADIS, SENTENCE)
    kantor.press(KADIS, "terbitkan", kantor.last(KADIS))


def test_a_second_round_without_findings_has_its_rekap_signed(stage: Stage) -> None:
    """The rekap of the first round has no signature yet: it is not final without one."""
    kantor = stage("before_signing")
    find_wrong(kantor, "PPA-06")
    find_nothing(kantor, 1)

    assert standing(kantor, 1, 2) == [("menunggu", []), ("berjalan", ["9"])]
    assert kantor.perintah(2).units == ("PPR", "PPA")
    assert [seen.key for seen in kantor.group].count("grup_selesai") == 0
    told = kantor.before_him(KADIS).text
    assert "Rekap versi 2 (No. 002/2026) kembali diajukan untuk paraf dan tanda tangan." in told
    letter = kantor.task(SEKRETARIS, "tugas_paraf")
    assert letter.rings
    void = [(line["jenis"], line["versi"]) for line in letter.args["paraf_gugur"]]
    assert void == [("paraf", 2)], "what was void stays void"

    kantor.press(SEKRETARIS, "Paraf", letter)
    sign(kantor)

    rekap = kantor.perintah(2).paper("rekap")
    assert rekap is not None
    assert (rekap.version, bool(rekap.data["pengesahan"]["persetujuan"])) == (2, True)
    assert standing(kantor, 1, 2) == [("selesai", []), ("selesai", [])]
    assert [seen.key for seen in kantor.group].count("grup_selesai") == 1
    assert record_is_whole(kantor)


def test_after_findings_dropped_a_correction_by_command_holds_the_signature(
    stage: Stage,
) -> None:
    kantor = stage("found")
    find_nothing(kantor, 3)

    kantor.say(KADIS, CORRECT)
    mark(kantor, "KBK-03")

    assert standing(kantor, 1, 3) == [("menunggu", []), ("berjalan", ["2b"])]
    assert kantor.perintah(3).parent_id == 1
    stop(kantor, "/hentikan 1")
    assert [kantor.perintah(n).status for n in (1, 2, 3)] == ["batal", "selesai", "batal"]


def test_a_correction_of_a_stopped_collection_is_refused(stage: Stage) -> None:
    """What it left behind, a correction without a finding, has no rekap of its own."""
    kantor = stage("found")
    find_nothing(kantor, 3)
    stop(kantor, "/hentikan 1")
    kantor.say(KADIS, CORRECT)
    kantor.say(KADIS, "KBK-03")
    kantor.say(KADIS, SENTENCE)

    with kantor.nothing_moves():
        kantor.press(KADIS, "terbitkan", kantor.last(KADIS))

    told = "belum ada rekap TW III 2026 yang dapat diperbaiki"
    assert told in kantor.last(KADIS).text


def test_a_finished_collection_stays_valid_without_findings(stage: Stage) -> None:
    kantor = stage("signed")
    finished = kantor.perintah(1)
    kantor.say(KADIS, CORRECT)
    mark(kantor, "PPA-06")
    find_nothing(kantor, 1)

    assert kantor.perintah(1) == finished
    assert kantor.perintah(2).status == "selesai"
    assert "rekap semula tetap berlaku" in kantor.before_him(KADIS).text


def skip(kantor: Kantor, unit: str) -> Seen:
    """The Sekretaris goes on without the unit, by the board of the Kasubag."""
    board = next(s for s in reversed(kantor.chat(KASUBAG)) if "lanjut_tanpa" in s.labels)
    kantor.press_data(SEKRETARIS, board.id, board.button("lanjut_tanpa").data)
    kantor.press(SEKRETARIS, unit)
    kantor.say(SEKRETARIS, REASON)
    kantor.press(SEKRETARIS, "lanjut_tanpa", kantor.last(SEKRETARIS))
    return kantor.last(SEKRETARIS)


def test_the_only_unit_left_is_not_skipped(stage: Stage) -> None:
    """Without it no rekap would ever open, and nothing would be left to do."""
    kantor = stage("handed_out")
    bring_in(kantor, 1, "PPR")
    board = kantor.task(KASUBAG, "papan_masuk")
    for unit in ("SEK", "DAL", "KBK", "PPA"):
        skip(kantor, unit)

    with kantor.nothing_moves():
        kantor.press_data(SEKRETARIS, board.id, board.button("lanjut_tanpa").data)

    told = kantor.last(SEKRETARIS).text
    assert "PPR satu-satunya unit yang tersisa pada perintah No. 001/2026" in told
    assert "dihentikan oleh Kepala Dinas dengan /hentikan" in told


def order_correction(kantor: Kantor, codes: str = "PPA-06 PPA-01 PPR-06") -> None:
    kantor.say(KADIS, CORRECT)
    mark(kantor, codes)


def bring_to_b10(kantor: Kantor, number: int) -> None:
    """A correction from its order to the signature."""
    prove_all(kantor, 3)
    coordinate(kantor)
    for unit, figures in REPAIRS.items():
        take_findings(kantor, unit)
        repair(kantor, number, unit, figures)
    kantor.press(KASUBAG, "Ajukan")
    kantor.press(SEKRETARIS, "Paraf")


def test_a_correction_stopped_in_its_second_round_gives_the_first_rekap_back(
    stage: Stage,
) -> None:
    kantor = stage("before_signing")
    find_wrong(kantor, "PPA-06")
    stop(kantor, "/hentikan 2")

    letter = kantor.task(KADIS, "tugas_tanda_tangan")
    assert standing(kantor, 1, 2) == [("berjalan", ["p3"]), ("batal", [])]
    assert "(versi 1)" in letter.text
    sign(kantor)
    assert standing(kantor, 1, 2) == [("selesai", []), ("batal", [])]
    assert kantor.group[-1].args["versi"] == 1
    assert record_is_whole(kantor)


def test_a_second_round_of_a_finished_collections_correction_is_stopped_alone(
    stage: Stage,
) -> None:
    kantor = stage("signed")
    finished = kantor.perintah(1)
    order_correction(kantor)
    bring_to_b10(kantor, 2)
    find_wrong(kantor, "PPA-06")
    stop(kantor, "/hentikan 2")

    assert kantor.perintah(1) == finished
    assert standing(kantor, 2) == [("batal", [])]


def test_a_finished_collections_second_round_without_findings_is_signed(stage: Stage) -> None:
    kantor = stage("signed")
    order_correction(kantor)
    bring_to_b10(kantor, 2)
    find_wrong(kantor, "PPA-06")
    find_nothing(kantor, 1)
    kantor.press(SEKRETARIS, "Paraf", kantor.task(SEKRETARIS, "tugas_paraf"))
    sign(kantor)

    former = kantor.perintah(1).paper("rekap")
    assert former is not None
    assert former.is_superseded
    assert kantor.perintah(2).status == "selesai"


def change_target(kantor: Kantor, number: int) -> None:
    kantor.say(KADIS, f"/ubah {number}")
    kantor.press(KADIS, "ubah_tenggat")
    kantor.say(KADIS, "27-11-2026 10.00")
    kantor.press(KADIS, "simpan", kantor.last(KADIS))


@pytest.mark.parametrize("number", [1, 2])
def test_the_target_of_each_is_changed_alone(stage: Stage, number: int) -> None:
    kantor = stage("coordinated")
    before = {n: kantor.perintah(n) for n in (1, 2)}
    change_target(kantor, number)

    other = 3 - number
    assert kantor.perintah(number).target_at == wita(27, "10.00")
    assert kantor.perintah(other) == before[other]
    assert standing(kantor, 1, 2) == [("menunggu", []), ("berjalan", ["3t", "3t"])]


def test_the_target_is_changed_at_the_signature(stage: Stage) -> None:
    kantor = stage("closing")
    change_target(kantor, 1)

    assert kantor.perintah(1).target_at == wita(27, "10.00")
    assert standing(kantor, 1) == [("berjalan", ["p3"])]


def test_a_collection_is_stopped_at_its_signature(stage: Stage) -> None:
    kantor = stage("closing")
    letter = kantor.task(KADIS, "tugas_tanda_tangan")
    stop(kantor)

    assert standing(kantor, 1) == [("batal", [])]
    with kantor.nothing_moves():
        for label in ("Tanda tangani", "ada_kesalahan"):
            kantor.press_data(KADIS, letter.id, letter.button(label).data)


def without_ppr(stage: Stage) -> Kantor:
    """The signature of a rekap without PPR is open."""
    kantor = stage("handed_out")
    for unit in HEADS:
        if unit != "PPR":
            bring_in(kantor, 1, unit)
            accept(kantor, unit)
    board = next(s for s in reversed(kantor.chat(KASUBAG)) if "lanjut_tanpa" in s.labels)
    kantor.press_data(SEKRETARIS, board.id, board.button("lanjut_tanpa").data)
    kantor.press(SEKRETARIS, "PPR")
    kantor.say(SEKRETARIS, REASON)
    kantor.press(SEKRETARIS, "lanjut_tanpa", kantor.last(SEKRETARIS))
    close(kantor)
    return kantor


def test_a_late_unit_supersedes_the_signature(stage: Stage) -> None:
    kantor = without_ppr(stage)
    letter = kantor.task(KADIS, "tugas_tanda_tangan")
    kantor.say(KADIS, "/ubah 1")
    kantor.press(KADIS, "ubah_unit")
    kantor.press(KADIS, "PPR")
    kantor.press(KADIS, "simpan", kantor.last(KADIS))

    assert standing(kantor, 1) == [("berjalan", ["4"])]
    with kantor.nothing_moves():
        kantor.press_data(KADIS, letter.id, letter.button("Tanda tangani").data)


def test_a_late_unit_joins_a_collection_that_has_its_signature_back(stage: Stage) -> None:
    kantor = without_ppr(stage)
    find_wrong(kantor, "PPA-06")
    stop(kantor, "/hentikan 2")
    kantor.say(KADIS, "/ubah 1")
    kantor.press(KADIS, "ubah_unit")
    kantor.press(KADIS, "PPR")
    kantor.press(KADIS, "simpan", kantor.last(KADIS))
    bring_in(kantor, 1, "PPR")
    accept(kantor, "PPR")
    close(kantor)
    sign(kantor)

    rekap = kantor.perintah(1).paper("rekap")
    assert rekap is not None
    assert (rekap.version, rekap.data["isi"]["dinas"]["jumlah"]) == (2, 37)
    assert standing(kantor, 1, 2) == [("selesai", []), ("batal", [])]


def test_no_unit_joins_a_collection_that_waits(stage: Stage) -> None:
    """Neither offered, nor saved where the correction was ordered since the question."""
    kantor = without_ppr(stage)
    appoint(kantor, "Kepala Dinas", "Ardin", "Plh.", "25-11-2026", "25-11-2026")
    kantor.say(KADIS, "/ubah 1")
    kantor.press(KADIS, "ubah_unit")
    kantor.press(KADIS, "PPR")
    summary = kantor.last(KADIS)
    open_day(kantor, 25)
    kantor.press(SEKRETARIS, "ada_kesalahan")
    kantor.say(SEKRETARIS, "PPA-06")
    kantor.say(SEKRETARIS, SENTENCE)
    kantor.press(SEKRETARIS, "terbitkan", kantor.last(SEKRETARIS))
    open_day(kantor, 26)
    kantor.press(KADIS, "simpan", summary)
    refused = kantor.last(KADIS).text
    kantor.say(KADIS, "/ubah 1")

    assert "Tidak ada yang disimpan" in refused
    assert "ubah_unit" not in kantor.last(KADIS).labels
    assert kantor.perintah(1).status == "menunggu"
    assert "PPR" not in kantor.perintah(1).units


def take_back(kantor: Kantor, name: str, seen: Seen) -> str:
    """Presses Urungkan as the message had it; nothing moves. The answer."""
    with kantor.nothing_moves():
        kantor.press_data(name, seen.id, seen.button("urungkan").data)
    return kantor.toasts[-1][0]


def test_a_paraf_is_not_taken_back_once_its_rekap_is_corrected(stage: Stage) -> None:
    kantor = stage("closing")
    line = next(s for s in reversed(kantor.chat(SEKRETARIS)) if "urungkan" in s.labels)
    find_wrong(kantor, "PPA-06")
    during = take_back(kantor, SEKRETARIS, line)
    stop(kantor, "/hentikan 2")

    assert during == "urungkan_lewat"
    assert take_back(kantor, SEKRETARIS, line) == "urungkan_didahului"


def test_an_act_of_a_correction_is_taken_back_while_the_collection_waits(stage: Stage) -> None:
    kantor = stage("found")
    prove_all(kantor, 3)
    before = kantor.perintah(1)
    coordinate(kantor)
    line = next(s for s in reversed(kantor.chat(KASUBAG)) if "urungkan" in s.labels)
    kantor.press(KASUBAG, "urungkan", line)

    assert kantor.perintah(1) == before
    assert standing(kantor, 2) == [("berjalan", ["3b"])]


def test_no_act_of_a_stopped_correction_is_taken_back(stage: Stage) -> None:
    kantor = stage("coordinated")
    line = next(s for s in reversed(kantor.chat(KASUBAG)) if "urungkan" in s.labels)
    stop(kantor, "/hentikan 2")

    assert take_back(kantor, KASUBAG, line) == "urungkan_lewat"


def test_the_signature_comes_back_to_whoever_fills_the_post_then(stage: Stage) -> None:
    """The Plh. stops the correction and has the letter; afterwards the Kepala Dinas has it."""
    kantor = stage("coordinated")
    waits = [seen for seen in kantor.chat(KADIS) if "⏸ Menunggu perbaikan" in seen.text]
    appoint(kantor, "Kepala Dinas", "Ardin", "Plh.", "25-11-2026", "25-11-2026")
    open_day(kantor, 25)
    kantor.say(SEKRETARIS, "/hentikan 2")
    kantor.say(SEKRETARIS, REASON)
    kantor.press(SEKRETARIS, "hentikan")
    stand_in = kantor.task(SEKRETARIS, "tugas_tanda_tangan")
    waited = {kantor.again(KADIS, seen).text for seen in waits}
    kantor.now = wita(26, "07.30")
    open_day(kantor, 26)
    letter = kantor.task(KADIS, "tugas_tanda_tangan")

    assert waited == {"↩ Langkah ini diulang; tugas yang berlaku datang pada pesan baru."}
    assert stand_in.args["yth"]["jenis"] == "Plh"
    assert letter.args["nomor"] == "001/2026"
    sign(kantor)
    assert standing(kantor, 1, 2) == [("selesai", []), ("batal", [])]
    assert kantor.tugas(1, "p3").finished_as == "definitif"


def test_an_outage_moves_the_correction_alone(stage: Stage) -> None:
    kantor = stage("coordinated")
    kantor.now = wita(24, "15.00")
    before = kantor.perintah(1)
    take_findings(kantor, "PPA")
    due = kantor.tugas(2, "4", "PPA").due_at
    kantor.store.close()
    kantor.store = open_store_in(kantor.folder)
    kantor.now = wita(25, "09.00")
    for number in (1, 2):
        kantor.do(Outage(number, f"g{number}", wita(25, "08.00"), kantor.now))

    moved = kantor.tugas(2, "4", "PPA").due_at
    assert due is not None
    assert moved is not None
    assert (kantor.perintah(1), moved > due) == (before, True)
    stop(kantor, "/hentikan 2")
    assert standing(kantor, 1, 2) == [("berjalan", ["p3"]), ("batal", [])]


def chain(stage: Stage) -> Kantor:
    """The collection and its correction are signed; a second correction is ordered."""
    kantor = stage("before_signing")
    sign(kantor)
    order_correction(kantor, "PPR-06")
    return kantor


def test_a_second_correction_supersedes_the_first(stage: Stage) -> None:
    kantor = chain(stage)
    collection = kantor.perintah(1)
    prove_all(kantor, 1)
    coordinate(kantor)
    take_findings(kantor, "PPR")
    meet(kantor, "PPR")
    correct(kantor, 3, "PPR", {"PPR-06": "158"})
    kantor.say("Joni", "Daftar hadir yang kedua")
    send_in(kantor, "Joni")
    approve(kantor, "PPR", "Setujui")
    accept(kantor, "PPR")
    kantor.press(KASUBAG, "Ajukan")
    kantor.press(SEKRETARIS, "Paraf")
    sign(kantor)

    first, second = (kantor.perintah(n).paper("rekap") for n in (2, 3))
    assert first is not None
    assert second is not None
    assert (first.is_superseded, second.is_superseded, second.version) == (True, False, 3)
    assert kantor.perintah(1) == collection
    assert standing(kantor, 1, 2, 3) == [("selesai", [])] * 3


@pytest.mark.parametrize("end", [lambda k: stop(k, "/hentikan 3"), lambda k: find_nothing(k, 1)])
def test_a_second_correction_without_result_leaves_the_first_valid(
    stage: Stage, end: Callable[[Kantor], None]
) -> None:
    kantor = chain(stage)
    before = kantor.perintah(1), kantor.perintah(2)
    end(kantor)
    assert (kantor.perintah(1), kantor.perintah(2)) == before
    order_correction(kantor, "PPA-06")

    assert kantor.perintah(4).parent_id == 2
    assert standing(kantor, 4) == [("berjalan", ["2b"])]

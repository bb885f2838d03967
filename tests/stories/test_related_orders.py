"""A collection and its corrections: what happens to one leaves no other stuck or lost."""

from tests.conftest import Stage
from tests.kantor import Kantor, Seen
from tests.officials import (
    KADIS,
    KASUBAG,
    SEKRETARIS,
    SENTENCE,
    bring_in,
    find_wrong,
    sign,
)
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

"""Urungkan: whatever an act has moved stands as before, until somebody has built upon it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.conftest import Stage
from tests.kantor import Kantor
from tests.officials import (
    HEADS,
    KASUBAG,
    SEKRETARIS,
    SENTENCE,
    accept,
    begin,
    bring_in,
    close,
    coordinate,
    prove_all,
    take_findings,
)

NOTE = "Mohon dilengkapi dengan bukti dukung."


def standing(kantor: Kantor, perintah_id: int) -> Any:
    """All that rules how a perintah goes on."""
    perintah = kantor.perintah(perintah_id)
    tugas = [
        (t.seq, t.act, t.unit, t.state, t.outcome, t.due_at, t.finished_at, t.finished_by)
        for t in perintah.tugas
        if t.state != "batal"
    ]
    return tugas, perintah.temuan, perintah.units, perintah.status


def give_back(kantor: Kantor, name: str, *answers: str) -> None:
    for answer in answers:
        kantor.press(name, answer)
    kantor.say(name, NOTE)
    kantor.press(name, "kembalikan", kantor.before_him(name))


def reject_all(kantor: Kantor, count: int) -> None:
    for _ in range(count):
        kantor.press(SEKRETARIS, "tidak_terbukti")
        kantor.say(SEKRETARIS, SENTENCE)


def object_to(kantor: Kantor) -> None:
    kantor.press("Fadli", "sanggah", kantor.task("Fadli", "tugas_terima", "PPR"))
    kantor.send("Fadli", None, "daftar-hadir.jpg", caption=SENTENCE, sha256="a" * 64)
    kantor.press("Fadli", "kirim", kantor.last("Fadli"))


def decide(kantor: Kantor, verdict: str) -> None:
    begin(kantor, SEKRETARIS, verdict, kantor.task(SEKRETARIS, "tugas_putusan", "PPR"))


def in_with_dal(stage: Stage) -> Kantor:
    kantor = stage("handed_out")
    bring_in(kantor, 1, "DAL")
    return kantor


def closed(stage: Stage) -> Kantor:
    kantor = stage("collected")
    kantor.press(KASUBAG, "Ajukan")
    kantor.press(KASUBAG, "Paraf")
    return kantor


def verified(stage: Stage, verdicts: Callable[[Kantor, int], None]) -> Kantor:
    kantor = stage("found")
    verdicts(kantor, 3)
    return kantor


def prove(kantor: Kantor, count: int) -> None:
    for _ in range(count):
        kantor.press(SEKRETARIS, "terbukti")


def sent_on(stage: Stage) -> Kantor:
    kantor = stage("found")
    prove_all(kantor, 3)
    return kantor


ACTS: dict[str, tuple[Callable[[Stage], Kantor], int, str, Callable[[Kantor], None]]] = {
    "a receipt on the board": (in_with_dal, 1, KASUBAG, lambda k: accept(k, "DAL")),
    "the last receipt": (
        lambda stage: all_but_one(stage),
        1,
        KASUBAG,
        lambda k: accept(k, "PPA"),
    ),
    "a return from the board": (
        in_with_dal,
        1,
        KASUBAG,
        lambda k: give_back(k, KASUBAG, "kembalikan_unit"),
    ),
    "a return that voids a paraf": (
        closed,
        1,
        SEKRETARIS,
        lambda k: give_back(k, SEKRETARIS, "Kembalikan"),
    ),
    "the verification": (
        lambda stage: verified(stage, prove),
        2,
        SEKRETARIS,
        lambda k: void(k.press(SEKRETARIS, "teruskan")),
    ),
    "a verification that proves nothing": (
        lambda stage: verified(stage, reject_all),
        2,
        SEKRETARIS,
        lambda k: void(k.press(SEKRETARIS, "teruskan")),
    ),
    "the coordination": (sent_on, 2, KASUBAG, coordinate),
    "an objection": (lambda stage: stage("coordinated"), 2, "Fadli", object_to),
    "an explanation": (
        lambda stage: stage("objected"),
        2,
        KASUBAG,
        lambda k: begin(k, KASUBAG, "jelaskan", k.task(KASUBAG, "tugas_sanggah")),
    ),
    "a decision against the unit": (
        lambda stage: stage("appealed"),
        2,
        SEKRETARIS,
        lambda k: decide(k, "terbukti"),
    ),
    "a decision for the unit": (
        lambda stage: stage("appealed"),
        2,
        SEKRETARIS,
        lambda k: decide(k, "tidak_terbukti"),
    ),
}


def all_but_one(stage: Stage) -> Kantor:
    kantor = stage("handed_out")
    for unit in HEADS:
        bring_in(kantor, 1, unit)
        if unit != "PPA":
            accept(kantor, unit)
    return kantor


def void(_: object) -> None:
    return None


@pytest.mark.parametrize("act", ACTS)
def test_an_act_taken_back_has_never_moved_anything(act: str, stage: Stage) -> None:
    prepare, perintah_id, name, happen = ACTS[act]
    kantor = prepare(stage)
    before = standing(kantor, perintah_id)
    kantor.now += timedelta(minutes=10)
    happen(kantor)
    moved = standing(kantor, perintah_id)
    kantor.now += timedelta(minutes=2)
    undo_last(kantor, name)

    assert moved != before
    assert standing(kantor, perintah_id) == before
    withdrawn = [t for t in kantor.perintah(perintah_id).tugas if t.outcome == "ditarik"]
    readers = {p for t in withdrawn for p in kantor.people if _reads(kantor, p, t.ref)}
    assert not readers, "nobody is left with a message of what was withdrawn"
    with kantor.store.reading() as queries:
        names = [entry.event.name for entry in queries.record.events(f"p{perintah_id}")]
        assert queries.record.verify() == ()
    assert names.count("TugasUndone") == 1


def undo_last(kantor: Kantor, name: str) -> None:
    labels = ("urungkan", "urungkan_unit")
    seen = max((s for s in kantor.chat(name) if set(labels) & set(s.labels)),
               key=lambda s: s.touched)  # fmt: skip
    button = next(b for b in seen.buttons if b.key in labels)
    assert not kantor.press_data(name, seen.id, button.data).is_refused


def _reads(kantor: Kantor, name: str, ref: str) -> bool:
    return any(b.ref == ref for seen in kantor.chat(name) for b in seen.buttons)


@pytest.mark.parametrize("act", ACTS)
def test_the_act_can_be_done_anew_after_it_was_taken_back(act: str, stage: Stage) -> None:
    prepare, perintah_id, name, happen = ACTS[act]
    kantor = prepare(stage)
    kantor.now += timedelta(minutes=10)
    happen(kantor)
    first = standing(kantor, perintah_id)
    kantor.now += timedelta(minutes=2)
    undo_last(kantor, name)
    happen(kantor)

    again = standing(kantor, perintah_id)
    assert [t[3] for t in again[0]] == [t[3] for t in first[0]]
    assert again[1:] == first[1:]


def test_an_earlier_receipt_taken_back_withdraws_the_rekap(stage: Stage) -> None:
    """The last receipt opened it; it waits for every unit."""
    kantor = all_but_one(stage)
    first = kantor.tugas(1, "8t", "PPR")
    accept(kantor, "PPA")
    board = next(s for s in reversed(kantor.chat(KASUBAG)) if "Terima PPR" in s.labels or s.rows)
    opened = kantor.tugas(1, "9")
    kantor.press_data(KASUBAG, board.id, f"urungkan:{first.ref}:{first.revision}")

    assert kantor.tugas(1, "8t", "PPR").is_open
    assert kantor.tugas(1, "9").outcome == "ditarik"
    assert opened.is_open
    accept(kantor, "PPR")
    assert kantor.tugas(1, "9").is_open


def test_an_earlier_receipt_stands_once_the_rekap_is_put_forward(stage: Stage) -> None:
    kantor = all_but_one(stage)
    first = kantor.tugas(1, "8t", "PPR")
    accept(kantor, "PPA")
    board = next(s for s in reversed(kantor.chat(KASUBAG)) if s.rows)
    kantor.press(KASUBAG, "Ajukan")
    with kantor.nothing_moves():
        kantor.press_data(KASUBAG, board.id, f"urungkan:{first.ref}:{first.revision}")

    assert kantor.toasts[-1][0] == "urungkan_didahului"


def test_a_return_stands_once_the_receiver_has_begun(stage: Stage) -> None:
    kantor = in_with_dal(stage)
    give_back(kantor, KASUBAG, "kembalikan_unit")
    line = kantor.task(KASUBAG, "selesai_kembali")
    kantor.press(HEADS["DAL"], "Validasi", kantor.task(HEADS["DAL"], "tugas_validasi", "DAL"))
    with kantor.nothing_moves():
        kantor.press_data(KASUBAG, line.id, line.button("urungkan").data)

    assert kantor.toasts[-1][0] == "urungkan_didahului"


def test_the_line_of_a_return_keeps_its_words_when_its_time_is_over(stage: Stage) -> None:
    kantor = in_with_dal(stage)
    give_back(kantor, KASUBAG, "kembalikan_unit")
    line = kantor.task(KASUBAG, "selesai_kembali")
    kantor.wait_until(kantor.now + timedelta(minutes=6), step=1)

    over = kantor.again(KASUBAG, line)
    assert (over.key, over.labels) == ("selesai_kembali", [])
    assert over.text.startswith("✅ Dikembalikan kepada Kepala Bidang Dalduk (DAL)")


def test_the_button_leaves_the_board_when_its_time_is_over(stage: Stage) -> None:
    kantor = in_with_dal(stage)
    accept(kantor, "DAL")
    shown = kantor.before_him(KASUBAG)
    kantor.wait_until(kantor.now + timedelta(minutes=6), step=1)

    assert "urungkan_unit" in shown.labels
    assert "urungkan_unit" not in kantor.again(KASUBAG, shown).labels


def test_an_objection_stands_once_it_was_passed_on(stage: Stage) -> None:
    kantor = stage("coordinated")
    object_to(kantor)
    line = next(s for s in kantor.chat("Fadli") if "urungkan" in s.labels)
    kantor.press(KASUBAG, "Teruskan", kantor.task(KASUBAG, "tugas_sanggah", "PPR"))
    with kantor.nothing_moves():
        kantor.press_data("Fadli", line.id, line.button("urungkan").data)

    assert kantor.toasts[-1][0] == "urungkan_didahului"


def test_what_is_final_offers_no_way_back(stage: Stage) -> None:
    kantor = stage("collected")
    close(kantor)
    seen = {label for s in kantor.chat("Marlina") for label in s.labels}

    assert "urungkan" not in seen


def test_a_question_at_hand_outlives_the_five_minutes(stage: Stage) -> None:
    kantor = stage("coordinated")
    head = HEADS["PPA"]
    take_findings(kantor, "PPA")
    kantor.press(head, "Catat rapat", kantor.task(head, "tugas_rapat", "PPA"))

    for _ in range(6):
        kantor.pass_minutes(1)
        kantor.tick()

    assert kantor.last(head).key == "tanya_rapat_waktu"
    assert kantor.press(head, "rapat_hari_ini").out[0].key == "tanya_rapat_singkat"

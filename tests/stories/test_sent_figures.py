"""A figure typed after Kirim: the part is taken back with it, or asked back from whoever holds it.

A figure once sent never changes without a new version of the unit's data.
"""

from collections.abc import Callable

import pytest

from tests.conftest import Stage
from tests.kantor import Kantor
from tests.officials import (
    HEADS,
    KASUBAG,
    approve,
    correct,
    meet,
    put_forward,
    send_in,
    share,
    take_findings,
    upload,
)
from tests.stories.test_typed_figures import JONI, labels, said, words

DEDI, WAHYUNI, HERLINA = "Dedi", "Wahyuni", HEADS["KBK"]


def dedi_sent(stage: Stage) -> Kantor:
    """Dedi has sent KBK-08 and KBK-09; Wahyuni has not sent hers."""
    kantor = stage("handed_out")
    share(kantor, "KBK", ("KBK-08", "KBK-09"))
    kantor.press(DEDI, "isi_chat")
    for text in ("74,20", "Laporan balai", "100", "Laporan gudang"):
        kantor.say(DEDI, text)
    send_in(kantor, DEDI)
    return kantor


def all_sent(stage: Stage) -> Kantor:
    kantor = dedi_sent(stage)
    upload(kantor, 1, "KBK")
    send_in(kantor, WAHYUNI)
    return kantor


def put_up(stage: Stage) -> Kantor:
    """The unit's recap lies with its head."""
    kantor = all_sent(stage)
    put_forward(kantor, "KBK")
    return kantor


def figure(kantor: Kantor, code: str = "KBK-08", name: str = DEDI) -> str:
    part = kantor.perintah(1).part(code[:3], kantor.people[name])
    row = part.row(code) if part is not None else None
    assert row is not None
    return str(row.realisasi)


def versions(kantor: Kantor, unit: str = "KBK", code: str = "KBK-08") -> list[tuple[int, str]]:
    data = sorted(kantor.perintah(1).data, key=lambda d: d.version)
    return [(d.version, str(r.realisasi)) for d in data if d.unit == unit and (r := d.row(code))]


@pytest.mark.parametrize("way", [dedi_sent, all_sent])
def test_before_the_next_act_the_part_is_taken_back_with_the_figure(
    way: Callable[[Stage], Kantor], stage: Stage
) -> None:
    kantor = way(stage)
    kantor.pass_minutes(30)

    with_figure = kantor.say(DEDI, "KBK-08 72,4")
    asked = kantor.question(DEDI)
    before = figure(kantor)
    kantor.press(DEDI, "tarik_catat")

    assert not with_figure.perintah
    assert before == "74.20"
    assert words(asked) == "Bagian ini sudah dikirim 08.00. Tercatat KBK-08 = 74,20."
    assert labels(asked) == [["Tarik kembali dan catat KBK-08 = 72,40"], ["Batal"]]
    assert said(kantor, DEDI)[0] == "✅ KBK-08: 74,20 → 72,40 (capaian 90,50%)."
    assert labels(kantor.before_him(DEDI))[0][:2] == ["Kirim", "Ubah angka"]
    assert figure(kantor) == "72.40"
    own = [t for t in kantor.perintah(1).open_tugas if t.person_id == kantor.people[DEDI]]
    assert [(t.act, t.round) for t in own] == [("5", 1)]


def test_kirim_again_makes_a_new_version_that_names_who_and_from_what(stage: Stage) -> None:
    kantor = all_sent(stage)
    recap = kantor.tugas(1, "6", "KBK")

    kantor.say(DEDI, "KBK-08: 72,40")
    kantor.press(DEDI, "tarik_catat")
    withdrawn = kantor.perintah(1).task(recap.ref)
    send_in(kantor, DEDI)
    put_forward(kantor, "KBK")

    assert withdrawn is not None
    assert (withdrawn.state, withdrawn.outcome) == ("batal", "ditarik")
    assert versions(kantor) == [(1, "74.20"), (2, "72.40")]
    first = min(kantor.perintah(1).data, key=lambda d: d.version)
    assert first.made_by == kantor.people[DEDI]
    row = kantor.perintah(1).latest("KBK").row("KBK-08")  # type: ignore[union-attr]
    assert row is not None
    assert (row.filled_by, row.sumber) == (kantor.people[DEDI], "Laporan balai")


def test_the_coordinator_is_told_what_changed_since(stage: Stage) -> None:
    kantor = all_sent(stage)

    kantor.say(DEDI, "KBK-08: 72,40")
    kantor.press(DEDI, "tarik_catat")
    send_in(kantor, DEDI)

    recap = words(kantor.task(WAHYUNI, "tugas_rekap_unit", "KBK"))
    assert "Berubah sejak versi sebelumnya: KBK-08." in recap


def test_after_the_next_act_the_row_is_asked_back_from_whoever_holds_it(stage: Stage) -> None:
    kantor = put_up(stage)

    kantor.say(DEDI, "KBK-08 72,40")
    asked = kantor.question(DEDI)
    kantor.press(DEDI, "mohon_dikembalikan")
    request = kantor.last(HERLINA)

    assert words(asked) == (
        "Bagian ini sudah dikirim 08.00 dan sudah ditindaklanjuti Ibu Wahyuni Tamali. "
        "Tercatat KBK-08 = 74,20.\n\n"
        "Untuk mencatat 72,40, baris ini perlu dikembalikan oleh Ibu Kepala Bidang KBK."
    )
    assert labels(asked) == [["Mohon dikembalikan"], ["Batal"]]
    assert words(kantor.before_him(DEDI)) == (
        "✅ Permohonan agar KBK-08 dikembalikan (tertulis 74,20, seharusnya 72,40) disampaikan "
        "kepada Ibu Kepala Bidang KBK. Angka tetap 74,20 sampai dikembalikan."
    )
    assert (
        "Bapak Dedi Salangga memohon KBK-08 dikembalikan: tertulis 74,20, seharusnya 72,40."
        in (words(request))
    )
    assert labels(request) == [["Kembalikan KBK-08"], ["Lihat data"]]
    assert request.rings
    assert figure(kantor) == "74.20"


def test_the_holder_returns_exactly_that_row_with_that_note(stage: Stage) -> None:
    kantor = put_up(stage)
    kantor.say(DEDI, "KBK-08 72,40")
    kantor.press(DEDI, "mohon_dikembalikan")

    kantor.press(HERLINA, "kembalikan_baris")

    task = kantor.tugas(1, "5", "KBK")
    assert (task.person_id, task.codes, task.round) == (kantor.people[DEDI], ("KBK-08",), 2)
    assert dict(task.row_notes) == {"KBK-08": "tertulis 74,20, seharusnya 72,40"}
    assert "KBK-08 = 74,20: “tertulis 74,20, seharusnya 72,40”" in words(
        kantor.task(DEDI, "tugas_isi_kembali", "KBK")
    )
    answered = next(s for s in kantor.chat(HERLINA) if s.key == "selesai_kembali")
    assert words(answered).startswith("✅ Dikembalikan ke langkah 5")
    kantor.say(DEDI, "KBK-08 72,40")
    send_in(kantor, DEDI)
    put_forward(kantor, "KBK")
    assert versions(kantor) == [(1, "74.20"), (2, "72.40")]


def test_a_second_row_joins_the_request_that_nobody_has_decided_on(stage: Stage) -> None:
    kantor = put_up(stage)
    kantor.say(DEDI, "KBK-08 72,40")
    kantor.press(DEDI, "mohon_dikembalikan")
    kantor.pass_minutes(3)
    kantor.say(DEDI, "KBK-09 90")
    kantor.press(DEDI, "mohon_dikembalikan")
    answered = words(kantor.before_him(DEDI))
    requests = [seen for seen in kantor.chat(HERLINA) if "memohon" in seen.text]
    kantor.press(HERLINA, "kembalikan_baris")

    assert answered.endswith("sampai dikembalikan. Yang dimohon kini: KBK-08, KBK-09.")
    assert [words(seen) for seen in requests] == [
        "Yth. Ibu Kepala Bidang KBK,\n"
        "Bapak Dedi Salangga memohon 2 baris dikembalikan:\n"
        "KBK-08: tertulis 74,20, seharusnya 72,40\n"
        "KBK-09: tertulis 100,00, seharusnya 90,00"
    ]
    assert labels(requests[0]) == [["Kembalikan KBK-08, KBK-09"], ["Lihat data"]]
    task = kantor.tugas(1, "5", "KBK")
    assert (task.codes, dict(task.row_notes)) == (
        ("KBK-08", "KBK-09"),
        {
            "KBK-08": "tertulis 74,20, seharusnya 72,40",
            "KBK-09": "tertulis 100,00, seharusnya 90,00",
        },
    )


def test_a_row_asked_for_again_takes_the_place_of_its_former_figure(stage: Stage) -> None:
    kantor = put_up(stage)
    for figure_said in ("72,40", "72,80"):
        kantor.say(DEDI, f"KBK-08 {figure_said}")
        kantor.press(DEDI, "mohon_dikembalikan")

    assert "memohon KBK-08 dikembalikan: tertulis 74,20, seharusnya 72,80." in words(
        kantor.last(HERLINA)
    )


def test_a_second_press_and_a_late_one_say_so(stage: Stage) -> None:
    kantor = put_up(stage)
    kantor.say(DEDI, "KBK-08 72,40")
    kantor.press(DEDI, "mohon_dikembalikan")
    request = kantor.last(HERLINA)
    kantor.press(HERLINA, "kembalikan_baris", request)

    with kantor.nothing_moves():
        kantor.press(HERLINA, "kembalikan_baris", request)

    assert kantor.toasts[-1][0] == "permohonan_selesai"


def test_nobody_else_returns_it(stage: Stage) -> None:
    kantor = put_up(stage)
    kantor.say(DEDI, "KBK-08 72,40")
    kantor.press(DEDI, "mohon_dikembalikan")
    request = kantor.last(HERLINA)

    with kantor.nothing_moves():
        kantor.press_data(DEDI, request.id, request.button("kembalikan_baris").data)

    assert kantor.toasts[-1][0] == "bukan_kewenangan"


def test_the_request_follows_the_data_to_the_kasubag(stage: Stage) -> None:
    kantor = put_up(stage)
    approve(kantor, "KBK")

    kantor.say(DEDI, "KBK-08 72,40")
    kantor.press(DEDI, "mohon_dikembalikan")
    kantor.press(KASUBAG, "kembalikan_baris")

    assert kantor.tugas(1, "5", "KBK").codes == ("KBK-08",)
    assert kantor.tugas(1, "7", "KBK").state == "ulang"


def test_the_act_taken_meanwhile_changes_the_offer(stage: Stage) -> None:
    kantor = all_sent(stage)
    kantor.say(DEDI, "KBK-08 72,40")
    put_forward(kantor, "KBK")

    kantor.press(DEDI, "tarik_catat")

    assert labels(kantor.question(DEDI)) == [["Mohon dikembalikan"], ["Batal"]]
    assert figure(kantor) == "74.20"


def test_batal_leaves_everything_as_sent(stage: Stage) -> None:
    kantor = all_sent(stage)
    before = kantor.perintah(1)
    kantor.say(DEDI, "KBK-08 72,40")

    kantor.press(DEDI, "batal")

    assert kantor.perintah(1) == before
    assert kantor.draft(DEDI) is None


def test_an_ambiguous_figure_is_asked_about_first(stage: Stage) -> None:
    kantor = dedi_sent(stage)

    kantor.say(DEDI, "KBK-08 72.400")
    meaning = kantor.question(DEDI)
    kantor.press_data(DEDI, meaning.id, meaning.buttons[0].data)

    assert words(meaning).startswith("KBK-08: “72.400” bermakna ganda.")
    assert labels(kantor.question(DEDI))[0] == ["Tarik kembali dan catat KBK-08 = 72,40"]


def test_no_data_wants_its_note_first(stage: Stage) -> None:
    kantor = dedi_sent(stage)

    kantor.say(DEDI, "KBK-08 n/a")
    kantor.say(DEDI, "kembali")
    asked = words(kantor.question(DEDI))
    kantor.say(DEDI, "menunggu rilis balai")
    kantor.press(DEDI, "tarik_catat")

    assert asked.startswith("KBK-08 dicatat n/a (belum ada data). Mohon menuliskan")
    assert said(kantor, DEDI)[0] == "✅ KBK-08: 74,20 → n/a."


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("KBK-08 74,2", "KBK-08 sudah tercatat 74,20 dan dikirim 08.00."),
        ("KBK-08 150", "“150” belum dapat dibaca sebagai realisasi KBK-08"),
        ("KBK-09 dua orang", "Pesan belum terkait tugas"),
    ],
)
def test_what_cannot_be_taken_is_told(stage: Stage, typed: str, told: str) -> None:
    kantor = dedi_sent(stage)

    with kantor.nothing_moves():
        kantor.say(DEDI, typed)

    assert words(kantor.last(DEDI)).startswith(told)


def test_a_bare_figure_in_reply_to_the_receipt_means_the_only_row(stage: Stage) -> None:
    kantor = stage("handed_out")
    share(kantor, "KBK", ("KBK-08",))
    kantor.press(DEDI, "isi_chat")
    kantor.say(DEDI, "74,20")
    kantor.say(DEDI, "Laporan balai")
    send_in(kantor, DEDI)

    kantor.say(DEDI, "72,4", reply_to=kantor.before_him(DEDI))
    kantor.press(DEDI, "tarik_catat")

    assert said(kantor, DEDI)[0] == "✅ KBK-08: 74,20 → 72,40 (capaian 90,50%)."


def test_in_a_correction_too(stage: Stage) -> None:
    kantor = stage("coordinated")
    take_findings(kantor, "PPR")
    meet(kantor, "PPR")
    correct(kantor, 2, "PPR", {"PPR-06": "159"})
    send_in(kantor, JONI)
    approve(kantor, "PPR", "Setujui")

    kantor.say(JONI, "PPR-06 160")
    kantor.press(JONI, "mohon_dikembalikan")
    kantor.press(KASUBAG, "kembalikan_baris")

    assert kantor.tugas(2, "5", "PPR").codes == ("PPR-06",)


def test_another_figure_puts_the_open_question_anew(stage: Stage) -> None:
    kantor = all_sent(stage)
    kantor.say(DEDI, "KBK-08 72,40")

    kantor.say(DEDI, "KBK-08 72,80")
    asked = [s for s in kantor.chat(DEDI) if s.key == "sudah_dikirim"]

    assert [labels(s) for s in asked] == [
        [["Tarik kembali dan catat KBK-08 = 72,80"], ["Batal"]],
    ]


def test_a_figure_typed_again_after_the_next_act_asks_for_the_return(stage: Stage) -> None:
    kantor = all_sent(stage)
    kantor.pass_minutes(6)
    kantor.say(DEDI, "KBK-08 72,40")
    kantor.pass_minutes(6)
    put_forward(kantor, "KBK")

    kept = labels(kantor.question(DEDI))
    kantor.say(DEDI, "KBK-08 72,40")

    assert kept[0] == ["Tarik kembali dan catat KBK-08 = 72,40"]
    assert labels(kantor.question(DEDI)) == [["Mohon dikembalikan"], ["Batal"]]


def test_a_part_taken_back_meanwhile_takes_the_figure(stage: Stage) -> None:
    kantor = dedi_sent(stage)
    kantor.say(DEDI, "KBK-08 72,40")
    kantor.press(DEDI, "urungkan")

    kantor.say(DEDI, "KBK-08 72,40")

    assert said(kantor, DEDI)[0] == "✅ KBK-08: 74,20 → 72,40 (capaian 90,50%)."


def test_a_returned_part_taken_back_shows_its_figure_and_may_be_sent_at_once(stage: Stage) -> None:
    kantor = put_up(stage)
    kantor.say(DEDI, "KBK-08 72,40")
    kantor.press(DEDI, "mohon_dikembalikan")
    kantor.press(HERLINA, "kembalikan_baris")
    kantor.pass_minutes(2)
    kantor.say(DEDI, "KBK-08 72,40")
    send_in(kantor, DEDI)
    kantor.press(DEDI, "urungkan")
    again = kantor.before_him(DEDI)
    send_in(kantor, DEDI)

    assert words(again).startswith("↩ Kiriman 08.02 diurungkan 08.02.")
    assert "KBK-08 = 72,40: “tertulis 74,20, seharusnya 72,40”" in words(again)
    assert "Mohon membalas dengan angka" not in words(again)
    assert labels(again)[0][0] == "Kirim"
    assert versions(kantor) == [(1, "74.20"), (2, "72.40")]


def test_a_correction_taken_back_shows_its_figure(stage: Stage) -> None:
    kantor = stage("coordinated")
    take_findings(kantor, "PPR")
    meet(kantor, "PPR")
    asked = kantor.task(JONI, "tugas_isi", "PPR")
    correct(kantor, 2, "PPR", {"PPR-06": "159"})
    send_in(kantor, JONI)
    kantor.press(JONI, "urungkan")
    again = kantor.before_him(JONI)

    assert "PPR-06 = 95: “tidak sesuai dengan laporannya”" in words(asked)
    assert "PPR-06 = 95 → 159: “tidak sesuai dengan laporannya”" in words(again)
    assert labels(again)[0][0] == "Kirim"

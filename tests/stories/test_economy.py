"""The economy of messages in both SOPs: rings, and what is left in a chat, counted a person."""

from collections import Counter

import pytest

from tests.conftest import Stage
from tests.kantor import Kantor, Seen
from tests.officials import (
    KADIS,
    KASUBAG,
    SEKRETARIS,
    UNITS,
    accept,
    approve,
    conclude,
    coordinate,
    correct,
    fill,
    find_wrong,
    follow,
    forward,
    hand_out,
    meet,
    put_forward,
    send_in,
    sign,
    take_findings,
    upload,
)
from tests.workbooks import FIGURES

MOST_RINGS = 30
MOST_RINGS_A_PERSON = 6
MOST_MESSAGES_A_PERSON = 12
REASON = "Laporan 4 kecamatan baru masuk pagi ini."
SIX = "PPR-01 PPR-02 PPR-03 PPR-04 PPR-05 PPR-06"


def play(kantor: Kantor) -> None:
    kantor.say(KADIS, "/perintah pengumpulan TW III 2026")
    kantor.press(KADIS, "terbitkan")
    forward(kantor)
    hand_out(kantor)
    conclude(kantor)


def play_until_signing(kantor: Kantor) -> None:
    """A return, an extension and a hindrance; Joni types his six rows in the chat."""
    kantor.say(KADIS, "/perintah pengumpulan TW III 2026")
    kantor.press(KADIS, "terbitkan")
    rest(kantor)
    forward(kantor)
    hand_out(kantor)
    rest(kantor)
    for unit in UNITS:
        meet(kantor, unit)
        rest(kantor)
    extend(kantor, "Irma", "Rusdin")
    hinder(kantor, "Joni", "Fadli")
    type_rows(kantor, "Joni")
    send_in(kantor, "Joni")
    rest(kantor)
    for unit in UNITS:
        if unit != "PPR":
            fill(kantor, 1, unit)
            rest(kantor)
        put_forward(kantor, unit)
        rest(kantor)
        if unit == "KBK":
            send_back(kantor, "Herlina", unit, "KBK-09")
            upload(kantor, 1, unit, KBK_09="99")
            send_in(kantor, "Wahyuni")
            rest(kantor)
            put_forward(kantor, unit)
            rest(kantor)
        approve(kantor, unit)
        rest(kantor)
        accept(kantor, unit)
        rest(kantor)
    for name, label in ((KASUBAG, "Ajukan"), (KASUBAG, "Paraf"), (SEKRETARIS, "Paraf")):
        kantor.press(name, label)
        rest(kantor)


def play_correction_with_trouble(kantor: Kantor) -> None:
    """The same in a correction of seven rows, six of them of one Pelaksana."""
    find_wrong(kantor, f"PPA-06 {SIX}")
    rest(kantor)
    for _ in range(7):
        kantor.press(SEKRETARIS, "terbukti")
    kantor.press(SEKRETARIS, "teruskan")
    rest(kantor)
    coordinate(kantor)
    for unit in ("PPA", "PPR"):
        take_findings(kantor, unit)
        rest(kantor)
        meet(kantor, unit)
        rest(kantor)
    extend(kantor, "Lestari", "Nurdiana")
    hinder(kantor, "Joni", "Fadli")
    type_rows(kantor, "Joni", more=1)
    kantor.send("Joni", None, "rekap-kua.jpg", caption=SIX)
    send_in(kantor, "Joni")
    rest(kantor)
    send_back(kantor, "Fadli", "PPR", "PPR-06")
    kantor.send("Joni", None, "daftar-hadir.jpg", caption="PPR-06")
    send_in(kantor, "Joni")
    rest(kantor)
    approve(kantor, "PPR", "Setujui")
    rest(kantor)
    accept(kantor, "PPR")
    rest(kantor)
    correct(kantor, 2, "PPA", {"PPA-06": "46"})
    send_in(kantor, "Lestari")
    rest(kantor)
    approve(kantor, "PPA", "Setujui")
    rest(kantor)
    accept(kantor, "PPA")
    rest(kantor)
    kantor.press(KASUBAG, "Ajukan")
    rest(kantor)
    kantor.press(SEKRETARIS, "Paraf")
    rest(kantor)
    kantor.press(KADIS, "Tanda tangani")
    kantor.press(KADIS, "tanda_tangani_versi")


def rest(kantor: Kantor) -> None:
    """Six minutes: every undo window closes."""
    kantor.pass_minutes(6)
    kantor.tick()


def extend(kantor: Kantor, name: str, head: str) -> None:
    kantor.press(name, "minta_perpanjangan")
    kantor.press(name, "tambah_setengah")
    kantor.say(name, REASON)
    rest(kantor)
    kantor.press(head, "setujui")
    rest(kantor)


def hinder(kantor: Kantor, name: str, head: str) -> None:
    kantor.say(name, "/kendala")
    kantor.press(name, "kendala_data")
    kantor.say(name, "Angka ARG menunggu BPKAD, dijanjikan besok pagi")
    kantor.press(name, "pihak_luar")
    rest(kantor)
    kantor.press(head, "setujui_jeda")
    rest(kantor)
    kantor.press(name, "kendala_selesai")
    rest(kantor)


def send_back(kantor: Kantor, head: str, unit: str, code: str) -> None:
    """One row, with a note."""
    kantor.press(head, "Kembalikan", kantor.task(head, "tugas_validasi", unit))
    if kantor.question(head).key != "tanya_baris_kembali":
        kantor.press_data(head, (asked := kantor.question(head)).id, asked.buttons[0].data)
    kantor.say(head, code)
    follow(kantor, head, "kembalikan")
    rest(kantor)


def type_rows(kantor: Kantor, name: str, more: int = 0) -> None:
    """Every figure of the part in the chat, each so much more than the sample's."""
    kantor.press(name, "isi_chat")
    while kantor.draft(name) is not None:
        asked = kantor.question(name)
        if asked.key == "tanya_angka":
            figure = FIGURES[asked.args["kode"]]
            kantor.say(name, f"{int(figure) + more}" if figure.isdecimal() else figure)
        elif asked.key == "tanya_keterangan":
            kantor.say(name, REASON)
        else:
            kantor.press(name, "lewati_sumber", asked)
        kantor.pass_minutes(1)


def rings(seen: list[Seen]) -> int:
    return sum(message.rings for message in seen)


def twice(seen: list[Seen]) -> list[str]:
    return [text for text, times in Counter(each.text for each in seen).items() if times > 1]


def hold(kantor: Kantor, before: frozenset[int] = frozenset()) -> None:
    """The figures of a run; `before` are the messages that stood in the chats at its beginning."""
    private = {
        name: [seen for seen in kantor.chat(name) if seen.id not in before]
        for name in kantor.people
    }
    rung = Counter({name: rings(seen) for name, seen in private.items()})
    left = {name: len(seen) for name, seen in private.items()}
    said_twice = {name: found for name in kantor.people if (found := twice(kantor.chat(name)))}
    assert rung.total() <= MOST_RINGS
    assert max(rung.values()) <= MOST_RINGS_A_PERSON, rung
    assert max(left.values()) <= MOST_MESSAGES_A_PERSON, left
    assert said_twice == {}


def test_a_whole_collection_without_delay_rings_seldom(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    kantor = stage("open")

    play(kantor)

    private = {name: kantor.chat(name) for name in kantor.people}
    rung = Counter({name: rings(seen) for name, seen in private.items()})
    sent = Counter({name: len(seen) for name, seen in private.items()})
    with capsys.disabled():
        print("\n  person          rings  messages")
        for name in sorted(sent, key=lambda name: -rung[name]):
            print(f"  {name:<14} {rung[name]:>6} {sent[name]:>9}")
        print(f"  {'in private':<14} {rung.total():>6} {sent.total():>9}")
        print(f"  {'group':<14} {rings(kantor.group):>6} {len(kantor.group):>9}")
    assert kantor.perintah(1).status == "selesai"
    hold(kantor)
    assert rings(kantor.group) == 2


def test_a_collection_with_trouble_leaves_few_messages_and_none_twice(stage: Stage) -> None:
    kantor = stage("open")

    play_until_signing(kantor)
    sign(kantor)

    assert kantor.perintah(1).status == "selesai"
    hold(kantor)


def test_a_correction_with_trouble_leaves_few_messages_and_none_twice(stage: Stage) -> None:
    kantor = stage("open")
    play_until_signing(kantor)
    before = frozenset(seen.id for name in kantor.people for seen in kantor.chat(name))

    play_correction_with_trouble(kantor)

    assert kantor.perintah(2).status == "selesai"
    hold(kantor, before)

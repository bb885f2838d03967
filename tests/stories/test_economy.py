"""The economy of messages: a whole collection of five units without delay, counted a person."""

from collections import Counter

import pytest

from tests.conftest import Stage
from tests.kantor import Kantor, Seen
from tests.officials import KADIS, conclude, forward, hand_out

MOST_RINGS = 30
MOST_RINGS_A_PERSON = 6
MOST_MESSAGES_A_PERSON = 12


def play(kantor: Kantor) -> None:
    kantor.say(KADIS, "/perintah pengumpulan TW III 2026")
    kantor.press(KADIS, "terbitkan")
    forward(kantor)
    hand_out(kantor)
    conclude(kantor)


def rings(seen: list[Seen]) -> int:
    return sum(message.rings for message in seen)


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
    assert rung.total() <= MOST_RINGS
    assert max(rung.values()) <= MOST_RINGS_A_PERSON
    assert max(sent.values()) <= MOST_MESSAGES_A_PERSON
    assert rings(kantor.group) == 2

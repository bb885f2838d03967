"""What the first message and /bantuan say follows from roles, capabilities and SOPs."""

import pytest

from flows.engine.commands import DECLARED
from flows.enquiries.help import MOST_LINES, help_for, more, welcome
from flows.model.messages import Message
from flows.model.view import Heads
from flows.turn.command import menu_of, roles_of
from flows.turn.turn import Turn
from tests.flows.small_office import (
    ADMIN,
    COORDINATOR,
    FILLER,
    HEAD,
    KADIS,
    KASUBAG,
    OPERATOR,
    SEKRETARIS,
    a_turn,
    an_order,
    filling,
    head_of,
)

NAMES = [command.name for command in DECLARED]


def told(turn: Turn) -> Message:
    (message,) = (o for o in turn.speech.out if isinstance(o, Message))
    return message


@pytest.mark.parametrize(
    ("actor", "able", "work"),
    [
        (KADIS, ["perintah"], ["tanda_tangan"]),
        (KASUBAG, ["perintah_konsep", "indikator"], ["format", "sebar", "terima", "rekap"]),
        (HEAD, [], ["rapat", "validasi", "sampaikan", "terima"]),
        (COORDINATOR, [], ["rekap_unit"]),
        (FILLER, [], ["isi"]),
        (OPERATOR, ["perintah_konsep", "catat"], []),
        (ADMIN, ["pegawai", "pejabat", "libur"], []),
    ],
)
def test_abilities_and_work_are_those_of_the_roles(
    actor: int, able: list[str], work: list[str]
) -> None:
    turn = a_turn(actor)

    args, rows = welcome(turn, "p1", roles_of(turn, actor))

    assert args["mampu"] == able
    assert args["kerja"][: len(work)] == work
    assert bool(args["kerja"]) is bool(work)
    begun = [button.key for row in rows for button in row]
    assert begun == [*(f"mulai_{one}" for one in able[:1]), "mulai_status", "mulai_latihan"]


def test_who_has_a_task_is_led_to_it() -> None:
    order = an_order(filling())
    turn = a_turn(FILLER, order, todo=order.tugas, heads=Heads((head_of(order),)))

    _, rows = welcome(turn, "p1", roles_of(turn, FILLER))

    assert rows[0][0].key == "mulai_tugas"


@pytest.mark.parametrize("actor", [KADIS, SEKRETARIS, KASUBAG, HEAD, FILLER, OPERATOR, ADMIN])
def test_help_is_a_part_of_what_the_menu_has(actor: int) -> None:
    turn, other = a_turn(actor), a_turn(actor)
    help_for(turn)
    more(other, "")
    menu = menu_of(turn, f"p{actor}", roles_of(turn, actor))

    lines = [line["contoh"].removeprefix("/").split()[0] for line in told(turn).args["baris"]]
    assert 4 <= len(lines) <= MOST_LINES
    assert set(lines) <= set(menu.commands)
    assert [line["perintah"] for line in told(other).args["baris"]] == list(menu.words)
    assert [name for name in NAMES if name in menu.commands] == list(menu.commands)


def test_an_example_names_the_order_that_runs() -> None:
    order = an_order(filling())
    turn = a_turn(FILLER, order, todo=order.tugas, heads=Heads((head_of(order),)))

    help_for(turn)

    lines = [line["contoh"] for line in told(turn).args["baris"]]
    assert lines[:4] == ["/tugas", "/status 7", "/kendala", "/perpanjangan"]

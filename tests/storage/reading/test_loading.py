from decimal import Decimal
from typing import Any

import pytest

from flows.forms.form import Isian
from flows.model.changes import BindGroup, Decision
from flows.model.commands import Command, Membership, Stray, Ticked
from flows.model.conversation import Draft
from flows.model.messages import BoardDue, Button, Message
from flows.model.perintah import Data
from flows.model.view import Setting, View
from flows.office.period import Period
from storage.store import Store
from tests.storage.world import (
    HOUR,
    KADIS,
    KASUBAG,
    NOW,
    PELAKSANA,
    SEKRETARIS,
    full_perintah,
    indicator,
    keep,
    keep_draft,
    origin,
    perintah,
    pressed,
    said,
    sent,
    tugas,
    user,
)

BUTTONS = ((Button("act", "ok", "7-1", 0),),)
FILLING = {"act": "5", "role": "pelaksana", "unit": "DAL", "person_id": PELAKSANA}


@pytest.fixture
def running(staffed: Store) -> Store:
    """Perintah 7 with a task for the Sekretaris, and one finished."""
    keep(staffed, perintah(7, tugas=(tugas(1), tugas(2, act="2b", role="kasubag_perencanaan"))))
    return staffed


def load(store: Store, setting: Setting, command: Command) -> View:
    with store.transaction() as tx:
        return tx.load(command, setting, NOW)


def meant(store: Store, setting: Setting, command: Command) -> str | None:
    """What a command was taken to mean: "7-1" a tugas, "7" a perintah alone."""
    view = load(store, setting, command)
    if view.tugas:
        return view.tugas.ref
    return str(view.perintah.id) if view.perintah else None


def stand(store: Store, message_id: int, to: str, **fields: Any) -> None:
    """A message that has been sent and stands in the chat."""
    with store.transaction() as tx:
        tx.apply(Decision(out=(Message("x", to, **fields),)), f"m{message_id}", NOW)
        [item] = tx.outbox.claim(1, frozenset(), NOW)
        tx.outbox.delivered(item, NOW, message_id)


def draft(person_id: int = SEKRETARIS, dialog: str = "kembali", about: str = "7-1") -> Draft:
    return Draft(person_id, dialog, about, "u9:1", NOW)


def test_the_actor_is_whoever_bound_that_account(running: Store, setting: Setting) -> None:
    known = load(running, setting, said("/tugas", SEKRETARIS))
    unknown = load(running, setting, said("/tugas", user_id=4242))
    nobody = load(running, setting, said("/tugas", user_id=0))

    assert known.actor is not None
    assert known.actor.id == SEKRETARIS
    assert (unknown.actor, unknown.todo, unknown.perintah) == (None, (), None)
    assert nobody.actor is None


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("ok:7-2:0", "7-2"),
        ("lihat:p7:0", "7"),
        ("lihat:b7:0", "7"),
        ("ok:7-99:0", "7"),
        ("ok:99-1:0", None),
        ("ok:p99:0", None),
        ("ok:7-2", None),
        ("ok:7-2:0:9", None),
        ("ok:７-2:0", None),
        ("ok:99999999999999999999-1:0", None),
        ("ok:p7; DROP TABLE tugas:0", None),
        ("", None),
        ("ok:d2:0", None),
        ("daftar:i1:0", None),
    ],
)
def test_a_press_means_what_its_data_names(
    running: Store, setting: Setting, data: str, expected: str | None
) -> None:
    assert meant(running, setting, pressed(data)) == expected


def test_a_press_in_ones_own_dialog_means_what_the_draft_is_about(
    running: Store, setting: Setting
) -> None:
    keep_draft(running, draft(about="7-2"))

    mine = load(running, setting, pressed(f"jawab:d{SEKRETARIS}:0"))
    other = load(running, setting, pressed(f"jawab:d{SEKRETARIS}:0", KASUBAG))

    assert mine.draft == draft(about="7-2")
    assert mine.tugas is not None
    assert mine.tugas.ref == "7-2"
    assert (other.draft, other.perintah) == (None, None)


def test_the_message_pressed_is_known_and_stands_in_where_the_data_names_nothing(
    running: Store, setting: Setting
) -> None:
    stand(running, 50, "p2", slot="s", about="7-2", rows=BUTTONS)

    view = load(running, setting, pressed("tutup::0", message_id=50))

    assert view.slot is not None
    assert (view.slot.name, view.slot.message_id, view.slot.to) == ("s", 50, "p2")
    assert view.tugas is not None
    assert view.tugas.ref == "7-2"


def test_the_same_message_number_in_another_chat_is_another_message(
    running: Store, setting: Setting
) -> None:
    stand(running, 50, "p2", slot="s", about="7-2", rows=BUTTONS)

    view = load(running, setting, pressed("x::0", KASUBAG, message_id=50))

    assert view.slot is None


def test_a_reply_means_the_task_of_the_message_even_if_it_had_no_slot_of_its_own(
    running: Store, setting: Setting
) -> None:
    stand(running, 50, "p2", about="7-2")

    assert meant(running, setting, said("selesai", reply_to=50)) == "7-2"


def test_a_reply_to_an_ended_task_still_means_it(running: Store, setting: Setting) -> None:
    stand(running, 50, "p2", slot="s", about="7-2", rows=BUTTONS)
    with running.transaction() as tx:
        tx.apply(Decision(out=(Message("akhir", "p2", slot="s"),)), "u5", NOW)

    view = load(running, setting, said("selesai", reply_to=50))

    assert view.slot is not None
    assert (view.slot.about, view.slot.is_live) == ("7-2", False)
    assert view.tugas is not None


def test_a_reply_to_the_groups_board_means_its_perintah(running: Store, setting: Setting) -> None:
    with running.transaction() as tx:
        bound = Decision(out=(BoardDue(7),), changes=(BindGroup(-100, None, "G", False),))
        tx.apply(bound, "u1", NOW)
        [item] = tx.outbox.claim(1, frozenset(), NOW)
        tx.outbox.delivered(item, NOW, 80)

    view = load(running, setting, said("halo", KADIS, chat_id=-100, reply_to=80))

    assert view.perintah is not None
    assert view.perintah.id == 7
    assert [slot.name for slot in view.slots] == ["grup:7"]
    assert view.group is not None
    assert view.group.chat_id == -100


def test_words_mean_the_reply_then_the_draft_then_the_only_task(
    running: Store, setting: Setting
) -> None:
    stand(running, 50, "p2", about="7-1")
    alone = meant(running, setting, said("selesai"))
    keep_draft(running, draft(about="7-2"))

    in_dialog = meant(running, setting, said("selesai"))
    as_reply = meant(running, setting, said("selesai", reply_to=50))

    assert (alone, in_dialog, as_reply) == ("7-1", "7-2", "7-1")


def test_with_two_tasks_open_words_alone_mean_none_of_them(
    running: Store, setting: Setting
) -> None:
    keep(running, perintah(8, tugas=(tugas(1)._replace(perintah_id=8),)))

    view = load(running, setting, said("selesai"))

    assert (view.perintah, view.tugas) == (None, None)
    assert [todo.ref for todo in view.todo] == ["7-1", "8-1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/status 7", "7"),
        ("/rekap 007", "7"),
        ("/rekap@sigap_bot 7/2026", "7"),
        ("/status 7/2025", None),
        ("/status 99", None),
        ("/status", "8"),
        ("/rekap", "8"),
        ("halo", None),
        ("/perintah", None),
    ],
)
def test_a_command_may_name_a_number_and_a_list_shows_the_newest(
    running: Store, setting: Setting, text: str, expected: str | None
) -> None:
    keep(running, perintah(8), perintah(9, status="selesai"))

    assert meant(running, setting, said(text, KADIS)) == expected


@pytest.fixture
def filling(staffed: Store) -> Store:
    """The Pelaksana fills in for DAL in two perintah."""
    eighth = tugas(1, **FILLING)._replace(perintah_id=8)
    keep(staffed, perintah(7, tugas=(tugas(1, **FILLING),)), perintah(8, tugas=(eighth,)))
    return staffed


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ({"perintah": "8", "unit": "DAL"}, "8-1"),
        ({"perintah": "7", "unit": "DAL"}, "7-1"),
        ({"perintah": "7", "unit": "KBK"}, "7"),
        ({"perintah": "9", "unit": "DAL"}, None),
        ({"perintah": "bukan", "unit": "DAL"}, None),
        ({"lain": "x"}, None),
        (None, None),
    ],
)
def test_a_sheet_means_the_task_it_was_made_for(
    filling: Store, setting: Setting, meta: dict[str, str] | None, expected: str | None
) -> None:
    assert meant(filling, setting, sent(meta=meta)) == expected


def test_a_sheet_of_elsewhere_is_held_against_the_only_filling(
    staffed: Store, setting: Setting
) -> None:
    keep(staffed, perintah(7, tugas=(tugas(1, **FILLING),)), perintah(6, status="selesai"))

    assert meant(staffed, setting, sent(meta={"perintah": "6", "unit": "KBK"})) == "7-1"


def test_a_file_means_a_filling_not_another_task(filling: Store, setting: Setting) -> None:
    keep(filling, perintah(8, tugas=(tugas(1, **FILLING)._replace(perintah_id=8, state="batal"),)))
    other = tugas(2, act="6", role="koordinator_data", unit="DAL")._replace(perintah_id=7)
    keep(filling, perintah(7, tugas=(tugas(1, **FILLING), other)))

    view = load(filling, setting, sent())

    assert [todo.ref for todo in view.todo] == ["7-1", "7-2"]
    assert view.tugas is not None
    assert view.tugas.ref == "7-1"


def test_a_file_sent_within_a_dialog_belongs_to_it(filling: Store, setting: Setting) -> None:
    keep_draft(filling, draft(PELAKSANA, "rapat", "8-1"))

    assert meant(filling, setting, sent()) == "8-1"


def test_a_part_is_its_pelaksanas_own_and_a_post_acts_for_its_unit(
    staffed: Store, setting: Setting
) -> None:
    tasks = (
        tugas(1, **FILLING),
        tugas(2, **{**FILLING, "person_id": KASUBAG}),
        tugas(3, act="4", role="kepala_unit", unit="DAL"),
        tugas(4, act="4", role="kepala_unit", unit="SEK"),
        tugas(5, act="8t", role="kasubag_perencanaan", unit="KBK"),
        tugas(6, state="tahan"),
    )
    keep(staffed, perintah(7, tugas=tasks))

    def todo(person_id: int) -> list[str]:
        return [t.ref for t in load(staffed, setting, said("/tugas", person_id)).todo]

    assert todo(PELAKSANA) == ["7-1"]
    assert todo(KASUBAG) == ["7-2", "7-5"]
    assert todo(SEKRETARIS) == ["7-4"]
    assert todo(KADIS) == []


def test_tasks_of_a_perintah_that_waits_or_is_over_are_nobodys(
    staffed: Store, setting: Setting
) -> None:
    keep(staffed, perintah(7, status="menunggu", tugas=(tugas(1),)))

    assert load(staffed, setting, said("/tugas")).todo == ()


def test_a_child_comes_with_its_parent_whole(running: Store, setting: Setting) -> None:
    keep(running, perintah(8, parent_id=7, tugas=(tugas(1)._replace(perintah_id=8),)))

    child = load(running, setting, pressed("ok:8-1:0"))
    alone = load(running, setting, pressed("ok:7-1:0"))

    with running.reading() as queries:
        assert child.parent == queries.orders.find(7)
    assert alone.parent is None


def test_a_waiting_perintah_comes_with_its_running_correction_and_the_messages_of_it(
    running: Store, setting: Setting
) -> None:
    keep(running, perintah(8, parent_id=7, tugas=(tugas(1)._replace(perintah_id=8),)))
    keep(running, perintah(9, parent_id=7, status="batal"))
    stand(running, 50, "p2", slot="t8-1:p2", about="8-1", rows=BUTTONS)
    beside = load(running, setting, pressed("hentikan:p7:0"))
    assert beside.perintah is not None
    keep(running, beside.perintah._replace(status="menunggu"))

    waiting = load(running, setting, pressed("hentikan:p7:0"))

    assert (beside.child, beside.slots) == (None, ()), "it waits for nothing"
    with running.reading() as queries:
        assert waiting.child == queries.orders.find(8)
    assert [slot.name for slot in waiting.slots] == ["t8-1:p2"]


def test_a_tick_loads_the_perintah_and_nobody(running: Store, setting: Setting) -> None:
    view = load(running, setting, Ticked(7, "t7"))

    assert view.perintah is not None
    assert view.perintah.id == 7
    assert (view.actor, view.draft, view.todo, view.wrong_codes) == (None, None, (), 0)
    assert load(running, setting, Ticked(99, "t99")).perintah is None


@pytest.mark.parametrize(
    "command",
    [Stray(origin(), "stiker"), Membership(origin(), False)],
)
def test_what_refers_to_nothing_loads_the_actor_alone(
    running: Store, setting: Setting, command: Command
) -> None:
    view = load(running, setting, command)

    assert view.actor is not None
    assert (view.perintah, view.slot, view.invite) == (None, None, None)


def test_numbers_are_given_out_only_in_a_dialog_that_issues(
    running: Store, setting: Setting
) -> None:
    keep_draft(running, draft())
    idle = load(running, setting, pressed(f"kirim:d{SEKRETARIS}:0"))
    keep_draft(running, draft(dialog="perintah", about=""))

    issuing = load(running, setting, pressed(f"kirim:d{SEKRETARIS}:0"))

    assert (idle.next_id, idle.next_number) == (0, 0)
    assert (issuing.next_id, issuing.next_number) == (8, 8)


def test_numbers_start_anew_each_year_of_the_offices_own_zone(
    running: Store, setting: Setting
) -> None:
    keep_draft(running, draft(dialog="temuan", about="p7"))
    # 00.30 WITA on 1 January 2027.
    new_year = NOW.replace(month=12, day=31, hour=16, minute=30)

    with running.transaction() as tx:
        view = tx.load(pressed(f"kirim:d{SEKRETARIS}:0"), setting, new_year)

    assert (view.next_id, view.next_number) == (8, 1)


def test_the_master_list_is_that_of_the_perintah_the_draft_or_this_year(
    running: Store, setting: Setting
) -> None:
    keep(running, perintah(8, period=Period(2025, 4)))
    with running.transaction() as tx:
        for year in (2024, 2025, 2026):
            tx.people.take_indicators(year, [indicator(f"Y-{year}")], NOW)

    def year(command: Command) -> str:
        return load(running, setting, command).indicators[0].kode

    ordering = draft(KADIS, "perintah", "")
    found = [year(pressed("x:p8:0")), year(said("halo", KADIS))]
    keep_draft(running, ordering._replace(answers={"periode": "2024-TW4"}))
    found.append(year(said("halo", KADIS)))

    assert found == ["Y-2025", "Y-2026", "Y-2024"]


def test_former_figures_are_those_of_the_quarter_before_and_a_year_ago(
    staffed: Store, setting: Setting
) -> None:
    def data(version: int, *rows: Isian) -> Data:
        return Data("DAL", version, rows, NOW + version * HOUR, None)

    def row(kode: str, number: int) -> Isian:
        return Isian(kode, Decimal(number))

    keep(
        staffed,
        perintah(1, period=Period(2026, 2), data=(data(1, row("A", 1)), data(2, row("A", 2)))),
        perintah(2, period=Period(2026, 2), parent_id=1, data=(data(1, row("B", 3)),)),
        perintah(3, period=Period(2025, 3), data=(data(1, row("A", 4)),)),
        perintah(4, period=Period(2026, 1), data=(data(1, row("A", 5)),)),
        perintah(5, period=Period(2026, 2), form="lain", data=(data(1, row("A", 6)),)),
        perintah(6, period=Period(2026, 2), status="batal", data=(data(1, row("A", 7)),)),
        perintah(7, period=Period(2026, 3)),
    )

    view = load(staffed, setting, Ticked(7, "t"))

    assert view.former == {
        "2026-TW2": {"A": row("A", 2), "B": row("B", 3)},
        "2025-TW3": {"A": row("A", 4)},
    }


def test_heads_are_the_newest_first_without_those_called_off(
    running: Store, setting: Setting
) -> None:
    keep(running, perintah(8, status="batal"), perintah(9, parent_id=7))

    heads = load(running, setting, said("/status", KADIS)).heads

    assert [(head.id, head.nomor, head.parent_id) for head in heads] == [
        (9, "009/2026", 7),
        (7, "007/2026", None),
    ]


def test_live_messages_are_those_about_the_perintah_and_ones_own_question(
    running: Store, setting: Setting
) -> None:
    for number, (to, slot, about, rows) in enumerate(
        (
            ("p2", "t7-1:p2", "7-1", BUTTONS),
            ("p3", "t7-2:p3", "7-2", BUTTONS),
            ("p2", "u9:1", "d2", BUTTONS),
            ("p3", "u9:1", "d3", BUTTONS),
            ("p2", "quiet", "7-1", ()),
            ("p2", "other", "8-1", BUTTONS),
        ),
        50,
    ):
        stand(running, number, to, slot=slot, about=about, rows=rows)
    keep_draft(running, draft())

    slots = load(running, setting, pressed("ok:7-1:0")).slots

    assert [(slot.name, slot.to) for slot in slots] == [
        ("t7-1:p2", "p2"),
        ("t7-2:p3", "p3"),
        ("u9:1", "p2"),
    ]


def test_a_perintah_with_everything_is_loaded_whole(staffed: Store, setting: Setting) -> None:
    keep(staffed, full_perintah())

    assert load(staffed, setting, Ticked(7, "t")).perintah == full_perintah()
    assert user(SEKRETARIS) == 1002

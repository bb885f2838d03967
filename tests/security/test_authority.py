"""Every command and every button, as everybody: only the entitled move anything or get a file."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import pytest
import yaml

from bot.wording.wording import TEXTS
from flows.engine.commands import COMMANDS
from flows.model.changes import Decision
from flows.model.commands import ChatKind, Origin, Pressed, Said
from flows.model.messages import Attachment, Message
from flows.model.perintah import Perintah
from flows.office.people import Post, Roster
from tests.conftest import Stage
from tests.kantor import ACCOUNTS, GROUP, Kantor
from tests.officials import ADMIN, FILLERS, KADIS, SEKRETARIS

# Whatever is typed with a slash: what the engine routes, and what the menus show.
SHOWN = tuple(yaml.safe_load(TEXTS.read_text(encoding="utf-8"))["menu"])
NAMES = tuple(dict.fromkeys((*COMMANDS, *SHOWN)))
STAGES = (
    *("ordered", "handed_out", "working", "collected", "closing", "signed"),
    *("found", "coordinated", "appealed", "repaired", "before_signing"),
)
STRANGER = 777_001
# They are for whoever presses and move nothing of the office: a command, a file once more.
OWN = re.compile(r"[a-z0-9]+:k\d*:\d+|ulang:.*")
SKIP = re.compile(r"tanpa:p\d+:\d+")
TASK = re.compile(r"[a-z0-9]+:(\d+)-(\d+):\d+")


@dataclass(frozen=True)
class Outsider:
    """Somebody who is no official at this moment, and how Telegram would show him."""

    name: str
    user_id: int
    chat_id: int
    chat_kind: ChatKind


OUTSIDERS = (
    Outsider("a stranger", STRANGER, STRANGER, "private"),
    Outsider("a stranger in the group", STRANGER, GROUP, "group"),
    Outsider("an anonymous administrator", 0, GROUP, "group"),
    Outsider("a channel", 0, -1_009_999, "channel"),
)


def shown(kantor: Kantor) -> Iterator[tuple[str, int, str]]:
    """Every button that ever stood before anybody, with its chat and message."""
    for chat, messages in kantor.chats.items():
        for seen in messages:
            for button in seen.buttons:
                yield chat, seen.id, button.data


def files_in(decision: Decision) -> list[Attachment]:
    return [file for out in decision.out if isinstance(out, Message) for file in out.attachments]


def moves(decision: Decision) -> bool:
    parts: tuple[Any, ...] = (decision.perintah, decision.events, decision.changes)
    return any(parts) or decision.has_draft


def as_outsider(kantor: Kantor, who: Outsider, message_id: int = 0) -> Origin:
    kantor.count += 1
    sent = message_id or 600_000 + kantor.count
    return Origin(f"x{kantor.count}", who.chat_id, who.chat_kind, who.user_id, kantor.now, sent)


def end_posts(kantor: Kantor, name: str) -> Outsider:
    """He has left the office; his account and all his messages are as they were."""
    with sqlite3.connect(kantor.folder / "sigap.db") as database:
        yesterday = date(2026, 11, 23).isoformat()
        database.execute(
            "UPDATE penugasan SET selesai = ? WHERE person_id = ?",
            (yesterday, kantor.people[name]),
        )
    database.close()
    account = ACCOUNTS + kantor.people[name]
    return Outsider(f"{name}, who has left", account, account, "private")


@pytest.mark.parametrize("stage_name", STAGES)
def test_nobody_from_outside_moves_anything_by_any_command_or_button(
    stage: Stage, stage_name: str
) -> None:
    kantor = stage(stage_name)
    outsiders = [*OUTSIDERS, end_posts(kantor, FILLERS["PPA"]), end_posts(kantor, "Ardin")]
    buttons = sorted({(message, data) for _, message, data in shown(kantor)})
    forged = [(0, f"daftar:i{number}:0") for number in range(1, 20)]
    before = kantor.facts()[0]

    for who in outsiders:
        for command in NAMES:
            for line in (f"/{command}", f"/{command} 1"):
                if line in ("/start 1", "/daftar 1"):
                    continue  # a code: it is counted, and has a test of its own
                decision = kantor.do(Said.read(as_outsider(kantor, who), line))
                assert not moves(decision), (who.name, line)
                assert files_in(decision) == [], (who.name, line)
        for message_id, data in (*buttons, *forged):
            press = Pressed.read(as_outsider(kantor, who, message_id), f"q{kantor.count}", data)
            decision = kantor.do(press)
            assert not moves(decision), (who.name, data)
            assert files_in(decision) == [], (who.name, data)

    assert changed(before, kantor.facts()[0]) == {}


def changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    return {name: after[name] for name in after if after[name] != before[name]}


@pytest.mark.parametrize("stage_name", STAGES)
def test_an_official_moves_nothing_by_a_button_of_somebody_else(
    stage: Stage, stage_name: str
) -> None:
    kantor = stage(stage_name)
    known = list(shown(kantor))
    theirs = {data: {chat for chat, _, found in known if found == data} for _, _, data in known}
    before = kantor.facts()[0]
    standing = cache(kantor.perintah)
    with kantor.store.reading() as queries:
        roster = queries.office.roster()
    tried = 0

    for name, person_id in kantor.people.items():
        for data, chats in sorted(theirs.items()):
            if f"p{person_id}" in chats or OWN.fullmatch(data):
                continue
            if may(kantor, standing, roster, name, data):
                continue
            decision = kantor.press_data(name, 1, data)
            tried += 1
            assert not moves(decision), (name, data)
            assert files_in(decision) == [], (name, data)

    assert changed(before, kantor.facts()[0]) == {}
    assert tried > 12


def may(
    kantor: Kantor, standing: Callable[[int], Perintah], roster: Roster, name: str, data: str
) -> bool:
    """By the office's own list of posts, not by the engine: his task, or that of an alternate."""
    if SKIP.fullmatch(data):
        return name in (KADIS, SEKRETARIS)  # the superiors of whoever takes the data over
    found = TASK.fullmatch(data)
    if found is None:
        return False
    perintah = standing(int(found[1]))
    tugas = perintah.task(f"{found[1]}-{found[2]}")
    assert tugas is not None
    office, person = kantor.setting.office, kantor.people[name]
    act = kantor.setting.book.sop(perintah.sop, perintah.sop_version).act(tugas.act)
    roles = act.alternates if tugas.person_id else (tugas.role, *act.alternates)
    day = kantor.setting.calendar.day_of(kantor.now)
    held = office.posts_of(roster, person, day)
    units = [Post(role, tugas.unit if office.is_per_unit(role) else None) for role in roles]
    return tugas.person_id == person or any(post in held for post in units)


@pytest.mark.parametrize("stage_name", STAGES)
def test_a_command_alone_moves_no_perintah_whoever_gives_it(stage: Stage, stage_name: str) -> None:
    kantor = stage(stage_name)
    before = kantor.facts()[0]

    for name in kantor.people:
        for command in NAMES:
            kantor.say(name, f"/{command}")
            if kantor.draft(name) is not None:
                kantor.say(name, "/batal")

    moved = changed(before, kantor.facts()[0])
    assert not {"perintah", "tugas", "data", "bagian", "temuan", "penugasan", "person"} & set(
        moved
    )


@pytest.mark.parametrize("stage_name", [name for name in STAGES if name != "signed"])
def test_the_administrator_is_given_no_figure_and_no_file(stage: Stage, stage_name: str) -> None:
    """Until it is posted: what the group has read is for everybody registered."""
    kantor = stage(stage_name)

    given = [
        (command, file.name)
        for command in NAMES
        for file in files_in(kantor.say(ADMIN, f"/{command}"))
        if file.kind == "dokumen"
    ]

    assert [name for _, name in given if "ekap" in name and "Lembar" not in name] == []


def test_the_number_of_an_invitation_opens_nothing_without_its_code(stage: Stage) -> None:
    kantor = stage("ordered")
    with kantor.store.transaction() as tx:
        [(first, code), *_] = [
            (1, tx.people.make_admin_invite("Admin Kedua", kantor.now)),
            (0, ""),
        ]
    who = OUTSIDERS[0]

    for number in range(1, 40):
        press = Pressed.read(as_outsider(kantor, who), f"q{number}", f"daftar:i{number}:0")
        assert not moves(kantor.do(press))
    kantor.do(Said.read(as_outsider(kantor, who), f"/daftar {code}"))
    [asked] = kantor.chats[f"c{STRANGER}"][-1:]
    mine = Pressed.read(as_outsider(kantor, who, asked.id), "q", asked.buttons[0].data)

    assert first == 1
    assert moves(kantor.do(mine))


def test_codes_cannot_be_guessed_at_leisure(stage: Stage) -> None:
    kantor = stage("ordered")
    who = OUTSIDERS[0]
    with kantor.store.transaction() as tx:
        code = tx.people.make_admin_invite("Admin Kedua", kantor.now)

    for number in range(5):
        kantor.do(Said.read(as_outsider(kantor, who), f"/daftar {number:010d}"))
    decision = kantor.do(Said.read(as_outsider(kantor, who), f"/daftar {code}"))

    assert not moves(decision)
    assert kantor.chats[f"c{STRANGER}"][-1].key == "kode_terlalu_sering"

"""/start, /bantuan and the first message: what a person may do, by his roles and the SOPs."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from flows.enquiries.documents import PRACTICE
from flows.enquiries.my_tasks import TASKS, titles
from flows.enquiries.status import STATUS
from flows.model.changes import Decision
from flows.model.messages import Button, Rows
from flows.turn.cards import task_args
from flows.turn.command import (
    COMMANDS,
    ChatCommand,
    commands_of,
    everybody,
    menu_of,
    plain,
    roles_of,
    task_holders,
)
from flows.turn.turn import Turn, menu_button, task_button

MOST_LINES = 6
# The command of the button below /bantuan; nobody types it.
MORE = "lainnya"


def greet(turn: Turn) -> Decision | None:
    """/start of a registered person: his posts, what he may do, his open tasks, his menu."""
    roles = roles_of(turn, turn.person.id)
    args, rows = welcome(turn, turn.speech.here, roles)
    told = {
        "nama": turn.person.nama,
        "jabatan": titles(turn.view.roster.posts(turn.person.id, turn.day)),
        "tugas": len(turn.view.todo),
    }
    return turn.answer("selamat_datang", {**args, **told, "sapaan": turn.person.sapaan}, rows)


def welcome(turn: Turn, to: str, roles: frozenset[str]) -> tuple[dict[str, Any], Rows]:
    """What somebody with these roles may do of himself and what comes to him, with the buttons to
    begin: his first ability, his tasks or the progress, the practice. His chat gets its menu."""
    menu = menu_of(turn, to, roles)
    turn.speech.out.append(menu)
    seen = [COMMANDS[name] for name in menu.commands]
    abilities = [command for command in seen if command.is_ability]
    args = {
        "mampu": [command.words(turn, roles) for command in abilities],
        "kerja": list(_work_of(turn, roles)),
    }
    first = (*abilities[:1], *((TASKS,) if turn.view.todo else ()))
    begun = (*first, *(command for command in (STATUS, PRACTICE) if command in seen))
    return args, tuple((_begin(turn, command, roles),) for command in begun)


def _begin(turn: Turn, command: ChatCommand, roles: frozenset[str]) -> Button:
    return menu_button(f"mulai_{command.words(turn, roles)}", command.name)


def _work_of(turn: Turn, roles: frozenset[str]) -> dict[str, None]:
    """The kinds of the acts that come to these roles, in the order of the SOPs. The order itself
    does not come: it is given."""
    return {
        act.kind: None
        for sop in turn.view.setting.book.current()
        for act in sop.acts
        if act.performer in roles and act is not sop.first
        if not (act.traits.issues or act.is_optional)
    }


def help_for(turn: Turn) -> Decision | None:
    """/bantuan: a few commands of the person's roles, each with an example that works now."""
    roles = roles_of(turn, turn.person.id)
    tugas = turn.view.tugas if turn.work else None
    args = {
        # His own titles, without the posts that he fills besides.
        "jabatan": titles(turn.view.roster.posts(turn.person.id, turn.day)),
        "baris": list(islice(_lines(turn, roles), MOST_LINES)),
        "tugas": [task_args(turn, tugas)] if tugas else [],
        "jenis": turn.act(tugas).kind if tugas else "",
        "bertugas": task_holders(turn, roles),
    }
    rows: Rows = ((menu_button("perintah_lainnya", MORE),),)
    if tugas is not None and tugas.is_open:
        rows = ((task_button(tugas, "buka_tugas", "buka"),), *rows)
    return turn.answer("bantuan", args, rows)


def _lines(turn: Turn, roles: frozenset[str]) -> Iterator[dict[str, str]]:
    for command in commands_of(turn, roles):
        if (rest := command.example(turn)) is not None:
            typed = f"/{command.name} {rest}".strip()
            yield {"perintah": command.words(turn, roles), "contoh": typed}


def more(turn: Turn, rest: str) -> Decision | None:
    """Perintah lainnya: every command that the person may use."""
    roles = roles_of(turn, turn.person.id)
    seen = commands_of(turn, roles)
    lines = [{"perintah": c.words(turn, roles), "contoh": f"/{c.name}"} for c in seen]
    return turn.answer("bantuan_lainnya", {"baris": lines})


START = ChatCommand("start", plain(greet))
REGISTER = ChatCommand("daftar", plain(greet))
HELP = ChatCommand("bantuan", plain(help_for), everybody)
HELP_IN_ENGLISH = ChatCommand("help", plain(help_for))

"""/start, /tugas and /bantuan of a registered person; changes no state of a perintah."""

from collections.abc import Iterable

from flows.model.changes import Decision
from flows.model.messages import Menu
from flows.model.perintah import Perintah
from flows.model.view import Head
from flows.office.people import Penugasan, by_mandate
from flows.turn.cards import open_buttons, task_args, task_line
from flows.turn.command import ChatCommand, commands_of, everybody, plain
from flows.turn.listing import Listed
from flows.turn.turn import Turn, task_button


def greet(turn: Turn) -> Decision | None:
    """/start of a registered person: his posts, his open tasks, his menu."""
    posts = turn.view.roster.posts(turn.person.id, turn.day)
    args = {
        "sapaan": turn.person.sapaan,
        "nama": turn.person.nama,
        "jabatan": titles(posts),
        "tugas": len(turn.view.todo),
    }
    turn.speech.out.append(Menu(turn.speech.here, commands_of(turn, turn.person.id)))
    return turn.answer("selamat_datang", args)


def titles(posts: Iterable[Penugasan]) -> list[str]:
    """The titles of these posts in words, each once."""
    named = (by_mandate(p.jenis, p.jabatan) for p in posts)
    return list(dict.fromkeys(named))


def list_tasks(turn: Turn, rest: str = "", page: int = 0) -> Decision | None:
    """/tugas: lists open tasks, the most urgent first, each with its button."""
    urgent = sorted(turn.view.todo, key=lambda t: (t.due_at is None, t.due_at or t.opened_at))
    if not urgent:
        return turn.answer("tanpa_tugas", {})
    listed = Listed(urgent, page)
    lines = [task_line(turn, t) for t in listed.shown]
    args = {"tugas": lines, "semua": len(urgent), "mulai": listed.first}
    rows = (*open_buttons(listed.shown, listed.first), *listed.turning(TASKS.name))
    return turn.answer("daftar_tugas", args, rows)


def is_numbered(head: Head | Perintah, number: str) -> bool:
    """Whether the typed number ("1", "#001", "1/2026") means this perintah."""
    plain = number.strip().lstrip("#")
    short, _, year = head.nomor.partition("/")
    said, _, said_year = plain.partition("/")
    return said.isdecimal() and int(said) == int(short) and said_year in ("", year)


def help_for(turn: Turn) -> Decision | None:
    """/bantuan: lists what the person may do now, by role."""
    posts = turn.authority.posts_of(turn.person.id) if turn.actor else ()
    tugas = turn.view.tugas
    args = {
        "peran": list(dict.fromkeys(turn.office.role(p.role).label for p in posts)),
        "perintah": list(commands_of(turn, turn.actor.id if turn.actor else None)),
        "tugas": [task_args(turn, tugas)] if tugas and turn.work else [],
        "jenis": turn.act(tugas).kind if tugas and turn.work else "",
    }
    is_open = tugas is not None and tugas.is_open
    rows = ((task_button(tugas, "buka_tugas", "buka"),),) if tugas and is_open else ()
    return turn.answer("bantuan", args, rows)


START = ChatCommand("start", plain(greet))
REGISTER = ChatCommand("daftar", plain(greet))
TASKS = ChatCommand("tugas", plain(list_tasks), everybody, page=list_tasks)
HELP = ChatCommand("bantuan", plain(help_for), everybody)
HELP_IN_ENGLISH = ChatCommand("help", plain(help_for))

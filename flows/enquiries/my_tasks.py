"""/tugas of a registered person, and the perintah that a typed number means."""

from collections.abc import Iterable

from flows.model.changes import Decision
from flows.model.perintah import Perintah
from flows.model.view import Head
from flows.office.people import Penugasan, by_mandate
from flows.turn.cards import open_buttons, task_line
from flows.turn.command import ChatCommand, able, bare, plain, task_holders
from flows.turn.listing import Listed
from flows.turn.turn import Turn


def titles(posts: Iterable[Penugasan]) -> list[str]:
    """The titles of these posts in words, each once."""
    named = (by_mandate(p.jenis, p.jabatan) for p in posts)
    return list(dict.fromkeys(named))


def list_tasks(turn: Turn, rest: str = "", page: int = 0) -> Decision | None:
    """/tugas: lists open tasks, the most urgent first, each with its button."""
    urgent = sorted(turn.view.todo, key=lambda t: (t.due_at is None, t.due_at or t.opened_at))
    if not urgent:
        return turn.answer("tanpa_tugas", {"sapaan": turn.person.sapaan})
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


def number_to_type(turn: Turn, head: Head) -> str:
    """The shortest number by which a command means this perintah."""
    is_alone = turn.view.heads.numbers[head.number] == 1
    return str(int(head.number)) if is_alone else head.nomor


def _holds_tasks(turn: Turn, roles: frozenset[str]) -> bool:
    """Whoever acts in an SOP, and whoever records for him."""
    return task_holders(turn, roles) or able("catat")(turn, roles)


TASKS = ChatCommand("tugas", plain(list_tasks), _holds_tasks, page=list_tasks, example=bare)

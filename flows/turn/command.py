"""Declarations of chat commands (function, roles, facts needed), and the menus made of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from flows.model.changes import Decision
from flows.model.commands import Said
from flows.office.capabilities import ADMIN
from flows.turn.turn import Turn, menu_button

Run = Callable[[Turn, str], Decision | None]
Show = Callable[[Turn], Decision | None]
# A page, counted from 0, of the list that the command shows when given this text.
ShowPage = Callable[[Turn, str, int], Decision | None]
# Whether a person with these roles has it in his menu. Rights are checked by the act itself.
Audience = Callable[[Turn, frozenset[str]], bool]
# Facts looked up outside the database before the command is decided: the system's state, a new
# backup, the sender's status in the group.
Facts = Literal["", "condition", "backup", "member"]
OF_STRANGERS = ("daftar", "bantuan")


def everybody(turn: Turn, roles: frozenset[str]) -> bool:
    return True


def nobody(turn: Turn, roles: frozenset[str]) -> bool:
    """The command is understood but in no menu."""
    return False


def task_holders(turn: Turn, roles: frozenset[str]) -> bool:
    return any(turn.office.role(role).acts_in_sop for role in roles)


def admins(turn: Turn, roles: frozenset[str]) -> bool:
    return ADMIN in roles


def able(capability: str) -> Audience:
    return lambda turn, roles: not roles.isdisjoint(turn.office.roles_that(capability))


@dataclass(frozen=True, slots=True)
class ChatCommand:
    """`run` is given the text after the name. Its words are `menu.<name>` in texts.yaml.

    `show` is what it does for one perintah: such a command takes a number, and the buttons that
    offer it per perintah have its name, or `verb`, as their verb. `page` turns its list.
    """

    name: str
    run: Run
    seen_by: Audience = nobody
    show: Show | None = None
    verb: str = ""
    facts: Facts = ""
    page: ShowPage | None = None


def plain(show: Show) -> Run:
    """Adapts a function for a command that takes no words after its name."""
    return lambda turn, rest: without_words(turn, rest) or show(turn)


def without_words(turn: Turn, rest: str) -> Decision | None:
    """Names the words that the command does not take, and offers it without them; None where
    there are none."""
    name = turn.command.command if isinstance(turn.command, Said) else ""
    if not rest.strip() or name not in COMMANDS or COMMANDS[name].facts:
        return None
    return turn.refuse(
        "kata_tak_dipahami",
        {"kata": rest.split(), "perintah": name, "dipahami": []},
        ((menu_button("lanjut_tanpa_kata", name),),),
    )


# Every command of the chat by its name, in the order of the menus; filled once, by the engine.
COMMANDS: dict[str, ChatCommand] = {}


def declare(*commands: ChatCommand) -> None:
    """Adds commands. Raises ValueError where a name or the verb of a button is taken."""
    for command in commands:
        if command.name in COMMANDS or (command.show and by_verb(command.verb or command.name)):
            raise ValueError(f"/{command.name} is declared already")
        COMMANDS[command.name] = command


def by_verb(verb: str) -> Show | None:
    """The commands that show a perintah, by the verb of their button."""
    return next((c.show for c in COMMANDS.values() if c.show and verb == (c.verb or c.name)), None)


def commands_of(turn: Turn, person_id: int | None) -> tuple[str, ...]:
    """The command menu of a person, by his present roles, in the order of the declarations."""
    if person_id is None:
        return OF_STRANGERS
    return commands_of_roles(turn, (p.role for p in turn.authority.posts_of(person_id)))


def commands_of_roles(turn: Turn, roles: Iterable[str]) -> tuple[str, ...]:
    held = frozenset(roles)
    return tuple(c.name for c in COMMANDS.values() if c.seen_by(turn, held))

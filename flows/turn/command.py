"""Declarations of chat commands (function, roles, facts needed), and the menus made of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from flows.model.changes import Decision
from flows.model.commands import Said
from flows.model.messages import Menu
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
# What to type after the name to have an answer now; None where nothing would do.
Example = Callable[[Turn], str | None]
Wording = Callable[[Turn, frozenset[str]], str]


def everybody(turn: Turn, roles: frozenset[str]) -> bool:
    return True


def nobody(turn: Turn, roles: frozenset[str]) -> bool:
    """The command is understood but in no menu."""
    return False


def task_holders(turn: Turn, roles: frozenset[str]) -> bool:
    return any(turn.office.role(role).acts_in_sop for role in roles)


def subordinates(turn: Turn, roles: frozenset[str]) -> bool:
    """Whoever has a superior in an SOP to tell of a hindrance or to ask for more time."""
    held = [turn.office.role(role) for role in roles]
    return any(role.acts_in_sop and role.reports_to is not None for role in held)


def admins(turn: Turn, roles: frozenset[str]) -> bool:
    return ADMIN in roles


def able(capability: str) -> Audience:
    return lambda turn, roles: not roles.isdisjoint(turn.office.roles_that(capability))


def bare(turn: Turn) -> str:
    """The example of a command that needs no words."""
    return ""


def no_example(turn: Turn) -> None:
    """Of a command that /bantuan does not explain."""


@dataclass(frozen=True, slots=True)
class ChatCommand:
    """`run` is given the text after the name. Its words are `menu.<name>` in texts.yaml, or for
    some roles `menu.<name>_<variant>`.

    `is_ability`: the first message names it as something the person may do, with a button.
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
    example: Example = no_example
    variant: Wording | None = None
    is_ability: bool = False

    def words(self, turn: Turn, roles: frozenset[str]) -> str:
        variant = self.variant(turn, roles) if self.variant is not None else ""
        return f"{self.name}_{variant}" if variant else self.name


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


def roles_of(turn: Turn, person_id: int) -> frozenset[str]:
    """The roles of all posts that the person fills today."""
    return frozenset(post.role for post in turn.authority.posts_of(person_id))


def commands_of(turn: Turn, roles: frozenset[str]) -> tuple[ChatCommand, ...]:
    """What somebody with these roles may use, in the order of the declarations."""
    return tuple(command for command in COMMANDS.values() if command.seen_by(turn, roles))


def menu_of(turn: Turn, to: str, roles: frozenset[str]) -> Menu:
    """The command menu in the chat of somebody with these roles."""
    seen = commands_of(turn, roles)
    names = tuple(command.name for command in seen)
    return Menu(to, names, tuple(command.words(turn, roles) for command in seen))

"""Command menus by the roles that a person holds."""

from collections.abc import Iterable

from flows.turn.command import COMMANDS
from flows.turn.turn import Turn

OF_STRANGERS = ("daftar", "bantuan")


def commands_of(turn: Turn, person_id: int | None) -> tuple[str, ...]:
    """The command menu of a person, by his present roles, in the order of the declarations."""
    if person_id is None:
        return OF_STRANGERS
    return commands_of_roles(turn, (p.role for p in turn.authority.posts_of(person_id)))


def commands_of_roles(turn: Turn, roles: Iterable[str]) -> tuple[str, ...]:
    held = frozenset(roles)
    return tuple(c.name for c in COMMANDS.values() if c.seen_by(turn, held))

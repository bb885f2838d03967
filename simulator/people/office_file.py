"""The people file: bot, group and persons of the simulated office."""

import json
from dataclasses import dataclass
from pathlib import Path


class PeopleFileInvalid(Exception):
    """The people file cannot be used; the message names the place."""


@dataclass(frozen=True, slots=True)
class Member:
    name: str
    note: str
    code: str | None
    is_admin: bool


@dataclass(frozen=True, slots=True)
class SimulatedOffice:
    username: str
    bot_name: str
    group: str
    group_kind: str
    members: tuple[Member, ...]
    days_off: tuple[str, ...] = ()
    is_bot_admin: bool = False


EXAMPLE = SimulatedOffice(
    "sigap_simulasi_bot",
    "SIGAP",
    "Grup Kantor",
    "supergroup",
    (
        Member("Ibu Contoh", "Kepala Dinas", None, False),
        Member("Bapak Contoh", "Admin", None, True),
    ),
)


def read_office(path: Path) -> SimulatedOffice:
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise PeopleFileInvalid(f"{path}: {fault}") from fault
    try:
        bot, group = raw["bot"], raw["group"]
        return SimulatedOffice(
            str(bot["username"]),
            str(bot["name"]),
            str(group["title"]),
            str(group.get("type", "supergroup")),
            tuple(
                Member(
                    str(person["name"]),
                    str(person.get("note", "")),
                    person.get("code"),
                    bool(person.get("admin", False)),
                )
                for person in raw["people"]
            ),
            tuple(str(day) for day in raw.get("days_off", ())),
            bool(group.get("bot_admin", False)),
        )
    except (KeyError, TypeError, AttributeError) as fault:
        raise PeopleFileInvalid(f"{path}: missing or wrong: {fault}") from fault

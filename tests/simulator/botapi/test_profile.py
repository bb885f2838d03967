from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeChatMember,
)

from tests.simulator.conftest import DEDI, GROUP, MARLINA, RIZAL, People


async def menu(people: People, person: int, chat: int | None = None) -> list[str]:
    rows = await people.get(f"/api/people/{person}/chats/{chat or person}/commands")
    return [row["command"] for row in rows]


async def test_the_bot_knows_itself(bot: Bot) -> None:
    me = await bot.get_me()

    assert (me.username, me.first_name, me.can_read_all_group_messages) == (
        "sigap_tes_bot",
        "SIGAP",
        False,
    )


async def test_each_person_sees_the_menu_of_the_narrowest_scope(bot: Bot, people: People) -> None:
    await people.start(MARLINA)
    await bot.set_my_commands([BotCommand("bantuan", "Bantuan")])
    await bot.set_my_commands(
        [BotCommand("tugas", "Tugas")], scope=BotCommandScopeAllPrivateChats()
    )
    await bot.set_my_commands(
        [BotCommand("perintah", "Perintah")], scope=BotCommandScopeChat(MARLINA)
    )
    await bot.set_my_commands(
        [BotCommand("status", "Papan")], scope=BotCommandScopeAllGroupChats()
    )
    await bot.set_my_commands(
        [BotCommand("grup", "Ikat")], scope=BotCommandScopeChatAdministrators(GROUP)
    )
    await bot.set_my_commands(
        [BotCommand("saya", "Saya")], scope=BotCommandScopeChatMember(GROUP, MARLINA)
    )

    assert await menu(people, MARLINA) == ["perintah"]
    assert await menu(people, DEDI) == ["tugas"]
    assert await menu(people, DEDI, GROUP) == ["status"]
    assert await menu(people, RIZAL, GROUP) == ["grup"]
    assert await menu(people, MARLINA, GROUP) == ["saya"]


async def test_a_menu_can_be_read_and_deleted(bot: Bot, people: People) -> None:
    await bot.set_my_commands([BotCommand("bantuan", "Bantuan")])
    read = await bot.get_my_commands()

    await bot.delete_my_commands()

    assert [command.command for command in read] == ["bantuan"]
    assert await bot.get_my_commands() == ()
    assert await menu(people, DEDI) == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, 'parameter "commands" is required'),
        ({"commands": "["}, "can't parse commands JSON object"),
        ({"commands": "{}"}, "an Array expected as commands"),
        ({"commands": ["x"]}, "can't parse BotCommand: expected an Object"),
        (
            {"commands": [{"command": "x"}]},
            "can't parse BotCommand: Field must be of type String",
        ),
        ({"commands": [{"command": "Tugas", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        (
            {"commands": [{"command": "x", "description": ""}]},
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        ({"commands": [{"command": "x", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        (
            {"commands": [], "scope": {"type": "planet"}},
            "can't parse BotCommandScope: Unsupported type specified",
        ),
        (
            {"commands": [], "scope": {"type": "chat"}},
            "can't parse BotCommandScope: invalid chat_id specified",
        ),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 77}}, "chat not found"),
        ({"commands": [], "language_code": "indo"}, "invalid language code specified"),
    ],
)
async def test_a_wrong_menu_is_refused(people: People, body: dict[str, Any], words: str) -> None:
    answer = await people.call("setMyCommands", **body)

    assert answer["description"] == f"Bad Request: {words}"


async def test_name_and_description_change_within_their_lengths(bot: Bot, people: People) -> None:
    await bot.set_my_name("SIGAP DP2KBP3A")
    await bot.set_my_description("Asisten SOP")
    long_name = await people.call("setMyName", name="a" * 65)
    long_text = await people.call("setMyDescription", description="a" * 513)

    assert (await people.get("/api/state"))["bot"]["name"] == "SIGAP DP2KBP3A"
    assert long_name["description"] == "Bad Request: BOT_TITLE_INVALID"
    assert long_text["description"] == "Bad Request: BOT_DESCRIPTION_TOO_LONG"

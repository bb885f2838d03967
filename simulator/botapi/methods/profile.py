"""Methods about the bot itself, its command menus, chats and their members."""

import re
from dataclasses import replace
from typing import Any

from simulator.botapi.access import known_chat, open_chat
from simulator.botapi.delivery import tell_members
from simulator.botapi.parameters import Arguments, Method, kinds
from simulator.botapi.wire import chat_json, me_json, member_json, message_json
from simulator.world.refusal import bad_request
from simulator.world.world import Chat, World

_SCOPES: dict[str, tuple[str, ...]] = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"([a-z]{2})?")
ScopeKey = tuple[str, int, int, str]
_GIFTS = "unlimited_gifts limited_gifts unique_gifts premium_subscription gifts_from_channels"


def get_me(world: World, args: Arguments) -> dict[str, Any]:
    return me_json(world)


def set_my_commands(world: World, args: Arguments) -> bool:
    commands = args.structure("commands")
    if commands is None:
        raise bad_request('parameter "commands" is required')
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    read = [_read_command(command) for command in commands]
    world.commands[_scope_key(world, args)] = read
    world.feed.publish("commands", {})
    return True


def delete_my_commands(world: World, args: Arguments) -> bool:
    world.commands.pop(_scope_key(world, args), None)
    world.feed.publish("commands", {})
    return True


def get_my_commands(world: World, args: Arguments) -> list[dict[str, str]]:
    return world.commands.get(_scope_key(world, args), [])


def set_my_name(world: World, args: Arguments) -> bool:
    if len(args.text("name")) > 64:
        raise bad_request("BOT_TITLE_INVALID")
    world.bot = replace(world.bot, name=args.text("name") or world.bot.name)
    return True


def set_my_description(world: World, args: Arguments) -> bool:
    if len(args.text("description")) > 512:
        raise bad_request("BOT_DESCRIPTION_TOO_LONG")
    world.bot = replace(world.bot, description=args.text("description"))
    return True


def menu_of(world: World, chat: Chat, person: int) -> list[dict[str, str]]:
    """The commands this person's app shows in this chat, by Telegram's order of scopes."""
    general = "all_private_chats" if chat.is_private else "all_group_chats"
    keys: list[tuple[str, int, int]] = [("chat", chat.id, 0)]
    if not chat.is_private:
        keys.insert(0, ("chat_member", chat.id, person))
        if chat.members.get(person) in ("creator", "administrator"):
            keys.insert(1, ("chat_administrators", chat.id, 0))
            keys.append(("all_chat_administrators", 0, 0))
    for scope, id, user in [*keys, (general, 0, 0), ("default", 0, 0)]:
        for language in ("id", ""):
            if (scope, id, user, language) in world.commands:
                return world.commands[scope, id, user, language]
    return []


def _scope_key(world: World, args: Arguments) -> ScopeKey:
    scope = args.structure("scope") or {"type": "default"}
    kind = scope.get("type")
    if kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    language = args.text("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    missing = [name for name in _SCOPES[kind] if not isinstance(scope.get(name), int)]
    if missing:
        raise bad_request(f"can't parse BotCommandScope: invalid {missing[0]} specified")
    if "chat_id" in _SCOPES[kind]:
        known_chat(world, scope["chat_id"])
    return kind, scope.get("chat_id", 0), scope.get("user_id", 0), language


def _read_command(raw: Any) -> dict[str, str]:
    if not isinstance(raw, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    command, description = raw.get("command"), raw.get("description")
    if not isinstance(command, str) or not isinstance(description, str):
        raise bad_request("can't parse BotCommand: Field must be of type String")
    command = command.removeprefix("/")
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


def get_chat(world: World, args: Arguments) -> dict[str, Any]:
    chat = known_chat(world, args.structure("chat_id"))
    if not chat.is_private:
        chat = open_chat(world, chat.id)
    answer = chat_json(chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS.split(), False),
    }
    if chat.pinned:
        answer["pinned_message"] = message_json(world, chat.messages[chat.pinned[-1]])
    return answer


def get_chat_member(world: World, args: Arguments) -> dict[str, Any]:
    chat = open_chat(world, args.structure("chat_id"))
    user = args.number("user_id")
    if user <= 0:
        raise bad_request("invalid user_id specified")
    if user != world.bot.id and user not in world.people:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return member_json(world, chat, user)


def get_chat_administrators(world: World, args: Arguments) -> list[dict[str, Any]]:
    chat = open_chat(world, args.structure("chat_id"))
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    return [
        member_json(world, chat, id)
        for id, status in chat.members.items()
        if status in ("creator", "administrator") and id != world.bot.id
    ]


def leave_chat(world: World, args: Arguments) -> bool:
    chat = open_chat(world, args.structure("chat_id"))
    if chat.is_private:
        raise bad_request("chat is not a group, supergroup or channel chat")
    leave(world, chat)
    return True


def leave(world: World, chat: Chat) -> None:
    chat.members[world.bot.id] = "left"
    chat.bot_rights = frozenset()
    tell_members(world, chat, "members", {"bot": "left"})


METHODS = (
    Method("getMe", {}, get_me),
    Method("setMyCommands", kinds("commands scope language_code"), set_my_commands),
    Method("deleteMyCommands", kinds("scope language_code"), delete_my_commands),
    Method("getMyCommands", kinds("scope language_code"), get_my_commands),
    Method("setMyName", kinds("name language_code"), set_my_name),
    Method("setMyDescription", kinds("description language_code"), set_my_description),
    Method("getChat", kinds("chat_id"), get_chat),
    Method("getChatMember", kinds("chat_id user_id"), get_chat_member),
    Method("getChatAdministrators", kinds("chat_id return_bots"), get_chat_administrators),
    Method("leaveChat", kinds("chat_id"), leave_chat),
)

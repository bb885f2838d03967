"""Methods about chats and their members."""

from typing import Any

from simulator.botapi.access import known_chat, open_chat
from simulator.botapi.delivery import tell_members
from simulator.botapi.parameters import Arguments, Method, kinds
from simulator.botapi.wire import chat_json, member_json, message_json
from simulator.world.refusal import bad_request
from simulator.world.world import Chat, World

_GIFTS = "unlimited_gifts limited_gifts unique_gifts premium_subscription gifts_from_channels"


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
    Method("getChat", kinds("chat_id"), get_chat),
    Method("getChatMember", kinds("chat_id user_id"), get_chat_member),
    Method("getChatAdministrators", kinds("chat_id return_bots"), get_chat_administrators),
    Method("leaveChat", kinds("chat_id"), leave_chat),
)

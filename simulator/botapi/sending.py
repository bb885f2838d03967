"""Sending of the bot's messages into a chat: albums, flood limits, rights."""

from typing import Any

from simulator.botapi.access import open_chat, open_topic
from simulator.botapi.delivery import tell_people
from simulator.botapi.keyboard import read_keyboard
from simulator.botapi.parameters import Arguments
from simulator.world.refusal import bad_request, too_many_requests
from simulator.world.world import Chat, Content, Message, World

_NOUNS = {"text": "text messages", "document": "documents", "photo": "photos"}


def send(world: World, args: Arguments, *contents: Content) -> list[Message]:
    """Sends one message, or several as an album: all of them or none."""
    keyboard = read_keyboard(args.structure("reply_markup"))
    chat = open_chat(world, args.structure("chat_id"))
    is_restricted = not chat.is_private and world.bot_status(chat) == "restricted"
    if is_restricted:
        noun = _NOUNS.get(contents[0].kind, contents[0].kind)
        raise bad_request(f"not enough rights to send {noun} to the chat")
    topic = open_topic(world, chat, args.structure("message_thread_id"))
    reply_to = replied_message(chat, args.structure("reply_parameters"))
    hold_flood(world, chat, len(contents))
    further = {
        "keyboard": keyboard,
        "reply_to": reply_to,
        "topic": topic,
        "album": str(next(world.serial)) if len(contents) > 1 else None,
        "is_silent": args.flag("disable_notification"),
    }
    sent = [world.post(chat, world.bot.id, content, **further) for content in contents]
    for message in sent:
        tell_people(world, "message", message)
    return sent


def hold_flood(world: World, chat: Chat, count: int = 1) -> None:
    """Raises 429 with retry_after for a message above Telegram's limits."""
    if world.faults.is_ordered("unlimited"):
        return
    if seconds := world.flood.wait_needed(chat.id, count):
        raise too_many_requests(seconds)


def replied_message(chat: Chat, reply: dict[str, Any] | None) -> int | None:
    if reply is None:
        return None
    message_id = reply.get("message_id")
    if not isinstance(message_id, int):
        raise bad_request("can't parse reply parameters: message_id must be an Integer")
    if reply.get("chat_id", chat.id) == chat.id and message_id in chat.messages:
        return message_id
    if reply.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")

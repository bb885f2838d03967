"""Access of the bot: the chats it may write to, the messages it may change; sending itself."""

from typing import Any

from simulator.botapi.delivery import tell_people
from simulator.botapi.formatting import read_keyboard
from simulator.botapi.parameters import Arguments
from simulator.world.refusal import Refusal, bad_request, forbidden, too_many_requests
from simulator.world.world import Chat, Content, Message, World

_NOUNS = {"text": "text messages", "document": "documents", "photo": "photos"}


def open_chat(world: World, chat_id: Any) -> Chat:
    """The chat; raises the refusal of the Bot API where the bot may not write."""
    chat = known_chat(world, chat_id)
    if chat.is_private:
        person = world.people[chat.id]
        if person.has_blocked:
            raise forbidden("bot was blocked by the user")
        if not person.has_started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat
    if chat.migrated_to:
        words = "Bad Request: group chat was upgraded to a supergroup chat"
        raise Refusal(400, words, {"migrate_to_chat_id": chat.migrated_to})
    name = "supergroup" if chat.kind == "supergroup" else "group"
    status = world.bot_status(chat)
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {name} chat")
    if status == "left":
        raise forbidden(f"bot is not a member of the {name} chat")
    return chat


def known_chat(world: World, chat_id: Any) -> Chat:
    if chat_id is None:
        raise bad_request("chat_id is empty")
    chat = world.chats.get(chat_id) if isinstance(chat_id, int) else None
    if chat is None:
        raise bad_request("chat not found")
    if chat.is_private:
        person = world.people[chat.id]
        if not person.has_started and not person.is_known:
            raise bad_request("chat not found")
    return chat


def open_topic(world: World, chat: Chat, topic: int | None) -> int | None:
    """The topic; a closed one takes messages only from a manager of topics."""
    if topic is None:
        return None
    if topic not in chat.topics:
        raise bad_request("message thread not found")
    if chat.topics[topic].is_closed and not bot_may(world, chat, "can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return topic


def message_of(chat: Chat, message_id: int, purpose: str) -> Message:
    if not message_id:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request(f"message to {purpose} not found")
    return message


def bot_may(world: World, chat: Chat, right: str) -> bool:
    if chat.is_private:
        return True
    return world.bot_status(chat) == "administrator" and right in chat.bot_rights


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

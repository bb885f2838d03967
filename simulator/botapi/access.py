"""Access of the bot: the chats it may write to, the messages it may change."""

from typing import Any

from simulator.world.refusal import Refusal, bad_request, forbidden
from simulator.world.world import Chat, Message, World


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

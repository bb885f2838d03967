"""A method of the Bot API: its parameters and its function."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from simulator.botapi.parameters import Arguments
from simulator.world.world import World

Run = Callable[[World, Arguments], Any] | Callable[[World, Arguments], Awaitable[Any]]

TARGET = {
    "chat_id": "Chat",
    "message_thread_id": "Integer",
    "business_connection_id": "String",
}
SENDING = TARGET | {
    "direct_messages_topic_id": "Integer",
    "disable_notification": "Boolean",
    "protect_content": "Boolean",
    "allow_paid_broadcast": "Boolean",
    "message_effect_id": "String",
    "reply_parameters": "Object",
}
MARKUP = {"reply_markup": "Object", "suggested_post_parameters": "Object"}
CAPTION = {"caption": "String", "parse_mode": "String", "caption_entities": "Array"}
EDITING = {
    "chat_id": "Chat",
    "message_id": "Integer",
    "inline_message_id": "String",
    "business_connection_id": "String",
    "reply_markup": "Object",
}


@dataclass(frozen=True, slots=True)
class Method:
    name: str
    kinds: Mapping[str, str]
    run: Run

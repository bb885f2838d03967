"""Methods that change or remove what stands in a chat."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from simulator.botapi.access import bot_may, hold_flood, message_of, open_chat
from simulator.botapi.delivery import tell_bot, tell_members, tell_people
from simulator.botapi.formatting import read_caption, read_keyboard, read_text
from simulator.botapi.methods.messages import read_media
from simulator.botapi.parameters import CAPTION, EDITING, TEXT, Arguments, Method, kinds
from simulator.botapi.wire import message_json
from simulator.world.refusal import bad_request
from simulator.world.world import Chat, Content, Keyboard, Message, World

_EMOJI = """
👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥
🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨
🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡
"""
_REACTIONS = frozenset(_EMOJI.split())
_DELETABLE = timedelta(hours=48)
_CAPTION_TOO_LONG = "MEDIA_CAPTION_TOO_LONG"
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


def edit_text(world: World, args: Arguments) -> dict[str, Any]:
    text, entities = read_text(args, "MESSAGE_TOO_LONG")
    keyboard = read_keyboard(args.structure("reply_markup"))
    message = _message(world, args)
    if message.content.kind != "text":
        raise bad_request("there is no text in the message to edit")
    return _edited(world, message, Content("text", text, entities), keyboard)


def edit_caption(world: World, args: Arguments) -> dict[str, Any]:
    text, entities = read_caption(args, _CAPTION_TOO_LONG)
    keyboard = read_keyboard(args.structure("reply_markup"))
    message = _message(world, args)
    if message.content.file is None:
        raise bad_request("there is no caption in the message to edit")
    content = replace(message.content, text=text, entities=entities)
    return _edited(world, message, content, keyboard)


def edit_media(world: World, args: Arguments) -> dict[str, Any]:
    if args.structure("media") is None:
        raise bad_request("input media is not specified")
    content = read_media(world, args.structure("media"), args, _CAPTION_TOO_LONG)
    keyboard = read_keyboard(args.structure("reply_markup"))
    return _edited(world, _message(world, args), content, keyboard)


def edit_reply_markup(world: World, args: Arguments) -> dict[str, Any]:
    keyboard = read_keyboard(args.structure("reply_markup"))
    message = _message(world, args)
    return _edited(world, message, message.content, keyboard)


def delete_message(world: World, args: Arguments) -> bool:
    chat = open_chat(world, args.structure("chat_id"))
    message = message_of(chat, args.number("message_id"), "delete")
    if world.clock.now() - message.date > _DELETABLE:
        raise bad_request("message can't be deleted for everyone")
    if message.sender != world.bot.id and not bot_may(world, chat, "can_delete_messages"):
        raise bad_request("message can't be deleted")
    del chat.messages[message.id]
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    tell_members(world, chat, "deleted", {"id": message.id})
    return True


def set_reaction(world: World, args: Arguments) -> bool:
    chat = open_chat(world, args.structure("chat_id"))
    message = message_of(chat, args.number("message_id"), "react")
    wanted = args.structure("reaction") or []
    if len(wanted) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    emoji = [_reaction(part) for part in wanted]
    kept = tuple(pair for pair in message.reactions if pair[0] != world.bot.id)
    own = tuple((world.bot.id, mark) for mark in emoji)
    tell_people(world, "edited", world.change(message, reactions=kept + own))
    return True


def pin(world: World, args: Arguments) -> bool:
    chat = open_chat(world, args.structure("chat_id"))
    message = message_of(chat, args.number("message_id"), "pin")
    if not bot_may(world, chat, "can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        tell_members(world, chat, "pinned", {"pinned": list(chat.pinned)})
        _announce_pin(world, chat, message, is_silent=args.flag("disable_notification"))
    return True


def _announce_pin(world: World, chat: Chat, message: Message, *, is_silent: bool) -> None:
    """The line in the chat that says so; the bot hears of it as of anything that happens."""
    details = {"pinned_message": message_json(world, message, with_reply=False)}
    content = Content("service", details=details)
    line = world.post(chat, world.bot.id, content, is_silent=is_silent)
    tell_people(world, "message", line)
    tell_bot(world, line)


def unpin(world: World, args: Arguments) -> bool:
    chat = open_chat(world, args.structure("chat_id"))
    if not bot_may(world, chat, "can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    wanted = args.structure("message_id") or (chat.pinned[-1] if chat.pinned else None)
    if wanted not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(wanted)
    tell_members(world, chat, "pinned", {"pinned": list(chat.pinned)})
    return True


def _message(world: World, args: Arguments) -> Message:
    chat = open_chat(world, args.structure("chat_id"))
    message = message_of(chat, args.number("message_id"), "edit")
    if message.sender != world.bot.id or message.content.kind == "service":
        raise bad_request("message can't be edited")
    return message


def _edited(
    world: World, message: Message, content: Content, keyboard: Keyboard
) -> dict[str, Any]:
    if (content, keyboard) == (message.content, message.keyboard):
        raise bad_request(_NOT_MODIFIED)
    chat = world.chats[message.chat]
    if not chat.is_private:
        hold_flood(world, chat)
    is_marked = content != message.content
    edited = world.clock.now() if is_marked else message.edited
    changed = world.change(message, content=content, keyboard=keyboard, edited=edited)
    tell_people(world, "edited", changed)
    return message_json(world, changed)


def _reaction(part: Any) -> str:
    if not isinstance(part, dict) or part.get("type") not in ("emoji", "custom_emoji"):
        raise bad_request("can't parse reaction types: invalid reaction type specified")
    emoji = part.get("emoji")
    if part["type"] != "emoji" or emoji not in _REACTIONS:
        raise bad_request("REACTION_INVALID")
    return str(emoji)


METHODS = (
    Method("editMessageText", kinds(f"{EDITING} {TEXT}"), edit_text),
    Method(
        "editMessageCaption", kinds(f"{EDITING} {CAPTION} show_caption_above_media"), edit_caption
    ),
    Method("editMessageMedia", kinds(EDITING, media="Object"), edit_media),
    Method("editMessageReplyMarkup", kinds(EDITING), edit_reply_markup),
    Method("deleteMessage", kinds("chat_id message_id"), delete_message),
    Method("setMessageReaction", kinds("chat_id message_id reaction is_big"), set_reaction),
    Method(
        "pinChatMessage",
        kinds("chat_id message_id disable_notification business_connection_id"),
        pin,
    ),
    Method("unpinChatMessage", kinds("chat_id message_id business_connection_id"), unpin),
)

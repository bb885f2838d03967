"""Acts of a person in his app: write, press, upload, edit, react, block the bot."""

from collections.abc import Sequence
from typing import Any

from simulator.botapi.attachments import picture_size
from simulator.botapi.delivery import (
    send_press,
    send_update,
    tell_bot,
    tell_members,
    tell_people,
)
from simulator.botapi.formatting import CAPTION_AT_MOST, TEXT_AT_MOST
from simulator.botapi.parameters import Upload
from simulator.botapi.wire import member_json, membership_json, user_json
from simulator.world.entities import units, with_detected
from simulator.world.views import person_view
from simulator.world.world import Button, Chat, Content, Message, Person, Press, World

_STICKER = {
    "width": 512,
    "height": 512,
    "is_animated": False,
    "is_video": False,
    "type": "regular",
}


class ActRefused(Exception):
    """An act that the person's app does not offer; the message says why."""


def chat_of(world: World, person: Person, chat_id: int) -> Chat:
    chat = world.chats.get(chat_id)
    if chat is None or chat.members.get(person.id, "left") in ("left", "kicked"):
        raise ActRefused(f"{person.name} is not in chat {chat_id}")
    return chat


def start(world: World, person: Person, payload: str = "") -> Message:
    if person.has_blocked:
        set_blocked(world, person, is_blocked=False)
    return say(world, person, world.chats[person.id], f"/start {payload}".strip())


def say(world: World, person: Person, chat: Chat, text: str, **further: Any) -> Message:
    text = text.strip()
    if not text or units(text) > TEXT_AT_MOST:
        raise ActRefused(f"a text has 1 to {TEXT_AT_MOST} characters")
    text, entities = with_detected((text, ()))
    return put(world, person, chat, Content("text", text, entities), **further)


def put(world: World, person: Person, chat: Chat, content: Content, **further: Any) -> Message:
    if chat.is_private:
        if person.has_blocked:
            raise ActRefused("the bot is blocked: press START first")
        person.has_started = True
    topic = further.get("topic")
    if topic is not None and (topic not in chat.topics or chat.topics[topic].is_closed):
        raise ActRefused(f"topic {topic} is closed or unknown")
    message = world.post(chat, person.id, content, **further)
    chat.read_up_to[person.id] = message.id
    tell_people(world, "message", message)
    tell_bot(world, message)
    return message


def upload(
    world: World,
    person: Person,
    chat: Chat,
    files: Sequence[Upload],
    *,
    caption: str = "",
    kind: str = "document",
    reply_to: int | None = None,
    topic: int | None = None,
) -> list[Message]:
    """Send files; several are one album and the first carries the caption."""
    if not files:
        raise ActRefused("no file was chosen")
    if units(caption) > CAPTION_AT_MOST:
        raise ActRefused(f"a caption has at most {CAPTION_AT_MOST} characters")
    contents = [_file_content(world, kind, file) for file in files]
    text, entities = with_detected((caption.strip(), ()))
    first = contents[0]
    contents[0] = Content(first.kind, text, entities, first.file, first.details)
    album = str(next(world.serial)) if len(contents) > 1 else None
    further = {"album": album, "reply_to": reply_to, "topic": topic}
    return [put(world, person, chat, content, **further) for content in contents]


def send_special(world: World, person: Person, chat: Chat, kind: str) -> Message:
    """Sends a sticker, a voice note, a contact or a location."""
    match kind:
        case "sticker":
            stored = world.store("stiker.webp", "image/webp", b"RIFF", "stickers")
            content = Content(kind, file=stored, details=_STICKER)
        case "voice":
            stored = world.store("suara.ogg", "audio/ogg", b"OggS", "voice")
            content = Content(kind, file=stored, details={"duration": 3})
        case "contact":
            phone = {"phone_number": "+620000000000", "first_name": person.name}
            content = Content(kind, details=phone)
        case "location":
            content = Content(kind, details={"latitude": -0.9, "longitude": 119.87})
        case _:
            raise ActRefused(f"unknown kind {kind!r}")
    return put(world, person, chat, content)


def press_button(world: World, person: Person, chat: Chat, message_id: int, data: str) -> Press:
    """Presses by callback data, also of a button that has been removed since."""
    message = seen(chat, message_id)
    if message.sender != world.bot.id:
        raise ActRefused("only the bot's messages have buttons")
    if chat.is_private and person.has_blocked:
        raise ActRefused("the bot is blocked: press START first")
    press = world.press(person.id)
    send_press(world, press, message, data)
    return press


def button_at(message: Message, row: int, column: int) -> Button:
    try:
        return message.keyboard[row][column]
    except IndexError as fault:
        raise ActRefused(f"no button at row {row}, column {column}") from fault


def button_named(message: Message, label: str) -> Button:
    buttons = [button for row in message.keyboard for button in row]
    if found := next((button for button in buttons if button.text == label), None):
        return found
    raise ActRefused(f"no button {label!r}; there are {[button.text for button in buttons]}")


def seen(chat: Chat, message_id: int) -> Message:
    message = chat.messages.get(message_id)
    if message is None:
        raise ActRefused(f"no message {message_id} in chat {chat.id}")
    return message


def edit(world: World, person: Person, chat: Chat, message_id: int, text: str) -> Message:
    message = seen(chat, message_id)
    if message.sender != person.id or message.content.kind != "text":
        raise ActRefused("only one's own text can be edited")
    marked, entities = with_detected((text.strip(), ()))
    content = Content("text", marked, entities)
    changed = world.change(message, content=content, edited=world.clock.now())
    tell_people(world, "edited", changed)
    tell_bot(world, changed, "edited_message")
    return changed


def react(world: World, person: Person, chat: Chat, message_id: int, emoji: str) -> Message:
    message = seen(chat, message_id)
    old = [mark for id, mark in message.reactions if id == person.id]
    others = tuple(pair for pair in message.reactions if pair[0] != person.id)
    own = ((person.id, emoji),) if emoji else ()
    changed = world.change(message, reactions=others + own)
    tell_people(world, "edited", changed)
    if chat.is_private or world.bot_status(chat) == "administrator":
        _tell_reaction(world, person, changed, old, [emoji] if emoji else [])
    return changed


def mark_read(world: World, person: Person, chat: Chat, up_to: int) -> None:
    chat.read_up_to[person.id] = max(chat.read_up_to.get(person.id, 0), up_to)
    world.feed.publish("read", {"chat": chat.id}, frozenset({person.id}))


def set_blocked(world: World, person: Person, *, is_blocked: bool) -> None:
    if person.has_blocked == is_blocked:
        return
    person.has_blocked = is_blocked
    bot = {"user": user_json(world, world.bot.id)}
    member = bot | {"status": "member"}
    kicked = bot | {"status": "kicked", "until_date": 0}
    old, new = (member, kicked) if is_blocked else (kicked, member)
    chat = world.chats[person.id]
    send_update(world, "my_chat_member", membership_json(world, chat, person, old, new))
    world.feed.publish("person", person_view(world, person))


def set_bot_status(
    world: World, actor: Person, chat: Chat, status: str, rights: frozenset[str]
) -> None:
    old = member_json(world, chat, world.bot.id)
    chat.members[world.bot.id] = status
    chat.bot_rights = rights if status == "administrator" else frozenset()
    new = member_json(world, chat, world.bot.id)
    if old != new:
        send_update(world, "my_chat_member", membership_json(world, chat, actor, old, new))
        tell_members(world, chat, "members", {"bot": status})


def _file_content(world: World, kind: str, file: Upload) -> Content:
    if kind not in ("document", "photo"):
        raise ActRefused(f"unknown kind {kind!r}")
    if kind == "document":
        return Content(kind, file=world.store(file.name, file.mime, file.data, "documents"))
    size = picture_size(file.data)
    if size is None:
        raise ActRefused(f"{file.name!r} is not a picture (PNG, JPEG or GIF)")
    stored = world.store(file.name, file.mime, file.data, "photos", size)
    return Content(kind, file=stored)


def _tell_reaction(
    world: World, person: Person, message: Message, old: list[str], new: list[str]
) -> None:
    payload = {
        "chat": {"id": message.chat, "type": world.chats[message.chat].kind},
        "message_id": message.id,
        "user": user_json(world, person.id),
        "date": int(world.clock.now().timestamp()),
        "old_reaction": [{"type": "emoji", "emoji": mark} for mark in old],
        "new_reaction": [{"type": "emoji", "emoji": mark} for mark in new],
    }
    send_update(world, "message_reaction", payload)

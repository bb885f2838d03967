"""Chats and messages as JSON for a person's app; their text as HTML that is safe in a page."""

from html import escape
from typing import Any

from simulator.world.entities import Entity, indexes
from simulator.world.world import Button, Chat, Message, Person, World

_TAGS = {
    "bold": "strong",
    "italic": "em",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}
_CLASSES = {"spoiler": "spoiler", "bot_command": "command", "mention": "mention"}
_PREVIEW = 80


def person_view(world: World, person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "note": person.note,
        "admin": person.is_admin,
        "started": person.has_started,
        "blocked": person.has_blocked,
        "unread": sum(
            unread(chat, person.id)
            for chat in world.chats.values()
            if person.id in world.audience(chat)
        ),
    }


def chat_view(world: World, chat: Chat, person: int) -> dict[str, Any]:
    last = max(chat.messages, default=None)
    return {
        "id": chat.id,
        "kind": chat.kind,
        "title": world.bot.name if chat.is_private else chat.title,
        "unread": unread(chat, person),
        "last": preview(chat.messages[last]) if last is not None else "",
        "last_at": chat.messages[last].date.isoformat() if last is not None else None,
        "pinned": list(chat.pinned),
        "members": sum(1 for status in chat.members.values() if status not in ("left", "kicked")),
        "topics": [
            {"id": id, "name": topic.name, "closed": topic.is_closed}
            for id, topic in chat.topics.items()
        ],
        "bot": world.bot_status(chat) if not chat.is_private else "member",
    }


def unread(chat: Chat, person: int) -> int:
    read = chat.read_up_to.get(person, 0)
    return sum(1 for m in chat.messages.values() if m.id > read and m.sender != person)


def message_view(world: World, message: Message) -> dict[str, Any]:
    chat = world.chats[message.chat]
    content = message.content
    return {
        "id": message.id,
        "chat": message.chat,
        "from": _sender_view(world, message.sender),
        "date": message.date.isoformat(),
        "kind": content.kind,
        "text": content.text,
        "html": to_html(content.text, content.entities),
        "file": _file_view(message),
        "details": content.details,
        "keyboard": [[_button_view(button) for button in row] for row in message.keyboard],
        "reply_to": _reply_view(world, chat, message.reply_to),
        "edited": message.edited.isoformat() if message.edited else None,
        "silent": message.is_silent,
        "album": message.album,
        "topic": message.topic,
        "pinned": message.id in chat.pinned,
        "reactions": [
            {"emoji": emoji, "from": _sender_view(world, id)} for id, emoji in message.reactions
        ],
    }


def preview(message: Message) -> str:
    content = message.content
    if content.file and content.kind == "document":
        return f"📎 {content.file.name} {content.text}".strip()[:_PREVIEW]
    return (content.text or f"[{content.kind}]")[:_PREVIEW]


def _sender_view(world: World, id: int) -> dict[str, Any]:
    if id == world.bot.id:
        return {"id": id, "name": world.bot.name, "bot": True}
    return {"id": id, "name": world.people[id].name, "bot": False}


def _file_view(message: Message) -> dict[str, Any] | None:
    file = message.content.file
    if file is None:
        return None
    return {
        "id": file.id,
        "name": file.name,
        "mime": file.mime,
        "size": len(file.data),
        "width": file.width,
        "height": file.height,
        "url": f"/api/files/{file.id}",
    }


def _button_view(button: Button) -> dict[str, str]:
    field = {"callback": "data", "url": "url"}.get(button.kind, "value")
    return {"text": button.text, "kind": button.kind, field: button.value}


def _reply_view(world: World, chat: Chat, id: int | None) -> dict[str, Any] | None:
    if id is None:
        return None
    replied = chat.messages.get(id)
    if replied is None:
        return {"id": id, "from": "", "text": "Pesan dihapus"}
    name = _sender_view(world, replied.sender)["name"]
    return {"id": id, "from": name, "text": preview(replied)}


def to_html(text: str, entities: tuple[Entity, ...]) -> str:
    return _render(text, indexes(text), (0, len(indexes(text)) - 1), list(entities))


def _render(text: str, places: list[int], span: tuple[int, int], inside: list[Entity]) -> str:
    """Render a span; what begins inside an entity is cut where that entity ends."""
    at, end = span
    parts: list[str] = []
    while inside:
        entity = inside.pop(0)
        if entity.offset < at:
            continue
        stop = min(entity.end, end)
        nested = [other for other in inside if other.offset < stop]
        inside = [other for other in inside if other.offset >= stop]
        parts.append(escape(text[places[at] : places[entity.offset]]))
        content = _render(text, places, (entity.offset, stop), nested)
        parts.append(_wrapped(entity, content, text[places[entity.offset] : places[stop]]))
        at = stop
    parts.append(escape(text[places[at] : places[end]]))
    return "".join(parts)


def _wrapped(entity: Entity, content: str, source: str) -> str:
    if tag := _TAGS.get(entity.type):
        return f"<{tag}>{content}</{tag}>"
    if entity.type in _CLASSES:
        return f'<span class="{_CLASSES[entity.type]}">{content}</span>'
    if entity.type in ("text_link", "url"):
        address = entity.url or source
        address = address if "://" in address else f"https://{address}"
        if address.startswith(("http://", "https://", "tg://")):
            link = escape(address, quote=True)
            return f'<a href="{link}" target="_blank" rel="noopener noreferrer">{content}</a>'
    return content

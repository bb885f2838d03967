"""Text with entities as HTML that is safe in a page."""

from html import escape

from simulator.world.entities import Entity, indexes

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

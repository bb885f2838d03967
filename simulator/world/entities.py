"""Message entities: offsets and lengths in UTF-16 units, as in the Bot API."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

_DETECTED = (
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{2,31})?(?![\w/])")),
    ("mention", re.compile(r"(?<![\w/])@[A-Za-z]\w{3,31}(?!\w)")),
    ("url", re.compile(r"(?<!\w)(?:https?://|t\.me/)[^\s<>\"]*[^\s<>\".,;:!?)]")),
)
_OPAQUE = ("code", "pre", "text_link", "url", "bot_command")
_BLANK = " \n\t"
_CONTROL = dict.fromkeys((*range(0, 9), 11, 12, *range(14, 32)), " ") | {13: ""}


@dataclass(frozen=True, slots=True)
class Entity:
    type: str
    offset: int
    length: int
    url: str = ""
    language: str = ""
    user: int = 0

    @property
    def end(self) -> int:
        return self.offset + self.length


Marked = tuple[str, tuple[Entity, ...]]


def units(text: str) -> int:
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def indexes(text: str) -> list[int]:
    """For each UTF-16 offset of the text, the index of its character."""
    places: list[int] = []
    for index, character in enumerate(text):
        places.extend([index] * (2 if ord(character) > 0xFFFF else 1))
    places.append(len(text))
    return places


def clean(text: str) -> str:
    return text.translate(_CONTROL)


def in_order(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    return tuple(sorted(entities, key=lambda entity: (entity.offset, -entity.length)))


def trimmed(marked: Marked) -> Marked:
    """Strips the text, except leading white space that an entity covers."""
    text, entities = marked
    places = indexes(text)
    first = min((entity.offset for entity in entities), default=len(places) - 1)
    lead = text[: places[first]]
    cut = units(lead) - units(lead.lstrip(_BLANK))
    bare = text[places[cut] :].rstrip(_BLANK)
    size = units(bare)
    kept = []
    for entity in entities:
        end = min(entity.end - cut, size)
        if end > entity.offset - cut:
            kept.append(
                replace(entity, offset=entity.offset - cut, length=end - entity.offset + cut)
            )
    return bare, in_order(kept)


def with_detected(marked: Marked) -> Marked:
    """Adds the entities that Telegram detects: commands, mentions, addresses."""
    text, entities = marked
    found = list(entities)
    for kind, pattern in _DETECTED:
        for match in pattern.finditer(text):
            entity = Entity(kind, units(text[: match.start()]), units(match.group()))
            if not _is_covered(entity, found):
                found.append(entity)
    return text, in_order(found)


def piece(text: str, entity: Entity) -> str:
    places = indexes(text)
    return text[places[entity.offset] : places[entity.end]]


def _is_covered(entity: Entity, others: list[Entity]) -> bool:
    return any(
        other.type in _OPAQUE and entity.offset < other.end and other.offset < entity.end
        for other in others
    )

"""Text and entities of a call: parse_mode and entities as Telegram reads them."""

from typing import Any

from simulator.botapi.markup import MarkupInvalid, parse_html
from simulator.botapi.parameters import Arguments
from simulator.world.entities import (
    Entity,
    Marked,
    clean,
    in_order,
    trimmed,
    units,
    with_detected,
)
from simulator.world.refusal import bad_request

TEXT_AT_MOST = 4096
CAPTION_AT_MOST = 1024


def read_text(args: Arguments, too_long: str) -> Marked:
    if not args.text("text"):
        raise bad_request("message text is empty")
    marked = read_marked(args.text("text"), args.text("parse_mode"), args.structure("entities"))
    if not marked[0]:
        raise bad_request("text must be non-empty")
    if units(marked[0]) > TEXT_AT_MOST:
        raise bad_request(too_long)
    return marked


def read_caption(args: Arguments, too_long: str) -> Marked:
    entities = args.structure("caption_entities")
    marked = read_marked(args.text("caption"), args.text("parse_mode"), entities)
    if units(marked[0]) > CAPTION_AT_MOST:
        raise bad_request(too_long)
    return marked


def read_marked(source: str, mode: str, entities: Any) -> Marked:
    source = clean(source)
    if not mode:
        return with_detected(trimmed((source, _read_entities(source, entities))))
    if mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    try:
        return with_detected(trimmed(parse_html(source)))
    except MarkupInvalid as fault:
        raise bad_request(f"can't parse entities: {fault}") from fault


def _read_entities(text: str, raw: Any) -> tuple[Entity, ...]:
    size = units(text)
    found = []
    for part in raw or ():
        try:
            user = (part.get("user") or {}).get("id", 0)
            entity = Entity(
                part["type"],
                part["offset"],
                part["length"],
                part.get("url", ""),
                part.get("language", ""),
                user,
            )
        except (KeyError, TypeError, AttributeError) as fault:
            raise bad_request("can't parse MessageEntity: wrong field") from fault
        if entity.offset < 0 or entity.length < 1 or entity.end > size:
            raise bad_request("entity beyond the end of the text")
        found.append(entity)
    return in_order(found)

"""Text, entities and inline keyboard of a call, as Telegram reads them."""

import re
from typing import Any

from simulator.botapi.markup import MarkupInvalid, parse_html
from simulator.botapi.parameters import Arguments
from simulator.botapi.wire import BUTTON_FIELDS
from simulator.world.entities import (
    Entity,
    Marked,
    clean,
    in_order,
    trimmed,
    units,
    with_detected,
)
from simulator.world.refusal import Refusal, bad_request
from simulator.world.world import Button, Keyboard

TEXT_AT_MOST = 4096
CAPTION_AT_MOST = 1024
_BUTTONS_AT_MOST = 100
_DATA_BYTES_AT_MOST = 64
_COPIED_AT_MOST = 256
_ACTIONS = {field: kind for kind, field in BUTTON_FIELDS.items()} | {"copy_text": "copy"}
_OTHER_ACTIONS = frozenset(
    {"web_app", "login_url", "switch_inline_query_chosen_chat", "callback_game", "pay"}
)
_NEVER_EMPTY = ("callback_data", "url")
_LOOKS = frozenset({"text", "style", "icon_custom_emoji_id"})
_ADDRESS = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)*(?::\d+)?(?:[/?#]\S*)?|tg://\S+")


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


def read_keyboard(markup: dict[str, Any] | None) -> Keyboard:
    if markup is None:
        return ()
    if set(markup) - {"inline_keyboard"}:
        raise bad_request("only inline keyboards are known to the simulator")
    rows = markup.get("inline_keyboard")
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        )
    if sum(len(row) for row in rows) > _BUTTONS_AT_MOST:
        raise bad_request("reply markup is too long")
    return tuple(tuple(_read_button(button) for button in row) for row in rows if row)


def _read_button(raw: Any) -> Button:
    if not isinstance(raw, dict):
        raise _unparsable("InlineKeyboardButton must be an Object")
    if not isinstance(raw.get("text"), str):
        raise _unparsable('Can\'t find field "text"')
    if not raw["text"].strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    if unknown := set(raw) - set(_ACTIONS) - _OTHER_ACTIONS - _LOOKS:
        raise _unparsable(f'Unknown field "{min(unknown)}"')
    actions = [name for name in raw if name not in _LOOKS]
    if not actions or (actions[0] in _NEVER_EMPTY and raw[actions[0]] == ""):
        raise bad_request("text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _unparsable("Exactly one action must be specified")
    if actions[0] in _OTHER_ACTIONS:
        raise bad_request("BUTTON_TYPE_INVALID")
    return Button(raw["text"], _ACTIONS[actions[0]], _action_value(actions[0], raw[actions[0]]))


def _action_value(action: str, value: Any) -> str:
    if action == "copy_text":
        value = value.get("text") if isinstance(value, dict) else None
    if not isinstance(value, str):
        raise _unparsable(f'Field "{action}" must be of type String')
    if action == "callback_data" and len(value.encode()) > _DATA_BYTES_AT_MOST:
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "url" and not _ADDRESS.fullmatch(value):
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    if action == "copy_text" and not 0 < len(value) <= _COPIED_AT_MOST:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return value


def _unparsable(words: str) -> Refusal:
    return bad_request(f"can't parse inline keyboard button: {words}")

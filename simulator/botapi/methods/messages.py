"""Methods that send."""

from typing import Any

from simulator.botapi.access import open_chat, send
from simulator.botapi.attachments import document_of, photo_of
from simulator.botapi.formatting import read_caption, read_text
from simulator.botapi.parameters import (
    CAPTION,
    MARKUP,
    SENDING,
    TARGET,
    TEXT,
    Arguments,
    Method,
    kinds,
    typed,
)
from simulator.botapi.wire import message_json
from simulator.world.refusal import bad_request
from simulator.world.world import Content, World

CAPTION_TOO_LONG = "message caption is too long"
_ITEM = kinds(
    f"{CAPTION} type thumbnail disable_content_type_detection has_spoiler"
    " show_caption_above_media",
    media="File",
)
_ACTIONS = (
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document"
    " choose_sticker find_location record_video_note upload_video_note"
)


def send_message(world: World, args: Arguments) -> dict[str, Any]:
    text, entities = read_text(args, "message is too long")
    [sent] = send(world, args, Content("text", text, entities))
    return message_json(world, sent)


def send_document(world: World, args: Arguments) -> dict[str, Any]:
    file = document_of(world, args)
    text, entities = read_caption(args, CAPTION_TOO_LONG)
    [sent] = send(world, args, Content("document", text, entities, file))
    return message_json(world, sent)


def send_photo(world: World, args: Arguments) -> dict[str, Any]:
    file = photo_of(world, args)
    text, entities = read_caption(args, CAPTION_TOO_LONG)
    [sent] = send(world, args, Content("photo", text, entities, file))
    return message_json(world, sent)


def send_media_group(world: World, args: Arguments) -> list[dict[str, Any]]:
    items = args.structure("media")
    if items is None:
        raise bad_request('parameter "media" is required')
    if not items:
        raise bad_request("there are no messages to send")
    if len(items) == 1:
        raise bad_request("an album needs at least 2 messages")
    if len(items) > 10:
        raise bad_request("too many messages to send as an album")
    contents = [read_media(world, item, args, CAPTION_TOO_LONG) for item in items]
    if len({content.kind for content in contents}) > 1:
        raise bad_request("document can't be mixed with other media types")
    return [message_json(world, message) for message in send(world, args, *contents)]


def read_media(world: World, item: Any, args: Arguments, too_long: str) -> Content:
    """One InputMedia: a document or a photo with its own caption."""
    if not isinstance(item, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    kind = item.get("type")
    if kind not in ("document", "photo"):
        raise bad_request(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    own = Arguments(typed(_ITEM, item), args.uploads)
    take = document_of if kind == "document" else photo_of
    file = take(world, own, "media")
    text, entities = read_caption(own, too_long)
    return Content(kind, text, entities, file)


def send_chat_action(world: World, args: Arguments) -> bool:
    action = args.text("action")
    if action not in _ACTIONS.split():
        raise bad_request("wrong parameter action in request")
    chat = open_chat(world, args.structure("chat_id"))
    world.feed.publish("action", {"chat": chat.id, "action": action}, world.audience(chat))
    return True


_FILE = f"{SENDING} {MARKUP} {CAPTION}"
METHODS = (
    Method("sendMessage", kinds(f"{SENDING} {MARKUP} {TEXT}"), send_message),
    Method(
        "sendDocument",
        kinds(f"{_FILE} document thumbnail disable_content_type_detection"),
        send_document,
    ),
    Method("sendPhoto", kinds(f"{_FILE} photo has_spoiler show_caption_above_media"), send_photo),
    Method("sendMediaGroup", kinds(SENDING, media="Array"), send_media_group),
    Method("sendChatAction", kinds(f"{TARGET} action"), send_chat_action),
)

"""Methods of the Bot API; their parameters read strictly: no unknown name, no wrong type."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from simulator.world.refusal import Refusal, bad_request
from simulator.world.world import World

UPLOAD_LIMIT = 50 * 1024 * 1024
_NAMES = {
    "Chat": "chat_id",
    "Integer": "message_id message_thread_id direct_messages_topic_id user_id offset limit timeout"
    " max_connections cache_time",
    "String": "business_connection_id inline_message_id message_effect_id text caption parse_mode"
    " type action callback_query_id url ip_address secret_token file_id name description"
    " language_code",
    "Boolean": "disable_notification protect_content allow_paid_broadcast show_alert is_big"
    " show_caption_above_media has_spoiler disable_content_type_detection return_bots"
    " drop_pending_updates",
    "Object": "reply_parameters reply_markup suggested_post_parameters link_preview_options scope",
    "Array": "entities caption_entities allowed_updates reaction commands",
    "File": "document photo thumbnail certificate",
}
_KINDS = {name: kind for kind, names in _NAMES.items() for name in names.split()}
TARGET = "chat_id message_thread_id business_connection_id"
SENDING = (
    f"{TARGET} direct_messages_topic_id disable_notification protect_content allow_paid_broadcast"
    " message_effect_id reply_parameters"
)
MARKUP = "reply_markup suggested_post_parameters"
TEXT = "text parse_mode entities link_preview_options"
CAPTION = "caption parse_mode caption_entities"
EDITING = "chat_id message_id inline_message_id business_connection_id reply_markup"
_FLAGS = {"true": True, "True": True, "1": True, "false": False, "False": False, "0": False}


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Arguments:
    values: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return str(self.values.get(name, ""))

    def number(self, name: str, default: int = 0) -> int:
        return int(self.values.get(name, default))

    def flag(self, name: str) -> bool:
        return bool(self.values.get(name, False))

    def structure(self, name: str) -> Any:
        return self.values.get(name)


@dataclass(frozen=True, slots=True)
class Method:
    name: str
    kinds: Mapping[str, str]
    run: Callable[[World, Arguments], Any] | Callable[[World, Arguments], Awaitable[Any]]


def kinds(names: str, **special: str) -> dict[str, str]:
    """The kinds of parameters by name; `special`: those that depend on the method."""
    return {name: _KINDS[name] for name in names.split()} | special


async def read_call(request: Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    values: dict[str, Any] = dict(request.query_params)
    uploads: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        values |= _json_object(await request.body())
    elif kind.startswith(("multipart/form-data", "application/x-www-form-urlencoded")):
        async with request.form() as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    uploads[name] = await _read_upload(value)
                else:
                    values[name] = value
    return {name: value for name, value in values.items() if value not in ("", None)}, uploads


def typed(kinds: Mapping[str, str], values: Mapping[str, Any]) -> dict[str, Any]:
    for name in values:
        if name not in kinds:
            raise bad_request(f'unknown parameter "{name}"')
    return {name: _converted(name, kinds[name], value) for name, value in values.items()}


def _converted(name: str, kind: str, value: Any) -> Any:
    match kind, value:
        case "Integer", int() if not isinstance(value, bool):
            return value
        case "Integer", str() if _is_digits(value):
            return int(value)
        case "Boolean", bool():
            return value
        case "Boolean", str() if value in _FLAGS:
            return _FLAGS[value]
        case "String" | "File", str():
            return value
        case "Chat", int() if not isinstance(value, bool):
            return value
        case "Chat", str():
            return int(value) if _is_digits(value) else value
        case "Object" | "Array", str():
            return _structure(name, kind, value)
        case "Object", dict():
            return value
        case "Array", list():
            return value
    raise bad_request(f'parameter "{name}" must be of type {kind}')


def _is_digits(value: str) -> bool:
    digits = value.removeprefix("-")
    return digits.isascii() and digits.isdigit() and len(digits) < 20


def _structure(name: str, kind: str, text: str) -> Any:
    label = name.replace("_", " ")
    try:
        value = json.loads(text)
    except ValueError as fault:
        raise bad_request(f"can't parse {label} JSON object") from fault
    if not isinstance(value, dict if kind == "Object" else list):
        expected = "object" if kind == "Object" else "an Array"
        raise bad_request(f"{expected} expected as {label}")
    return value


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body or b"{}")
    except ValueError as fault:
        raise bad_request("can't parse the request's JSON object") from fault
    if not isinstance(value, dict):
        raise bad_request("the request's JSON must be an object")
    return value


async def _read_upload(part: UploadFile) -> Upload:
    if (part.size or 0) > UPLOAD_LIMIT:
        raise Refusal(413, "Request Entity Too Large")
    mime = part.content_type or "application/octet-stream"
    return Upload(part.filename or "file", mime, await part.read())

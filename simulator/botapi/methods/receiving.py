"""Methods by which the bot receives: updates, webhook, files, answers to presses."""

import re
import time
from typing import Any

from simulator.botapi.parameters import Arguments, Method, kinds
from simulator.botapi.wire import file_json
from simulator.world.entities import units
from simulator.world.refusal import Refusal, bad_request
from simulator.world.world import Webhook, World

DOWNLOAD_LIMIT = 20 * 1024 * 1024
_TOAST_AT_MOST = 200
_POLL_SECONDS_AT_MOST = 50
_WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
_OLD_QUERY = "query is too old and response timeout expired or query ID is invalid"
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


async def get_updates(world: World, args: Arguments) -> list[dict[str, Any]]:
    if world.webhook.url:
        raise Refusal(409, _WEBHOOK_ACTIVE)
    if "allowed_updates" in args.values:
        world.updates.allow(args.structure("allowed_updates"))
    limit = min(max(args.number("limit", 100), 1), 100)
    timeout = min(max(args.number("timeout"), 0), _POLL_SECONDS_AT_MOST)
    return await world.updates.take(args.number("offset"), limit, timeout)


def set_webhook(world: World, args: Arguments) -> bool:
    url = args.text("url")
    if not url:
        return delete_webhook(world, args)
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", url):
        raise bad_request("invalid webhook URL specified")
    secret = args.text("secret_token")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if "allowed_updates" in args.values:
        world.updates.allow(args.structure("allowed_updates"))
    if args.flag("drop_pending_updates"):
        world.updates.forget()
    world.webhook = Webhook(url, secret)
    world.updates.interrupt("Conflict: terminated by setWebhook request")
    return True


def delete_webhook(world: World, args: Arguments) -> bool:
    if args.flag("drop_pending_updates"):
        world.updates.forget()
    world.webhook = Webhook()
    return True


def get_webhook_info(world: World, args: Arguments) -> dict[str, Any]:
    hook = world.webhook
    answer: dict[str, Any] = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
    }
    if hook.last_error_at:
        answer["last_error_date"] = int(hook.last_error_at.timestamp())
        answer["last_error_message"] = hook.last_error
    return answer


def get_file(world: World, args: Arguments) -> dict[str, Any]:
    if not args.text("file_id"):
        raise bad_request("file_id not specified")
    file = world.files.get(args.text("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.data) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return file_json(file) | {"file_path": file.path}


def answer_callback_query(world: World, args: Arguments) -> bool:
    press = world.presses.get(args.text("callback_query_id"))
    if units(args.text("text")) > _TOAST_AT_MOST:
        raise bad_request("MESSAGE_TOO_LONG")
    if press is None or press.answer is not None:
        raise bad_request(_OLD_QUERY)
    if time.monotonic() - press.pressed_at > world.press_seconds:
        raise bad_request(_OLD_QUERY)
    words, is_alert = args.text("text"), args.flag("show_alert")
    press.answer = {"text": words, "alert": is_alert, "url": args.text("url")}
    press.answered.set()
    toast = {"press": press.id} | press.answer
    world.feed.publish("toast", toast, frozenset({press.person}))
    return True


METHODS = (
    Method("getUpdates", kinds("offset limit timeout allowed_updates"), get_updates),
    Method(
        "setWebhook",
        kinds(
            "url certificate ip_address max_connections allowed_updates drop_pending_updates"
            " secret_token"
        ),
        set_webhook,
    ),
    Method("deleteWebhook", kinds("drop_pending_updates"), delete_webhook),
    Method("getWebhookInfo", {}, get_webhook_info),
    Method("getFile", kinds("file_id"), get_file),
    Method(
        "answerCallbackQuery",
        kinds("callback_query_id text show_alert url cache_time"),
        answer_callback_query,
    ),
)

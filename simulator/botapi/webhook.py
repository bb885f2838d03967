"""Delivery of updates to a webhook, one after another as by Telegram."""

import asyncio

import httpx

from simulator.world.world import World

_TRY_SECONDS = 10.0
_PAUSE_SECONDS = 1.0
_IDLE_SECONDS = 5.0
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


async def deliver_updates(world: World) -> None:
    async with httpx.AsyncClient(timeout=_TRY_SECONDS) as client:
        while True:
            update = world.updates.first()
            if not world.webhook.url or update is None:
                await world.updates.woken(_IDLE_SECONDS)
            elif await _accepted(world, client, update):
                world.updates.confirm(update["update_id"] + 1)
            else:
                await asyncio.sleep(_PAUSE_SECONDS)


async def _accepted(world: World, client: httpx.AsyncClient, update: dict[str, object]) -> bool:
    hook = world.webhook
    headers = {_SECRET_HEADER: hook.secret} if hook.secret else {}
    try:
        answer = await client.post(hook.url, json=update, headers=headers)
    except httpx.HTTPError as fault:
        hook.last_error = f"Connection failed: {fault}"
    else:
        if answer.is_success:
            return True
        hook.last_error = f"Wrong response from the webhook: {answer.status_code}"
    hook.last_error_at = world.clock.now()
    return False

"""The baseline of bench.traffic: telegram.Bot in an echo loop (`python -m bench._echo URL`)."""

import asyncio
import sys

from telegram import Bot

TOKEN = "123456:token-of-no-bot-token-of-no-bot-token"


async def main(url: str) -> None:
    async with Bot(TOKEN, base_url=f"{url}/bot") as bot:
        offset = None
        while True:
            for update in await bot.get_updates(offset=offset, timeout=20):
                offset = update.update_id + 1
                if update.message and update.message.text:
                    await bot.send_message(update.message.chat_id, update.message.text)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))

import asyncio

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict

from simulator.app import TOKEN
from simulator.world.world import World
from tests.simulator.conftest import DEDI, GROUP, MARLINA, People

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("Ya", callback_data="ya:1:1")]])


async def test_updates_stay_until_a_higher_offset_confirms_them(bot: Bot, people: People) -> None:
    await people.start(MARLINA)
    await people.say(MARLINA, "dua")

    first = await bot.get_updates()
    again = await bot.get_updates(limit=1)
    rest = await bot.get_updates(offset=first[0].update_id + 1)
    newest = await bot.get_updates(offset=-1)
    none = await bot.get_updates(offset=first[1].update_id + 1)

    assert [update.message.text for update in first if update.message] == ["/start", "dua"]
    assert again == first[:1]
    assert rest == newest == first[1:]
    assert none == ()


async def test_the_state_tells_which_update_was_confirmed_last(bot: Bot, people: People) -> None:
    await people.start(MARLINA)
    await people.say(MARLINA, "dua")
    first, _ = await bot.get_updates()
    before = await people.get("/api/state")

    await bot.get_updates(offset=first.update_id + 1)
    after = await people.get("/api/state")

    assert before["last_confirmed"] == 0
    assert after["last_confirmed"] == first.update_id


async def test_a_long_poll_ends_as_soon_as_something_comes(bot: Bot, people: People) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=600))
    await asyncio.sleep(0.05)

    await people.start(MARLINA, "KODE")

    async with asyncio.timeout(120):
        (update,) = await poll
    assert update.message is not None
    assert update.message.text == "/start KODE"


async def test_a_long_poll_without_news_ends_empty(people: People) -> None:
    assert await people.call("getUpdates", timeout=1) == {"ok": True, "result": []}


async def test_of_two_pollers_the_older_is_ended(bot: Bot, people: People) -> None:
    older = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    newer = asyncio.create_task(people.call("getUpdates", timeout=20))

    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await older
    await people.start(MARLINA)
    assert len((await newer)["result"]) == 1


async def test_only_the_allowed_kinds_are_queued_from_then_on(bot: Bot, people: People) -> None:
    await bot.get_updates(allowed_updates=[Update.CALLBACK_QUERY])

    await people.start(MARLINA)

    assert await bot.get_updates() == ()


async def test_reactions_come_only_when_asked_for(bot: Bot, people: People) -> None:
    await people.start(MARLINA)
    sent = await bot.send_message(MARLINA, "x")
    await people.act(MARLINA, "react", message=sent.message_id, emoji="👍")
    without = await bot.get_updates()
    await bot.get_updates(offset=without[-1].update_id + 1, allowed_updates=["message_reaction"])

    await people.act(MARLINA, "react", message=sent.message_id, emoji="🔥")

    (update,) = await bot.get_updates()
    assert len(without) == 1
    assert update.message_reaction is not None
    assert [kind.to_dict()["emoji"] for kind in update.message_reaction.old_reaction] == ["👍"]


async def test_a_press_carries_the_message_and_its_answer_reaches_the_person(
    bot: Bot, people: People
) -> None:
    await people.start(MARLINA)
    sent = await bot.send_message(MARLINA, "x", reply_markup=KEYS)
    press = asyncio.create_task(
        people.act(MARLINA, "press", message=sent.message_id, row=0, col=0, wait=5)
    )
    await asyncio.sleep(0.05)
    query = (await bot.get_updates(offset=-1))[0].callback_query
    assert query is not None

    await query.answer("Sudah", show_alert=True)

    toast = await press
    assert (query.data, query.from_user.id) == ("ya:1:1", MARLINA)
    assert query.message is not None
    assert query.message.message_id == sent.message_id
    assert (toast["answered"], toast["text"], toast["alert"]) == (True, "Sudah", True)


async def test_a_press_can_be_answered_once_and_only_in_time(
    bot: Bot, people: People, world: World
) -> None:
    await people.start(MARLINA)
    sent = await bot.send_message(MARLINA, "x", reply_markup=KEYS)
    made = [
        await people.act(MARLINA, "press", message=sent.message_id, label="Ya", wait=0)
        for _ in range(2)
    ]
    await bot.answer_callback_query(made[0]["press"])
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired"):
        await bot.answer_callback_query(made[0]["press"])

    world.press_seconds = 0.0

    with pytest.raises(BadRequest, match="Query is too old and response timeout expired"):
        await bot.answer_callback_query(made[1]["press"])
    with pytest.raises(BadRequest, match="query id is invalid"):
        await bot.answer_callback_query("12345")


async def test_a_toast_over_200_characters_is_refused(bot: Bot, people: People) -> None:
    await people.start(MARLINA)
    sent = await bot.send_message(MARLINA, "x", reply_markup=KEYS)
    made = await people.act(MARLINA, "press", message=sent.message_id, label="Ya", wait=0)

    with pytest.raises(BadRequest, match="Message_too_long"):
        await bot.answer_callback_query(made["press"], "a" * 201)


async def test_an_old_phone_can_press_a_button_that_is_gone(bot: Bot, people: People) -> None:
    await people.start(MARLINA)
    sent = await bot.send_message(MARLINA, "x", reply_markup=KEYS)
    await bot.edit_message_text("selesai", MARLINA, sent.message_id)

    by_label = await people.act(MARLINA, "press", message=sent.message_id, label="Ya")
    await people.act(MARLINA, "press", message=sent.message_id, data="ya:1:1", wait=0)

    query = (await bot.get_updates(offset=-1))[0].callback_query
    assert by_label["error"] == "no button 'Ya'; there are []"
    assert query is not None
    assert query.data == "ya:1:1"


async def test_a_sent_file_is_downloaded_by_the_bot(bot: Bot, people: People) -> None:
    await people.start(MARLINA)
    await people.http.post(
        f"/api/people/{MARLINA}/chats/{MARLINA}/upload",
        data={"caption": "isian"},
        files={"file": ("Format KBK.xlsx", b"PK isi", "application/vnd.ms-excel")},
    )

    message = (await bot.get_updates(offset=-1))[0].message
    assert message is not None
    assert message.document is not None
    file = await bot.get_file(message.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"PK isi"
    assert (message.caption, message.document.file_name) == ("isian", "Format KBK.xlsx")
    assert message.document.file_size == 6


async def test_a_file_over_twenty_megabytes_cannot_be_fetched(bot: Bot, people: People) -> None:
    await people.start(MARLINA)
    big = b"\0" * (20 * 1024 * 1024 + 1)
    path = f"/api/people/{MARLINA}/chats/{MARLINA}/upload"
    sent = (await people.http.post(path, files={"file": ("besar.xlsx", big)})).json()
    document = sent[0]["file"]

    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(document["id"])


async def test_unknown_files_are_refused(people: People) -> None:
    unknown = await people.call("getFile", file_id="X")
    missing = await people.call("getFile")
    path = await people.http.get(f"/file/bot{TOKEN}/documents/none.xlsx")
    wrong_token = await people.http.get("/file/bot1:x/documents/none.xlsx")

    words = "Bad Request: wrong file_id or the file is temporarily unavailable"
    assert unknown["description"] == words
    assert missing["description"] == "Bad Request: file_id not specified"
    assert (path.status_code, wrong_token.status_code) == (404, 401)


async def test_a_webhook_excludes_polling_until_it_is_deleted(bot: Bot, people: People) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    await bot.set_webhook("http://127.0.0.1:9/terima", secret_token="rahasia")
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await waiting
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await people.start(DEDI)
    info = await bot.get_webhook_info()

    await bot.delete_webhook(drop_pending_updates=True)

    assert (info.url, info.pending_update_count) == ("http://127.0.0.1:9/terima", 1)
    assert await bot.get_updates() == ()


@pytest.mark.parametrize(
    ("url", "secret", "words"),
    [
        ("ftp://x", "", "Invalid webhook url specified"),
        ("https://a.id", "a" * 257, "Secret token is too long"),
        ("https://a.id", "a b", "Secret token contains unallowed characters"),
    ],
)
async def test_a_wrong_webhook_is_refused(bot: Bot, url: str, secret: str, words: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){words}"):
        await bot.set_webhook(url, secret_token=secret or None)


async def test_every_kind_of_message_parses_as_an_update(bot: Bot, people: People) -> None:
    await people.start(MARLINA)
    for kind in ("sticker", "voice", "contact", "location"):
        await people.act(MARLINA, "special", kind=kind)
    said = await people.say(MARLINA, "salah tik")
    await people.act(MARLINA, "edit", message=said["id"], text="salah ketik /batal")
    await people.say(MARLINA, "balas", reply_to=said["id"])
    await people.post(f"/api/people/{MARLINA}/block", blocked=True)

    updates = await bot.get_updates()

    messages = [update.message for update in updates if update.message]
    assert messages[1].sticker is not None
    assert messages[2].voice is not None
    assert messages[3].contact is not None
    assert messages[4].location is not None
    assert messages[6].reply_to_message is not None
    edited = updates[6].edited_message
    assert edited is not None
    assert edited.text == "salah ketik /batal"
    assert [entity.type for entity in edited.entities] == ["bot_command"]
    change = updates[-1].my_chat_member
    assert change is not None
    assert (change.old_chat_member.status, change.new_chat_member.status) == ("member", "kicked")


async def test_the_message_date_follows_the_moved_clock(bot: Bot, people: People) -> None:
    await people.post("/clock", set="2026-11-30T13:15:00+08:00", rate=0)

    await people.start(MARLINA)

    message = (await bot.get_updates())[0].message
    assert message is not None
    assert message.date.isoformat() == "2026-11-30T05:15:00+00:00"


async def test_waiting_updates_can_be_lost_as_after_a_day(bot: Bot, people: People) -> None:
    await people.start(MARLINA)

    forgotten = await people.post("/api/updates/forget")

    assert forgotten["forgotten"] == 1
    assert await bot.get_updates() == ()
    assert (await people.get("/api/state"))["group"] == GROUP

from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument, Message
from telegram.error import BadRequest

from tests.simulator.conftest import GROUP, MARLINA, RIZAL, People

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("Ya", callback_data="ya:1:1")]])


@pytest.fixture(autouse=True)
async def _started(people: People) -> None:
    await people.start(MARLINA)


@pytest.fixture
async def sent(bot: Bot) -> Message:
    return await bot.send_message(MARLINA, "<b>Tugas</b>", parse_mode="HTML", reply_markup=KEYS)


async def shown(people: People) -> dict[str, Any]:
    return (await people.messages(MARLINA))[-1]


async def test_an_edit_changes_text_drops_the_keyboard_and_marks_the_message(
    bot: Bot, people: People, sent: Message
) -> None:
    await people.post("/clock", advance_minutes=5)

    edited = await bot.edit_message_text("✅ selesai", MARLINA, sent.message_id)

    message = await shown(people)
    assert isinstance(edited, Message)
    assert edited.edit_date is not None
    assert (message["text"], message["keyboard"]) == ("✅ selesai", [])
    assert message["edited"].startswith("2026-11-24T07:35")


async def test_an_edit_that_changes_nothing_is_refused(
    bot: Bot, people: People, sent: Message
) -> None:
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
        await bot.edit_message_text(
            " <b>Tugas</b>", MARLINA, sent.message_id, parse_mode="HTML", reply_markup=KEYS
        )
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(MARLINA, sent.message_id, reply_markup=KEYS)

    assert (await shown(people))["edited"] is None


async def test_the_same_words_with_other_marks_are_a_change(bot: Bot, sent: Message) -> None:
    edited = await bot.edit_message_text("Tugas", MARLINA, sent.message_id, reply_markup=KEYS)

    assert isinstance(edited, Message)
    assert edited.entities == ()


async def test_taking_the_keyboard_away_is_no_edit_of_the_text(
    bot: Bot, people: People, sent: Message
) -> None:
    await bot.edit_message_reply_markup(MARLINA, sent.message_id)

    message = await shown(people)
    assert (message["keyboard"], message["edited"]) == ([], None)


@pytest.mark.parametrize(
    ("method", "body", "words"),
    [
        ("editMessageText", {"text": "x"}, "message identifier is not specified"),
        ("editMessageText", {"text": "x", "message_id": 99}, "message to edit not found"),
        ("editMessageText", {"text": "a" * 4097, "message_id": 2}, "MESSAGE_TOO_LONG"),
        ("editMessageText", {"message_id": 2}, "message text is empty"),
        ("editMessageText", {"text": "x", "message_id": 1}, "message can't be edited"),
        (
            "editMessageCaption",
            {"caption": "x", "message_id": 2},
            "there is no caption in the message to edit",
        ),
        (
            "editMessageCaption",
            {"caption": "a" * 1025, "message_id": 2},
            "MEDIA_CAPTION_TOO_LONG",
        ),
        ("editMessageMedia", {"message_id": 2}, "input media is not specified"),
        ("deleteMessage", {"message_id": 99}, "message to delete not found"),
        ("pinChatMessage", {"message_id": 99}, "message to pin not found"),
        ("unpinChatMessage", {}, "message to unpin not found"),
        ("setMessageReaction", {"message_id": 99}, "message to react not found"),
        (
            "setMessageReaction",
            {"message_id": 1, "reaction": [{"type": "emoji", "emoji": "x"}]},
            "REACTION_INVALID",
        ),
        (
            "setMessageReaction",
            {"message_id": 1, "reaction": [{"type": "star"}]},
            "can't parse reaction types: invalid reaction type specified",
        ),
        (
            "setMessageReaction",
            {"message_id": 1, "reaction": [{"type": "emoji", "emoji": "👍"}] * 2},
            "REACTIONS_TOO_MANY",
        ),
    ],
)
async def test_a_wrong_change_is_refused(
    people: People, sent: Message, method: str, body: dict[str, Any], words: str
) -> None:
    before = await people.messages(MARLINA)

    answer = await people.call(method, chat_id=MARLINA, **body)

    assert answer["description"] == f"Bad Request: {words}"
    assert await people.messages(MARLINA) == before


async def test_a_document_keeps_its_file_when_its_caption_changes(
    bot: Bot, people: People
) -> None:
    sent = await bot.send_document(MARLINA, b"isi", filename="a.xlsx", caption="lama")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("x", MARLINA, sent.message_id)

    await bot.edit_message_caption(MARLINA, sent.message_id, caption="baru")

    message = await shown(people)
    assert (message["text"], message["file"]["name"]) == ("baru", "a.xlsx")


async def test_the_file_of_a_message_can_be_replaced(bot: Bot, people: People) -> None:
    sent = await bot.send_document(MARLINA, b"isi", filename="a.xlsx")

    await bot.edit_message_media(
        InputMediaDocument(b"lain", filename="b.xlsx", caption="versi 2"), MARLINA, sent.message_id
    )

    message = await shown(people)
    assert (message["text"], message["file"]["name"]) == ("versi 2", "b.xlsx")


async def test_a_deleted_message_is_gone_and_cannot_be_edited(
    bot: Bot, people: People, sent: Message
) -> None:
    await bot.delete_message(MARLINA, sent.message_id)

    assert sent.message_id not in [message["id"] for message in await people.messages(MARLINA)]
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", MARLINA, sent.message_id)


async def test_after_48_hours_a_message_can_no_longer_be_deleted(
    bot: Bot, people: People, sent: Message
) -> None:
    await people.post("/clock", advance_minutes=48 * 60 + 1)

    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await bot.delete_message(MARLINA, sent.message_id)


async def test_the_bot_puts_and_takes_back_a_reaction(bot: Bot, people: People) -> None:
    said = await people.say(MARLINA, "terima kasih")

    await bot.set_message_reaction(MARLINA, said["id"], "👍")
    reacted = (await shown(people))["reactions"]
    await bot.set_message_reaction(MARLINA, said["id"])

    assert [reaction["emoji"] for reaction in reacted] == ["👍"]
    assert (await shown(people))["reactions"] == []


async def test_pinning_in_a_group_needs_the_right(bot: Bot, people: People) -> None:
    board = await bot.send_message(GROUP, "papan")
    for method in (bot.pin_chat_message, bot.unpin_chat_message):
        with pytest.raises(BadRequest, match="Not enough rights to manage pinned messages"):
            await method(GROUP, message_id=board.message_id)
    await people.post(f"/api/groups/{GROUP}/bot", status="administrator", can_pin_messages=False)
    with pytest.raises(BadRequest, match="Not enough rights to manage pinned messages"):
        await bot.pin_chat_message(GROUP, board.message_id)

    await people.post(f"/api/groups/{GROUP}/bot", status="administrator")
    await bot.pin_chat_message(GROUP, board.message_id)

    chats = await people.get(f"/api/people/{RIZAL}/chats")
    group = next(chat for chat in chats if chat["id"] == GROUP)
    full = await bot.get_chat(GROUP)
    assert group["pinned"] == [board.message_id]
    assert full.pinned_message is not None
    assert full.pinned_message.text == "papan"


async def test_unpinning_takes_the_newest_pin_or_the_named_one(bot: Bot, people: People) -> None:
    one, two = [await bot.send_message(MARLINA, text) for text in ("satu", "dua")]
    await bot.pin_chat_message(MARLINA, one.message_id)
    await bot.pin_chat_message(MARLINA, two.message_id)

    await bot.unpin_chat_message(MARLINA)

    assert [message["id"] for message in await people.messages(MARLINA) if message["pinned"]] == [
        one.message_id
    ]


async def test_the_bot_deletes_others_messages_in_a_group_only_as_administrator(
    bot: Bot, people: People
) -> None:
    said = await people.say(RIZAL, "halo", GROUP)
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(GROUP, said["id"])

    await people.post(f"/api/groups/{GROUP}/bot", status="administrator")

    assert await bot.delete_message(GROUP, said["id"])


async def test_a_pin_is_announced_to_the_people_and_to_the_bot(bot: Bot, people: People) -> None:
    await people.post(f"/api/groups/{GROUP}/bot", status="administrator")
    board = await bot.send_message(GROUP, "papan")

    await bot.pin_chat_message(GROUP, board.message_id, disable_notification=True)

    line = (await people.messages(MARLINA, GROUP))[-1]
    assert (line["kind"], line["silent"], line["from"]["bot"]) == ("service", True, True)
    told = (await bot.get_updates(offset=-1))[0].message
    assert told is not None
    assert told.pinned_message is not None
    assert told.pinned_message.message_id == board.message_id

import json
import struct
from typing import Any

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden, InvalidToken

from simulator.app import TOKEN
from simulator.world.world import World
from tests.simulator.conftest import DEDI, GROUP, MARLINA, People

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 40, 30) + b"\x08\x02\x00\x00\x00"


def keys(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([list(buttons)])


@pytest.fixture(autouse=True)
async def _started(people: People) -> None:
    await people.start(MARLINA)


async def test_a_person_sees_what_the_bot_sends(bot: Bot, people: People) -> None:
    sent = await bot.send_message(
        MARLINA,
        " <b>Yth. Ibu</b>, ketik /tugas &lt;kini&gt; ",
        parse_mode="HTML",
        disable_notification=True,
        reply_markup=keys(InlineKeyboardButton("Buka", callback_data="buka:1:1")),
    )

    shown = (await people.messages(MARLINA))[-1]
    assert sent.text == shown["text"] == "Yth. Ibu, ketik /tugas <kini>"
    assert shown["html"] == (
        '<strong>Yth. Ibu</strong>, ketik <span class="command">/tugas</span> &lt;kini&gt;'
    )
    assert shown["keyboard"] == [[{"text": "Buka", "kind": "callback", "data": "buka:1:1"}]]
    assert shown["silent"]
    assert shown["date"].startswith("2026-11-24T07:30")


async def test_a_wrong_token_is_unauthorized(people: People) -> None:
    answer = await people.http.get("/bot123:salah/getMe")

    assert answer.status_code == 401
    assert answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_an_unknown_method_is_not_found(people: People, bot: Bot) -> None:
    assert await people.call("sendHologram") == {
        "ok": False,
        "error_code": 404,
        "description": "Not Found",
    }
    with pytest.raises(InvalidToken):
        await bot.send_dice(MARLINA)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"chat_id": MARLINA}, "message text is empty"),
        ({"chat_id": MARLINA, "text": ""}, "message text is empty"),
        ({"chat_id": MARLINA, "text": " \n "}, "text must be non-empty"),
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": MARLINA, "text": "x", "colour": "red"}, 'unknown parameter "colour"'),
        ({"chat_id": MARLINA, "text": 5}, 'parameter "text" must be of type String'),
        (
            {"chat_id": MARLINA, "text": "x", "disable_notification": "maybe"},
            'parameter "disable_notification" must be of type Boolean',
        ),
        (
            {"chat_id": MARLINA, "text": "x", "message_thread_id": "x1"},
            'parameter "message_thread_id" must be of type Integer',
        ),
        ({"chat_id": True, "text": "x"}, 'parameter "chat_id" must be of type Chat'),
        ({"chat_id": "@orang", "text": "x"}, "chat not found"),
        ({"chat_id": 4242, "text": "x"}, "chat not found"),
        ({"chat_id": MARLINA, "text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        (
            {"chat_id": MARLINA, "text": "<b>x", "parse_mode": "html"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            {"chat_id": MARLINA, "text": "a<table>", "parse_mode": "HTML"},
            'can\'t parse entities: Unsupported start tag "table" at byte offset 1',
        ),
        ({"chat_id": MARLINA, "text": "x", "message_thread_id": 7}, "message thread not found"),
        (
            {"chat_id": MARLINA, "text": "x", "entities": [{"type": "bold"}]},
            "can't parse MessageEntity: wrong field",
        ),
        (
            {
                "chat_id": MARLINA,
                "text": "x",
                "entities": [{"type": "bold", "offset": 0, "length": 9}],
            },
            "entity beyond the end of the text",
        ),
    ],
)
async def test_a_wrong_message_is_refused_and_nothing_is_sent(
    people: People, body: dict[str, Any], words: str
) -> None:
    before = await people.messages(MARLINA)

    answer = await people.call("sendMessage", **body)

    assert answer["description"] == f"Bad Request: {words}"
    assert answer["error_code"] == 400
    assert await people.messages(MARLINA) == before


async def test_a_text_is_measured_in_utf16_units_after_parsing(bot: Bot) -> None:
    fits = await bot.send_message(MARLINA, "<b>" + "a" * 4096 + "</b>", parse_mode="HTML")
    with pytest.raises(BadRequest, match="Message is too long"):
        await bot.send_message(MARLINA, "🏟" * 2049)

    assert fits.text == "a" * 4096


async def test_a_caption_is_measured_in_utf16_units(bot: Bot) -> None:
    fits = await bot.send_document(MARLINA, b"x", caption="🏟" * 512)
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_document(MARLINA, b"x", caption="🏟" * 512 + "a")

    assert fits.caption == "🏟" * 512


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ([[{"text": "a"}]], "text buttons are unallowed in the inline keyboard"),
        (
            [[{"text": "a", "callback_data": ""}]],
            "text buttons are unallowed in the inline keyboard",
        ),
        ([[{"text": "a", "callback_data": "é" * 33}]], "BUTTON_DATA_INVALID"),
        ([[{"text": " ", "callback_data": "x"}]], "BUTTON_TEXT_INVALID"),
        (
            [[{"callback_data": "x"}]],
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            [[{"text": "a", "callback_data": "x", "url": "https://a.id"}]],
            "can't parse inline keyboard button: Exactly one action must be specified",
        ),
        (
            [[{"text": "a", "callback_data": 5}]],
            'can\'t parse inline keyboard button: Field "callback_data" must be of type String',
        ),
        (
            [[{"text": "a", "callback": "x"}]],
            'can\'t parse inline keyboard button: Unknown field "callback"',
        ),
        (
            [[{"text": "a", "url": "bukan alamat"}]],
            "inline keyboard button URL 'bukan alamat' is invalid: Wrong HTTP URL",
        ),
        ([[{"text": "a", "pay": True}]], "BUTTON_TYPE_INVALID"),
        ([[{"text": "a", "copy_text": {"text": ""}}]], "BUTTON_COPY_TEXT_INVALID"),
        ([["a"]], "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
        (
            [{"text": "a", "callback_data": "x"}],
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (
            [[{"text": "a", "callback_data": "x"}] * 8] * 13,
            "reply markup is too long",
        ),
    ],
)
async def test_a_wrong_keyboard_is_refused(people: People, markup: Any, words: str) -> None:
    answer = await people.call(
        "sendMessage",
        chat_id=MARLINA,
        text="x",
        reply_markup=json.dumps({"inline_keyboard": markup}),
    )

    assert answer["description"] == f"Bad Request: {words}"


async def test_a_full_keyboard_of_every_kind_is_accepted(bot: Bot, people: People) -> None:
    await bot.send_message(
        MARLINA,
        "x",
        reply_markup=keys(
            InlineKeyboardButton("a", callback_data="é" * 32),
            InlineKeyboardButton("b", url="https://t.me/sigap_tes_bot?start=K"),
            InlineKeyboardButton("c", switch_inline_query_current_chat=""),
        ),
    )

    row = (await people.messages(MARLINA))[-1]["keyboard"][0]
    assert [button["kind"] for button in row] == ["callback", "url", "switch_here"]


async def test_unreadable_json_in_a_parameter_is_refused(people: People) -> None:
    answers = [
        await people.call("sendMessage", chat_id=MARLINA, text="x", reply_markup=raw)
        for raw in ("{", "[]", {"keyboard": [["a"]]})
    ]

    assert [answer["description"] for answer in answers] == [
        "Bad Request: can't parse reply markup JSON object",
        "Bad Request: object expected as reply markup",
        "Bad Request: only inline keyboards are known to the simulator",
    ]


async def test_a_user_the_bot_never_met_is_not_found_and_one_it_met_must_start(
    bot: Bot, people: People
) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(DEDI, "x")
    await people.say(DEDI, "/status", GROUP)
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(DEDI, "x")


async def test_a_person_who_blocked_the_bot_is_forbidden_until_he_starts_again(
    bot: Bot, people: People
) -> None:
    await people.post(f"/api/people/{MARLINA}/block", blocked=True)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(MARLINA, "x")
    refused = await people.say(MARLINA, "halo")

    await people.start(MARLINA)

    assert refused["error"] == "the bot is blocked: press START first"
    assert (await bot.send_message(MARLINA, "x")).text == "x"


async def test_a_reply_needs_its_message_unless_it_may_go_without(bot: Bot) -> None:
    first = await bot.send_message(MARLINA, "satu")
    reply = await bot.send_message(
        MARLINA, "dua", reply_parameters=ReplyParameters(first.message_id)
    )
    free = await bot.send_message(
        MARLINA, "tiga", reply_parameters=ReplyParameters(99, allow_sending_without_reply=True)
    )
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(MARLINA, "x", reply_parameters=ReplyParameters(99))

    assert reply.reply_to_message is not None
    assert reply.reply_to_message.text == "satu"
    assert free.reply_to_message is None


async def test_a_document_is_sent_anew_and_by_its_id(bot: Bot, people: People) -> None:
    sent = await bot.send_document(MARLINA, b"isi", filename="Format_KBK.xlsx", caption="Format")
    assert sent.document is not None
    again = await bot.send_document(MARLINA, sent.document.file_id)

    shown = (await people.messages(MARLINA))[-1]["file"]
    assert again.document is not None
    assert again.document.file_unique_id == sent.document.file_unique_id
    assert (shown["name"], shown["size"]) == ("Format_KBK.xlsx", 3)
    assert (await people.http.get(shown["url"])).content == b"isi"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"bukan gambar", "Image_process_failed"),
        (PNG[:16] + struct.pack(">II", 9000, 9000) + PNG[24:], "Photo_invalid_dimensions"),
        (PNG[:16] + struct.pack(">II", 2100, 100) + PNG[24:], "Photo_invalid_dimensions"),
        (PNG + b"\0" * 10_485_760, "is too big for a photo"),
    ],
)
async def test_what_is_no_picture_is_refused(bot: Bot, data: bytes, words: str) -> None:
    with pytest.raises(BadRequest, match=words):
        await bot.send_photo(MARLINA, data)


async def test_a_photo_has_its_size(bot: Bot) -> None:
    sent = await bot.send_photo(MARLINA, PNG, caption="<i>papan</i>", parse_mode="HTML")

    assert [(size.width, size.height) for size in sent.photo] == [(40, 30)]
    assert sent.caption == "papan"


async def test_missing_empty_and_unknown_files_are_refused(bot: Bot, people: People) -> None:
    missing = await people.call("sendDocument", chat_id=MARLINA)
    no_photo = await people.call("sendPhoto", chat_id=MARLINA)
    unknown = await people.call("sendDocument", chat_id=MARLINA, document="https://a.id/x.pdf")
    document = await bot.send_document(MARLINA, b"isi")
    assert document.document is not None
    as_photo = await people.call("sendPhoto", chat_id=MARLINA, photo=document.document.file_id)
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_document(MARLINA, b"", filename="kosong.xlsx")

    assert missing["description"] == "Bad Request: there is no document in the request"
    assert no_photo["description"] == "Bad Request: there is no photo in the request"
    assert unknown["description"] == "Bad Request: wrong file identifier/HTTP URL specified"
    assert as_photo["description"] == "Bad Request: can't use file of type Document as Photo"


async def test_a_document_over_fifty_megabytes_is_refused(people: People) -> None:
    big = b"\0" * (50 * 1024 * 1024 + 1)

    answer = await people.http.post(
        f"/bot{TOKEN}/sendDocument",
        data={"chat_id": str(MARLINA)},
        files={"document": ("besar.bin", big)},
    )

    assert answer.status_code == 413
    assert answer.json()["description"] == "Request Entity Too Large"


async def test_an_album_shares_one_group_id(bot: Bot, people: People) -> None:
    sent = await bot.send_media_group(
        MARLINA,
        [InputMediaDocument(b"a", filename="a.pdf"), InputMediaDocument(b"b", caption="B")],
    )

    assert len({message.media_group_id for message in sent}) == 1
    assert [message.caption for message in sent] == [None, "B"]
    assert len({shown["album"] for shown in (await people.messages(MARLINA))[-2:]}) == 1


@pytest.mark.parametrize(
    ("media", "words"),
    [
        (None, 'parameter "media" is required'),
        ([], "there are no messages to send"),
        ([{"type": "photo", "media": "x"}], "an album needs at least 2 messages"),
        ([{"type": "photo", "media": "x"}] * 11, "too many messages to send as an album"),
        (["a", "b"], "can't parse InputMedia: expected an Object"),
        (
            [{"type": "poll"}, {"type": "poll"}],
            'can\'t parse InputMedia: type "poll" is unsupported',
        ),
        (
            [{"type": "document"}, {"type": "document"}],
            "can't parse InputMedia: media not found",
        ),
    ],
)
async def test_a_wrong_album_is_refused(people: People, media: Any, words: str) -> None:
    body = {} if media is None else {"media": media}

    answer = await people.call("sendMediaGroup", chat_id=MARLINA, **body)

    assert answer["description"] == f"Bad Request: {words}"


async def test_documents_and_photos_do_not_mix_in_an_album(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Document can't be mixed with other media types"):
        await bot.send_media_group(MARLINA, [InputMediaDocument(b"a"), InputMediaPhoto(PNG)])


async def test_a_chat_action_is_seen_and_a_wrong_one_refused(
    bot: Bot, world: World, people: People
) -> None:
    await bot.send_chat_action(MARLINA, "upload_document")
    wrong = await people.call("sendChatAction", chat_id=MARLINA, action="dance")

    event = world.feed.since(0)[-1]
    assert (event.kind, event.data["action"]) == ("action", "upload_document")
    assert wrong["description"] == "Bad Request: wrong parameter action in request"


async def test_the_log_tells_rings_from_silence_and_remembers_refusals(
    bot: Bot, people: People
) -> None:
    loud = await bot.send_message(MARLINA, "keras")
    await bot.send_message(MARLINA, "senyap", disable_notification=True)
    await people.call("sendMessage", chat_id=4242, text="x")

    rows = [row for row in await people.get("/api/log") if row["method"] == "sendMessage"]
    assert [row["rings"] for row in rows] == [True, False, True]
    assert [row["ok"] for row in rows] == [True, True, False]
    assert rows[0]["message"] == loud.message_id
    assert rows[2]["error"] == "Bad Request: chat not found"

"""How a Bot API call may come in, and the rarer shapes it may have."""

import struct

import pytest
from telegram import Bot, InputMediaPhoto, Message, MessageEntity, User
from telegram.error import BadRequest

from simulator.app import TOKEN
from simulator.botapi.attachments import picture_size
from simulator.world.world import World
from tests.simulator.botapi.test_sending import PNG
from tests.simulator.conftest import DEDI, GROUP, MARLINA, RIZAL, People

JPEG = (
    b"\xff\xd8\xff\xe0"
    + struct.pack(">H", 6)
    + b"JFIF\xff\xc0"
    + struct.pack(">HBHHB", 11, 8, 30, 40, 1)
)


@pytest.fixture(autouse=True)
async def _started(people: People) -> None:
    await people.start(MARLINA)


async def test_a_call_comes_as_query_as_form_as_json_or_as_multipart(people: People) -> None:
    url = f"/bot{TOKEN}/sendMessage"
    answers = [
        await people.http.get(url, params={"chat_id": MARLINA, "text": "query"}),
        await people.http.post(url, data={"chat_id": str(MARLINA), "text": "form"}),
        await people.http.post(url, json={"chat_id": MARLINA, "text": "json"}),
        await people.http.post(
            url,
            files={"chat_id": (None, str(MARLINA)), "text": (None, "multipart")},
        ),
        await people.http.post(f"/bot{TOKEN}/SENDMESSAGE", json={"chat_id": MARLINA, "text": "X"}),
    ]

    texts = [answer.json()["result"]["text"] for answer in answers]
    assert texts == ["query", "form", "json", "multipart", "X"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "can't parse the request's JSON object"),
        (b"[1]", "the request's JSON must be an object"),
    ],
)
async def test_an_unreadable_body_is_refused(people: People, content: bytes, words: str) -> None:
    answer = await people.http.post(
        f"/bot{TOKEN}/getMe", content=content, headers={"content-type": "application/json"}
    )

    assert answer.json()["description"] == f"Bad Request: {words}"


async def test_marks_may_come_as_entities_instead_of_html(bot: Bot, people: People) -> None:
    marks = [
        MessageEntity("bold", 0, 3),
        MessageEntity("text_mention", 4, 4, user=User(MARLINA, "Marlina", False)),
        MessageEntity("pre", 9, 1, language="sql"),
    ]

    sent = await bot.send_message(MARLINA, "Yth Ibu. x", entities=marks)

    assert sent.entities[0].type == "bold"
    assert sent.entities[1].user is not None
    assert sent.entities[1].user.first_name == "Marlina Topale"
    assert sent.entities[2].language == "sql"
    assert (await people.messages(MARLINA))[-1]["html"] == (
        "<strong>Yth</strong> Ibu. <pre>x</pre>"
    )


async def test_links_and_marked_captions_come_back_as_telegram_sends_them(bot: Bot) -> None:
    sent = await bot.send_message(MARLINA, '<a href="https://a.id/x">SOP</a>', parse_mode="HTML")
    document = await bot.send_document(MARLINA, b"x", caption="<b>Rekap</b>", parse_mode="HTML")

    assert sent.entities[0].url == "https://a.id/x"
    assert document.caption_entities[0].type == "bold"


async def test_a_photo_is_sent_again_by_its_id_and_replaced(bot: Bot) -> None:
    sent = await bot.send_photo(MARLINA, PNG)
    again = await bot.send_photo(MARLINA, sent.photo[-1].file_id)

    edited = await bot.edit_message_media(InputMediaPhoto(JPEG), MARLINA, again.message_id)

    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id
    assert isinstance(edited, Message)
    assert (edited.photo[-1].width, edited.photo[-1].height) == (40, 30)


def test_the_size_of_a_picture_is_read_from_its_head() -> None:
    assert picture_size(PNG) == (40, 30)
    assert picture_size(JPEG) == (40, 30)
    assert picture_size(b"GIF89a" + struct.pack("<HH", 40, 30)) == (40, 30)
    assert picture_size(JPEG[:8]) is None
    assert picture_size(b"BM") is None


async def test_a_broken_reply_is_refused(people: People) -> None:
    answer = await people.call(
        "sendMessage", chat_id=MARLINA, text="x", reply_parameters={"message_id": "satu"}
    )

    words = "Bad Request: can't parse reply parameters: message_id must be an Integer"
    assert answer["description"] == words


async def test_an_empty_webhook_address_deletes_the_webhook(bot: Bot) -> None:
    await bot.set_webhook("https://a.id/x", drop_pending_updates=True, allowed_updates=["message"])

    await bot.set_webhook("")

    assert (await bot.get_webhook_info()).url == ""


async def test_setting_a_webhook_may_drop_what_waits(bot: Bot, world: World) -> None:
    assert len(world.updates) == 1

    await bot.set_webhook("https://a.id/x", drop_pending_updates=True)

    assert len(world.updates) == 0


async def test_members_changes_reach_an_administrator_that_asked_for_them(
    bot: Bot, people: People
) -> None:
    await people.post(f"/api/groups/{GROUP}/bot", status="administrator")
    await bot.get_updates(allowed_updates=["chat_member"], offset=-1)

    made = await people.post(f"/api/groups/{GROUP}/members", person=DEDI, status="kicked")
    await people.post(f"/api/groups/{GROUP}/members", person=DEDI, status="administrator")

    changes = [update.chat_member for update in await bot.get_updates() if update.chat_member]
    assert made["until_date"] == 0
    assert [change.new_chat_member.status for change in changes] == ["kicked", "administrator"]
    rights = await bot.get_chat_member(GROUP, bot.id)
    assert rights.to_dict()["can_pin_messages"]


async def test_a_file_that_is_no_picture_cannot_replace_a_document(bot: Bot) -> None:
    sent = await bot.send_document(MARLINA, b"x", filename="a.txt")

    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.edit_message_media(InputMediaPhoto(b"x"), MARLINA, sent.message_id)


async def test_a_group_that_moved_is_listed_once_and_moves_only_once(people: People) -> None:
    made = await people.post("/api/groups", title="Kecil", admins=[RIZAL, DEDI], type="group")
    twice = await people.post(f"/api/groups/{made['id']}/migrate")
    again = await people.post(f"/api/groups/{made['id']}/migrate")

    chats = await people.get(f"/api/people/{DEDI}/chats")
    assert [chat["id"] for chat in chats] == [DEDI, GROUP, twice["id"]]
    assert again["error"] == "only a plain group can become a supergroup, and only once"

from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from simulator.world.world import World
from tests.simulator.botapi.test_sending import PNG
from tests.simulator.conftest import DEDI, GROUP, MARLINA, RIZAL, People


async def test_the_people_of_the_office_are_listed(people: People) -> None:
    rows = await people.get("/api/people")

    assert [(row["id"], row["name"], row["note"], row["admin"]) for row in rows] == [
        (MARLINA, "Marlina Topale", "Kepala Dinas", False),
        (RIZAL, "Rizal Mondong", "Admin", True),
        (DEDI, "Dedi Salangga", "Pelaksana", False),
    ]
    assert not any(row["started"] for row in rows)


async def test_a_new_person_joins_the_office_group(people: People) -> None:
    made = await people.post("/api/people", name="Joni Matorang", note="Pelaksana")

    chats = await people.get(f"/api/people/{made['id']}/chats")
    assert [chat["id"] for chat in chats] == [made["id"], GROUP]


async def test_unread_messages_are_counted_until_they_are_read(bot: Bot, people: People) -> None:
    await people.start(DEDI)
    await bot.send_message(DEDI, "satu")
    await bot.send_message(DEDI, "dua")
    await bot.send_message(GROUP, "papan")

    before = {chat["id"]: chat["unread"] for chat in await people.get(f"/api/people/{DEDI}/chats")}
    await people.act(DEDI, "read")

    after = {chat["id"]: chat["unread"] for chat in await people.get(f"/api/people/{DEDI}/chats")}
    assert before == {DEDI: 2, GROUP: 1}
    assert after == {DEDI: 0, GROUP: 1}
    assert (await people.get("/api/people"))[2]["unread"] == 1


async def test_messages_are_paged_by_number(people: People) -> None:
    sent = [(await people.say(DEDI, f"pesan {n}"))["id"] for n in range(5)]
    path = f"/api/people/{DEDI}/chats/{DEDI}/messages"

    newest = await people.get(path, limit=2)
    earlier = await people.get(path, limit=2, before=sent[3])
    later = await people.get(path, after=sent[3])

    assert [message["id"] for message in newest] == sent[3:]
    assert [message["id"] for message in earlier] == sent[1:3]
    assert [message["id"] for message in later] == sent[4:]


async def test_several_files_are_one_album_with_one_caption(bot: Bot, people: People) -> None:
    await people.start(DEDI)
    sent = (
        await people.http.post(
            f"/api/people/{DEDI}/chats/{DEDI}/upload",
            data={"caption": "bukti", "as": "photo"},
            files=[("file", ("a.png", PNG)), ("file", ("b.png", PNG))],
        )
    ).json()

    updates = [update.message for update in await bot.get_updates(offset=-2)]
    assert [message["text"] for message in sent] == ["bukti", ""]
    assert updates[0] is not None
    assert updates[1] is not None
    assert updates[0].media_group_id == updates[1].media_group_id is not None
    assert updates[0].photo[0].width == 40


async def test_a_picture_is_shown_and_another_file_is_only_saved(people: People) -> None:
    path = f"/api/people/{DEDI}/chats/{DEDI}/upload"
    photo = (
        await people.http.post(path, data={"as": "photo"}, files={"file": ("a.png", PNG)})
    ).json()
    page = (
        await people.http.post(path, files={"file": ("é.html", b"<script>", "text/html")})
    ).json()

    shown = await people.http.get(photo[0]["file"]["url"])
    saved = await people.http.get(page[0]["file"]["url"])

    assert shown.headers["content-disposition"].startswith("inline")
    assert saved.headers["content-type"] == "application/octet-stream"
    assert saved.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''%c3%a9%2e%68%74%6d%6c"
    )
    assert (await people.http.get("/api/files/none")).status_code == 404


async def test_a_link_button_hands_its_address_to_the_person(bot: Bot, people: People) -> None:
    await people.start(DEDI)
    link = InlineKeyboardButton("Buka", url="https://t.me/sigap_tes_bot?start=ABC")
    sent = await bot.send_message(DEDI, "x", reply_markup=InlineKeyboardMarkup([[link]]))

    answer = await people.act(DEDI, "press", message=sent.message_id, row=0, col=0)

    assert (answer["kind"], answer["value"]) == ("url", "https://t.me/sigap_tes_bot?start=ABC")


async def test_an_unanswered_press_tells_so_after_the_wait(bot: Bot, people: People) -> None:
    await people.start(DEDI)
    key = InlineKeyboardButton("Ya", callback_data="x")
    sent = await bot.send_message(DEDI, "x", reply_markup=InlineKeyboardMarkup([[key]]))

    answer = await people.act(DEDI, "press", message=sent.message_id, label="Ya", wait=0.05)

    assert (answer["answered"], answer["text"]) == (False, "")


@pytest.mark.parametrize(
    ("act", "body", "words"),
    [
        ("text", {}, "missing 'text'"),
        ("text", {"text": "  "}, "a text has 1 to 4096 characters"),
        ("text", {"text": "a" * 4097}, "a text has 1 to 4096 characters"),
        ("text", {"text": "x", "reply_to": 99}, "no message 99"),
        ("press", {"message": 99, "data": "x"}, "no message 99"),
        ("press", {"message": 1, "data": "x"}, "only the bot's messages have buttons"),
        ("press", {"message": 1, "row": 0, "col": 0}, "no button at row 0, column 0"),
        ("special", {"kind": "hologram"}, "unknown kind 'hologram'"),
        ("edit", {"message": 2, "text": "x"}, "only one's own text can be edited"),
    ],
)
async def test_what_an_app_would_not_allow_is_refused(
    bot: Bot, people: People, act: str, body: dict[str, Any], words: str
) -> None:
    await people.start(DEDI)
    await bot.send_message(DEDI, "dari bot")
    before = len(await people.messages(DEDI))

    answer = await people.act(DEDI, act, **body)

    assert answer["status"] == 400
    assert answer["error"].startswith(words)
    assert len(await people.messages(DEDI)) == before


@pytest.mark.parametrize(
    ("fields", "files", "words"),
    [
        ({}, {}, "no file was chosen"),
        ({"file": "teks"}, {}, "a file must be uploaded as a file part"),
        ({"caption": "a" * 1025}, {"file": ("a.txt", b"x")}, "a caption has at most 1024"),
        ({"as": "photo"}, {"file": ("a.txt", b"x")}, "'a.txt' is not a picture"),
        ({"as": "video"}, {"file": ("a.txt", b"x")}, "unknown kind 'video'"),
    ],
)
async def test_a_wrong_upload_is_refused(
    people: People, fields: dict[str, str], files: dict[str, Any], words: str
) -> None:
    path = f"/api/people/{DEDI}/chats/{DEDI}/upload"

    answer = await people.http.post(path, data=fields, files=files or None)

    assert answer.status_code == 400
    assert answer.json()["error"].startswith(words)
    assert await people.messages(DEDI) == []


async def test_unknown_persons_and_chats_are_refused(people: People) -> None:
    nobody = await people.say(77, "x")
    nowhere = await people.say(DEDI, "x", MARLINA)
    no_object = await people.http.post(f"/api/people/{DEDI}/start", json=[1])

    assert nobody["error"] == "no person 77"
    assert nowhere["error"] == f"Dedi Salangga is not in chat {MARLINA}"
    assert no_object.json()["error"] == "the body must be a JSON object"


async def test_pressing_in_a_blocked_chat_is_not_possible(bot: Bot, people: People) -> None:
    await people.start(DEDI)
    sent = await bot.send_message(DEDI, "x")
    await people.post(f"/api/people/{DEDI}/block")

    answer = await people.act(DEDI, "press", message=sent.message_id, data="x")

    assert answer["error"] == "the bot is blocked: press START first"


async def test_script_in_a_name_or_text_reaches_the_page_escaped(
    bot: Bot, people: People, world: World
) -> None:
    made = await people.post("/api/people", name="<script>alert(1)</script>")
    await people.say(made["id"], "<img src=x onerror=alert(1)>")

    (message,) = await people.messages(made["id"])
    assert message["html"] == "&lt;img src=x onerror=alert(1)&gt;"
    assert message["from"]["name"] == "<script>alert(1)</script>"


async def test_a_reply_to_a_deleted_message_says_so(bot: Bot, people: People) -> None:
    await people.start(DEDI)
    sent = await bot.send_message(DEDI, "x")
    await people.say(DEDI, "jawab", reply_to=sent.message_id)

    await bot.delete_message(DEDI, sent.message_id)

    assert (await people.messages(DEDI))[-1]["reply_to"]["text"] == "Pesan dihapus"

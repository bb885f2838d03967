import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden

from tests.simulator.conftest import DEDI, GROUP, MARLINA, RIZAL, People


async def received(bot: Bot) -> list[str]:
    return [update.message.text or "" for update in await bot.get_updates() if update.message]


async def test_a_plain_member_hears_only_what_is_meant_for_it(bot: Bot, people: People) -> None:
    board = await bot.send_message(GROUP, "papan")

    await people.say(DEDI, "selamat pagi semua", GROUP)
    await people.say(DEDI, "/status", GROUP)
    await people.say(DEDI, "/status@sigap_tes_bot", GROUP)
    await people.say(DEDI, "/status@bot_lain", GROUP)
    await people.say(DEDI, "tanya @sigap_tes_bot ya", GROUP)
    await people.say(DEDI, "tanya @rizal_m ya", GROUP)
    other = await people.say(DEDI, "siap", GROUP, reply_to=board.message_id)
    await people.say(RIZAL, "oke", GROUP, reply_to=other["id"])

    assert await received(bot) == [
        "/status",
        "/status@sigap_tes_bot",
        "tanya @sigap_tes_bot ya",
        "siap",
    ]


async def test_as_administrator_it_hears_everything(bot: Bot, people: People) -> None:
    await people.post(f"/api/groups/{GROUP}/bot", status="administrator")

    await people.say(DEDI, "selamat pagi semua", GROUP)

    updates = await bot.get_updates()
    change = updates[0].my_chat_member
    assert change is not None
    assert change.new_chat_member.status == "administrator"
    assert updates[1].message is not None
    assert updates[1].message.text == "selamat pagi semua"


async def test_members_and_administrators_are_told(bot: Bot) -> None:
    owner = await bot.get_chat_member(GROUP, RIZAL)
    member = await bot.get_chat_member(GROUP, DEDI)
    administrators = await bot.get_chat_administrators(GROUP)

    assert (owner.status, member.status) == ("creator", "member")
    assert [one.user.id for one in administrators] == [RIZAL]


@pytest.mark.parametrize(
    ("method", "body", "words"),
    [
        ("getChat", {}, "chat_id is empty"),
        ("getChat", {"chat_id": -99}, "chat not found"),
        ("getChat", {"chat_id": DEDI}, "chat not found"),
        ("getChatMember", {"chat_id": GROUP}, "invalid user_id specified"),
        ("getChatMember", {"chat_id": GROUP, "user_id": 77}, "PARTICIPANT_ID_INVALID"),
        (
            "getChatAdministrators",
            {"chat_id": MARLINA},
            "there are no administrators in the private chat",
        ),
        (
            "leaveChat",
            {"chat_id": MARLINA},
            "chat is not a group, supergroup or channel chat",
        ),
    ],
)
async def test_a_wrong_question_about_a_chat_is_refused(
    people: People, method: str, body: dict[str, int], words: str
) -> None:
    await people.start(MARLINA)

    answer = await people.call(method, **body)

    assert answer["description"] == f"Bad Request: {words}"


async def test_outside_the_group_the_bot_is_forbidden(bot: Bot, people: People) -> None:
    await bot.leave_chat(GROUP)
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.send_message(GROUP, "x")
    await people.post(f"/api/groups/{GROUP}/bot", status="kicked")
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.get_chat(GROUP)

    await people.say(DEDI, "/status", GROUP)

    assert await received(bot) == []


async def test_a_second_group_takes_the_bot_in_and_tells_it(bot: Bot, people: People) -> None:
    group = await people.post("/api/groups", title="Rapat", members=[DEDI], admins=[MARLINA])

    (update,) = await bot.get_updates()
    sent = await bot.send_message(group["id"], "halo")
    change = update.my_chat_member
    assert change is not None
    assert (change.chat.title, change.from_user.id) == ("Rapat", MARLINA)
    assert sent.chat.id != GROUP
    assert [message["text"] for message in await people.messages(DEDI, group["id"])] == ["halo"]


async def test_who_is_not_in_a_group_cannot_write_there(people: People) -> None:
    group = await people.post("/api/groups", title="Rapat", admins=[MARLINA], bot="left")

    refused = await people.say(DEDI, "halo", group["id"])

    assert refused["error"] == f"Dedi Salangga is not in chat {group['id']}"


async def test_coming_and_going_are_service_messages(bot: Bot, people: People) -> None:
    await people.post(f"/api/groups/{GROUP}/members", person=DEDI, status="left")
    await people.post(f"/api/groups/{GROUP}/members", person=DEDI, status="member")

    gone, back = [update.message for update in await bot.get_updates()]

    assert gone is not None
    assert back is not None
    assert gone.left_chat_member is not None
    assert [user.id for user in back.new_chat_members] == [DEDI]


async def test_a_plain_group_that_became_a_supergroup_names_its_new_id(
    bot: Bot, people: People
) -> None:
    group = await people.post("/api/groups", title="Kecil", admins=[RIZAL], type="group")
    await bot.send_message(group["id"], "lama")

    new = await people.post(f"/api/groups/{group['id']}/migrate")

    with pytest.raises(ChatMigrated) as migrated:
        await bot.send_message(group["id"], "x")
    assert migrated.value.new_chat_id == new["id"]
    assert (await bot.send_message(new["id"], "baru")).chat.type == "supergroup"
    services = [update.message for update in (await bot.get_updates())[1:]]
    assert services[0] is not None
    assert services[1] is not None
    assert services[0].migrate_to_chat_id == new["id"]
    assert services[1].migrate_from_chat_id == group["id"]


async def test_topics_carry_messages_until_they_are_closed(bot: Bot, people: People) -> None:
    group = await people.post("/api/groups", title="Forum", admins=[RIZAL], topics=["Kinerja"])
    topic = group["topics"][0]["id"]
    await people.say(RIZAL, "/grup", group["id"], topic=topic)
    sent = await bot.send_message(group["id"], "papan", message_thread_id=topic)

    await people.post(f"/api/groups/{group['id']}/topics", topic=topic, closed=True)

    asked = (await bot.get_updates(offset=-1))[0].message
    assert asked is not None
    assert (asked.message_thread_id, asked.is_topic_message) == (topic, True)
    assert sent.chat.is_forum
    with pytest.raises(BadRequest, match="Topic_closed"):
        await bot.send_message(group["id"], "x", message_thread_id=topic)
    refused = await people.say(RIZAL, "x", group["id"], topic=topic)
    assert refused["error"] == f"topic {topic} is closed or unknown"
    await people.post(f"/api/groups/{group['id']}/bot", status="administrator")
    assert (await bot.send_message(group["id"], "x", message_thread_id=topic)).text == "x"


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("/api/groups", {"title": "x"}, "a group needs at least one person in 'admins'"),
        ("/api/groups", {"title": "x", "type": "channel"}, "unknown type 'channel'"),
        ("/api/groups", {"title": "x", "admins": [7]}, "no person 7"),
        ("/api/groups/1001/bot", {"status": "member"}, "no group 1001"),
        (f"/api/groups/{GROUP}/bot", {"status": "raja"}, "unknown status 'raja'"),
        (f"/api/groups/{GROUP}/bot", {}, "missing 'status'"),
        (f"/api/groups/{GROUP}/migrate", {}, "only a plain group can become a supergroup"),
    ],
)
async def test_a_wrong_group_order_is_refused(
    people: People, path: str, body: dict[str, object], words: str
) -> None:
    answer = await people.post(path, **body)

    assert answer["status"] == 400
    assert answer["error"].startswith(words)


async def test_a_silenced_bot_is_told_what_it_may_not_send(bot: Bot, people: People) -> None:
    await people.post(f"/api/groups/{GROUP}/bot", status="restricted")

    with pytest.raises(BadRequest, match="to send text messages to the chat"):
        await bot.send_message(GROUP, "papan")
    with pytest.raises(BadRequest, match="to send documents to the chat"):
        await bot.send_document(GROUP, b"isi", filename="rekap.xlsx")
    own = await bot.get_chat_member(GROUP, bot.id)
    assert own.status == "restricted"
    assert not own.can_send_messages

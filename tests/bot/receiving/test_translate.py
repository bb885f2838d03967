"""An inbox item becomes a command with ids and words only."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.receiving.translate import STRAYS, Incoming, translate
from bot.transport.account import Me
from flows.forms.form import Sheet
from flows.model.addresses import Ref
from flows.model.commands import Membership, Migrated, Pressed, Said, Sent, Stray
from storage.queues.inbox import Item

ME = Me(99, "SigapBot")
RECEIVED = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
SENT = 1795480000


def item(raw: dict[str, Any], **extra: Any) -> Item:
    return Item(1, 99, 500, raw, extra, "ready", 0, RECEIVED, 7)


def message(kind: str = "private", **content: Any) -> dict[str, Any]:
    sender = {"id": 31, "is_bot": False}
    head = {"message_id": 12, "date": SENT, "chat": {"id": 7, "type": kind}, "from": sender}
    return {"update_id": 500, "message": {**head, **content}}


def command(raw: dict[str, Any], sheet: Sheet | None = None, **extra: Any) -> Incoming | None:
    return translate(item(raw, **extra), ME, sheet)


def test_words_are_said() -> None:
    said = command(message(text="selesai"))

    assert isinstance(said, Said)
    assert said.text == "selesai"
    assert said.origin.key == "u99:500"
    assert said.origin.user_id == 31
    assert said.origin.chat_kind == "private"
    assert said.origin.sent_at == datetime.fromtimestamp(SENT, UTC)


def test_our_name_is_taken_off_a_command() -> None:
    said = command(message("supergroup", text="/status@SigapBot 1"))

    assert isinstance(said, Said)
    assert said.text == "/status 1"
    assert said.origin.chat_kind == "group"


def test_another_bots_command_says_nothing() -> None:
    assert command(message("supergroup", text="/status@OtherBot")) is None


def test_a_reply_names_our_message() -> None:
    said = command(message(text="x", reply_to_message={"message_id": 5, "from": {"id": 99}}))

    assert isinstance(said, Said)
    assert said.origin.reply_to == 5


def test_a_reply_to_ones_own_message_names_none() -> None:
    said = command(message(text="x", reply_to_message={"message_id": 5, "from": {"id": 31}}))

    assert isinstance(said, Said)
    assert said.origin.reply_to is None


def test_a_topic_is_kept_only_for_messages_in_it() -> None:
    inside = command(message("supergroup", text="/x", message_thread_id=3, is_topic_message=True))
    reply_thread = command(message("supergroup", text="/x", message_thread_id=3))

    assert isinstance(inside, Said)
    assert isinstance(reply_thread, Said)
    assert inside.origin.topic_id == 3
    assert reply_thread.origin.topic_id is None


def test_an_anonymous_administrator_is_no_person() -> None:
    said = command(message("supergroup", text="/grup", sender_chat={"id": 7}))

    assert isinstance(said, Said)
    assert said.origin.user_id == 0


def test_facts_come_with_the_command() -> None:
    said = command(message("group", text="/grup"), facts={"member_status": "creator"})

    assert isinstance(said, Said)
    assert said.origin.facts == {"member_status": "creator"}


def test_a_press_happens_when_it_comes() -> None:
    query = {
        "id": "q1",
        "from": {"id": 31, "is_bot": False},
        "data": "terima:7-12:1",
        "message": {**message()["message"], "from": {"id": 99, "is_bot": True}, "date": 1},
    }

    press = command({"update_id": 500, "callback_query": query})

    assert isinstance(press, Pressed)
    assert (press.callback_id, press.verb, press.revision) == ("q1", "terima", 1)
    assert press.ref == Ref("7-12", "tugas", 7, 12)
    assert press.origin.user_id == 31
    assert press.origin.message_id == 12
    assert press.origin.sent_at == RECEIVED


def test_a_press_without_message_says_nothing() -> None:
    query = {"id": "q1", "from": {"id": 31}, "data": "x", "inline_message_id": "i"}

    assert command({"update_id": 500, "callback_query": query}) is None


def test_a_file_comes_with_its_hash_and_sheet() -> None:
    raw = message(document={"file_id": "F", "file_name": "isi.xlsx", "file_size": 10}, caption="c")
    sheet = Sheet("DAL", ())

    sent = command(raw, sheet, sha256="ab", size=11)

    assert isinstance(sent, Sent)
    assert (sent.sha256, sent.name, sent.size) == ("ab", "isi.xlsx", 11)
    assert (sent.kind, sent.caption, sent.sheet) == ("document", "c", sheet)


def test_a_file_too_large_comes_without_hash() -> None:
    raw = message(document={"file_id": "F", "file_name": "isi.xlsx", "file_size": 9_000_000})

    sent = command(raw)

    assert isinstance(sent, Sent)
    assert (sent.sha256, sent.size) == ("", 9_000_000)


@pytest.mark.parametrize("key", sorted(STRAYS))
def test_what_cannot_be_used_is_stray(key: str) -> None:
    stray = command(message(**{key: {"file_id": "F"}}))

    assert isinstance(stray, Stray)
    assert stray.noun == STRAYS[key]


def test_an_animation_is_a_video_although_it_is_a_document_too() -> None:
    stray = command(message(animation={"file_id": "F"}, document={"file_id": "F"}))

    assert isinstance(stray, Stray)
    assert stray.noun == "video"


def test_an_edited_message_is_stray() -> None:
    stray = command({"update_id": 500, "edited_message": message(text="x")["message"]})

    assert isinstance(stray, Stray)
    assert stray.noun == "edited"


def test_a_service_message_says_nothing() -> None:
    assert command(message(pinned_message={"message_id": 3})) is None


def test_the_group_moves() -> None:
    moved = command(message("group", migrate_to_chat_id=-1007))

    assert isinstance(moved, Migrated)
    assert moved.new_chat_id == -1007


@pytest.mark.parametrize(
    ("status", "is_member"), [("kicked", False), ("left", False), ("member", True)]
)
def test_blocking_is_membership(status: str, is_member: bool) -> None:
    change = {**message()["message"], "new_chat_member": {"status": status}}

    membership = command({"update_id": 500, "my_chat_member": change})

    assert isinstance(membership, Membership)
    assert membership.is_member is is_member


def test_a_date_beyond_the_calendar_is_when_it_came() -> None:
    said = command(message(text="x", date=10**18))

    assert isinstance(said, Said)
    assert said.origin.sent_at == RECEIVED


def test_unknown_kinds_say_nothing() -> None:
    assert command({"update_id": 500, "business_connection": {"id": 1}}) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "chat",
                    "id",
                    "from",
                    "text",
                    "document",
                    "photo",
                    "date",
                    "message",
                    "type",
                    "data",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(
    st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member"]),
    st.dictionaries(
        st.sampled_from(
            ["text", "document", "photo", "date", "message", "new_chat_member", "data", "from"]
        ),
        JSON,
    ),
)
def test_no_shape_of_an_update_is_a_fault(kind: str, content: dict[str, Any]) -> None:
    raw = {"update_id": 1, kind: {"chat": {"id": 7, "type": "private"}, **content}}

    result = command(raw)

    assert result is None or result.origin.key == "u99:500"

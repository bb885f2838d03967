"""The outbox is sent in order, once, within the rate limits; every fault is handled."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import sqlalchemy as sa
import yaml

from bot.documents.documents import Documents
from bot.resources import Resources
from bot.sending import dispatcher
from bot.sending.dispatcher import MOST_FAULTS, Dispatcher
from bot.sending.sender import Sender
from bot.wording.lengths import visible_length
from bot.wording.wording import TEXTS, Wording
from contoh import kertas
from flows.model.changes import BindGroup, Decision
from flows.model.messages import (
    Attachment,
    BoardDue,
    Button,
    Exchange,
    Menu,
    Message,
    Reaction,
    Removal,
    Toast,
)
from flows.model.perintah import Dokumen
from flows.text.yaml import read_yaml
from tests.bot.receiving.test_receiver import receiving
from tests.bot.rooms import NOW, Street, bound, eventually
from tests.disk import FullDisk
from tests.rows import depths
from tests.storage.world import (
    ADMIN,
    KADIS,
    SEKRETARIS,
    bind_to,
    keep,
    perintah,
    take_staff,
    tugas,
)

OK = Button("oke", "terima", "7-12", 1)


@cache
def wording(**pesan: str) -> Wording:
    """The bot's own texts, some more for the tests, and further messages; compiled once."""
    texts = read_yaml(TEXTS.read_text("utf-8"))[0]
    texts["pesan"] |= {"ucapan": "{{ isi }}", "rusak": "<blink>tak dikenal</blink>", **pesan}
    texts["toast"] |= {"toast_uji": "Baik.", "toast_rusak": "{{ tiada }}"}
    texts["tombol"] |= {"oke": "Terima", "tombol_rusak": "{{ tiada }}"}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "texts.yaml"
        path.write_text(yaml.safe_dump(texts, allow_unicode=True), "utf-8")
        return Wording(path)


@contextlib.asynccontextmanager
async def sending(
    resources: Resources, board_seconds: float = 60.0, **pesan: str
) -> AsyncIterator[None]:
    words = wording(**pesan)
    sender = Sender(resources, words, Documents(resources, words))
    task = asyncio.create_task(Dispatcher(resources, sender, board_seconds).run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


def queue(resources: Resources, *out: Any, key: str = "k") -> None:
    with resources.store.transaction() as tx:
        tx.apply(Decision(out=out), key, NOW)
    resources.signals.send.ring()


def states(resources: Resources) -> dict[str, int]:
    with resources.store.reading() as queries:
        return depths(queries)["outbox"]


async def until_settled(resources: Resources) -> dict[str, int]:
    await eventually(lambda: not {"pending", "sending", "uncertain"} & states(resources).keys())
    return states(resources)


async def seen(street: Street, person: int, chat: int | None = None) -> list[str]:
    found = await asyncio.to_thread(street.messages, person, chat)
    return [message["text"] for message in found]


def words(number: int, to: int, **further: Any) -> Message:
    return Message("ucapan", f"c{to}", {"isi": f"kata {number}"}, **further)


async def test_messages_of_a_chat_arrive_in_order(resources: Resources, street: Street) -> None:
    person = street.person()
    queue(resources, *(words(number, person) for number in range(5)))

    async with sending(resources):
        ended = await until_settled(resources)

    assert await seen(street, person) == [f"kata {number}" for number in range(5)]
    assert ended == {"sent": 5}


async def test_the_same_message_is_queued_and_sent_once(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    queue(resources, words(1, person, unique="tugas:1"))
    queue(resources, words(1, person, unique="tugas:1"), key="replayed")

    async with sending(resources):
        await until_settled(resources)

    assert await seen(street, person) == ["kata 1"]


async def test_a_slow_chat_holds_up_nobody_else(resources: Resources, street: Street) -> None:
    slow, quick = street.person(), street.person()
    street.fault("delay", chat=slow, seconds=600.0, count=1)
    queue(resources, words(1, slow), words(2, quick))

    async with sending(resources):
        await eventually(lambda: street.messages(quick))
        assert await seen(street, slow) == []


async def test_the_second_message_of_a_slot_edits_the_first(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    queue(resources, words(1, person, slot="tugas:1", rows=((OK,),)))

    async with sending(resources):
        await until_settled(resources)
        queue(resources, words(2, person, slot="tugas:1"), key="k2")
        await until_settled(resources)

    [message] = street.messages(person)
    assert (message["text"], message["keyboard"]) == ("kata 2", [])
    assert message["edited"]


async def test_only_a_ring_sounds(resources: Resources, street: Street) -> None:
    person = street.person()
    queue(resources, words(1, person), words(2, person, is_ring=True))

    async with sending(resources):
        await until_settled(resources)

    assert [message["silent"] for message in street.messages(person)] == [True, False]


async def test_an_edit_that_changes_nothing_counts_as_done(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    queue(resources, words(1, person, slot="tugas:1"))

    async with sending(resources):
        await until_settled(resources)
        queue(resources, words(1, person, slot="tugas:1"), key="k2")
        ended = await until_settled(resources)

    assert ended == {"sent": 2}
    assert len(await seen(street, person)) == 1


async def test_an_edit_repeated_after_a_restart_counts_as_done(
    resources: Resources, street: Street
) -> None:
    """Telegram answers "message is not modified" to what has arrived already."""
    person = street.person()
    queue(resources, words(1, person, slot="tugas:1"))
    async with sending(resources):
        await until_settled(resources)
        street.fault("drop_after", chat=person, method="editMessageText", count=1)
        queue(resources, words(2, person, slot="tugas:1"), key="k2")

        ended = await until_settled(resources)

    assert ended == {"sent": 2}
    assert await seen(street, person) == ["kata 2"]


async def test_a_message_that_cannot_be_edited_is_sent_anew(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    queue(resources, words(1, person, slot="tugas:1"))
    async with sending(resources):
        await until_settled(resources)
        [message] = street.messages(person)
        await resources.bot.delete_message(person, message["id"])
        queue(resources, words(2, person, slot="tugas:1"), key="k2")

        await until_settled(resources)

    assert await seen(street, person) == ["kata 2"]


async def test_a_lost_answer_to_a_text_is_told_once_more(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    street.fault("drop_after", chat=person, method="sendMessage", count=1)
    queue(resources, words(1, person))

    async with sending(resources):
        ended = await until_settled(resources)

    first, second = await seen(street, person)
    assert first == "kata 1"
    assert second == "kata 1\n\n(kirim ulang)"
    assert ended == {"sent": 1}


async def test_what_never_left_is_simply_sent_again(resources: Resources, street: Street) -> None:
    person = street.person()
    street.fault("status", chat=person, method="sendMessage", status=502, count=2)
    queue(resources, words(1, person))

    async with sending(resources):
        await until_settled(resources)

    assert await seen(street, person) == ["kata 1"]


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404])
async def test_a_page_in_the_place_of_an_answer_is_an_outage(
    resources: Resources, street: Street, status: int
) -> None:
    """A proxy's page or a login page says nothing of the message or its chat."""
    person = street.person()
    street.fault("page", chat=person, method="sendMessage", status=status, count=1)
    queue(resources, words(1, person))

    async with sending(resources):
        ended = await until_settled(resources)

    assert await seen(street, person) == ["kata 1"]
    assert ended == {"sent": 1}


async def test_while_every_answer_is_lost_nothing_is_given_up(
    resources: Resources, street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line that breaks each call off: a message is tried again when a harmless call passes."""
    monkeypatch.setattr("bot.sending.dispatcher.MOST_DOUBTS", 2)
    person = street.person()
    street.fault("drop_before", count=3)
    queue(resources, words(1, person))

    async with sending(resources):
        ended = await until_settled(resources)

    assert await seen(street, person) == ["kata 1\n\n(kirim ulang)"]
    assert ended == {"sent": 1}


async def test_what_a_gateway_waited_for_in_vain_may_have_arrived(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    street.fault("status", chat=person, method="sendMessage", status=504, count=1)
    queue(resources, words(1, person))

    async with sending(resources):
        await until_settled(resources)

    assert await seen(street, person) == ["kata 1\n\n(kirim ulang)"]


async def test_what_was_in_the_air_at_a_kill_is_told_once_more(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    queue(resources, words(1, person))
    with resources.store.transaction() as tx:
        tx.outbox.claim(1, frozenset(), NOW)

    async with sending(resources):
        await until_settled(resources)

    assert await seen(street, person) == ["kata 1\n\n(kirim ulang)"]


async def test_an_outage_of_any_length_puts_nothing_aside(
    resources: Resources, street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines that break off look like lost answers, as long as nothing at all comes through."""
    monkeypatch.setattr(dispatcher, "MOST_DOUBTS", 2)
    person = street.person()
    street.fault("down")

    async with receiving(resources), sending(resources):
        queue(resources, words(1, person), words(2, person))
        await eventually(
            lambda: resources.metrics.undelivered.total() and resources.metrics.is_out
        )
        await asyncio.sleep(3)
        await asyncio.to_thread(street.calm)
        ended = await until_settled(resources)

    assert ended == {"sent": 2}
    first, second = await seen(street, person)
    assert first.startswith("kata 1")
    assert second == "kata 2"


async def test_what_alone_is_in_doubt_again_and_again_is_put_aside(
    resources: Resources, street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatcher, "MOST_DOUBTS", 2)
    person, other = street.person(), street.person()
    street.fault("drop_after", chat=person)
    queue(resources, words(1, person))

    async with sending(resources):
        await eventually(lambda: resources.metrics.undelivered["uncertain"])
        queue(resources, words(2, other), key="l")
        ended = await until_settled(resources)

    assert ended == {"parked": 1, "sent": 1}


async def test_a_document_is_not_sent_again_blindly(resources: Resources, street: Street) -> None:
    person = street.person()
    sha256 = resources.store.files.keep(b"isi berkas")
    street.fault("drop_after", chat=person, method="sendDocument", count=1)
    paper = Attachment("berkas", "rekap.pdf", sha256=sha256)
    queue(resources, words(1, person, attachments=(paper,)))

    async with sending(resources):
        await until_settled(resources)

    document, line = street.messages(person)
    assert document["file"]["name"] == "rekap.pdf"
    assert "mungkin belum sampai" in line["text"]
    assert line["keyboard"][0][0]["data"] == "ulang:o1:0"


async def test_the_offer_of_a_tasks_doubtful_file_names_task_and_limit(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    paper = Attachment("berkas", "Format_DAL", sha256=resources.store.files.keep(b"isi berkas"))
    about = {
        "isi": "Mohon mengisi.", "nomor": "007/2026", "langkah": 5, "unit": "DAL",
        "uraian": "Menyusun data kinerja", "batas": "2026-11-25T01:00:00+00:00",
    }  # fmt: skip
    street.fault("drop_after", chat=person, method="sendDocument", count=1)
    queue(resources, Message("ucapan", f"c{person}", about, attachments=(paper,)))

    async with sending(resources):
        await until_settled(resources)

    _, line = street.messages(person)
    assert line["text"].startswith("No. 007/2026, langkah 5 (menyusun data kinerja DAL)")
    assert "batas Rab 25 Nov 09.00" in line["text"]


async def test_the_offer_of_a_doubtful_file_outlives_news_of_its_task(
    resources: Resources, street: Street
) -> None:
    """After an outage the new limit follows at once; the file may not be there at all."""
    person = street.person()
    paper = Attachment("berkas", "isian.pdf", sha256=resources.store.files.keep(b"isi berkas"))
    queue(resources, words(1, person, slot="tugas:1", rows=((OK,),), attachments=(paper,)))
    with resources.store.transaction() as tx:
        tx.outbox.claim(1, frozenset(), NOW)
    queue(resources, words(2, person, slot="tugas:1", rows=((OK,),)), key="k2")
    queue(resources, words(3, person, slot="tugas:1", rows=((OK,),)), key="k3")

    async with sending(resources):
        await until_settled(resources)
        line, task = street.messages(person)
        with resources.store.transaction() as tx:
            tx.outbox.resend(1, f"c{person}")
        resources.signals.send.ring()
        await until_settled(resources)
        _, left, file = street.messages(person)

    assert line["keyboard"][0][0]["data"] == "ulang:o1:0"
    assert (task["text"], len(task["keyboard"])) == ("kata 3", 1)
    assert (left["keyboard"], file["file"]["name"]) == ([], "isian.pdf")


async def test_the_offer_of_a_doubtful_file_ends_with_its_task(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    paper = Attachment("berkas", "isian.pdf", sha256=resources.store.files.keep(b"isi berkas"))
    queue(resources, words(1, person, slot="tugas:1", rows=((OK,),), attachments=(paper,)))
    with resources.store.transaction() as tx:
        tx.outbox.claim(1, frozenset(), NOW)
    queue(resources, words(2, person, slot="tugas:1"), key="k2")

    async with sending(resources):
        await until_settled(resources)

    [line] = street.messages(person)
    assert (line["text"], line["keyboard"]) == ("kata 2", [])


async def test_a_flood_is_waited_out_by_that_chat_only(
    resources: Resources, street: Street
) -> None:
    flooded, other = street.person(), street.person()
    street.fault("status", chat=flooded, status=429, retry_after=2, count=1)
    queue(resources, words(1, flooded), words(2, other))

    async with sending(resources):
        await until_settled(resources)

    assert await seen(street, flooded) == ["kata 1"]
    chats = [row["chat"] for row in street.log("sendMessage")]
    ours = [chat for chat in chats if chat in (flooded, other)]
    assert sorted(ours[:2]) == [flooded, other]
    assert ours[2:] == [flooded]


async def test_many_messages_are_not_refused_by_flood_control(
    resources: Resources, street: Street
) -> None:
    people = [street.person() for _ in range(6)]
    queue(resources, *(words(n, person) for person in people for n in range(7)))

    async with sending(resources):
        await until_settled(resources)

    refused = [row for row in street.log("sendMessage") if row["chat"] in people and row["error"]]
    assert refused == []
    assert [len(street.messages(person)) for person in people] == [7] * 6


async def test_a_person_who_blocked_us_gets_nothing_more(
    resources: Resources, street: Street
) -> None:
    user = street.person()
    to = bound(resources, user)
    street.post(f"/api/people/{user}/block")
    queue(resources, Message("ucapan", to, {"isi": "a"}), Message("ucapan", to, {"isi": "b"}))

    async with sending(resources):
        ended = await until_settled(resources)

    with resources.store.reading() as queries:
        assert [person.is_reachable for person in queries.office.roster().people] == [False]
    assert ended == {"unreachable": 2}


async def test_of_a_holder_who_blocked_us_superior_and_admin_are_told(
    resources: Resources, street: Street
) -> None:
    keep_perintah(resources)
    accounts = {number: street.person() for number in (KADIS, SEKRETARIS, ADMIN)}
    bind_to(resources.store, accounts)
    keep(resources.store, perintah(tugas=(tugas(1),)))
    street.post(f"/api/people/{accounts[SEKRETARIS]}/block")
    queue(resources, Message("ucapan", f"p{SEKRETARIS}", {"isi": "Mohon segera."}))

    async with sending(resources):
        ended = await until_settled(resources)

    assert ended == {"unreachable": 1, "sent": 2}
    for reader in (KADIS, ADMIN):
        [told] = await seen(street, accounts[reader])
        assert told.startswith("Bertha Lumentut belum dapat dihubungi lewat Telegram")
        assert "No. 007/2026, langkah 2" in told


async def test_a_message_telegram_refuses_is_parked_and_told_once(
    resources: Resources, street: Street
) -> None:
    admin, person = street.person(), street.person()
    bound(resources, admin)
    queue(resources, Message("rusak", f"c{person}"), words(2, person))

    async with sending(resources):
        ended = await until_settled(resources)

    assert ended == {"parked": 1, "sent": 2}
    assert await seen(street, person) == ["kata 2"]
    assert len(await seen(street, admin)) == 1


async def test_a_chat_nobody_opened_is_unreachable(resources: Resources) -> None:
    queue(resources, words(1, 987654321))

    async with sending(resources):
        ended = await until_settled(resources)

    assert ended == {"unreachable": 1}


async def test_a_group_that_became_a_supergroup_is_followed(
    resources: Resources, street: Street
) -> None:
    owner = street.person()
    group = street.group(owner, type="group")
    bind_group(resources, group)
    moved = street.post(f"/api/groups/{group}/migrate")["id"]
    queue(resources, Message("ucapan", "g", {"isi": "perintah"}))

    async with sending(resources):
        await until_settled(resources)

    assert await seen(street, owner, moved) == ["perintah"]
    with resources.store.reading() as queries:
        bound_group = queries.office.group()
    assert bound_group is not None
    assert bound_group.chat_id == moved


def bind_group(resources: Resources, chat_id: int, topic: int | None = None) -> None:
    change = BindGroup(chat_id, topic, "Grup Uji", True)
    with resources.store.transaction() as tx:
        tx.apply(Decision(changes=(change,)), f"grup:{chat_id}", NOW)


async def test_a_closed_topic_does_not_swallow_a_post(
    resources: Resources, street: Street
) -> None:
    owner = street.person()
    group = street.group(owner, topics=["SOP"])
    topic = street.get(f"/api/people/{owner}/chats")
    [topic_id] = [int(t["id"]) for chat in topic if chat["id"] == group for t in chat["topics"]]
    bind_group(resources, group, topic_id)
    street.post(f"/api/groups/{group}/topics", {"topic": topic_id, "closed": True})
    queue(resources, Message("ucapan", "g", {"isi": "rekap"}))

    async with sending(resources):
        await until_settled(resources)

    assert await seen(street, owner, group) == ["rekap"]


def topic_of(street: Street, owner: int, group: int) -> int:
    chats = street.get(f"/api/people/{owner}/chats")
    [topic] = [int(t["id"]) for chat in chats if chat["id"] == group for t in chat["topics"]]
    return topic


async def test_posts_go_into_the_topic_that_was_bound(
    resources: Resources, street: Street
) -> None:
    owner = street.person()
    group = street.group(owner, topics=["SOP"])
    topic = topic_of(street, owner, group)
    bind_group(resources, group, topic)
    queue(resources, Message("ucapan", "g", {"isi": "perintah"}))

    async with sending(resources):
        await until_settled(resources)

    [message] = await asyncio.to_thread(street.messages, owner, group)
    assert (message["text"], message["topic"]) == ("perintah", topic)


@pytest.mark.parametrize("state", ["kicked", "restricted"])
async def test_a_group_that_takes_no_post_is_told_once_and_the_work_goes_on(
    resources: Resources, street: Street, state: str
) -> None:
    admin, owner = street.person(), street.person()
    recipient = bound(resources, admin)
    group = street.group(owner)
    bind_group(resources, group)
    street.post(f"/api/groups/{group}/bot", {"status": state})
    queue(resources, Message("ucapan", "g", {"isi": "satu"}), key="k1")
    queue(resources, Message("ucapan", "g", {"isi": "dua"}), key="k2")
    queue(resources, Message("ucapan", recipient, {"isi": "tugas"}), key="k3")

    async with sending(resources):
        await until_settled(resources)

    told = await seen(street, admin)
    assert sum("tidak lagi boleh mengirim" in text for text in told) == 1
    assert "tugas" in told


async def test_a_post_is_pinned_where_we_may(resources: Resources, street: Street) -> None:
    owner = street.person()
    group = street.group(owner, bot="administrator")
    bind_group(resources, group)
    queue(resources, Message("ucapan", "g", {"isi": "papan"}, is_pinned=True))

    async with sending(resources):
        await until_settled(resources)

    [message] = street.messages(owner, group)
    assert message["pinned"]


async def test_where_we_may_not_pin_the_admin_is_told_once(
    resources: Resources, street: Street
) -> None:
    admin, owner = street.person(), street.person()
    bound(resources, admin)
    group = street.group(owner, bot="administrator", can_pin_messages=False)
    bind_group(resources, group)
    queue(resources, Message("ucapan", "g", {"isi": "a"}, is_pinned=True))
    queue(resources, Message("ucapan", "g", {"isi": "b"}, is_pinned=True), key="k2")

    async with sending(resources):
        ended = await until_settled(resources)

    assert ended == {"sent": 3}
    assert len(await seen(street, admin)) == 1
    assert [m["pinned"] for m in street.messages(owner, group)] == [False, False]


async def test_a_file_goes_with_its_words_as_caption(resources: Resources, street: Street) -> None:
    person = street.person()
    paper = Attachment("berkas", "isi.xlsx", sha256=resources.store.files.keep(b"isi"))
    queue(resources, words(1, person, attachments=(paper,), rows=((OK,),)))

    async with sending(resources):
        await until_settled(resources)

    [message] = street.messages(person)
    assert (message["text"], message["file"]["name"]) == ("kata 1", "isi.xlsx")
    assert message["keyboard"]


async def test_a_file_that_finds_no_room_on_the_disk_goes_when_there_is_some(
    resources: Resources, street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tried more often than a parcel may fail."""
    full = FullDisk()
    person = street.person()
    monkeypatch.setattr(dispatcher, "STORE_PAUSE", 0.01)
    guide = Attachment("panduan", "panduan-pejabat", format="pdf")
    queue(resources, words(1, person, attachments=(guide,)))

    async with sending(resources):
        with monkeypatch.context() as disk:
            disk.setattr(os, "fsync", full)
            await eventually(lambda: full.tries > MOST_FAULTS + 1)
        ended = await until_settled(resources)

    [message] = street.messages(person)
    assert ended == {"sent": 1}
    assert message["file"]["name"] == "panduan-pejabat.pdf"


async def test_words_too_long_for_a_caption_follow_the_file(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    paper = Attachment("berkas", "isi.xlsx", sha256=resources.store.files.keep(b"isi"))
    long = Message("ucapan", f"c{person}", {"isi": "k" * 1025}, ((OK,),), attachments=(paper,))
    queue(resources, long)

    async with sending(resources):
        await until_settled(resources)

    document, text = street.messages(person)
    assert (document["text"], document["keyboard"]) == ("", [])
    assert len(text["text"]) == 1025
    assert text["keyboard"]


async def test_several_files_are_an_album_and_none_is_without_words(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    papers = tuple(
        Attachment("berkas", name, sha256=resources.store.files.keep(name.encode()))
        for name in ("rekap.xlsx", "rekap.pdf")
    )
    queue(resources, words(1, person, attachments=papers))

    async with sending(resources):
        await until_settled(resources)

    first, second = street.messages(person)
    assert (first["file"]["name"], first["text"]) == ("rekap.xlsx", "kata 1")
    assert second["file"]["name"] == "rekap.pdf"
    assert second["text"] == "Berkas 2 dari 2: rekap.pdf"
    assert first["album"] == second["album"]


async def test_more_than_ten_files_are_two_albums_and_none_is_refused(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    papers = tuple(
        Attachment("berkas", f"bukti-{n}", sha256=resources.store.files.keep(f"{n}".encode()))
        for n in range(11)
    )
    queue(resources, words(1, person, attachments=papers))

    async with sending(resources):
        ended = await until_settled(resources)

    found = street.messages(person)
    assert ended == {"sent": 1}
    assert [message["file"]["name"] for message in found] == [f"bukti-{n}" for n in range(11)]
    assert [message["text"] for message in found][:2] == ["kata 1", "Berkas 2 dari 10: bukti-1"]
    assert all(message["text"] for message in found[:10])


async def test_a_file_message_is_edited_by_its_caption(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    paper = Attachment("berkas", "isi.xlsx", sha256=resources.store.files.keep(b"isi"))
    queue(resources, words(1, person, attachments=(paper,), slot="tugas:1", rows=((OK,),)))
    async with sending(resources):
        await until_settled(resources)
        queue(resources, words(2, person, slot="tugas:1"), key="k2")

        await until_settled(resources)

    [message] = street.messages(person)
    assert (message["text"], message["file"]["name"]) == ("kata 2", "isi.xlsx")
    assert message["keyboard"] == []


async def test_buttons_nobody_should_press_are_taken_away(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    queue(resources, words(1, person, slot="tugas:1", rows=((OK,),)))
    async with sending(resources):
        await until_settled(resources)
        queue(resources, Removal("tugas:1"), key="k2")

        ended = await until_settled(resources)

    [message] = street.messages(person)
    assert message["keyboard"] == []
    assert ended == {"sent": 2}


async def test_where_no_buttons_are_left_there_is_nothing_to_take(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    queue(resources, words(1, person))
    async with sending(resources):
        await until_settled(resources)
        [message] = street.messages(person)
        queue(resources, Removal(chat_id=person, message_id=int(message["id"])), key="k2")

        ended = await until_settled(resources)

    assert ended == {"sent": 2}


async def test_a_message_that_is_over_goes_whole(resources: Resources, street: Street) -> None:
    person = street.person()
    queue(resources, words(1, person, slot="ingat:1", rows=((OK,),)), words(2, person))
    async with sending(resources):
        await until_settled(resources)
        queue(resources, Removal("ingat:1", is_whole=True), key="k2")

        ended = await until_settled(resources)

    assert [message["text"] for message in street.messages(person)] == ["kata 2"]
    assert ended == {"sent": 3}


async def test_a_message_too_old_to_be_deleted_loses_its_buttons(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    queue(resources, words(1, person, slot="ingat:1", rows=((OK,),)))
    async with sending(resources):
        await until_settled(resources)
        street.fault("status", chat=person, method="deleteMessage", status=400)
        queue(resources, Removal("ingat:1", is_whole=True), key="k2")

        ended = await until_settled(resources)

    [message] = street.messages(person)
    assert (message["text"], message["keyboard"]) == ("kata 1", [])
    assert ended == {"sent": 2}


async def test_a_press_too_old_is_let_go(resources: Resources) -> None:
    queue(resources, Toast("123456789", "toast_uji"))

    async with sending(resources):
        ended = await until_settled(resources)

    assert ended == {"dropped": 1}


async def test_a_reaction_stands_on_the_persons_message(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    message = street.say(person, "selesai")
    queue(resources, Reaction(person, message["id"]))

    async with sending(resources):
        await until_settled(resources)

    found = street.get(f"/api/people/{person}/chats/{person}/messages")
    assert [m["reactions"][0]["emoji"] for m in found if m["reactions"]] == ["👍"]


async def test_the_menu_is_that_of_the_person(resources: Resources, street: Street) -> None:
    person = street.person()
    queue(resources, Menu(f"c{person}", ("tugas", "bantuan")))

    async with sending(resources):
        await until_settled(resources)

    menu = street.get(f"/api/people/{person}/chats/{person}/commands")
    assert [command["command"] for command in menu] == ["tugas", "bantuan"]


async def test_a_menu_has_the_words_of_the_person_s_roles(
    street: Street, resources: Resources
) -> None:
    person = street.person()
    queue(resources, Menu(f"c{person}", ("perintah", "tugas"), ("perintah_konsep", "tugas")))

    def menu() -> Any:
        return street.get(f"/api/people/{person}/chats/{person}/commands")

    async with sending(resources):
        await eventually(menu)

    assert menu()[0] == {"command": "perintah", "description": "Menyiapkan konsep perintah"}


def keep_perintah(resources: Resources) -> None:
    take_staff(resources.store)
    keep(resources.store, perintah())


def change_board(resources: Resources, seq: int, **changes: object) -> None:
    """Something happened that the group's board shows."""
    tasks = tuple(tugas(n) for n in range(1, seq + 1))
    keep(resources.store, perintah(tugas=tasks, **changes))
    queue(resources, BoardDue(7), key=f"papan{seq}")


async def test_the_board_is_sent_silent_and_pinned_at_once(
    resources: Resources, street: Street
) -> None:
    owner = street.person()
    group = street.group(owner, bot="administrator")
    bind_group(resources, group)
    keep_perintah(resources)
    queue(resources, BoardDue(7))

    async with sending(resources):
        await until_settled(resources)

    [board] = street.messages(owner, group)
    assert board["silent"]
    assert board["pinned"]


async def test_the_board_of_what_is_finished_is_unpinned(
    resources: Resources, street: Street
) -> None:
    owner = street.person()
    group = street.group(owner, bot="administrator")
    bind_group(resources, group)
    keep_perintah(resources)
    queue(resources, BoardDue(7))

    async with sending(resources, board_seconds=0.0):
        await until_settled(resources)
        change_board(resources, 2, status="selesai")
        await until_settled(resources)

    [board, *_] = street.messages(owner, group)
    assert not board["pinned"]


async def test_the_board_is_edited_in_place_and_not_too_often(
    resources: Resources, street: Street
) -> None:
    owner = street.person()
    group = street.group(owner, bot="administrator")
    bind_group(resources, group)
    keep_perintah(resources)
    queue(resources, BoardDue(7))

    async with sending(resources, board_seconds=1.5):
        await until_settled(resources)
        first = street.messages(owner, group)
        for seq in (2, 3, 4):
            change_board(resources, seq)
            await asyncio.sleep(0.1)
        soon = street.messages(owner, group)
        await until_settled(resources)

    [last] = street.messages(owner, group)
    edits = [row for row in street.log("editMessageText") if row["chat"] == group]
    assert soon == first
    assert last["id"] == first[0]["id"]
    assert len(edits) <= 2


async def test_after_the_groups_migration_the_boards_appear_at_once(
    resources: Resources, street: Street
) -> None:
    owner = street.person()
    group = street.group(owner, type="group", bot="administrator")
    bind_group(resources, group)
    keep_perintah(resources)
    keep(resources.store, perintah(8))
    queue(resources, BoardDue(7), BoardDue(8))
    async with sending(resources, board_seconds=3600):
        await until_settled(resources)
        moved = street.post(f"/api/groups/{group}/migrate")["id"]
        queue(resources, Message("ucapan", "g", {"isi": "selamat pagi"}), key="k2")

        await until_settled(resources)

    told = await seen(street, owner, moved)
    assert sorted(words.split(" ·")[0] for words in told) == [
        "Papan No. 007/2026", "Papan No. 008/2026", "selamat pagi",
    ]  # fmt: skip


async def test_while_the_group_is_held_only_the_newest_board_is_kept(
    resources: Resources, street: Street
) -> None:
    owner = street.person()
    group = street.group(owner, bot="administrator")
    bind_group(resources, group)
    keep_perintah(resources)
    queue(resources, BoardDue(7))

    async with sending(resources, board_seconds=0.1):
        await until_settled(resources)
        street.fault("status", chat=group, status=429, retry_after=2, count=1)
        change_board(resources, 2)
        await eventually(lambda: resources.metrics.undelivered["flood"])
        for seq, unit in ((3, "DAL"), (4, "DAL"), (5, "KBK")):
            change_board(resources, seq, skipped={unit: "belum siap"})
            await asyncio.sleep(0.1)
        await until_settled(resources)

    [board] = street.messages(owner, group)
    edits = [row for row in street.log("editMessageText") if row["chat"] == group]
    assert [row["ok"] for row in edits] == [False, True]
    assert "KBK  tanpa unit ini" in board["text"]
    assert "DAL  tanpa unit ini" not in board["text"]


async def test_messages_to_the_group_do_not_wait_for_the_board(
    resources: Resources, street: Street
) -> None:
    owner = street.person()
    group = street.group(owner, bot="administrator")
    bind_group(resources, group)
    keep_perintah(resources)
    queue(resources, BoardDue(7))

    async with sending(resources, board_seconds=600.0):
        await until_settled(resources)
        change_board(resources, 2)
        await asyncio.sleep(0.2)
        queue(resources, Message("ucapan", "g", {"isi": "rekap"}), key="k2")
        texts = await eventually(
            lambda: [m for m in street.messages(owner, group) if m["text"] == "rekap"]
        )

    assert texts


@pytest.mark.parametrize(
    ("text", "length"),
    [("abc", 3), ("<b>abc</b>", 3), ("a &amp; b", 5), ("👍", 2), ('<a href="x">é</a>', 1)],
)
def test_length_is_what_telegram_counts(text: str, length: int) -> None:
    assert visible_length(text) == length


async def test_pictures_of_ours_go_out_as_photos(resources: Resources, street: Street) -> None:
    person = street.person()
    pictures = tuple(
        Attachment("cetak", name, "png", data={"template": name, "isi": getattr(kertas, name)()})
        for name in ("papan", "perjalanan")
    )
    queue(
        resources,
        words(1, person, attachments=pictures[:1]),
        words(2, person, attachments=pictures),
    )

    async with sending(resources):
        await until_settled(resources)

    assert [message["kind"] for message in street.messages(person)] == ["photo"] * 3


def keep_rekap(resources: Resources) -> None:
    """Version 1 and its stamped copy, drawn already; the number of bytes tells them apart."""
    papers = tuple(
        Dokumen(seq, "rekap", None, 1, {"isi": {}, "pengesahan": {}}, "ab" * 32, NOW)
        for seq in (1, 2)
    )
    take_staff(resources.store)
    keep(resources.store, perintah(dokumen=papers))
    with resources.store.transaction() as tx:
        for seq, form in ((1, "pdf"), (1, "xlsx"), (2, "pdf"), (2, "xlsx")):
            content = form.encode() * 10**seq
            tx.record.add_rendition(7, seq, form, resources.store.files.keep(content), NOW)


async def test_the_copies_of_a_superseded_rekap_give_way_to_the_stamped_one(
    resources: Resources, street: Street
) -> None:
    person, other = street.person(), street.person()
    keep_rekap(resources)
    papers = tuple(Attachment("dokumen", "Rekap_v1", f, 7, 1) for f in ("pdf", "xlsx"))
    queue(resources, words(1, person, attachments=papers), words(2, other, attachments=papers))
    async with sending(resources):
        await until_settled(resources)
        gone = street.messages(other)[0]["id"]
        await resources.bot.delete_message(other, gone)
        line = {"nomor": "002/2026", "versi": 2}
        queue(resources, Exchange(7, 2, "rekap_digantikan", line), key="k2")

        ended = await until_settled(resources)

    first, second = street.messages(person)
    assert first["text"].startswith("kata 1")
    assert "DIGANTIKAN" in first["text"]
    assert second["text"].startswith("⛔ DIGANTIKAN")
    assert [message["file"]["size"] for message in (first, second)] == [300, 400]
    assert ended == {"sent": 6}, "a message that is gone is let go"


async def test_a_delivery_that_cannot_be_written_down_holds_up_nobody_else(
    resources: Resources, street: Street
) -> None:
    """And is neither sent again nor forgotten once it can be."""
    unlucky, lucky = street.person(), street.person()
    queue(resources, words(1, unlucky), words(2, unlucky), words(3, lucky))
    execute(
        resources,
        f"CREATE TRIGGER broken BEFORE UPDATE ON outbox WHEN NEW.state = 'sent'"
        f" AND NEW.recipient = 'c{unlucky}' BEGIN SELECT RAISE(ABORT, 'broken'); END",
    )

    async with sending(resources):
        await eventually(lambda: states(resources).get("sent") == 1)
        assert await seen(street, lucky) == ["kata 3"]
        assert await seen(street, unlucky) == ["kata 1"]
        execute(resources, "DROP TRIGGER broken")
        ended = await until_settled(resources)

    assert await seen(street, unlucky) == ["kata 1", "kata 2"]
    assert ended == {"sent": 3}


def execute(resources: Resources, statement: str) -> None:
    with resources.store.transaction() as tx:
        tx._unit.session.connection().execute(sa.text(statement))

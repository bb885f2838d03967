"""Printable invitations; their codes are made at drawing and stored only as hashes."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.documents.paper import drawn
from bot.operations.admin import link
from bot.resources import Resources
from flows.papers.facts import Issue
from flows.papers.letter_facts import Invited, Undangan
from storage.writing.people import CODE_LIFE


async def draw_invitations(resources: Resources, data: Mapping[str, Any]) -> str:
    """The SHA-256 of the file, one page a person; the new codes void the earlier ones."""
    now = resources.clock.now()
    wanted = frozenset(int(person_id) for person_id in data["orang"])
    codes = await resources.write(lambda tx: tx.people.make_invites(now, only=wanted))
    people = tuple(
        Invited(
            jabatan=data["jabatan"][str(person.id)],
            nama=person.nama,
            kode=f"{code[:5]}-{code[5:]}",
            tautan=link(resources.me.username, code) or "",
            berlaku=now + CODE_LIFE - timedelta(days=1),
        )
        for person, code in codes
    )
    letter = {name: data[name] for name in ("kop", "zona", "dibuat")}
    body = Undangan(**letter, bot=f"@{data['bot']}", orang=people).body()
    paper, issue = resources.workers.paper, Issue(kode="", sha256="0" * 64)
    content = await asyncio.to_thread(
        drawn, lambda target: paper(target, "undangan", "pdf", body, issue)
    )
    return await asyncio.to_thread(resources.store.files.keep, content)

"""Printable invitations; their codes are made at drawing and stored only as hashes."""

import tempfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.operations.admin import link
from bot.resources import Resources
from flows.papers.facts import Issue
from flows.papers.letter_facts import Invited, Undangan
from storage.writing.people import CODE_LIFE


def make_codes(
    resources: Resources, wanted: frozenset[int], now: datetime
) -> list[dict[str, Any]]:
    """Makes a new code for each wanted person; it voids the earlier ones."""
    with resources.store.transaction() as tx:
        invited = tx.people.make_invites(now, only=wanted)
    return [
        {
            "id": person.id,
            "nama": person.nama,
            "kode": f"{code[:5]}-{code[5:]}",
            "tautan": link(resources.me.username, code) or "",
            "berlaku": (now + CODE_LIFE - timedelta(days=1)).isoformat(),
        }
        for person, code in invited
    ]


def draw_letters(
    resources: Resources, data: Mapping[str, Any], codes: list[dict[str, Any]]
) -> str:
    """The SHA-256 of the file, one page a person."""
    people = tuple(
        Invited(
            jabatan=data["jabatan"][str(one["id"])],
            **{key: value for key, value in one.items() if key != "id"},
        )
        for one in codes
    )
    facts = Undangan(
        kop=data["kop"],
        zona=data["zona"],
        dibuat=data["dibuat"],
        bot=f"@{data['bot']}",
        orang=people,
    )
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "paper"
        issue = Issue(kode="", sha256="0" * 64)
        resources.workers.paper(target, "undangan", "pdf", facts.body(), issue)
        return resources.store.files.keep(target)

"""Printed invitations: a page a person, a code that opens, and none that did before."""

import asyncio
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from bot.documents.documents import Documents
from bot.resources import Resources
from bot.wording.wording import Wording
from flows.model.messages import Attachment
from tests.reports.pages import needs_pdftotext
from tests.storage.world import take_staff

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
KOP = {
    "pemda": "PEMERINTAH KABUPATEN BANGGAI",
    "nama": "DINAS CONTOH",
    "singkatan": "DC",
    "alamat": None,
    "telepon": None,
}


def invitation(resources: Resources, people: list[int]) -> Attachment:
    with resources.store.reading() as queries:
        names = {str(p.id): "Kepala Bidang" for p in queries.office.roster().people}
    data = {
        "daftar": "undangan",
        "kop": KOP,
        "zona": "Asia/Makassar",
        "dibuat": NOW.isoformat(),
        "bot": resources.me.username,
        "orang": people,
        "jabatan": names,
    }
    return Attachment("template", "Undangan", format="pdf", data=data)


def words_of(path: Path) -> str:
    told = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True
    )
    return told.stdout.decode()


@needs_pdftotext
async def test_each_person_has_a_page_with_his_own_new_code(resources: Resources) -> None:
    take_staff(resources.store)
    with resources.store.transaction() as tx:
        before = {person.id: code for person, code in tx.people.make_invites(NOW)}
    wanted = sorted(before)[:2]
    [paper] = await Documents(resources, Wording()).papers((invitation(resources, wanted),))

    text = await asyncio.to_thread(words_of, paper.path)
    assert text.count("/daftar ") == 2
    assert text.count("\f") == 2
    assert all(code[:5] not in text for code in before.values())
    with resources.store.reading() as queries:
        assert len(queries.office.invites()) == len(before), "only theirs are void"

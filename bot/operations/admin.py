"""Console commands of an administrator: store, lists, invitations, removal of persons."""

from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.operations.installation import MADE, State, require
from bot.runtime.config import Settings
from flows.office.kantor import Office
from flows.office.people import Penugasan
from reports.workbooks.lists import read_indicators, read_staff
from storage.store import Store, audit_key, read_key
from storage.writing.people import StaffDiff

FIRST_ADMIN = "Admin"


class StillAtWork(Exception):
    """A person who holds a post cannot be forgotten."""


def open_store(settings: Settings, accepted: Collection[State] = MADE) -> Store:
    """Migrated to the newest version, after a backup where there was an older one.

    A new database, and with it a new key where none was laid there, only where State.NEW is
    among the `accepted`. StateRefused in every other state.
    """
    found = require(settings, accepted)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    key = audit_key if found.state is State.NEW else read_key
    store = Store(settings.database_url, settings.data_dir, key(settings.key_file))
    store.migrate()
    return store


def take_staff(store: Store, path: Path, office: Office, now: datetime) -> Iterator[str]:
    """Takes the staff list whole or not at all; yields a line for each change."""
    rows = [row.pair() for row in read_staff(path, office)]
    with store.transaction() as tx:
        diff = tx.people.take_staff(rows, now)
    yield from _told(diff)


def take_indicators(
    store: Store, path: Path, office: Office, year: int, now: datetime
) -> Iterator[str]:
    indicators = read_indicators(path, office)
    with store.transaction() as tx:
        changed = tx.people.take_indicators(year, indicators, now)
    yield f"{len(indicators)} indicators of {year}, {len(changed)} of them new, changed or gone"


def invitations(
    store: Store, office: Office, username: str | None, now: datetime
) -> list[dict[str, Any]]:
    """A new code for everybody not yet bound; it voids the one before."""
    with store.transaction() as tx:
        invited = tx.people.make_invites(now)
        roster = tx.office.roster()
    return [
        {
            "nama": person.nama,
            "nip": person.nip,
            **_posts(roster.posts(person.id, now.date()), office),
            "kode": code,
            "tautan": link(username, code),
        }
        for person, code in invited
    ]


def invite_admin(store: Store, nama: str, username: str | None, now: datetime) -> dict[str, Any]:
    with store.transaction() as tx:
        code = tx.people.make_admin_invite(nama, now)
    posts = [{"jabatan": "", "peran": "admin", "unit": None}]
    first = {"nama": nama, "nip": None, **posts[0], "posts": posts}
    return {**first, "kode": code, "tautan": link(username, code)}


def first_admin(store: Store, username: str, now: datetime) -> Iterator[str]:
    """Lines with an invitation for the first administrator; none once there is one."""
    with store.reading() as queries:
        if queries.office.has_admin():
            return
    invite = invite_admin(store, FIRST_ADMIN, username, now)
    yield f"No administrator yet. Send to @{username}: /daftar {invite['kode']}"
    yield f"or open {invite['tautan']}"


def forget(store: Store, nip: str, now: datetime) -> Iterator[str]:
    """Name, NIP, account and messages of somebody who has left; the record names only his id."""
    with store.transaction() as tx:
        roster = tx.office.roster()
        person = next((person for person in roster.people if person.nip == nip), None)
        if person is None:
            raise StillAtWork(f"nobody has the NIP {nip}")
        held = roster.posts(person.id, now.date())
        if held:
            raise StillAtWork(f"{person.nama} still is {held[0].jabatan}; end his post first")
        tx.privacy.erase(person.id, now)
    yield f"person {person.id}: name, NIP, rank, account and messages removed"
    yield "papers already issued stay as they were signed; backups keep him until they are pruned"


def as_line(invite: dict[str, Any]) -> str:
    """For people; `invite --json` prints the object itself."""
    where = invite["tautan"] or f"/daftar {invite['kode']}"
    return f"{invite['nama']} ({invite['jabatan'] or invite['peran']}): {where}"


def link(username: str | None, code: str) -> str | None:
    return f"https://t.me/{username}?start={code}" if username else None


def _posts(penugasan: tuple[Penugasan, ...], office: Office) -> dict[str, Any]:
    posts = [{"jabatan": p.jabatan, "peran": p.role, "unit": p.unit} for p in penugasan]
    first = posts[0] if posts else {"jabatan": "", "peran": "", "unit": None}
    return {**first, "posts": posts}


def _told(diff: StaffDiff) -> Iterator[str]:
    if diff.is_empty:
        yield "nothing changed"
        return
    yield from (f"new person: {person.nama}" for person in diff.joined)
    yield from (f"corrected: {person.nama}" for person in diff.corrected)
    yield from (f"post given: {_post(post)}" for post in diff.posts_given)
    yield from (f"post corrected: {_post(post)}" for post in diff.posts_corrected)
    yield from (f"post ended: {_post(post)}" for post in diff.posts_ended)


def _post(post: Penugasan) -> str:
    return f"{post.jabatan} ({post.role}{' ' + post.unit if post.unit else ''}, {post.jenis})"

"""/pegawai: the staff list is sent, an edited one is compared and taken; invitations."""

from dataclasses import asdict
from datetime import date
from typing import Any

from flows.administration.list_upload import read_list
from flows.dialogs.dialog import start
from flows.dialogs.question import Answers, Dialog, Question, summary_of
from flows.enquiries.my_tasks import titles
from flows.forms.lists import key_of
from flows.forms.staff_list import StaffRow, read_staff_sheet
from flows.model.changes import Decision, TakeStaff, WakeTasks
from flows.model.commands import Sent
from flows.model.conversation import Draft
from flows.model.messages import Attachment
from flows.office.capabilities import ADMIN
from flows.office.people import ON_BEHALF, Penugasan, Person
from flows.papers.filing import kop
from flows.text.words import plain_words
from flows.turn.command import ChatCommand, able, bare
from flows.turn.turn import Turn, menu_button

MOST_MISTAKES = 5


def begin(turn: Turn, rest: str) -> Decision | None:
    """Sends the present list at once and waits for an edited one."""
    if not turn.authority.may("pegawai"):
        return turn.refuse_other("pegawai")
    if rest:
        return _invite_one(turn, rest)
    rows = [asdict(row) for row in present_rows(turn)]
    files = (Attachment("template", "Pegawai", data={"daftar": "pegawai", "baris": rows}),)
    waiting = unbound(turn)
    args = {
        "jumlah": len(turn.view.roster.people),
        "belum": [p.nama for p in waiting],
        "menunggu": len(turn.view.claims),
    }
    invitations = ((menu_button("buat_undangan", "undangan"),),) if waiting else ()
    keys = (*invitations, (menu_button("dicatat_operator", "dicatatkan"),))
    turn.speech.answer("daftar_pegawai", args, keys, attachments=files, is_below=True)
    return start(turn, STAFFING)


def invite(turn: Turn, rest: str) -> Decision | None:
    """Sends a printable letter for each unregistered person; earlier codes become void."""
    if not turn.authority.may("pegawai"):
        return turn.refuse_other("pegawai")
    people = unbound(turn)
    if not people:
        return turn.answer("semua_terdaftar", {})
    return _hand_out(turn, people)


def _invite_one(turn: Turn, rest: str) -> Decision | None:
    """/pegawai NIP or name: a new code for one person, also if he is registered already."""
    wanted = plain_words(rest)
    found = [
        p
        for p in turn.view.roster.people
        if _posts(turn, p) and (p.nip == rest.replace(" ", "") or wanted in plain_words(p.nama))
    ]
    if not wanted or len(found) != 1:
        return turn.refuse("orang_tak_dikenal", {"nilai": rest[:60]})
    return _hand_out(turn, tuple(found))


def _hand_out(turn: Turn, people: tuple[Person, ...]) -> Decision | None:
    letter = {
        "daftar": "undangan",
        "kop": kop(turn.office).body(),
        "zona": turn.office.jam_kerja.zona,
        "dibuat": turn.now.isoformat(),
        "bot": turn.view.setting.bot_username,
        "orang": [p.id for p in people],
        "jabatan": {str(p.id): ", ".join(titles(_posts(turn, p))) for p in people},
    }
    files = (Attachment("template", "Undangan", format="pdf", data=letter),)
    return turn.answer(
        "undangan_dibuat", {"jumlah": len(people)}, attachments=files, is_below=True
    )


def unbound(turn: Turn) -> tuple[Person, ...]:
    """People with a post who have not registered yet."""
    return tuple(p for p in turn.view.roster.people if not p.is_bound and _posts(turn, p))


def present_rows(turn: Turn) -> tuple[StaffRow, ...]:
    """The rows of the list as of today, to be edited and sent back."""
    found: list[StaffRow] = []
    for post in turn.view.roster.penugasan:
        person = turn.view.roster.person(post.person_id)
        is_over = post.selesai is not None and post.selesai < turn.day
        if person is None or is_over or post.jenis == ON_BEHALF:
            continue
        found.append(
            StaffRow(len(found) + 2, person.nama, person.nip, person.pangkat, post.jabatan,
                     post.role, post.unit, post.jenis, post.mulai, post.selesai, post.surat)
        )  # fmt: skip
    return tuple(found)


def _posts(turn: Turn, person: Person) -> tuple[Penugasan, ...]:
    return tuple(
        p
        for p in turn.view.roster.penugasan
        if p.person_id == person.id and (p.selesai is None or p.selesai >= turn.day)
    )


def _ask_list(turn: Turn, answers: Answers) -> Question | None:
    return Question(
        "daftar", "tanya_pegawai", takes_file=True, read_file=lambda sent: _read(turn, sent)
    )


def _read(turn: Turn, sent: Sent) -> tuple[dict[str, Any], ...] | Decision:
    read = read_list(turn, sent, read_staff_sheet, refusal="pegawai_salah", shown=MOST_MISTAKES)
    return read if isinstance(read, Decision) else tuple(asdict(row) for row in read)


def _rows(answers: Answers) -> tuple[StaffRow, ...]:
    return tuple(StaffRow(**row) for row in answers["daftar"])


def _difference(turn: Turn, answers: Answers) -> dict[str, Any]:
    """The changes that the list would make, for the summary."""
    rows = _rows(answers)
    roster = turn.view.roster
    known = {p.nip or key_of(p.nama): p for p in roster.people}
    held = {_key(roster.person(p.person_id), p): p for p in roster.penugasan}
    kept = {(row.person, row.role, row.unit, row.jenis, row.mulai): row for row in rows}
    changed = [
        row.nama
        for key, row in kept.items()
        if key in held and _is_other(held[key], known.get(row.person), row)
    ]
    ending = [
        p
        for key, p in held.items()
        if p.is_listed and key not in kept and (p.selesai is None or p.selesai >= turn.day)
    ]
    return {
        "pegawai": len({row.person for row in rows}),
        "penugasan": len(rows),
        "baru": list(dict.fromkeys(r.nama for r in rows if r.person not in known)),
        "penugasan_baru": len([key for key in kept if key not in held]),
        "berubah": list(dict.fromkeys(changed)),
        "akhiri": [f"{_name(turn, p)} ({p.jabatan})" for p in ending],
    }


def _key(person: Person | None, post: Penugasan) -> tuple[str, str, str | None, str, date | None]:
    who = (person.nip or key_of(person.nama)) if person else ""
    return who, post.role, post.unit, post.jenis, post.mulai


def _is_other(post: Penugasan, person: Person | None, row: StaffRow) -> bool:
    own = (person.nama, person.pangkat) if person else ("", "")
    before = (*own, post.jabatan, post.selesai, post.surat)
    return before != (row.nama, row.pangkat or own[1], row.jabatan, row.selesai, row.surat)


def _name(turn: Turn, post: Penugasan) -> str:
    person = turn.view.roster.person(post.person_id)
    return person.nama.split(",")[0] if person else ""


def _finish(turn: Turn, draft: Draft) -> Decision | None:
    if not turn.authority.may("pegawai"):
        return turn.refuse_other("pegawai")
    rows = _rows(draft.answers)
    if not any(row.role == ADMIN for row in rows) and not _keeps_admin(turn):
        return turn.refuse("tanpa_admin", {})
    args = _difference(turn, draft.answers)
    turn.changes.append(TakeStaff(tuple(row.pair() for row in rows)))
    turn.changes.append(WakeTasks())
    return turn.close("selesai_pegawai", args)


def _keeps_admin(turn: Turn) -> bool:
    """Whether there is an administrator not entered by a list; a list does not end his post."""
    return any(
        p.role == ADMIN and not p.is_listed and p.covers(turn.day)
        for p in turn.view.roster.penugasan
    )


_summary = summary_of("ringkasan_pegawai", _difference)
STAFFING = Dialog("pegawai", {"daftar": _ask_list}, _finish, _summary, act_key="simpan")
STAFF = ChatCommand("pegawai", begin, able("pegawai"), example=bare, is_ability=True)

"""Registration: a Telegram account is bound to a person by a code that is used once.

An admin confirms it by the rule of kantor.yaml, and always for a new account.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flows.enquiries.help import welcome
from flows.enquiries.my_tasks import titles
from flows.model.addresses import slot_name, to_chat, to_person
from flows.model.changes import (
    AddAdmin,
    BindGroup,
    BindPerson,
    ClaimInvite,
    CountWrongCode,
    Decision,
    DropClaim,
    LoseGroup,
    MoveGroup,
    SetReachable,
)
from flows.model.commands import Origin, Pressed, Said
from flows.model.events import Event
from flows.model.messages import BoardDue, Message
from flows.model.view import Head, Invite
from flows.office.capabilities import ADMIN
from flows.turn import reach
from flows.turn.command import ChatCommand, able, plain, roles_of
from flows.turn.turn import Turn, button

MOST_WRONG = 5
USED = "kode_sudah_dipakai"
GROUP_ADMINS = ("creator", "administrator")
GROUP_LOST = "grup_lepas"


def stranger(turn: Turn) -> Decision:
    """Answers an unknown person with one sentence that says nothing of the office."""
    return turn.refuse("belum_terdaftar", {"singkatan": turn.office.instansi.singkatan})


def use_code(turn: Turn) -> Decision | None:
    """/start CODE or /daftar CODE: shows whose code it is; the account is not bound yet."""
    assert isinstance(turn.command, Said)
    if turn.command.origin.chat_kind != "private":
        return turn.refuse("kode_di_grup", {})
    if turn.view.wrong_codes >= MOST_WRONG:
        return turn.refuse("kode_terlalu_sering", {})
    invite = turn.view.invite
    if invite is None:
        turn.changes.append(CountWrongCode(turn.command.origin.user_id))
        turn.record("CodeRefused")
        return turn.answer("kode_tak_dikenal_undangan", {})
    if problem := _problem(turn, invite):
        return _refuse(turn, invite, problem)
    ref = invite.ref
    rows = ((button("benar_daftarkan", "daftar", ref),), (button("bukan_saya", "tolak", ref),))
    return turn.answer("undangan", _whose(turn, invite), rows, about=ref)


def _refuse(turn: Turn, invite: Invite, problem: str) -> Decision:
    """Refuses a used code and tells the admins that another account opened the link."""
    refused = turn.refuse(problem, {})
    if problem != USED or turn.actor is not None or invite.person_id is None:
        return refused
    user_id = turn.command.origin.user_id if isinstance(turn.command, Said) else 0
    key = f"lagi:{invite.ref}:{user_id}"
    args = {**_whose(turn, invite), "saat": turn.now.isoformat()}
    told = tuple(
        Message("undangan_dibuka_lagi", to_person(admin.id), args, unique=key)
        for admin in turn.authority.people_with("pegawai")
    )
    return refused._replace(out=(*refused.out, *told))


def confirm(turn: Turn, verb: str) -> Decision | None:
    """Benar, daftarkan: binds the account, or asks the admin first where that is required."""
    assert isinstance(turn.command, Pressed)
    invite = turn.view.invite
    if invite is None:
        return turn.refuse_toast("tombol_lama")
    if verb in ("setuju", "tampik"):
        return judge_claim(turn, verb)
    pressed = turn.speech.pressed_slot
    if pressed is None or pressed.about != invite.ref:
        # The number of an invitation can be guessed; only its code leads to this message.
        return turn.refuse_toast("tombol_lama")
    if verb == "tolak":
        return turn.answer("undangan_ditolak", {})
    if problem := _problem(turn, invite):
        return turn.refuse(problem, {})
    origin = turn.command.origin
    if must_wait(turn, invite):
        return claim(turn, invite, origin.user_id, origin.chat_id)
    if invite.person_id is None:
        turn.changes.append(AddAdmin(invite.nama, origin.user_id, origin.chat_id, invite.id))
        turn.record("PersonBound", admin=True)
        args, rows = welcome(turn, turn.speech.here, frozenset((ADMIN,)))
        told = {"singkatan": turn.office.instansi.singkatan, "sapaan": "Bapak/Ibu"}
        return turn.answer("admin_terdaftar", {**args, **told}, rows)
    turn.changes.append(BindPerson(invite.person_id, origin.user_id, origin.chat_id, invite.id))
    turn.record("PersonBound", person=invite.person_id)
    roles = roles_of(turn, invite.person_id)
    args, rows = welcome(turn, to_person(invite.person_id), roles)
    return turn.answer("akun_aktif", {**args, **_whose(turn, invite)}, rows)


def boards(heads: Iterable[Head]) -> list[BoardDue]:
    """The boards that a chat new to the bot gets at once."""
    return [BoardDue(head.id) for head in heads if head.status in ("berjalan", "menunggu")]


def group_moved(heads: Iterable[Head], old_chat_id: int, new_chat_id: int) -> Decision:
    """The group became a supergroup, which has none of its messages."""
    return Decision(
        out=tuple(boards(heads)),
        changes=(MoveGroup(old_chat_id, new_chat_id),),
        events=(Event("GroupMigrated"),),
    )


def bind_group(turn: Turn) -> Decision | None:
    """/grup by a registered admin who is creator or administrator there."""
    assert isinstance(turn.command, Said)
    origin = turn.command.origin
    facts = origin.facts or {}
    if not turn.authority.may("grup"):
        return turn.refuse_other("grup")
    if origin.chat_kind != "group":
        return turn.refuse("grup_di_pribadi", {"bot": turn.view.setting.bot_username})
    if facts.get("member_status") not in GROUP_ADMINS:
        return turn.refuse("bukan_admin_grup", {})
    can_pin = facts.get("can_pin") == "true"
    title = facts.get("chat_title", "")
    turn.changes.append(BindGroup(origin.chat_id, origin.topic_id, title, can_pin))
    turn.speech.out += boards(turn.view.heads)
    turn.record("GroupBound", chat=origin.chat_id)
    return turn.answer("grup_terikat", {"judul": title, "sematkan": can_pin}, is_below=True)


def _problem(turn: Turn, invite: Invite) -> str:
    if invite.used_at is not None:
        return USED
    if invite.expires_at <= turn.now:
        return "kode_kedaluwarsa"
    if turn.actor is not None and turn.actor.id != invite.person_id:
        return "akun_sudah_terdaftar"
    if turn.actor is not None:
        return "orang_sudah_terdaftar"
    return ""


def _whose(
    turn: Turn, invite: Invite, without_post: tuple[str, ...] = ("Admin Sistem",)
) -> dict[str, Any]:
    person = turn.view.roster.person(invite.person_id) if invite.person_id else None
    posts = turn.view.roster.posts(person.id, turn.day) if person else ()
    return {
        "nama": person.nama if person else invite.nama,
        "sapaan": person.sapaan if person else "Bapak/Ibu",
        "nip": (person.nip or "") if person else "",
        "jabatan": titles(posts) or list(without_post),
    }


def must_wait(turn: Turn, invite: Invite) -> bool:
    """Whether an admin must confirm: always for a second account, for the first by kantor.yaml."""
    person = turn.view.roster.person(invite.person_id or 0)
    if person is None:
        return False
    return person.is_bound or turn.office.pendaftaran == "konfirmasi"


def claim(turn: Turn, invite: Invite, user_id: int, chat_id: int) -> Decision | None:
    """Asks the admins and tells the person so; the account is not bound yet."""
    turn.changes.append(ClaimInvite(invite.id, user_id, chat_id))
    turn.record("InviteClaimed", person=invite.person_id)
    args = _claimed(turn, invite)
    ref = invite.ref
    rows = ((button("konfirmasi", "setuju", ref), button("tolak", "tampik", ref)),)
    for admin in turn.authority.people_with("pegawai"):
        turn.speech.tell(
            admin,
            "pendaftaran_menunggu",
            args,
            rows=rows,
            is_ring=True,
            slot=slot_name("daftar", ref, user_id, to_person(admin.id)),
            unique=f"daftar:{ref}:{user_id}",
        )
    return turn.answer("menunggu_konfirmasi", args)


def judge_claim(turn: Turn, verb: str) -> Decision | None:
    """Konfirmasi or Tolak by an admin; Konfirmasi revokes the old account in the same turn."""
    invite = turn.view.invite
    if not turn.authority.may("pegawai"):
        return turn.refuse_toast("bukan_kewenangan")
    if invite is None or invite.claimed_user is None or invite.claimed_chat is None:
        return turn.refuse_toast("permohonan_selesai")
    if invite.used_at is not None or invite.person_id is None:
        return turn.refuse_toast("permohonan_selesai")
    args, chat = _claimed(turn, invite), to_chat(invite.claimed_chat)
    if verb == "tampik":
        turn.changes.append(DropClaim(invite.id))
        turn.record("ClaimRefused", person=invite.person_id)
        turn.speech.say(Message("pendaftaran_ditolak", chat, args))
        return turn.answer("pendaftaran_diputus", {**args, "hasil": "ditolak"})
    if args["ganti"]:
        turn.record("PersonUnbound", person=invite.person_id)
        # By its chat id: from now on the person's recipient means the new chat.
        former = invite.former_chat
        old = to_chat(former) if former else to_person(invite.person_id)
        turn.speech.say(Message("akun_dicabut", old, args, unique=f"cabut:{invite.ref}"))
    turn.changes.append(
        BindPerson(invite.person_id, invite.claimed_user, invite.claimed_chat, invite.id)
    )
    turn.record("PersonBound", person=invite.person_id)
    roles = roles_of(turn, invite.person_id)
    welcomed, rows = welcome(turn, chat, roles)
    turn.speech.say(Message("akun_aktif", chat, {**args, **welcomed}, rows))
    return turn.answer("pendaftaran_diputus", {**args, "hasil": "disetujui"})


def _claimed(turn: Turn, invite: Invite) -> dict[str, Any]:
    person = turn.view.roster.person(invite.person_id or 0)
    is_second = person is not None and person.is_bound
    return {**_whose(turn, invite, without_post=()), "ganti": is_second}


def lost_key(chat_id: int, day: date) -> str:
    """Unique key of the alert: one per group and day, whichever way the loss was noticed."""
    return f"{GROUP_LOST}:{chat_id}:{day.isoformat()}"


def record_reach(turn: Turn, origin: Origin, is_member: bool) -> Decision | None:
    """Whether Telegram reaches a person or the group; the admins are told of a lost group."""
    if origin.chat_kind == "private":
        if turn.actor is not None:
            turn.changes.append(SetReachable(turn.actor.id, is_member))
            turn.record("PersonReturned" if is_member else "PersonBlocked")
            if not is_member:
                reach.tell_of(turn, turn.actor)
        return None
    is_ours = turn.view.group is not None and turn.view.group.chat_id == origin.chat_id
    if is_ours and not is_member:
        turn.changes.append(LoseGroup(origin.chat_id))
        turn.record("GroupLost")
        for admin in turn.authority.admins:
            turn.speech.tell(admin, GROUP_LOST, {}, unique=lost_key(origin.chat_id, turn.day))
    return None


GROUP = ChatCommand("grup", plain(bind_group), able("grup"), facts="member")

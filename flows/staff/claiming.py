"""Registrations that an admin confirms: by the rule of kantor.yaml, or for a new account."""

from typing import Any

from flows.enquiries.menus import commands_of
from flows.enquiries.my_tasks import titles
from flows.model.addresses import slot_name, to_chat, to_person
from flows.model.changes import BindPerson, ClaimInvite, Decision, DropClaim
from flows.model.messages import Menu, Message
from flows.model.view import Invite
from flows.turn.turn import Turn, button


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
    args = _args(turn, invite)
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


def confirm(turn: Turn, verb: str) -> Decision | None:
    """Konfirmasi or Tolak by an admin; Konfirmasi revokes the old account in the same turn."""
    invite = turn.view.invite
    if not turn.authority.may("pegawai"):
        return turn.refuse_toast("bukan_kewenangan")
    if invite is None or invite.claimed_user is None or invite.claimed_chat is None:
        return turn.refuse_toast("permohonan_selesai")
    if invite.used_at is not None or invite.person_id is None:
        return turn.refuse_toast("permohonan_selesai")
    args, chat = _args(turn, invite), to_chat(invite.claimed_chat)
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
    turn.speech.say(Message("akun_aktif", chat, args))
    turn.speech.out.append(Menu(chat, commands_of(turn, invite.person_id)))
    return turn.answer("pendaftaran_diputus", {**args, "hasil": "disetujui"})


def _args(turn: Turn, invite: Invite) -> dict[str, Any]:
    person = turn.view.roster.person(invite.person_id or 0)
    posts = turn.view.roster.posts(person.id, turn.day) if person else ()
    return {
        "nama": person.nama if person else invite.nama,
        "sapaan": person.sapaan if person else "Bapak/Ibu",
        "nip": (person.nip or "") if person else "",
        "jabatan": titles(posts),
        "ganti": person.is_bound if person else False,
    }

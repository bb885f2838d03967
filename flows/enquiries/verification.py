"""/verifikasi: whether a paper is of this office, still valid, and unchanged."""

from typing import Any

from flows.dialogs.dialog import start
from flows.dialogs.question import Dialog, Question, fixed
from flows.forms.form import Unreadable
from flows.model.changes import Decision
from flows.model.commands import Command, Said, Sent
from flows.model.messages import Attachment
from flows.model.proof import (
    FORMS,
    TOO_LARGE,
    TOO_OFTEN,
    VERIFYING_DIALOG,
    Proof,
    claims,
    code_asked,
    is_question,
)
from flows.papers.sop_approval import told
from flows.turn.command import ChatCommand, bare, everybody
from flows.turn.turn import Turn

WORKBOOKS = (*FORMS, "rekap")


def concerns(turn: Turn) -> bool:
    """Whether the command asks about a paper, or an unknown person sent one of the office's."""
    command = turn.command
    if not isinstance(command, Said | Sent):
        return False
    is_private = command.origin.chat_kind == "private"
    if turn.actor is None and isinstance(command, Sent):
        is_refused = _reason(command) in (TOO_LARGE, TOO_OFTEN)
        is_meant = is_question(command) or is_refused or turn.view.proof is not None
        return is_private and is_meant
    return is_question(command) and (is_private or turn.actor is not None)


def begin(turn: Turn) -> Decision | None:
    """Answers anybody at once if the words name a paper, else asks for the paper."""
    command = turn.command
    if isinstance(command, Said) and not code_asked(command):
        if turn.actor is not None:
            return start(turn, VERIFYING)
        return turn.answer("tanya_verifikasi", {}, is_below=True)
    if isinstance(command, Sent) and not command.sha256:
        reason = _reason(command) or ("too_large" if turn.actor is not None else TOO_LARGE)
        return turn.refuse(f"tolak_{reason}", {"nama": command.name, "batas": None})
    return answer(turn)


def _reason(sent: Sent) -> str:
    """Why the file was not fetched; empty where it was, or where nobody tried."""
    return sent.sheet.reason if isinstance(sent.sheet, Unreadable) and not sent.sha256 else ""


def answer(turn: Turn) -> Decision | None:
    proof = turn.view.proof
    if proof is None:
        return _answer_without_paper(turn)
    if isinstance(turn.command, Sent) and not proof.is_exact:
        files = _difference(turn, proof)
        args = {**_args(turn, proof), "beda": bool(files)}
        return turn.answer("verifikasi_diubah", args, attachments=files, is_below=True)
    key = "verifikasi_digantikan" if proof.is_superseded else "verifikasi_asli"
    return turn.answer(key, _args(turn, proof), is_below=True)


def _answer_without_paper(turn: Turn) -> Decision | None:
    """Answers from the stored approval, as the paper of an SOP itself is not stored, or for an
    entry of the record, such as the one that the group's final post names."""
    code = _code_meant(turn.command)
    found = next((a for a in turn.view.approvals if code and a.sha256.startswith(code)), None)
    if found is not None:
        return turn.answer("verifikasi_sop", told(turn, found), is_below=True)
    entry = turn.view.entry
    if entry is None:
        return turn.refuse("verifikasi_tak_dikenal", {})
    args = {
        "kode": entry.code,
        "saat": entry.at.isoformat(),
        "urut": entry.seq,
        "nomor": entry.nomor if turn.actor is not None else "",
        "utuh": entry.is_whole,
    }
    return turn.answer("verifikasi_jejak", args, is_below=True)


def _code_meant(command: Command) -> str:
    match command:
        case Said():
            return code_asked(command, is_awaited=True)
        case Sent():
            return claims(command)[0]
    return ""


def _args(turn: Turn, proof: Proof) -> dict[str, Any]:
    """Message arguments; an unknown person gets title, date and signer only."""
    book = turn.view.setting.book
    signer, approved = _signer(proof)
    return {
        "jenis": proof.kind,
        "sop": book.sop(proof.sop, proof.sop_version).name,
        "periode": proof.period.label,
        "saat": proof.made_at.isoformat(),
        "penanda": signer,
        "disetujui": approved,
        "terdaftar": turn.actor is not None,
        "nomor": proof.nomor,
        "unit": proof.unit,
        "versi": proof.version,
        "versi_baru": proof.newest_version,
        "digantikan": proof.is_superseded,
        "pengganti": proof.replaced_by,
        "kode": proof.code,
    }


def _signer(proof: Proof) -> tuple[str, bool]:
    acts = proof.data.get("pengesahan") or {}
    block = acts.get("tanda_tangan") or proof.data["isi"].get("tanda_tangan") or {}
    approved = bool(acts.get("persetujuan") or block.get("disetujui"))
    return str(block.get("nama") or ""), approved


def _difference(turn: Turn, proof: Proof) -> tuple[Attachment, ...]:
    """Compares the workbook cell by cell with the stored one, for who may see its figures."""
    sent = turn.command
    is_workbook = isinstance(sent, Sent) and sent.name.casefold().endswith(".xlsx")
    if not isinstance(sent, Sent) or not is_workbook or not _may_see(turn, proof):
        return ()
    data = {"berkas": sent.sha256, "saat": turn.now.isoformat()}
    name = f"Perbedaan_{proof.code}"
    return (Attachment("beda", name, "xlsx", proof.perintah_id, proof.seq, data=data),)


def _may_see(turn: Turn, proof: Proof) -> bool:
    """A form may be seen by its unit; an approved rekap by everybody of the office."""
    if turn.actor is None or proof.kind not in WORKBOOKS:
        return False
    posts = turn.authority.posts_of(turn.actor.id)
    if {post.role for post in posts} & turn.view.setting.book.leaders:
        return True
    if proof.kind == "rekap":
        return _signer(proof)[1]
    return proof.unit in {post.unit for post in posts}


_ask = fixed(Question("apa", "tanya_verifikasi", shortest=8, longest=200, takes_file=True))
VERIFYING = Dialog(VERIFYING_DIALOG, {"apa": _ask}, lambda turn, draft: answer(turn))
# decide() answers it before any other command, for anybody: see `concerns`.
VERIFY = ChatCommand("verifikasi", lambda turn, rest: begin(turn), everybody, example=bare)

"""Approval of the reconstruction of an SOP, and how its paper states it."""

from typing import Any

from flows.dialogs.dialog import start
from flows.dialogs.question import Answers, Dialog, summary_of
from flows.model.addresses import command_ref
from flows.model.changes import Decision
from flows.model.conversation import Draft
from flows.model.events import Event
from flows.model.proof import SopApproval
from flows.office.people import ACTING, Post, by_mandate
from flows.papers.filing import digest
from flows.papers.picture_facts import Ratified
from flows.papers.signing import titles
from flows.sops.sop import NAMES, Sop
from flows.turn.cards import person_args
from flows.turn.turn import Turn, button

FINGERPRINT = 2
# Of the SOPs of the package, by their present fingerprint: the first one as it was given while the
# notes and the text as received (with the signer's whole NIP) stood otherwise.
FIRST_SHIPPED = {
    "174ca93530bd40713d4587aa1765f4f746c82ad93c459dcbb9de026ba46b5211": (
        "653fefa2df8744dee3f7ba261adecf20cfd4f46f453d3736afda7bbcffb81efc"
    ),
    "51220c18bb72ab6a02611cfe67cb88c8ef332c195b39cf729bab4e7e8facbf48": (
        "c3de98db02d8726e860b114378bd10ed9017c1ff1097e91797d242b8332b03a4"
    ),
}
UNAPPROVED = "REKONSTRUKSI – BELUM DISAHKAN"
UNENACTED = "DISETUJUI INTERNAL – BELUM DITETAPKAN"


def fingerprints(sop: Sop) -> dict[int, str]:
    """By version. 1 hashes the whole definition: no longer given but valid where it was given, so
    a field added to the definition must be excluded from it. 2 hashes the SOP's substance."""
    return {
        1: digest(sop.model_dump(mode="json", exclude=NAMES)),
        FINGERPRINT: digest({"fingerprint": FINGERPRINT, **sop.substance}),
    }


def accepted(sop: Sop) -> frozenset[str]:
    """The fingerprints by which the SOP counts as approved."""
    known = fingerprints(sop)
    present = known[FINGERPRINT]
    return frozenset((*known.values(), FIRST_SHIPPED.get(present, present)))


def approval_of(turn: Turn, sop: Sop) -> SopApproval | None:
    valid = accepted(sop)
    return next((a for a in turn.view.approvals if a.sha256 in valid), None)


def choose(turn: Turn, word: str) -> Decision | None:
    """/sop sahkan: asks about the SOP of that word, or the only one that waits for approval; of
    several each is a button."""
    if not turn.authority.may("sahkan"):
        return turn.refuse_other("sahkan")
    book = turn.view.setting.book
    waiting = [sop for sop in book.current() if approval_of(turn, sop) is None]
    named = [sop for sop in waiting if sop.word == word.casefold()]
    if word and not named:
        known = [sop.word for sop in waiting]
        return turn.refuse("sop_tak_menunggu", {"nilai": word, "contoh": known})
    if not waiting:
        return turn.answer("sop_sudah_disahkan")
    if len(meant := named or waiting) == 1:
        return begin(turn, meant[0].code)
    rows = tuple(
        (button("setujui_rekonstruksi", "sahkan", command_ref(sop.code), sop=sop.name),)
        for sop in meant
    )
    return turn.answer("pilih_sahkan", {}, rows)


def begin(turn: Turn, code: str) -> Decision | None:
    sop = _waiting(turn, code)
    if not turn.authority.may("sahkan"):
        return turn.refuse_toast("bukan_kewenangan")
    if sop is None:
        return turn.refuse_toast("tombol_lama")
    return start(turn, RATIFYING, answers={"sop": code, "sha256": fingerprints(sop)[FINGERPRINT]})


def printed(turn: Turn, sop: Sop) -> tuple[dict[str, str], dict[str, Any]]:
    """Issue keys of the SOP's paper (code and hash, or stamp), and the facts of its approval."""
    found = approval_of(turn, sop)
    if found is None:
        return {"cap": UNAPPROVED}, {}
    person = turn.view.roster.person(found.person_id)
    ratified = Ratified(
        jabatan=titles(turn, _approver(turn), None, found.mandate, person),
        nama=person.nama if person else "",
        nip=(person.nip or "") if person else "",
        disetujui=found.at,
    )
    is_enacted = bool(sop.identity.number and sop.identity.effective_on)
    cap = {} if is_enacted else {"cap": UNENACTED}
    return {"kode": found.code, "sha256": found.sha256, **cap}, {"disetujui": ratified}


def told(turn: Turn, found: SopApproval) -> dict[str, Any]:
    book = turn.view.setting.book
    known = next((s for s in book.sops if s.id == (found.sop, found.version)), None)
    label = turn.office.role(_approver(turn)).label
    selaku = by_mandate(found.mandate, label) if found.mandate in ACTING else ""
    return {
        "sop": known.name if known else found.sop,
        "berlaku": known is not None and approval_of(turn, known) == found,
        "versi": found.version,
        "oleh": {**person_args(turn, found.person_id), "selaku": selaku},
        "saat": found.at.isoformat(),
        "kode": found.code,
    }


def _approver(turn: Turn) -> str:
    """The role that the paper names as approver."""
    return next(iter((*turn.office.roles_that("sahkan"), *turn.office.tops)))


def _waiting(turn: Turn, code: str) -> Sop | None:
    current = (sop for sop in turn.view.setting.book.current() if sop.code == code)
    return next((sop for sop in current if approval_of(turn, sop) is None), None)


def _sop_args(turn: Turn, answers: Answers) -> dict[str, Any]:
    sop = turn.view.setting.book.newest(str(answers["sop"]))
    return {"sop": sop.name, "versi": sop.version}


def _finish(turn: Turn, draft: Draft) -> Decision | None:
    sop = _waiting(turn, str(draft.answers["sop"]))
    is_same = sop is not None and draft.answers["sha256"] in accepted(sop)
    if sop is None or not is_same or not turn.authority.may("sahkan"):
        return turn.refuse_changed()
    role = turn.authority.role_that("sahkan") or _approver(turn)
    held = turn.authority.mandate_of(turn.person.id, Post(role))
    mandate = held.jenis if held else "definitif"
    sha256 = fingerprints(sop)[FINGERPRINT]
    found = SopApproval(sop.code, sop.version, sha256, turn.person.id, mandate, turn.at)
    turn.changes.append(found)
    data = {"sop": sop.code, "version": sop.version, "fingerprint": FINGERPRINT, "sha256": sha256}
    # Recorded in the office's chain, also if the view holds a perintah.
    turn.events.append(
        Event("SopApproved", person_id=turn.person.id, role=role, mandate=mandate, data=data)
    )
    return turn.close("rekonstruksi_disetujui", told(turn, found))


SUMMARY = summary_of("ringkasan_sahkan", _sop_args)
RATIFYING = Dialog("sahkan", {}, _finish, SUMMARY, act_key="setujui")

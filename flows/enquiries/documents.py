"""/disposisi, /notulen, /sop, /arsip: papers of a perintah; /panduan, /latihan: guides."""

from flows.model.changes import Decision
from flows.model.messages import Attachment
from flows.papers import flowchart, notulen, sop_approval
from flows.papers.filing import files
from flows.turn.command import ChatCommand, bare, everybody, plain
from flows.turn.turn import Turn

GUIDE, ADMIN_GUIDE = "panduan-pejabat", "panduan-admin"


def show_disposisi(turn: Turn) -> Decision | None:
    perintah = turn.perintah
    disposisi = perintah.paper("disposisi")
    if disposisi is None:
        return turn.refuse("dokumen_belum", {"nomor": perintah.nomor, "dokumen": "Disposisi"})
    letters = [
        letter
        for unit in _units(turn)
        for letter in files(turn, perintah.paper("pengantar", unit))
    ]
    papers = (*files(turn, disposisi), *letters)
    args = {"nomor": perintah.nomor, "kode": disposisi.code, "versi": disposisi.version}
    return turn.answer(
        "disposisi", {**args, "pengantar": len(letters)}, attachments=papers, is_below=True
    )


def show_notulen(turn: Turn) -> Decision | None:
    """Shows the notulen of the person's unit, correctable by reply; or of all units he may see."""
    perintah = turn.perintah
    units = [unit for unit in _units(turn) if perintah.paper("notulen", unit) is not None]
    if not units:
        return turn.refuse("dokumen_belum", {"nomor": perintah.nomor, "dokumen": "Notulen"})
    if len(units) == 1:
        return notulen.show(turn, units[0])
    papers = tuple(file for unit in units for file in files(turn, perintah.paper("notulen", unit)))
    args = {"nomor": perintah.nomor, "periode": perintah.period.label, "unit": units}
    return turn.answer("notulen_semua", args, attachments=papers, is_below=True)


def show_sop(turn: Turn) -> Decision | None:
    """Sends the SOP of a perintah in three forms: received, reconstructed, as it runs. Whoever
    may approve it reads how; looking at it is no way to it."""
    sops = (turn.sop,) if turn.work is not None else turn.view.setting.book.current()
    papers = [file for sop in sops for file in flowchart.sop_files(turn, sop)]
    approved = [(sop, sop_approval.approval_of(turn, sop)) for sop in sops]
    args = {
        "sop": [sop.name for sop in sops],
        "nomor": turn.work.nomor if turn.work is not None else None,
        "disahkan": [sop_approval.told(turn, found) for _, found in approved if found],
        "belum": [sop.name for sop, found in approved if found is None],
        "boleh": turn.authority.may("sahkan"),
    }
    return turn.answer("sop", args, attachments=tuple(papers), is_below=True)


def show_archive(turn: Turn) -> Decision | None:
    """Sends the archive of a perintah; the head of a unit gets his unit's part."""
    perintah = turn.perintah
    roles = _roles(turn)
    units: tuple[str, ...] = ()
    if not roles & _keepers(turn):
        units = tuple(unit for unit in _headed(turn) if unit in turn.office.unit_codes)
        if not units:
            office = turn.office
            keepers = office.labels(role for role in office.roles if role in _keepers(turn))
            heads = office.labels(filter(office.is_per_unit, office.roles_that("arsip")))
            words = {"berwenang": keepers, "bagian": heads}
            return turn.refuse("arsip_bukan_kewenangan", words)
    turn.record("ArchiveTaken", units=list(units))
    number = perintah.nomor.replace("/", "-")
    part = f"_{'_'.join(units)}" if units else ""
    data = {"unit": list(units), "saat": turn.now.isoformat()}
    file = Attachment("arsip", f"Arsip_{number}{part}", "zip", perintah.id, data=data)
    args = {"nomor": perintah.nomor, "unit": list(units), "tuntas": perintah.status == "selesai"}
    return turn.answer("arsip", args, attachments=(file,), is_below=True)


def _units(turn: Turn) -> tuple[str, ...]:
    """Units whose papers the person may see: his own, or all."""
    if _roles(turn) & _keepers(turn):
        return turn.office.unit_codes
    posts = turn.authority.posts_of(turn.person.id)
    mine = {post.unit for post in posts}
    return tuple(unit for unit in turn.office.unit_codes if unit in mine)


def _keepers(turn: Turn) -> frozenset[str]:
    """The people who may get the whole archive of a perintah."""
    whole = (r for r in turn.office.roles_that("arsip") if not turn.office.is_per_unit(r))
    return turn.view.setting.book.leaders.union(whole)


def reads_notulen(turn: Turn, roles: frozenset[str]) -> bool:
    """Whether these roles are of a unit, or see the papers of all."""
    is_of_unit = any(turn.office.is_per_unit(role) for role in roles)
    return is_of_unit or not roles.isdisjoint(_keepers(turn))


def gets_archive(turn: Turn, roles: frozenset[str]) -> bool:
    return not roles.isdisjoint(_keepers(turn).union(turn.office.roles_that("arsip")))


def archive_words(turn: Turn, roles: frozenset[str]) -> str:
    return "unit" if roles.isdisjoint(_keepers(turn)) else ""


def _headed(turn: Turn) -> tuple[str, ...]:
    posts, heads = turn.authority.posts_of(turn.person.id), turn.office.roles_that("arsip")
    return tuple(dict.fromkeys(p.unit for p in posts if p.role in heads and p.unit is not None))


def _roles(turn: Turn) -> set[str]:
    posts = turn.authority.posts_of(turn.person.id)
    return {post.role for post in posts}


def guides(turn: Turn) -> Decision | None:
    """/panduan: one page a role, and a further guide for administrators."""
    is_admin = turn.person in turn.authority.admins
    names = (GUIDE, ADMIN_GUIDE) if is_admin else (GUIDE,)
    papers = tuple(Attachment("panduan", name, "pdf") for name in names)
    return turn.answer("panduan", {"admin": is_admin}, attachments=papers)


def practice(turn: Turn) -> Decision:
    """/latihan reaches the real office only from the group or an unknown person: says why."""
    return turn.refuse("latihan_pribadi", {})


GUIDES = ChatCommand("panduan", plain(guides), everybody, example=bare)
PRACTICE = ChatCommand("latihan", plain(practice), everybody)

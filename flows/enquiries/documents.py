"""/disposisi, /notulen, /sop and /arsip: papers of a perintah handed out; moves nothing."""

from typing import Any

from flows.model.changes import Decision
from flows.model.messages import Attachment
from flows.papers import flowchart, notulen, sop_approval
from flows.papers.filing import kop
from flows.sops.sop import Sop
from flows.turn.cards import paper
from flows.turn.turn import Turn

Json = dict[str, Any]

MOST_FILES = 9


def show_disposisi(turn: Turn) -> Decision | None:
    perintah = turn.perintah
    disposisi = perintah.paper("disposisi")
    if disposisi is None:
        return turn.refuse("dokumen_belum", {"nomor": perintah.nomor, "dokumen": "Disposisi"})
    number = perintah.nomor.replace("/", "-")
    units = _units(turn)
    letters = [
        Attachment("dokumen", f"Pengantar_{unit}_{number}", "pdf", perintah.id, letter.seq)
        for unit in units
        if (letter := perintah.paper("pengantar", unit)) is not None
    ]
    files = (*paper(turn, disposisi, f"Disposisi_{number}", "pdf"), *letters[: MOST_FILES - 1])
    args = {"nomor": perintah.nomor, "kode": disposisi.code, "versi": disposisi.version}
    turn.speech.answer(
        "disposisi", {**args, "pengantar": len(letters)}, attachments=files, is_below=True
    )
    return None


def show_notulen(turn: Turn) -> Decision | None:
    """One's own unit's, to be corrected by a reply; whoever sees all gets them together."""
    perintah = turn.perintah
    units = [unit for unit in _units(turn) if perintah.paper("notulen", unit) is not None]
    if not units:
        return turn.refuse("dokumen_belum", {"nomor": perintah.nomor, "dokumen": "Notulen"})
    if len(units) == 1:
        notulen.show(turn, units[0])
        return None
    papers = [(unit, perintah.paper("notulen", unit)) for unit in units[:MOST_FILES]]
    files = tuple(
        Attachment(
            "dokumen", notulen.file_title(turn, unit, found.version), "pdf", perintah.id, found.seq
        )
        for unit, found in papers
        if found is not None
    )
    args = {"nomor": perintah.nomor, "periode": perintah.period.label, "unit": units}
    turn.speech.answer("notulen_semua", args, attachments=files, is_below=True)
    return None


def show_sop(turn: Turn) -> Decision | None:
    """The SOP of a perintah: as received, as reconstructed, and as it runs."""
    sops = (turn.sop,) if turn.work is not None else turn.view.setting.book.current()
    files = [file for sop in sops for file in _sop_files(turn, sop)]
    approved = [(sop, sop_approval.approval_of(turn, sop)) for sop in sops]
    args = {
        "sop": [sop.name for sop in sops],
        "nomor": turn.work.nomor if turn.work is not None else None,
        "disahkan": [sop_approval.told(turn, found) for _, found in approved if found],
        "belum": [sop.name for sop, found in approved if found is None],
    }
    rows = sop_approval.offer(turn, tuple(sops))
    turn.speech.answer("sop", args, rows, attachments=tuple(files[:MOST_FILES]), is_below=True)
    return None


def show_archive(turn: Turn) -> Decision | None:
    """Everything of a perintah for those above; a head of a unit gets his unit's part."""
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
    turn.speech.answer("arsip", args, attachments=(file,), is_below=True)
    return None


def _units(turn: Turn) -> tuple[str, ...]:
    """Those whose papers the person may see: his own, or all of them."""
    if _roles(turn) & _keepers(turn):
        return turn.office.unit_codes
    posts = turn.authority.posts_of(turn.person.id)
    mine = {post.unit for post in posts}
    return tuple(unit for unit in turn.office.unit_codes if unit in mine)


def _keepers(turn: Turn) -> frozenset[str]:
    """Who may have everything of a perintah."""
    whole = (r for r in turn.office.roles_that("arsip") if not turn.office.is_per_unit(r))
    return turn.view.setting.book.leaders.union(whole)


def _headed(turn: Turn) -> tuple[str, ...]:
    posts, heads = turn.authority.posts_of(turn.person.id), turn.office.roles_that("arsip")
    return tuple(dict.fromkeys(p.unit for p in posts if p.role in heads and p.unit is not None))


def _roles(turn: Turn) -> set[str]:
    posts = turn.authority.posts_of(turn.person.id)
    return {post.role for post in posts}


def _sop_files(turn: Turn, sop: Sop) -> list[Attachment]:
    columns, rows = flowchart.reconstructed(sop, turn.office)
    originals = [column.heading for column in sop.columns]
    bodies = [
        ("langsung", *_live(turn, sop)) if turn.work is not None else None,
        ("rekonstruksi", columns, rows),
        ("asli", originals, flowchart.original(sop)),
    ]
    return [_sop_file(turn, sop, *body) for body in bodies if body is not None]


def _sop_file(
    turn: Turn, sop: Sop, variant: str, columns: list[str], rows: list[Json]
) -> Attachment:
    is_drawn_again = variant == "rekonstruksi"
    issue, told = sop_approval.printed(turn, sop) if is_drawn_again else ({}, {})
    body = {**sop_body(turn, sop, variant, columns, rows), **told}
    name = f"SOP_{sop.name.replace(' ', '_')}_{variant}"
    return Attachment("cetak", name, "pdf", data={"template": "sop", "isi": body, **issue})


def _live(turn: Turn, sop: Sop) -> tuple[list[str], list[Json]]:
    calendar = turn.view.setting.calendar
    return flowchart.live(
        sop,
        turn.office,
        turn.perintah,
        calendar,
        turn.now,
        lambda m: f"{turn.local(m):%d-%m %H.%M}",
    )


def sop_body(turn: Turn, sop: Sop, variant: str, columns: list[str], rows: list[Json]) -> Json:
    identity = sop.identity
    return {
        "kop": kop(turn),
        "zona": str(turn.view.setting.calendar.zone),
        "dibuat": turn.now.isoformat(),
        "varian": variant,
        "judul": sop.title,
        "pemda": identity.government,
        "perangkat": identity.office,
        "kabupaten": identity.region,
        "nomor_sop": identity.number,
        "tanggal_pembuatan": _day(identity.made_on),
        "tanggal_revisi": _day(identity.revised_on),
        "tanggal_efektif": _day(identity.effective_on),
        "disahkan_oleh": identity.approved_by,
        "dasar_hukum": list(sop.legal_basis),
        "kualifikasi": list(sop.qualification),
        "keterkaitan": list(sop.related),
        "peralatan": list(sop.equipment),
        "peringatan": list(sop.warning),
        "pencatatan": list(sop.recording),
        "kolom": columns,
        "baris": rows,
        "perintah": turn.work.nomor if turn.work is not None else "",
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None

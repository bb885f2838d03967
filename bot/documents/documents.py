"""Files of attachments: drawn once from the stored data, after the commit of the decision."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.documents.arsip import archive_of
from bot.documents.paper import Paper, drawn, evidence_name, is_photo
from bot.documents.shared import Shared
from bot.operations.admin import link
from bot.resources import Resources
from bot.wording.wording import Wording
from flows.forms.form import Form, Sheet
from flows.forms.grid import find_grid
from flows.forms.staff_list import StaffRow
from flows.model.messages import Attachment
from flows.model.perintah import Dokumen
from flows.papers.catalogue import line_of
from flows.papers.facts import Issue, MarkedData
from flows.papers.filing import digest
from flows.papers.letter_facts import Invited, Undangan
from reports.reading.sheetjson import reading_from_json, sheet_to_dict
from reports.workbooks.lists import write_indicators, write_staff
from storage.rows.notation import plain
from storage.writing.people import CODE_LIFE

MOST_PRINTS = 200
GUIDES = Path(__file__).resolve().parents[2] / "docs"


class DokumenMissing(Exception):
    """An attachment names a dokumen, or a format of one, that does not exist."""


class Documents:
    def __init__(self, resources: Resources, wording: Wording) -> None:
        self._resources = resources
        self._wording = wording
        self._drawing: dict[str, asyncio.Lock] = {}
        self._prints = Shared(MOST_PRINTS)

    async def papers(self, attachments: tuple[Attachment, ...]) -> tuple[Paper, ...]:
        found = [await self._files(attachment) for attachment in attachments]
        papers = tuple(paper for papers in found for paper in papers)
        if not papers:
            return ()
        keys = [paper.key for paper in papers]
        uploads = await self._resources.read(lambda queries: queries.outbox.uploads(keys))
        return tuple(replace(paper, upload=uploads.get(paper.key, "")) for paper in papers)

    async def _files(self, attachment: Attachment) -> tuple[Paper, ...]:
        """One file; several for an archive in parts."""
        if attachment.kind == "arsip":
            return await archive_of(self._resources, self._rendition, attachment)
        return (await self._paper(attachment),)

    async def _paper(self, attachment: Attachment) -> Paper:
        match attachment.kind:
            case "berkas":
                return await self._evidence(attachment)
            case "dokumen":
                sha256 = await self._rendition(attachment)
            case "marked":
                sha256 = await asyncio.to_thread(self._marked, attachment.data)
            case "template" if attachment.data["daftar"] == "undangan":
                sha256 = await _invitations(self._resources, attachment.data)
            case "template":
                sha256 = await asyncio.to_thread(self._listed, attachment.data)
            case "cetak":
                sha256 = await self._print(attachment)
            case "beda":
                ours = await self._rendition(attachment)
                sha256 = await asyncio.to_thread(self._different, attachment, ours)
            case "panduan":
                guide = GUIDES / _named(attachment)
                sha256 = await asyncio.to_thread(self._resources.store.files.keep, guide)
            case _:
                raise DokumenMissing(f"nothing makes a file of a {attachment.kind!r}")
        path = self._resources.store.files.path(sha256)
        is_picture = attachment.kind == "cetak" and attachment.format == "png"
        return Paper(_named(attachment), path, is_picture)

    async def _evidence(self, attachment: Attachment) -> Paper:
        """A stored file as it was sent in, under the name on record."""
        sha256, perintah_id = attachment.sha256, attachment.perintah_id
        own = await self._resources.read(lambda q: q.record.kept_name(sha256, perintah_id))
        path = self._resources.store.files.path(sha256)
        content = await asyncio.to_thread(path.read_bytes)
        return Paper(evidence_name(attachment.name, own, content), path, is_photo(content))

    async def _rendition(self, attachment: Attachment) -> str:
        """The SHA-256 of the file. A lock per paper: of two concurrent messages one draws it."""
        key = f"{attachment.perintah_id}-{attachment.seq}.{attachment.format}"
        async with self._drawing.setdefault(key, asyncio.Lock()):
            known = await self._resources.in_thread(self._known, attachment)
            if isinstance(known, str):
                return known
            sha256 = await asyncio.to_thread(self._drawn, known, attachment.format)
            place = (attachment.perintah_id, attachment.seq, attachment.format)
            now = self._resources.clock.now()
            await self._resources.write(lambda tx: tx.record.add_rendition(*place, sha256, now))
            return sha256

    def _known(self, attachment: Attachment) -> str | Dokumen:
        """The file's hash when it has been drawn, else what to draw it from."""
        perintah_id, seq = attachment.perintah_id, attachment.seq
        with self._resources.store.reading() as queries:
            sha256 = queries.record.rendition(perintah_id, seq, attachment.format)
            if sha256 is not None and self._resources.store.files.has(sha256):
                return sha256
            perintah = queries.orders.find(perintah_id)
        papers = perintah.dokumen if perintah is not None else ()
        dokumen = next((paper for paper in papers if paper.seq == seq), None)
        if dokumen is None:
            raise DokumenMissing(f"no dokumen {seq} of perintah {perintah_id}")
        return dokumen

    def _drawn(self, dokumen: Dokumen, format: str) -> str:
        if format not in line_of(dokumen.kind).formats:
            raise DokumenMissing(f"a {dokumen.kind!r} is not drawn as {format!r}")
        link = _link(self._resources, dokumen.sha256)
        known = {"kode": dokumen.code, "sha256": dokumen.sha256, "tautan": link}
        issue = Issue.model_validate({**known, **plain(dokumen.data["pengesahan"])})
        return self._paper_of(dokumen.kind, format, dokumen.data["isi"], issue)

    def _paper_of(self, kind: str, format: str, body: Mapping[str, Any], issue: Issue) -> str:
        """With the logo in the data folder, by the bare name of kantor.yaml, if any."""
        name = self._resources.setting.office.instansi.logo
        logo = str((self._resources.settings.data_dir / Path(name).name).resolve()) if name else ""
        paper = self._resources.workers.paper
        self._resources.metrics.drawings += 1
        return self._kept(lambda target: paper(target, kind, format, plain(body), issue, logo))

    def _kept(self, draw: Callable[[Path], None]) -> str:
        return self._resources.store.files.keep(drawn(draw))

    async def _print(self, attachment: Attachment) -> str:
        """The SHA-256 of the file: the same facts are drawn once for everybody."""
        key = digest(plain({"format": attachment.format, **attachment.data}))
        async with self._prints.holding((key,)) as known:
            if key not in known or not self._resources.store.files.has(known[key]):
                known[key] = await asyncio.to_thread(self._printed, attachment)
            return known[key]

    def _printed(self, attachment: Attachment) -> str:
        """Draws a picture or an SOP sheet; only the approval of an SOP is on record."""
        data = attachment.data
        issue = Issue(
            kode=str(data.get("kode", "")),
            sha256=str(data.get("sha256", "0" * 64)),
            cap=str(data.get("cap", "")),
            tautan=_link(self._resources, data["sha256"]) if data.get("kode") else "",
        )
        return self._paper_of(str(data["template"]), attachment.format, data["isi"], issue)

    def _different(self, attachment: Attachment, ours: str) -> str:
        files = self._resources.store.files
        theirs = files.path(str(attachment.data["berkas"]))
        made_at = datetime.fromisoformat(str(attachment.data["saat"]))
        difference = self._resources.workers.difference
        return self._kept(lambda to: difference(to, files.path(ours), theirs, made_at))

    def _listed(self, data: Mapping[str, Any]) -> str:
        """Writes the present staff or indicator list as a workbook, to be edited and sent back."""
        office = self._resources.setting.office
        if data["daftar"] == "pegawai":
            rows = [StaffRow(**row) for row in data["baris"]]
            return self._kept(lambda target: write_staff(target, rows, office))
        return self._kept(lambda target: write_indicators(target, data["indikator"], office))

    def _marked(self, data: Mapping[str, Any]) -> str:
        """Writes the marked workbook of a refused sheet; the record does not name it."""
        read = (self._resources.sheets / f"{data['berkas']}.json").read_text("utf-8")
        sheet = reading_from_json(read)
        if not isinstance(sheet, Sheet):
            raise DokumenMissing(f"no sheet of {data['berkas']} to mark")
        marked = marked_data(data, sheet, self._wording)
        return self._kept(lambda target: self._resources.workers.marked(target, marked))


def marked_data(data: Mapping[str, Any], sheet: Sheet, wording: Wording) -> MarkedData:
    form = Form.model_validate(data["form"])
    grid = find_grid(form, sheet)
    findings = data["temuan"]
    comments: dict[str, list[str]] = {}
    for finding in findings:
        if finding["sel"]:
            comments.setdefault(finding["sel"], []).append(wording.sentence(finding))
    return MarkedData.model_validate(
        {
            "sheet": sheet_to_dict(sheet),
            "form": form,
            "header_row": grid.row if grid else 0,
            "letters": dict(grid.letters) if grid else {},
            "marks": [{"cell": c, "comment": "\n".join(said)} for c, said in comments.items()],
            "corrections": [wording.correction(finding) for finding in findings],
            "rules": plain(data["rules"]),
            "dibuat": data["dibuat"],
        }
    )


def _named(attachment: Attachment) -> str:
    return f"{attachment.name}.{attachment.format}"


def _link(resources: Resources, sha256: str) -> str:
    return f"https://t.me/{resources.me.username}?start=v_{sha256[:8]}"


async def _invitations(resources: Resources, data: Mapping[str, Any]) -> str:
    """The SHA-256 of the file, one page a person. Codes are made here and stored only as hashes;
    the new ones void the earlier."""
    now = resources.clock.now()
    wanted = frozenset(int(person_id) for person_id in data["orang"])
    codes = await resources.write(lambda tx: tx.people.make_invites(now, only=wanted))
    people = tuple(
        Invited(
            jabatan=data["jabatan"][str(person.id)],
            nama=person.nama,
            kode=f"{code[:5]}-{code[5:]}",
            tautan=link(resources.me.username, code) or "",
            berlaku=now + CODE_LIFE - timedelta(days=1),
        )
        for person, code in codes
    )
    letter = {name: data[name] for name in ("kop", "zona", "dibuat")}
    body = Undangan(**letter, bot=f"@{data['bot']}", orang=people).body()
    paper, issue = resources.workers.paper, Issue(kode="", sha256="0" * 64)
    content = await asyncio.to_thread(
        drawn, lambda target: paper(target, "undangan", "pdf", body, issue)
    )
    return await asyncio.to_thread(resources.store.files.keep, content)

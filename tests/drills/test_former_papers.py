"""Papers of an earlier program: the same acts make the same bodies, its own are drawn alike."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from flows.model.messages import Attachment
from flows.model.perintah import Dokumen
from flows.papers.catalogue import line_of
from flows.papers.filing import digest
from reports.papers.layout import paper
from reports.papers.typst import render
from storage.rows.notation import plain
from tests import officials
from tests.conftest import Stage
from tests.kantor import Kantor
from tests.officials import FILLERS, HEADS, KADIS, KASUBAG
from tests.workbooks import first_filling

Json = dict[str, Any]
OF_STATUS = ("papan", "perjalanan")

# What `made` gives with the program of commit b99918d, and how that laid some of it out. (The sets
# of a form, whose order it left to chance, are sorted.)
FORMER: Json = json.loads(
    gzip.decompress((Path(__file__).parent / "earlier" / "papers-b99918d.json.gz").read_bytes())
)


# The templates of commit 0e38cb7, the last in which every paper had but one shape.
TEMPLATES: dict[str, str] = json.loads(
    gzip.decompress((Path(__file__).parent / "earlier" / "templates-0e38cb7.json.gz").read_bytes())
)


def test_the_same_acts_make_the_same_papers(stage: Stage) -> None:
    again = in_the_first_shape(made(stage))

    kinds = {paper["kind"] for paper in again["dokumen"]}
    assert len(kinds) == 7
    assert again["dokumen"] == FORMER["dokumen"]
    assert drawn_as_before(again["berkas"]) == drawn_as_before(FORMER["berkas"])


def in_the_first_shape(again: Json) -> Json:
    """With each body as its first shape has it, and with the hash and the code of that body; the
    files of notulen were called so, too."""
    text, dokumen = json.dumps(again).replace('"Notula_', '"Notulen_'), []
    for number in range(len(again["dokumen"])):
        one = json.loads(text)["dokumen"][number]
        body, shaped = one["data"]["isi"], one["sha256"]
        body.pop("bentuk", None)
        for unit in body.get("units", ()):
            unit.pop("semula", None)
        for passing in body.get("diteruskan", ()):
            passing["dituju"] = True
        first = digest(body)
        for new, old in ((shaped, first), (code_of(shaped), code_of(first))):
            text = text.replace(new, old)
        dokumen.append({**one, "sha256": first})
    return {"dokumen": dokumen, "berkas": json.loads(text)["berkas"]}


def code_of(sha256: str) -> str:
    return f"{sha256[:4]}-{sha256[4:8]}".upper()


def drawn_as_before(files: list[Json]) -> list[Json]:
    """Without the pictures of /status, of which that program drew two, and without the stamp of an
    SOP, which names since whether a number and a date enact it; neither stands in a body."""
    drawn = [file for file in files if file["data"].get("template") not in OF_STATUS]
    for file in drawn:
        if file["data"].get("template") == "sop":
            file["data"].pop("cap", None)
    return drawn


def test_a_body_of_an_earlier_program_is_read_without_a_loss() -> None:
    kept = [(one["kind"], one["data"]["isi"]) for one in FORMER["dokumen"]]
    drawn = [file["data"] for file in FORMER["berkas"] if "template" in file["data"]]
    bodies = [*kept, *((data["template"], data["isi"]) for data in drawn)]

    read = [(kind, line_of(kind).facts.model_validate(body).body()) for kind, body in bodies]

    assert len(bodies) > 50
    assert read == bodies


@pytest.mark.parametrize(
    ("where", "number", "former"),
    [
        (where, number, former)
        for where, number, former in FORMER["layout"]
        if FORMER[where][number]["data"].get("template") not in OF_STATUS
    ],
)
def test_it_is_drawn_as_that_program_drew_it(
    where: str, number: int, former: Json, tmp_path: Path
) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    for name, text in TEMPLATES.items():
        (templates / name).write_text(text, "utf-8")
    one = FORMER[where][number]
    kind, body = one.get("kind"), one["data"]["isi"]
    issue = {**former["penerbitan"]}
    issue.pop("qr")
    kind = kind if where == "dokumen" else one["data"]["template"]

    render(kind, paper(kind, body, issue), tmp_path / "now.pdf")

    render(kind, former, tmp_path / "then.pdf", templates=templates)
    assert (tmp_path / "now.pdf").read_bytes() == (tmp_path / "then.pdf").read_bytes()


def made(stage: Stage) -> Json:
    """Every paper of a collection and its correction, and what the commands hand out of them."""
    kantor = stage("before_signing")
    shown = [*_asked(kantor), *_corrected_notulen(kantor)]
    officials.sign(kantor)
    shown += [*_asked(kantor), *_own_data(stage("handed_out"))]
    papers = [_filed(n, dokumen) for n in (1, 2) for dokumen in kantor.perintah(n).dokumen]
    return {"dokumen": papers, "berkas": [_handed_out(file) for file in shown]}


def _asked(kantor: Kantor) -> list[Attachment]:
    kantor.say(KADIS, "/sop sahkan perbaikan")
    if kantor.draft(KADIS) is not None:
        kantor.press(KADIS, "setujui")
    before = kantor.count
    for words in ("/sop", "/sop 2", "/status 1", "/rekap 1", "/disposisi 2", "/notulen 1"):
        kantor.say(KADIS, words)
    for words in ("/disposisi 1", "/notulen 1", "/rekap 2", "/arsip 1"):
        kantor.say(HEADS["KBK"], words)
    chats = (*kantor.chat(KADIS), *kantor.chat(HEADS["KBK"]))
    return [file for seen in chats if seen.id > before for file in seen.files]


def _corrected_notulen(kantor: Kantor) -> list[Attachment]:
    for words in ("tempat: Ruang rapat II", "waktu: 23-11-2026, 09.00-10.00, aula",
                  "tindak lanjut: kirim ulang; Wahyuni", "tindak lanjut: arsipkan"):  # fmt: skip
        kantor.say(HEADS["KBK"], "/notulen 1")
        kantor.say(HEADS["KBK"], words, reply_to=kantor.last(HEADS["KBK"]))
    return list(kantor.last(HEADS["KBK"]).files)


def _own_data(kantor: Kantor) -> list[Attachment]:
    """Also of a head who stands in for nobody: a unit's data as its own workbook."""
    name = FILLERS["KBK"]
    officials.meet(kantor, "KBK")
    kantor.send(name, first_filling(kantor.setting, kantor.perintah(1), "KBK"), "Format.xlsx")
    kantor.press(name, "lihat_data", kantor.last(name))
    kantor.press(name, "excel", kantor.last(name))
    isian = kantor.perintah(1).paper("isian", "KBK")
    assert isian is not None
    drawn = Attachment("cetak", "isian", data=_filed(1, isian))
    shown = [seen for who in (name, KASUBAG, HEADS["KBK"], KADIS) for seen in kantor.chat(who)]
    return [*(file for seen in shown for file in seen.files), drawn]


def _filed(perintah_id: int, dokumen: Dokumen) -> Json:
    parts: Json = plain(dokumen)
    return {"perintah": perintah_id, **parts}


def _handed_out(file: Attachment) -> Json:
    """Without the fingerprint of an approved SOP, which is none of the paper's body."""
    parts: Json = plain(file)
    data = {name: part for name, part in parts["data"].items() if name not in ("kode", "sha256")}
    return {**parts, "data": data}

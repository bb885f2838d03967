"""The office's rekap: compiled, sealed with its acts, stamped as superseded."""

from datetime import datetime
from decimal import Decimal

from flows.figures.unit_rows import (
    baseline,
    form_of,
    grading,
    indicators_of,
    rekap_units,
    unit_rows,
)
from flows.forms.form import Isian
from flows.forms.grading import Baris, UnitRecap, office_recap
from flows.forms.rekap_check import figures_sum
from flows.model.perintah import Dokumen, Perintah, Tugas
from flows.office.calendar import zone_name
from flows.office.people import by_mandate
from flows.papers.facts import (
    Entry,
    Figures,
    Json,
    Paraf,
    Pengesahan,
    RekapData,
    Row,
    Table,
    UnitData,
)
from flows.papers.filing import add_paper, doer, double_role, kop, shape
from flows.papers.signatures import paraf_given
from flows.papers.signing import day_in_words, signature_block, signing_act
from flows.papers.unit_forms import entry, form_row, rules
from flows.turn.cards import recorder_name
from flows.turn.turn import Turn

SUPERSEDED = "DIGANTIKAN"
APPROVED = "Disetujui secara elektronik (internal)"
ON_TIME = "Tepat waktu"


def compile_rekap(turn: Turn, tables: tuple[Table, ...]) -> Dokumen:
    """Files the rekap compiled from the stored rows, in the perintah's present version."""
    perintah = turn.perintah
    graded = {unit: unit_rows(turn, unit) for unit in rekap_units(turn)}
    recap = office_recap(graded, grading(turn))
    names = {unit.kode: unit.nama for unit in turn.office.units}
    units = tuple(
        UnitData(
            figures=_figures(names[unit], unit, figures, keterangan=lateness(turn, unit)),
            rows=_rekap_rows(turn, unit, graded[unit]),
            **_former_figures(turn, unit),
        )
        for unit, figures in recap.units
    )
    instansi, version = turn.office.instansi, max(perintah.rekap_version, 1)
    facts = RekapData(
        **shape("rekap"),
        kop=kop(turn.office),
        judul=f"REKAPITULASI {'PERBAIKAN ' if turn.sop.corrects else ''}DATA KINERJA",
        periode=perintah.period.label,
        perintah=perintah.nomor,
        versi=version,
        form=form_of(turn),
        units=units,
        dinas=_figures(instansi.nama, instansi.singkatan, recap.dinas),
        rules=rules(turn),
        analisis=perintah.analysis,
        tables=tables,
        tanda_tangan=signature_block(turn),
        meta=_rekap_meta(turn),
        dibuat=turn.now,
    )
    return add_paper(turn, "rekap", None, version, facts)


def _rekap_meta(turn: Turn) -> dict[str, str]:
    """Content of the hidden sheet, by which a workbook sent in is recognized."""
    perintah = turn.perintah
    data = {unit: perintah.latest(unit) for unit in rekap_units(turn)}
    form = form_of(turn)
    return {
        "kantor": turn.office.instansi.singkatan,
        "nomor": perintah.nomor,
        "periode": perintah.period.code,
        "form": form.code,
        "versi": form.version,
        "rekap": str(max(perintah.rekap_version, 1)),
        "checksum": figures_sum({unit: one.rows if one else () for unit, one in data.items()}),
    }


def seal_rekap(turn: Turn, number: str = "") -> Dokumen | None:
    """Files the same rekap with the acts upon it: paraf, approval and its number."""
    former = turn.perintah.paper("rekap")
    if former is None:
        return None
    signed = signing_act(turn)
    acts = Pengesahan(
        paraf=tuple(_paraf(turn, t) for t in paraf_given(turn)),
        persetujuan=f"{APPROVED} – {_moment(turn, signed)}" if signed else "",
        tanda_tangan=signature_block(turn, signed) if signed else None,
        # Judgements of one's own work: allowed, but named in the rekap.
        catatan=tuple(
            dict.fromkeys(
                double_role(turn, t, doer(turn, t))
                for t in turn.perintah.tugas
                if t.is_own_work and t.state == "selesai"
            )
        ),
        nomor=number,
    )
    sealed = _copy(former, acts, len(turn.perintah.dokumen) + 1, turn.now)
    turn.perintah = turn.perintah._replace(dokumen=(*turn.perintah.dokumen, sealed))
    return sealed


def stamp_rekap(perintah: Perintah, now: datetime) -> Perintah:
    """Supersedes the rekap: the paper is kept unchanged and a stamped copy is added."""
    papers = tuple(
        d._replace(is_superseded=True) if d.kind == "rekap" else d for d in perintah.dokumen
    )
    former = perintah.paper("rekap")
    if former is None:
        return perintah
    acts = Pengesahan.model_validate({**former.data["pengesahan"], "cap": SUPERSEDED})
    stamped = _copy(former, acts, len(papers) + 1, now)._replace(is_superseded=True)
    return perintah._replace(dokumen=(*papers, stamped))


def _copy(former: Dokumen, acts: Pengesahan, seq: int, made_at: datetime) -> Dokumen:
    data = {"isi": former.data["isi"], "pengesahan": acts.body()}
    return former._replace(seq=seq, data=data, made_at=made_at)


def _rekap_rows(turn: Turn, unit: str, graded: tuple[Baris, ...]) -> tuple[Row, ...]:
    form = form_of(turn)
    data = turn.perintah.latest(unit)
    filled = {row.kode: row for row in data.rows} if data else {}
    rows = []
    pairs = zip(indicators_of(turn, unit), graded, strict=True)
    for number, (indicator, baris) in enumerate(pairs, start=1):
        isian = filled.get(indicator.kode)
        row = form_row(form, indicator, number, isian, turn.perintah.period.quarter)
        row["capaian"] = entry(baris.capaian, 2)
        row["kategori"] = baris.kategori.nama if baris.kategori else None
        rows.append(row)
    return tuple(rows)


def _former_figures(turn: Turn, unit: str) -> Json:
    """The realisasi of each row before its correction; no key where nothing was corrected."""
    data = turn.perintah.latest(unit) if turn.sop.corrects else None
    before = baseline(turn.perintah, unit)
    places = {i.kode: i.desimal for i in indicators_of(turn, unit)}
    pairs = [(before[row.kode], row) for row in (data.rows if data else ()) if row.kode in before]
    former = {
        new.kode: None if _figure(old) == _figure(new) else _shown(old, places.get(new.kode, 2))
        for old, new in pairs
        if (_figure(old), _words(old)) != (_figure(new), _words(new))
    }
    return {"semula": former} if former else {}


def _figure(row: Isian) -> tuple[bool, Decimal | None]:
    return row.is_na, row.realisasi


def _words(row: Isian) -> tuple[str, str, str]:
    return row.sumber, row.bukti, row.keterangan


def _shown(row: Isian, desimal: int) -> Entry:
    return "n/a" if row.is_na else entry(row.realisasi, desimal)


def _figures(nama: str, kode: str, figures: UnitRecap, **remark: str) -> Figures:
    return Figures(
        kode=kode,
        nama=nama,
        terisi=figures.terisi,
        jumlah=figures.jumlah,
        mentah=figures.mentah,
        dibatasi=figures.dibatasi,
        kategori=figures.kategori.nama if figures.kategori else "",
        counts={band.nama: count for band, count in figures.per_kategori},
        na=figures.na,
        **remark,
    )


def _paraf(turn: Turn, tugas: Tugas) -> Paraf:
    rekap = turn.perintah.paper("rekap")
    return Paraf(
        jabatan=by_mandate(tugas.finished_as, turn.office.role(tugas.role).label),
        nama=f"{doer(turn, tugas)}{by_hand(turn, tugas)}",
        waktu=_moment(turn, tugas),
        kode=rekap.code if rekap else "",
    )


def by_hand(turn: Turn, tugas: Tugas) -> str:
    recorder = recorder_name(turn, tugas)
    return f" (dicatat oleh {recorder} berdasarkan dokumen fisik)" if recorder else ""


def _moment(turn: Turn, tugas: Tugas) -> str:
    local = turn.local(tugas.finished_at or turn.now)
    return f"{day_in_words(local)} pukul {local:%H.%M} {zone_name(local)}".rstrip()


def lateness(turn: Turn, unit: str) -> str:
    """Words for the rekap: on time, or the steps that exceeded their limit."""
    if unit not in turn.perintah.units:
        return ""
    done = [t for t in turn.perintah.tugas if t.unit == unit and t.state in ("selesai", "ulang")]
    late = [t for t in done if t.due_at and t.finished_at and t.finished_at > t.due_at]
    steps = [turn.sop.step_of(tugas.act) for tugas in late]
    numbers = sorted({step.number for step in steps if step is not None})
    if not numbers:
        return ON_TIME
    return f"Terlambat: langkah {', '.join(str(number) for number in numbers)}"

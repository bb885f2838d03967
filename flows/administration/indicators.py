"""/indikator: the master list sent out, and taken in again after a look at its changes."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flows.administration.list_upload import read_list
from flows.dialogs.dialog import start
from flows.dialogs.question import Answers, Dialog, Question, summary_of
from flows.forms.form import Indicator
from flows.forms.master_list import QUARTERS, read_master
from flows.forms.numbers import format_number
from flows.model.changes import Decision, TakeIndicators
from flows.model.commands import Sent
from flows.model.conversation import Draft
from flows.model.events import Event
from flows.model.messages import Attachment
from flows.turn.command import ChatCommand, able, bare
from flows.turn.turn import Turn

MOST_MISTAKES = 4
COMPARED: Mapping[str, str] = {
    "unit": "Unit",
    "sasaran": "Sasaran",
    "indikator": "Indikator",
    "satuan": "Satuan",
    "arah": "Arah",
    "frekuensi": "Frekuensi",
    "sifat": "Sifat",
    "desimal": "Desimal",
    "limits": "Batas",
    "target_tahun": "Target Tahun",
    "boleh_negatif": "Boleh Negatif",
}


def begin(turn: Turn, rest: str) -> Decision | None:
    """Sends the present list and waits for an edited one."""
    if not turn.authority.may("indikator"):
        return _not_his(turn)
    # The list loaded is that of the perintah at hand, else this year's.
    year = turn.perintah.period.year if turn.work is not None else turn.day.year
    name = f"Indikator_{year}"
    data = {"daftar": "indikator", "indikator": list(turn.view.indicators)}
    args = {"tahun": year, "jumlah": len(turn.view.indicators)}
    files = (Attachment("template", name, data=data),)
    turn.speech.answer("daftar_indikator", args, attachments=files, is_below=True)
    return start(turn, LISTING, answers={"_tahun": f"{year}-TAHUN"})


def _not_his(turn: Turn) -> Decision:
    keepers = turn.office.labels(turn.office.roles_that("indikator"))
    return turn.refuse("indikator_bukan_kewenangan", {"berwenang": keepers})


def _year_of(answers: Answers) -> int:
    return int(str(answers["_tahun"])[:4])


def _ask_list(turn: Turn, answers: Answers) -> Question | None:
    return Question(
        "daftar",
        "tanya_indikator",
        {"tahun": _year_of(answers)},
        takes_file=True,
        read_file=lambda sent: _read(turn, sent),
    )


def _read(turn: Turn, sent: Sent) -> tuple[Indicator, ...] | Decision:
    read = read_list(turn, sent, read_master, refusal="indikator_salah", shown=MOST_MISTAKES)
    if read == turn.view.indicators:
        return turn.refuse("indikator_sama", {"nama": sent.name})
    return read


def _indicator_args(turn: Turn, answers: Answers) -> dict[str, Any]:
    wanted: Sequence[Indicator] = tuple(answers["daftar"])
    before = {one.kode: one for one in turn.view.indicators}
    after = {one.kode: one for one in wanted}
    running = [head.nomor for head in turn.view.heads if head.status == "berjalan"]
    changed = [line for kode in after if kode in before for line in _lines(before, after, kode)]
    return {
        "tahun": _year_of(answers),
        "jumlah": len(after),
        "baru": [kode for kode in after if kode not in before],
        "hilang": [kode for kode in before if kode not in after],
        "berubah": changed,
        "berjalan": running,
    }


def _lines(
    before: Mapping[str, Indicator], after: Mapping[str, Indicator], kode: str
) -> list[dict[str, str]]:
    old, new = _told(before[kode]), _told(after[kode])
    return [
        {"kode": kode, "kolom": column, "semula": old[column], "menjadi": new[column]}
        for column in old
        if old[column] != new[column]
    ]


def _told(one: Indicator) -> dict[str, str]:
    fields = {name: _words(getattr(one, field), one) for field, name in COMPARED.items()}
    targets = zip(QUARTERS, one.targets, strict=True)
    return fields | {name: _words(value, one) for name, value in targets}


def _words(value: Any, one: Indicator) -> str:
    match value:
        case Decimal():
            return format_number(value, one.desimal)
        case tuple():
            return "–".join(f"{limit}" for limit in value)
        case True:
            return "ya"
        case None | False:
            return "kosong"
    return str(value)


def _finish(turn: Turn, draft: Draft) -> Decision | None:
    if not turn.authority.may("indikator"):
        return _not_his(turn)
    wanted: tuple[Indicator, ...] = tuple(draft.answers["daftar"])
    year = _year_of(draft.answers)
    before = {one.kode: one for one in turn.view.indicators}
    after = {one.kode: one for one in wanted}
    codes = [kode for kode in {**before, **after} if before.get(kode) != after.get(kode)]
    turn.changes.append(TakeIndicators(year, wanted))
    data = {"year": year, "codes": codes}
    role = turn.authority.role_that("indikator")
    turn.events.append(Event("IndicatorsTaken", person_id=turn.person.id, role=role, data=data))
    words = {"tahun": year, "jumlah": len(wanted), "berubah": len(codes)}
    return turn.close("selesai_indikator", words)


SUMMARY = summary_of("ringkasan_indikator", _indicator_args)
LISTING = Dialog("indikator", {"daftar": _ask_list}, _finish, SUMMARY, act_key="simpan")
INDICATORS = ChatCommand("indikator", begin, able("indikator"), example=bare, is_ability=True)

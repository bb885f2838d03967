"""The definition of an SOP: the paper's words verbatim, and the acts that the engine runs."""

from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, StrictBool, StrictInt

from flows.sops.vocabulary import PLAIN, Traits
from flows.text.plain import cut_words, within_sentence

# Of a step without a short name.
LONGEST_NAME = 40

Scope = Literal["kantor", "unit"]
Label = Annotated[str, Field(min_length=1, max_length=36)]
Task = Annotated[str, Field(min_length=1, max_length=150)]
OptionValue = StrictBool | StrictInt | str | tuple[str, ...]


class Definition(BaseModel):
    """Base of definitions read from YAML by Indonesian names; an unknown name is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)


class Act(Definition):
    """One act of one holder.

    `after`: the acts that must be done before it; None means the act before it in the file.
    `returns`: where it may send the work back to, the usual one first. `is_optional`: never
    opened by the flow itself, only by a decision (an objection). `task` words the act as its
    holder's own; `short` is its name in lists. `traits` are those of its kind;
    they come with the reading, as its context, and are no part of what is defined.
    """

    code: str = Field(alias="kode")
    kind: str = Field(alias="jenis")
    performer: str = Field(alias="pelaku")
    receiver: str | None = Field(None, alias="penerima")
    scope: Scope = Field("kantor", alias="cakupan")
    after: tuple[str, ...] | None = Field(None, alias="sesudah")
    returns: tuple[str, ...] = Field((), alias="kembali")
    label: Label | None = None
    return_label: Label | None = Field(None, alias="label_kembali")
    alternates: tuple[str, ...] = Field((), alias="pengganti")
    is_timed: StrictBool = Field(True, alias="berwaktu")
    is_optional: StrictBool = Field(False, alias="hanya_bila")
    options: dict[str, OptionValue] = Field(default_factory=dict, alias="opsi")
    uraian: str | None = None
    # What comes back to whoever does the act, in the chat only: no part of a fingerprint.
    matter: Label | None = Field(None, alias="hal", exclude=True)
    short: Label | None = Field(None, alias="singkat")
    task: Task | None = Field(None, alias="tugas")
    _traits: Traits = PrivateAttr(PLAIN)

    def model_post_init(self, context: Any) -> None:
        self._traits = (context or {}).get(self.kind, PLAIN)

    @cached_property
    def traits(self) -> Traits:
        """Asked thousands of times a decision, where a private attribute of pydantic is slow."""
        return self._traits

    @property
    def is_per_unit(self) -> bool:
        return self.scope == "unit"

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that may act: the performer first, then the alternates."""
        return (self.performer, *self.alternates)


class Step(Definition):
    """A row of the paper. `uraian`, `input` and `output` are verbatim; where the paper's word is
    too short to act upon, `clear_input` and `clear_output` say what is meant. `short` is the name
    of the step in lists and above the columns of the board."""

    number: StrictInt = Field(alias="nomor")
    uraian: str
    minutes: StrictInt = Field(alias="menit")
    input: str = Field(alias="masuk")
    output: str = Field(alias="keluar")
    clear_input: str | None = Field(None, alias="masuk_jelas")
    clear_output: str | None = Field(None, alias="keluar_jelas")
    markers: dict[str, str] = Field(default_factory=dict, alias="marker_asli")
    is_reconstructed: StrictBool = Field(False, alias="rekonstruksi")
    notes: str | None = Field(None, alias="keterangan")
    short: Label | None = Field(None, alias="singkat")
    acts: tuple[Act, ...] = Field(alias="tindakan")

    @property
    def needs(self) -> str:
        return self.clear_input or self.input

    @property
    def yields(self) -> str:
        return self.clear_output or self.output

    @property
    def name(self) -> str:
        return self.short or cut_words(self.uraian, LONGEST_NAME)

    @property
    def column(self) -> str:
        """Its number and the first word of its name, as the board shows it: 4 rapat."""
        word = self.name.split(maxsplit=1)[0].rstrip(",…")
        return f"{self.number} {within_sentence(word)}"


class Closing(Definition):
    """Acts after the last step that are no numbered step (SOP-A: paraf and signature)."""

    is_active: StrictBool = Field(True, alias="aktif")
    acts: tuple[Act, ...] = Field((), alias="tindakan")


class Identity(Definition):
    """The identity block; a field that is empty on the paper is None, never invented."""

    government: str = Field(alias="pemda")
    office: str = Field(alias="perangkat_daerah")
    region: str = Field(alias="kabupaten")
    number: str | None = Field(None, alias="nomor_sop")
    made_on: date | None = Field(None, alias="tanggal_pembuatan")
    revised_on: date | None = Field(None, alias="tanggal_revisi")
    effective_on: date | None = Field(None, alias="tanggal_efektif")
    approved_by: str = Field(alias="disahkan_oleh")


class FlowColumn(Definition):
    """A performer's column of the flowchart, with the heading of the paper."""

    heading: str = Field(alias="judul")
    role: str | None = Field(None, alias="peran")


# Names for the chat, younger than the first approvals: no part of any fingerprint.
_NAMES_OF_ACTS: dict[str, Any] = {"acts": {"__all__": {"short": True, "task": True}}}
NAMES: dict[str, Any] = {
    "steps": {"__all__": {"short": True, **_NAMES_OF_ACTS}},
    "closing": _NAMES_OF_ACTS,
}
# Documentation of the SOP and its paper, neither executed nor printed.
DESCRIPTIVE: dict[str, Any] = {
    **dict.fromkeys(("name", "word", "original_labels", "anomalies", "source"), True),
    "steps": {"__all__": {"is_reconstructed": True, "short": True, **_NAMES_OF_ACTS}},
    "closing": _NAMES_OF_ACTS,
}


class Sop(Definition):
    code: str = Field(alias="kode")
    version: StrictInt = Field(alias="versi")
    title: str = Field(alias="judul")
    name: str = Field(alias="nama")
    word: str = Field(alias="kata")
    forms: tuple[str, ...] = Field(alias="formulir")
    prerequisite: str | None = Field(None, alias="prasyarat")
    corrects: str | None = Field(None, alias="memperbaiki")
    identity: Identity = Field(alias="identitas")
    legal_basis: tuple[str, ...] = Field((), alias="dasar_hukum")
    qualification: tuple[str, ...] = Field((), alias="kualifikasi")
    related: tuple[str, ...] = Field((), alias="keterkaitan")
    equipment: tuple[str, ...] = Field((), alias="peralatan")
    warning: tuple[str, ...] = Field((), alias="peringatan")
    recording: tuple[str, ...] = Field((), alias="pencatatan")
    columns: tuple[FlowColumn, ...] = Field((), alias="kolom_pelaksana")
    original_labels: dict[str, str] = Field(default_factory=dict, alias="teks_asli")
    anomalies: tuple[str, ...] = Field((), alias="catatan")
    source: str | None = Field(None, alias="sumber_asli")
    steps: tuple[Step, ...] = Field(alias="langkah", min_length=1)
    closing: Closing = Field(Closing(), alias="penutup")

    @property
    def id(self) -> tuple[str, int]:
        return self.code, self.version

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        """All acts in the order of the file, with the closing's if it is active."""
        numbered = tuple(act for step in self.steps for act in step.acts)
        return numbered + (self.closing.acts if self.closing.is_active else ())

    @property
    def first(self) -> Act:
        return self.acts[0]

    @cached_property
    def leaders(self) -> tuple[str, ...]:
        """The roles that act for the whole office, and so decide on all units."""
        return tuple(dict.fromkeys(act.performer for act in self.acts if not act.is_per_unit))

    @cached_property
    def gatherers(self) -> tuple[str, ...]:
        """The roles that hand out to the units and collect from them."""
        acts = (act for act in self.acts if act.traits.gathers and not act.is_per_unit)
        return tuple(dict.fromkeys(act.performer for act in acts))

    @cached_property
    def total_minutes(self) -> int:
        """The critical path in working minutes: the longest, each step's standard counted once."""
        ends: dict[str, int] = {}
        for act in self.acts:
            if not act.is_optional:
                starts = (ends.get(code, 0) for code in self._after[act.code])
                ends[act.code] = max(starts, default=0) + self._standard_begun_by(act)
        return max(ends.values(), default=0)

    @property
    def substance(self) -> dict[str, Any]:
        """What is executed and printed, by the YAML's names; defaults are left out."""
        unused = {} if self.closing.is_active else {"closing": True}
        return self.model_dump(
            mode="json", by_alias=True, exclude={**DESCRIPTIVE, **unused}, exclude_defaults=True
        )

    def act(self, code: str) -> Act:
        return self._by_code[code]

    def first_of_kind(self, kind: str) -> Act | None:
        return self._by_kind.get(kind)

    def has_act(self, code: str) -> bool:
        return code in self._by_code

    def step_of(self, code: str) -> Step | None:
        """The step of the act; None for an act of the closing."""
        return self._steps.get(code)

    def name_of(self, code: str) -> str:
        """The short name of the act: its own, its step's, or the first words of its uraian."""
        act, step = self.act(code), self.step_of(code)
        if act.short:
            return act.short
        return step.name if step else cut_words(act.uraian or "", LONGEST_NAME)

    def task_of(self, code: str) -> str:
        """What the holder of the act does, as his own act where the definition words it so."""
        act, step = self.act(code), self.step_of(code)
        return act.task or act.uraian or (step.uraian if step else "")

    def predecessors(self, code: str) -> tuple[Act, ...]:
        return self._before[code]

    def receivers(self, code: str) -> tuple[str, ...]:
        """The codes of the acts in which a unit receives what the act hands over."""
        return self._receivers[code]

    def downstream(self, code: str) -> frozenset[str]:
        """All direct and indirect successors of the act."""
        found = {code}
        for act in self.acts:
            if found.intersection(self._after[act.code]):
                found.add(act.code)
        return frozenset(found - {code})

    def upstream(self, code: str) -> frozenset[str]:
        """All direct and indirect predecessors of the act."""
        found: set[str] = set()
        pending = [code]
        while pending:
            before = {act.code for act in self.predecessors(pending.pop())} - found
            found |= before
            pending.extend(before)
        return frozenset(found)

    @cached_property
    def _receivers(self) -> dict[str, tuple[str, ...]]:
        acts = [act for act in self.acts if act.is_per_unit and not act.is_optional]
        return {
            one.code: tuple(act.code for act in acts if one in self.predecessors(act.code))
            for one in self.acts
        }

    @cached_property
    def _after(self) -> dict[str, tuple[str, ...]]:
        after: dict[str, tuple[str, ...]] = {}
        before: tuple[str, ...] = ()
        for act in self.acts:
            after[act.code] = before if act.after is None else act.after
            before = (act.code,)
        return after

    @cached_property
    def _before(self) -> dict[str, tuple[Act, ...]]:
        return {
            code: tuple(act for act in self.acts if act.code in after)
            for code, after in self._after.items()
        }

    @cached_property
    def _by_code(self) -> dict[str, Act]:
        return {act.code: act for act in self.acts}

    @cached_property
    def _by_kind(self) -> dict[str, Act]:
        return {act.kind: act for act in reversed(self.acts)}

    @cached_property
    def _steps(self) -> dict[str, Step]:
        return {act.code: step for step in self.steps for act in step.acts}

    def _standard_begun_by(self, act: Act) -> int:
        """The step's minutes for the act that enters the step; later acts share them."""
        step = self.step_of(act.code)
        if step is None or any(before in step.acts for before in self.predecessors(act.code)):
            return 0
        return step.minutes

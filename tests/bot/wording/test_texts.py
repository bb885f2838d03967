"""Every sentence of the chat: it exists, renders, fits a phone, and no name can break it.

Stories hold what they show to the same rules; tests/bot/samples.py has the arguments of the rest.
"""

import re
from typing import Any

import pytest
from jinja2 import Environment

from bot.wording.wording import TEXTS, Unworded, Wording
from flows.engine.commands import DECLARED
from flows.enquiries.documents import PRACTICE
from flows.enquiries.my_tasks import TASKS
from flows.enquiries.status import STATUS
from flows.forms.form import RuleCode
from flows.kinds.registry import KINDS
from flows.model.messages import Button
from flows.model.proof import TOO_LARGE, TOO_OFTEN
from flows.text.yaml import read_yaml
from reports.reading.refusals import REASONS
from tests import worded
from tests.bot import keys
from tests.bot.given import templates, wanted
from tests.bot.samples import FINDINGS, PESAN, TOAST, TOMBOL

# What the fetcher refuses comes on top of what the reader does.
REFUSALS = REASONS | {"unfetched", TOO_LARGE, TOO_OFTEN}
ENTRIES: dict[str, Any] = read_yaml(TEXTS.read_text("utf-8"))[0]
SETS = [(key, args) for key, sets in PESAN.items() for args in sets]
# What asks for nothing is held to the rules here, whether a story shows it or not.
BARE = [name for name in templates() if not wanted(name)]
# Design section 9: what acts are called. Those of the SOPs' own acts stand in flows/sops.
LABELS = (
    "Batal",
    "Terima",
    "Isi lewat chat",
    "Kirim",
    "Ganti berkas",
    "Tetap kirim",
    "Lihat data",
    "Kembalikan",
    "Mohon arahan",
    "Tambah analisis",
    "Lanjut tanpa unit",
    "Ada kesalahan",
    "Terbitkan",
    "Terbukti",
    "Tidak terbukti",
    "Teruskan",
    "Sanggah",
    "Jelaskan",
    "Lewati",
    "Ubah isian",
    "Kirim ulang berkas",
    "Kembali",
    "Benar, daftarkan",
)
SOP_LABELS = (
    "Terbitkan",
    "Teruskan",
    "Pakai format baku",
    "Kirim ke semua unit",
    "Catat rapat",
    "Format keliru",
    "Kirim",
    "Ajukan",
    "Validasi",
    "Kembalikan",
    "Sampaikan",
    "Terima",
    "Paraf",
    "Tanda tangani",
    "Ada kesalahan",
    "Kirim ke unit terdampak",
    "Setujui",
)


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording()


def test_every_message_asked_for_has_its_text() -> None:
    asked = keys.asked(keys.PESAN) | keys.embedded()
    lines = {f"selesai_{outcome}" for outcome in keys.outcomes()}
    refusals = {f"tolak_{reason}" for reason in REFUSALS}

    missing = (asked | lines | refusals) - ENTRIES["pesan"].keys()

    assert missing == set()


def test_every_text_is_asked_for() -> None:
    asked = keys.asked(keys.PESAN) | keys.constants()
    lines = {f"selesai_{outcome}" for outcome in keys.outcomes()}
    choosers = {f"pilih_{command.name}" for command in DECLARED if command.show}
    made_up = {f"tolak_{reason}" for reason in REFUSALS} | choosers

    unused = ENTRIES["pesan"].keys() - asked - lines - made_up

    assert unused == set()


def test_toasts_and_labels_are_exactly_those_asked_for() -> None:
    editable = {f"isian_{name}" for name in keys.editable()}
    offered = {f"mulai_{name.removeprefix('mampu_')}" for name in ENTRIES["kata"]
               if name.startswith("mampu_")}  # fmt: skip
    offered |= {f"mulai_{command.name}" for command in (TASKS, STATUS, PRACTICE)}

    assert keys.asked(keys.TOAST) == ENTRIES["toast"].keys()
    leaving = keys.asked({"Dialog": (99, "leave_key")})
    asked = keys.asked(keys.TOMBOL) | leaving | editable | offered
    assert asked == ENTRIES["tombol"].keys()


def test_officials_read_of_kinds_of_files_by_their_names() -> None:
    """An ending in brackets or quotes tells what to choose when a file is saved."""
    saving = re.compile(r"\(\.xlsx\)|sebagai \.xlsx|\{[%{].*?[%}]\}")
    told = {**ENTRIES["pesan"], **ENTRIES["menu"], **ENTRIES["tombol"], **ENTRIES["bagian"]}
    words = {key: saving.sub("", str(text)) for key, text in told.items()}

    engineers = re.compile(r"xlsx|\bpdf\b|\bzip\b|\bZIP\b")
    assert [key for key, text in words.items() if engineers.search(text)] == []


def test_every_ability_and_every_kind_has_its_words_in_the_first_message() -> None:
    kata = ENTRIES["kata"].keys()
    able = {f"mampu_{command.name}" for command in DECLARED if command.is_ability}

    assert able <= kata
    assert {f"kerja_{name}" for name, kind in KINDS.items() if not kind.traits.issues} <= kata


def test_every_rule_of_a_sheet_has_its_sentence() -> None:
    told = {sample["kode_aturan"] for sample in FINDINGS}

    assert told == ENTRIES["temuan"].keys()
    assert set(RuleCode.__args__) | {"N01", "N02", "N03"} == told


@pytest.mark.parametrize(("key", "args"), SETS)
def test_what_no_story_shows_keeps_to_the_rules(key: str, args: dict[str, Any]) -> None:
    worded.hold_message(key, args)


@pytest.mark.parametrize("name", BARE)
def test_what_asks_for_nothing_keeps_to_the_rules(name: str) -> None:
    section, _, key = name.partition(".")
    match section:
        case "pesan":
            worded.hold_message(key, {})
        case "toast" | "menu":
            worded.hold_toast(key if section == "toast" else name, {})
        case "tombol":
            worded.hold_label(Button(key))


@pytest.mark.parametrize(("key", "args"), TOAST.items())
def test_a_toast_that_no_story_shows_keeps_to_the_rules(key: str, args: dict[str, Any]) -> None:
    worded.hold_toast(key, args)


@pytest.mark.parametrize(("key", "args"), TOMBOL.items())
def test_a_label_that_no_story_shows_keeps_to_the_rules(key: str, args: dict[str, Any]) -> None:
    worded.hold_label(Button(key, args=args))


@pytest.mark.parametrize(
    ("key", "args", "told"),
    [
        ("terlalu_pendek", {}, "pesan.terlalu_pendek: UndefinedError: 'paling_sedikit'"),
        ("tak_ada", {}, "pesan.tak_ada: KeyError"),
        ("tidak_dipahami", {"nilai": None}, "pesan.tidak_dipahami has a gap"),
    ],
)
def test_what_breaks_a_rule_is_told(key: str, args: dict[str, Any], told: str) -> None:
    with pytest.raises((AssertionError, Unworded), match=told):
        worded.hold_message(key, args)


def test_nothing_is_compiled_after_the_start(wording: Wording, monkeypatch, tmp_path) -> None:
    """Pieces that a message includes are ready as well; only new texts are compiled."""
    compiled: list[str] = []
    ours = Environment.compile

    def note(environment, source, name=None, *further):
        compiled.append(name)
        return ours(environment, source, name, *further)

    monkeypatch.setattr(Environment, "compile", note)

    for key, args in SETS:
        wording.say(key, args)

    assert compiled == []
    new = tmp_path / "texts.yaml"
    new.write_text(TEXTS.read_text("utf-8"), "utf-8")
    assert Wording(new)
    assert len(compiled) > len(SETS)


def test_the_labels_of_the_contract_are_there_word_for_word() -> None:
    assert set(LABELS) - set(ENTRIES["tombol"].values()) == set()


@pytest.mark.parametrize("label", SOP_LABELS)
def test_the_labels_of_the_sops_are_there_word_for_word(label: str) -> None:
    sops = [path.read_text("utf-8") for path in (keys.ROOT / "flows/sops").glob("*.yaml")]

    assert any(re.search(rf"label(_kembali)?: {label}\b", text) for text in sops)


@pytest.mark.parametrize("sample", FINDINGS)
def test_a_finding_is_a_sentence_without_its_code(
    wording: Wording, sample: dict[str, Any]
) -> None:
    line = wording.sentence(sample)
    correction = wording.correction(sample)

    assert not re.search(r"None|Undefined|\{|\n|\b[EWN]\d\d\b", line + correction["perbaikan"])
    assert correction["sel"] == sample["sel"]
    assert correction["tertulis"] == sample["nilai"]
    assert correction["perbaikan"]

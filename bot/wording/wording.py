"""Rendering of message keys and arguments as text and buttons, by texts.yaml."""

import hashlib
import marshal
import os
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import CodeType
from typing import Any
from zoneinfo import ZoneInfo

import jinja2
from jinja2 import (
    DictLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateSyntaxError,
    nodes,
)
from jinja2.sandbox import SandboxedEnvironment
from pydantic import BaseModel, ConfigDict

from bot.wording.filters import Kalender, Moments, filters
from bot.wording.lengths import fitting
from flows.model.board import where_units_stand
from flows.model.messages import Button
from flows.model.perintah import Perintah
from flows.model.view import Setting
from flows.text.durations import ORDINARY_DAY, Spans
from flows.text.plain import ZERO_WIDTH_JOINER
from flows.text.yaml import Mistake, read_model, read_yaml

TEXTS = Path(__file__).parents[1] / "texts.yaml"
ROW_WIDTH, BUTTON_MARGIN = 36, 3
LONGEST_LABEL, LONGEST_TOAST = 60, 200
# Telegram takes 4096; a second sending is marked at the end.
LONGEST_TEXT = 4000
# Only these are HTML; toasts, labels and the sentences of findings are plain text.
SECTIONS = ("bagian", "pesan", "akhir", "toast", "menu", "tombol", "kata")
HTML = ("pesan.", "bagian.", "akhir.")
TAGS_ONLY = re.compile(r"^[ \t]*((?:\{%.*?%\}[ \t]*)+)\n", re.MULTILINE)
BLANK_LINES = re.compile(r"\n{3,}")
# A full stop behind an abbreviation (M.Si., Plh.) or a typed sentence that ends with one.
SECOND_STOP = re.compile(r"(?<!\.)(\.(?:</b>)?)\.(?=[\s<]|$)")
LINE_ENDS = re.compile(r"[ \t]+$", re.MULTILINE)
DIGEST_BYTES = 32


@dataclass(frozen=True, slots=True)
class Said:
    """`markup` is an inline keyboard in the Bot API's JSON, None without buttons."""

    text: str
    markup: list[list[dict[str, str]]] | None = None


class TextsInvalid(Exception):
    """texts.yaml is invalid; `mistakes` holds every mistake in it."""

    def __init__(self, path: Path, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(f"{path}: {mistake}" for mistake in mistakes))
        self.mistakes = tuple(mistakes)


class Unworded(Exception):
    """A message that cannot be rendered: `name` is the template's."""

    def __init__(self, name: str, cause: Exception) -> None:
        super().__init__(f"texts.yaml, {name}: {type(cause).__name__}: {cause}")
        self.name = name


class Temuan(BaseModel):
    """The texts of a rule: its sentence in the chat and its line in the sheet Perbaikan."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kalimat: str
    perbaikan: str
    contoh: str = ""


class Texts(BaseModel):
    """texts.yaml. `bagian` and `kata` are parts of messages and of plain sentences, `akhir` the
    last lines of a tugas."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kalender: Kalender
    bagian: dict[str, str]
    pesan: dict[str, str]
    akhir: dict[str, str]
    toast: dict[str, str]
    menu: dict[str, str]
    tombol: dict[str, str]
    kata: dict[str, str]
    temuan: dict[str, Temuan]

    def templates(self) -> Iterator[tuple[str, str]]:
        for section in SECTIONS:
            for key, text in getattr(self, section).items():
                yield f"{section}.{key}", text
        for code, temuan in self.temuan.items():
            for field, text in temuan.model_dump().items():
                yield f"temuan.{code}.{field}", text


class Wording:
    """Compiles all templates at the start; a missing argument raises Unworded."""

    def __init__(
        self, texts: Path = TEXTS, zone: str = "Asia/Makassar", day: int = ORDINARY_DAY
    ) -> None:
        content = _read(texts)
        moments = Moments(ZoneInfo(zone), content.kalender)
        sources = {name: TAGS_ONLY.sub(r"\1", text) for name, text in content.templates()}
        words = {**filters(moments, Spans(day)), "kalimat": self.sentence}
        self._templates = _compile(texts, sources, words)

    def say(
        self, key: str, args: Mapping[str, Any], rows: Sequence[Sequence[Button]] = ()
    ) -> Said:
        """`args.selesai`: key and args of the line of an act just done, put before the text."""
        done = args.get("selesai")
        rest = {**args, "lanjutan": done is not None}
        text = self._render(f"pesan.{key}", rest)
        if done is not None:
            line = self._render(f"pesan.{done['key']}", {**done["args"], "lanjutan": False})
            text = f"{line}\n\n{text}"
        text = SECOND_STOP.sub(r"\1", text)
        text = fitting(text, LONGEST_TEXT, self._render("kata.terpotong", {}))
        keyboard = [line for row in rows for line in _lines([self._key(b) for b in row])]
        return Said(text, keyboard or None)

    def toast(self, key: str, args: Mapping[str, Any]) -> str:
        """Also the description of a command: `menu.tugas`."""
        name = key if key.startswith("menu.") else f"toast.{key}"
        return _cut(self._render(name, args), LONGEST_TOAST)

    def board(self, perintah: Perintah, setting: Setting, jejak: str, now: datetime) -> Said:
        """The board of the group: units and limits, without persons and notes."""
        sop = setting.book.sop(perintah.sop, perintah.sop_version)
        ended = perintah.finished_at
        used = setting.calendar.used(perintah.started_at, ended) if ended else 0
        args = {
            "nomor": perintah.nomor,
            "sop": sop.name,
            "periode": perintah.period.label,
            "status": perintah.status,
            "saat": now,
            "berakhir": ended,
            "lama": used,
            "standar": sop.total_minutes,
            "jejak": f"{jejak[:4]}-{jejak[4:]}".upper() if jejak else "",
            "papan": where_units_stand(perintah, sop, now),
        }
        return self.say("papan", args)

    def sentence(self, finding: Mapping[str, Any]) -> str:
        """One finding, for the message and the marked workbook."""
        return self._of_finding(finding, "kalimat")

    def correction(self, finding: Mapping[str, Any]) -> dict[str, str]:
        """One line of the sheet Perbaikan."""
        return {
            "sel": str(finding["sel"]),
            "kolom": str(finding["kolom"]),
            "kode": str(finding["kode"]),
            "tertulis": str(finding["nilai"]),
            "perbaikan": self._of_finding(finding, "perbaikan"),
            "contoh": self._of_finding(finding, "contoh"),
        }

    def _of_finding(self, finding: Mapping[str, Any], field: str) -> str:
        return self._render(f"temuan.{finding['kode_aturan']}.{field}", finding)

    def _key(self, button: Button) -> dict[str, str]:
        label = button.label or self._render(f"tombol.{button.key}", button.args)
        key = {"text": _cut(_printable(label), LONGEST_LABEL)}
        return key | ({"url": button.url} if button.url else {"callback_data": button.data})

    def _render(self, name: str, args: Mapping[str, Any]) -> str:
        try:
            written = self._templates[name].render(args)
        except Exception as cause:
            raise Unworded(name, cause) from cause
        text = LINE_ENDS.sub("", _printable(written))
        return BLANK_LINES.sub("\n\n", text).strip()


def _read(path: Path) -> Texts:
    document, mistakes = read_yaml(path.read_text("utf-8"))
    if mistakes and document is None:
        raise TextsInvalid(path, mistakes)
    texts, refused = read_model(Texts, document)
    if texts is None or mistakes or refused:
        raise TextsInvalid(path, (*mistakes, *refused))
    return texts


class Pieces(DictLoader):
    """Compiles each text once and looks for unknown filters and includes, which jinja finds only
    at rendering. A text whose `code` is given was checked before."""

    def __init__(self, sources: dict[str, str], code: Mapping[str, CodeType]) -> None:
        super().__init__(sources)
        self.mistakes: list[Mistake] = []
        self.code = dict(code)

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        source, _, _ = self.get_source(environment, name)
        if name not in self.code:
            tree = environment.parse(source, name)
            self.mistakes += self._strangers(environment, name, tree)
            self.code[name] = environment.compile(tree, name)
        return Template.from_code(environment, self.code[name], globals or {})

    def _strangers(
        self, environment: Environment, name: str, tree: nodes.Template
    ) -> Iterator[Mistake]:
        for used in tree.find_all((nodes.Filter, nodes.Include)):
            match used:
                case nodes.Filter(name=wanted) if wanted not in environment.filters:
                    yield Mistake(name, f"line {used.lineno}: no filter named {wanted!r}")
                case nodes.Include(template=nodes.Const(value=wanted)) if (
                    wanted not in self.mapping
                ):
                    yield Mistake(name, f"line {used.lineno}: no piece named {wanted!r}")


def _compile(
    path: Path, sources: Mapping[str, str], words: Mapping[str, Callable[..., str]]
) -> dict[str, Template]:
    compiled = Compiled(path, Path(__file__).read_bytes(), sources, sorted(words))
    known = compiled.read()
    pieces = Pieces(dict(sources), known)
    environment = SandboxedEnvironment(
        loader=pieces,
        autoescape=lambda name: name is not None and name.startswith(HTML),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        cache_size=-1,
    )
    environment.filters.update(words)
    templates: dict[str, Template] = {}
    for name in sources:
        try:
            templates[name] = environment.get_template(name)
        except TemplateSyntaxError as error:
            pieces.mistakes.append(Mistake(name, f"line {error.lineno}: {error.message}"))
    if pieces.mistakes:
        raise TextsInvalid(path, pieces.mistakes)
    if not known:
        compiled.keep(pieces.code)
    return templates


def _lines(keys: Sequence[dict[str, str]]) -> list[list[dict[str, str]]]:
    """Splits a row of buttons too wide for a phone into several, in the same order."""
    lines: list[list[dict[str, str]]] = []
    free = 0
    for key in keys:
        width = len(key["text"]) + BUTTON_MARGIN
        if not lines or width > free:
            lines.append([])
            free = ROW_WIDTH
        lines[-1].append(key)
        free -= width
    return lines


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _printable(text: str) -> str:
    """The text without control and bidirectional characters."""
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    unseen, kept = ("Cc", "Cf", "Cs"), ("\n", ZERO_WIDTH_JOINER)
    return "".join(c for c in text if c in kept or unicodedata.category(c) not in unseen)


class Compiled:
    """Valid for the same texts, rules and versions only; otherwise templates are compiled again.
    A file that cannot be written costs only start time."""

    def __init__(self, texts: Path, *depends_on: object) -> None:
        """`depends_on`: all that the code is made from; its repr() must show each change."""
        self._path = Path(cache_from_source(str(texts)))
        self._origin = repr((MAGIC_NUMBER, jinja2.__version__, depends_on)).encode()

    def read(self) -> Mapping[str, CodeType]:
        """Each template's code by name; empty without a valid file."""
        with suppress(OSError, ValueError, TypeError, EOFError):
            kept = self._path.read_bytes()
            digest, content = kept[:DIGEST_BYTES], kept[DIGEST_BYTES:]
            if digest == self._digest(content):
                code: Mapping[str, CodeType] = marshal.loads(content)
                return code
        return {}

    def keep(self, code: Mapping[str, CodeType]) -> None:
        with suppress(OSError):
            self._path.parent.mkdir(exist_ok=True)
            with NamedTemporaryFile(dir=self._path.parent, delete=False) as file:
                content = marshal.dumps(dict(code))
                file.write(self._digest(content) + content)
            os.replace(file.name, self._path)

    def _digest(self, content: bytes) -> bytes:
        """SHA-256 over the code and everything it is made from."""
        return hashlib.sha256(self._origin + content).digest()

"""All SOPs and forms, read once from folders of YAML; all mistakes are told together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Generic, Self, TypeVar

from pydantic import BaseModel

from flows.forms.form import Form
from flows.office.kantor import Office
from flows.sops.flaws import Surroundings, flaws
from flows.sops.sop import Sop
from flows.sops.vocabulary import Traits
from flows.text.yaml import Mistake, read_model, read_yaml, without_known

PACKAGED = Path(__file__).parents[1]

Model = TypeVar("Model", bound=BaseModel)


class SopInvalid(Exception):
    """Raised for invalid SOPs or forms; a line for each mistake, `file: path: reason`."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


@dataclass(frozen=True)
class SopBook:
    """All SOPs, in several versions: a running perintah keeps the version it began with."""

    sops: tuple[Sop, ...] = ()
    forms: Mapping[str, Form] = field(default_factory=dict)

    @classmethod
    def read(cls, folders: Sequence[Path], office: Office, kinds: Mapping[str, Traits]) -> Self:
        """Reads folders with sops/*.yaml and, where needed, forms/*.yaml. Raises SopInvalid."""
        forms = [found for folder in folders for found in _read_all(folder / "forms", Form)]
        sops = [found for folder in folders for found in _read_all(folder / "sops", Sop, kinds)]
        around = Surroundings(
            office,
            kinds,
            forms={found.content.code for found in forms if found.content},
            sops={found.content.code for found in sops if found.content},
        )
        checked = [
            replace(one, mistakes=without_known(one.mistakes, flaws(one.content, around)))
            if one.content
            else one
            for one in sops
        ]
        lines = [*_lines(forms), *_doubled_forms(forms), *_lines(checked)]
        lines += [*_doubled_sops(sops), *_missing(folders)]
        if lines:
            raise SopInvalid(lines)
        return cls(
            tuple(_closed_as_wanted(each.content, office, kinds) for each in sops if each.content),
            {found.content.code: found.content for found in forms if found.content},
        )

    def sop(self, code: str, version: int) -> Sop:
        return self._by_id[code, version]

    def newest(self, code: str) -> Sop:
        return self._newest[code]

    def by_word(self, word: str) -> Sop | None:
        """The SOP that /perintah WORD starts."""
        return next((sop for sop in self.current() if sop.word == word.lower()), None)

    def current(self) -> tuple[Sop, ...]:
        """The newest version of each SOP, in reading order."""
        return tuple(self._newest.values())

    @cached_property
    def _by_id(self) -> Mapping[tuple[str, int], Sop]:
        return {sop.id: sop for sop in self.sops}

    @cached_property
    def _newest(self) -> Mapping[str, Sop]:
        newest: dict[str, Sop] = {}
        for sop in self.sops:
            if sop.code not in newest or sop.version > newest[sop.code].version:
                newest[sop.code] = sop
        return newest

    @property
    def leaders(self) -> frozenset[str]:
        """The roles that act for the whole office in some SOP."""
        return frozenset(role for sop in self.current() for role in sop.leaders)

    def form(self, code: str) -> Form:
        return self.forms[code]


@dataclass(frozen=True, slots=True)
class _Found(Generic[Model]):
    """A file's content (of an invalid one, the readable part) and its mistakes."""

    path: Path
    content: Model | None
    mistakes: tuple[Mistake, ...]


def _read_all(folder: Path, model: type[Model], context: object = None) -> list[_Found[Model]]:
    return [_read(path, model, context) for path in sorted(folder.glob("*.yaml"))]


def _read(path: Path, model: type[Model], context: object) -> _Found[Model]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return _Found(path, None, (Mistake("", f"cannot be read: {error}"),))
    document, mistakes = read_yaml(text)
    if document is None:
        return _Found(path, None, mistakes or (Mistake("", "is empty"),))
    content, refused = read_model(model, document, context)
    return _Found(path, content, (*mistakes, *refused))


def _lines(found: Iterable[_Found[Model]]) -> Iterator[str]:
    for one in found:
        yield from (f"{one.path}: {mistake}" for mistake in one.mistakes)


def _doubled_forms(found: Iterable[_Found[Form]]) -> Iterator[str]:
    first: dict[str, Path] = {}
    for one in found:
        if one.content:
            before = first.setdefault(one.content.code, one.path)
            if before != one.path:
                yield f"{one.path}: kode: {one.content.code!r} is the code of {before} too"


def _doubled_sops(found: Iterable[_Found[Sop]]) -> Iterator[str]:
    ids: dict[tuple[str, int], Path] = {}
    words: dict[str, Sop] = {}
    for one in found:
        if one.content:
            sop = one.content
            before = ids.setdefault(sop.id, one.path)
            if before != one.path:
                yield f"{one.path}: versi: {sop.code} version {sop.version} stands in {before} too"
            other = words.setdefault(sop.word, sop)
            if other.code != sop.code:
                yield f"{one.path}: kata: {sop.word!r} is the word of {other.code} too"


def _missing(folders: Sequence[Path]) -> Iterator[str]:
    for folder in folders:
        if not any((folder / "sops").glob("*.yaml")):
            yield f"{folder / 'sops'}: holds no *.yaml file, so there is no SOP to run"


def _closed_as_wanted(sop: Sop, office: Office, kinds: Mapping[str, Traits]) -> Sop:
    if office.penutup.aktif or not sop.closing.is_active:
        return sop
    # Not model_copy: it would copy the cached properties of the definition.
    document = sop.model_dump(by_alias=True)
    closing = {**document["penutup"], "aktif": False}
    return Sop.model_validate({**document, "penutup": closing}, context=kinds)

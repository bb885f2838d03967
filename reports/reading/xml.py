"""Parsing of untrusted XML parts in pieces, within limits of elements, size and depth."""

from collections.abc import Callable, Iterator, Mapping
from xml.parsers import expat

from reports.reading.refusals import Refused

MAX_DEPTH = 40
MAX_WITHOUT_MARKUP = 2**20
MAX_ELEMENTS = 2_500_000
MAX_LISTED = 20_000  # parts, relations, names: a library makes an object of each
MAX_STRINGS = 200_000
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main}"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"


class Budget:
    """How many elements a whole workbook may still hold."""

    def __init__(self) -> None:
        self.elements = MAX_ELEMENTS


class Walker:
    """Feeds one part to expat and refuses what no valid part holds.

    `starts` and `ends` say what to do at which element ("namespace}local"), nothing at others;
    `most` is how many elements the part may hold.
    """

    most = MAX_ELEMENTS

    def __init__(self, part: str, budget: Budget) -> None:
        self.part = part
        self.starts: Mapping[str, Callable[[dict[str, str]], None]] = {}
        self.ends: Mapping[str, Callable[[], None]] = {}
        self._budget = budget
        self._depth = 0
        self._left = self.most
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._doctype

    def walk(self, chunks: Iterator[bytes]) -> None:
        fed = since_markup = 0
        try:
            for chunk in chunks:
                since_markup = _run_after_markup(chunk, since_markup)
                self._check_pace(since_markup)
                self.parser.Parse(chunk, False)
                fed += len(chunk)
                # expat reads an unfinished token again with every piece: bound its length
                self._check_pace(fed - max(self.parser.CurrentByteIndex, 0))
            self.parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, LookupError) as fault:
            raise Refused("broken", part=self.part) from fault

    def _check_pace(self, length: int) -> None:
        if length > MAX_WITHOUT_MARKUP:
            raise Refused("bomb", part=self.part)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._left -= 1
        self._budget.elements -= 1
        if self._depth > MAX_DEPTH or self._left < 0 or self._budget.elements < 0:
            raise Refused("bomb", part=self.part)
        if act := self.starts.get(name):
            act(attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if act := self.ends.get(name):
            act()

    def _doctype(self, *_: object) -> None:
        raise Refused("doctype", part=self.part)


class Relations(Walker):
    """The targets of a .rels part: id -> (kind, target)."""

    most = MAX_LISTED

    def __init__(self, part: str, budget: Budget) -> None:
        super().__init__(part, budget)
        self.targets: dict[str, tuple[str, str]] = {}
        self.starts = {f"{PACKAGE}relationships}}Relationship": self._relation}

    def _relation(self, attributes: dict[str, str]) -> None:
        if attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rsplit("/", 1)[-1]
            self.targets[attributes.get("Id", "")] = (kind, attributes.get("Target", ""))


class Contents(Walker):
    """The sheets a workbook part names, in order: (name, state, relation id)."""

    most = MAX_LISTED

    def __init__(self, part: str, budget: Budget) -> None:
        super().__init__(part, budget)
        self.sheets: list[tuple[str, str, str]] = []
        self.is_workbook = False
        self.starts = {
            f"{STRICT}workbook": self._strict,
            f"{MAIN}workbook": self._workbook,
            f"{MAIN}sheet": self._sheet,
        }

    def _strict(self, _: dict[str, str]) -> None:
        raise Refused("strict")

    def _workbook(self, _: dict[str, str]) -> None:
        self.is_workbook = True

    def _sheet(self, attributes: dict[str, str]) -> None:
        relation = next((v for k, v in attributes.items() if k.endswith("}id")), "")
        state = attributes.get("state", "visible")
        self.sheets.append((attributes.get("name", ""), state, relation))


class SharedStrings(Walker):
    """How many shared strings there are."""

    def __init__(self, part: str, budget: Budget) -> None:
        super().__init__(part, budget)
        self.count = 0
        self.starts = {f"{MAIN}si": self._string}

    def _string(self, _: dict[str, str]) -> None:
        self.count += 1
        if self.count > MAX_STRINGS:
            raise Refused("bomb", part=self.part)


class ContentTypes(Walker):
    """Refuses a package that calls itself macro-enabled or binary."""

    most = MAX_LISTED

    def __init__(self, part: str, budget: Budget) -> None:
        super().__init__(part, budget)
        names = (f"{PACKAGE}content-types}}{kind}" for kind in ("Override", "Default"))
        self.starts = dict.fromkeys(names, self._type)

    def _type(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("ContentType", "").lower()
        if "macroenabled" in kind or "vbaproject" in kind:
            raise Refused("macro", part=attributes.get("PartName", self.part))
        if "sheet.binary" in kind:
            raise Refused("xlsb")


def _run_after_markup(chunk: bytes, run: int) -> int:
    last = chunk.rfind(b"<")
    return run + len(chunk) if last < 0 else len(chunk) - last

"""Telegram's HTML: source text to plain text and entities, with its own errors."""

import re
import string
from dataclasses import dataclass, replace

from simulator.world.entities import Entity, Marked, in_order, units

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "blockquote": "blockquote",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}
_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|([A-Za-z]+));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_NAME = f"{string.ascii_letters}{string.digits}.-"
_SPACE = " \t\r\n\0\v"
_ADDRESS = re.compile(r"(?:https?|tg)://\S+|mailto:\S+|[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?")
_BARE_HOST = re.compile(r"^(https?://[^/?#]+)([?#].*)?$")
_USER = re.compile(r"tg://user\?id=(\d+)")
_SURROGATES = (
    "Text contains invalid Unicode characters after decoding HTML entities, "
    "check for unmatched surrogate code units"
)


class MarkupInvalid(Exception):
    """The text is not Telegram HTML; the message is Telegram's."""


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    index: int


def parse_html(source: str) -> Marked:
    return _Reader(source).read()


def checked_link(url: str) -> str:
    """The address as Telegram keeps it; empty when it is none."""
    if not _ADDRESS.fullmatch(url):
        return ""
    if "://" not in url and not url.startswith("mailto:"):
        url = f"http://{url}"
    return _BARE_HOST.sub(r"\1/\2", url)


class _Reader:
    def __init__(self, source: str):
        self._source = source
        self._at = 0
        self._text: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def read(self) -> Marked:
        while self._at < len(self._source):
            if self._source[self._at] != "<":
                self._take_character()
            elif self._peek(1) == "/":
                self._close_tag()
            else:
                self._open_tag()
        if self._open:
            tag = self._open[-1].tag
            raise MarkupInvalid(f'Can\'t find end tag corresponding to start tag "{tag}"')
        marks = (e if e.type == "pre" else replace(e, language="") for e in self._entities)
        return "".join(self._text), in_order(marks)

    def _peek(self, ahead: int = 0) -> str:
        place = self._at + ahead
        return self._source[place] if place < len(self._source) else ""

    def _bytes(self, index: int) -> int:
        return len(self._source[:index].encode("utf-8", "surrogatepass"))

    def _take_character(self) -> None:
        character, self._at = _character_at(self._source, self._at)
        self._text.append(character)
        self._offset += units(character)

    def _skip_space(self) -> None:
        while self._peek() and self._peek() in _SPACE:
            self._at += 1

    def _take_until(self, ends: str) -> str:
        start = self._at
        while self._peek() and self._peek() not in ends:
            self._at += 1
        return self._source[start : self._at]

    def _open_tag(self) -> None:
        begin = self._at
        self._at += 1
        tag = self._take_until(f"{_SPACE}>").lower()
        if not self._peek():
            raise MarkupInvalid(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        if tag not in _TYPES:
            raise MarkupInvalid(
                f'Unsupported start tag "{tag}" at byte offset {self._bytes(begin)}'
            )
        argument = self._attributes(tag, begin)
        if tag == "span" and argument != "spoiler":
            place = self._bytes(begin)
            raise MarkupInvalid(f'Tag "span" must have class "tg-spoiler" at byte offset {place}')
        self._at += 1
        self._open.append(_Open(tag, argument, self._offset, len(self._text)))

    def _attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while True:
            self._skip_space()
            if self._peek() == ">":
                return argument
            name = self._take_until(f"{_SPACE}=>").lower()
            if not name:
                place = self._bytes(begin)
                if not self._peek():
                    raise MarkupInvalid(f'Unclosed start tag "{tag}" at byte offset {place}')
                raise MarkupInvalid(
                    f'Empty attribute name in the tag "{tag}" at byte offset {place}'
                )
            value = self._attribute_value(tag, begin)
            argument = _argument(tag, name, value) or argument

    def _attribute_value(self, tag: str, begin: int) -> str:
        self._skip_space()
        if self._peek() != "=":
            if not self._peek():
                place = self._bytes(begin)
                raise MarkupInvalid(f'Unclosed start tag "{tag}" at byte offset {place}')
            return ""
        self._at += 1
        self._skip_space()
        if not self._peek():
            place = self._bytes(begin)
            raise MarkupInvalid(f'Unclosed start tag "{tag}" at byte offset {place}')
        return self._quoted(begin) if self._peek() in "'\"" else self._name_token()

    def _name_token(self) -> str:
        start = self._at
        while self._peek() and self._peek() in _NAME:
            self._at += 1
        if not self._peek() or self._peek() not in f"{_SPACE}>":
            raise MarkupInvalid(
                f"Unexpected end of name token at byte offset {self._bytes(start)}"
            )
        return self._source[start : self._at].lower()

    def _quoted(self, begin: int) -> str:
        quote = self._peek()
        self._at += 1
        value: list[str] = []
        while self._peek() and self._peek() != quote:
            character, self._at = _character_at(self._source, self._at)
            value.append(character)
        self._at += 1
        if not self._peek():
            raise MarkupInvalid(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        return "".join(value)

    def _close_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise MarkupInvalid(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        self._at += 2
        tag = self._take_until(f"{_SPACE}>")
        self._skip_space()
        if self._peek() != ">":
            raise MarkupInvalid(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        self._at += 1
        opened = self._open.pop()
        if tag and tag.lower() != opened.tag:
            raise MarkupInvalid(
                f"Unmatched end tag at byte offset {self._bytes(begin)}, "
                f'expected "</{opened.tag}>", found "</{tag}>"'
            )
        if self._offset > opened.offset:
            self._add(opened)

    def _add(self, opened: _Open) -> None:
        length = self._offset - opened.offset
        entity = Entity(_TYPES[opened.tag], opened.offset, length)
        if opened.tag == "a":
            self._add_link(opened, entity)
        elif opened.tag == "blockquote" and opened.argument:
            self._entities.append(replace(entity, type="expandable_blockquote"))
        elif opened.tag in ("pre", "code"):
            self._add_block(opened, entity)
        elif opened.tag != "tg-emoji":
            self._entities.append(entity)

    def _add_link(self, opened: _Open, entity: Entity) -> None:
        address = opened.argument or "".join(self._text[opened.index :])
        if user := _USER.fullmatch(address):
            self._entities.append(replace(entity, type="text_mention", user=int(user[1])))
        elif url := checked_link(address):
            self._entities.append(replace(entity, url=url))

    def _add_block(self, opened: _Open, entity: Entity) -> None:
        """`pre` and `code` over the same span with a language are one block."""
        last = self._entities[-1] if self._entities else None
        if last and {last.type, entity.type} == {"pre", "code"}:
            same = (last.offset, last.length) == (entity.offset, entity.length)
            language = opened.argument or last.language
            if same and language:
                self._entities[-1] = replace(entity, type="pre", language=language)
                return
        language = opened.argument if opened.tag == "code" else ""
        self._entities.append(replace(entity, language=language))


def _argument(tag: str, name: str, value: str) -> str:
    match tag, name:
        case "a", "href":
            return value
        case "code", "class" if value.startswith("language-"):
            return value.removeprefix("language-")
        case "span", "class" if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case "blockquote", "expandable":
            return "1"
    return ""


def _character_at(source: str, at: int) -> tuple[str, int]:
    """The character at this place, a reference decoded, and the place behind it."""
    match = _REFERENCE.match(source, at)
    if match is None:
        return source[at], at + 1
    hexadecimal, decimal, name = match.groups()
    if name:
        character = _NAMED.get(name, "")
        return (character, match.end()) if character else ("&", at + 1)
    digits = hexadecimal or decimal
    code = int(digits, 16 if hexadecimal else 10) if len(digits) < 12 else 0
    if not 0 < code <= 0x10FFFF:
        return "&", at + 1
    if 0xD800 <= code <= 0xDFFF:
        raise MarkupInvalid(_SURROGATES)
    return chr(code), match.end()

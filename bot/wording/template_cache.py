"""The texts' templates as code: compiled once, then read back as Python's own modules are."""

import hashlib
import marshal
import os
from collections.abc import Mapping
from contextlib import suppress
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import CodeType

import jinja2

DIGEST_BYTES = 32


class Compiled:
    """Stands in __pycache__ beside the texts, and is as good as it is of use: another text, rule
    or version makes it anew, and where it cannot be kept the start takes longer, no more."""

    def __init__(self, texts: Path, *depends_on: object) -> None:
        """`depends_on`: all that the code follows from, with a spelling of its own."""
        self._path = Path(cache_from_source(str(texts)))
        self._origin = repr((MAGIC_NUMBER, jinja2.__version__, depends_on)).encode()

    def read(self) -> Mapping[str, CodeType]:
        """Each template's code by name; empty where there is none that fits."""
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
        """Of the code and of what it follows from: another of either is of no use."""
        return hashlib.sha256(self._origin + content).digest()

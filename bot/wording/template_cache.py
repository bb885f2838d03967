"""File cache of the compiled templates of texts.yaml, in __pycache__ like Python's modules."""

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

"""A workbook opened by openpyxl for reading, with its texts as the file writes them."""

from typing import IO, Any, BinaryIO

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse


def open_workbook(stream: BinaryIO, *, data_only: bool = True) -> Any:
    """The workbook in read-only mode; `data_only` gives a formula's value, not its source.

    A stream, not a path: openpyxl judges a path by its ending, and stored files have none.
    """
    reader = _Reader(stream, True, data_only=data_only, keep_links=False)
    reader.read()
    return reader.wb


class _Reader(ExcelReader):
    def read_strings(self) -> None:
        """openpyxl's own drops every "x005F_" from texts: half of one escape of Excel's."""
        part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
        if part is not None:
            with self.archive.open(part.PartName[1:]) as stream:
                self.shared_strings = _strings(stream)


def _strings(stream: IO[bytes]) -> list[str]:
    found: list[str] = []
    for _, node in iterparse(stream):
        if node.tag == f"{{{SHEET_MAIN_NS}}}si":
            text = Text.from_tree(node)
            found.append(text.content if text is not None else "")
            node.clear()
    return found

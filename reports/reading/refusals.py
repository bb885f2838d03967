"""The reasons for not reading a file: one key each, worded by the chat."""

from typing import Literal, get_args

from flows.forms.form import Unreadable

Reason = Literal[
    "archive",  # another packed file: zip, rar, 7z
    "bad_number",  # cell, value: a numeric cell that holds no finite number
    "bomb",  # part: unpacks to far more than any form needs
    "broken",  # part, may be empty: truncated, damaged, not what it says it is
    "crash",  # the reading process ended by itself
    "csv",
    "doctype",  # part
    "empty",
    "far_cell",  # sheet, cell: filled beyond row 20,000 or column ZZ
    "google_link",  # a shortcut to a Google sheet, not the sheet
    "html",
    "label",  # encrypted by a sensitivity label: only its own office can open it
    "lock_file",  # what Excel or LibreOffice leave beside an open file ("~$...")
    "image",
    "macro",  # part
    "memory",  # the reading process ran out of memory
    "merge",  # sheet, cell: a merged area without bounds
    "no_sheet",  # no visible worksheet
    "not_workbook",
    "ods",
    "password",
    "pdf",
    "rows_lost",  # sheet, read, seen: rather refused than read short
    "rows_unordered",  # sheet, cell
    "shared_index",  # sheet, cell: points at a text that does not exist
    "strict",  # saved as Strict Open XML
    "timeout",
    "too_large",  # limit (MB)
    "too_many_cells",  # limit
    "too_many_rows",  # sheet, limit: formatted to the end of the sheet
    "too_many_sheets",  # limit
    "too_much_text",  # sheet
    "xls",
    "xlsb",
]
REASONS: frozenset[str] = frozenset(get_args(Reason))


class Refused(Exception):
    """Raised in a parser's callbacks with the reason for refusing the file."""

    def __init__(self, reason: Reason, **detail: str) -> None:
        super().__init__(reason)
        self.unreadable = Unreadable(reason, detail)

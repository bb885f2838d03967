"""Whether any row names a stored file."""

import re
from collections.abc import Iterable, Set
from typing import Any

from sqlalchemy import Boolean, Date, DateTime, Integer, Text, cast
from sqlmodel import SQLModel
from sqlmodel.sql.expression import Select

from storage.record.unit import Part
from storage.rows.columns import DecimalText, UtcDateTime

SHA256 = re.compile("[0-9a-f]{64}")
WITHOUT = (Integer, Boolean, Date, DateTime, UtcDateTime, DecimalText)
# Hashes of entries of the record, never of files.
CHAINED = {"prev_hash", "hash", "seal"}
AT_ONCE = 1000


class Naming(Part):
    def unnamed(self, hashes: Set[str]) -> frozenset[str]:
        """Those that stand in no column of any table; reads the whole database for it."""
        left = set(hashes)
        for table in SQLModel.metadata.sorted_tables:
            texts = [
                cast(column, Text)
                for column in table.columns
                if not isinstance(column.type, WITHOUT) and column.name not in CHAINED
            ]
            if not left or not texts:
                continue
            rows: Iterable[Any] = self._session.exec(
                Select(*texts).execution_options(yield_per=AT_ONCE)
            )
            for row in rows:
                for text in row:
                    left.difference_update(SHA256.findall(text or ""))
        return frozenset(left)

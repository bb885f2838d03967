"""An immutable empty mapping, the default for fields of named tuples."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

EMPTY: Mapping[str, Any] = MappingProxyType({})

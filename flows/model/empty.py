"""A mapping that holds nothing, for the default of a named tuple's field."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

EMPTY: Mapping[str, Any] = MappingProxyType({})

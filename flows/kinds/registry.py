"""All kinds by name: every module of this room that declares a KIND."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules

import flows.kinds
from flows.sops.vocabulary import Traits
from flows.turn.turn import Kind


def _declared() -> Iterator[Kind]:
    for found in iter_modules(flows.kinds.__path__, "flows.kinds."):
        kind = getattr(import_module(found.name), "KIND", None)
        if kind is not None:
            yield kind


KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _declared()}
TRAITS: Mapping[str, Traits] = {name: kind.traits for name, kind in KINDS.items()}

"""A file on its way out."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Paper:
    """Ready to be sent under its name."""

    name: str
    path: Path
    is_drawn: bool = False

    @property
    def is_picture(self) -> bool:
        """One of our own drawing; what people send stays the document it came as."""
        return self.name.endswith(".png") and self.is_drawn

"""Both SOPs of the office, laid out for print."""

from pathlib import Path

from flows.kinds.registry import TRAITS
from flows.office.kantor import Office
from flows.sops.book import PACKAGED, SopBook

ROOT = Path(__file__).parents[2]
OFFICE = Office.parse((ROOT / "kantor.yaml").read_text("utf-8"), "kantor.yaml")
SOPS = SopBook.read([PACKAGED], OFFICE, TRAITS).current()

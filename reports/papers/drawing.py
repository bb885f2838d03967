"""Drawing of a paper from its JSON body, by its line in the catalogue."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from flows.papers.catalogue import Paper
from flows.papers.facts import Data, FormData, Issue, RekapData
from reports.papers.layout import laid_out
from reports.papers.typst import TEMPLATES, Format, render
from reports.workbooks.formbook import write_form
from reports.workbooks.rekapbook import write_rekap

WRITERS: Mapping[type[Data], Callable[[Path, Any, Issue], None]] = {
    FormData: lambda target, data, issue: write_form(target, data, issue.kode),
    RekapData: write_rekap,
}


def draw(
    line: Paper,
    body: bytes,
    issue: Issue,
    target: Path,
    format: str,
    logo: bytes | None = None,
    templates: Path = TEMPLATES,
) -> None:
    """`body` is the JSON of the facts; `logo` is not used in a workbook."""
    facts = line.facts.model_validate_json(body)
    if format == "xlsx":
        WRITERS[line.facts](target, facts, issue)
    else:
        content = laid_out(facts, issue, logo)
        render(line.kind, content, target, cast(Format, format), templates)

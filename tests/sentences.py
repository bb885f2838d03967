"""What no sentence may say to an official: bare numbers of steps, made-up titles, wrong marks."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flows.model.messages import Button
from tests.bot.screen import seen

# An ordinary day of the office has so many working minutes.
DAY = 450
# Buttons that offer a moment to come.
OFFERS = {
    "tambah_hari", "tambah_menit", "tambah_setengah", "sampai_pagi", "tenggat_baku",
    "tenggat_hari", "urungkan", "urungkan_unit",
}  # fmt: skip
STEP = re.compile(r"\blangkah \d+", re.IGNORECASE)
NAMED = re.compile(r" \(\w")
OF_ALL = re.compile(r"/\d+\)")
QUOTED = re.compile(r"“[^”]*”")
TITLE = re.compile(r"\b(?:Kepala (?:Bidang|Dinas|Sub)|Sekretaris\b|Kasubag)")
# 2.9 MB, 92.08%, rata-rata 91.5; but 1.234,56% and 08.33.
POINT = re.compile(
    r"(?<![\d.])\d+\.\d{1,2}(?= ?(?:%|[kMG]B))|(?:rata-rata|capaian) \d+\.\d{1,2}\b"
)
MINUTES = re.compile(r"(\d[\d.]*) menit")
DAYS = re.compile(r"hari kerja[^\n(]* \($")


class Office(NamedTuple):
    """What is right in this office: titles of the staff list, codes of units."""

    titles: Collection[str]
    units: Collection[str]


def faults(text: str, office: Office | None = None) -> Iterator[str]:
    """A sentence for each fault of a rendered message; what people have typed is theirs. Titles
    are held against an office only where one is given."""
    shown = QUOTED.sub("“”", seen(text))
    for line in shown.splitlines():
        yield from (f"{found}: {line}" for found in _faults(line, office))


def _faults(line: str, office: Office | None) -> Iterator[str]:
    for step in STEP.finditer(line):
        rest = line[step.end() :]
        is_own = OF_ALL.match(rest) and line.startswith("Tugas ")
        if not NAMED.match(rest) and not is_own:
            yield "a step without its name"
    if office is not None:
        for title in TITLE.finditer(line):
            if not _is_listed(line[title.start() :], office):
                yield "a title that the staff list does not know"
    if ".." in line:
        yield "two full stops"
    if POINT.search(line):
        yield "a point as decimal mark"
    for minutes in MINUTES.finditer(line):
        is_long = int(minutes[1].replace(".", "")) > DAY
        if is_long and not DAYS.search(line[: minutes.start()]):
            yield "minutes without their days"


def _is_listed(told: str, office: Office) -> bool:
    for title in sorted(office.titles, key=len, reverse=True):
        if told.startswith(title):
            after = told[len(title) :]
            word = after.split()[0].strip(".,;:()") if after.strip() else ""
            return not after[:1].isalnum() and not (after[:1] == " " and word in office.units)
    return False


def passed(
    args: Mapping[str, Any], rows: Sequence[Sequence[Button]], now: datetime
) -> Iterator[str]:
    """What offers a moment which is over: a limit asked for or proposed, or a button."""
    for name in ("menjadi", "tenggat"):
        if args.get(name) and datetime.fromisoformat(str(args[name])) <= now:
            yield f"{name} is {args[name]} at {now}"
    for button in (button for row in rows for button in row):
        if button.key in OFFERS and datetime.fromisoformat(button.args["saat"]) <= now:
            yield f"{button.key} offers {button.args['saat']} at {now}"

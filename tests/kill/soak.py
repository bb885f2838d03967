"""Both SOPs played by simulated officials while the bot is killed at random moments.

By hand, as many as wanted: python -m tests.kill.soak --kills 200. With --faulty the bot confirms
before it keeps, and the drill must fail for that reason.
"""

import argparse
import math
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from openpyxl import load_workbook

from bot.operations.verify import audit
from bot.simulate import TOKEN
from storage.store import Store
from tests.bot.ports import free_port
from tests.kill.loss import lost_updates
from tests.kill.office import ROOT, KilledOffice

# Of its lives so many are cut short while it still starts; the rest until so much has happened,
# or nothing for so long.
STILLBORN, MOST_EVENTS, LONGEST = 0.1, 16, 4.0
LOOK_SECONDS = 0.05
PLAY_SECONDS = 3600.0
# A bot that dies every few seconds takes its time, more so on a busy machine.
PATIENCE = "600"
PROGRAM = "bot"
FORGETFUL = "tests.kill.forgetful"


class Office:
    """The simulated office from outside: how far it is."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self._http = httpx.Client(base_url=self.base, timeout=30, trust_env=False)
        self.polls = 0
        self.events = 0

    def last_confirmed(self) -> int:
        return int(self._http.get("/api/state").json()["last_confirmed"])

    def wait_for(
        self,
        bot: subprocess.Popen[bytes],
        simulator: subprocess.Popen[str],
        reached: Callable[[dict[str, Any]], bool],
        seconds: float = math.inf,
    ) -> None:
        """Until it is so or the play is over; by what is there, not by what time it takes."""
        until = time.monotonic() + seconds
        while simulator.poll() is None and time.monotonic() < until:
            assert bot.poll() is None, f"the bot ended by itself: {bot.returncode}"
            try:
                state = self._http.get("/api/state").json()
            except httpx.HTTPError:
                time.sleep(0.1)
                continue
            self.polls, self.events = state["polls"], state["last_event"]
            if reached(state):
                return
            time.sleep(LOOK_SECONDS)


@dataclass
class Play:
    """`kills` beforehand; what came of it once both SOPs have ended (`code` 0)."""

    folder: Path
    kills: int
    seed: int
    program: str = PROGRAM
    done: int = 0
    code: int = -1
    last: str = ""
    lost: list[int] = field(default_factory=list)

    def run(self) -> "Play":
        port, chance = free_port(), random.Random(self.seed)
        KilledOffice(self.folder, port, [])._prepare()
        acts = (self.folder / "acts.log").open("w", encoding="utf-8")
        simulator = subprocess.Popen(
            [sys.executable, "-m", "simulator", "--port", str(port), "--token", TOKEN,
             "--start", "2026-11-24 07:30", "--people", str(self.folder / "people.json"),
             "--auto", "--results", str(self.folder / "hasil"), "--patience", PATIENCE],
            cwd=ROOT, stdout=acts, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            self._live(simulator, Office(port), chance)
            if self.lost:
                self.last = f"confirmed and never kept: {self.lost}"
            else:
                assert simulator.stderr is not None
                self.code = simulator.wait(10)
                self.last = simulator.stderr.read()
        finally:
            simulator.kill()
            simulator.communicate()
            acts.close()
        return self

    def _live(
        self, simulator: subprocess.Popen[str], office: Office, chance: random.Random
    ) -> None:
        until = time.monotonic() + PLAY_SECONDS
        while simulator.poll() is None and time.monotonic() < until:
            bot = self._started(office)
            try:
                office.wait_for(bot, simulator, lambda state: state["onboarding"] == "done")
                if self.done < self.kills:
                    self._die(bot, simulator, office, chance)
                else:
                    office.wait_for(bot, simulator, lambda state: False)
            finally:
                bot.kill()
                bot.wait()
            if simulator.poll() is None:
                self.lost = lost_updates(self.folder, office.last_confirmed())
                if self.lost:
                    return

    def _die(
        self,
        bot: subprocess.Popen[bytes],
        simulator: subprocess.Popen[str],
        office: Office,
        chance: random.Random,
    ) -> None:
        """Some lives end while it still starts; the others once so much has happened in them."""
        if chance.random() < STILLBORN:
            time.sleep(chance.uniform(0.0, 1.0))
        else:
            polls, wanted = office.polls, office.events + chance.randrange(MOST_EVENTS)
            office.wait_for(bot, simulator, lambda state: state["polls"] > polls)
            office.wait_for(bot, simulator, lambda state: state["last_event"] >= wanted, LONGEST)
            time.sleep(chance.uniform(0.0, LOOK_SECONDS))
        assert bot.poll() in (None, 1), f"the bot ended by itself: {bot.returncode}"
        self.done += simulator.poll() is None

    def _started(self, office: Office) -> subprocess.Popen[bytes]:
        base = office.base
        environment = {
            **os.environ,
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": base,
            "CLOCK_URL": f"{base}/clock",
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": f"sqlite:///{self.folder}/sigap.db",
            "KANTOR_FILE": str(ROOT / "kantor.yaml"),
        }
        with (self.folder / "bot.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", self.program, "run"],
                cwd=ROOT, env=environment, stdout=log, stderr=log,
            )  # fmt: skip


def outcome(folder: Path) -> dict[str, Any]:
    """What both perintah came to, whoever was quicker: acts, data, findings, papers, figures."""
    store = Store(f"sqlite:///{folder}/sigap.db", folder, None)
    try:
        assert audit(store).breaks == ()  # every chain, paper and file is there and whole
        with store.reading() as queries:
            assert queries.backlog.parked() == ()
            found = {f"p{number}": _told(queries, number) for number in (1, 2)}
    finally:
        store.close()
    for name in ("A", "B"):
        book = load_workbook(folder / "hasil" / f"{name}-rekap.xlsx", data_only=True)
        found[name] = {
            sheet.title: [[str(cell) for cell in row] for row in _timeless(sheet)]
            for sheet in book.worksheets
            if sheet.title in ("Ringkasan", "SEK", "DAL", "KBK", "PPR", "PPA")
        }
    return found


def _timeless(sheet: Any) -> list[tuple[Any, ...]]:
    """Without the last word of Ringkasan: who was late depends on how often the bot died."""
    rows = list(sheet.iter_rows(values_only=True))
    return [row[:-1] for row in rows] if sheet.title == "Ringkasan" else rows


def _told(queries: Any, number: int) -> dict[str, Any]:
    perintah = queries.orders.find(number)
    acts = [(t.act, t.unit or "", t.person_id or 0, t.round, t.state, t.outcome)
            for t in perintah.tugas]  # fmt: skip
    events = [
        (e.event.name, e.event.tugas or "", e.event.unit or "")
        for e in queries.record.events(f"p{number}")
        if e.event.name == "TugasFinished"
    ]
    assert {event for event in events if events.count(event) > 1} == set()
    return {
        "status": perintah.status,
        "acts": sorted(acts),
        "files": sorted(
            (f.unit or "", f.kode or "", f.name) for f in queries.record.kept_files(number)
        ),
        "data": sorted(
            (d.unit, d.version, repr([(r.kode, r.realisasi) for r in d.rows]))
            for d in perintah.data
        ),
        "findings": sorted((f.unit, f.kode, f.verdict) for f in perintah.temuan),
        "papers": sorted((d.kind, d.unit or "", d.version) for d in perintah.dokumen),
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.kill.soak")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the offices stay, to be looked at")
    parser.add_argument("--faulty", action="store_true", help="a bot that must lose an update")
    options = parser.parse_args()
    program = FORGETFUL if options.faulty else PROGRAM
    with tempfile.TemporaryDirectory() as temporary:
        name = options.folder or Path(temporary)
        quiet = Play(_folder(name, "quiet"), 0, options.seed).run()
        assert quiet.code == 0, quiet.last
        wanted, left, number = outcome(quiet.folder), options.kills, 0
        while left > 0:
            number += 1
            folder = _folder(name, f"play{number}")
            play = Play(folder, left, options.seed + number, program).run()
            left -= play.done
            found = outcome(folder) if play.code == 0 else None
            word = "same" if found == wanted else "DIFFERENT"
            print(f"play {number}: {play.done} kills, {word}", flush=True)
            if found != wanted:
                print(play.last if found is None else _difference(wanted, found))
                return 1
    return 0


def _folder(parent: Path, name: str) -> Path:
    folder = parent / name
    folder.mkdir(parents=True)
    return folder


def _difference(wanted: dict[str, Any], found: dict[str, Any]) -> str:
    return "\n".join(
        f"{part}.{key}: {found[part].get(key)!r:.600} instead of {value!r:.600}"
        for part in wanted
        for key, value in wanted[part].items()
        if found[part].get(key) != value
    )


if __name__ == "__main__":
    sys.exit(main())

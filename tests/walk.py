"""A random walk over an office at work: what stands on people's screens is pressed and answered,
commands are typed, the clock jumps, the posts are filled anew, the process dies and returns; after
every act the promises about perintah and tugas hold."""

import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

from flows.engine.decide import decide
from flows.forms.form import Sheet
from flows.model.changes import Decision
from flows.model.commands import Command, DayBegan, Digested, Outage, Pressed
from flows.model.messages import Toast
from flows.model.perintah import Perintah, Tugas
from flows.sops.sop import Sop
from flows.turn.transitions import LIVE
from tests.conftest import STAGES
from tests.kantor import Kantor, Seen, open_store_in
from tests.officials import (
    ADMIN,
    HARMLESS,
    KADIS,
    KASUBAG,
    SEKRETARIS,
    SENTENCE,
    find_wrong,
    sign,
)
from tests.stories.test_perbaikan import drop as drop_all
from tests.workbooks import figures_of, filled, first_filling

LEADERS = (KADIS, SEKRETARIS, KASUBAG)
LINES = (
    "/hentikan {n}",
    "/ubah {n}",
    "/hentikan",
    "/ubah",
    "/perintah perbaikan TW III 2026",
    "/perintah pengumpulan TW III 2026",
    "/tugas",
    "/status {n}",
    "/kendala",
    "/perpanjangan",
    "/batal",
    "/catat",
    "siap",
    "kendala: listrik padam di kantor",
)
WORDS = (SENTENCE, "besok 10.00", "2 jam", "PPA-06 PPR-06", "KBK-03", "batal", "kembali", "159")
# Post, who fills it meanwhile, his mandate, the unit.
STAND_INS = (
    ("Kepala Dinas", "Ardin", "Plh.", ""),
    ("Sekretaris", "Yusnita", "Plh.", ""),
    ("Kasubag Perencanaan dan Evaluasi", "Taufik", "Plh.", ""),
    ("Kepala Bidang", "Joni", "Plh.", "PPR"),
)
# Verbs that do an act, not look at it or ask for something.
ACTING = ("ok", "ttd", "sah", "gugur", "salah", "nihil", "kembali")
MORNING = timedelta(hours=7, minutes=31)
UNFINISHED = ("berjalan", "menunggu")


def _second_round(kantor: Kantor) -> None:
    find_wrong(kantor, "PPA-06 KBK-03")


def _given_back(kantor: Kantor) -> None:
    drop_all(kantor, 3)
    kantor.press(KADIS, "tidak_ada_kesalahan", kantor.task(KADIS, "tugas_temuan"))


def _corrected_again(kantor: Kantor) -> None:
    sign(kantor)
    kantor.say(KADIS, "/perintah perbaikan TW III 2026")
    kantor.say(KADIS, "PPR-06")
    kantor.say(KADIS, SENTENCE)
    kantor.press(KADIS, "terbitkan", kantor.last(KADIS))


# Where a walk begins: at a stage of the stories, or a few acts after it.
STARTS: dict[str, tuple[str, Callable[[Kantor], object] | None]] = {
    **{name: (name, None) for name in STAGES},
    "second_round": ("before_signing", _second_round),
    "given_back": ("found", _given_back),
    "corrected_again": ("before_signing", _corrected_again),
}


class Interrupted(Exception):
    """The process dies before the commit."""


class Walk:
    """`acts` tells what has been done, for whoever reads a failure."""

    def __init__(self, kantor: Kantor, begin: Callable[[Kantor], object] | None = None) -> None:
        if begin is not None:
            begin(kantor)
        self.kantor = kantor
        self.acts: list[str] = []
        self._ended: dict[int, str] = {}
        self._pressed: list[tuple[str, int, str]] = []
        self._before: dict[int, Perintah] = {}
        self._read: dict[int, tuple[int, Perintah]] = {}
        self._begun = self._events()
        self.check()

    # What people do; `pick` chooses among what they have before them, the newest first.

    def press(self, who: int, pick: int) -> None:
        """Any button of somebody's chat."""
        on_screens = {name: self._buttons(name) for name in self.kantor.people}
        acting = [name for name, buttons in on_screens.items() if buttons]
        if acting:
            name = acting[who % len(acting)]
            message_id, data = _chosen(on_screens[name], pick)
            self._press(name, message_id, data)

    def work(self, which: int, pick: int) -> None:
        """A button of an open tugas, by somebody who has it before him, or its workbook; mostly
        its first button, and mostly to the end of the dialog that it opens."""
        opened = [t for each in self.perintah() for t in each.open_tugas]
        if not opened:
            return
        tugas = _chosen(opened, which)
        person = self._named(tugas.person_id)
        if person is not None and pick % 3 and (sheet := self._sheet(tugas)) is not None:
            self._note(f"{person} sends the workbook of {tugas.unit}")
            self.kantor.send(person, sheet, "isian.xlsx")
            self.check()
        found = [
            (name, seen, button)
            for name in self.kantor.people
            for seen in sorted(self.kantor.chat(name), key=lambda seen: -seen.touched)
            for button in seen.buttons
            if button.ref == tugas.ref
        ]
        acting = [each for each in found if each[2].verb in ACTING]
        if found:
            name, seen, button = _chosen(acting if acting and pick % 5 else found, pick)
            self._press(name, seen.id, button.data)
            if self.kantor.draft(name) is not None and pick % 4:
                self._follow(name)

    def carry_on(self, which: int, pick: int) -> None:
        """Several tugas one after another, as on a good day."""
        for step in range(6):
            self.work(which + step, pick + 7 * step)

    def answer(self, who: int, pick: int) -> None:
        """The open question of somebody, by one of its buttons or in words."""
        asked = [name for name in self.kantor.people if self.kantor.draft(name) is not None]
        if not asked:
            return
        name = asked[who % len(asked)]
        seen = self._question(name)
        offered = [b for b in seen.buttons if b.url == ""] if seen is not None else []
        kind = [b for b in offered if b.key not in HARMLESS]
        if seen is not None and kind and pick % 8:
            self._press(name, seen.id, kind[pick % len(kind)].data)
        elif seen is not None and pick % 50 == 0:
            self._press(name, seen.id, offered[pick % len(offered)].data)
        else:
            self._say(name, WORDS[pick % len(WORDS)] if pick % 4 == 0 else SENTENCE)

    def follow(self, who: int) -> None:
        """A dialog to its end, by its first button, a sentence where it has none."""
        asked = [name for name in self.kantor.people if self.kantor.draft(name) is not None]
        if asked:
            self._follow(asked[who % len(asked)])

    def _follow(self, name: str) -> None:
        for _ in range(12):
            seen = self._question(name)
            if seen is None:
                return
            offered = [b for b in seen.buttons if b.key not in HARMLESS]
            ready = [b for b in offered if b.key == "lanjut" and b.args["n"]]
            if seen.key.startswith("tanya_temuan_unit"):
                self._say(name, "PPA-06 PPR-06")
            elif offered:
                self._press(name, seen.id, (ready or offered)[0].data)
            else:
                self._say(name, SENTENCE)

    def undo(self, who: int, pick: int) -> None:
        """Urungkan, by whoever has it before him."""
        offered = [
            (name, message_id, data)
            for name in self.kantor.people
            for message_id, data in self._buttons(name)
            if data.startswith("urungkan:")
        ]
        if offered:
            self._press(*_chosen(offered, pick))

    def say(self, who: int, pick: int) -> None:
        names = (*LEADERS, *LEADERS, *self.kantor.people)
        line = LINES[pick % len(LINES)]
        name = names[who % len(names)]
        self._say(name, line.format(n=1 + who % (len(self.perintah()) + 1)))
        if pick % 3:
            self._follow(name)

    def press_again(self, who: int, pick: int) -> None:
        """A button pressed before, or by somebody who has it from another's screen."""
        if not self._pressed:
            return
        name, message_id, data = _chosen(self._pressed, pick)
        names = list(self.kantor.people)
        self._press(names[who % len(names)] if who % 3 == 0 else name, message_id, data)

    # What happens to them.

    def wait(self, minutes: int) -> None:
        self._note(f"{minutes} minutes pass")
        self.kantor.pass_minutes(minutes)
        self.kantor.tick()

    def next_morning(self) -> None:
        zone = self.kantor.setting.calendar.zone
        calendar = self.kantor.setting.calendar
        day = calendar.workday_after(self.kantor.now.astimezone(zone).date())
        self._note(f"the morning of {day}")
        self.kantor.now = datetime(day.year, day.month, day.day, tzinfo=zone) + MORNING
        self.kantor.do(DayBegan(f"hari{day}"))
        for name in LEADERS:
            self.kantor.do(Digested(self.kantor.people[name], f"pagi{day}{name}"))
        self.kantor.tick()

    def go_down(self, minutes: int) -> None:
        """The process dies, is away, and comes back with an empty memory."""
        kantor, begin = self.kantor, self.kantor.now
        self._note(f"away for {minutes} minutes")
        kantor.store.close()
        kantor.pass_minutes(minutes)
        kantor.store = open_store_in(kantor.folder)
        for each in self.perintah():
            if each.status == "berjalan":
                kantor.do(Outage(each.id, f"g{each.id}{begin}", begin, kantor.now))
        kantor.tick()

    def die_within(self, who: int, pick: int) -> None:
        """The process dies in the transaction of a press; the press comes once more."""
        name = list(self.kantor.people)[who % len(self.kantor.people)]
        buttons = self._buttons(name)
        if not buttons:
            return
        message_id, data = _chosen(buttons, pick)
        before = self.kantor.facts()
        origin = self.kantor.origin(name, message_id=message_id)
        command = Pressed.read(origin, f"c{self.kantor.count}", data)
        try:
            self._interrupt(command)
        except Interrupted:
            assert self.kantor.facts() == before
        self._press(name, message_id, data)

    def stand_in(self, which: int, days: int) -> None:
        """The admin gives a post to somebody else for some days."""
        role, person, mandate, unit = STAND_INS[which % len(STAND_INS)]
        zone = self.kantor.setting.calendar.zone
        first = self.kantor.now.astimezone(zone).date()
        last = first + timedelta(days=days)
        self._note(f"{person} is {mandate} {role} {unit} until {last}")
        kantor = self.kantor
        kantor.say(ADMIN, "/batal")
        kantor.say(ADMIN, "/pejabat")
        kantor.press(ADMIN, "tetapkan_pejabat")
        for line in (role, unit, person):
            if line:
                self._choose(ADMIN, line)
        kantor.press(ADMIN, mandate)
        for line in (f"{first:%d-%m-%Y}", f"{last:%d-%m-%Y}", "800/17/X/2026"):
            kantor.say(ADMIN, line)
        kantor.press(ADMIN, "simpan")

    # What holds after every act.

    def check(self) -> None:
        found = {each.id: each for each in self.perintah()}
        for each in found.values():
            sop = self.kantor.setting.book.sop(each.sop, each.sop_version)
            children = [p for p in found.values() if p.parent_id == each.id]
            self._has_something_to_do(each, children)
            self._stays_ended(each)
            self._joins_wait(each, sop)
            self._is_signed(each, sop)
            former = self._before.get(each.id)
            assert former is None or len(former.tugas) <= len(each.tugas), self._told(each)
        running = [(p.sop, p.period, p.form) for p in found.values() if p.status in UNFINISHED]
        assert len(running) == len(set(running)), "the same order runs twice"
        self._before = found

    def conclude(self) -> Counter[str]:
        """The record of everything is whole. What the walk has added to it, by name."""
        with self.kantor.store.reading() as queries:
            assert queries.record.verify() == ()
        return self._events() - self._begun

    def _events(self) -> Counter[str]:
        with self.kantor.store.reading() as queries:
            chains = [queries.record.events(f"p{number}") for number in queries.orders.ids()]
        return Counter(entry.event.name for chain in chains for entry in chain)

    def perintah(self) -> list[Perintah]:
        """As the database holds them; read again only where one has been written since."""
        with closing(sqlite3.connect(self.kantor.folder / "sigap.db")) as database:
            found = database.execute(
                "SELECT id, revision FROM perintah JOIN chain ON chain = 'p' || id"
            )
            revisions = dict(found.fetchall())
        stale = [n for n, r in revisions.items() if self._read.get(n, (-1, None))[0] != r]
        if stale:
            with self.kantor.store.reading() as queries:
                self._read |= {n: (revisions[n], queries.orders.get(n)) for n in stale}
        return [self._read[number][1] for number in sorted(revisions)]

    def _has_something_to_do(self, each: Perintah, children: list[Perintah]) -> None:
        live = [t for t in each.tugas if t.state in LIVE]
        match each.status:
            case "berjalan":
                assert each.open_tugas, f"nothing is open: {self._told(each)}"
            case "menunggu":
                assert [c for c in children if c.status == "berjalan"], self._told(each)
                assert not each.open_tugas, self._told(each)
            case _:
                assert not live, f"it has ended with {live}: {self._told(each)}"

    def _stays_ended(self, each: Perintah) -> None:
        former = self._ended.get(each.id, each.status)
        assert each.status == former, f"it was {former}: {self._told(each)}"
        if each.status in ("selesai", "batal"):
            self._ended[each.id] = each.status

    def _joins_wait(self, each: Perintah, sop: Sop) -> None:
        """An act is open only while all acts before it are done: a join waits for every unit."""
        for tugas in each.open_tugas:
            act = sop.act(tugas.act)
            if act.is_optional:
                continue
            for before in sop.predecessors(tugas.act):
                joined = each.units if tugas.unit is None else (tugas.unit,)
                units = joined if before.is_per_unit else (None,)
                assert units, self._told(each)
                missing = [u for u in units if not each.is_done(before.code, u)]
                told = f"{tugas.act} {tugas.unit} is open without {before.code} of {missing}"
                assert not missing, f"{told}: {self._told(each)}"

    def _is_signed(self, each: Perintah, sop: Sop) -> None:
        """A finished rekap bears the signature; without a rekap there is nothing to sign."""
        if each.status == "selesai" and each.paper("rekap") is not None:
            signing = [a.code for a in sop.acts if a.traits.signs]
            is_superseded = each.dokumen[-1].is_superseded
            assert is_superseded or all(each.is_done(code) for code in signing), self._told(each)

    # How it is done.

    def _press(self, name: str, message_id: int, data: str) -> None:
        self._note(f"{name} presses {data} in {message_id}")
        self._pressed.append((name, message_id, data))
        decision = self.kantor.press_data(name, message_id, data)
        assert [o for o in decision.out if isinstance(o, Toast)], "the press is not answered"
        self.check()

    def _say(self, name: str, text: str) -> None:
        self._note(f"{name} says {text}")
        decision: Decision = self.kantor.say(name, text)
        assert decision.out, "the words are not answered"
        self.check()

    def _choose(self, name: str, label: str) -> None:
        """The button of the open question, or its label typed."""
        seen = self.kantor.question(name)
        found = next((b for b in seen.buttons if label in (b.label, b.key)), None)
        if found is None:
            self.kantor.say(name, label)
        else:
            self.kantor.press_data(name, seen.id, found.data)

    def _interrupt(self, command: Command) -> None:
        kantor = self.kantor
        with kantor.store.transaction() as tx:
            view = tx.load(command, kantor.setting, kantor.now)
            tx.apply(decide(view, command, kantor.now, kantor.kinds), "mati", kantor.now)
            raise Interrupted

    def _buttons(self, name: str) -> list[tuple[int, str]]:
        """Of the chat as it stands; links lead away."""
        return [
            (seen.id, button.data)
            for seen in sorted(self.kantor.chat(name), key=lambda seen: -seen.touched)
            for button in seen.buttons
            if not button.url
        ]

    def _question(self, name: str) -> Seen | None:
        draft = self.kantor.draft(name)
        if draft is None:
            return None
        asking = [s for s in self.kantor.chat(name) if draft.ref in [b.ref for b in s.buttons]]
        return max(asking, key=lambda seen: seen.touched, default=None)

    def _named(self, person_id: int | None) -> str | None:
        return next((n for n, i in self.kantor.people.items() if i == person_id), None)

    def _sheet(self, tugas: Tugas) -> Sheet | None:
        """The workbook of a part, filled in."""
        each, unit = self._before[tugas.perintah_id], tugas.unit or ""
        sop = self.kantor.setting.book.sop(each.sop, each.sop_version)
        if not sop.act(tugas.act).traits.fills:
            return None
        if not sop.corrects:
            return first_filling(self.kantor.setting, each, unit)
        wrong = {t.kode for t in each.standing(unit)}
        figures = {code: figure for code, figure in figures_of(unit).items() if code in wrong}
        proof: dict[str, Any] = dict.fromkeys(figures, "Rekap DP3A/KUA s.d. 30 September")
        return filled(self.kantor.setting, each, unit, figures, bukti=proof)

    def _note(self, act: str) -> None:
        self.acts.append(f"{self.kantor.now:%d %H.%M} {act}")

    def _told(self, each: Perintah) -> str:
        states = [(t.act, t.unit, t.state, t.round, t.outcome) for t in each.tugas]
        return f"{each.nomor} {each.status} {each.units} {states}"


def _chosen(found: list[Any], pick: int) -> Any:
    return found[pick % len(found)]


MOVES: dict[str, tuple[int, Callable[[Walk, int, int], None]]] = {
    "work": (10, Walk.work),
    "carry_on": (3, Walk.carry_on),
    "follow": (3, lambda walk, who, pick: walk.follow(who)),
    "answer": (3, Walk.answer),
    "press": (5, Walk.press),
    "undo": (2, Walk.undo),
    "press_again": (2, Walk.press_again),
    "say": (2, Walk.say),
    "wait": (1, lambda walk, who, pick: walk.wait(1 + pick % 90)),
    "next_morning": (1, lambda walk, who, pick: walk.next_morning()),
    "go_down": (1, lambda walk, who, pick: walk.go_down(1 + pick % 600)),
    "die_within": (1, Walk.die_within),
    "stand_in": (1, lambda walk, who, pick: walk.stand_in(who, pick % 3)),
}
WEIGHTED = tuple(name for name, (weight, _) in MOVES.items() for _ in range(weight))

"""A random walk over an office at work: what stands on people's screens is pressed and answered,
commands are typed, the clock jumps, the posts are filled anew, the process dies and returns; after
every act the promises about perintah and tugas hold."""

from collections.abc import Callable
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
from tests.kantor import Kantor, Seen, open_store_in
from tests.officials import ADMIN, HARMLESS, KADIS, KASUBAG, SEKRETARIS, SENTENCE
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
MORNING = timedelta(hours=7, minutes=31)
UNFINISHED = ("berjalan", "menunggu")


class Interrupted(Exception):
    """The process dies before the commit."""


class Walk:
    """`acts` tells what has been done, for whoever reads a failure."""

    def __init__(self, kantor: Kantor) -> None:
        self.kantor = kantor
        self.acts: list[str] = []
        self._ended: dict[int, str] = {}
        self._pressed: list[tuple[str, int, str]] = []
        self._before: dict[int, Perintah] = {}
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
        """A button of an open tugas, by somebody who has it before him, or its workbook."""
        opened = [t for each in self.perintah() for t in each.open_tugas if each.status != "batal"]
        if not opened:
            return
        tugas = _chosen(opened, which)
        holders = [
            (name, seen.id, button.data)
            for name in self.kantor.people
            for seen in self.kantor.chat(name)
            for button in seen.buttons
            if button.ref == tugas.ref
        ]
        person = self._named(tugas.person_id)
        if person is not None and pick % 3 and (sheet := self._sheet(tugas)) is not None:
            self._note(f"{person} sends the workbook of {tugas.unit}")
            self.kantor.send(person, sheet, "isian.xlsx")
        elif holders:
            self._press(*_chosen(holders, pick))

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
        """A dialog to its end, by its last button where it is a summary, else by its first."""
        asked = [name for name in self.kantor.people if self.kantor.draft(name) is not None]
        if not asked:
            return
        name = asked[who % len(asked)]
        for _ in range(12):
            seen = self._question(name)
            if seen is None:
                return
            offered = [b for b in seen.buttons if b.key not in HARMLESS]
            ready = [b for b in offered if b.key in ("lanjut", "kirim")]
            if offered and not seen.key.startswith("tanya_temuan_unit"):
                self._press(name, seen.id, (ready or offered)[0].data)
            elif seen.key.startswith("tanya_temuan_unit"):
                self._say(name, "PPA-06 PPR-06")
            else:
                self._say(name, SENTENCE)

    def say(self, who: int, pick: int) -> None:
        names = (*LEADERS, *LEADERS, *self.kantor.people)
        line = LINES[pick % len(LINES)]
        self._say(names[who % len(names)], line.format(n=1 + who % (len(self.perintah()) + 1)))

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

    def conclude(self) -> None:
        """The record of everything is whole."""
        with self.kantor.store.reading() as queries:
            assert queries.record.verify() == ()

    def perintah(self) -> list[Perintah]:
        with self.kantor.store.reading() as queries:
            return [queries.orders.get(number) for number in queries.orders.ids()]

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

    def _say(self, name: str, text: str) -> None:
        self._note(f"{name} says {text}")
        decision: Decision = self.kantor.say(name, text)
        assert decision.out, "the words are not answered"

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
    "follow": (6, lambda walk, who, pick: walk.follow(who)),
    "answer": (6, Walk.answer),
    "press": (4, Walk.press),
    "press_again": (2, Walk.press_again),
    "say": (3, Walk.say),
    "wait": (1, lambda walk, who, pick: walk.wait(1 + pick % 90)),
    "next_morning": (1, lambda walk, who, pick: walk.next_morning()),
    "go_down": (1, lambda walk, who, pick: walk.go_down(1 + pick % 600)),
    "die_within": (1, Walk.die_within),
    "stand_in": (1, lambda walk, who, pick: walk.stand_in(who, pick % 3)),
}
WEIGHTED = tuple(name for name, (weight, _) in MOVES.items() for _ in range(weight))

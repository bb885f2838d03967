"""Traits of kinds of acts, by which the other rooms decide without naming a kind."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Traits:
    """Declared by every kind in flows/kinds; a trait left out is false."""

    issues: bool = False  # gives the order: the Lembar Disposisi begins with it
    passes_on: bool = False  # passes the order on: the Lembar Disposisi names it, with its note
    spreads: bool = False  # sends the forms to the units: the Surat Pengantar is signed by it
    takes_form: bool = False  # receives the unit's form: the Surat Pengantar bears its receipt
    gathers: bool = False  # its performer reminds those who have not handed in
    fills: bool = False  # figures of a unit are filled in, a part a person
    prepares: bool = False  # makes the figures: a person who did it and signs later is marked
    receives: bool = False  # takes a unit's data over: the join waits for it
    judges: bool = False  # judges the work of others: marked if a person judges his own
    initials: bool = False  # gives a paraf upon the rekap
    signs: bool = False  # signs the rekap
    numbers_paper: bool = False  # a paper that it makes takes the next number of the year
    is_final: bool = False  # cannot be taken back: it goes out to many at once, or to the group
    is_decision: bool = False  # drawn as a decision in the flowchart

    @property
    def seals(self) -> bool:
        """A paraf or a signature: void once the work it approves is done again."""
        return self.initials or self.signs


# The traits of a kind about which no other room asks.
PLAIN = Traits()

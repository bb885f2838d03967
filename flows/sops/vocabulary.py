"""Traits of kinds of acts, by which the other rooms decide without naming a kind."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Traits:
    """Declared by every kind in flows/kinds; a trait left out is false.

    issues         gives the order: the Lembar Disposisi begins with it
    passes_on      passes the order on: the Lembar Disposisi names it, with its note
    spreads        sends the forms to the units: the Surat Pengantar is signed by it
    takes_form     receives the unit's form: the Surat Pengantar bears its receipt
    gathers        its performer reminds those who have not handed in
    fills          figures of a unit are filled in, a part a person
    prepares       makes the figures: a person who did it and signs later is marked
    receives       takes a unit's data over: the join waits for it
    judges         judges the work of others: marked if a person judges his own
    initials       gives a paraf upon the rekap
    signs          signs the rekap
    numbers_paper  a paper that it makes takes the next number of the year
    is_final       cannot be taken back: it goes out to many at once, or to the group
    is_decision    drawn as a decision in the flowchart
    """

    issues: bool = False
    passes_on: bool = False
    spreads: bool = False
    takes_form: bool = False
    gathers: bool = False
    fills: bool = False
    prepares: bool = False
    receives: bool = False
    judges: bool = False
    initials: bool = False
    signs: bool = False
    numbers_paper: bool = False
    is_final: bool = False
    is_decision: bool = False

    @property
    def seals(self) -> bool:
        """A paraf or a signature: void once the work it approves is done again."""
        return self.initials or self.signs


# The traits of a kind about which no other room asks.
PLAIN = Traits()

"""Who fills which post on one day."""

from datetime import date

from flows.office.kantor import Office
from flows.office.people import Penugasan, Person, Post, Roster


class Incumbents:
    """A cache for one day: the same questions come several times in every turn."""

    def __init__(self, office: Office, roster: Roster, day: date) -> None:
        self._office = office
        self._roster = roster
        self._day = day
        self._holders: dict[Post, tuple[Person, ...]] = {}
        self._mandates: dict[tuple[int, Post], Penugasan | None] = {}
        self._posts: dict[int, tuple[Post, ...]] = {}

    def post(self, role: str, unit: str | None) -> Post:
        """That of the unit, or of the whole office where the role has no units."""
        return Post(role, unit if self._office.is_per_unit(role) else None)

    def fills(self, person_id: int, role: str, unit: str | None) -> bool:
        return self.mandate(person_id, self.post(role, unit)) is not None

    def holders(self, post: Post) -> tuple[Person, ...]:
        found = self._holders.get(post)
        if found is None:
            found = self._holders[post] = self._office.holders(self._roster, post, self._day)
        return found

    def mandate(self, person_id: int, post: Post) -> Penugasan | None:
        """The penugasan by which the person may act in this post; None: he may not."""
        if (person_id, post) not in self._mandates:
            found = self._office.mandate(self._roster, person_id, post, self._day)
            self._mandates[person_id, post] = found
        return self._mandates[person_id, post]

    def posts_of(self, person_id: int) -> tuple[Post, ...]:
        """All posts the person fills: those given by name and those that follow from them."""
        if person_id not in self._posts:
            self._posts[person_id] = self._office.posts_of(self._roster, person_id, self._day)
        return self._posts[person_id]

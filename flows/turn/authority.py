"""Who may do what: pure functions of the office, its incumbents and one person."""

from typing import NamedTuple

from flows.model.perintah import Tugas
from flows.model.view import View
from flows.office.capabilities import ADMIN
from flows.office.people import Penugasan, Person, Post
from flows.sops.sop import Act


class Authority(NamedTuple):
    """Posts as filled at the moment of the view. `person` acts; None is an unknown person."""

    view: View
    person: Person | None

    def post(self, tugas: Tugas) -> Post:
        return self.view.incumbents.post(tugas.role, tugas.unit)

    def holders(self, tugas: Tugas) -> tuple[Person, ...]:
        """The people who may do the tugas as its holders at this moment."""
        if tugas.person_id is not None:
            person = self.view.roster.person(tugas.person_id)
            return (person,) if person else ()
        return self.people_of(self.post(tugas))

    def post_holders(self, role: str, unit: str | None = None) -> tuple[Person, ...]:
        return self.people_of(self.view.incumbents.post(role, unit))

    def people_of(self, post: Post) -> tuple[Person, ...]:
        """The people who fill the post today."""
        return self.view.incumbents.holders(post)

    def mandate_of(self, person_id: int, post: Post) -> Penugasan | None:
        """The penugasan by which the person may act in this post today, or None if he may not."""
        return self.view.incumbents.mandate(person_id, post)

    def posts_of(self, person_id: int) -> tuple[Post, ...]:
        """All posts the person fills today."""
        return self.view.incumbents.posts_of(person_id)

    def holds(self, *roles: str, unit: str | None = None) -> bool:
        """Whether the person holds one of these posts today; False for an unknown person."""
        me = self.person
        return me is not None and any(self.view.incumbents.fills(me.id, r, unit) for r in roles)

    def may(self, capability: str, unit: str | None = None) -> bool:
        """Whether one of the person's posts has the capability; in a unit, a post of it or of
        the whole office."""
        return self.role_that(capability, unit) is not None

    def role_that(self, capability: str, unit: str | None = None) -> str | None:
        """The person's role that has the capability."""
        posts = self.posts_of(self.person.id) if self.person else ()
        held = {p.role for p in posts if unit is None or p.unit in (unit, None)}
        roles = self.view.setting.office.roles_that(capability)
        return next((role for role in roles if role in held), None)

    def people_with(self, capability: str) -> tuple[Person, ...]:
        """Everybody with the capability, each once."""
        office = self.view.setting.office
        posts = (
            Post(role, unit)
            for role in office.roles_that(capability)
            for unit in (office.unit_codes if office.is_per_unit(role) else (None,))
        )
        return tuple(dict.fromkeys(person for post in posts for person in self.people_of(post)))

    @property
    def admins(self) -> tuple[Person, ...]:
        return self.post_holders(ADMIN)

    def may_act(self, tugas: Tugas, act: Act) -> bool:
        """Whether the person holds the tugas, or an alternate role of its act."""
        return self.person is not None and self.view.may_act(self.person.id, tugas, act)

    def mandate(self, tugas: Tugas) -> str:
        """The Jenis by which the person holds the post of this tugas: definitif, Plt, Plh, a.n."""
        if self.person is None:
            return "sistem"
        penugasan = self.mandate_of(self.person.id, self.post(tugas))
        return penugasan.jenis if penugasan else "definitif"

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.people import officers
from accounts.people.models import User
from core.language.i18n import isolated
from core.web.filters import CheckboxFilter, Choices, PortalFilterSet, SelectFilter, TextFilter, by
from reviews.cases.models import Review
from reviews.due import next_milestone_of, overdue
from reviews.lists.selectors import narrowing
from reviews.programme import phases_of, steps_of
from reviews.programme.enums import StepOwner
from reviews.programme.models import Mechanism


class OfficerFilter(SelectFilter):
    """By who is in charge: ``ME`` (the ``user`` of the FilterSet), ``NOBODY``, or the key of an officer."""

    NOBODY, ME = "none", "me"

    def __init__(self) -> None:
        super().__init__(label=_("Officer in charge"))

    @classmethod
    def people(cls) -> list[tuple[str, Any]]:
        """The choices; one query."""
        people = [(str(each.pk), isolated(each.full_name)) for each in officers().order_by("full_name")]
        return [(cls.ME, _("Myself")), (cls.NOBODY, _("Nobody yet")), *people]

    def filter(self, reviews: QuerySet[Review], wanted: str) -> QuerySet[Review]:
        if wanted == self.NOBODY:
            return reviews.filter(officer=None)
        return reviews.filter(officer=self.parent.user.pk if wanted == self.ME else UUID(wanted))


class ReviewFilterSet(PortalFilterSet):
    """Of the reviews of a mechanism that a reader may know of; its rows bear ``next_due_on``."""

    sort_keys = ("due", "state", "phase", "step")
    bare = {"all": "1"}

    q = TextFilter(label=_("State or code"), method=by(narrowing.matching))
    phase = SelectFilter("phase__number", label=_("Phase"))
    step = SelectFilter(label=_("Step"), method="at_step")
    owner = SelectFilter(
        label=_("Next act owed by"), empty_label=_("Anybody"), choices=StepOwner.choices, method=by(narrowing.owing)
    )
    overdue = CheckboxFilter(label=_("Past the indicative date"), method="past_date")

    def __init__(self, data: QueryDict, *, mechanism: Mechanism, user: User) -> None:
        reviews = narrowing.reviews_of_mechanism(user, mechanism)
        super().__init__(data, reviews.annotate(next_due_on=next_milestone_of("due_on")))
        self.mechanism, self.user, self.now = mechanism, user, timezone.now()

    def get_choices(self) -> Choices:
        steps = [(step.slug, step.name) for step in steps_of(self.mechanism)]
        return {
            "phase": [(str(phase.number), str(phase.number)) for phase in phases_of(self.mechanism)],
            "step": [(narrowing.LATER, _("First day to come")), *steps],
        }

    def at_step(self, reviews: QuerySet[Review], _name: str, step: str) -> QuerySet[Review]:
        return narrowing.at_step(reviews, step, timezone.localdate(self.now))

    def past_date(self, reviews: QuerySet[Review], _name: str, _ticked: bool) -> QuerySet[Review]:
        return overdue(reviews, self.now)

    def in_order(self, reviews: QuerySet[Review]) -> QuerySet[Review]:
        """As the address wants them (``sort``): some of ``qs``, with whatever else a row shows."""
        key, descending = self.sorting
        return narrowing.ordered(reviews, key, descending=descending)

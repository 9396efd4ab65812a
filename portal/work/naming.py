"""Whether an expert's own name may be published, once a text is agreed that names it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from observations.naming import asked_in
from portal.work.tasks import Task, Workload
from reviews.cases.enums import ParticipationRole
from reviews.programme.enums import StepKind


def names(workload: Workload) -> Iterator[Task]:
    """One line for each review in which the person is an expert and has said nothing; one query."""
    places = {
        place.capacity.participation_id: place
        for place in workload.at(StepKind.AGREED_TEXT, StepKind.CLOSING)
        if place.capacity.role == ParticipationRole.GOVERNMENTAL_EXPERT
    }
    for key in asked_in(places) if places else ():
        yield places[key].task(
            _("Say whether your name may be published"),
            url=places[key].url("observations:naming"),
            button=_("Answer"),
            why=_("What is agreed may name you. Without your word your name is not published."),
            due=None,
            is_light=True,
        )

"""Whether an expert's own name may be published, once a text is agreed that names it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from observations.naming import asked_in
from portal.work.tasks import NamedCapacity, Task, Workload, address
from reviews.cases.enums import ParticipationRole


def names(workload: Workload) -> Iterator[Task]:
    """One line for each review in which the person is or was an expert and has said nothing; one query.

    To who has left it the line names the review by its code alone.
    """
    places = {place.review.pk: place for place in workload.places}
    left = NamedCapacity("left", None, str(ParticipationRole.GOVERNMENTAL_EXPERT.label))
    for review in asked_in(workload.user):
        place = places.get(review.pk)
        words = _("Say whether your name may be published")
        with_code = _("Say whether your name may be published (%(review)s)") % {"review": review.code}
        yield Task(
            words if place else with_code,
            place.acts_as if place else left,
            address(review, "observations:naming"),
            _("Answer"),
            _("What is agreed may name you. New publications do so only after your yes; your no takes you out of all."),
            place.review if place else None,
            is_light=True,
        )

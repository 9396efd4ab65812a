"""The sections of the desk that somebody of the reader's State, or the reader, has put into his or her hands."""

from collections.abc import Iterator

from django.utils.translation import gettext as _, ngettext

from dialogue.split import sections_kept_by
from portal.work.tasks import DRAFTING_ROLES, Task, Workload
from reviews.cases.enums import Side
from reviews.programme.enums import StepKind


def sections_to_review(workload: Workload) -> Iterator[Task]:
    """One line for each review, while the States exchange views; one query."""
    places = {
        place.capacity.participation_id: place
        for place in workload.readers_at(StepKind.FEEDBACK, StepKind.DIALOGUE, StepKind.AGREED_TEXT)
        if place.capacity.side == Side.REVIEWING and place.capacity.role in DRAFTING_ROLES
    }
    for key, number in sections_kept_by(places).items() if places else ():
        place = places[key]
        what = ngettext(
            "Review the %(number)d section that is yours", "Review the %(number)d sections that are yours", number
        )
        yield place.task(
            what % {"number": number},
            url=f"{place.url('portal:desk')}?show=mine",
            button=_("See your sections"),
            why=_("So the work is split within %(state)s.") % {"state": place.state},
            due=None,
            is_light=True,
        )

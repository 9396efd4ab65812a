"""What is brought in: files that another officer has to confirm, and pieces that wait for the word of their State."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from portal.work.tasks import Task, Workload
from reviews.bringing import files_to_check, pieces_without_word
from reviews.cases.enums import Grant
from reviews.programme import mechanisms


def files(workload: Workload) -> Iterator[Task]:
    """For every officer but the one who brings it in, until somebody confirms it or sets it aside."""
    counts = files_to_check(workload.user) if workload.user.secretariat_role else {}
    if not counts:
        return
    for mechanism in mechanisms():
        if number := counts.get(mechanism.pk):
            what = ngettext("Check %(number)d file brought in", "Check %(number)d files brought in", number)
            yield Task(
                what % {"number": number},
                workload.secretariat,
                reverse("reviews:bringing-list", args=[mechanism.slug]),
                _("See the files"),
                why=_("An officer brings in what was done elsewhere; another one compares it with its source."),
            )


def words_of_state(workload: Workload) -> Iterator[Task]:
    """For a focal point: whether what was brought in is what the own State had sent."""
    brought = [place for place in workload.places if place.review.is_brought_in]
    places = {place.review.pk: place for place in brought if place.capacity.has(Grant.CLEAR)}
    for piece in pieces_without_word({key: place.state.pk for key, place in places.items()}):
        place = places[piece.review_id]
        what = _("Say whether it is as your State had sent it: %(what)s") % {"what": piece.get_kind_display()}
        why = _("It was brought in from another place; only the focal point of %(state)s confirms it or objects.")
        url = place.url("reviews:brought-in")
        yield place.task(what, url=url, button=_("See what was brought in"), why=why % {"state": place.state}, due=None)

"""What is brought in: files, what is missing of a review that was brought in, and what waits for its State's word."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from core.language.i18n import isolated
from core.policy import can
from portal.work.tasks import Task, Workload
from questionnaires.submissions import brought_in_and_waiting
from reviews.bringing import files_concerning, pieces_without_word, way_of
from reviews.bringing.enums import BringingAction, FileStatus
from reviews.bringing.models import BroughtFile
from reviews.cases.enums import Grant
from reviews.cases.models import Review
from reviews.programme import mechanisms

_TOLD_FOR = dt.timedelta(days=14)  # since an own file was set aside


def files(workload: Workload) -> Iterator[Task]:
    """For officers: files of others that wait; and own ones, to be laid before another or set aside by one of late."""
    if not can(workload.user, BringingAction.LIST):
        return
    concerning = files_concerning(workload.user, since=workload.now - _TOLD_FOR)
    own = [file for file in concerning if file.brought_by_id == workload.user.pk]
    yield from _own_files(workload, own)
    counts = Counter(file.mechanism_id for file in concerning if file not in own)
    for mechanism in mechanisms() if counts else ():
        if number := counts[mechanism.pk]:
            what = ngettext("Check %(number)d file brought in", "Check %(number)d files brought in", number)
            yield Task(
                what % {"number": number},
                workload.secretariat,
                reverse("reviews:bringing-list", args=[mechanism.slug]),
                _("See the files"),
                why=_("An officer brings in what was done elsewhere; another one compares it with its source."),
            )


def _own_files(workload: Workload, own: Sequence[BroughtFile]) -> Iterator[Task]:
    for file in own:
        what, button = _("Lay the file before another officer, or withdraw it: %(file)s"), _("See the file")
        why = _("You bring it in. Until another officer has confirmed it nothing changes.")
        if file.status == FileStatus.SET_ASIDE:
            what = _("Another officer has set your file aside: %(file)s")
            why = _("The page of the file says why.")
        yield Task(
            what % {"file": isolated(file.file_name)}, workload.secretariat, way_of(file).address_of(file), button, why
        )


def missing_here(workload: Workload) -> Iterator[Task]:
    """For every officer: reviews that were brought in, and in which States cannot act before something is added."""
    if not can(workload.user, BringingAction.LIST):
        return
    lacking, closed = brought_in_and_waiting()
    without = Counter(review.mechanism_id for review in lacking)
    to_open: dict[UUID, list[Review]] = {}
    for review in closed:
        to_open.setdefault(review.mechanism_id, []).append(review)
    for mechanism in mechanisms() if without or to_open else ():
        if number := without[mechanism.pk]:
            what = ngettext(
                "Bring in the answers of %(number)d review", "Bring in the answers of %(number)d reviews", number
            )
            url = reverse("questionnaires:bringing-reviews", args=[mechanism.slug])
            why = _("By its step, answers were sent in another place. The reviewing States have nothing to read.")
            yield Task(what % {"number": number}, workload.secretariat, url, _("See the reviews"), why)
        if reviews := to_open.get(mechanism.pk):
            what = ngettext(
                "Open the self-assessment of %(number)d review that was brought in",
                "Open the self-assessment of %(number)d reviews that were brought in",
                len(reviews),
            )
            url = f"{reverse('reviews:review-list', args=[mechanism.slug])}?step={reviews[0].step.slug}"
            why = _("The State under review can answer once it is open; steps and dates then stay as they are.")
            yield Task(what % {"number": len(reviews)}, workload.secretariat, url, _("See the reviews"), why)


def words_of_state(workload: Workload) -> Iterator[Task]:
    """For a focal point: whether what was brought in as the own State's is right."""
    brought = [place for place in workload.places if place.review.is_brought_in]
    places = {place.review.pk: place for place in brought if place.capacity.has(Grant.CLEAR)}
    for piece in pieces_without_word({key: place.state.pk for key, place in places.items()}):
        place = places[piece.review_id]
        what = _("Say for your State whether it is right: %(what)s") % {"what": piece.what}
        why = _("It was brought in from another place; only the focal point of %(state)s confirms it or objects.")
        url = place.url("reviews:brought-in")
        yield place.task(what, url=url, button=_("See what was brought in"), why=why % {"state": place.state}, due=None)

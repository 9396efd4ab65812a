"""Translations that were handed in, for the focal point of the State that ordered them."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from observations.translations import orders_handed_in
from portal.work.tasks import Task, Workload
from reviews.cases.enums import Grant
from reviews.programme.enums import StepKind


def translations(workload: Workload) -> Iterator[Task]:
    """One task for each; one query."""
    at = workload.readers_at(StepKind.AGREED_TEXT, StepKind.CLOSING)
    places = {each.review.pk: each for each in at if each.capacity.has(Grant.CLEAR)}
    for order in orders_handed_in([each.review for each in places.values()]) if places else ():
        place = places[order.review_id]
        if order.ordered_for_id == place.capacity.state_party_id:
            what = _("Confirm a translation: %(kind)s, %(instrument)s, %(language)s")
            text = order.agreed_text
            facts = {
                "kind": text.get_kind_display(),
                "instrument": text.instrument,
                "language": order.get_language_display(),
            }
            yield place.task(
                what % facts,
                url=reverse("observations:translation", args=[order.pk]),
                button=_("Read the translation"),
                why=_("%(state)s has ordered it, and its translator has handed it in.") % {"state": place.state},
                due=None,
            )

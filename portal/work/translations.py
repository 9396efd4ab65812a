"""Translations that wait for the focal point of the State that ordered them; languages to be agreed to."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from core.language.i18n import list_of
from observations.language_sets import sets_waiting_in
from observations.language_sets.models import LanguageSet
from observations.texts import states_agreeing
from observations.translations import orders_waiting
from portal.work.tasks import Task, Workload
from reviews.cases.enums import Grant
from reviews.programme.enums import StepKind
from reviews.visibility import remember_covering


def translations(workload: Workload) -> Iterator[Task]:
    """One task for each that was handed in, a light one for each that nobody can hand in any more; one query."""
    at = workload.readers_at(StepKind.AGREED_TEXT, StepKind.CLOSING)
    places = {each.review.pk: each for each in at if each.capacity.has(Grant.CLEAR)}
    for order in orders_waiting([each.review for each in places.values()]) if places else ():
        place, is_overtaken = places[order.review_id], order.version.cancelled_at is not None
        if order.ordered_for_id != place.capacity.state_party_id:
            continue
        if is_overtaken:
            what = _("End an order of a translation, or order anew: %(kind)s, %(instrument)s, %(language)s")
            why = _("Its version was cancelled, and the translator whom %(state)s has asked still reads it.")
        else:
            what = _("Confirm a translation: %(kind)s, %(instrument)s, %(language)s")
            why = _("%(state)s has ordered it, and its translator has handed it in.")
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
            why=why % {"state": place.state},
            due=None,
            is_light=is_overtaken,
        )


def languages(workload: Workload) -> Iterator[Task]:
    """The languages in which a text is to be agreed, for focal points of the States that have not agreed to them.

    Three queries at most: what else the policy asks, the place and the selector have answered.
    """
    at = workload.readers_at(StepKind.AGREED_TEXT, StepKind.CLOSING)
    places = {each.review.pk: each for each in at if each.capacity.has(Grant.CLEAR)}
    if not places:
        return
    waiting = list(sets_waiting_in({key: each.capacity.state_party_id for key, each in places.items()}))
    remember_covering([places[row.review_id].review for row in waiting])
    for row in waiting:
        place, text = places[row.review_id], row.version.agreed_text
        if place.capacity.state_party_id in states_agreeing(place.review, text.instrument_id):
            args = [place.review.mechanism.slug, place.review.code, text.instrument.slug, text.kind]
            what = _("Agree to the languages of a text: %(kind)s, %(instrument)s")
            yield place.task(
                what % {"kind": text.get_kind_display(), "instrument": text.instrument},
                url=reverse("observations:translation-list", args=args),
                button=_("See the languages"),
                why=_proposed(row, text.get_language_display()),
                due=None,
            )


def _proposed(row: LanguageSet, own: str) -> str:
    """``own``: the language of the text."""
    if not row.languages:
        words = _("%(state)s has proposed that the text is agreed in %(language)s alone.")
        return words % {"state": row.proposed_for, "language": own}
    return _("%(state)s has proposed: %(languages)s.") % {"state": row.proposed_for, "languages": list_of(row.names)}

"""Suggested wordings: to decide on for whoever may change the text, to lay for the focal point of who drafted one."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from django.utils.translation import gettext as _, ngettext

from observations.suggestions import PERMISSIONS, deciding_states, facts_of_waiting, merged, undecided_suggestions
from observations.suggestions.enums import SuggestionAction, SuggestionStatus
from observations.suggestions.models import Suggestion
from observations.texts import states_agreeing
from observations.texts.enums import TextStatus
from observations.texts.models import AgreedText
from portal.work.tasks import ReviewPlace, Task, Workload
from reviews.capacities import EXCHANGE_KINDS
from reviews.cases.enums import Grant
from reviews.visibility import remember_covering


def suggestions(workload: Workload) -> Iterator[Task]:
    """One task for all suggestions to a text that wait for the same act; one query."""
    places = {each.review.pk: each for each in workload.readers_at(*EXCHANGE_KINDS) if each.capacity.has(Grant.CLEAR)}
    rows = list(undecided_suggestions([each.review for each in places.values()])) if places else []
    if rows:
        remember_covering([each.review for each in places.values()])
    for text, found in groupby(rows, key=lambda row: row.agreed_text):
        place, these = places[text.review_id], list(found)
        text.review = place.review  # so that the States that agree are looked up once
        for row in these:
            row.agreed_text = text
        yield from _to_decide(place, text, these)
        yield from _to_lay(place, text, these)


def _to_decide(place: ReviewPlace, text: AgreedText, rows: Sequence[Suggestion]) -> Iterator[Task]:
    parties = states_agreeing(place.review, text.instrument_id)
    own = place.capacity.state_party_id
    number = sum(row.room_id is None and own in deciding_states(row, parties) for row in rows)
    if number and _may(SuggestionAction.DECIDE, place, text, SuggestionStatus.OPEN):
        what = _("Decide on suggested wordings and comments (%(number)d): %(kind)s, %(instrument)s")
        why = _("You are the focal point of %(state)s, which may change this text.") % {"state": place.state}
        yield _task(place, text, what, number, why)


def _to_lay(place: ReviewPlace, text: AgreedText, rows: Sequence[Suggestion]) -> Iterator[Task]:
    """But those that the text has overtaken, which cannot be laid."""
    own = place.capacity.state_party_id
    is_party = own in states_agreeing(place.review, text.instrument_id)
    number = sum(is_party and row.room_id == own and merged(row, row.place.text) is not None for row in rows)
    if number and _may(SuggestionAction.LAY, place, text, SuggestionStatus.DRAFT):
        what = ngettext(
            "Lay %(number)d drafted suggestion of wording on the shared table: %(kind)s, %(instrument)s",
            "Lay %(number)d drafted suggestions of wording on the shared table: %(kind)s, %(instrument)s",
            number,
        )
        why = _("Only the focal point of %(state)s lays it.") % {"state": place.state}
        yield _task(place, text, what, number, why)


def _task(place: ReviewPlace, text: AgreedText, what: str, number: int, why: str) -> Task:
    facts = {"number": number, "kind": text.get_kind_display(), "instrument": text.instrument}
    url = place.url("observations:suggestion-list", text.instrument.slug, text.kind)
    return place.task(what % facts, url=url, button=_("Read the suggested wordings"), why=why, due=None)


def _may(action: SuggestionAction, place: ReviewPlace, text: AgreedText, standing: SuggestionStatus) -> bool:
    facts = facts_of_waiting(place.capacity, place.kind, TextStatus(text.status), standing)
    return PERMISSIONS.decide(action, facts).allowed

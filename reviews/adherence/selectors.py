"""What a State has joined and said of it, and what would follow if it had joined something on another day."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.states.models import StateParty
from core.errors import found
from core.hashes import document_hash
from core.language.i18n import isolated, list_of
from core.seen import seen_of
from core.templatetags.components import date_words
from reviews.adherence.models import AdherenceStatement
from reviews.cases.models import Review
from reviews.programme import adherences_of, begin_to_bind, instruments, phases_of
from reviews.programme.models import Adherence, Instrument, Mechanism
from reviews.visibility import instruments_of

Said = Callable[[StateParty, Instrument], Iterable[str]]
_ALSO_SAID: list[Said] = []


def also_says_what_follows(said: Said) -> None:
    """Register what it means for something above that a State has joined an instrument; called from declarations."""
    _ALSO_SAID.append(said)


def get_instrument(slug: str) -> Instrument:
    """Raises Http404 where there is none."""
    return found(instruments().filter(slug=slug).select_related("mechanism", "supplements").first())


def adherence_of(state: StateParty, instrument: Instrument) -> Adherence | None:
    return adherences_of(state).filter(instrument=instrument).first()


def statements_of(state: StateParty) -> QuerySet[AdherenceStatement]:
    """All that the State has said, in the order of the instruments."""
    rows = AdherenceStatement.objects.filter(adherence__state_party=state).select_related("adherence__instrument")
    return rows.order_by("adherence__instrument__order", "made_on", "created_at")


def get_statement(state: StateParty, instrument: Instrument, key: UUID) -> AdherenceStatement:
    """Raises Http404 where the State has said no such thing of the instrument."""
    return found(statements_of(state).filter(adherence__instrument=instrument, pk=key).first())


def what_follows(state: StateParty, instrument: Instrument, deposited_on: dt.date) -> list[str]:
    """In sentences, what it would mean that the State has joined the instrument on that day."""
    before = list(adherences_of(state))
    others = [row for row in before if row.instrument_id != instrument.pk]
    was, becomes = _bind(before), _bind([*others, Adherence(instrument=instrument, deposited_on=deposited_on)])
    sentences = [_binding(instrument, becomes.get(instrument))]
    for other in sorted(becomes.keys() - {instrument}, key=lambda row: row.order):
        if was.get(other) != becomes[other]:
            words = _("%(instrument)s then binds the State from %(day)s.")
            sentences.append(words % {"instrument": isolated(str(other)), "day": date_words(becomes[other])})
    if instrument.mechanism is not None:
        sentences += _on_reviews(state, instrument, becomes.get(instrument))
    return sentences


def fingerprint(adherence: Adherence | None, values: Mapping[str, Any], sentences: list[str]) -> str:
    """Of what is to be recorded, of what stood when it was shown, and of all that would follow."""
    given = {key: str(each) for key, each in values.items()}
    return document_hash({"stands": seen_of(adherence), "values": given, "said": sentences})


def _bind(adherences: Sequence[Adherence]) -> dict[Instrument, dt.date]:
    days = begin_to_bind(adherences)
    return {row.instrument: days[row.pk] for row in adherences if row.pk in days}


def _binding(instrument: Instrument, day: dt.date | None) -> str:
    if day is not None:
        return _("It binds the State from %(day)s.") % {"day": date_words(day)}
    words = _("It does not bind the State before the State has joined %(instrument)s.")
    return words % {"instrument": isolated(str(instrument.supplements))}


def _on_reviews(state: StateParty, instrument: Instrument, day: dt.date | None) -> Iterator[str]:
    mechanism: Any = instrument.mechanism
    reviews = list(Review.objects.filter(mechanism=mechanism, state_under_review=state).order_by("code"))
    for review in reviews:
        words = (
            _("Review %(code)s was opened with it, and stays as it is.")
            if instrument in instruments_of(review)
            else _("Review %(code)s was opened without it, and stays as it is.")
        )
        yield words % {"code": isolated(review.code)}
    reviewing = Review.objects.filter(mechanism=mechanism, reviewing_states__state_party=state).order_by("code")
    if codes := [isolated(code) for code in reviewing.values_list("code", flat=True)]:
        words = _("Where the State reviews another one, it goes on with what it was drawn for: %(codes)s.")
        yield words % {"codes": list_of(codes)}
    for said in _ALSO_SAID:
        yield from said(state, instrument)
    if day is not None:
        yield _("Reviews of this State that are opened for a start on that day or later cover it.")
        yield from _missing(mechanism, {review.phase_id for review in reviews})


def _missing(mechanism: Mechanism, reviewed: set[UUID]) -> Iterator[str]:
    begun = set(Review.objects.filter(mechanism=mechanism).values_list("phase_id", flat=True))
    for phase in phases_of(mechanism):
        if phase.pk in begun - reviewed:
            words = _("Phase %(number)s is under way without a review of this State: it has no reviewing States yet.")
            yield words % {"number": phase.number}

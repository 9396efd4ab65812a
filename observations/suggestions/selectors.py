"""Suggestions as a reader finds them: what each changes in the text as it stands now, and which acts are open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.people.models import User
from accounts.states.models import StateParty
from core.language.differences import Run, word_differences
from core.language.merging import merge
from core.policy import can
from observations.suggestions.comparing import Comparison, compare
from observations.suggestions.enums import SuggestionAction, SuggestionStatus
from observations.suggestions.models import Suggestion
from observations.texts import observations_on_table, passages_of, states_agreeing
from observations.texts.enums import TextKind, TextStatus
from observations.texts.models import AgreedText, Observation, SummaryPassage
from reviews.capacities import capacity_of
from reviews.cases.models import Review
from reviews.drafts import get_piece, readable

Place = Observation | SummaryPassage
_PEOPLE = ("state_party", "written_by", "decided_by", "decided_for")
# Of an observation that was withdrawn nobody is asked any more.
_STANDS = Q(observation=None) | Q(observation__withdrawn_at=None)


def merged(suggestion: Suggestion, current: str) -> str | None:
    """What the place says now with what the suggestion changes; None where both have changed the same words."""
    return merge(suggestion.base_text, suggestion.text, current)


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """``changes``: what it changes, in the text as it stands where it still applies, else in the one of then.

    ``is_overtaken``: the text has moved so that it does not apply any more; ``has_moved``: it has moved, and it does.
    ``anew_at``: the key of where it is suggested anew, which for a passage that was merged is the one with its words.
    """

    suggestion: Suggestion
    changes: Sequence[Run]
    is_overtaken: bool
    has_moved: bool
    may_edit: bool
    may_lay: bool
    may_withdraw: bool
    may_accept: bool
    may_reject: bool
    may_lay_anew: bool
    anew_at: UUID


@dataclass(frozen=True, slots=True)
class PlaceRows:
    """A place of a text with its suggestions, those that wait first; ``may_suggest``: whether the reader may.

    ``stands`` is False for an observation that was withdrawn, to which drafts of the reader's State lie in its room.
    ``decider``: the State whose focal point decides on an observation; None where all reviewing States may, or nobody.
    """

    place: Place
    stands: bool
    rows: Sequence[SuggestionRow]
    may_suggest: bool
    decider: StateParty | None

    @property
    def open(self) -> Sequence[SuggestionRow]:
        return [row for row in self.rows if not row.suggestion.decided_at]

    @property
    def decided(self) -> Sequence[SuggestionRow]:
        return [row for row in self.rows if row.suggestion.decided_at]


def places_of(text: AgreedText) -> list[Place]:
    """What of a text wording is suggested to, in the order of the text."""
    return [*passages_of(text)] if text.kind == TextKind.SUMMARY else [*observations_on_table(text)]


def get_place(text: AgreedText, key: UUID, *, with_withdrawn: bool = False) -> Place:
    """Raises Http404 where no observation on the table, and no passage, of the text is called so.

    ``with_withdrawn``: an observation is found too that lay on the table.
    """
    place = place_at(text, key)
    if place is None and with_withdrawn:
        place = Observation.objects.filter(agreed_text=text, room=None, pk=key).first()
    if place is None:
        raise Http404(_("There is no such page."))
    place.agreed_text = text
    return place


def place_at(text: AgreedText, key: UUID) -> Place | None:
    """None where it does not stand in the text any more."""
    return next((place for place in places_of(text) if place.pk == key), None)


def suggestions_visible_to(user: User, text: AgreedText) -> QuerySet[Suggestion]:
    """On the shared table and in the reader's room, the first made first."""
    return all_suggestions_visible_to(user, text.review).filter(agreed_text=text)


def all_suggestions_visible_to(user: User, review: Review) -> QuerySet[Suggestion]:
    """The same to all texts of a review."""
    rows = readable(Suggestion.objects.all(), user, review)
    rows = rows.select_related(*_PEOPLE, "observation__heading", "passage", "agreed_text__instrument")
    return rows.order_by("created_at")


def get_suggestion_for(user: User, text: AgreedText, key: UUID) -> Suggestion:
    """Raises Http404 where there is none, and for a draft in a room that is not the reader's.

    One to an observation that was withdrawn is found as long as it lies in a room, where it is thrown away.
    """
    rows = Suggestion.objects.filter(_STANDS | Q(room__isnull=False), agreed_text=text)
    rows = rows.select_related(*_PEOPLE, "observation", "passage")
    row = get_piece(rows, user, text.review, pk=key)
    row.agreed_text, row.review = text, text.review
    return row


def rows_of(user: User, text: AgreedText) -> list[PlaceRows]:
    """All places of a text, each with what is suggested to it, the last first; then drafts to what was withdrawn."""
    by_place: dict[Any, list[Suggestion]] = {}
    for row in suggestions_visible_to(user, text):
        row.agreed_text, row.review = text, text.review
        by_place.setdefault(row.observation_id or row.passage_id, []).append(row)
    may_suggest = can(user, SuggestionAction.SUGGEST, text)
    found = []
    for place in places_of(text):
        rows = [row_of(user, row, place) for row in reversed(by_place.pop(place.pk, []))]
        found.append(PlaceRows(place, True, rows, may_suggest, _decider(text, place)))
    for gone in by_place.values():
        drafts = [row for row in reversed(gone) if row.room_id is not None and _is_of_own_state(user, row)]
        if drafts:
            place = drafts[0].place
            found.append(PlaceRows(place, False, [row_of(user, row, place) for row in drafts], False, None))
    return found


def _decider(text: AgreedText, place: Place) -> StateParty | None:
    if not isinstance(place, Observation) or text.status == TextStatus.AGREED:
        return None
    return place.state_party if place.state_party_id in states_agreeing(text.review, text.instrument_id) else None


def row_of(user: User, suggestion: Suggestion, place: Place) -> SuggestionRow:
    """``place``: what it is about, as it stands now."""
    compared = _compared(suggestion, place)
    applies = suggestion.decided_at is None and not compared.is_overtaken
    may_decide = can(user, SuggestionAction.DECIDE, suggestion)
    is_own, stands = _is_of_own_state(user, suggestion), suggestion.place_stands
    return SuggestionRow(
        suggestion,
        compared.changes,
        is_overtaken=compared.is_overtaken,
        has_moved=compared.has_moved,
        may_edit=stands and can(user, SuggestionAction.EDIT, suggestion),
        may_lay=stands and applies and can(user, SuggestionAction.LAY, suggestion),
        may_withdraw=can(user, SuggestionAction.WITHDRAW, suggestion),
        may_accept=may_decide and applies,
        may_reject=may_decide,
        may_lay_anew=stands and not applies and is_own and can(user, SuggestionAction.SUGGEST, suggestion.agreed_text),
        anew_at=_with_words_of(place).pk,
    )


def _with_words_of(place: Place) -> Place:
    merged_into = place.merged_into if isinstance(place, SummaryPassage) else None
    return merged_into if merged_into is not None and merged_into.text else place


def _compared(suggestion: Suggestion, place: Place) -> Comparison:
    """Of one that was decided on, what it changed then."""
    if suggestion.decided_at is None:
        return compare(suggestion.base_text, suggestion.text, place.text)
    is_accepted = suggestion.status == SuggestionStatus.ACCEPTED  # perhaps as nothing: the passage is left out
    return Comparison(word_differences(suggestion.base_text, suggestion.outcome if is_accepted else suggestion.text))


def _is_of_own_state(user: User, suggestion: Suggestion) -> bool:
    capacity = capacity_of(user, suggestion.review)
    return capacity is not None and capacity.state_party_id == suggestion.state_party_id


def count_at_places(user: User, review: Review) -> dict[UUID, int]:
    """How many suggestions wait that the reader finds, by key of the observation or passage; one query."""
    waiting = Suggestion.objects.filter(decided_at=None).exclude(agreed_text__status=TextStatus.AGREED)
    rows = readable(waiting, user, review).order_by()
    counted = rows.values_list("observation", "passage").annotate(number=Count("pk"))
    return {observation or passage: number for observation, passage, number in counted}


def unsent_suggestions(review: Review) -> QuerySet[Suggestion]:
    """What the reviewing States have drafted and not laid, whoever asks; not of one that has left."""
    return Suggestion.objects.filter(review=review, room__in=review.reviewing_states.values("state_party"))


def undecided_suggestions(reviews: Iterable[Review]) -> QuerySet[Suggestion]:
    """What waits in these reviews to be laid or decided on, text by text; the caller looks at those of its reader."""
    rows = Suggestion.objects.filter(_STANDS, review__in=[each.pk for each in reviews], decided_at=None)
    rows = rows.select_related("agreed_text__instrument", "observation", "passage")
    return rows.order_by("review", "agreed_text__kind", "agreed_text__instrument__order", "agreed_text", "created_at")


def deciding_states(suggestion: Suggestion, parties: Iterable[Any]) -> frozenset[Any]:
    """Keys of the States whose focal points may change what it is about, of those that agree on the text.

    An observation is its State's; where that is no party any more, all other reviewing States' (docs/adr/0020).
    """
    observation, agreeing = suggestion.observation, frozenset(parties)
    if observation is not None and observation.state_party_id in {None, *agreeing}:
        return agreeing & {observation.state_party_id}
    return agreeing - {suggestion.agreed_text.review.state_under_review_id}

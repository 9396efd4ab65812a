"""Suggested wordings: drafted in a room, laid on the shared table, and decided on by who may change the text.

Accepting is the ordinary edit of that text through its own service, so that revisions, versions that stand and
clearances behave as with any edit (docs/adr/0087).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.language.text import clean_markdown, clean_text, require_markdown, require_text
from core.policy import require
from observations.observations import ObservationInput, edit_observation
from observations.suggestions.enums import SuggestionAction, SuggestionStatus
from observations.suggestions.models import Suggestion
from observations.suggestions.selectors import Place, deciding_states, merged, place_at
from observations.summaries import edit_passage
from observations.texts import lock_text, states_agreeing
from observations.texts.models import AgreedText, Observation, SummaryPassage
from reviews.capacities import forget_capacities, require_capacity
from reviews.cases import tell
from reviews.cases.enums import Grant, News
from reviews.drafts import Shown, require_base, require_seen, require_shown, shown_in_room, shown_on_table
from reviews.participation import focal_points_of, participants_of

_MAXIMUM = {True: 10_000, False: 20_000}  # characters: of an observation, of a passage
_MAXIMUM_WORD = 2000
OVERTAKEN = gettext_lazy(
    "The text has moved on where this suggestion changes it, so that it does not apply any more. Its State may lay it "
    "anew on the text as it stands."
)


@dataclass(frozen=True, slots=True)
class SuggestionInput:
    """The whole wording that a person would have in the place of what stands there, and a word why."""

    text: str
    why: str = ""


@transaction.atomic
def suggest(*, actor: User, place: Place, given: SuggestionInput, base: int, shown: Shown) -> Suggestion:
    """Suggest another wording of what lies on the table. An expert's stays in the own room; a focal point's is laid.

    One that changes no word and says why is a comment. ``base``: the revision of ``place`` that the writer saw. Raises
    ServiceError, by the field, for a wording that changes nothing and says nothing; ConflictError when ``place`` was
    saved since, and when others would read it than was ``shown``.
    """
    text = lock_text(place.agreed_text)
    forget_capacities(actor)
    require(actor, SuggestionAction.SUGGEST, text)
    state = require_capacity(actor, text.review).state_party_id
    now = place_at(text, place.pk)
    if now is None:
        raise ServiceError(_("This observation has been withdrawn."))
    place, place.agreed_text = now, text
    require_shown(shown, shown_of_new(actor, text), place, base=base)
    require_base(place, base)
    row = Suggestion(
        review=text.review,
        room_id=state,
        language=text.language,
        agreed_text=text,
        observation=place if isinstance(place, Observation) else None,
        passage=place if isinstance(place, SummaryPassage) else None,
        state_party_id=state,
        base_revision=place.revision,
        base_text=place.text,
        revision=0,
    )
    _write(actor, row, given)
    if require_capacity(actor, text.review).has(Grant.CLEAR):
        _lay(actor, row)
    return row


def shown_of_new(actor: User, text: AgreedText) -> Shown:
    """Who reads what the actor suggests as soon as it is saved; no version is cancelled by that."""
    capacity = require_capacity(actor, text.review)
    if capacity.has(Grant.CLEAR):
        return shown_on_table(text.review)
    return shown_in_room(text.review, capacity.state_party_id)


@transaction.atomic
def edit_suggestion(
    *, actor: User, suggestion: Suggestion, given: SuggestionInput, base: int, shown: Shown
) -> Suggestion:
    """Change a draft in the own room; ``base`` is its own revision. Raises like ``suggest``."""
    row = lock_suggestion(actor, suggestion, SuggestionAction.EDIT)
    require_shown(shown, shown_in_room(row.review, row.room_id), row, base=base)
    require_base(row, base)
    _write(actor, row, given)
    return row


@transaction.atomic
def lay_suggestion(*, actor: User, suggestion: Suggestion, base: int, shown: Shown) -> Suggestion:
    """Lay a draft of the own State on the shared table, where those decide who may change the text.

    Raises ServiceError where it is not revision ``base`` any more, or the text has moved so that it does not apply;
    ConflictError where others would read it than was ``shown``.
    """
    row = lock_suggestion(actor, suggestion, SuggestionAction.LAY)
    require_seen(row.revision, base)
    require_shown(shown, shown_on_table(row.review), row, base=base)
    if merged(row, row.place.text) is None:
        raise ServiceError(OVERTAKEN)
    _lay(actor, row)
    return row


@transaction.atomic
def withdraw_suggestion(*, actor: User, suggestion: Suggestion, base: int) -> None:
    """Throw a draft away, or take what lies on the table out of what is decided on; that stays readable.

    Raises ServiceError where it is not revision ``base`` any more.
    """
    row = lock_suggestion(actor, suggestion, SuggestionAction.WITHDRAW)
    require_seen(row.revision, base)
    if row.room_id is not None:
        audit.record(actor, "observations.suggestion.discarded", row, before=_facts(row))
        row.delete()
        return
    _decide(actor, row, SuggestionStatus.WITHDRAWN)


@transaction.atomic
def accept_suggestion(*, actor: User, suggestion: Suggestion, text: str, base: int, shown: Shown) -> Suggestion:
    """Give the place the wording ``text``: what it says with all that was suggested, or with a part of it.

    ``base`` and ``shown``: the revision of the place that the actor saw, who reads it and the version that this
    cancels. Raises ServiceError where nothing would change, or the suggestion does not apply any more; ConflictError
    like the edit of the text itself.
    """
    row = lock_suggestion(actor, suggestion, SuggestionAction.DECIDE)
    place = row.place
    if row.is_comment:
        raise ServiceError(_("This is a comment: it changes no word. Answer it."))
    if place.revision == base and merged(row, place.text) is None:
        raise ServiceError(OVERTAKEN)
    if place.revision == base and clean_text(text.strip()) == place.text:
        raise ServiceError(
            _("This is what the text says already. Reject the suggestion where you take nothing of it."), field="text"
        )
    if isinstance(place, Observation):
        given = ObservationInput(place.heading, list(place.articles.all()), text, place.question_codes)
        changed: Place = edit_observation(actor=actor, observation=place, given=given, base=base, shown=shown)
    else:
        changed = edit_passage(actor=actor, passage=place, text=text, base=base, shown=shown)
    row.outcome = changed.text
    _decide(actor, row, SuggestionStatus.ACCEPTED)
    return row


@transaction.atomic
def reject_suggestion(*, actor: User, suggestion: Suggestion, reason: str, base: int, shown: Shown) -> Suggestion:
    """Say no for the actor's State, and why, or answer a comment; the text stays as it is.

    ``base`` and ``shown``: the revision of the place that the actor saw, and who reads the reason. Raises ServiceError
    for want of a reason and where the place is another by now, ConflictError where others would read it.
    """
    row = lock_suggestion(actor, suggestion, SuggestionAction.DECIDE)
    require_shown(shown, shown_on_table(row.review))
    require_seen(row.place.revision, base)
    missing = _("Write your answer.") if row.is_comment else _("Say why you reject it.")
    row.reason = require_text(reason, missing, maximum=_MAXIMUM_WORD, field="reason")
    _decide(actor, row, SuggestionStatus.REJECTED)
    return row


def clean_wording(text: str, *, is_observation: bool) -> str:
    """As it would be stored; a passage may be left out. Raises ServiceError for what could not be."""
    maximum = _MAXIMUM[is_observation]
    if is_observation:
        return str(require_markdown(text, _("Write the wording that you suggest."), maximum=maximum))
    return str(clean_markdown(text.strip(), maximum=maximum))


def _write(actor: User, row: Suggestion, given: SuggestionInput) -> None:
    text = clean_wording(given.text, is_observation=row.observation_id is not None)
    why = clean_text(given.why.strip(), maximum=_MAXIMUM_WORD, field="why")
    if text == row.base_text and not why:
        message = _(
            "This is what the text says already. Change it to what you suggest, or say something about it below."
        )
        raise ServiceError(message, field="text")
    row.text, row.why = text, why
    row.written_by = actor
    row.revision += 1
    row.save()
    audit.record(actor, "observations.suggestion.drafted", row, after=_facts(row))


def _lay(actor: User, row: Suggestion) -> None:
    row.room, row.status, row.tabled_at, row.tabled_by = None, SuggestionStatus.OPEN, timezone.now(), actor
    row.save(update_fields=["room", "status", "tabled_at", "tabled_by", "updated_at"])
    audit.record(actor, "observations.suggestion.laid", row, after=_facts(row))
    states = deciding_states(row, states_agreeing(row.review, row.agreed_text.instrument_id))
    _tell(row, focal_points_of(row.review, states=states), News.SUGGESTION_LAID, actor)


def _decide(actor: User, row: Suggestion, status: SuggestionStatus) -> None:
    row.status, row.decided_at, row.decided_by = status, timezone.now(), actor
    row.decided_for_id = require_capacity(actor, row.review).state_party_id
    row.save(update_fields=["status", "decided_at", "decided_by", "decided_for", "reason", "outcome", "updated_at"])
    audit.record(actor, f"observations.suggestion.{status}", row, after=_facts(row))
    if status != SuggestionStatus.WITHDRAWN:
        _tell(row, _authors(row), News.SUGGESTION_DECIDED, actor)


def _authors(row: Suggestion) -> set[User]:
    """Who wrote and who laid it, as far as they take part still."""
    there = participants_of(row.review).filter(user__in=[row.written_by_id, row.tabled_by_id])
    return {participation.user for participation in there}


def _tell(row: Suggestion, people: Iterable[User], news: News, actor: User) -> None:
    args = (row.agreed_text.instrument.slug, row.agreed_text.kind)
    page = "observations:suggestion-list"
    tell(people, row.review, news, page=page, args=args, key=str(row.pk), but=actor)


def _facts(row: Suggestion) -> dict[str, object]:
    place = row.observation_id or row.passage_id
    return {"suggestion": str(row.pk), "place": str(place), "revision": row.base_revision}


def lock_suggestion(actor: User, suggestion: Suggestion, action: SuggestionAction) -> Suggestion:
    """The text first, as every service does, then the suggestion with what it is about; asks whether the actor may.

    Where the observation was withdrawn, nothing is done but that a draft is thrown away.
    """
    text = lock_text(suggestion.agreed_text)
    forget_capacities(actor)
    row = (
        Suggestion.objects.select_for_update(of=("self",))
        .select_related("observation__heading", "passage", "state_party", "written_by")
        .filter(pk=suggestion.pk)
        .first()
    )
    is_thrown_away = row is not None and row.room_id is not None and action == SuggestionAction.WITHDRAW
    if row is None or not (row.place_stands or is_thrown_away):
        raise ServiceError(_("This suggestion is not there any more."))
    row.agreed_text, row.review = text, text.review
    for place in (row.observation, row.passage):
        if place is not None:
            place.agreed_text = text
    if row.observation is not None:
        row.observation.review = text.review
    require(actor, action, row)
    return row

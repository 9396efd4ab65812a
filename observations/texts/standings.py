"""Where the lists and summaries of a review stand: who has cleared the standing version, and whose word is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from accounts.people.models import User
from accounts.states.models import StateParty
from core.models.names import audit_name_of
from observations.texts.models import AgreedText, Observation, SummaryPassage, TextVersion
from observations.texts.policy import states_agreeing
from observations.texts.selectors import clearances_of, parties_to, standing_version, texts_visible_to
from reviews.cases import states_taking_part
from reviews.cases.models import Clearance, Review


@dataclass(frozen=True, slots=True)
class WhereItStands:
    """``parties`` are the States that agree on the text; ``version`` is None where nothing is proposed."""

    text: AgreedText
    parties: Sequence[StateParty]
    version: TextVersion | None
    clearances: Sequence[Clearance]

    @property
    def missing(self) -> list[StateParty]:
        """The States that have not cleared the standing version; none where there is no version."""
        cleared = {clearance.state_party_id for clearance in self.clearances}
        return [state for state in self.parties if state.pk not in cleared] if self.version else []


def where_it_stands(text: AgreedText) -> WhereItStands:
    version = standing_version(text)
    clearances = list(clearances_of(text, version)) if version else []
    return WhereItStands(text, parties_to(text), version, clearances)


def where_all_stand(user: User, review: Review) -> list[WhereItStands]:
    """All texts of a review that the reader may see; five queries. The versions come without their documents."""
    standing = TextVersion.objects.filter(cancelled_at=None).defer("document")
    texts = texts_visible_to(user, review).prefetch_related(Prefetch("versions", standing, to_attr="standing"))
    states, clearances = list(states_taking_part(review)), _clearances_by_version(review)
    return [_standing(text, review, states, clearances) for text in texts]


_ByVersion = dict[tuple[UUID, int], list[Clearance]]


def _clearances_by_version(review: Review) -> _ByVersion:
    rows = Clearance.objects.filter(review=review, document_type=audit_name_of(AgreedText))
    grouped: _ByVersion = {}
    for row in rows.select_related("state_party").order_by("cleared_at"):
        grouped.setdefault((row.document_id, row.version), []).append(row)
    return grouped


def _standing(text: AgreedText, review: Review, states: Sequence[StateParty], clearances: _ByVersion) -> WhereItStands:
    text.review = review  # so that the States that agree are looked up once
    keys = states_agreeing(review, text.instrument_id)
    version: TextVersion | None = next(iter(text.standing), None)  # type: ignore[attr-defined]  # prefetched
    given = clearances.get((text.pk, version.number), []) if version else []
    return WhereItStands(text, [state for state in states if state.pk in keys], version, given)


def observations_behind(passage: SummaryPassage) -> QuerySet[Observation]:
    """The agreed observations that a passage draws on; the caller has obtained the passage for its reader."""
    return passage.observations.select_related("state_party").order_by("created_at")

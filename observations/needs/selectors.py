"""Types of assistance, the needs of an observation, those stated in answers, and those of public lists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from core.database.identity import looking_past_rooms
from observations.needs.models import AssistanceNeed, AssistanceType
from observations.texts import ON_AGREED_LIST, placed_by_hand
from observations.texts.models import Observation, Publication
from questionnaires.definitions import Item, PlacedSection
from questionnaires.progress import ReadSection
from reviews.audiences.enums import SharingAudience
from reviews.programme.models import Instrument, Mechanism


def types_for(instrument: Instrument) -> list[AssistanceType]:
    """In the order of the questionnaire; none where the mechanism has no list of them."""
    return list(AssistanceType.objects.filter(instrument=instrument).order_by("order"))


def needs_of(observation: Observation) -> QuerySet[AssistanceNeed]:
    """Of an observation that was obtained for its reader."""
    return AssistanceNeed.objects.filter(observation=observation).select_related("type").order_by("order")


@dataclass(frozen=True, slots=True)
class StatedNeeds:
    """What the State under review has chosen in its answer to a question that lists types of assistance."""

    item: Item
    place: PlacedSection
    types: Sequence[AssistanceType]


def stated_needs(sections: Iterable[ReadSection], types: Iterable[AssistanceType]) -> list[StatedNeeds]:
    """The needs that a State states in its answers.

    ``sections`` of the answers that were sent, which the reader may read. A question lists types where each of its
    options is one: no question has to be named.
    """
    by_wording = {wording: each for each in types for wording in _wordings(each)}
    found = []
    for section in sections:
        for state in section.items:
            options, chosen = state.item.options, state.answer.choices
            if options and state.is_asked and chosen and all(option in by_wording for option in options):
                stated = [by_wording[choice] for choice in chosen if choice in by_wording]
                found.append(StatedNeeds(state.item, section.place, stated))
    return found


def _wordings(each: AssistanceType) -> set[str]:
    """``name_en``: the questionnaires are in English, whatever language the page is in."""
    named: Mapping[str, str] = each.__dict__
    return {named.get("name_en") or each.name, *each.wordings}


def needs_published(mechanism: Mechanism) -> list[AssistanceNeed]:
    """Those of lists that are public now, with ``version`` and ``published_at``; the caller has asked the policy.

    What stands here is in the public document already.
    """
    standing = Publication.objects.filter(
        agreed_text=OuterRef("observation__agreed_text"), audience=SharingAudience.PUBLIC, ended_at=None
    )
    with looking_past_rooms():
        rows = (
            AssistanceNeed.objects.filter(
                observation__in=Observation.objects.filter(ON_AGREED_LIST, review__mechanism=mechanism),
            )
            .filter(Exists(standing))
            .annotate(
                version=Subquery(standing.values("version__number")),
                published_at=Subquery(standing.values("published_at")),
            )
            .select_related("type", "observation__agreed_text__instrument", "observation__review__state_under_review")
            .prefetch_related("observation__articles")
            .order_by(
                "observation__review__code",
                "observation__agreed_text__instrument__order",
                placed_by_hand("observation__"),
                "observation__created_at",
                "order",
            )
        )
        return list(rows)

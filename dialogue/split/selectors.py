"""The split of the work as a reviewing State finds it: its own people, and which States lead; nobody else finds any."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import CharField, F, QuerySet, UUIDField, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

from accounts.people.models import User
from dialogue.exchange import instruments_covered_by
from dialogue.split.models import SectionKeeper, SectionLead
from questionnaires.definitions import PlacedSection, index_of
from questionnaires.submissions import latest_submission
from reviews.capacities import Capacity, capacity_of
from reviews.cases.enums import Grant, ParticipationRole, Side
from reviews.cases.models import Participation, Review
from reviews.participation import participants_of

KEEPERS = (ParticipationRole.FOCAL_POINT, ParticipationRole.GOVERNMENTAL_EXPERT)
"""Who may be on a section: those who write for the State."""


@dataclass(frozen=True, slots=True)
class SplitAt:
    """``keeper``: the participation of whoever of the own State is on a section, nobody where it is empty.

    ``is_led``: the own State leads; ``leaders``: the other States that have said that they do.
    """

    keeper: UUID | None = None
    name: str = ""
    is_own: bool = False
    is_led: bool = False
    leaders: Sequence[str] = ()


def splits_work(user: User, review: Review) -> Capacity | None:
    """In what capacity somebody reads in the room of a reviewing State; None for everybody else."""
    capacity = capacity_of(user, review)
    is_one = capacity is not None and capacity.side == Side.REVIEWING and capacity.has(Grant.READ)
    return capacity if is_one else None


def split_on_desk(user: User, review: Review) -> dict[str, SplitAt]:
    """By address of the section, as ``address_of`` gives it; one query, and none for who is of no reviewing State.

    Of the own State alone, whoever shares its room, is told who is on it; of who takes part still.
    """
    capacity = splits_work(user, review)
    if capacity is None:
        return {}
    own = capacity.state_party_id
    leads = SectionLead.objects.filter(review=review).annotate(person=Value(None, UUIDField()), name=_name_of_room())
    keepers = SectionKeeper.objects.filter(review=review, room=own, participation__ended_at=None)
    keepers = keepers.annotate(person=F("participation"), name=F("participation__user__full_name"))
    columns = ("section", "room", "person", "name")
    found: dict[str, SplitAt] = {}
    for section, room, person, name in keepers.values_list(*columns).union(leads.values_list(*columns), all=True):
        at = found.setdefault(section, SplitAt())
        if person is not None:
            found[section] = replace(at, keeper=person, name=name, is_own=person == capacity.participation_id)
        elif room == own:
            found[section] = replace(at, is_led=True)
        else:
            found[section] = replace(at, leaders=(*at.leaders, name))
    return found


def _name_of_room() -> Coalesce:
    """That of the State in the active language, or in English."""
    column, words = build_localized_fieldname("room__name", get_language() or "en"), CharField()
    name = NullIf(F(column), Value(""), output_field=words)
    return Coalesce(name, F("room__name_en"), output_field=words)


def delegation_of(review: Review, state: UUID) -> QuerySet[Participation]:
    """Those of a State who may be on a section, by name."""
    people = participants_of(review).filter(state_party=state, role__in=KEEPERS)
    return people.select_related("user").order_by("user__full_name")


def sections_to_split(review: Review, state: UUID) -> list[PlacedSection]:
    """Of what was sent, the sections of the instruments that a State reviews; none before anything was sent."""
    submission = latest_submission(review)
    if submission is None:
        return []
    places = index_of(submission.version_id).applicable_sections(submission.document["party_to"])
    covered = {instrument.slug for instrument in instruments_covered_by(review, state)}
    return [place for place in places if place.part.instrument in covered]


def address_of(place: PlacedSection) -> str:
    return "/".join(place.address)


def sections_kept_by(participations: Iterable[UUID]) -> Mapping[UUID, int]:
    """By participation, on how many sections the person is; one query."""
    rows = SectionKeeper.objects.filter(participation__in=participations)
    return Counter(rows.values_list("participation", flat=True))

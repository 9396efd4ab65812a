"""How far each State under review of a phase is on its way to its focal point, in a constant number of queries."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db.models import (
    Count,
    Exists,
    F,
    Func,
    JSONField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, JSONObject

from accounts.contacts.models import StateContact
from accounts.links.enums import LinkPurpose
from accounts.links.models import StateLink
from accounts.people.enums import AccountStatus
from accounts.states import states_named
from core.mail.reports import NOT_ARRIVED
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review
from reviews.nominations.enums import NoteStatus
from reviews.nominations.models import Nomination
from reviews.outreach.enums import Stand
from reviews.outreach.models import NominationLetter, ReceivedNomination
from reviews.outreach.selectors.received import is_waiting
from reviews.programme.enums import StepKind
from reviews.programme.models import Mechanism

_UNNAMED, _WRITTEN = Q(has_focal_point=False, is_named=False), Q(letters__gt=0)
_STANDS: Mapping[str, Q] = {
    Stand.UNNAMED: _UNNAMED,
    Stand.WITHOUT_CONTACT: Q(contacts=0),
    Stand.UNWRITTEN: Q(letters=0),
    Stand.WRITTEN: _WRITTEN,
    Stand.UNANSWERED: _WRITTEN & _UNNAMED,
    Stand.OPENED: Q(is_opened=True),
    Stand.NAMED: Q(has_focal_point=False, is_named=True),
    Stand.CHECKED: Q(has_focal_point=True),
    Stand.SIGNED_IN: Q(has_begun_person=True),
    Stand.BOUNCED: Q(is_bounced=True),
}
_ON_THE_WAY = (NoteStatus.RECORDING, NoteStatus.SUBMITTED, NoteStatus.RETURNED, NoteStatus.WAITING)
# As it stands in ``ReceivedNomination.people``: a focal point, for the review that is looked at.
_NAMED_FOR_IT = Func(
    JSONObject(
        role=Cast(Value(ParticipationRole.FOCAL_POINT.value), TextField()),
        reviews=Func(OuterRef("code"), function="jsonb_build_array", output_field=JSONField()),
    ),
    function="jsonb_build_array",
    output_field=JSONField(),
)


def board_of(mechanism: Mechanism) -> QuerySet[Review]:
    """The reviews of a mechanism that are not closed, each with how far its State under review is (``Stand``).

    With ``letters`` and ``written_at``: how often, and when last, it was written to since the review was opened.
    """
    state, opened_at = OuterRef("state_under_review"), OuterRef("created_at")
    sent = _letters(mechanism).filter(state_party=state, is_dropped=False).order_by()
    written = sent.filter(created_at__gte=opened_at)
    links = StateLink.objects.filter(purpose=LinkPurpose.NOMINATION, about=mechanism.slug, state_party=state)
    contacts = StateContact.objects.filter(state_party=state).order_by()
    focal = Participation.objects.filter(
        review=OuterRef("pk"), state_party=state, role=ParticipationRole.FOCAL_POINT, ended_at=None
    )
    named = Nomination.objects.filter(
        review=OuterRef("pk"),
        role=ParticipationRole.FOCAL_POINT,
        note__state_party=state,
        note__status__in=_ON_THE_WAY,
    )
    received = ReceivedNomination.objects.filter(
        is_waiting(),
        mechanism=mechanism,
        state_party=state,
        people__contains=_NAMED_FOR_IT,
    )
    lost = sent.filter(notification__status__in=NOT_ARRIVED, contact__email=F("address"))
    arrived_later = _letters(mechanism).filter(
        contact=OuterRef("contact"), created_at__gt=OuterRef("created_at"), notification__sent_at__isnull=False
    )
    open_ones = Review.objects.filter(mechanism=mechanism).exclude(step__kind=StepKind.CLOSING)
    return open_ones.select_related("state_under_review", "phase").annotate(
        contacts=_count(contacts),
        letters=_count(written),
        written_at=Subquery(written.values("state_party").annotate(at=Max("created_at")).values("at")),
        is_opened=Exists(links.filter(last_used_at__gte=opened_at)),
        is_named=Exists(received) | Exists(named),
        has_focal_point=Exists(focal),
        has_begun_person=Exists(focal.filter(user__status=AccountStatus.ACTIVE, user__activated_at__isnull=False)),
        is_bounced=Exists(lost.exclude(Exists(arrived_later))),
    )  # fmt: skip


def _letters(mechanism: Mechanism) -> QuerySet[NominationLetter]:
    return NominationLetter.objects.filter(mechanism=mechanism)


def _count(rows: QuerySet[StateContact] | QuerySet[NominationLetter]) -> Coalesce:
    return Coalesce(Subquery(rows.values("state_party").annotate(number=Count("pk")).values("number")), 0)


def in_phase(rows: QuerySet[Review], number: str) -> QuerySet[Review]:
    return rows.filter(phase__number=number)


def of_stand(rows: QuerySet[Review], stand: str) -> QuerySet[Review]:
    return rows.filter(_STANDS[stand])


def of_state(rows: QuerySet[Review], text: str) -> QuerySet[Review]:
    return rows.filter(state_under_review__in=states_named(text))


def counts_of(rows: QuerySet[Review]) -> dict[str, int]:
    """How many of the rows of a board are how far, by stand; one query."""
    return rows.order_by().aggregate(**{stand: Count("pk", filter=condition) for stand, condition in _STANDS.items()})


def phases_with_reviews(mechanism: Mechanism) -> list[tuple[int, dt.date]]:
    """Their numbers in order, each with the first day on which a review of it starts; one query."""
    rows = Review.objects.filter(mechanism=mechanism).order_by("phase__number")
    return list(rows.values("phase__number").annotate(first=Min("starts_on")).values_list("phase__number", "first"))


def current_phase(phases: Sequence[tuple[int, dt.date]], today: dt.date) -> int | None:
    """The last phase that has begun, or else the first to come; None where no review is open."""
    begun = [number for number, first in phases if first <= today]
    return begun[-1] if begun else phases[0][0] if phases else None

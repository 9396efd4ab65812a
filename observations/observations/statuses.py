"""How an observation stands; nothing of it is stored twice."""

from django.db.models import F, Q, QuerySet

from observations.texts.enums import ObservationStatus, TextStatus
from observations.texts.models import Observation

_AGREED = Q(agreed_text__status=TextStatus.AGREED)
_IS = {
    ObservationStatus.DRAFT: Q(room__isnull=False),
    ObservationStatus.TABLED: Q(room=None)
    & ~_AGREED
    & (Q(discussed_revision=None) | ~Q(discussed_revision=F("revision"))),
    ObservationStatus.DISCUSSED: Q(room=None, discussed_revision=F("revision")) & ~_AGREED,
    ObservationStatus.AGREED: Q(room=None) & _AGREED,
}


def status_of(observation: Observation) -> ObservationStatus:
    """Agreed with its list; discussed as long as it says what was discussed."""
    if observation.withdrawn_at is not None:
        return ObservationStatus.WITHDRAWN
    if observation.room_id is not None:
        return ObservationStatus.DRAFT
    if observation.agreed_text.status == TextStatus.AGREED:
        return ObservationStatus.AGREED
    is_discussed = observation.discussed_revision == observation.revision
    return ObservationStatus.DISCUSSED if is_discussed else ObservationStatus.TABLED


def with_status(rows: QuerySet[Observation], status: str) -> QuerySet[Observation]:
    """Those that stand so, of rows among which the withdrawn are too."""
    if status == ObservationStatus.WITHDRAWN:
        return rows.exclude(withdrawn_at=None)
    return rows.filter(_IS[ObservationStatus(status)], withdrawn_at=None)

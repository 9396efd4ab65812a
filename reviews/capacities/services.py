"""A focal point certifies exactly these bytes."""

from uuid import UUID

from django.utils.translation import gettext as _

from accounts.people.models import User
from accounts.states.models import StateParty
from core.errors import ServiceError
from reviews.capacities.capacities import capacity_of, forget_capacities
from reviews.cases.enums import Grant
from reviews.cases.models import Clearance, Review


def record_clearance(
    *, focal_point: User, review: Review, document_type: str, document_id: UUID, version: int, sha256: str
) -> Clearance:
    """Keep that ``focal_point`` cleared a document for his or her State. Raises ServiceError for anybody else.

    The caller has asked the policy for its own action; this is the rule of the mechanism: only a focal point clears,
    and only while he or she is one.
    """
    forget_capacities(focal_point)
    capacity = capacity_of(focal_point, review)
    if capacity is None or not capacity.has(Grant.CLEAR):
        raise ServiceError(_("Only a focal point clears."))
    return Clearance.objects.create(
        review=review,
        state_party=StateParty.objects.get(pk=capacity.state_party_id),
        focal_point=focal_point,
        document_type=document_type,
        document_id=document_id,
        version=version,
        sha256=sha256,
    )

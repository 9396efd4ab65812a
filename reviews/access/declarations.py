"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor
from core import audit, policy as table
from core.audit import AuditPlace
from reviews.access import policy
from reviews.access.models import AccessRequest
from reviews.programme import place_in_mechanism

VERBS = {
    "reviews.access.prepared": _("prepared a request for access"),
    "reviews.access.approved": _("approved a request for access"),
    "reviews.access.taken_on_alone": _("took on a request for access alone"),
    "reviews.access.returned": _("returned a request for access"),
    "reviews.access.withdrawn": _("withdrew a request for access"),
    "reviews.access.confirmed": _("confirmed a request for access"),
    "reviews.access.delayed": _("delayed a request for access"),
    "reviews.access.refused": _("refused a request for access"),
    "reviews.access.done": _("took a request for access into effect"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    table.register(policy.PERMISSIONS, policy.facts_of)
    audit.register(AccessRequest, _of_request)


def _of_request(actor: Actor, verb: str, request: AccessRequest) -> AuditPlace:
    """Who has access for a State is its own affair; a request on an account belongs to no mechanism."""
    if request.mechanism is None:
        return AuditPlace()
    return place_in_mechanism(actor, request.mechanism, state=request.state_party)

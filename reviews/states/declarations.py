"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit, policy as table
from core.web import navigation
from reviews.programme import place_in_mechanism
from reviews.states import policy
from reviews.states.models import PublicStatus, StatusConsent

VERBS = {
    "reviews.status.agreed": _("agreed that the steps of the State’s reviews are public"),
    "reviews.status.ended": _("ended that the steps of the State’s reviews are public"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    table.register(policy.PERMISSIONS, policy.facts_of)
    navigation.register_part(navigation.PortalPart(40, _("States"), "states", navigation.at("reviews:state-list")))
    navigation.register_part(navigation.PortalPart(50, _("Directory"), "directory", navigation.at("reviews:directory")))
    audit.register(
        StatusConsent,
        lambda actor, verb, consent: place_in_mechanism(actor, consent.mechanism, state=consent.state_party),
    )
    audit.register(PublicStatus, lambda actor, verb, status: place_in_mechanism(actor, status.mechanism))

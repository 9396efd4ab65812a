"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor, register_grace
from accounts.people.enums import AccountRuleKey
from core import audit, policy as table
from core.audit import AuditPlace
from core.mail.reports import register_told
from core.web import navigation
from reviews.cases import policy
from reviews.cases.chains import place_in_review
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review
from reviews.cases.selectors.participation import is_focal_point

VERBS = {
    "reviews.review.opened": _("opened the review"),
    "reviews.review.team_changed": _("let other States review, as they were drawn"),
    "reviews.review.withdrawn": _("withdrew the review"),
    "reviews.review.advanced": _("moved the review to the next step"),
    "reviews.review.course_brought_in": _("brought in how far the review had come elsewhere"),
    "reviews.review.processed": _("recorded that the documentation was processed"),
    "reviews.review.reminded": _("reminded those who owe the next act"),
    "reviews.review.officer_assigned": _("put an officer in charge"),
    "reviews.participation.registered": _("registered a participant"),
    "reviews.participation.replaced": _("replaced a participant"),
    "reviews.participation.ended": _("ended a participation"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    register_told("reviews/due", "reviews/in_charge", "reviews/registered")
    table.register(policy.PERMISSIONS, policy.facts_of)
    register_grace(AccountRuleKey.FOCAL_POINT_GRACE, is_focal_point)
    audit.register(Review, lambda actor, verb, review: place_in_review(actor, review))
    audit.register(Participation, _of_participation)
    address = navigation.at_mechanism("reviews:review-list", "reviews:review-home")
    navigation.register_part(navigation.PortalPart(20, _("Reviews"), "reviews", address))


def _of_participation(actor: Actor, verb: str, participation: Participation) -> AuditPlace:
    """Whom a State consults at home the other States do not know."""
    is_at_home = participation.role == ParticipationRole.NATIONAL_CONTRIBUTOR
    room_id = participation.state_party_id if is_at_home else None
    return place_in_review(actor, participation.review, room_id=room_id)

"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit, policy as table
from observations.texts import policy
from observations.texts.models import AgreedText, BlueprintText, ObservationHeading, PassageDraft
from observations.texts.selectors import unsent_passages, versions_waiting_for
from observations.texts.services.agreement import follow_team
from reviews.capacities import place_of_piece
from reviews.drafts import register_drafts
from reviews.navigation import ReviewPart, ReviewTab, open_to_readers, register_tab
from reviews.opening import follows_team
from reviews.programme import place_in_mechanism

VERBS = {
    "reviews.summary.saved": _("saved a passage of a summary"),
    "reviews.passage.drafted": _("drafted a passage of a summary"),
    "reviews.passage.discarded": _("discarded a drafted passage of a summary"),
    "reviews.text.proposed": _("proposed a version for agreement"),
    "reviews.text.proposal_cancelled": _("cancelled the proposed version by an edit"),
    "reviews.text.objected": _("objected to a version"),
    "reviews.text.cleared": _("cleared a version"),
    "reviews.text.agreed": _("completed the agreement on a text"),
    "reviews.text.brought_in": _("brought in a text that was agreed elsewhere"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    address = open_to_readers("observations:text-list")
    register_tab(ReviewTab(ReviewPart.TEXTS, 20, _("Documents"), address, versions_waiting_for))
    table.register(policy.PERMISSIONS, policy.facts_of)
    follows_team(follow_team)
    for model in (AgreedText, PassageDraft):
        audit.register(model, place_of_piece)
    for of_mechanism in (BlueprintText, ObservationHeading):
        audit.register(of_mechanism, lambda actor, verb, row: place_in_mechanism(actor, row.mechanism))
    register_drafts(unsent_passages)

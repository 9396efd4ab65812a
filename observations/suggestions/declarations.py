"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit, policy as table
from observations.suggestions import policy
from observations.suggestions.models import Suggestion
from observations.suggestions.selectors import unsent_suggestions
from reviews.capacities import place_of_piece
from reviews.drafts import register_drafts

VERBS = {
    "observations.suggestion.drafted": _("drafted a suggestion of wording"),
    "observations.suggestion.discarded": _("discarded a drafted suggestion of wording"),
    "observations.suggestion.laid": _("laid a suggestion of wording on the shared table"),
    "observations.suggestion.accepted": _("accepted a suggestion of wording"),
    "observations.suggestion.rejected": _("rejected a suggestion of wording"),
    "observations.suggestion.withdrawn": _("withdrew a suggestion of wording"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    table.register(policy.PERMISSIONS, policy.facts_of)
    audit.register(Suggestion, place_of_piece)
    register_drafts(unsent_suggestions)

"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit, policy as table
from observations.language_sets import policy
from observations.language_sets.services import follow_team
from reviews.opening import follows_team

VERBS = {
    "observations.language_set.proposed": _("proposed in which languages a text is agreed"),
    "observations.language_set.agreed_to": _("agreed to the languages of a text"),
    "observations.language_set.agreed": _("completed the agreement on the languages of a text"),
    "observations.language_set.complete": _("completed the agreement on a text in all its languages"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    table.register(policy.PERMISSIONS, policy.facts_of)
    follows_team(follow_team)

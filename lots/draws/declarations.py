"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit, policy as table
from lots.draws import policy
from lots.draws.models import Draw, DrawRule, SeedPart
from lots.draws.selectors import said_of_draws
from reviews.adherence import also_says_what_follows
from reviews.programme import place_in_mechanism

VERBS = {
    "lots.draw.prepared": _("froze the input of a draw"),
    "lots.draw.brought_in": _("brought in a draw that was made elsewhere"),
    "lots.draw.announced": _("announced a draw"),
    "lots.seed_part.committed": _("recorded the commitment to a part of a seed"),
    "lots.seed_part.revealed": _("recorded a part of a seed"),
    "lots.draw.seeded": _("completed the seed of a draw"),
    "lots.draw.run": _("ran a draw"),
    "lots.draw.publication_begun": _("began to publish a draw"),
    "lots.draw.published": _("published a draw"),
    "lots.draw.void_requested": _("asked for the voiding of a draw"),
    "lots.draw.voided": _("confirmed the voiding of a draw"),
    "lots.document.requested": _("asked for a document"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    also_says_what_follows(said_of_draws)
    table.register(policy.PERMISSIONS, policy.facts_of)
    audit.register(Draw, lambda actor, verb, draw: place_in_mechanism(actor, draw.mechanism))
    audit.register(SeedPart, lambda actor, verb, part: place_in_mechanism(actor, part.draw.mechanism))
    audit.register(DrawRule, lambda actor, verb, rule: place_in_mechanism(actor, rule.mechanism))

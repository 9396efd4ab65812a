"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit
from observations.summaries.selectors import unsent_passages
from observations.texts.models import PassageDraft
from reviews.capacities import place_of_piece
from reviews.drafts import register_drafts

VERBS = {
    "reviews.summary.saved": _("saved a passage of a summary"),
    "reviews.summary.merged": _("merged two passages of a summary"),
    "reviews.summary.observation_left_out": _("left an observation out of a summary"),
    "reviews.summary.observation_put_in": _("put an observation into a summary"),
    "reviews.summary.passage_placed": _("moved a passage of a summary"),
    "reviews.passage.drafted": _("drafted a passage of a summary"),
    "reviews.passage.discarded": _("discarded a drafted passage of a summary"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    audit.register(PassageDraft, place_of_piece)
    register_drafts(unsent_passages)

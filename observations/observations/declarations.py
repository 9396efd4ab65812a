"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit
from dialogue.threads import register_matters
from dialogue.threads.enums import ThreadSubject
from observations.observations.links import observations_before, observations_discussed
from observations.observations.selectors import unsent_observations
from observations.observations.services import open_lists
from observations.texts.models import Observation
from reviews.capacities import place_of_piece
from reviews.drafts import register_drafts
from reviews.navigation import ReviewPart, ReviewTab, open_to_readers, register_tab
from reviews.steps import opens_with_answers

VERBS = {
    "reviews.observation.saved": _("saved an observation"),
    "reviews.observation.linked": _("changed the links of an observation"),
    "reviews.observation.tabled": _("laid an observation on the shared table"),
    "reviews.observation.placed": _("moved an observation within its list"),
    "reviews.observation.discussed": _("marked an observation as discussed"),
    "reviews.observation.withdrawn": _("withdrew an observation"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    address = open_to_readers("observations:observation-list")
    register_tab(ReviewTab(ReviewPart.TEXTS, 10, _("Observations"), address))
    audit.register(Observation, place_of_piece)
    opens_with_answers(open_lists)
    register_drafts(unsent_observations)
    register_matters(ThreadSubject.OBSERVATION, observations_discussed, observations_before)

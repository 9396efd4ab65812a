"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit, policy as table
from questionnaires.editing import policy
from questionnaires.editing.models import QuestionnaireDraft
from reviews.programme import place_in_mechanism

VERBS = {
    "questionnaires.draft.started": _("started a draft of a questionnaire"),
    "questionnaires.draft.changed": _("changed a draft of a questionnaire"),
    "questionnaires.draft.brought_in": _("brought a file into a draft of a questionnaire"),
    "questionnaires.draft.discarded": _("discarded a draft of a questionnaire"),
    "questionnaires.draft.published": _("published a draft of a questionnaire"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    table.register(policy.PERMISSIONS, policy.facts_of)
    audit.register(QuestionnaireDraft, lambda actor, verb, draft: place_in_mechanism(actor, draft.cluster.mechanism))

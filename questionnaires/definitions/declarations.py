"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit
from core.web import navigation
from questionnaires.definitions.models import Questionnaire, QuestionnaireVersion
from reviews.programme import place_in_mechanism

VERBS = {
    "questionnaires.version.published": _("published a version of a questionnaire"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    audit.register(
        QuestionnaireVersion,
        lambda actor, verb, version: place_in_mechanism(actor, version.questionnaire.mechanism),
    )
    address = navigation.at("questionnaires:questionnaire-list")
    navigation.register_part(navigation.PortalPart(30, _("Questionnaires"), "questionnaires", address))
    audit.register(Questionnaire, lambda actor, verb, row: place_in_mechanism(actor, row.mechanism))

"""What this feature declares to the kernel: where its pages are found."""

from django.utils.translation import gettext_lazy as _

from core.web import navigation


def declare() -> None:
    address = navigation.at("questionnaires:questionnaire-list")
    navigation.register_part(navigation.PortalPart(30, _("Questionnaires"), "questionnaires", address))

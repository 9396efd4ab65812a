from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestionnairesConfig(AppConfig):
    name = "questionnaires"
    verbose_name = _("Questionnaires")

    def ready(self) -> None:
        from core import policy
        from questionnaires import permissions
        from questionnaires.enums import ResponseAction

        policy.register(ResponseAction, permissions.decide)

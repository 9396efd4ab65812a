from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestionnairesConfig(AppConfig):
    name = "questionnaires"
    verbose_name = _("Questionnaires")

    def ready(self) -> None:
        from core import jobs, policy
        from questionnaires import permissions, trail
        from questionnaires.enums import ResponseAction
        from questionnaires.services import documents

        policy.register(ResponseAction, permissions.decide, binding=permissions.BINDING)
        for kind in documents.KINDS:
            jobs.register(kind)
        trail.register()

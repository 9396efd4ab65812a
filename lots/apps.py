from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LotsConfig(AppConfig):
    name = "lots"
    verbose_name = _("Drawing of lots")

    def ready(self) -> None:
        from core import jobs, policy
        from lots import permissions, trail
        from lots.enums import DrawAction
        from lots.services import documents

        policy.register(DrawAction, permissions.decide, binding=permissions.BINDING)
        for kind in documents.KINDS:
            jobs.register(kind)
        trail.register()

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        from core import checks  # noqa: F401
        from core.language import terminology
        from core.watch import faults, traces
        from core.web import request_logs  # noqa: F401

        terminology.install()
        faults.listen()
        traces.listen()

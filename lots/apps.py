from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LotsConfig(AppConfig):
    name = "lots"
    verbose_name = _("Drawing of lots")

    def ready(self) -> None:
        from core.features import declare

        declare("lots")

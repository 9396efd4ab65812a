"""What this feature declares to the kernel: its part of the portal."""

from django.utils.translation import gettext_lazy as _

from core.web import navigation


def declare() -> None:
    navigation.register_part(navigation.PortalPart(10, _("My work"), "work", navigation.at("portal:dashboard")))

"""What this feature declares to the kernel: its part of the portal."""

from django.utils.translation import gettext_lazy as _

from core.web import navigation


def declare() -> None:
    address = navigation.at_mechanism("reviews:review-list", "reviews:review-home")
    navigation.register_part(navigation.PortalPart(20, _("Reviews"), "reviews", address))

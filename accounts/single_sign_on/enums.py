from django.db import models
from django.utils.translation import gettext_lazy as _


class ProviderKind(models.TextChoices):
    """By which protocol a provider says who somebody is."""

    OIDC = "oidc", _("OpenID Connect")


class ProviderStatus(models.TextChoices):
    """How a provider stands now; follows from its moments (``IdentityProvider.status``)."""

    WAITS = "waits", _("Waits for a second member")
    ANNOUNCED = "announced", _("Announced")
    OPEN = "open", _("In use")
    ENDED = "ended", _("Ended")

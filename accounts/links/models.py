from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.links.enums import LinkPurpose
from accounts.states.models import StateParty
from core.language.i18n import UN_LANGUAGES
from core.models import BaseModel


class StateLink(BaseModel):
    """A link that was sent to an office of a State: what it opens, until when, and how it was used.

    Of its secret the hash alone is kept. ``about`` says of what, in the words of the feature that has issued it (the
    mechanism, for nominations). A link that has run out is not ended: its holder may ask for another one, which goes to
    the same ``address``. Written only by ``accounts.links.services``; nothing but the last four columns changes.
    """

    purpose = models.CharField(_("purpose"), max_length=20, choices=LinkPurpose)
    about = models.SlugField(_("about"), blank=True)
    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="links", verbose_name=_("State"))
    address = models.EmailField(_("sent to"))
    language = models.CharField(_("language"), max_length=10, choices=UN_LANGUAGES)
    sha256 = models.CharField(_("SHA-256 of the secret"), max_length=64, unique=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("issued by")
    )
    expires_at = models.DateTimeField(_("valid until"))
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)
    renewal_asked_at = models.DateTimeField(_("another one was asked for at"), null=True, blank=True)
    renewed_at = models.DateTimeField(_("another one was sent at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    audit_name = "accounts.statelink"

    class Meta:
        verbose_name = _("link of a State")
        verbose_name_plural = _("links of States")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state_party", "purpose"], name="link_of_state")]

    def __str__(self) -> str:
        return f"{self.state_party}, {self.get_purpose_display()}"

    @property
    def has_run_out(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def is_open(self) -> bool:
        return self.ended_at is None and not self.has_run_out

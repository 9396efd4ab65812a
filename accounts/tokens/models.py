from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.states.models import StateParty
from accounts.tokens.enums import TokenScope
from core.models import BaseModel


class ApiToken(BaseModel):
    """By which a program acts as its person: no further than ``scopes``, and for one State alone where it is named.

    Of the secret the hash alone is kept, with its last letters (``hint``). Of the last use the day is kept, and no
    more: the portal does not watch programs. Written only by ``accounts.tokens.services``; but for the last two columns
    nothing changes, and a token that has ended stays so.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens", verbose_name=_("person")
    )
    name = models.CharField(_("name"), max_length=60)
    hint = models.CharField(_("last letters"), max_length=8)
    sha256 = models.CharField(_("SHA-256 of the secret"), max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=20, choices=TokenScope), default=list, verbose_name=_("scopes"))
    state_party = models.ForeignKey(
        StateParty, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("State")
    )
    expires_at = models.DateTimeField(_("valid until"))
    last_used_on = models.DateField(_("last used on"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    audit_name = "accounts.apitoken"

    class Meta:
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["user"], condition=models.Q(ended_at=None), name="open_token_of_a_person")]

    def __str__(self) -> str:
        return f"…{self.hint}"

    @property
    def has_run_out(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def scope_words(self) -> list[str]:
        return [str(TokenScope(scope).label) for scope in self.scopes if scope in TokenScope.values]

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.single_sign_on.enums import ProviderKind, ProviderStatus
from accounts.states.models import StateParty
from core.models import BaseModel


class IdentityProvider(BaseModel):
    """Who may say for an institution or a State that somebody is who he or she is.

    One member of the secretariat prepares it, another stands behind it, and the people whom it is for are told before
    it is in use. What it says never changes: another row takes its place (``replaces``), ends it, and leads back to the
    same ``place``, whose address is registered at the provider. Its people are those of ``state_party`` alone, or of
    the secretariat where none is named, with an address at one of ``domains``; about anybody else it says nothing that
    counts. Written only by ``accounts.single_sign_on.services``.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=ProviderKind, default=ProviderKind.OIDC)
    name = models.CharField(_("name"), max_length=60)
    issuer = models.CharField(_("issuer"), max_length=300)
    client_id = models.CharField(_("client ID"), max_length=190)
    sealed_secret = models.TextField(_("client secret, sealed"), blank=True)
    state_party = models.ForeignKey(
        StateParty, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("State")
    )
    domains = ArrayField(models.CharField(max_length=200), default=list, verbose_name=_("domains of addresses"))
    address_claim = models.CharField(_("claim with the address"), max_length=60, default="email")
    name_claim = models.CharField(_("claim with the name"), max_length=60, default="name")
    trusts_factor = models.BooleanField(_("its second factor is trusted"), default=False)
    is_forced = models.BooleanField(_("its people sign in by it alone"), default=False)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("takes the place of")
    )
    place = models.UUIDField(_("where it leads back to"), default=uuid.uuid4, editable=False)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("prepared by")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    starts_at = models.DateTimeField(_("in use from"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    audit_name = "accounts.identityprovider"

    class Meta:
        verbose_name = _("identity provider")
        verbose_name_plural = _("identity providers")
        ordering = ["name", "created_at"]
        constraints = [
            models.CheckConstraint(
                name="two_stand_behind_a_provider",
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("prepared_by")),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def status(self) -> ProviderStatus:
        if self.ended_at is not None and self.ended_at <= timezone.now():
            return ProviderStatus.ENDED
        if self.starts_at is None:
            return ProviderStatus.WAITS
        return ProviderStatus.ANNOUNCED if self.starts_at > timezone.now() else ProviderStatus.OPEN


class IdentityLink(BaseModel):
    """A person has proven to be whom an issuer calls ``subject``; from then on its word signs the person in.

    Written only by ``accounts.single_sign_on.services``, in the person's name. It ends and does not change.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="identity_links", verbose_name=_("person")
    )
    issuer = models.CharField(_("issuer"), max_length=300)
    subject = models.CharField(_("subject"), max_length=255)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    audit_name = "accounts.identitylink"

    class Meta:
        verbose_name = _("identity link")
        verbose_name_plural = _("identity links")
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"], condition=models.Q(ended_at=None), name="one_account_of_a_subject"
            ),
            models.UniqueConstraint(
                fields=["user", "issuer"], condition=models.Q(ended_at=None), name="one_subject_of_a_person"
            ),
        ]

    def __str__(self) -> str:
        return self.issuer

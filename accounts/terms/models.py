from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from core.models import BaseModel


class ConfidentialityTerms(BaseModel):
    """What everybody accepts before the first page of a review; a later number is accepted anew."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    text = models.TextField(_("text"))
    valid_from = models.DateField(_("valid from"))

    audit_name = "accounts.confidentialityterms"

    class Meta:
        verbose_name = _("terms of confidentiality")
        verbose_name_plural = _("terms of confidentiality")
        ordering = ["-number"]

    def __str__(self) -> str:
        return str(self.number)


class TermsAcceptance(BaseModel):
    """A person has accepted the terms. Append-only."""

    user = models.ForeignKey(User, models.CASCADE, related_name="acceptances", verbose_name=_("person"))
    terms = models.ForeignKey(
        ConfidentialityTerms, models.PROTECT, related_name="acceptances", verbose_name=_("terms of confidentiality")
    )
    accepted_at = models.DateTimeField(_("accepted at"))

    audit_name = "accounts.termsacceptance"

    class Meta:
        verbose_name = _("acceptance of the terms")
        verbose_name_plural = _("acceptances of the terms")
        constraints = [models.UniqueConstraint(fields=["user", "terms"], name="terms_are_accepted_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.terms}"

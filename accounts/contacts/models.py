from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.states.models import StateParty
from core.language.i18n import UN_LANGUAGES
from core.models import BaseModel


class StateContact(BaseModel):
    """An office of a State to which the secretariat writes, such as its permanent mission; no account, and no person.

    ``email`` is kept in small letters: two addresses that differ only in case are one. ``listed_by`` has put it there,
    and does not check what comes by a link that was sent to it. Written only by ``accounts.contacts.services``.
    """

    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="contacts", verbose_name=_("State"))
    office = models.CharField(_("mission or office"), max_length=200)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language of correspondence"), max_length=10, choices=UN_LANGUAGES)
    listed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("address listed by"),
    )
    remark = models.CharField(_("remark"), max_length=500, blank=True)

    audit_name = "accounts.statecontact"

    class Meta:
        verbose_name = _("contact of a State")
        verbose_name_plural = _("contacts of States")
        ordering = ["state_party", "office"]
        constraints = [
            models.UniqueConstraint(fields=["state_party", "email"], name="an_address_once_a_state"),
        ]

    def __str__(self) -> str:
        return self.office

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import BaseModel


class LinkRequest(BaseModel):
    """Somebody asks for the link by which a forgotten passphrase is set anew, whether there is such an account or not.

    A row, so that none is lost with the queue; it goes in the transaction that owes the mail. Written only by
    ``accounts.services.invitations``.
    """

    email = models.CharField(_("e-mail address"), max_length=254)

    class Meta:
        verbose_name = _("request for a link")
        verbose_name_plural = _("requests for links")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M}"

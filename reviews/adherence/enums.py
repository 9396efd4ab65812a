from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class StatementKind(models.TextChoices):
    """What a State says when it joins a treaty or later (Vienna Convention on the Law of Treaties, article 2).

    ``COMPETENCE`` is of regional economic integration organizations (Convention, article 36, paragraphs 3 and 4).
    """

    RESERVATION = "reservation", _("Reservation")
    DECLARATION = "declaration", _("Declaration")
    COMPETENCE = "competence", _("Declaration of competence")
    NOTIFICATION = "notification", pgettext_lazy("by a State about a treaty", "Notification")
    OBJECTION = "objection", _("Objection to a reservation of another State")

"""What this feature declares to the kernel: how its acts are called in the record."""

from django.utils.translation import gettext_lazy as _

from core import audit

VERBS = {
    "reviews.objection.replied": _("replied to an objection"),
    "reviews.objection.withdrawn": _("withdrew an objection"),
    "reviews.objection.resolved": _("said that a wording resolves an objection"),
    "reviews.objection.renewed": _("renewed an objection against a later version"),
    "reviews.objection.carried_over": _("carried an objection over to a version"),
}


def declare() -> None:
    audit.register_verbs(VERBS)

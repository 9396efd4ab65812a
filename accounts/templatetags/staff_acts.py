"""Words for what was done within a staff session."""

from django import template
from django.utils.translation import gettext as _, gettext_lazy

from core.language.i18n import isolated
from core.models import AuditEntry

register = template.Library()

_WORDS = {
    "reviews.access.prepared": gettext_lazy("Asked for: %(target)s"),
    "accounts.user.address_changed": gettext_lazy("Changed the e-mail address of %(target)s"),
    "accounts.user.closed": gettext_lazy("Closed the account of %(target)s"),
    "accounts.user.reopened": gettext_lazy("Opened the account of %(target)s again"),
    "accounts.user.role_changed": gettext_lazy("Changed the role of %(target)s in the secretariat"),
    "accounts.user.second_factor_reset": gettext_lazy("Reset the second factor of %(target)s"),
}
_REFERENCE_DATA = {
    "added": gettext_lazy("Added to the reference data: %(target)s"),
    "changed": gettext_lazy("Changed in the reference data: %(target)s"),
    "deleted": gettext_lazy("Deleted from the reference data: %(target)s"),
}


@register.filter
def act_words(entry: AuditEntry) -> str:
    """What was done, as the State concerned reads it."""
    words = _WORDS.get(entry.verb) or _REFERENCE_DATA.get(entry.verb.rpartition(".")[2])
    return (str(words) if words else _("Another act on %(target)s")) % {"target": isolated(entry.target_label)}

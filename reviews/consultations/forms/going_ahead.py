from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import AccessibleForm


class GoAheadForm(AccessibleForm):
    """Why the other States do not wait for one."""

    reason = forms.CharField(
        label=_("Why do the others go ahead?"),
        help_text=_("For instance, that the State has not answered three reminders. All who take part can read it."),
        error_messages={"required": _("Say why the others go ahead. All who take part can read it.")},
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

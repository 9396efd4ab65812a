from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import AccessibleForm


class NamingForm(AccessibleForm):
    agrees = forms.ChoiceField(
        label=_("May your name be published?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say yes or no.")},
    )

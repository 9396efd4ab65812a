from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.web.forms import AccessibleForm
from observations.follow_up.enums import FollowUpStatus
from observations.follow_up.services import MAXIMUM_BODY, FollowUpInput
from reviews.audiences.enums import SharingAudience


class BasedForm(AccessibleForm):
    """``base``: the revision that the page shows, 0 for none."""

    base = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean_base(self) -> int:
        return self.cleaned_data["base"] or 0


class FollowUpForm(BasedForm):
    """What the State does about one observation. What is missing the service says, by field."""

    fields_of_service = {"text": "action"}

    status = forms.ChoiceField(
        label=_("Status"),
        choices=FollowUpStatus.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how far it is.")},
    )
    action = forms.CharField(
        label=_("Action"),
        help_text=_("What is done about it, in your own words. Only your State reads it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "data-editor": ""}),
    )
    body = forms.CharField(
        label=_("Body"),
        help_text=_("The ministry or authority that does it."),
        required=False,
        max_length=MAXIMUM_BODY,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    due_on = forms.DateField(
        label=pgettext_lazy("follow-up", "By when"),
        help_text=_("A date that your State sets for itself. Its focal point is reminded before it."),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input--width-10"}),
    )
    reason = forms.CharField(
        label=_("Why it is not pursued"),
        help_text=_("Needed where your State does not pursue it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    @property
    def given(self) -> FollowUpInput:
        """What the service takes (after validation)."""
        given: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if name != "base"}
        return FollowUpInput(**given)


class ShareForm(BasedForm):
    audience = forms.ChoiceField(
        label=pgettext_lazy("follow-up", "Who reads it"),
        choices=SharingAudience.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who reads it.")},
    )

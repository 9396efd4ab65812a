"""Forms of the secretariat's cockpit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.people import officers
from core.language.i18n import isolated
from core.web.forms import AccessibleForm
from portal.cockpit.enums import BulkKind
from portal.cockpit.selectors.bulk import Terms


class BulkActForm(AccessibleForm):
    """Which act is done to the chosen reviews; what an extension needs is asked for on a page of its own."""

    marks_optional_fields = False

    kind = forms.ChoiceField(label=_("Act on the chosen reviews"), choices=BulkKind.choices)
    officer = forms.ChoiceField(label=_("Officer to put in charge"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in officers().order_by("full_name")}
        choices = [(key, isolated(each.full_name)) for key, each in self.people.items()]
        self.fields["officer"].choices = [("", _("Only for this act")), *choices]  # type: ignore[attr-defined]

    @property
    def terms(self) -> Terms:
        """What was given with the act (after validation)."""
        return Terms(officer=self.people.get(self.cleaned_data["officer"]))


class BulkOfficerForm(BulkActForm):
    """Whom to put in charge, asked for once more where nobody was chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].widget = forms.HiddenInput()


class BulkExtensionForm(AccessibleForm):
    """How much more time is asked for, and why."""

    marks_optional_fields = False

    kind = forms.CharField(widget=forms.HiddenInput)
    days = forms.IntegerField(
        label=_("Days more"),
        help_text=_("Calendar days from the present date of each milestone."),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
        error_messages={"invalid": _("Give the days as a whole number.")},
    )
    until = forms.DateField(
        label=_("Or one date for all"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("All who take part in the reviews can read it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    @property
    def terms(self) -> Terms:
        """What was given (after validation); whether it is enough the service says."""
        given = self.cleaned_data
        return Terms(days=given["days"], until=given["until"], reason=given["reason"])


class SavedViewForm(AccessibleForm):
    """The name of a view, who sees it, and whether the cockpit opens with it."""

    name = forms.CharField(label=_("Name of the view"), max_length=80, widget=forms.TextInput(attrs={"dir": "auto"}))
    is_shared = forms.BooleanField(label=_("Share it with the secretariat"), required=False)
    is_default = forms.BooleanField(label=_("Open the cockpit with this view"), required=False)
    marks_optional_fields = False

"""Forms of the secretariat's cockpit."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.people import officers
from core.language.i18n import isolated
from core.web.forms import AccessibleForm, FilterForm
from portal.cockpit.enums import BulkKind
from portal.cockpit.selectors.bulk import Terms
from portal.cockpit.selectors.sandbox import SandboxTrial
from reviews.periods import CellKey
from reviews.programme.enums import DurationUnit
from reviews.programme.models import Step

FARTHEST = 1000  # days, weeks or months that are tried out


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


def _distance(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=-FARTHEST,
        max_value=FARTHEST,
        widget=forms.TextInput(attrs={"inputmode": "text", "class": "govuk-input--width-4", "dir": "ltr"}),
        error_messages={"invalid": _("Give a whole number, such as 4 or -2.")},
    )


class SandboxForm(FilterForm):
    """What is tried out, in the address of the page: a group that begins later, a step that takes longer, or both."""

    cell = forms.ChoiceField(label=_("Group that begins later"), required=False)
    shift = _distance(_("Later by (negative: earlier)"))
    shift_unit = forms.ChoiceField(label=_("Unit of the shift"), choices=DurationUnit.choices, required=False)
    and_later = forms.BooleanField(label=_("Its later phases move along"), required=False)
    of_step = forms.ChoiceField(label=_("Step that takes longer"), required=False)
    longer = _distance(_("Longer by (negative: shorter)"))
    longer_unit = forms.ChoiceField(label=_("Unit of the duration"), choices=DurationUnit.choices, required=False)

    def __init__(self, *args: Any, cells: Iterable[CellKey], steps: Iterable[Step], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cells = {f"{key.phase}-{key.group}": key for key in cells}
        self.steps = {step.slug: step for step in steps}
        words = _("Phase %(phase)s, group %(group)s")
        choices: Any = {
            "cell": [(token, words % key._asdict()) for token, key in self.cells.items()],
            "of_step": [(slug, str(step.name)) for slug, step in self.steps.items()],
        }
        for name, rows in choices.items():
            self.fields[name].choices = [("", _("None")), *rows]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for what, by in (("cell", "shift"), ("of_step", "longer")):
            if given.get(what) and not given.get(by) and by not in self.errors:
                self.add_error(by, _("Say by how much."))
            if given.get(by) and not given.get(what) and what not in self.errors:
                self.add_error(what, _("Choose what this is about."))
        return given

    @property
    def trial(self) -> SandboxTrial | None:
        """What was given (after validation); None where that is nothing."""
        given = self.cleaned_data
        cell, step = self.cells.get(given["cell"]), self.steps.get(given["of_step"])
        if cell is None and step is None:
            return None
        shift, longer = (
            (given[name] or 0, given[f"{name}_unit"] or DurationUnit.DAYS.value) for name in ("shift", "longer")
        )
        return SandboxTrial(cell, shift, given["and_later"], step, longer)

"""Forms of the acts on a response."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import AccessibleForm
from questionnaires.definitions import PlacedSection


class ConfirmForm(AccessibleForm):
    """Nothing to fill in: pressing the button is the act."""


class ReturnResponseForm(AccessibleForm):
    reason = forms.CharField(
        label=_("What should the experts change?"),
        help_text=_("They read it at the top of the self-assessment."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        error_messages={"required": _("Say what the experts should change.")},
    )


class AssignForm(AccessibleForm):
    """Which sections a national contributor sees and answers; one group of boxes for each part."""

    def __init__(self, *args: Any, sections: Sequence[tuple[str, Sequence[PlacedSection]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for title, places in sections:
            self.fields[places[0].part.instrument] = forms.MultipleChoiceField(
                label=title,
                required=False,
                choices=[(place.section.slug, place.section.heading) for place in places],
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": _("This section does not apply to your State.")},
            )

    marks_optional_fields = False

    @property
    def addresses(self) -> set[tuple[str, str]]:
        """Instrument and section of every box ticked."""
        return {(instrument, slug) for instrument, slugs in self.cleaned_data.items() for slug in slugs}

"""The form by which sections and questions are sent to a contributor."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from core.language.i18n import isolated
from core.web.forms import AccessibleForm
from questionnaires.assignments.validators import MAXIMUM_REMARK
from questionnaires.definitions import PlacedSection
from questionnaires.wording import own_number
from reviews.ministries.models import Ministry

_BOX = {"class": "govuk-checkboxes__input"}


class AssignForm(AccessibleForm):
    """What a national contributor sees and answers: sections and single questions, and until when.

    ``shown``: what was sent before and has a box (``services.as_shown``). One group of boxes for the sections of each
    part, and one for the questions of each section.
    """

    marks_optional_fields = False

    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    articles = forms.MultipleChoiceField(
        label=_("All questions on an article"), required=False, widget=forms.CheckboxSelectMultiple(attrs=_BOX)
    )
    tags = forms.MultipleChoiceField(
        label=_("All questions that are marked so"), required=False, widget=forms.CheckboxSelectMultiple(attrs=_BOX)
    )
    due_on = forms.DateField(
        label=_("Due on"),
        help_text=_("The contributor is reminded before, and you when nothing has come."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
    )
    remark = forms.CharField(
        label=_("Remark"),
        help_text=_("The contributor reads it with what you send."),
        required=False,
        max_length=MAXIMUM_REMARK,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    shows_official = forms.BooleanField(
        label=_("Let the contributor read the official answers to it"),
        help_text=_("Without this he or she sees the own proposals alone."),
        required=False,
    )
    again = forms.BooleanField(
        label=_("Send what was sent before once more, with this date and remark"),
        help_text=_("What the contributor has said of it counts no longer; the proposals stay."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        sections: Sequence[tuple[str, Sequence[PlacedSection]]],
        articles: Sequence[tuple[str, str]],
        tags: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["articles"].choices = articles  # type: ignore[attr-defined]
        self.fields["tags"].choices = tags  # type: ignore[attr-defined]
        self.parts = [(title, places[0].part.instrument, places) for title, places in sections]
        for title, instrument, places in self.parts:
            self.fields[instrument] = _boxes(title, [(each.section.slug, each.section.heading) for each in places])
            for place in places:
                self.fields[questions_name(place)] = _boxes(
                    _("Single questions"),
                    [
                        (item.code, f"{own_number(item)} {item.text}")
                        for item in place.section.items
                        if item.is_question or item.code in self.initial.get(questions_name(place), ())
                    ],
                )

    @property
    def groups(self) -> list[tuple[str, list[tuple[Any, Any, PlacedSection]]]]:
        """For the page, by part: of each section its own box and those of its questions."""
        return [
            (title, [(box, self[questions_name(place)], place) for box, place in zip(self[slug], places, strict=True)])
            for title, slug, places in self.parts
        ]

    @property
    def addresses(self) -> set[tuple[str, str]]:
        """Instrument and section of every section ticked as a whole."""
        return {
            (instrument, slug) for _title, instrument, _places in self.parts for slug in self.cleaned_data[instrument]
        }

    @property
    def questions(self) -> list[str]:
        """Codes of the questions ticked by themselves."""
        names = [questions_name(place) for _title, _instrument, places in self.parts for place in places]
        return [*(code for name in names for code in self.cleaned_data[name])]


class MinistryAssignForm(AssignForm):
    """The same for a ministry, in words for all of its people."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].help_text = _("Its people are reminded before, and you when nothing has come.")
        self.fields["remark"].help_text = _("Its people read it with what you send.")
        self.fields["shows_official"].label = _("Let its people read the official answers to it")
        self.fields["shows_official"].help_text = _("Without this they see the proposals of the ministry alone.")
        self.fields["again"].help_text = _("What the ministry has said of it counts no longer; the proposals stay.")


class PlaceForm(AccessibleForm):
    """Of which ministry a contributor is; ``names``: those of the ministries that there are."""

    name = forms.CharField(
        label=_("Ministry or office"),
        help_text=_("What you send to a ministry goes to all of its people, also to those who come later."),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", "list": "ministries"}),
        error_messages={"required": _("Enter the name.")},
    )


class MinistryJoinForm(AccessibleForm):
    """With which of ``others`` a ministry is one and the same."""

    into = forms.TypedChoiceField(
        label=_("Which ministry is it?"),
        coerce=UUID,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the other ministry.")},
    )

    def __init__(self, *args: Any, others: Sequence[Ministry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = [(each.pk, isolated(each.name)) for each in others]  # type: ignore[attr-defined]


def questions_name(place: PlacedSection) -> str:
    """The field with the single questions of a section."""
    return f"questions-{place.part.instrument}-{place.section.slug}"


def _boxes(label: Any, choices: list[tuple[str, str]]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=choices,
        widget=forms.CheckboxSelectMultiple(attrs=_BOX),
        error_messages={"invalid_choice": _("This does not apply to your State.")},
    )

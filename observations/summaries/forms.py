from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from observations.summaries.enums import ArrangeAct
from reviews.drafts import ShownForm, WritingForm


class PassageForm(WritingForm):
    """A passage of a summary."""

    text = forms.CharField(
        label=_("Passage"),
        help_text=_("A passage that is left empty does not appear in the summary."),
        required=False,
        widget=forms.Textarea(attrs={"class": "app-answer-text", "data-editor": "", "dir": "auto", "rows": 10}),
    )


class PassageDraftForm(PassageForm):
    """What a State would have a passage say. ``copied``: the revision of the passage that the writer saw."""

    copied = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean_copied(self) -> int:
        return self.cleaned_data["copied"] or 0


class ArrangeForm(ShownForm):
    """One act on what a summary is made of; passages by their numbers. ``seen``: what it was made of on the page."""

    act = forms.ChoiceField(choices=[(act, act) for act in ArrangeAct], widget=forms.HiddenInput)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    passage = forms.IntegerField(required=False, widget=forms.HiddenInput)
    observation = forms.UUIDField(required=False, widget=forms.HiddenInput)
    place = forms.IntegerField(required=False)  # said by the button that is pressed
    into = forms.IntegerField(label=_("Passage"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].widget.attrs["id"] = f"into-{self.refused_at}"  # each choice of the page has one of its own

    @property
    def refused_at(self) -> str:
        """Of whose choice the error is: the number of a passage, or the key of an observation; empty on a new page."""
        return str(self.data.get("observation") or self.data.get("passage") or "")

    @property
    def chosen(self) -> int | None:
        """What was chosen there."""
        return self.cleaned_data.get("into") if self.is_bound else None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("act") in {ArrangeAct.MERGE, ArrangeAct.PUT_IN} and not given.get("into"):
            self.add_error("into", gettext("Choose a passage."))
        return given

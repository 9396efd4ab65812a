"""The questionnaire as a whole, its parts and its sections."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from core.language.text import one_line
from questionnaires.definitions import NOT_PARTY_TO
from questionnaires.editing.changes.sections import HeadInput, PartInput, SectionInput
from questionnaires.editing.forms.base import (
    PARAGRAPHS,
    DraftForm,
    FootnoteForm,
    RowsForm,
    line_box,
    paragraphs_of,
    text_box,
)
from reviews.programme.models import Article, Instrument


class HeadForm(DraftForm):
    title = text_box(gettext_lazy("Title"), rows=2, required=True)
    source = line_box(gettext_lazy("Source"))
    guidance = text_box(gettext_lazy("General guidance"), rows=16, help_text=PARAGRAPHS)

    @property
    def given(self) -> HeadInput:
        data = self.cleaned_data
        return HeadInput(one_line(data["title"]), data["source"], paragraphs_of(data["guidance"]))


class PartForm(DraftForm):
    title = text_box(gettext_lazy("Title of the part"), rows=2, required=True)
    cluster_title = text_box(
        gettext_lazy("Title of the cluster"),
        rows=2,
        required=True,
        help_text=gettext_lazy("It stands below the title."),
    )
    guidance = text_box(gettext_lazy("Guidance on this part"), rows=5, help_text=PARAGRAPHS)

    @property
    def given(self) -> PartInput:
        data = self.cleaned_data
        return PartInput(one_line(data["title"]), one_line(data["cluster_title"]), paragraphs_of(data["guidance"]))


class PartAddForm(PartForm):
    instrument = forms.ChoiceField(
        label=gettext_lazy("Instrument"), help_text=gettext_lazy("States party to it answer this part.")
    )

    def __init__(self, *args: Any, instruments: Sequence[Instrument], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instrument"].choices = [(each.slug, each.short_name) for each in instruments]  # type: ignore[attr-defined]
        self.order_fields(["instrument"])


class SectionForm(RowsForm):
    heading = text_box(gettext_lazy("Heading"), rows=2, required=True)
    parent_heading = text_box(
        gettext_lazy("Heading above"), rows=2, help_text=gettext_lazy("A heading over several sections, as printed.")
    )
    articles = forms.MultipleChoiceField(
        label=gettext_lazy("Articles of the instrument that it is about"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )
    applicability = forms.ChoiceField(
        label=gettext_lazy("Asked of"),
        required=False,
        help_text=gettext_lazy("As the programme says of these articles."),
    )
    guidance = text_box(gettext_lazy("Guidance under the heading"), rows=5, help_text=PARAGRAPHS)

    def __init__(self, *args: Any, articles: Sequence[Article], outsiders: Sequence[Instrument], **kwargs: Any) -> None:
        super().__init__(*args, rows={"footnotes": (FootnoteForm, {})}, **kwargs)
        self.fields["articles"].choices = [(str(each.number), str(each)) for each in articles]  # type: ignore[attr-defined]
        words = _("States not party to %(instrument)s")
        self.fields["applicability"].choices = [  # type: ignore[attr-defined]
            ("", _("All States that are party")),
            *((f"{NOT_PARTY_TO}{each.slug}", words % {"instrument": each.short_name}) for each in outsiders),
        ]

    @property
    def given(self) -> SectionInput:
        data = self.cleaned_data
        return SectionInput(
            heading=one_line(data["heading"]),
            parent_heading=one_line(data["parent_heading"]),
            articles=tuple(sorted(data["articles"], key=int)),
            applicability=data["applicability"],
            guidance=paragraphs_of(data["guidance"]),
            footnotes=self.values("footnotes"),
        )

"""One item of a draft, and when it is asked."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy, ngettext_lazy

from core.language.i18n import isolated
from core.language.text import one_line
from questionnaires.definitions import Item, SectionDefinition
from questionnaires.definitions.enums import QuestionKind
from questionnaires.editing.changes.conditions import ALL, ANY
from questionnaires.editing.changes.items import ItemInput
from questionnaires.editing.forms.base import CitationForm, DraftForm, FootnoteForm, RowsForm, lines_of, text_box

FIRST = "first"  # where a new item stands that follows none


class ItemForm(RowsForm):
    """One item. Which of the options ask for words is marked by a star before the line."""

    fields_of_service = {"free_text_options": "options"}

    text = text_box(
        gettext_lazy("Text"), rows=4, required=True, help_text=gettext_lazy("Without its number and its options.")
    )
    kind = forms.ChoiceField(label=gettext_lazy("How it is answered"), choices=QuestionKind.choices)
    options = text_box(
        gettext_lazy("Options"),
        rows=5,
        help_text=gettext_lazy(
            "One in each line; a star (*) before those that ask for words. Where an option keeps its line, conditions "
            "that look at it follow its new words."
        ),
    )
    voluntary = forms.BooleanField(
        label=gettext_lazy("Voluntary"),
        required=False,
        help_text=gettext_lazy("It is left to the State; its sub-items become voluntary with it."),
    )
    self_assessed = forms.BooleanField(
        label=gettext_lazy("Only if it applies"),
        required=False,
        help_text=gettext_lazy("Its words set a condition that no answer decides. It is never missing."),
    )
    deviation = text_box(
        gettext_lazy("Difference from the print"), rows=2, help_text=gettext_lazy("What differs, and why.")
    )

    def __init__(self, *args: Any, instruments: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        rows = {"articles": (CitationForm, {"instruments": instruments}), "footnotes": (FootnoteForm, {})}
        super().__init__(*args, rows=rows, **kwargs)

    @property
    def given(self) -> ItemInput:
        data = self.cleaned_data
        lines = lines_of(data["options"])
        options = tuple(one_line(line.removeprefix("*")) for line in lines)
        starred = tuple(option for line, option in zip(lines, options, strict=True) if line.startswith("*"))
        return ItemInput(
            text=one_line(data["text"]),
            kind=data["kind"],
            options=options,
            free_text_options=starred,
            footnotes=self.values("footnotes"),
            articles=self.values("articles"),
            voluntary=data["voluntary"],
            self_assessed=data["self_assessed"],
            deviation=one_line(data["deviation"]),
        )


class ItemAddForm(ItemForm):
    """``number``: the last part of its number; what stands before it is that of the item above."""

    number = forms.CharField(
        label=gettext_lazy("Number"),
        help_text=gettext_lazy(
            "As it will be printed, such as 12, a or iv. It becomes a part of the code, which never changes."
        ),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "dir": "ltr", "autocomplete": "off"}),
    )
    after = forms.ChoiceField(label=gettext_lazy("It stands"))

    def __init__(self, *args: Any, siblings: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["after"].choices = [(FIRST, _("First")), *siblings]  # type: ignore[attr-defined]
        self.order_fields(["number", "after"])


class MoveForm(DraftForm):
    section = forms.ChoiceField(label=gettext_lazy("To the section"))

    def __init__(self, *args: Any, sections: Sequence[SectionDefinition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = [(each.slug, isolated(each.heading)) for each in sections]  # type: ignore[attr-defined]


class ClauseForm(DraftForm):
    """One more clause of a condition, about the answer to ``item``."""

    values = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"})
    )
    least = forms.IntegerField(
        label=gettext_lazy("How many of them at least"),
        min_value=1,
        initial=1,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-2"}),
    )
    is_negated = forms.BooleanField(label=gettext_lazy("The opposite: it is asked unless this is so"), required=False)

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        self.fields["values"].label = _("The answer is one of these")
        self.fields["values"].help_text = _("Tick none to ask whenever it is answered at all.")
        self.fields["values"].choices = [(option, isolated(option)) for option in item.options]  # type: ignore[attr-defined]
        if not item.options:
            del self.fields["values"]
        if item.kind != "multiple":
            del self.fields["least"]
        else:
            self.fields["values"].label = _("Among these are chosen")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen, least = len(data.get("values") or ()), data.get("least")
        if least and chosen and least > chosen:
            message = ngettext_lazy("Only %(number)d is ticked.", "Only %(number)d are ticked.", chosen)
            self.add_error("least", message % {"number": chosen})
        return data


class JoinForm(DraftForm):
    """How the clauses of a condition go together."""

    op = forms.ChoiceField(
        label=gettext_lazy("It is asked if"),
        choices=[(ALL, gettext_lazy("all of this is so")), (ANY, gettext_lazy("one of this is so"))],
        widget=forms.RadioSelect,
    )

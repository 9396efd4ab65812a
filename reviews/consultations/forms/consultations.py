import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from core.language.i18n import DEFAULT_LANGUAGE, UN_LANGUAGES, language
from core.templatetags.components import date_words
from core.web.forms import AccessibleForm
from reviews.consultations.selectors import DateToAgree

_PREFIX = "date_"


class ConsultationForm(AccessibleForm):
    """Working languages and dates to propose; a date that stays empty is that of the plan."""

    marks_optional_fields = False

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Working languages"),
        required=False,  # the service says what is missing
        widget=forms.CheckboxSelectMultiple,
    )
    original = forms.ChoiceField(
        label=gettext_lazy("Language of the texts"),
        required=False,  # without a word it is the first
        help_text=gettext_lazy(
            "One of the working languages: what the States agree on is written in it, and other languages are "
            "translations."
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason for a further language"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    note = forms.CharField(
        label=gettext_lazy("Note to the other States"),
        required=False,
        help_text=gettext_lazy("May stay empty. All who take part in the review can read it."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, dates: Sequence[DateToAgree], usual: int, most: int, **kwargs: Any) -> None:
        """``dates`` that are open; ``usual`` and ``most``: how many languages, without and with a reason."""
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = [(code, _own_name(code)) for code, _name in UN_LANGUAGES]  # type: ignore[attr-defined]
        self.fields["original"].choices = UN_LANGUAGES  # type: ignore[attr-defined]
        self._explain_limits(usual, most)
        self.date_names = [f"{_PREFIX}{date.slug}" for date in dates]
        self.fields |= {f"{_PREFIX}{date.slug}": _date_field(date) for date in dates}
        self.order_fields(["languages", "original", "reason", *self.date_names, "note"])

    def _explain_limits(self, usual: int, most: int) -> None:
        self.fields["languages"].help_text = ngettext(
            "At most %(usual)d; in exceptional circumstances up to %(most)d.",
            "One or more, at most %(usual)d; in exceptional circumstances up to %(most)d.",
            usual,
        ) % {"usual": usual, "most": most}
        self.fields["reason"].help_text = ngettext(
            "Needed where you choose more than %(usual)d language. Say what the exceptional circumstances are.",
            "Needed where you choose more than %(usual)d languages. Say what the exceptional circumstances are.",
            usual,
        ) % {"usual": usual}

    def clean(self) -> dict[str, Any]:
        """Of several languages that of the texts comes first; one that only stood there gives way to those ticked."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        chosen, original = given.get("languages") or [], given.get("original")
        if len(chosen) > 1 and original:
            if original not in chosen and "original" in self.changed_data:
                self.add_error("original", _("Choose one of the working languages that are ticked."))
            elif original not in chosen:
                original = DEFAULT_LANGUAGE if DEFAULT_LANGUAGE in chosen else chosen[0]
            given["languages"] = sorted(chosen, key=lambda code: code != original)
        return given

    @property
    def date_fields(self) -> Sequence[Any]:
        return [self[name] for name in self.date_names]

    @property
    def chosen_dates(self) -> dict[str, dt.date]:
        """The dates given, by milestone (after validation)."""
        given = {name.removeprefix(_PREFIX): self.cleaned_data.get(name) for name in self.date_names}
        return {slug: day for slug, day in given.items() if day}


def initial_dates(dates: dict[str, str]) -> dict[str, dt.date]:
    """Dates of a proposal as initial values of the form."""
    return {f"{_PREFIX}{slug}": dt.date.fromisoformat(day) for slug, day in dates.items()}


def _date_field(date: DateToAgree) -> forms.DateField:
    return forms.DateField(
        label=date.name,
        help_text=_("By the plan: %(date)s") % {"date": date_words(date.planned_on)},
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
    )


def _own_name(code: str) -> SafeString:
    """A language named in itself, as its speakers look for it."""
    here = language(code)
    return format_html('<span lang="{}" dir="{}">{}</span>', here.code, here.direction, here.own_name)

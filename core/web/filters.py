"""What narrows a list: one FilterSet a list, for its page, its files and whatever else shows the same rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.web.forms import FilterForm

Choices = Mapping[str, Iterable[tuple[str, Any]]]


def by(narrow: Callable[[QuerySet[Any], Any], QuerySet[Any]]) -> Callable[..., QuerySet[Any]]:
    """A selector from queryset to queryset as the ``method`` of a filter."""
    return lambda rows, _name, value: narrow(rows, value)


class TextFilter(django_filters.CharFilter):
    """Words that somebody types, in whatever direction they run."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 100, "widget": forms.TextInput(attrs={"dir": "auto"})} | kwargs)


class SelectFilter(django_filters.ChoiceFilter):
    """One of some values, or all; choices that depend on rows are given by ``PortalFilterSet.get_choices``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"empty_label": _("All")} | kwargs)


class CheckboxFilter(django_filters.Filter):
    """A box: it narrows where it is ticked."""

    field_class = forms.BooleanField


def sorting(wanted: str, keys: Sequence[str]) -> tuple[str, bool]:
    """By which key a list is ordered and whether it runs down, from an address (``due``, ``-due``).

    Anything that is none of the keys means the first.
    """
    key = wanted.removeprefix("-")
    return (key, wanted != key) if key in keys else (keys[0], False)


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in force in the reader's words (a ticked box has no ``value``), and the address without it."""

    label: str
    value: str
    query: str


class PortalFilterSet(django_filters.FilterSet):
    """Narrows a list by what an address says; what makes no sense is left out, and the rest still narrows.

    ``defaults`` is what an address means that does not name a filter, or nothing that it knows; ``sort_keys`` by what
    the list can be ordered, the usual one first; ``field_order`` how the fields stand where filters are inherited;
    ``bare`` what an address says that narrows nothing, where one that says nothing at all leads elsewhere.
    """

    defaults: ClassVar[Mapping[str, str]] = {}
    sort_keys: ClassVar[Sequence[str]] = ()
    field_order: ClassVar[Sequence[str] | None] = None
    bare: ClassVar[Mapping[str, str]] = {}

    class Meta:
        form = FilterForm

    def __init__(self, data: QueryDict, queryset: QuerySet[Any]) -> None:
        super().__init__({**self.defaults, **data.dict()}, queryset)

    def get_choices(self) -> Choices:
        """The choices that depend on rows, by filter; looked up once, when the form is made."""
        return {}

    def get_form_class(self) -> Any:
        for name, choices in self.get_choices().items():
            self.filters[name].extra["choices"] = list(choices)
        form_class = super().get_form_class()
        form_class.field_order = self.field_order
        return form_class

    @cached_property
    def given(self) -> dict[str, Any]:
        """What narrows, by filter, in the order of the form."""
        self.form.is_valid()
        values = {name: self.form.cleaned_data.get(name, self.defaults.get(name)) for name in self.form.fields}
        return {name: value for name, value in values.items() if value}

    @property
    def is_active(self) -> bool:
        """Whether it narrows otherwise than an address that says nothing."""
        return self.given != self.defaults

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        for name, value in self.given.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset

    @property
    def sorting(self) -> tuple[str, bool]:
        return sorting(self.data.get("sort", ""), self.sort_keys)

    @property
    def chosen(self) -> dict[str, str]:
        """What narrows, as it stands in an address."""
        return {name: "on" if value is True else str(value) for name, value in self.given.items()}

    @property
    def query(self) -> str:
        return urlencode(self.chosen)

    @property
    def words(self) -> list[tuple[str, str]]:
        """What narrows, in the reader's words: the label of each field, and its value; a ticked box has none."""
        words = []
        for name, value in self.chosen.items():
            field = self.form.fields[name]
            choices = dict(getattr(field, "choices", []))
            words.append((str(field.label), "" if self.given[name] is True else str(choices.get(value, value))))
        return words

    @property
    def chips(self) -> list[Chip]:
        """What narrows, each with what follows the question mark of the same page without it; the order stays.

        None for what cannot be taken off: a field that needs a value and that an address means when silent on it.
        """
        return [
            Chip(label, value, urlencode(self._without(name)))
            for name, (label, value) in zip(self.chosen, self.words, strict=True)
            if not (name in self.defaults and self.form.fields[name].required)
        ]

    def _without(self, left_out: str) -> dict[str, str]:
        # What an address means that is silent on it has to be spoken against, and stays so.
        kept = {
            name: value
            for name, value in self.data.items()
            if (value or name in self.defaults) and name not in {"page", left_out}
        }
        spoken = {left_out: ""} if left_out in self.defaults else {}
        return {**self.bare, **kept, **spoken}

"""The base of our forms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms.utils import ErrorList

from core.errors import ServiceError
from core.language.text import UNSEEN
from core.web.forms.mending import mended
from core.web.forms.renderers import AccessibleRenderer


@dataclass(frozen=True, slots=True)
class ErrorLink:
    """One line of the error summary; ``target`` is the id of the input to mend, empty for the form as a whole."""

    target: str
    message: str


class AccessibleForm(forms.Form):
    """A form whose fields carry their label, hint and error, and that can take a service's refusal.

    ``fields_of_service`` maps the names that a service uses in ``ServiceError.field`` to those of this form where
    they differ.
    """

    default_renderer = AccessibleRenderer()  # one for all: each finds the tags of all apps anew
    fields_of_service: ClassVar[Mapping[str, str]] = {}
    marks_optional_fields: ClassVar[bool] = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.data = mended(self.data)
        self.mendable: set[str] = set()
        # The browser's own bubbles cannot be translated or styled, and hide all errors but the first.
        self.use_required_attribute = False

    def refuse(self, error: ServiceError) -> None:
        """Show a service's refusal by the field that it names, or above the form."""
        name = self.fields_of_service.get(error.field or "", error.field)
        self.add_error(name if name in self.fields else None, str(error))
        if error.code == UNSEEN and name in self.fields:
            self.mendable.add(name)

    def show_only(self, error: ServiceError | None) -> None:
        """The form as it was posted with this error alone, or with none: for what is looked at and not yet sent."""
        self.full_clean()
        self.errors.clear()
        if error is not None:
            self.refuse(error)

    def rest_on(self, revision: int) -> None:
        """Make the form, when it is sent again, rest on this revision (its hidden field ``base``)."""
        self.carry(base=revision)

    def carry(self, **values: object) -> None:
        """Make the form, when it is sent again, carry these values in its hidden fields."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # what was posted cannot be changed
        for name, value in values.items():
            data[self.add_prefix(name)] = str(value)
        self.data = data

    @property
    def is_file_lost(self) -> bool:
        """A browser does not send a file again with the form that comes back to it."""
        return bool(self.errors and self.files)

    @property
    def error_links(self) -> list[ErrorLink]:
        """Everything that is wrong, in the order of the fields, each with the way to it."""
        links = [ErrorLink("", str(message)) for message in self.non_field_errors()]
        for name in self.fields:
            errors: ErrorList = self.errors.get(name, ErrorList())
            links += [ErrorLink(self[name].first_input_id, str(message)) for message in errors]  # type: ignore[attr-defined]
        return links


class FilterForm(AccessibleForm):
    """What narrows a list; what makes no sense narrows nothing."""

    marks_optional_fields = False

    @property
    def is_active(self) -> bool:
        """Whether anything is narrowed (after validation)."""
        return any(self.cleaned_data.get(name) for name in self.fields)

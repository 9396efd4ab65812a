from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from core.web.forms import AccessibleForm


class ReaderForm(AccessibleForm):
    """``people``: those who may be asked."""

    reader = forms.TypedChoiceField(
        label=_("Who should read it?"),
        help_text=_("The person is told by mail. Who was asked before, and has said nothing yet, is asked no more."),
        widget=forms.Select(attrs={"dir": "auto"}),
        error_messages={"required": _("Choose who should read it.")},
    )

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose somebody")), *((str(person.pk), str(person)) for person in people)]
        self.fields["reader"].choices = choices  # type: ignore[attr-defined]

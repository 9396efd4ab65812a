"""What is written when a draw is announced, run and published, and when it is to be voided."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.people import OfficerField, officers
from accounts.people.models import User
from core.errors import ServiceError
from core.web.forms import AccessibleForm
from reviews.opening import ReasonToBeginForm


class AnnounceForm(AccessibleForm):
    public_values = forms.CharField(
        label=_("Public values"),
        help_text=_(
            "Values that nobody can know yet, one a line: what will be read, where, and when. The seed holds each of "
            "them after the numbers of the delegates."
        ),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def clean_public_values(self) -> list[str]:
        lines: list[str] = self.cleaned_data["public_values"].splitlines()
        return [line.strip() for line in lines if line.strip()]


class RunForm(AccessibleForm):
    def refuse(self, error: ServiceError) -> None:
        """Why no draw keeps all rules takes several sentences; each is a line of its own."""
        for sentence in str(error).splitlines():
            self.add_error(None, sentence)


class PublishForm(ReasonToBeginForm):
    """``seen`` is the fingerprint of the findings that stood on the page; ``asks_who`` where somebody is to be put in
    charge of reviews.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    officer = OfficerField(
        label=_("Officer in charge"),
        help_text=_("Of the reviews whose State had none before. Is reminded of what the secretariat owes."),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
    )

    def __init__(self, *args: Any, asks_who: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = officers()  # type: ignore[attr-defined]
        if not asks_who:
            del self.fields["officer"]


class VoidForm(AccessibleForm):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It stays in the record, and is public where the draw is."),
        error_messages={"required": _("Write the reason; it stays in the record.")},
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

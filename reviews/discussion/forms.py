"""Fields of the forms in which notes are written."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from core.language.i18n import isolated
from core.web.forms import AccessibleForm
from reviews.discussion.services import MAXIMUM_NOTE


def note_field(*, rows: int = 4, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Note"),
        max_length=MAXIMUM_NOTE,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
        error_messages={"required": _("Write a note.")},
        **kwargs,
    )


class MentionForm(AccessibleForm):
    """Asks for one person whom a text mentions; more are mentioned by an @ before their names.

    ``people``: those who may be mentioned. Without any it does not ask.
    """

    mention = forms.TypedChoiceField(
        label=_("Mention"),
        help_text=_("Whom you mention is told by mail. Or write @ and the whole name in the note."),
        coerce=UUID,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not people:
            del self.fields["mention"]
            return
        names = [(each.pk, isolated(each.full_name)) for each in people]
        self.fields["mention"].choices = [("", _("Nobody")), *names]  # type: ignore[attr-defined]

    @property
    def mentioned(self) -> list[UUID]:
        chosen = self.cleaned_data.get("mention")
        return [chosen] if chosen else []

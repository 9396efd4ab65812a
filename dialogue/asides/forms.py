from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from core.language.i18n import isolated
from core.web.forms import AccessibleForm
from reviews.discussion import note_field


class AsideForm(AccessibleForm):
    """A note, and the colleague whom it mentions."""

    text = note_field(help_text=_("The people of your own State read it here; nobody else does."))
    mention = forms.TypedChoiceField(
        label=_("Mention"),
        help_text=_("Whom you mention is told by mail."),
        coerce=UUID,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(each.pk), isolated(each.full_name)) for each in people]
        self.fields["mention"].choices = [("", _("Nobody")), *names]  # type: ignore[attr-defined]

"""Forms of margin notes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from core.language.i18n import isolated
from core.web.forms import AccessibleForm
from reviews.cases.models import Participation
from reviews.discussion import MentionForm, note_field


class MarginReplyForm(MentionForm):
    """A note, and whom it mentions."""

    text = note_field()
    field_order: Sequence[str] = ("text", "mention")


class MarginThreadForm(MarginReplyForm):
    """The first note; ``to``: the contributors to whom it may be addressed, none where a contributor writes.

    ``version``: the number of the version of the questionnaire that the page shows.
    """

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    to = forms.TypedChoiceField(label=_("Who reads it"), coerce=UUID, empty_value=None, required=False)
    field_order = ("text", "to", "mention")

    def __init__(self, *args: Any, to: Sequence[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not to:
            del self.fields["to"]
            return
        words = _("Those who draft, and %(contributor)s")
        ministries = [(row.pk, words % {"contributor": _named(row)}) for row in to]
        self.fields["to"].choices = [("", _("Those who draft for the State alone")), *ministries]  # type: ignore[attr-defined]


def _named(row: Participation) -> str:
    return isolated(", ".join(filter(None, [row.user.full_name, row.user.organization])))


class MarginEditForm(AccessibleForm):
    """``shown``: the note ``as_shown``."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    text = note_field()

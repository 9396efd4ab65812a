"""Forms of margin notes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from core.language.i18n import isolated
from core.web.forms import AccessibleForm
from questionnaires.margin.services import MAXIMUM_NOTE
from reviews.cases.models import Participation


def _text(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=MAXIMUM_NOTE,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Write a note.")},
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


class MarginReplyForm(MentionForm):
    """A note, and whom it mentions."""

    text = _text(_("Note"))
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
    text = _text(_("Note"))

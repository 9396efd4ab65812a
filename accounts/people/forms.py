from django import forms

from accounts.people.models import User
from core.language.i18n import isolated


class OfficerField(forms.ModelChoiceField):
    """A choice of an officer. An option cannot be marked as a name, so that the name keeps its own order."""

    def label_from_instance(self, obj: User) -> str:
        return isolated(str(obj))

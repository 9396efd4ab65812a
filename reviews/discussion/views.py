"""The button that resolves a matter, or opens it again."""

from abc import abstractmethod

from django import forms
from django.utils.translation import gettext as _

from core.web.numbers import posted_number
from core.web.views import ServiceActionView


class ResolveView(ServiceActionView):
    """POST with ``resolved`` of 1 or 0, and ``seen``: how many notes stood on the page."""

    takes = {"resolved": forms.ChoiceField(choices=[("1", "1"), ("0", "0")]), "seen": forms.IntegerField(min_value=0)}

    @abstractmethod
    def resolve(self, *, is_resolved: bool, seen: int) -> bool:
        """Call the service: whether the matter was not so before. May raise ServiceError."""

    def perform(self) -> str:
        is_resolved = self.request.POST.get("resolved") == "1"
        is_new = self.resolve(is_resolved=is_resolved, seen=posted_number(self.request.POST.get("seen")))
        if is_resolved:
            return _("It is resolved.") if is_new else _("It was resolved already.")
        return _("It is open again.") if is_new else _("It was open already.")

"""The roots over the record of acts, for everybody: a list, each with its file, and the keys that signed them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.audit.roots.keys import pem_of
from core.audit.roots.selectors import get_public_key, get_public_root, public_keys, public_roots
from core.audit.roots.statements import file_name_of, file_of, key_file_name
from core.files.storage import attachment
from core.models import RecordRoot
from core.templatetags.components import date_words
from core.web.pages import Crumb
from core.web.views.lists import ListPage
from core.web.views.public import PublicPage


class RootListView(PublicPage, ListPage):
    title = gettext_lazy("Roots of the record of acts")
    template_name = "core/root_list.html"
    empty_title = gettext_lazy("No root has been given out yet")
    empty_text = gettext_lazy("The first one stands here after the next night.")

    def get_rows(self) -> Any:
        return public_roots()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = self.page
        newest = page.object_list[0] if page.object_list and page.number == 1 else public_roots().first()
        return super().get_context_data(newest=newest, keys=public_keys(), **kwargs)


class RootPage(PublicPage):
    @cached_property
    def root(self) -> RecordRoot:
        return get_public_root(self.kwargs["number"])


class RootDetailView(RootPage, TemplateView):
    template_name = "core/root_detail.html"

    def get_title(self) -> str:
        return _("Root %(number)s of %(day)s") % {"number": self.root.number, "day": date_words(self.root.day)}

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("Roots of the record of acts"), reverse("core:root-list"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        command = f"python3 verify_record.py RECORD.json --root {self.root.hash}"
        return super().get_context_data(root=self.root, file_name=file_name_of(self.root), command=command, **kwargs)


class RootFileView(RootPage):
    """The file of a root, byte for byte as it is kept."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return attachment(file_of(self.root), file_name=file_name_of(self.root), content_type="application/json")


class RootKeyView(PublicPage):
    """The public half of a key that has signed roots."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        fingerprint = self.kwargs["fingerprint"]
        content = pem_of(get_public_key(fingerprint))
        return attachment(content, file_name=key_file_name(fingerprint), content_type="application/x-pem-file")

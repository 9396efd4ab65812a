"""Where the people of a State read and write its internal threads."""

from abc import abstractmethod
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.policy import can
from core.web.pages import Crumb
from core.web.views import ServiceFormView
from dialogue.asides.forms import AsideForm
from dialogue.asides.models import Aside, AsideNote
from dialogue.asides.selectors import asides_about, asides_of, get_aside, mentionable
from dialogue.asides.services import add_note, begin_aside, look_at_asides, resolve_aside
from dialogue.threads import Matter, find_matter, matters_of
from dialogue.threads.enums import ThreadAction
from reviews.discussion import ResolveView
from reviews.navigation import ReviewPage

_TITLE = gettext_lazy("Internal threads of my State")


class _BelowMessages(ReviewPage):
    def get_trail(self) -> list[Crumb]:
        messages = Crumb(_("Messages of the dialogue"), reverse("dialogue:thread-list", args=self.address))
        return [*super().get_trail(), messages]


class AsideListView(_BelowMessages, TemplateView):
    """The internal threads of the reader's State: the open ones, or all (``?show=all``), looked at by opening."""

    policy_action = ThreadAction.VIEW_NOTES
    title = _TITLE
    template_name = "dialogue/asides/aside_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(asides_of(self.user, self.review))
        shows_all = self.request.GET.get("show") == "all"
        shown = [row for row in rows if shows_all or row.resolved_at is None]
        matters = matters_of(self.user, self.review, {(row.subject, row.matter) for row in shown})
        if self.request.method == "GET":
            look_at_asides(self.user, self.review, shown)
        return super().get_context_data(
            rows=[(row, matters[row.subject, row.matter]) for row in shown],
            total=len(rows),
            open=sum(row.resolved_at is None for row in rows),
            shows_all=shows_all,
            **kwargs,
        )


class _AsidePage(_BelowMessages, ServiceFormView):
    """Notes, which whoever opens the page has looked at, over a form for one more."""

    policy_action = ThreadAction.VIEW_NOTES
    form_class = AsideForm
    keeps = True
    success_message = gettext_lazy("The note is written.")

    @cached_property
    @abstractmethod
    def shown(self) -> list[Aside]: ...

    @property
    @abstractmethod
    def matter(self) -> Matter: ...

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_TITLE, reverse("dialogue:aside-list", args=self.address))]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "people": mentionable(self.user, self.review)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown, matter = self.shown, self.matter
        if self.request.method == "GET":
            look_at_asides(self.user, self.review, shown)
        may_write = can(self.user, ThreadAction.NOTE, self.review)
        return super().get_context_data(asides=shown, matter=matter, may_write=may_write, **kwargs)


class AsideMatterView(_AsidePage):
    """All of them on one matter, and where one is begun."""

    title = gettext_lazy("Internal threads on one matter")
    template_name = "dialogue/asides/aside_matter.html"

    @cached_property
    def shown(self) -> list[Aside]:
        return asides_about(self.user, self.review, self.matter)

    @cached_property
    def matter(self) -> Matter:
        found = find_matter(self.user, self.review, self.kwargs["subject"], self.kwargs["key"])
        if found is None:
            raise Http404
        return found

    def perform(self, form: AsideForm) -> Aside:
        about: dict[str, Any] = {"subject": self.matter.subject, "key": self.matter.key, **form.cleaned_data}
        return begin_aside(actor=self.user, review=self.review, **about)

    def success_url_for(self, result: Aside) -> str:
        return self.next_page or reverse("dialogue:aside", args=[*self.address, result.pk])


class AsideView(_AsidePage):
    """One of them, and one note more."""

    title = gettext_lazy("Internal thread")
    template_name = "dialogue/asides/aside.html"

    @cached_property
    def aside(self) -> Aside:
        return get_aside(self.user, self.review, self.kwargs["aside"])

    @cached_property
    def shown(self) -> list[Aside]:
        return [self.aside]

    @cached_property
    def matter(self) -> Matter:
        about = (self.aside.subject, self.aside.matter)
        return matters_of(self.user, self.review, [about])[about]

    def perform(self, form: AsideForm) -> AsideNote:
        return add_note(actor=self.user, aside=self.aside, **form.cleaned_data)

    def success_url_for(self, result: AsideNote) -> str:
        return reverse("dialogue:aside", args=[*self.address, self.aside.pk])


class AsideResolveView(ReviewPage, ResolveView):
    policy_action = ThreadAction.NOTE

    def resolve(self, *, is_resolved: bool, seen: int) -> bool:
        aside = get_aside(self.user, self.review, self.kwargs["aside"])
        return resolve_aside(actor=self.user, aside=aside, is_resolved=is_resolved, seen=seen)

    def next_url(self) -> str:
        return reverse("dialogue:aside", args=[*self.address, self.kwargs["aside"]])

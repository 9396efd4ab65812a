"""The pages on which officers keep the list of publications and tools."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.errors import ServiceError
from core.language.i18n import isolated
from core.policy import explain
from core.seen import seen_of
from core.web.pages import Crumb
from core.web.views import ConfirmedActView, PolicyView, ServiceFormView
from reviews.programme import get_mechanism
from reviews.programme.models import Mechanism
from reviews.reading.enums import ReadingAction
from reviews.reading.forms import FIELDS, ReadingForm, SeenForm
from reviews.reading.models import ReadingItem
from reviews.reading.selectors import get_item, grouped, reading_of
from reviews.reading.services import add_item, change_item, put_back, withdraw_item


class ReadingPage(PolicyView):
    """A page of the list of one mechanism."""

    @cached_property
    def mechanism(self) -> Mechanism:
        return get_mechanism(self.kwargs["mechanism"])

    def get_caption(self) -> str:
        return str(self.mechanism)

    def get_about(self) -> str:
        return str(self.mechanism)

    def list_url(self) -> str:
        return reverse("reviews:reading-list", args=[self.mechanism.slug])

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("Reviews"), reverse("reviews:review-list", args=[self.mechanism.slug]))]


class ReadingListView(ReadingPage, TemplateView):
    policy_action = ReadingAction.VIEW
    title = gettext_lazy("Publications and tools")
    template_name = "reviews/reading/reading_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        items = list(reading_of(self.mechanism))
        kwargs["mechanism"] = self.mechanism  # in place of its name, which the address gave
        return super().get_context_data(
            groups=grouped([item for item in items if item.withdrawn_at is None], get_language() or ""),
            withdrawn=[item for item in items if item.withdrawn_at is not None],
            decision=explain(self.user, ReadingAction.MAINTAIN),
            **kwargs,
        )


class ReadingWritingPage(ReadingPage):
    policy_action = ReadingAction.MAINTAIN

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_("Publications and tools"), self.list_url())]

    def back_url(self) -> str:
        return self.list_url()


class ReadingAddView(ReadingWritingPage, ServiceFormView):
    form_class = ReadingForm
    template_name = "components/form_page.html"
    title = gettext_lazy("Add a publication or tool")
    success_message = gettext_lazy("It is on the list, and on the pages of preparation.")
    keeps = True

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "mechanism": self.mechanism}

    def perform(self, form: ReadingForm) -> ReadingItem:
        return add_item(actor=self.user, mechanism=self.mechanism, given=form.given)


class ReadingItemPage(ReadingWritingPage):
    @cached_property
    def item(self) -> ReadingItem:
        return get_item(self.mechanism, self.kwargs["item"])


class ReadingChangeView(ReadingItemPage, ServiceFormView):
    form_class = ReadingForm
    template_name = "reviews/reading/reading_change.html"
    title = gettext_lazy("Change a publication or tool")
    success_message = gettext_lazy("The entry is changed.")
    keeps = True
    stands: ReadingItem | None = None
    """What a colleague has made of it since the page was shown."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "mechanism": self.mechanism}

    def get_initial(self) -> dict[str, Any]:
        return {**{name: getattr(self.item, name) for name in FIELDS}, "seen": seen_of(self.item)}

    def perform(self, form: ReadingForm) -> ReadingItem:
        return change_item(actor=self.user, item=self.item, given=form.given, seen=form.cleaned_data["seen"])

    def rest(self, form: Any, error: ServiceError) -> None:
        """Sent again, the form replaces what stands now knowingly: it is on the page."""
        now = get_item(self.mechanism, self.kwargs["item"])
        if form.cleaned_data["seen"] != seen_of(now):
            self.stands = now
            form.carry(seen=seen_of(now))


class ReadingActView(ReadingItemPage, ConfirmedActView):
    form_class = SeenForm

    def get_initial(self) -> dict[str, Any]:
        return {"seen": seen_of(self.item)}


class ReadingWithdrawView(ReadingActView):
    title = gettext_lazy("Withdraw the entry")
    success_message = gettext_lazy("The entry is withdrawn.")

    def get_consequences(self) -> list[str]:
        return [
            _("%(title)s no longer stands on the pages of preparation.") % {"title": isolated(self.item.title)},
            _("It can be put back."),
        ]

    def perform(self, form: SeenForm) -> ReadingItem:
        return withdraw_item(actor=self.user, item=self.item, seen=form.cleaned_data["seen"])


class ReadingPutBackView(ReadingActView):
    title = gettext_lazy("Put the entry back")
    success_message = gettext_lazy("The entry is on the list again.")

    def get_consequences(self) -> list[str]:
        return [_("%(title)s stands on the pages of preparation again.") % {"title": isolated(self.item.title)}]

    def perform(self, form: SeenForm) -> ReadingItem:
        return put_back(actor=self.user, item=self.item, seen=form.cleaned_data["seen"])

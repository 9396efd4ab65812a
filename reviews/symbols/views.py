"""The pages on which officers give the documents of a review their symbols."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.errors import ServiceError
from core.language.i18n import in_own_order
from core.seen import seen_of
from core.web.pages import Crumb
from core.web.views import ConfirmedActView, ServiceFormView
from reviews.cases.enums import ReviewAction
from reviews.navigation import ReviewPage
from reviews.symbols.forms import FIELDS, SeenSymbolForm, SymbolForm
from reviews.symbols.models import DocumentSymbol
from reviews.symbols.selectors import SymbolLine, get_symbol_line, symbols_of
from reviews.symbols.services import give_symbol, take_symbol_off


class SymbolListView(ReviewPage, TemplateView):
    policy_action = ReviewAction.GIVE_SYMBOLS
    title = gettext_lazy("Symbols of documents")
    template_name = "reviews/symbols/symbol_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lines=symbols_of(self.review), **kwargs)


class SymbolPage(ReviewPage):
    """A page of the symbol of one document."""

    policy_action = ReviewAction.GIVE_SYMBOLS

    @cached_property
    def line(self) -> SymbolLine:
        return self.look()

    def look(self) -> SymbolLine:
        return get_symbol_line(self.review, self.kwargs["document"], self.kwargs.get("instrument", ""))

    def list_url(self) -> str:
        return reverse("reviews:symbol-list", args=self.address)

    def get_caption(self) -> str:
        return str(self.line.document)

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_("Symbols of documents"), self.list_url())]

    def back_url(self) -> str:
        return self.list_url()


class SymbolGiveView(SymbolPage, ServiceFormView):
    form_class = SymbolForm
    title = gettext_lazy("Symbol of a document")
    template_name = "reviews/symbols/symbol_give.html"
    success_message = gettext_lazy("Documents that are made from now on bear the symbol.")
    keeps = True
    stands: DocumentSymbol | None = None
    """What a colleague has made of it since the page was shown."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "shapes": self.review.mechanism.symbol_shapes}

    def get_initial(self) -> dict[str, Any]:
        row = self.line.row
        if row is None:
            return {"seen": "", "original": self.review.working_languages[0] if self.review.working_languages else "en"}
        return {**{name: getattr(row, name) for name in FIELDS}, "seen": seen_of(row)}

    def perform(self, form: SymbolForm) -> None:
        give_symbol(
            actor=self.user,
            review=self.review,
            document=self.line.document,
            given=form.given,
            seen=form.cleaned_data["seen"],
        )

    def rest(self, form: Any, error: ServiceError) -> None:
        """Sent again, the form replaces what stands now knowingly: it is on the page."""
        now = self.look().row
        if form.cleaned_data["seen"] != seen_of(now):
            self.stands = now
            form.carry(seen=seen_of(now))


class SymbolTakeOffView(SymbolPage, ConfirmedActView):
    form_class = SeenSymbolForm
    title = gettext_lazy("Take the symbol off")
    success_message = gettext_lazy("The document has no symbol any more.")

    def get_initial(self) -> dict[str, Any]:
        return {"seen": seen_of(self.look().row)}

    def get_consequences(self) -> list[str]:
        row = self.line.row
        now = _("Now: %(symbol)s") % {"symbol": in_own_order(row.symbol)} if row else _("This document has no symbol.")
        return [now, _("Documents that were made already keep it; those that are made from now on bear none.")]

    def perform(self, form: SeenSymbolForm) -> None:
        take_symbol_off(
            actor=self.user, review=self.review, document=self.line.document, seen=form.cleaned_data["seen"]
        )

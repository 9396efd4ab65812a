"""The pages on which an administrator records what a State has joined, and what it has said of it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _, gettext_lazy

from accounts.people.enums import AccountAction
from accounts.states import get_state
from accounts.states.models import StateParty
from core.errors import ServiceError
from core.language.i18n import isolated
from core.seen import seen_of
from core.web.pages import Crumb
from core.web.views import ConfirmedActView, PolicyView, ServiceFormView
from reviews.adherence.forms import AdherenceForm, StatementDeleteForm, StatementForm
from reviews.adherence.models import AdherenceStatement
from reviews.adherence.selectors import adherence_of, fingerprint, get_instrument, get_statement, what_follows
from reviews.adherence.services import delete_statement, record_adherence, write_statement
from reviews.programme.models import Adherence, Instrument


class AdherencePage(PolicyView):
    """A page of one State and one instrument."""

    policy_action = AccountAction.MAINTAIN_REFERENCE_DATA

    @cached_property
    def state(self) -> StateParty:
        return get_state(self.kwargs["iso3"])

    @cached_property
    def instrument(self) -> Instrument:
        return get_instrument(self.kwargs["instrument"])

    @cached_property
    def adherence(self) -> Adherence | None:
        return adherence_of(self.state, self.instrument)

    def get_caption(self) -> str:
        return str(self.state)

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("States"), reverse("reviews:state-list")), Crumb(str(self.state), self.back_url())]

    def back_url(self) -> str:
        return reverse("reviews:state-detail", args=[self.state.iso3])


class AdherenceView(AdherencePage, ServiceFormView):
    """First what would follow is shown; what was shown and still holds is recorded."""

    form_class = AdherenceForm
    template_name = "reviews/adherence/adherence_form.html"
    success_message = gettext_lazy("It is recorded. Open reviews stay as they are.")
    stands: Adherence | None = None  # what a colleague has recorded since the page was shown

    def get_title(self) -> str:
        return str(self.instrument.name)

    def get_initial(self) -> dict[str, Any]:
        names = ("kind", "deposited_on", "source", "is_verified")
        stands = {name: getattr(self.adherence, name) for name in names} if self.adherence else {}
        return {**stands, "seen": seen_of(self.adherence)}

    def form_valid(self, form: Any) -> HttpResponse:
        shown = form.cleaned_data.pop("confirmed")
        if form.cleaned_data["seen"] == seen_of(self.adherence):  # else the service refuses
            sentences = what_follows(self.state, self.instrument, form.cleaned_data["deposited_on"])
            now = fingerprint(self.adherence, form.cleaned_data, sentences)
            if shown != now:
                form.carry(confirmed=now)
                return self.render_to_response(self.get_context_data(form=form, sentences=sentences))
        return super().form_valid(form)

    def rest(self, form: Any, error: ServiceError) -> None:
        """Sent again, the form replaces what stands now knowingly: it is on the page, and what follows comes next."""
        now = adherence_of(self.state, self.instrument)
        if form.cleaned_data["seen"] != seen_of(now):
            self.stands = now
            form.carry(seen=seen_of(now), confirmed="")

    def perform(self, form: AdherenceForm) -> Adherence:
        given = form.cleaned_data
        return record_adherence(actor=self.user, state=self.state, instrument=self.instrument, **given)


class StatementPage(AdherencePage):
    @cached_property
    def joined(self) -> Adherence:
        """Raises Http404 where the State has not joined it: there is nothing to say of it yet."""
        if self.adherence is None:
            raise Http404
        return self.adherence

    def get_caption(self) -> str:
        return f"{self.state} – {self.instrument}"

    def get_policy_target(self) -> None:
        self.joined  # noqa: B018 - found before anybody is asked anything


class StatementAddView(StatementPage, ServiceFormView):
    form_class = StatementForm
    template_name = "components/form_page.html"
    title = gettext_lazy("Add a reservation, declaration or notification")
    success_message = gettext_lazy("It is recorded.")
    keeps = True

    def perform(self, form: StatementForm) -> AdherenceStatement:
        return write_statement(actor=self.user, adherence=self.joined, **form.cleaned_data)


class StatementChangeView(StatementPage, ServiceFormView):
    form_class = StatementForm
    template_name = "components/form_page.html"
    title = gettext_lazy("Correct what was recorded")
    success_message = gettext_lazy("It is recorded.")
    keeps = True

    @cached_property
    def statement(self) -> AdherenceStatement:
        return get_statement(self.state, self.instrument, self.kwargs["statement"])

    def get_policy_target(self) -> None:
        self.statement  # noqa: B018 - found before anybody is asked anything

    def get_initial(self) -> dict[str, Any]:
        names = ("kind", "made_on", "language", "text", "link")
        return {**{name: getattr(self.statement, name) for name in names}, "seen": seen_of(self.statement)}

    def perform(self, form: StatementForm) -> AdherenceStatement:
        return write_statement(actor=self.user, adherence=self.joined, statement=self.statement, **form.cleaned_data)


class StatementDeleteView(StatementPage, ConfirmedActView):
    form_class = StatementDeleteForm
    title = gettext_lazy("Take it out")
    is_warning = True
    success_message = gettext_lazy("It is taken out.")

    @cached_property
    def statement(self) -> AdherenceStatement:
        return get_statement(self.state, self.instrument, self.kwargs["statement"])

    def get_policy_target(self) -> None:
        self.statement  # noqa: B018 - found before anybody is asked anything

    def get_initial(self) -> dict[str, Any]:
        return {"seen": seen_of(self.statement)}

    def get_consequences(self) -> list[str]:
        begins = Truncator(self.statement.text).chars(200)
        return [
            f"{self.statement.get_kind_display()}: {isolated(begins)}",
            _("It no longer stands on the page of the State. The record of acts says that it did."),
        ]

    def perform(self, form: Any) -> None:
        delete_statement(actor=self.user, statement=self.statement, seen=form.cleaned_data["seen"])

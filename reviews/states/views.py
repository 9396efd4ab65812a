"""Pages of States: the list, one State, its nominations, the directory, and the public status of its reviews."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from accounts.people.enums import AccountAction
from accounts.states import all_states, get_state, zone_of_state
from accounts.states.models import StateParty
from core.hashes import document_hash
from core.policy import can, explain
from core.web.forms import AccessibleForm
from core.web.pages import Crumb, Page
from core.web.views import ConfirmedActView, ListPage, PolicyView, PublicPage
from reviews.adherence import statements_of
from reviews.cases import left_out_of
from reviews.lists import for_list, reviews_of_state
from reviews.nominations import BelowNominations, StatePage, delegations_of, notes_of_state
from reviews.nominations.enums import NominationAction
from reviews.programme import adherences_of, begin_to_bind, instruments, mechanisms, steps_of
from reviews.programme.models import Adherence, Instrument, Mechanism
from reviews.speakers import NominatingState, mission_of
from reviews.states.directory import experts_of, focal_points, people_by_state, reviews_with_experts
from reviews.states.enums import StateAction
from reviews.states.filters import DirectoryFilterSet, ExpertFilterSet, StateFilterSet
from reviews.states.listing import StateList, sections_on_page, state_list
from reviews.states.models import StatusConsent
from reviews.states.selectors import StateStatus, get_open_mechanism, is_open, public_status, standing_consent
from reviews.states.services import agree_to_public_status, end_public_status
from reviews.states.years import review_years
from reviews.visibility import reviews_visible_to


class StateListView(PublicPage, ListPage):
    """The States by regional group with what each has joined, for everybody; fictional ones apart."""

    title = gettext_lazy("States")
    template_name = "reviews/states/state_list.html"

    filter_label = gettext_lazy("Filter the States")
    empty_title = gettext_lazy("No State matches the filter")

    def get_filter(self) -> StateFilterSet:
        return StateFilterSet(self.request.GET, all_states())

    @cached_property
    def listed(self) -> StateList:
        return state_list(self.filter.qs, self.page_size)

    def get_rows(self) -> Any:
        return self.listed.keys

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        columns = list(instruments())
        sections = sections_on_page(self.listed, list(self.page.object_list), columns)
        return super().get_context_data(listed=self.listed, sections=sections, instruments=columns, **kwargs)


class StateDetailView(PolicyView, TemplateView):
    """One State: what it has joined and when, and its reviews that the reader may know of."""

    policy_action = AccountAction.VIEW_STATES
    template_name = "reviews/states/state_detail.html"

    @cached_property
    def state(self) -> StateParty:
        return get_state(self.kwargs["iso3"])

    def get_title(self) -> str:
        return str(self.state)

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("States"), reverse("reviews:state-list"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        state = self.state
        adherences = list(adherences_of(state))
        joined, begins = {row.instrument_id: row for row in adherences}, begin_to_bind(adherences)
        user: Any = self.request.user
        reviews = list(for_list(reviews_of_state(user, state)).order_by("code"))
        return super().get_context_data(
            state=state,
            rows=[_bound(instrument, joined.get(instrument.pk), begins) for instrument in instruments()],
            reviews=reviews,
            years=review_years(reviews),
            left_out=left_out_of(*reviews),
            now=timezone.now(),
            statements=statements_of(state),
            record_decision=explain(user, AccountAction.MAINTAIN_REFERENCE_DATA),
            sees_staff_sessions=can(user, StateAction.VIEW_STAFF_SESSIONS, state),
            places=[NominatingState(mechanism, state) for mechanism in mechanisms()],
            view_nominations=NominationAction.VIEW_STATE,
            read_record=NominationAction.READ_RECORD,
            **kwargs,
        )


def _bound(
    instrument: Instrument, adherence: Adherence | None, begins: dict[UUID, dt.date]
) -> tuple[Instrument, Adherence | None, dt.date | None]:
    return instrument, adherence, begins.get(adherence.pk) if adherence else None


class DirectoryView(PolicyView, ListPage):
    """The focal points of all States, without the reviews in which they serve. Who is missing is not shown here."""

    policy_action = StateAction.VIEW_DIRECTORY
    title = gettext_lazy("Directory")
    template_name = "reviews/states/directory.html"
    page_size = 25
    filter_label = gettext_lazy("Filter the focal points")
    unmatched_title = gettext_lazy("No focal point matches the filter")
    empty_title = gettext_lazy("No State has named a focal point yet")
    empty_text = gettext_lazy("They stand here once a State has named them by its link or by a note verbale.")

    def get_filter(self) -> DirectoryFilterSet:
        return DirectoryFilterSet(self.request.GET, focal_points())

    def get_rows(self) -> Any:
        return people_by_state(self.filter.qs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """``board``: where officers write to the States; empty for others, and without a mechanism."""
        first = mechanisms().first() if can(self.user, NominationAction.VIEW_BOARD) else None
        board = reverse("reviews:board", args=[first.slug]) if first else ""
        return super().get_context_data(board=board, **kwargs)


class DirectoryExpertsView(PolicyView, ListPage):
    """The experts of the reviews that the reader may know of."""

    policy_action = StateAction.VIEW_DIRECTORY
    title = gettext_lazy("Experts of your reviews")
    template_name = "reviews/states/directory_experts.html"
    page_size = 10
    filter_label = gettext_lazy("Filter the experts")
    unmatched_title = gettext_lazy("None matches the filter.")
    empty_title = gettext_lazy("No experts to show")
    empty_text = gettext_lazy("The experts of the reviews in which you take part stand here once they have been named.")

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("Directory"), reverse("reviews:directory"))]

    def get_filter(self) -> ExpertFilterSet:
        return ExpertFilterSet(self.request.GET, reviews_with_experts(self.user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(reviews=experts_of(self.user, list(self.page.object_list)), **kwargs)


@method_decorator(login_not_required, name="dispatch")
class StatusPage(Page):
    """What everybody may read of reviews. A copy is shown again only after asking whether it still holds.

    So a State that ends its consent is gone at once, from what others keep as well.
    """

    mechanism: Mechanism
    statuses: list[StateStatus]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.mechanism = get_open_mechanism(kwargs["mechanism"])
        self.statuses = public_status(self.mechanism)
        answer = super().dispatch(request, *args, **kwargs)
        if not request.user.is_authenticated:  # the page of somebody signed in bears a name
            patch_cache_control(answer, public=True, no_cache=True)
        return answer


class StatusView(StatusPage, TemplateView):
    title = gettext_lazy("Steps that reviews have reached")
    template_name = "reviews/states/status.html"

    def get_caption(self) -> str:
        return self.mechanism.name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"mechanism": self.mechanism, "statuses": self.statuses, "steps": steps_of(self.mechanism)}
        return super().get_context_data(**kwargs | shown)


class StatusJSONView(StatusPage):
    """The same for programs (docs/api/public-status.md)."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        document = {
            "mechanism": {"slug": self.mechanism.slug, "name": self.mechanism.name},
            "states": [_as_document(status) for status in self.statuses],
        }
        etag = f'"{document_hash(document)}"'
        answer = JsonResponse(document, headers={"ETag": etag})
        return get_conditional_response(request, etag=etag, response=answer) or answer


def _as_document(status: StateStatus) -> dict[str, Any]:
    return {
        "iso3": status.state.iso3,
        "name": status.state.name,
        "reviews": [
            {
                "code": review.code,
                "phase": review.phase,
                "step": review.step.slug,
                "step_name": review.step.name,
                "since": f"{review.since:%Y-%m}",
            }
            for review in status.reviews
        ],
    }


class StatusConsentPage(BelowNominations, ConfirmedActView):
    policy_action = NominationAction.SET_STATUS_CONSENT

    def success_url_for(self, result: object) -> str:
        return self.state_url()


class StatusAgreeView(StatusConsentPage):
    title = gettext_lazy("Agree to the public page")
    consequences = (
        gettext_lazy("Everybody can read which step each review of your State has reached, and since which month."),
        gettext_lazy("No date that is due is shown, no delay, no person, no reviewing State and nothing written."),
        gettext_lazy("You can end this at any time; the reviews of your State are off the page at once."),
    )
    success_message = gettext_lazy("Agreed: the steps of your State’s reviews are on the public page.")

    def perform(self, form: AccessibleForm) -> StatusConsent:
        return agree_to_public_status(actor=self.user, place=self.place)


class StatusEndView(StatusConsentPage):
    title = gettext_lazy("End the agreement to the public page")
    consequences = (
        gettext_lazy("The reviews of your State are off the public page at once."),
        gettext_lazy("What others have copied from it before stays with them."),
    )
    is_warning = True
    success_message = gettext_lazy("Ended: the reviews of your State are off the public page.")

    def perform(self, form: AccessibleForm) -> None:
        end_public_status(actor=self.user, place=self.place)


class StateNominationsView(StatePage, ListPage):
    """Who is missing in every current review of a State and by when, its notes verbales, its permanent mission."""

    policy_action = NominationAction.VIEW_STATE
    title = gettext_lazy("Nominations")
    template_name = "reviews/states/state_nominations.html"

    def get_rows(self) -> Any:
        return notes_of_state(self.place)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        delegations = delegations_of(self.place)
        visible = reviews_visible_to(self.user).filter(pk__in=[each.review.pk for each in delegations])
        return super().get_context_data(
            delegations=delegations,
            visible=set(visible.values_list("pk", flat=True)),
            mission=mission_of(self.place.state_party),
            consent=standing_consent(self.place),
            has_public_status=is_open(self.place.mechanism),
            today=timezone.now().astimezone(zone_of_state(self.place.state_party)).date(),
            **kwargs,
        )

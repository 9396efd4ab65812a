from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from core.forms import AccessibleForm
from core.hashes import document_hash
from core.views import ConfirmedActView
from reviews.enums import NominationAction
from reviews.models import Mechanism, StatusConsent
from reviews.selectors.programme import steps_of
from reviews.selectors.status import StateStatus, get_open_mechanism, public_status, standing_consent
from reviews.services.status import agree_to_public_status, end_public_status
from reviews.views.nominations import StatePage


@method_decorator(login_not_required, name="dispatch")
class StatusPage(View):
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
    template_name = "reviews/status.html"

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


class StatusConsentPage(StatePage, ConfirmedActView):
    policy_action = NominationAction.SET_STATUS_CONSENT
    template_name = "reviews/status_consent.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(consent=standing_consent(self.place), **kwargs)

    def success_url_for(self, result: object) -> str:
        return reverse("reviews:state-nominations", args=[self.kwargs["mechanism"], self.kwargs["iso3"]])


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

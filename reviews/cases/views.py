"""The list of reviews, the opening of one, and the base of every page of a review."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from core.web.pages import Crumb, Page
from core.web.views import ListPage, PolicyView, ServiceActionView, ServiceFormView
from reviews.cases.capacities import capacity_of
from reviews.cases.enums import ReviewAction
from reviews.cases.filters import ReviewFilterSet
from reviews.cases.forms import ReviewOpenForm
from reviews.cases.models import Review
from reviews.cases.selectors.reviews import for_list, get_review_for
from reviews.cases.services.reviews import open_review
from reviews.cases.services.steps import record_processing
from reviews.programme import get_mechanism, mechanisms
from reviews.programme.models import Mechanism


class UnderReview(Page):
    """The place of a page under a review's address; ``review`` is what the page is about."""

    review: Review

    @property
    def address(self) -> list[str]:
        """What the addresses of all pages of the review begin with."""
        return [self.kwargs["mechanism"], self.kwargs["code"]]

    def get_about(self) -> str:
        return str(self.review)

    def get_trail(self) -> list[Crumb]:
        reviews = Crumb(_("Reviews"), reverse("reviews:review-list", args=self.address[:1]))
        return [reviews, Crumb(str(self.review), reverse("portal:review-detail", args=self.address))]


class ReviewPage(UnderReview, PolicyView):
    """A page under a review's address; a stranger finds none."""

    policy_target: Any

    def find_review(self) -> Review:
        return get_review_for(self.user, *self.address)

    def get_policy_target(self) -> Any:
        return self.find_review()

    @property
    def review(self) -> Review:  # type: ignore[override]
        target = self.policy_target
        return target if isinstance(target, Review) else target.review

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        capacity = capacity_of(self.user, self.review)
        return super().get_context_data(review=self.review, address=self.address, capacity=capacity, **kwargs)  # type: ignore[misc]


class BelowParticipants(ReviewPage):
    """A page under the one of the participants, to which it leads back."""

    def participants_url(self) -> str:
        return reverse("reviews:participant-list", args=self.address)

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_("Participants"), self.participants_url())]

    def back_url(self) -> str:
        return self.participants_url()


class ReviewHomeView(PolicyView):
    """Leads to the list of the first mechanism, for links that know of none."""

    policy_action = ReviewAction.LIST

    def get(self, request: HttpRequest) -> HttpResponse:
        mechanism = mechanisms().first()
        if mechanism is None:  # nobody has chosen one: the first page says what is to be done
            return HttpResponseRedirect(reverse("portal:dashboard"))
        return HttpResponseRedirect(reverse("reviews:review-list", args=[mechanism.slug]))


class ReviewListView(PolicyView, ListPage):
    """The reviews that the reader may know of, each with its step and who owes the next act by when."""

    policy_action = ReviewAction.LIST
    title = gettext_lazy("Reviews")
    template_name = "reviews/cases/review_list.html"
    filter_label = gettext_lazy("Filter the reviews")
    unmatched_title = gettext_lazy("No review matches the filter")

    @cached_property
    def mechanism(self) -> Mechanism:
        return get_mechanism(self.kwargs["mechanism"])

    def get_caption(self) -> str:
        return str(self.mechanism)

    def get_filter(self) -> ReviewFilterSet:
        return ReviewFilterSet(self.request.GET, mechanism=self.mechanism, user=self.user)

    def get_rows(self) -> Any:
        return self.filter.in_order(for_list(self.filter.qs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"mechanism": self.mechanism, "now": self.filter.now, "open_action": ReviewAction.OPEN}
        return super().get_context_data(**kwargs | shown)


class ReviewOpenView(ServiceFormView):
    policy_action = ReviewAction.OPEN
    form_class = ReviewOpenForm
    title = gettext_lazy("Open a review")
    template_name = "reviews/cases/review_open.html"

    @cached_property
    def mechanism(self) -> Mechanism:
        return get_mechanism(self.kwargs["mechanism"])

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("Reviews"), reverse("reviews:review-list", args=[self.mechanism.slug]))]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "mechanism": self.mechanism}

    def get_initial(self) -> dict[str, Any]:
        return {"officer": self.request.user.pk}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(mechanism=self.mechanism, **kwargs)

    def perform(self, form: ReviewOpenForm) -> Review:
        period = form.cleaned_data["period"]
        return open_review(
            actor=self.user,
            phase=period.phase,
            state_under_review=form.cleaned_data["state_under_review"],
            reviewers=form.reviewers(),
            starts_on=form.starting_day,
            review_group=period.review_group,
            officer=form.cleaned_data["officer"],
        )

    def success_message_for(self, result: Review) -> str:
        message = _("The review of %(state)s is open. Register the focal points next.")
        return message % {"state": result.state_under_review}

    def success_url_for(self, result: Review) -> str:
        return reverse("portal:review-detail", args=[self.mechanism.slug, result.code])


class ProcessingRecordView(ReviewPage, ServiceActionView):
    policy_action = ReviewAction.RECORD_PROCESSING

    def perform(self) -> str:
        number = record_processing(self.user, self.review)
        return ngettext(
            "It is recorded that the documentation was processed; the time of what follows runs from today.",
            "It is recorded that all documentation was processed; the time of what follows runs from today.",
            number,
        )

    def next_url(self) -> str:
        return reverse("portal:review-detail", args=[self.kwargs["mechanism"], self.kwargs["code"]])

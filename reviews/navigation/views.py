"""The base of every page of a review."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from core.web.pages import Crumb, Page
from core.web.views import PolicyView
from reviews.capacities import capacity_of
from reviews.cases.models import Review
from reviews.visibility import get_review_for


def no_mechanism_yet(request: HttpRequest) -> HttpResponse:
    """Lead from a page of no mechanism to the first page, which says what is to be done, and say why."""
    words = _(
        "There is no mechanism yet, and so there are no reviews and no draws. An administrator loads the first one."
    )
    messages.info(request, words)
    return HttpResponseRedirect(reverse("portal:dashboard"))


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

    @property
    def next_page(self) -> str:
        """Where a form says that its reader came from, if that is a page of the same review."""
        page = self.request.POST.get("next") or self.request.GET.get("next", "")
        own = reverse("portal:review-detail", args=self.address)
        is_own = page.startswith(own) and ".." not in page and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
        return page if is_own else ""

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

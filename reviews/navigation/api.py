"""The base of every address of the API under a review's."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404

from accounts.people.models import User
from accounts.states.models import StateParty
from core.api.acts import ActView
from core.api.files import FileTwin, JobTwin
from core.api.jobs import JobApiView
from core.api.permissions import PolicyPermission, require_group
from core.api.reads import PageTwin
from core.api.views import StrictView
from core.database.identity import found_for_policy
from core.jobs import FoundJob
from reviews.capacities import capacity_of
from reviews.cases.models import Review
from reviews.visibility import acted_in_for, get_review_for


class ForPrograms:
    """Who asks (``PolicyPermission`` lets nobody in who is not signed in), and for which State a token is made.

    With a token for one State there are no reviews but those in which its person takes part for that State.
    """

    heeds_state = True
    request: Any

    @property
    def user(self) -> User:
        user: User = self.request.user
        return user

    @property
    def state_id(self) -> Any:
        """The key of the State of the token; None where it is for all, and in a person's own browser."""
        return self.request.auth.state_party_id if self.request.auth is not None else None

    def confined(self, reviews: QuerySet[Review]) -> QuerySet[Review]:
        if self.state_id is None:
            return reviews
        return acted_in_for(reviews, self.user, self.state_id)

    def require_own(self, state: StateParty) -> None:
        """Raise Http404 where the token is for another State than this one."""
        if self.state_id not in {None, state.pk}:
            raise Http404

    def require_state(self, review: Review) -> None:
        """Raise Http404 where the token is for another State than the one for which its person acts in the review."""
        if self.state_id is not None:
            capacity = capacity_of(self.user, review)
            if capacity is None or capacity.state_party_id != self.state_id:
                raise Http404


class ReviewForPrograms(ForPrograms, StrictView):
    """An address under a review's; a stranger finds none. ``review`` is there once the policy has been asked."""

    permission_classes = (PolicyPermission,)
    scope_group = "reviews"
    review: Review

    def get_policy_target(self) -> Any:
        self.review = get_review_for(self.user, self.kwargs["mechanism"], self.kwargs["code"])
        self.require_state(self.review)
        return self.review


class ReviewTwin(ForPrograms, PageTwin):
    """The twin of a page under a review's address (``ReviewPage``)."""

    scope_group = "reviews"

    def get_policy_target(self) -> Any:
        target = super().get_policy_target()
        self.require_state(self.review)
        return target

    @property
    def review(self) -> Review:
        review: Review = self.shown.review
        return review


class ReviewFileTwin(ReviewTwin, FileTwin):
    """A file that a page of a review hands out."""


class ReviewJobTwin(ReviewTwin, JobTwin):
    """A document that a page of a review has made."""


class ReviewActView(ForPrograms, ActView):
    """The twin of an act on a page under a review's address."""

    def get_policy_target(self) -> Any:
        target = super().get_policy_target()
        self.require_state(self.page_view.review)
        return target


class _OfJob(ForPrograms):
    """A token needs the scope of what the document is of; one for a State finds those of its reviews alone."""

    scope_group: ClassVar[str | None] = ""
    shown: Any

    def check_permissions(self, request: Any) -> None:
        super().check_permissions(request)  # type: ignore[misc]
        found: FoundJob = self.shown.found
        if self.state_id is not None:
            review = found_for_policy(lambda: _review_of(found.target))
            if review is None:
                raise Http404
            self.require_state(review)
        require_group(request, found.kind.scope_group)


def _review_of(target: Any) -> Review | None:
    return target if isinstance(target, Review) else getattr(target, "review", None)


class JobOfReviewApiView(_OfJob, JobApiView):
    """How far a document is; who may make it may see that."""


class JobFileTwin(_OfJob, FileTwin):
    """What a job has made."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import generics

from accounts.models import User
from core.api.permissions import PolicyPermission
from core.api.views import StrictView
from reviews.api.serializers import ReviewDetailSerializer, ReviewListSerializer
from reviews.enums import ReviewAction
from reviews.models import Review
from reviews.selectors.programme import get_mechanism
from reviews.selectors.reviews import for_detail, for_list, get_review_for, reviews_visible_to


class ReviewsOfUser:
    """What both views share: who asks (``PolicyPermission`` lets nobody in who is not signed in)."""

    request: Any

    @property
    def user(self) -> User:
        user: User = self.request.user
        return user


class ReviewListView(ReviewsOfUser, StrictView, generics.ListAPIView[Review]):
    """The reviews that the caller may see, with the next act of each."""

    permission_classes = (PolicyPermission,)
    serializer_class = ReviewListSerializer
    policy_action = ReviewAction.LIST

    def get_queryset(self) -> QuerySet[Review]:
        """Raises Http404 for a mechanism that is not there, so that a typing error does not look like no reviews."""
        return for_list(reviews_visible_to(self.user)).filter(mechanism=get_mechanism(self.kwargs["mechanism"]))


class ReviewDetailView(ReviewsOfUser, StrictView, generics.RetrieveAPIView[Review]):
    """One review: its States, instruments and milestones."""

    permission_classes = (PolicyPermission,)
    serializer_class = ReviewDetailSerializer
    policy_action = ReviewAction.VIEW

    def get_policy_target(self) -> Review:
        return get_review_for(self.user, self.kwargs["mechanism"], self.kwargs["code"])

    def get_object(self) -> Review:
        return for_detail(self.get_policy_target())

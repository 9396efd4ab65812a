from django.db.models import QuerySet
from rest_framework import generics

from core.api.permissions import PolicyPermission
from reviews.api.serializers import ReviewDetailSerializer, ReviewListSerializer
from reviews.enums import ReviewAction
from reviews.models import Review
from reviews.selectors.reviews import for_detail, for_list, get_review_for, reviews_visible_to


class ReviewListView(generics.ListAPIView[Review]):
    """The reviews that the caller may see, with the next act of each."""

    serializer_class = ReviewListSerializer
    permission_classes = [PolicyPermission]
    policy_action = ReviewAction.LIST

    def get_queryset(self) -> QuerySet[Review]:
        return for_list(reviews_visible_to(self.request.user)).filter(mechanism__slug=self.kwargs["mechanism"])


class ReviewDetailView(generics.RetrieveAPIView[Review]):
    """One review: its States, instruments and milestones."""

    serializer_class = ReviewDetailSerializer
    permission_classes = [PolicyPermission]
    policy_action = ReviewAction.VIEW

    def get_policy_target(self) -> Review:
        return get_review_for(self.request.user, self.kwargs["mechanism"], self.kwargs["code"])

    def get_object(self) -> Review:
        return for_detail(self.get_policy_target())

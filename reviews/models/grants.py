from django.db import models
from guardian.models import UserObjectPermissionBase

from reviews.models.review import Review


class ReviewUserGrant(UserObjectPermissionBase):
    """Guardian's table for reviews, with a real foreign key. Written only by ``reviews.grants``."""

    content_object = models.ForeignKey(Review, models.CASCADE, related_name="grants")

    class Meta(UserObjectPermissionBase.Meta):
        indexes = [models.Index(fields=["user", "content_object"], name="grant_user_review")]

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = _("Reviews")

    def ready(self) -> None:
        from core import policy
        from reviews import permissions
        from reviews.enums import ReviewAction

        policy.register(ReviewAction, permissions.decide)

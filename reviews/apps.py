from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = _("Reviews")

    def ready(self) -> None:
        from accounts.enums import AccountRuleKey
        from accounts.selectors import register_grace
        from core import jobs, policy
        from reviews import permissions, trail
        from reviews.enums import (
            CockpitAction,
            ExchangeAction,
            MeetingAction,
            NominationAction,
            ReviewAction,
            StateAction,
            TextAction,
        )
        from reviews.enums_access import AccessAction
        from reviews.permissions import access, cockpit, exchange, meetings, nominations, states, texts
        from reviews.selectors.participation import is_focal_point
        from reviews.services import documents

        policy.register(ReviewAction, permissions.decide, binding=permissions.BINDING)
        policy.register(ExchangeAction, exchange.decide, binding=exchange.BINDING)
        policy.register(TextAction, texts.decide, binding=texts.BINDING)
        policy.register(MeetingAction, meetings.decide)
        policy.register(CockpitAction, cockpit.decide)
        policy.register(StateAction, states.decide)
        policy.register(NominationAction, nominations.decide, binding=nominations.BINDING)
        register_grace(AccountRuleKey.FOCAL_POINT_GRACE, is_focal_point)
        policy.register(AccessAction, access.decide, binding=access.BINDING)
        for kind in documents.KINDS:
            jobs.register(kind)
        trail.register()

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
        from reviews.selectors import exchange as exchange_selectors
        from reviews.selectors import observations, rooms, shares
        from reviews.selectors.consultations import consultations_confirmed
        from reviews.selectors.participation import is_focal_point
        from reviews.services import announcements, documents
        from reviews.services.feedback import open_feedback
        from reviews.services.observations import open_lists

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
        announcements.opens_with_answers(open_feedback)
        announcements.opens_with_answers(open_lists)
        shares.register_shares(consultations_confirmed)
        shares.register_shares(exchange_selectors.feedback_sent_by)
        rooms.register_drafts(exchange_selectors.unsent_comments)
        rooms.register_drafts(exchange_selectors.unsent_requests)
        rooms.register_drafts(observations.unsent_observations)
        rooms.register_drafts(observations.unsent_passages)

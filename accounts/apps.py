from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and States")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from accounts import checks, permissions, trail  # noqa: F401
        from accounts.enums import AccountAction
        from accounts.services.staff_sessions import session_facts
        from core import policy
        from core.reference_site import reference_site

        policy.register(AccountAction, permissions.decide, binding=permissions.BINDING)
        reference_site.guard(AccountAction.MAINTAIN_REFERENCE_DATA, session_facts)
        trail.register()
        user_logged_in.connect(_begin_session, dispatch_uid="accounts.begin_session")


def _begin_session(request: Any, user: Any, **kwargs: Any) -> None:
    """However somebody has been signed in, the session's clocks run from here."""
    from accounts.services import sessions

    sessions.begin(request, user)

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and States")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from accounts.people import checks  # noqa: F401
        from accounts.sign_in import security_events
        from core.features import declare

        declare("accounts")
        user_logged_in.connect(_begin_session, dispatch_uid="accounts.begin_session")
        security_events.listen()


def _begin_session(request: Any, user: Any, **kwargs: Any) -> None:
    """However somebody has been signed in, the session's clocks run from here."""
    from accounts.sessions.services import begin

    begin(request, user)

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and States")

    def ready(self) -> None:
        from accounts import checks, permissions, trail  # noqa: F401
        from accounts.enums import AccountAction
        from accounts.services.staff_sessions import session_facts
        from core import policy
        from core.reference_site import reference_site

        policy.register(AccountAction, permissions.decide)
        reference_site.guard(AccountAction.MAINTAIN_REFERENCE_DATA, session_facts)
        trail.register()

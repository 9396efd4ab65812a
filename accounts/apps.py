from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and States")

    def ready(self) -> None:
        from accounts import permissions
        from accounts.enums import AccountAction
        from core import policy

        policy.register(AccountAction, permissions.decide)

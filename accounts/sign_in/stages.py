from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from accounts.people.models import User
from accounts.single_sign_on import has_just_shown_factor


class SecondFactorStage(AuthenticateStage):
    """Asks for the second factor, unless a provider that is trusted in that has just asked for one."""

    def _should_handle(self, request: HttpRequest) -> bool:
        user = self.login.user
        if isinstance(user, User) and has_just_shown_factor(request, user):
            return False
        return bool(super()._should_handle(request))

from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter


class Adapter(DefaultOIDCAdapter):
    """Says when the person signed in here, which allauth leaves to the project."""

    def get_claims(self, purpose: Any, user: Any, client: Any, scopes: Any, **more: Any) -> dict[str, Any]:
        claims = super().get_claims(purpose, user, client, scopes, **more)
        return {**claims, "auth_time": int(user.last_login.timestamp())}

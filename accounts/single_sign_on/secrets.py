"""The secret by which the portal proves to a provider that it is the portal."""

from cryptography.fernet import InvalidToken

from accounts.single_sign_on.models import IdentityProvider
from core.sealing import cipher_for

_PURPOSE = "accounts.single_sign_on"


def sealed(secret: str) -> str:
    return cipher_for(_PURPOSE).encrypt(secret.encode()).decode() if secret else ""


def opened(provider: IdentityProvider) -> str:
    """Empty where the key of the portal by which it was sealed is gone: the provider then refuses."""
    if not provider.sealed_secret:
        return ""
    try:
        return cipher_for(_PURPOSE).decrypt(provider.sealed_secret.encode()).decode()
    except InvalidToken:
        return ""

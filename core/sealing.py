"""Secrets at rest: sealed under ``SECRET_KEY``, so that a copy of the database opens nothing."""

import base64

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def cipher_for(purpose: str) -> MultiFernet:
    """Seals with the key that ``SECRET_KEY`` gives for this purpose; opens what an earlier one of them has sealed, too.

    Opening raises cryptography.fernet.InvalidToken where the key is gone. A ``purpose`` stays what it was.
    """
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [salted_hmac(purpose, "", secret=secret, algorithm="sha256").digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])

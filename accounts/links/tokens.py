"""The secret of a link: derived from its random key when the mail leaves, so that it lies in no row and in no queue."""

import base64
from uuid import UUID

from django.utils.crypto import salted_hmac

from core.hashes import text_hash


def token_of(link_id: UUID) -> str:
    """43 letters for the address of a page. A secret: never to be stored or logged.

    The same each time, so that a mail that is handed over again is the same to the letter (docs/adr/0018).
    """
    digest = salted_hmac("accounts.links.token", str(link_id), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def hash_of(token: str) -> str:
    """By which a link is found: SHA-256, from which nobody gets back to 256 bits of chance."""
    return text_hash(token)

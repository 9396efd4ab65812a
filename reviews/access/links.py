"""The link by which the old address stops a change of address: signed, stored nowhere, good while the request waits."""

import base64
import binascii
from uuid import UUID

from django.core.signing import BadSignature, Signer

_SIGNER = Signer(sep=".", salt="reviews.access.stop", algorithm="sha256")


def make_stop_token(request_id: UUID) -> str:
    """A secret: never to be stored or logged."""
    return _SIGNER.sign(base64.urlsafe_b64encode(request_id.bytes).decode().rstrip("="))


def read_stop_token(token: str) -> UUID | None:
    """The key of the request, None for a damaged link."""
    try:
        value = _SIGNER.unsign(token)
        return UUID(bytes=base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)))
    except (BadSignature, binascii.Error, ValueError):
        return None

"""Who acts, proven to the database: what the web process signs, and the key with which the database checks it.

The key is in a table of the owner's that no role that serves can read; only the function ``core_proven`` looks into it
(docs/adr/0022). So somebody who runs statements as the plain role cannot say that he is another.
"""

import hashlib
import hmac
import time

from django.conf import settings
from django.db import connection

# How long a proof may be used to begin a transaction. The clocks of both machines may differ by as much.
LIFETIME_SECONDS = 120
_BLOCK = 64  # bytes, of SHA-256


def proof_of(said: str) -> str:
    """``said``, until when that holds, and the proof that we said it."""
    said = f"{said}|{int(time.time()) + LIFETIME_SECONDS}"
    return f"{said}|{hmac.digest(_key(), said.encode(), 'sha256').hex()}"


def install_key() -> None:
    """As the owner: let the database check what this key signs, and nothing that was signed with one of before."""
    inner, outer = (bytes(byte ^ pad for byte in _key().ljust(_BLOCK, b"\0")) for pad in (0x36, 0x5C))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_actingkey (single, inner_key, outer_key) VALUES (true, %s, %s)"
            " ON CONFLICT (single) DO UPDATE SET inner_key = EXCLUDED.inner_key, outer_key = EXCLUDED.outer_key",
            [inner, outer],
        )


def _key() -> bytes:
    """One of its own, so that it is no part of what else is signed with the secret key."""
    return hashlib.sha256(b"core.database.proof" + settings.SECRET_KEY.encode()).digest()

"""The key that signs roots: in a file outside of the data folder, read by the process that signs, when it signs."""

from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings


class RecordKeyError(Exception):
    """A key is named and cannot be used; says why, and nothing of the key."""


class Signed(NamedTuple):
    """Signature and public key in hexadecimal digits, and the fingerprint of the key."""

    signature: str
    public_key: str
    key: str


def named_key() -> Ed25519PrivateKey | None:
    """The key of ``RECORD_KEY_FILE``: 64 hexadecimal digits. None where no file is named.

    Raises RecordKeyError.
    """
    name = settings.RECORD_KEY_FILE
    if not name:
        return None
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(Path(name).read_text("ascii").strip()))
    except OSError as error:
        raise RecordKeyError(f"RECORD_KEY_FILE cannot be read: {error.strerror}.") from error
    except ValueError:
        raise RecordKeyError("RECORD_KEY_FILE holds no key: 64 hexadecimal digits.") from None


def public_key_of(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def fingerprint_of(public_key: str) -> str:
    """By which roots name a key: SHA-256 of its public half."""
    return sha256(bytes.fromhex(public_key)).hexdigest()


def is_signed(message: bytes, signature: str, public_key: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def pem_of(public_key: str) -> bytes:
    """The public key as other programs read it."""
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

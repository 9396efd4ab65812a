"""Links by mail that prove who somebody is: signed, with a time, and bound to how the account stands.

Nothing of them is stored: they are made when the mail leaves (``accounts.templatetags.account_links``). Whatever
changes the account (a password set, the address changed, the account closed) makes every link before it useless, so
that each works once.
"""

import base64
import binascii
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.people import account_rule
from accounts.people.enums import AccountRuleKey
from accounts.people.models import User


class LinkKind(StrEnum):
    """What the link is for; the value is the rule that says how long it is valid."""

    ACTIVATION = AccountRuleKey.ACTIVATION_LINK.value
    PASSWORD = AccountRuleKey.PASSWORD_LINK.value


class LinkStatus(StrEnum):
    GOOD = "good"
    EXPIRED = "expired"
    USED = "used"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class LinkReading:
    """``user_id`` is None where the link is damaged; ``state`` is how the account stood when the link was made."""

    status: LinkStatus
    user_id: str | None = None
    state: str = ""


def make_link_token(kind: LinkKind, user: User) -> str:
    """A token for the address of a page. A secret: never to be stored or logged."""
    value = user.pk.bytes + bytes.fromhex(state_of(user))
    return _signer(kind).sign(base64.urlsafe_b64encode(value).decode().rstrip("="))


def read_link_token(kind: LinkKind, token: str) -> LinkReading:
    """What a link is worth now."""
    signer, is_late = _signer(kind), False
    try:
        value = signer.unsign(token, max_age=account_rule(AccountRuleKey(kind)))
    except SignatureExpired:
        value, is_late = signer.unsign(token), True
    except BadSignature:
        return LinkReading(LinkStatus.DAMAGED)
    try:
        content = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
    except binascii.Error:
        return LinkReading(LinkStatus.DAMAGED)
    user_id, state = str(UUID(bytes=content[:16])), content[16:].hex()
    status = status_of_link(kind, user_id, state)
    if status == LinkStatus.GOOD and is_late:
        status = LinkStatus.EXPIRED
    return LinkReading(status, user_id, state)


def status_of_link(kind: LinkKind, user_id: str, state: str) -> LinkStatus:
    """Whether the account still stands as it did (``state``) when the link was made."""
    user: Any = User.objects.filter(pk=user_id).first()
    if user is None:
        return LinkStatus.DAMAGED
    if kind == LinkKind.ACTIVATION and user.activated_at:
        return LinkStatus.USED  # also where the mail left late, after the account had been opened
    if constant_time_compare(state_of(user), state) and user.is_active:
        return LinkStatus.GOOD
    # The address has changed since, say: then the new one gets a link of its own.
    return LinkStatus.EXPIRED if kind == LinkKind.ACTIVATION else LinkStatus.USED


def state_of(user: User) -> str:
    """A fingerprint (16 bytes, hexadecimal) of everything whose change makes a link useless."""
    facts = [user.pk, user.password, user.email, user.is_active, user.activated_at, user.last_login]
    return salted_hmac("accounts.links.state", "|".join(map(str, facts)), algorithm="sha256").hexdigest()[:32]


def _signer(kind: LinkKind) -> TimestampSigner:
    return TimestampSigner(sep=".", salt=f"accounts.links.{kind}", algorithm="sha256")

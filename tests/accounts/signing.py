"""What tests of signing in share: addresses, codes of an app, and a passkey made of software."""

import json
import os
import time
from dataclasses import dataclass, field
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.totp.internal import auth as totp
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from accounts.people.models import User
from tests.factories.accounts import PASSPHRASE

ORIGIN, RELYING_PARTY = "http://localhost:8000", "localhost"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def url(name: str, *args: object, language: str = "en") -> str:
    with translation.override(language):
        return reverse(name, args=args)


def sign_in(client: Client, user: User, passphrase: str = PASSPHRASE, **more: Any) -> HttpResponseBase:
    """Send the form of the sign-in page."""
    given = {"username": user.email, "password": passphrase, **more}
    return client.post(url("accounts:sign-in"), given, headers={"User-Agent": FIREFOX})


def give_app(user: User) -> str:
    """Set up an app with codes for a person; give its key."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret


def code_now(secret: str, *, periods_later: int = 0) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + periods_later))


def make_old(client: Client, *, minutes: int = 31) -> Client:
    """Let the sign-in of this client's session be that old: no longer recent."""
    age(client.session, minutes=minutes)
    return client


def age(session: SessionBase, *, minutes: int = 31) -> None:
    records = session[AUTHENTICATION_METHODS_SESSION_KEY]
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{**each, "at": each["at"] - minutes * 60} for each in records]
    session.save()


def show_factor(client: Client) -> Client:
    """Let the second factor of who is signed in have just been shown in this client's session."""
    session = client.session
    shown = {"method": "mfa", "at": time.time(), "type": "totp"}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [*session[AUTHENTICATION_METHODS_SESSION_KEY], shown]
    session.save()
    return client


@dataclass
class Passkey:
    """Signs as an authenticator does, with or without having seen its owner's finger (``verifies``)."""

    verifies: bool = True
    origin: str = ORIGIN
    identifier: bytes = field(default_factory=lambda: os.urandom(16))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    owner: str = ""

    @property
    def _flags(self) -> AuthenticatorData.FLAG:
        seen = AuthenticatorData.FLAG.UP
        return seen | AuthenticatorData.FLAG.UV if self.verifies else seen

    def create(self, options: dict[str, Any]) -> str:
        """What the browser sends for new credentials."""
        asked = options["publicKey"]
        self.owner = asked["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        data = AuthenticatorData.create(
            sha256(RELYING_PARTY.encode()),
            self._flags | AuthenticatorData.FLAG.AT,
            0,
            AttestedCredentialData.create(bytes(16), self.identifier, public),
        )
        said = self._client_data(CollectedClientData.TYPE.CREATE, asked["challenge"])
        attestation = AttestationObject.create("none", data, {})
        return self._json({"clientDataJSON": said, "attestationObject": attestation}, {"credProps": {"rk": True}})

    def get(self, options: dict[str, Any]) -> str:
        """What the browser sends to sign in."""
        data = AuthenticatorData.create(sha256(RELYING_PARTY.encode()), self._flags, 0)
        said = self._client_data(CollectedClientData.TYPE.GET, options["publicKey"]["challenge"])
        signature = self.key.sign(bytes(data) + said.hash, ec.ECDSA(hashes.SHA256()))
        parts = {"clientDataJSON": said, "authenticatorData": data, "signature": signature}
        return self._json(parts | {"userHandle": websafe_decode(self.owner)}, {})

    def _client_data(self, kind: CollectedClientData.TYPE, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(kind, websafe_decode(challenge), self.origin)

    def _json(self, parts: dict[str, bytes], extensions: dict[str, Any]) -> str:
        name = websafe_encode(self.identifier)
        written = {part: websafe_encode(bytes(value)) for part, value in parts.items()}
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "clientExtensionResults": extensions,
                "response": written,
            }
        )


def add_passkey(client: Client, passkey: Passkey, name: str = "Laptop") -> HttpResponseBase:
    """Add a passkey to the account of whoever is signed in."""
    page = client.get(url("mfa_add_webauthn"))
    credential = passkey.create(page.context["js_data"]["creation_options"])
    return client.post(url("mfa_add_webauthn"), {"name": name, "credential": credential})


def passkey_sign_in(client: Client, passkey: Passkey, **more: str) -> HttpResponseBase:
    """Sign in with a passkey alone."""
    options = client.get(url("mfa_login_webauthn"), headers={"Accept": "application/json"}).json()["request_options"]
    return client.post(url("mfa_login_webauthn"), {"credential": passkey.get(options), **more})


def queries_of(client: Client, path: str) -> list[str]:
    """The queries of a page that opens, without those for rules, which the cache keeps for a minute."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in captured.captured_queries if "accounts_accountrule" not in query["sql"]]

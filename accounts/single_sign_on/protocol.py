"""OpenID Connect by allauth, with what it does not ask: nonce, issuer, signature, when and how somebody signed in."""

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import urlsplit
from uuid import UUID

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.internal import jwtkit, statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare
from requests import RequestException

from accounts.single_sign_on.models import IdentityProvider
from accounts.single_sign_on.outside import asking, host_of
from accounts.single_sign_on.secrets import opened

logger = logging.getLogger(__name__)
# What comes of an answer that is not of the form it should be, and of a provider that is not there either.
_MALFORMED = (AttributeError, KeyError, OverflowError, RecursionError, TypeError, ValueError)
UNREACHABLE = (OAuth2Error, RequestException, *_MALFORMED)
_SIGNED_BY = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_USER_INFO = "userinfo_endpoint"  # which a provider may be without
_KEEPS = 5 * 60  # seconds for which a process keeps the document of a provider
_SKEW = 60  # seconds by which the clocks of provider and portal may differ
_LONGEST_SUBJECT = 255
_OF_FACTOR = frozenset({"otp", "hwk", "swk", "fpt", "face", "iris", "vbm", "sc"})  # RFC 8176
_OF_KNOWLEDGE = frozenset({"pwd", "pin"})
_LONGEST_AGE = 24 * 60 * 60  # seconds after which the provider asks anew
_OWN_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class AssertedIdentity:
    """What a provider says, checked: to be said by it, to this portal, in answer to this very question.

    ``proven_at``: when the person last proved it there (seconds since 1970; 0 where it does not say).
    ``shows_factor``: it says that more than a passphrase was asked for. ``is_again``: the portal had asked it to ask
    the person anew, and it has.
    """

    subject: str
    address: str
    name: str
    is_verified: bool
    proven_at: float
    shows_factor: bool
    is_again: bool
    next_url: str


Conclude = Callable[[AssertedIdentity], HttpResponse]
Fail = Callable[[Any, Exception | None], HttpResponse]


class WrongAnswerError(OAuth2Error):
    """What a provider says is not as it should be. The words are ours, so that the log may have them."""


def is_safe_endpoint(url: Any, *, issuer: str) -> bool:
    """Over TLS; a provider whose issuer is on the own machine, as while trying out, may do without."""
    if not isinstance(url, str):
        return False
    try:
        scheme, host, own = urlsplit(url).scheme, host_of(url), host_of(issuer)
    except ValueError:
        return False
    return bool(host) and (scheme == "https" or (scheme == "http" and {host, own} <= _OWN_MACHINE))


def check_document(document: Any, *, issuer: str) -> None:
    """Raise WrongAnswerError where it is not that of the issuer, or names an address without TLS."""
    if not isinstance(document, dict) or document.get("issuer") != issuer:
        raise WrongAnswerError("The document is not that of the issuer.")
    named = [*_ENDPOINTS, *([_USER_INFO] if _USER_INFO in document else [])]
    if not all(is_safe_endpoint(document.get(name), issuer=issuer) for name in named):
        raise WrongAnswerError("An address of the provider is missing or not over TLS.")


class _Documents:
    """Those of providers that this process has seen lately: not in the cache, since they name where the keys are."""

    def __init__(self) -> None:
        self._kept: dict[UUID, tuple[float, dict[str, Any]]] = {}

    def get(self, key: UUID) -> dict[str, Any] | None:
        until, document = self._kept.get(key, (0.0, {}))
        return document if time.monotonic() < until else None

    def keep(self, key: UUID, document: dict[str, Any]) -> None:
        self._kept[key] = (time.monotonic() + _KEEPS, document)

    def forget(self) -> None:
        self._kept.clear()


documents = _Documents()


def _are_two_factors(ways: Any) -> bool:
    """Whether it says so, or names one that is known beside one that is held: a code alone is a single one."""
    named = {way for way in ways if isinstance(way, str)} if isinstance(ways, list) else set()
    return "mfa" in named or bool(named & _OF_KNOWLEDGE and named & _OF_FACTOR)


class SignOnProtocol(OpenIDConnectOAuth2Adapter):
    """One way to the provider and back; ``state`` is what was kept in the session on the way there."""

    state: dict[str, Any]

    def __init__(self, request: HttpRequest, provider: "SignOnProvider") -> None:
        super().__init__(request, str(provider.row.pk))
        self.provider = provider
        self.state = {}

    def get_provider(self) -> "SignOnProvider":
        return self.provider

    @property
    def openid_config(self) -> dict[str, Any]:
        """Raises WrongAnswerError like ``check_document``, or another of ``UNREACHABLE``."""
        row = self.provider.row
        kept = documents.get(row.pk)
        if kept is not None:
            return kept
        config: dict[str, Any] = super().openid_config
        check_document(config, issuer=row.issuer)
        documents.keep(row.pk, config)
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Under ``SITE_URL``, whatever name the request came by."""
        path = reverse("account_sign_on_callback", args=[self.provider.row.place])
        return f"{settings.SITE_URL.rstrip('/')}{path}"

    def get_access_token_data(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().get_access_token_data(*args, **kwargs)
        except _MALFORMED as error:
            raise WrongAnswerError("It gives no token for the code.") from error

    def parse_token(self, data: Any) -> Any:
        try:
            return super().parse_token(data)
        except _MALFORMED as error:
            raise WrongAnswerError("The answer with the token cannot be read.") from error

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> NoReturn:
        """Ends allauth's way here: it would look for an account, or make one, in tables of its own."""
        claims = self._claims(app, kwargs["response"].get("id_token"))
        if self.provider.row.address_claim not in claims and _USER_INFO in self.openid_config:
            more = self._more(token.token)
            if not isinstance(more, dict) or more.get("sub") != claims["sub"]:
                raise WrongAnswerError("What it tells besides is about somebody else.")
            claims = {**more, **claims}
        raise ImmediateHttpResponse(self.provider.conclude(self._identity(claims)))

    def _more(self, token: Any) -> Any:
        try:
            return self._fetch_user_info(token)
        except _MALFORMED as error:
            raise WrongAnswerError("What it tells besides cannot be read.") from error

    def _decode_id_token(self, app: SocialApp, token: str) -> dict[str, Any]:
        """In place of allauth's, which allows the clocks no difference. Its list of used tokens is not needed: the
        nonce of one is good once.
        """
        config = self.openid_config
        way, key = jwtkit.fetch_key(token, config["jwks_uri"], jwtkit.lookup_kid_jwk)
        claims: dict[str, Any] = jwt.decode(
            token,
            key=key,
            algorithms=[way],
            issuer=config["issuer"],
            audience=app.client_id,
            leeway=_SKEW,
            options={"require": ["exp", "iat", "sub"]},
        )
        return claims

    def _claims(self, app: SocialApp, token: Any) -> dict[str, Any]:
        """Of the ID token, whose signature is checked though it came straight from the provider."""
        try:
            header = jwt.get_unverified_header(token)
            if header.get("alg") not in _SIGNED_BY:
                raise WrongAnswerError("The token is not signed by a key of the provider.")
            claims = self._decode_id_token(app, token)
        except (jwt.PyJWTError, *_MALFORMED) as error:
            raise WrongAnswerError("The token cannot be read.") from error
        kept = self.state.get("data") or {}
        if not constant_time_compare(_text(claims.get("nonce")), kept.get("nonce") or secrets.token_hex()):
            raise WrongAnswerError("The token answers another question.")
        if claims.get("azp", app.client_id) != app.client_id:
            raise WrongAnswerError("The token is for another program.")
        if not 0 < len(_text(claims["sub"])) <= _LONGEST_SUBJECT:
            raise WrongAnswerError("The token names nobody.")
        return claims

    def _identity(self, claims: dict[str, Any]) -> AssertedIdentity:
        kept = self.state.get("data") or {}
        proven_at, ways = _moment(claims.get("auth_time")), claims.get("amr")
        if kept.get("is_again") and proven_at < kept["asked_at"] - _SKEW:
            raise WrongAnswerError("The provider has not asked the person anew.")
        row = self.provider.row
        address, name = _text(claims.get(row.address_claim)), _text(claims.get(row.name_claim))
        return AssertedIdentity(
            subject=claims["sub"],
            address=address.strip().lower(),
            name=name,
            is_verified=claims.get("email_verified") is True,
            proven_at=proven_at,
            shows_factor=_are_two_factors(ways),
            is_again=bool(kept.get("is_again")),
            next_url=self.state.get("next") or "",
        )


def _text(said: Any) -> str:
    """Empty for what is none, and for what neither the database nor a page takes."""
    return said if isinstance(said, str) and said.isprintable() else ""


def _moment(said: Any) -> float:
    """Seconds since 1970, at most now; 0 for what is no moment, of which NaN is one that is neither early nor late."""
    now = time.time()
    return 0.0 if not isinstance(said, int | float) or not said > 0 else float(min(said, now))


class SignOnProvider(OpenIDConnectProvider):
    """A row, as allauth asks for it. ``conclude`` goes on with who somebody is, ``failed`` where that is not known."""

    pkce_enabled_default = True

    def __init__(self, request: HttpRequest, row: IdentityProvider, conclude: Conclude, fail: Fail) -> None:
        address = row.issuer.rstrip("/")
        super().__init__(
            request,
            app=SocialApp(
                provider=self.id,
                provider_id=str(row.pk),
                name=row.name,
                client_id=row.client_id,
                secret=opened(row),
                settings={"server_url": f"{address}/.well-known/openid-configuration"},
            ),
        )
        self.row, self.conclude, self.fail = row, conclude, fail

    def failed(self, error: Any, exception: Exception | None) -> HttpResponse:
        reason = error if exception is None else type(exception).__name__
        if isinstance(exception, WrongAnswerError):
            reason = exception
        logger.warning("single sign-on failed at provider %s: %s", self.row.pk, reason)
        return self.fail(error, exception)

    def get_oauth2_adapter(self, request: HttpRequest) -> SignOnProtocol:
        return SignOnProtocol(request, self)

    def lead_there(self, request: HttpRequest, *, next_url: str, is_again: bool) -> HttpResponse:
        """To the provider, which is to ask the person anew where ``is_again``. What it answers belongs to this alone.

        Raises OAuth2Error or requests.RequestException where the provider cannot be found.
        """
        kept = {
            "nonce": secrets.token_urlsafe(24),
            "is_again": is_again,
            "asked_at": time.time(),
            "language": translation.get_language(),
        }
        # With an age, however long, a provider has to say when the person proved it (OpenID Connect Core, 3.1.2.1).
        how_old = {"prompt": "login", "max_age": "0"} if is_again else {"max_age": str(_LONGEST_AGE)}
        asked = {"nonce": kept["nonce"], **how_old}
        with asking(self.row.issuer):
            answer: HttpResponse = self.redirect(
                request, process="login", next_url=next_url or None, data=kept, auth_params=asked
            )
        return answer


class Callback(OAuth2CallbackView):
    """The way back from a provider."""

    adapter: SignOnProtocol

    def _get_state(self, request: HttpRequest, provider: SignOnProvider) -> Any:
        state, answer = super()._get_state(request, provider)
        self.adapter.state = state or {}
        kept = self.adapter.state.get("data") or {}
        if "language" in kept:  # the address has none, for it is registered at the provider
            translation.activate(kept["language"])
            request.LANGUAGE_CODE = kept["language"]
        return state, answer


def come_back(request: HttpRequest, provider: SignOnProvider) -> HttpResponse:
    """What becomes of an answer of the provider, which is asked nothing unless we had asked for the answer.

    Its document is looked at first, where allauth expects no failure.
    """
    if request.GET.get("state") not in statekit.get_states(request):
        return provider.failed(AuthError.UNKNOWN, None)
    protocol = SignOnProtocol(request, provider)
    with asking(provider.row.issuer):
        try:
            _ = protocol.openid_config
        except UNREACHABLE as error:
            return provider.failed(AuthError.UNKNOWN, error)
        answer: HttpResponse = Callback.adapter_view(protocol)(request)
    return answer

"""The way to a provider and back, and the end of a connection. The way is public."""

import time
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.core import ratelimit
from allauth.socialaccount.providers.base.constants import AuthError
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import FormView, TemplateView, View

from accounts.people.enums import AccountAction, AccountStatus
from accounts.people.models import User
from accounts.sessions import signed_in_recently
from accounts.single_sign_on.forms import FindProviderForm
from accounts.single_sign_on.models import IdentityProvider
from accounts.single_sign_on.proofs import (
    connect_waiting,
    forget_identity,
    note_identity,
    note_sign_on,
    waiting_name,
    waiting_next,
    waiting_provider,
)
from accounts.single_sign_on.protocol import UNREACHABLE, AssertedIdentity, SignOnProvider, come_back
from accounts.single_sign_on.selectors import (
    account_with,
    domain_of,
    get_open_provider,
    get_provider_at,
    is_for,
    link_of,
    links_of,
    providers_for_address,
)
from accounts.single_sign_on.services import end_link
from core.language.i18n import isolated
from core.security_events import SecurityEvent, tell
from core.web.pages import Page
from core.web.reauthentication import ask_for_sign_in
from core.web.views import ConfirmedActView, PolicyView, ServiceActionView
from core.web.views.services import UNPROCESSABLE


@method_decorator(login_not_required, name="dispatch")
class SignOnPage(Page, TemplateView):
    """A page on the way; ``refuse`` says on it why somebody is not let in, and what to do."""

    title = gettext_lazy("You are not signed in")
    template_name = "accounts/single_sign_on/refused.html"

    @cached_property
    def row(self) -> IdentityProvider:
        return get_open_provider(self.kwargs["provider"])

    @property
    def provider(self) -> SignOnProvider:
        return SignOnProvider(self.request, self.row, self.conclude, self.fail)

    def refuse(self, why: str, **more: Any) -> HttpResponse:
        address = self.request.META.get("REMOTE_ADDR", "")
        tell(SecurityEvent.SIGN_IN_FAILED, address=address, by="provider")
        kwargs = {**self.kwargs, "provider": self.row}
        context = self.get_context_data(**{**kwargs, "why": why, **more})
        return self.render_to_response(context, status=403)

    def fail(self, error: Any, exception: Exception | None) -> HttpResponse:
        return self.refuse("cancelled" if error == AuthError.CANCELLED else "failed")

    def conclude(self, identity: AssertedIdentity) -> HttpResponse:
        raise Http404


class SignOnView(SignOnPage):
    """Leads to the provider by a page: a browser refuses the way on to another host after a form (``form-action``),
    over several redirects too, so that none of ours may lead out.

    Who is led here unasked is signed in as whom the provider names where that is connected, and otherwise asked:
    nothing is connected without a form of ours.
    """

    is_again = False

    def get_title(self) -> str:
        is_refused = self.template_name == SignOnPage.template_name
        return str(self.title) if is_refused else _("Sign in by your institution")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not ratelimit.consume(request, action="login"):
            return ratelimit.respond_429(request)
        next_url = get_next_redirect_url(request) or ""
        try:
            way = self.provider.lead_there(request, next_url=next_url, is_again=self.is_again).headers["Location"]
        except UNREACHABLE as error:
            return self.provider.failed(AuthError.UNKNOWN, error)
        self.template_name = "accounts/single_sign_on/leading.html"
        answer = self.render_to_response(self.get_context_data(row=self.row, way=way))
        answer.headers["Refresh"] = f"0;url={way}"
        return answer


class SignOnAgainView(PolicyView, SignOnView):
    """Lets the provider ask who is signed in here once more."""

    policy_action = AccountAction.VIEW_OWN_PROFILE
    is_again = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_for(self.row, self.user) or not links_of(self.user).filter(issuer=self.row.issuer).exists():
            return self.refuse("unknown")
        return super().get(request, *args, **kwargs)


class SignOnCallbackView(SignOnPage):
    """Where the provider leads back to."""

    @cached_property
    def row(self) -> IdentityProvider:
        return get_provider_at(self.kwargs["place"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return come_back(request, self.provider)

    def conclude(self, identity: AssertedIdentity) -> HttpResponse:
        here: Any = self.request.user
        link = link_of(self.row.issuer, identity.subject)
        if identity.is_again:
            is_theirs = link is not None and link.user == here and is_for(self.row, here)
            return self._go_on(identity) if is_theirs else self.refuse("other")
        if link is None:
            return self._connect(identity)
        if not link.user.is_active or not is_for(self.row, link.user):
            return self.refuse("unknown")
        if here.is_authenticated:
            return self._back(identity) if link.user == here else self.refuse("other")
        return self._sign_in(identity, link.user)

    def _sign_in(self, identity: AssertedIdentity, user: User) -> HttpResponse:
        """Past the second factor, unless the provider has asked for one and is trusted in that."""
        request: Any = self.request
        request.signs_on, request.proven_at = True, identity.proven_at
        note_sign_on(request, user, proven_at=identity.proven_at, has_shown_factor=self._shows(identity))
        answer: HttpResponse = perform_login(request, user, redirect_url=identity.next_url or None)
        return answer

    def _go_on(self, identity: AssertedIdentity) -> HttpResponse:
        """The person has proven it once more; where that is not what was asked for, another way is left."""
        here: Any = self.request.user
        note_sign_on(self.request, here, proven_at=identity.proven_at, has_shown_factor=self._shows(identity))
        if signed_in_recently(self.request):
            return self._back(identity)
        message = _("“%(provider)s” has not asked for a second factor. Show yours here.")
        messages.error(self.request, message % {"provider": self.row.name})
        return HttpResponseRedirect(reverse("mfa_index"))

    def _connect(self, identity: AssertedIdentity) -> HttpResponse:
        """No account is made, and none is given away: the provider names a person, and that person proves it here."""
        here: Any = self.request.user
        address = identity.address
        if not identity.is_verified or not address:
            return self.refuse("unverified")
        user = account_with(address) if domain_of(address) in self.row.domains else None
        if user is None or not user.is_active or not is_for(self.row, user):
            return self.refuse("unknown", address=address)
        if user.status == AccountStatus.INVITED:
            return self.refuse("invited", address=address)
        if here.is_authenticated and user != here:
            return self.refuse("other")
        note_identity(
            self.request,
            provider=self.row,
            subject=identity.subject,
            name=identity.name or identity.address,
            user=user,
            next_url=identity.next_url,
        )
        if here.is_authenticated:  # who only followed a link has not said to connect anything
            return HttpResponseRedirect(reverse("accounts:sign-on-connect"))
        return HttpResponseRedirect(f"{reverse('accounts:sign-in')}{_next(identity.next_url)}")

    def _shows(self, identity: AssertedIdentity) -> bool:
        return self.row.trusts_factor and identity.shows_factor and identity.proven_at > time.time() - _DAY

    def _back(self, identity: AssertedIdentity) -> HttpResponse:
        return HttpResponseRedirect(identity.next_url or reverse("mfa_index"))


_DAY = 24 * 60 * 60


@method_decorator(login_not_required, name="dispatch")
class FindProviderView(Page, FormView):
    """Asks for the address where there are many providers; answers by its domain, whether there is such an account."""

    form_class = FindProviderForm
    title = gettext_lazy("Sign in by your institution")
    template_name = "accounts/single_sign_on/find.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        next_url = self.request.POST.get("next") or self.request.GET.get("next", "")
        return super().get_context_data(**{"next": next_url, **kwargs})

    def form_valid(self, form: FindProviderForm) -> HttpResponse:
        found = providers_for_address(form.cleaned_data["email"])
        return self.render_to_response(self.get_context_data(form=form, providers=found, is_looked_for=True))

    def form_invalid(self, form: FindProviderForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)


class IdentityConnectView(ConfirmedActView):
    """Connects the own account with the identity that waits: by a form and a recent sign-in, never by a link."""

    policy_action = AccountAction.VIEW_OWN_PROFILE
    title = gettext_lazy("Connect your account")
    template_name = "accounts/single_sign_on/connect.html"
    on_to = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        here: Any = request.user
        if waiting_provider(request, here) is None:
            return HttpResponseRedirect(reverse("mfa_index"))
        if not signed_in_recently(request):
            return ask_for_sign_in(request)
        return super().dispatch(request, *args, **kwargs)

    def get_consequences(self) -> list[str]:
        provider = waiting_provider(self.request, self.user)
        names = {"provider": isolated(provider.name if provider else ""), "name": isolated(waiting_name(self.request))}
        return [
            _("Your account is connected with “%(provider)s”, which names you as “%(name)s”.") % names,
            _("From then on whoever it names so gets into your account. A mail tells you of it."),
            _("If you have not just signed in there yourself, do not connect."),
        ]

    def perform(self, form: Any) -> None:
        self.on_to = waiting_next(self.request)
        connect_waiting(self.request, self.user)

    def success_url_for(self, result: Any) -> str:
        return self.on_to or reverse("mfa_index")


@method_decorator(login_not_required, name="dispatch")
class IdentityForgetView(View):
    """Connects nothing with the identity that waits."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        forget_identity(request)
        return HttpResponseRedirect(reverse("mfa_index" if request.user.is_authenticated else "accounts:sign-in"))


class LinkEndView(ServiceActionView):
    """Disconnects the own account."""

    policy_action = AccountAction.VIEW_OWN_PROFILE

    def perform(self) -> str:
        key: UUID = self.kwargs["link"]
        link = links_of(self.user).filter(pk=key).first()
        if link is None:
            raise Http404
        end_link(actor=self.user, link=link)
        return _("Your account is disconnected. You sign in with your passphrase or a passkey.")

    def next_url(self) -> str:
        return reverse("mfa_index")


def _next(url: str) -> str:
    return f"?{urlencode({'next': url})}" if url else ""
